"""Model servers of the world, each with the manner that public reports tell of it: what it refuses, and how it says so.

A server takes what its `manner` does not refuse, and answers in `wrap`'s envelope. Where a manner is told of one version
only, the server here has it for good: some installation somewhere has that version.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.prompts.stand_in import KEY, Json, Manner, chat_completion


@dataclass(frozen=True)
class Server:
    """One server. `asked` is how often it may be asked the first time; afterwards once is enough.

    `seen` is the report; "ours" is of the same kind, and nobody has told of it.
    """

    seen: str
    asked: int
    manner: Manner
    wrap: Callable[[str], Json | bytes] = field(default=chat_completion)
    key: str | None = KEY


def only(path: str) -> bool:
    return not path.endswith("/chat/completions")


def form(body: Json) -> str | None:
    kind = body.get("response_format", {}).get("type")
    return str(kind) if kind else None


def error(message: str, code: str | None = None, param: str | None = None) -> Json:
    return {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}}


def missing(status: int, content: Any) -> Manner:
    """No Responses API, and this instead."""
    return lambda path, body: (status, content) if only(path) else None


def no_schema(status: int, content: Any) -> Manner:
    return lambda path, body: (404, b"") if only(path) else (status, content) if form(body) == "json_schema" else None


def no_form(status: int, content: Any) -> Manner:
    return lambda path, body: (404, b"") if only(path) else (status, content) if form(body) else None


def lm_studio_without_schema(path: str, body: Json) -> tuple[int, Any] | None:
    if only(path):
        return 200, {"error": "Unexpected endpoint or method. (POST /v1/responses)"}
    if form(body) == "json_object":
        return 400, {"error": "'response_format.type' must be 'json_schema' or 'text'"}
    if form(body) == "json_schema":
        return 400, {"error": "Structured output is not supported for this model"}
    return None


def mistral(path: str, body: Json) -> tuple[int, Any] | None:
    if only(path):
        return 404, {"message": "no Route matched with those values"}
    odd = sorted(body.keys() & {"store", "max_completion_tokens"})
    detail = [
        {"type": "extra_forbidden", "loc": ["body", name], "msg": "Extra inputs are not permitted"} for name in odd
    ]
    return (422, {"object": "error", "message": {"detail": detail}, "code": None}) if odd else None


def gemini(path: str, body: Json) -> tuple[int, Any] | None:
    if only(path):
        return 404, b""
    if "store" in body:
        return 400, [{"error": {"code": 400, "message": 'Unknown name "store": Cannot find field.'}}]
    if "additionalProperties" in json.dumps(body):
        return 400, [{"error": {"code": 400, "message": "Invalid JSON payload received. Unknown name", "status": "X"}}]
    return None


def azure(path: str, body: Json) -> tuple[int, Any] | None:
    if only(path):
        return 404, error("Resource not found", "404")
    told = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    return (400, error(told, "unsupported_parameter", "max_tokens")) if "max_tokens" in body else None


def without_system(status: int, content: Any) -> Manner:
    def manner(path: str, body: Json) -> tuple[int, Any] | None:
        if only(path):
            return 404, {"detail": "Not Found"}
        return (status, content) if body["messages"][0]["role"] == "system" else None

    return manner


def small_context(path: str, body: Json) -> tuple[int, Any] | None:
    told = (
        "'max_tokens' or 'max_completion_tokens' is too large: 8000. This model's maximum context length is 4096 tokens"
    )
    return (
        (400, {"object": "error", "message": told}) if body.keys() & {"max_tokens", "max_completion_tokens"} else None
    )


def heedless(path: str, body: Json) -> tuple[int, Any] | str | None:
    """Takes every form and keeps to none: it answers in JSON where the prompt asks for it in words."""
    return "Dear Ana, I am very sorry." if "JSON" not in body["messages"][0]["content"] else None


def groq(path: str, body: Json) -> tuple[int, Any] | None:
    if form(body) == "json_schema":
        return 400, error("This model does not support response format `json_schema`", None, "response_format")
    if form(body) == "json_object":
        return 400, error("Failed to generate JSON. Please adjust your prompt.", "json_validate_failed")
    return None


def bare(path: str, body: Json) -> tuple[int, Any] | None:
    """Knows a model and messages, and fails without a word at anything else."""
    return (500, b"Internal Server Error") if body.keys() - {"model", "messages"} else None


def message(**changes: Any) -> Json:
    """The envelope with another message, and nothing else that an answer needs not have."""
    return {"choices": [{"index": 0, "message": {"role": "assistant", **changes}}]}


def thinking(text: str) -> Json:
    return chat_completion(f'<think>\nThe form is {{"subject": …}}. Let me be warm.\n</think>\n\n{text}')


def streamed(text: str) -> bytes:
    pieces = [text[at : at + 40] for at in range(0, len(text), 40)]
    chunks = [{"model": "m", "choices": [{"index": 0, "delta": {"content": piece}}]} for piece in pieces]
    lines = ["data: " + json.dumps(chunk) for chunk in [*chunks, {"choices": [], "usage": None}]]
    return "\n\n".join([*lines, "data: [DONE]", ""]).encode()


def nothing_odd(path: str, body: Json) -> None:
    return None


TAKES_ALL: Manner = nothing_odd
PYDANTIC = {
    "detail": [{"type": "literal_error", "loc": ["body", "response_format", "type"], "msg": "Input should be 'text'"}]
}
PARTS = [
    {"type": "thinking", "thinking": [{"type": "text", "text": '{"subject": "no"}'}]},
    {"type": "text", "text": ""},
]

SERVERS: dict[str, Server] = {
    "OpenAI's own manner elsewhere": Server("openai/openai-python", 1, TAKES_ALL),
    "LM Studio": Server(
        "lmstudio-ai/lmstudio-bug-tracker#618, #1323",
        1,
        missing(200, {"error": "Unexpected endpoint or method. (POST /v1/responses)"}),
    ),
    "LM Studio, a model without structured output": Server(
        "lmstudio-ai/lmstudio-bug-tracker#189, #307", 3, lm_studio_without_schema
    ),
    "DeepSeek": Server(
        "ItzCrazyKns/Vane#969",
        2,
        no_schema(400, error("This response_format type is unavailable now", "invalid_request_error")),
    ),
    "DeepSeek, earlier": Server(
        "browser-use/browser-use#215, dzhng/deep-research#22",
        2,
        no_schema(422, b"Failed to deserialize the JSON body: response_format.type `json_schema` is unavailable now"),
    ),
    "DeepSeek's reasoner": Server(
        "deepseek-ai/DeepSeek-R1", 2, no_schema(400, error("x")), lambda text: message(content=text, reasoning_content="Hm.")
    ),
    "Mistral": Server("editor-code-assistant/eca#231, #315", 1, mistral),
    "Mistral's Magistral": Server(
        "NousResearch/hermes-agent#4748",
        1,
        mistral,
        lambda text: message(content=[PARTS[0], PARTS[1] | {"text": text}]),
    ),
    "Gemini": Server("liliMozi/openhanako#394, OpenRouterTeam/openrouter-examples#14", 2, gemini),
    "Azure, a reasoning model": Server("owndev/Open-WebUI-Functions#136", 2, azure),
    "OpenAI's o1-mini through a gateway": Server(
        "tailcallhq/forgecode#1177",
        2,
        without_system(400, error("'messages[0].role' does not support 'system' with this model.", "unsupported_value")),
    ),
    "vLLM with Gemma": Server(
        "vllm-project/vllm#2964", 2, without_system(400, {"object": "error", "message": "System role not supported"})
    ),
    "SGLang with Gemma": Server(
        "sgl-project/sglang#892", 4, without_system(500, b"Internal Server Error")
    ),
    "vLLM that files the answer under the reasoning": Server(
        "vllm-project/vllm#17349, #16182", 1, TAKES_ALL, lambda text: message(content=None, reasoning_content=text)
    ),
    "vLLM with a small context": Server("ours", 3, small_context),
    "vLLM of last year": Server(
        "1Panel-dev/MaxKB#2912",
        1,
        lambda path, body: (400, error("x")) if "max_completion_tokens" in body else None,
    ),
    "llama-cpp-python": Server("ggml-org/llama.cpp#23463", 2, no_schema(500, b"Internal Server Error")),
    "ik_llama.cpp": Server(
        "ikawrakow/ik_llama.cpp#778",
        2,
        no_schema(500, error('response_format type must be one of "text" or "json_object", but got: json_schema')),
    ),
    "llama.cpp": Server("ggml-org/llama.cpp#24096, #24097", 2, heedless, key=None),
    "Ollama": Server("gergap/vim-ollama#16", 1, missing(404, b"404 page not found"), key=None),
    "Ollama with a model that thinks": Server(
        "admonstrator/zettelrobbe#74", 1, missing(404, b"404 page not found"), thinking, key=None
    ),
    "OpenRouter": Server(
        "OpenRouterTeam/openrouter-examples#14",
        2,
        no_schema(200, {"error": {"message": "Provider returned error", "code": 400, "metadata": {}}, "user_id": "u"}),
    ),
    "LiteLLM": Server(
        "BerriAI/litellm#2275",
        3,
        no_form(400, error("litellm.UnsupportedParamsError: openai does not support parameters: ['response_format']")),
    ),
    "LiteLLM before xAI": Server(
        "BerriAI/litellm#14056",
        3,
        no_form(400, {"code": "Client specified an invalid argument", "error": "Argument not supported on this model"}),
    ),
    "Groq": Server("vercel/ai#7808, thepersonalaicompany/amurex-backend#38", 3, groq),
    "FastAPI in front of anything": Server("ours", 3, no_form(422, PYDANTIC)),
    "a server that says nothing of why": Server("ours", 4, bare),
    "a gateway that streams unasked": Server("ours", 1, TAKES_ALL, streamed),
    "a server that unpacks the JSON": Server("ours", 1, TAKES_ALL, lambda text: message(content=json.loads(text))),
    "a server that answers by a tool": Server(
        "ours",
        1,
        TAKES_ALL,
        lambda text: message(content=None, tool_calls=[{"function": {"name": "json", "arguments": text}}]),
    ),
    "a small model in a fence": Server(
        "lmstudio-ai/lmstudio-bug-tracker#2403",
        1,
        TAKES_ALL,
        lambda text: chat_completion(f"Sure! Here is the reply:\n\n```json\n{text}\n```\n\nLet me know if it fits {{Ana}}."),
    ),
}  # fmt: skip
