"""Where feedback comes from, for a person at a terminal: each source with its address, and what would be read of a body."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from cases.arrivals.columns import Accepted, UnusableHeader
from cases.arrivals.decision import LETTERS
from cases.arrivals.deliveries import Deliveries, Outcome, refused
from cases.arrivals.feedback import Arriving, BadFeedback, to_data
from cases.letters.tally import Tally
from cases.model import Feedback
from cases.policy.page import Policy
from cases.spoken.durations import say_duration
from handlers import doors
from handlers.cards import words
from handlers.feedback import import_file
from handlers.feedback.files import UnusableFile, content_of
from handlers.feedback.tally import in_words
from handlers.sources import SOURCES

_TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx", ".xls", ".xlsb", ".ods")
Latest = Mapping[str, tuple[datetime, Feedback]]


class UnknownSource(ValueError):
    """There is no source of that name; the message lists those that there are."""


def listed(
    policy: Policy,
    secrets: Mapping[str, str],
    latest: Latest,
    seen: Mapping[str, Deliveries],
    now: datetime,
    taken: Mapping[str, Tally] | None = None,
) -> Iterator[str]:
    """A line for each source: its kind and address, whether its secret is set; then what came last, what of it was read, and what
    was refused; of letters, as what they were taken."""
    mailbox = {LETTERS: taken[LETTERS]} if taken and LETTERS in taken else {}
    for name in mailbox:
        yield f"{name} (the mailbox of IMAP_URL)"
        yield from (f"    {line}" for line in in_words(mailbox[name], policy, now))
    for name in doors.names(policy):
        kind = doors.kind_of(name, policy.sources.get(name))
        is_open = kind != doors.FILES and doors.is_open(name, secrets)
        if kind == doors.FILES:
            yield f"{name} ({kind})  python bot.py import FILE --source {name}"
        else:
            state = "open" if is_open else f"closed: {doors.secret_env(name)} is not set"
            yield f"{name} ({kind})  POST /intake/{name}  {state}"
        came = [seen[name][Outcome.RECEIVED].last_at] if Outcome.RECEIVED in seen.get(name, {}) else []
        at, said = latest.get(name, (None, None))
        if last := max([*came, *filter(None, [at])], default=None):
            read = f"; read: {', '.join(_read(said)) or 'nothing'}{_unread(said)}" if said else ""
            yield f"    last received {say_duration(now - last)} ago{read}"
        elif is_open:
            yield "    nothing has come yet"
        yield from (f"    {line}" for line in refusals(name, seen.get(name, {}), policy, now))
        if taken and name in taken:
            yield from (f"    {line}" for line in in_words(taken[name], policy, now))
    yield from _NEXT


_NEXT = (
    "",
    "To open one that is closed: set its variable where the bot runs (.env), and start the bot anew. A page for each: docs/sources/README.md",
    "What would be read of a body or a file, storing nothing: python bot.py sources try NAME FILE",
    "What came and nobody could read: python bot.py sources again NAME",
)


def refusals(name: str, seen: Deliveries, policy: Policy, now: datetime) -> Iterator[str]:
    """What a door has refused of late, and why, a line for each reason."""
    for outcome, each in refused(seen, now).items():
        why = words.REFUSED[outcome].format(env=doors.secret_env(name))
        since, ago = each.since.astimezone(policy.zone), say_duration(now - each.last_at)
        often = words.plural(each.count, "once", f"{each.count} times")
        yield f"refused {often} since {since:%a %d %b %H:%M}, last {ago} ago: {why}"


def _read(said: Feedback) -> Iterator[str]:
    yield from (name for name, value in fields(said).items() if value is not None and name not in _ALWAYS)


def fields(said: Feedback) -> dict[str, Any]:
    """By the names that policy has for them."""
    data = _data(said)
    customer = data.pop("customer")
    return data | {"customer_id" if name == "id" else name: value for name, value in customer.items()}


def _data(said: Feedback) -> dict[str, Any]:
    """The fields that whoever sends feedback can fill."""
    return {name: value for name, value in to_data(said).items() if name not in _OUR_OWN}


_ALWAYS = frozenset({"external_id", "source"})
_OUR_OWN = frozenset({"also_answered", "handed_over", "doubted"})


def _unread(said: Feedback) -> str:
    return f"; not read: {', '.join(said.unread[:5])}" if said.unread else ""


def unknown(name: str, policy: Policy) -> str:
    """That there is no such source, and which there are."""
    return f'There is no source "{name}". Known are: {", ".join(doors.names(policy))}.'


def read_file(name: str, file: Path, policy: Policy) -> list[Arriving]:
    """All feedback in a body or a file, as the source of that name would read it; nothing is stored.

    Raises UnknownSource, BadFeedback where nothing can be read, UnusableHeader and OSError.
    """
    known = doors.door(name, policy)
    if known is None and name not in policy.sources and name not in (doors.FILES, "import"):
        raise UnknownSource(unknown(name, policy))
    if known is None or file.suffix.casefold() in _TABLES:
        return _rows(name, file, policy)
    try:
        return known.read({}, content_of(file))
    except BadFeedback as no_body:  # as much as a name tells, it may be a table
        with suppress(UnusableFile, UnusableHeader):
            if rows := _rows(name, file, policy):
                return rows
        raise no_body


def _rows(name: str, file: Path, policy: Policy) -> list[Arriving]:
    rows = import_file.rows_of(file, policy.told_of(name))
    return [row.arriving for row in rows if isinstance(row, Accepted)]


def nothing_in_it(name: str, policy: Policy) -> str:
    """What is said of a body in which there is no feedback, and nothing wrong either."""
    known = doors.door(name, policy)
    sends = f"{known.source.vendor} sends this along" if known else "there are no such rows"
    status = f", and it is answered {known.source.passed_over} and opens nothing" if known else ""
    return f"Nothing here is feedback of a customer: {sends}{status}."


def as_json(read: Arriving) -> str:
    """One line for other programs."""
    return json.dumps(as_data(read), ensure_ascii=False)


def as_data(read: Arriving) -> dict[str, Any]:
    """The fields of the data object, what was not read and what was left out."""
    return _data(read.feedback) | {
        "unread": list(read.feedback.unread),
        "ignored": [str(fault) for fault in read.ignored],
    }


def shown(name: str, read: list[Arriving], policy: Policy) -> Iterator[str]:
    """What was read, for a person: each field with where it was taken from, then the rest, and a table to begin policy with."""
    for place, each in enumerate(read, start=1):
        yield f"feedback {place}"
        taken = origins(each)
        for field, value in fields(each.feedback).items():
            if value is not None:
                origin = f"   from {taken[field]}" if field in taken else ""
                yield f"  {field:<16} {in_brief(value)}{origin}"
        for question, said in each.feedback.also_answered:
            yield f"  {'also answered':<16} {question}: {in_brief(said)}"
        for fault in each.ignored:
            yield f"  {'left out':<16} {fault}"
    yield from _missed(name, read, policy)
    if read and name not in policy.sources:
        yield from to_paste(name, read)


def _missed(name: str, read: list[Arriving], policy: Policy) -> Iterator[str]:
    """What policy names and none of these has: a slip of the pen, or a question that was left out by all."""
    taken = {field for each in read for field, _ in each.taken_from}
    named: dict[str, list[str]] = {}
    for means, question in policy.told_of(name).named:
        named.setdefault(means.value, []).append(f"“{question}”")
    for field, questions in named.items():
        if read and field not in taken:
            yield f"  {'not found':<16} {field}: policy.toml names {', '.join(questions)}; nothing here is called so, or says such a thing"


def origins(read: Arriving) -> dict[str, str]:
    """From which questions each field was taken: of a name that comes in parts, and of texts that are joined, from all of them."""
    found: dict[str, dict[str, None]] = {}
    for field, question in read.taken_from:
        found.setdefault(_PART_OF.get(field, field), {})[f"“{question}”"] = None
    return {field: ", ".join(questions) for field, questions in found.items()}


_PART_OF = {"first_name": "name", "last_name": "name"}


def in_brief(value: Any) -> str:
    """A value in one short line."""
    if isinstance(value, dict):
        return f"{value['value']:g} of {'?' if value['scale'] is None else value['scale']}"
    text = " ".join(str(value).split())
    return text if len(text) <= 100 else f"{text[:99]}…"


def to_paste(name: str, read: list[Arriving]) -> Iterator[str]:
    """What was guessed here, as policy would say it, so that a person can mend it."""
    named: dict[str, list[str]] = {}
    for each in read:
        for field, question in each.taken_from:
            if field in ("rating", "comment") and question not in named.setdefault(field, []):
                named[field].append(question)
    yield ""
    yield "To say it yourself, put this into policy.toml and mend it:"
    yield f"[sources.{name}]"
    if name not in SOURCES:
        yield f'kind = "{doors.FILES}"'
    if "rating" not in named:
        yield '# rating = "the column or question that is the rating"'
    for field, questions in named.items():
        yield f"{field} = {json.dumps(questions if len(questions) > 1 else questions[0], ensure_ascii=False)}"
    scale = next(
        (each.feedback.rating.scale for each in read if each.feedback.rating and each.feedback.rating.scale), None
    )
    yield f"scale = {scale:g}" if scale else "# scale = 5"


__all__ = ["BadFeedback", "UnknownSource", "UnusableFile", "as_json", "listed", "read_file", "shown", "unknown"]
