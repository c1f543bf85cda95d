"""Bodies as tools without code send them: JSON, form fields or multipart, told apart by their look, read into one value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

from cases.arrivals.json_fields import BadFeedback, Fault, read_json

_MOST_FIELDS = 1_000
_FORM = re.compile(rb"[^\s={}\[\]\"&]*(?:\[[^\]]*\])*=[^\s]*\Z")
_STEP = re.compile(r"[^\[\]]+")


def read_body(body: bytes) -> Any:
    """What the body holds: a JSON value, or an object of its form fields. Raises BadFeedback for what is none of these."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n").rstrip(b" \t\r\n")
    if start.startswith(b"--"):
        try:
            return _nested(_multipart(body))
        except RecursionError:
            raise BadFeedback(Fault("body", "is nested too deeply")) from None
    if not start.startswith((b"{", b"[", b'"')) and _FORM.match(start):
        return _nested(_form(start))
    return read_json(body)


def _form(body: bytes) -> Iterator[tuple[str, str]]:
    try:
        yield from parse_qsl(body.decode("ascii", "replace"), max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError:
        raise BadFeedback(Fault("body", f"has more than {_MOST_FIELDS} fields")) from None


def _multipart(body: bytes) -> Iterator[tuple[str, str]]:
    """The boundary stands in the first line, whatever a header says of it; of files only the names are read."""
    boundary = body.lstrip().split(b"\n", 1)[0].strip()[2:]
    head = b'Content-Type: multipart/form-data; boundary="' + boundary + b'"\r\n\r\n'
    message = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise BadFeedback(Fault("body", "begins like multipart/form-data, and is cut short"))
    for part in list(message.iter_parts())[:_MOST_FIELDS]:
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str) and name:
            yield name, part.get_filename() or _text(part)


def _text(part: Any) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


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
