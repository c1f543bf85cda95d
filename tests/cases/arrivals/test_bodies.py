"""Bodies as tools send them, read into one value whatever their look; none takes long, however it is made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from cases.arrivals.bodies import read_body
from cases.arrivals.feedback import BadFeedback
from tests.elapsing import RUNAWAY, dearer


def part(head: str, content: str, line: str = "\r\n") -> str:
    return f"--x7{line}{head}{line}{line}{content}{line}"


NAMED = 'Content-Disposition: form-data; name="{}"'
MULTIPART = [
    (part(NAMED.format("a"), "1"), {"a": "1"}),
    (part(NAMED.format("a"), "1", "\n"), {"a": "1"}),
    (part("content-type: text/plain; charset=utf-8\r\n" + NAMED.format("ä"), "ü\r\n\r\n--y"), {"ä": "ü\r\n\r\n--y"}),
    (
        part(NAMED.format("c[name]"), "Ana") + part(NAMED.format("c[mail]"), "a@b"),
        {"c": {"name": "Ana", "mail": "a@b"}},
    ),
    (part(NAMED.format("f") + '; filename="photo.jpg"\r\nContent-Type: image/jpeg', "\xff\xd8"), {"f": "photo.jpg"}),
    (part(NAMED.format("f") + '; filename=""', ""), {"f": ""}),
    ("\ufeff" + part(NAMED.format("a"), "1"), {"a": "1"}),
    (part("Content-Disposition: form-data; name=bare", "1") + part("X: y", "nameless"), {"bare": "1"}),
]


@pytest.mark.parametrize(("body", "fields"), MULTIPART, ids=range(len(MULTIPART)))
def test_multipart_is_read_field_by_field(body: str, fields: dict[str, object]) -> None:
    assert read_body(f"{body}--x7--\r\n".encode()) == fields


FORMS = [
    ("rating=2&comment=cold+soup", {"rating": "2", "comment": "cold soup"}),
    ("rating=2&comment=cold soup", {"rating": "2", "comment": "cold soup"}),  # as `curl -d` sends it
    ("comment=zu spät, {wieder}\nund kalt&rating=1", {"comment": "zu spät, {wieder}\nund kalt", "rating": "1"}),
    ("comment=zu%20sp%C3%A4t", {"comment": "zu spät"}),
    ("What went wrong?=it came late", {"What went wrong?": "it came late"}),
    ("customer[first name]=Ana", {"customer": {"first name": "Ana"}}),
]


@pytest.mark.parametrize(("body", "fields"), FORMS, ids=range(len(FORMS)))
def test_form_is_read_however_it_is_escaped(body: str, fields: dict[str, object]) -> None:
    assert read_body(body.encode()) == fields


@pytest.mark.parametrize("body", ["hello", "two\nlines=1", '"a=1"'])
def test_what_begins_like_no_form_is_none(body: str) -> None:
    with suppress(BadFeedback):
        assert not isinstance(read_body(body.encode()), dict)


@pytest.mark.parametrize("body", ["--x7", "--", "--x7\r\n\r\n", "--x7--", part("X: y", "1")])
def test_multipart_without_a_field_is_a_fault(body: str) -> None:
    with pytest.raises(BadFeedback, match="cut short"):
        read_body(body.encode())


def test_what_stands_behind_too_many_fields_is_part_of_none() -> None:
    body = "".join(part(NAMED.format(n), "1") for n in range(1_500))
    assert set(read_body(f"{body}--x7--\r\n".encode()).values()) == {"1"}


HEAVY: dict[str, Callable[[int], str]] = {
    "a quote without end": lambda much: part(NAMED.format("a") + '; x="' + '\\"' * much, "1"),
    "parameters": lambda much: part(NAMED.format("a") + "; x=1" * much, "1"),
    "heads": lambda much: "".join(part(NAMED.format(n), "1") for n in range(much // 10)),
    "lines": lambda much: part(NAMED.format("a"), "\r\n" * much),
    "brackets": lambda much: "a" + "[a]" * much + "=1",
    "one name": lambda much: "&".join(["a=1"] * (much // 50)),
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_head_keeps_the_reader_busy(name: str) -> None:
    """Python's own parser of letters took minutes for a head of 40 kB."""
    small, large = (HEAVY[name](much).encode() for much in (6_250, 50_000))

    def reads(body: bytes) -> None:
        with suppress(BadFeedback):
            read_body(body)

    assert dearer(lambda: reads(small), lambda: reads(large)) < RUNAWAY
