"""A model server that believes nothing: it checks every request as OpenAI would, and answers as it was told to."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-practice"
MODEL = "practice-model"
# Keywords that strict schemas refuse, or refuse on some servers.
UNSUPPORTED = {"minLength", "maxLength", "pattern", "format", "default", "minimum", "maximum", "minItems", "maxItems"}

Json = dict[str, Any]
Behaviour = Callable[["_Handler"], None]
Manner = Callable[[str, Json], tuple[int, Any] | str | None]
"""How a server of the world takes a request, by path and body: (status, what it answers), other words for an answer
than its script has, or None where it answers as the script says."""


@dataclass
class StandIn:
    """One server. `requests` are the bodies it got, by path; `faults` what was wrong with them, which no test allows.

    `remarks`: the answer to whoever has a reply read, where the script is about other questions.
    """

    base_url: str = ""
    requests: list[tuple[str, Json]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    speaks_responses: bool = True
    manner: Manner | None = None
    wrap: Callable[[str], Json | bytes] | None = None
    key: str | None = KEY
    models: list[str] = field(default_factory=list)
    remarks: Json | None = None
    _script: list[Behaviour] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def asked(self) -> list[str]:
        """The paths asked for, in order."""
        return [path for path, _ in self.requests]

    def answers(self, value: Json | str, **changes: Any) -> None:
        """Next: a good answer holding `value`; `changes` replace top-level fields of the envelope."""
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self._script.append(lambda handler: handler.send_answer(text, changes))

    def refuses(self) -> None:
        """Next: the model declines."""
        self._script.append(lambda handler: handler.send_json(200, handler.envelope(None)))

    def sends(self, status: int, body: bytes, content_type: str = "application/json", **headers: str) -> None:
        """Next: exactly this, with `retry_after` as the Retry-After header and so on."""
        self._script.append(lambda handler: handler.send_raw(status, body, content_type, headers))

    def fails(self, status: int, code: str | None = None, **headers: str) -> None:
        """Next: an error in OpenAI's form."""
        error = {"error": {"message": "no", "type": "error", "code": code, "param": None}}
        self.sends(status, json.dumps(error).encode(), **headers)

    def is_slow(self) -> None:
        """Next: not a byte until the client has gone or the test is over."""
        self._script.append(lambda handler: handler.say_nothing())

    def trickles(self, head: bool = False) -> None:
        """Next: a byte every 20 ms, for ever; `head` starts with the status line, otherwise with the body."""
        self._script.append(lambda handler: handler.trickle(head))

    def sends_for_ever(self) -> None:
        """Next: bytes as fast as they are taken, for ever."""
        self._script.append(lambda handler: handler.pour())

    def hangs_up(self) -> None:
        """Next: the connection drops without an answer."""
        self._script.append(lambda handler: None)

    def next_behaviour(self) -> Behaviour:
        return self._script.pop(0) if self._script else lambda handler: handler.send_json(500, {"error": "unscripted"})

    def wait(self, seconds: float) -> bool:
        """True when the test is over."""
        return self._over.wait(seconds)


@contextlib.contextmanager
def standing_in() -> Iterator[StandIn]:
    """A stand-in on a free port of this machine, gone afterwards."""
    stand_in = StandIn()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"stand_in": stand_in}))
    server.daemon_threads = True
    stand_in.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    try:
        yield stand_in
    finally:
        stand_in._over.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    stand_in: StandIn
    protocol_version = "HTTP/1.1"
    wbufsize = 0

    def do_GET(self) -> None:
        if self.path != "/v1/models":
            return self.send_raw(404, b"", "text/plain", {})
        return self.send_json(200, {"object": "list", "data": [{"id": name} for name in self.stand_in.models]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.close_connection = True
        self.stand_in.requests.append((self.path, body))
        if self.path == "/v1/responses" and not self.stand_in.speaks_responses:
            return self.send_raw(404, b'{"detail": "Not Found"}', "application/json", {})
        self.stand_in.faults += request_faults(self.path, body, self.headers.get("authorization"), self.stand_in.key)
        if self.stand_in.manner is not None and (odd := self.stand_in.manner(self.path, body)) is not None:
            return self.answer_oddly(odd)
        if self.stand_in.remarks is not None and "`findings`" in json.dumps(body):
            return self.send_answer(json.dumps(self.stand_in.remarks), {})
        return self.stand_in.next_behaviour()(self)

    def answer_oddly(self, odd: tuple[int, Any] | str) -> None:
        status, content = (200, self.envelope(odd)) if isinstance(odd, str) else odd
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_raw(status, body, "application/json", {})

    def envelope(self, text: str | None) -> Json:
        return chat_completion(text) if self.path.endswith("/chat/completions") else response(text)

    def send_answer(self, text: str, changes: Json) -> None:
        wrapped = self.stand_in.wrap(text) if self.stand_in.wrap else self.envelope(text)
        if isinstance(wrapped, bytes):
            self.send_raw(200, wrapped, "text/event-stream", {})
        else:
            self.send_json(200, wrapped | changes)

    def send_json(self, status: int, value: Json) -> None:
        self.send_raw(status, json.dumps(value).encode(), "application/json", {})

    def send_raw(self, status: int, body: bytes, content_type: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.send_header("connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with contextlib.suppress(OSError):  # who reads up to a bound hangs up before the end
            self.wfile.write(body)

    def say_nothing(self) -> None:
        while not self.stand_in.wait(0.02):
            pass

    def trickle(self, head: bool) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nx-slow: " if head else b"HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n")
        with contextlib.suppress(OSError):
            while not self.stand_in.wait(0.02):
                self.wfile.write(b" ")
            return
        self.stand_in.hung_up.set()

    def pour(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        with contextlib.suppress(OSError):
            while not self.stand_in.wait(0):
                self.wfile.write(b" " * 65_536)
            return
        self.stand_in.hung_up.set()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what matters is in `requests`."""


def response(text: str | None) -> Json:
    """An answer of the Responses API, reduced to what it always has; `text` None is a refusal."""
    said: Json = {"type": "output_text", "text": text, "annotations": []}
    part = said if text is not None else {"type": "refusal", "refusal": "I cannot help with that."}
    message = {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [part]}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1767600000,
        "model": f"{MODEL}-2026-01-01",
        "status": "completed",
        "output": [{"type": "reasoning", "id": "rs_1", "summary": []}, message],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 900,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 120,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 1020,
        },
    }


def chat_completion(text: str | None) -> Json:
    """An answer of chat completions; `text` None is a refusal."""
    message = {"role": "assistant", "content": text, "refusal": None if text is not None else "I cannot."}
    return {
        "id": "chatcmpl_1",
        "object": "chat.completion",
        "created": 1767600000,
        "model": f"{MODEL}-2026-01-01",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": 800, "completion_tokens": 110, "total_tokens": 910},
    }


def request_faults(path: str, body: Json, authorization: str | None, key: str | None = KEY) -> list[str]:
    """What a strict server would refuse about a request; without a `key` it wants none."""
    wanted = f"Bearer {key}" if key else None
    faults = [] if authorization == wanted else [f"authorization is {authorization!r}"]
    if body.get("model") != MODEL:
        faults.append(f"model is {body.get('model')!r}")
    if path == "/v1/responses":
        return faults + _responses_faults(body)
    if path == "/v1/chat/completions":
        return faults + _chat_faults(body)
    return [*faults, f"no such path: {path}"]


_RESPONSES = {"model", "instructions", "input", "text", "store", "max_output_tokens"}
_CHAT = {"model", "messages", "response_format", "max_tokens", "max_completion_tokens", "store"}


def _responses_faults(body: Json) -> list[str]:
    faults = [f"unknown field {name}" for name in body.keys() - _RESPONSES]
    if body.get("store") is not False:
        faults.append("the answer would be stored")
    if not (isinstance(body.get("instructions"), str) and isinstance(body.get("input"), str)):
        faults.append("instructions and input must be text")
    form = body.get("text", {}).get("format")
    return faults + (_format_faults(form) if form and form["type"] == "json_schema" else [])


def _chat_faults(body: Json) -> list[str]:
    faults = [f"unknown field {name}" for name in body.keys() - _CHAT]
    if [message["role"] for message in body["messages"]] not in (["system", "user"], ["user"]):
        faults.append("the rules belong in a system message, the case in a user message")
    form = body.get("response_format")
    if form is None or form == {"type": "json_object"}:
        # OpenAI and Groq: 'messages' must contain the word 'json' in some form, to use 'response_format' of 'json_object'
        return faults if "JSON" in body["messages"][0]["content"] else [*faults, "nobody asked for JSON"]
    return faults + _format_faults({"type": form["type"]} | form["json_schema"])


def _format_faults(wanted: Json) -> list[str]:
    faults = [] if wanted.get("type") == "json_schema" else ["the format is not a JSON schema"]
    if wanted.get("strict") is not True:
        faults.append("the schema is not strict")
    if not wanted.get("name"):
        faults.append("the schema has no name")
    return faults + list(schema_faults(wanted["schema"]))


def schema_faults(schema: Any, where: str = "schema") -> Iterator[str]:
    """What strict mode refuses: open objects, optional fields, keywords it does not know."""
    if isinstance(schema, list):
        for number, each in enumerate(schema):
            yield from schema_faults(each, f"{where}[{number}]")
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            yield f"{where} takes additional properties"
        if set(schema.get("required", ())) != set(schema.get("properties", {})):
            yield f"{where} has optional fields"
    for keyword in UNSUPPORTED & schema.keys():
        yield f"{where} uses {keyword}"
    for name, each in schema.items():
        yield from schema_faults(each, f"{where}.{name}")
