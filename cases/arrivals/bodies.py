"""Bodies as tools without code send them: JSON, form fields or multipart, told apart by their look, read into one value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from cases.arrivals.json_fields import BadFeedback, Fault, read_json

_MOST_FIELDS = 1_000
_FORM = re.compile(
    rb"[^\r\n={}\[\]\"&]*(?:\[[^\]\r\n]*\])*="
)  # its values may hold anything: `curl -d` sends spaces as they are
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[][{}]', re.DOTALL)  # of JSON
_CLOSES = {b"{": b"}", b"[": b"]"}
_STEP = re.compile(r"[^\[\]]+")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD = 2_000  # bytes of what stands above a field of multipart
_PARAMETER = re.compile(r'[;\s](name|filename)=(?:"((?:\\.|[^"\\])*)"|([^\s;"]+))', re.IGNORECASE)


def read_body(body: bytes) -> Any:
    """What the body holds: a JSON value, or an object of its form fields. Raises BadFeedback for what is none of these."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n").rstrip(b" \t\r\n")
    if start.startswith(b"--"):
        return _nested(_multipart(start))
    if not start.startswith((b"{", b"[", b'"')) and _FORM.match(start):
        return _nested(_form(start))
    return read_json(body)


def as_whole(body: bytes) -> bytes:
    """A body of which only the beginning is there, so that it can be read: JSON is closed where it breaks off."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return body
    open_: list[bytes] = []
    ends = 0
    for token in _TOKEN.finditer(body):
        ends = token.end()
        if token[0] in _CLOSES:
            open_.append(_CLOSES[token[0]])
        elif open_ and token[0] == open_[-1]:
            open_.pop()
    begun = body.find(b'"', ends) >= 0  # within a text
    start, closing = body.rstrip(b"\\") if begun else body.rstrip(b" \t\r\n,"), b"".join(reversed(open_))
    for end in (b'"', b'":null') if begun else (b"", b"null", b":null"):
        try:
            json.loads(whole := start + end + closing)
        except ValueError:
            continue
        return whole
    return body


def _form(body: bytes) -> Iterator[tuple[str, str]]:
    try:
        yield from parse_qsl(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError:
        raise BadFeedback(Fault("body", f"has more than {_MOST_FIELDS} fields")) from None


def _multipart(body: bytes) -> Iterator[tuple[str, str]]:
    """The boundary stands in the first line, whatever a header says of it; of files only the names are read.

    Taken apart by hand: Python's own parser of letters takes minutes for some heads that are no longer than a page.
    """
    fields = [field for part in _parts(body) if (field := _field(part))]
    if not fields:
        raise BadFeedback(Fault("body", "begins like multipart/form-data, and is cut short"))
    yield from fields


def _parts(body: bytes) -> list[bytes]:
    whole = b"\n" + body
    boundary = whole.split(b"\n", 2)[1].rstrip()
    parts = whole.split(b"\n" + boundary, _MOST_FIELDS + 1)[1 : _MOST_FIELDS + 1]
    return [part for part in parts if not part.startswith(b"--")]


def _parameters(head: bytes) -> tuple[dict[str, str], str]:
    """What the head of a part says of it, and the head itself."""
    text = head.decode("utf-8", "replace")
    return {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(text)}, text


def files_in(body: bytes) -> Iterator[tuple[str, str, str, bytes]]:
    """Of multipart the files: the field of each, its name, the kind that its sender gives it, and its bytes."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    for part in _parts(start) if start.startswith(b"--") else ():
        split = _BLANK_LINE.search(part, 0, _LONGEST_HEAD)
        told, head = _parameters(part[: split.start()]) if split else ({}, "")
        if split and told.get("name") and told.get("filename"):
            kind = re.search(r"(?im)^content-type:\s*([\w.+-]+/[\w.+-]+)", head)
            content = part[split.end() :].removesuffix(b"\r")
            yield told["name"], told["filename"], kind[1].lower() if kind else "unknown", content


def _field(part: bytes) -> tuple[str, str] | None:
    """A field's name with what stands in it, or the name of its file; None for what has no name."""
    split = _BLANK_LINE.search(part, 0, _LONGEST_HEAD)
    if split is None:
        return None
    (told, _), content = _parameters(part[: split.start()]), part[split.end() :].removesuffix(b"\r")
    file = told.get("filename")
    return (told["name"], file or content.decode("utf-8", "replace")) if told.get("name") else None


def _nested(fields: Iterator[tuple[str, str]]) -> dict[str, Any]:
    """customer[name]=Ana → {"customer": {"name": "Ana"}}; a field that comes twice, or ends in [], is a list."""
    whole: dict[str, Any] = {}
    for name, value in fields:
        *path, last = _STEP.findall(name) or [name]
        place = whole
        for step in path:
            inner = place.setdefault(step, {})
            place = inner if isinstance(inner, dict) else whole
        before = place.get(last)
        if before is None:
            place[last] = value
        else:
            place[last] = [*(before if isinstance(before, list) else [before]), value]
    return whole
