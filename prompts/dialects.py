"""What model servers understand: how a request is worded for each, how its answer is read, what to try next; pure.

Hundreds of servers call themselves compatible with OpenAI's, and each leaves something else out. All speak chat
completions. So nothing is known of a server by its name: it is asked in the fullest words first, and in plainer ones
when it refuses them. What it says it does not know is left out first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import BaseModel

from prompts.answers import fields_in_words, strict_schema
from prompts.calls import WriterFailed
from prompts.filled import Filled, load

Road: TypeAlias = Literal["responses", "chat"]
Shape: TypeAlias = Literal["schema", "object", "words"]
Json: TypeAlias = dict[str, Any]

OPENAI = "https://api.openai.com/v1"
# A reply has 3,000 characters, an opinion far less; what a model thinks before it answers counts as well.
MOST_TOKENS = 8_000
MOST_TRIES = 8  # wordings of one question; nobody has been seen to need more than four
ANSWER_IN_JSON = load("answer_in_json", frozenset({"fields"}))

_PLAINER: Mapping[Shape, Shape] = {"schema": "object", "object": "words"}
_NOT_A_CODE = re.compile(r"[^\w.-]")
_NO_SUCH_ROAD = frozenset({404, 405, 501})
_LIMITS = (None, "max_tokens", "max_completion_tokens", "max_output_tokens")
_OTHER_LIMIT = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to put a question. `limit` names the parameter that bounds the answer, None where it is left out.

    `shape`: the answer's form is given as a JSON schema, only as "a JSON object", or in the words of the prompt alone.
    `store`: the server is told to store nothing. `system`: the rules have a message of their own.
    """

    road: Road
    shape: Shape = "schema"
    limit: str | None = None
    store: bool = False
    system: bool = True


# Responses are stored for 30 days unless told otherwise, and so may chat completions be; these are a customer's words.
_BY_RESPONSES = Dialect("responses", limit="max_output_tokens", store=True)
_BY_CHAT_AT_OPENAI = Dialect("chat", limit="max_completion_tokens", store=True)
_BY_CHAT = Dialect("chat", limit="max_tokens")


class Misunderstood(WriterFailed):
    """The server would not or could not answer what it was asked in this dialect; another one may do.

    `status` is that of HTTP, or of the error inside a 200; `words` is what it said, in small letters.
    """

    def __init__(self, failed: WriterFailed, status: int, words: str = "") -> None:
        super().__init__(failed.reason, failed.retry_after, failed.detail)
        self.status = status
        self.words = words.casefold()


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in an answer's envelope: the model's words, or that it declined; what it cost."""

    text: str
    declined: bool = False
    cut: bool = False
    model: str | None = None
    response_id: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0


def first(base_url: str | None) -> Dialect:
    """How to begin: OpenAI's own servers by the Responses API, all others by chat completions, which each of them has."""
    return _BY_RESPONSES if _is_openai(base_url) else _BY_CHAT


def read_dialect(kept: object) -> Dialect | None:
    """A dialect that was kept as its fields; None where no dialect has them."""
    try:
        dialect = Dialect(**kept)  # type: ignore[arg-type]  # whatever another version kept
    except TypeError:
        return None
    known = dialect.road in _ASK and dialect.shape in (*_PLAINER, "words") and dialect.limit in _LIMITS
    return dialect if known else None


def _is_openai(base_url: str | None) -> bool:
    """Of their regions too: eu.api.openai.com."""
    own = urlsplit(OPENAI).netloc
    try:
        there = urlsplit(base_url or OPENAI).netloc
    except ValueError:
        return False
    return there == own or there.endswith(f".{own}")


def plainer(dialect: Dialect, failed: Misunderstood, tried: Collection[Dialect]) -> Dialect | None:
    """The next dialect to try, None when there is nothing left that could help."""
    if len(tried) >= MOST_TRIES or _names_the_model(failed):
        return None
    return next((way for way in _ways_on(dialect, failed, {each.road for each in tried}) if way not in tried), None)


def _names_the_model(failed: Misunderstood) -> bool:
    """A model that is not there is not there in any dialect."""
    return failed.status == 404 and "model" in failed.words


def _ways_on(dialect: Dialect, failed: Misunderstood, roads: Collection[Road]) -> Iterator[Dialect]:
    if failed.status not in _NO_SUCH_ROAD and failed.status != 403:
        yield from _without_what_it_names(dialect, failed.words)
        if dialect.shape in _PLAINER:
            yield replace(dialect, shape=_PLAINER[dialect.shape])
        yield replace(dialect, shape="words", limit=None, system=dialect.road == "responses")
    yield from (way for way in (_BY_CHAT_AT_OPENAI, _BY_RESPONSES) if way.road not in roads)


def _without_what_it_names(dialect: Dialect, words: str) -> Iterator[Dialect]:
    """Without the parameter that the server complains of, or with the one it names instead."""
    if dialect.limit and dialect.limit in words:
        other = _OTHER_LIMIT.get(dialect.limit)
        if other and other in words:
            yield replace(dialect, limit=other)
        yield replace(dialect, limit=None)
    if dialect.store and "store" in words:
        yield replace(dialect, store=False)
    if dialect.system and dialect.road == "chat" and ("system" in words or "role" in words):
        yield replace(dialect, system=False)


# The question


def question(dialect: Dialect, model: str, prompt: Filled, case: str, shape: type[BaseModel]) -> Json:
    """The body of the request. `case` is the prompt's case as it may leave the house."""
    rules = prompt.rules
    if dialect.shape != "schema":
        form = ANSWER_IN_JSON.fill(fields=fields_in_words(shape))
        rules, case = f"{rules}\n{form.rules}", f"{case}\n{form.case}"
    body = _ASK[dialect.road](dialect, rules, case, shape)
    body |= {dialect.limit: MOST_TOKENS} if dialect.limit else {}
    body |= {"store": False} if dialect.store else {}
    return {"model": model, **body}


def _ask_responses(dialect: Dialect, rules: str, case: str, shape: type[BaseModel]) -> Json:
    forms = {"schema": {"type": "json_schema", **_named_schema(shape)}, "object": {"type": "json_object"}}
    form = {"text": {"format": forms[dialect.shape]}} if dialect.shape in forms else {}
    return {"instructions": rules, "input": case, **form}


def _ask_chat(dialect: Dialect, rules: str, case: str, shape: type[BaseModel]) -> Json:
    forms = {
        "schema": {"type": "json_schema", "json_schema": _named_schema(shape)},
        "object": {"type": "json_object"},
    }
    form = {"response_format": forms[dialect.shape]} if dialect.shape in forms else {}
    apart = [{"role": "system", "content": rules}, {"role": "user", "content": case}]
    together = [{"role": "user", "content": f"{rules}\n---\n\n{case}"}]
    return {"messages": apart if dialect.system else together, **form}


def _named_schema(shape: type[BaseModel]) -> Json:
    return {"name": shape.__name__, "schema": strict_schema(shape), "strict": True}


_ASK = {"responses": _ask_responses, "chat": _ask_chat}


# The answer


def answer(dialect: Dialect, body: str) -> Said:
    """What the envelope holds. Raises Misunderstood for an error inside a 200, and where there is no answer in it."""
    try:
        envelope = _streamed(body) if body.startswith("data:") else json.loads(body)
        error = _error_in(envelope)
        said = None if error else _READ[dialect.road](envelope)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as odd:
        # A 200 in another shape than promised: a web page, an error in somebody's own form, half a JSON.
        raise Misunderstood(WriterFailed("malformed", detail=type(odd).__name__), 200, body[:LONGEST_ERROR]) from None
    if said is None:
        code = error.get("code") if isinstance(error, dict) else None
        raise refusal(_status_in(code), json.dumps(error), code if isinstance(code, str) else None)
    return said


def _streamed(body: str) -> Json:
    """An answer sent as events although nobody asked for them, put together."""
    lines = (line[5:].strip() for line in body.splitlines() if line.startswith("data:"))
    chunks = [json.loads(line) for line in lines if line and line != "[DONE]"]
    said = [choice["delta"].get("content") or "" for chunk in chunks for choice in chunk.get("choices") or ()]
    return {**chunks[0], "choices": [{"message": {"content": "".join(said)}}]}


LONGEST_ERROR = 4_000  # characters of what a server says about a request that are looked at


def _error_in(envelope: Json) -> Any:
    """OpenRouter and LM Studio send their errors with a 200; an answer of the Responses API has `"error": null`."""
    if isinstance(envelope, list):  # Gemini's compatible server sends [{"error": …}]
        envelope = envelope[0]
    answered = any(isinstance(envelope.get(name), list) for name in ("choices", "output"))
    return None if answered else envelope.get("error")


def _status_in(code: Any) -> int:
    return code if isinstance(code, int) and 400 <= code < 600 else 400


def refusal(status: int, words: str, code: str | None = None, retry_after: float | None = None) -> WriterFailed:
    """What a server's error means. Misunderstood where other words may help; nothing of `words` reaches the log."""
    words, detail = words[:LONGEST_ERROR], _NOT_A_CODE.sub("", code or "")[:60] or str(status)
    if "content_filter" in words:  # some servers filter before the model is asked, with a 400
        return WriterFailed("refused", detail="content_filter")
    if status in (401, 402, 408, 429) or 300 <= status < 400:
        return WriterFailed(_FINAL.get(status, "bad_request"), retry_after, detail)
    if retry_after is not None:
        return WriterFailed("down", retry_after, detail)
    reason: Any = "down" if status >= 500 else "wrong_key" if status == 403 else "bad_request"
    return Misunderstood(WriterFailed(reason, None, detail), status, words)


_FINAL: Mapping[int, Any] = {401: "wrong_key", 402: "rate_limited", 408: "timeout", 429: "rate_limited"}


def _read_responses(envelope: Json) -> Said:
    if envelope.get("status") == "failed":
        raise Misunderstood(WriterFailed("down", detail="failed"), 500)
    parts = [part for item in envelope["output"] if item["type"] == "message" for part in item["content"]]
    return Said(
        text="".join(_text_of(part) for part in parts),
        declined=any(part.get("type") == "refusal" for part in parts),
        cut=envelope.get("status") == "incomplete",
        **_kept(envelope, "input_tokens", "output_tokens"),
    )


def _read_chat(envelope: Json) -> Said:
    choice = envelope["choices"][0]
    message = choice["message"]
    return Said(
        text=_text_of(message.get("content")) or _aside(message),
        declined=bool(message.get("refusal")) or choice.get("finish_reason") == "content_filter",
        **_kept(envelope, "prompt_tokens", "completion_tokens"),
    )


_READ = {"responses": _read_responses, "chat": _read_chat}


def _text_of(content: Any) -> str:
    """Words from a text, from a list of parts without what the model thought (Mistral's Magistral), or from an object."""
    if isinstance(content, list):
        return "".join(map(_text_of, content))
    if isinstance(content, dict):
        if "type" not in content:  # some servers take the JSON out of its text already
            return json.dumps(content, ensure_ascii=False)
        return str(content.get("text") or "") if content["type"] in ("text", "output_text") else ""
    return content if isinstance(content, str) else ""


def _aside(message: Json) -> str:
    """Where else the answer may be: vLLM files it under the reasoning, others as the arguments of a tool."""
    calls = message.get("tool_calls") or [{}]
    arguments = (calls[0].get("function") or {}).get("arguments")
    return _text_of(arguments) or _text_of(message.get("reasoning_content")) or _text_of(message.get("reasoning"))


def _kept(envelope: Json, came: str, went: str) -> Json:
    usage = envelope.get("usage")
    counts = [usage.get(name) if isinstance(usage, dict) else 0 for name in (came, went)]
    tokens = [count if isinstance(count, int) and count >= 0 else 0 for count in counts]
    model, response_id = (value if isinstance(value := envelope.get(name), str) else None for name in ("model", "id"))
    return {
        "model": model or None,
        "response_id": response_id or None,
        "input_tokens": tokens[0],
        "output_tokens": tokens[1],
    }
