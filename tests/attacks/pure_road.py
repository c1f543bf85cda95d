"""Bodies made wrong on the pure road of every envelope, from proof to decision, without HTTP or a database: a hundred thousand in minutes.

`python -m tests.attacks.pure_road` tries so many on each; `--seed` and `--only SOURCE:NUMBER` try one of them again.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from cases.arrivals.bodies import read_body
from cases.arrivals.decision import Decision, what_becomes
from cases.arrivals.feedback import Arriving, BadFeedback, read_kept, to_data
from cases.arrivals.json_fields import write_json
from cases.policy.page import Policy, read_policy
from handlers.doors import door
from handlers.http.routes import LARGEST
from handlers.sources import SOURCES, BadSignature
from tests.attacks.mutations import garbled, spoiled, written
from tests.attacks.tried import Tried, command

# Seconds of the processor that no body may take, and as many more for each of its bytes: twice as long, twice as slow.
SLOW = (0.1, 3e-6)
_HEARD = datetime(2026, 1, 5, 12, tzinfo=UTC)
_BODIES = Path(__file__).parents[1] / "handlers" / "sources" / "bodies"
_MOST = 500  # feedbacks in one body
# What a team may have said of its source: names that fit questions of the bodies, and some that fit none.
_TOLD = """
[sources.{name}]
rating = ["rating", "score", "How was it?", "stars"]
scale = 5
comment = ["comment", "What went wrong?", "text", "why"]
dates = "dmy"
timezone = "Europe/Berlin"
"""


def tried(name: str, seed: int, numbers: range) -> Tried:
    """These bodies of that seed on one envelope; seconds are of the processor."""
    result, bodies = Tried(name, seed), _Bodies(name)
    for number in numbers:
        chance = result.chance(number)
        body = bodies.make(chance)[:LARGEST]
        policy = bodies.told if chance.random() < 0.3 else Policy()
        judged = number % 8 == 0
        try:
            became, took = _timed(name, body, policy, judged=judged)
            if took > _slow(body):  # a rest of the collector's, or of a busy machine, is no fault of the body's
                took = min(took, *(_timed(name, body, policy, judged=judged)[1] for _ in range(2)))
        except Exception:  # noqa: BLE001  that nothing is raised is what is tried
            became, took = "broke", 0.0
            result.fault(number, body, traceback.format_exc(limit=-3))
        result.note(number, became, took)
        if took > _slow(body):
            result.fault(number, body, f"took {took:.2f} s")
    return result


def _slow(body: bytes) -> float:
    return SLOW[0] + SLOW[1] * len(body)


def _timed(name: str, body: bytes, policy: Policy, *, judged: bool) -> tuple[str, float]:
    started = time.process_time()
    became = _became(name, body, policy, judged=judged)
    return became, time.process_time() - started


def _became(name: str, body: bytes, policy: Policy, *, judged: bool) -> str:
    """The road, and what it came to; the proof is looked at for itself, as a spoiled body rarely has one."""
    found = door(name, policy)
    assert found is not None
    example, unread = found.source.example, list[BadFeedback]()
    try:
        headers = example.sign(body, example.secret, datetime.now(UTC))
        found.verify(headers, body, example.secret)
    except BadSignature:
        headers = {}
    try:
        read = found.read(headers, body, unread.append)
    except BadFeedback as bad:
        read, unread = [], [bad]
    for each_bad in unread:
        assert all(map(str, each_bad.faults or ("",))), "is refused without a reason"
    if unread and not read:
        return "kept unread"
    assert len(read) + len(unread) <= _MOST, f"{len(read)} feedbacks in one body"
    decided = [_decided(each, judged=judged) for each in read]
    return str(decided[0].became) if decided else "nothing"


def _decided(arriving: Arriving, *, judged: bool) -> Decision:
    """What becomes of it, and that it can be kept and read back as it was."""
    kept = read_kept(json.loads(write_json(to_data(arriving.feedback))), arriving.feedback.source)
    assert kept == arriving.feedback, "is not read back as it was kept"
    assert arriving.feedback.external_id, "has no name"
    return what_becomes(replace(arriving, heard_at=_HEARD), scored_later=not judged)


class _Bodies:
    """Makes bodies for one envelope: its own shapes spoiled, other vendors', and what no vendor would send."""

    def __init__(self, name: str) -> None:
        self.own = [SOURCES[name].example.value, *_as_sent(name)]
        self.others = [source.example.value for source in SOURCES.values()] + [
            each for kind in SOURCES for each in _as_sent(kind)
        ]
        self.told = read_policy(_TOLD.format(name=name))

    def make(self, chance: Random) -> bytes:
        """A body, the same one for the same chance."""
        value = deepcopy(chance.choice(self.others if chance.random() < 0.15 else self.own))
        if chance.random() < 0.9:
            value = spoiled(value, chance)
        if chance.random() < 0.1:
            value = _grown(value, chance)
        body = _as_form(value, chance) if chance.random() < 0.12 else written(value, chance)
        if chance.random() < 0.12:
            body = garbled(body, chance)
        return _otherwise_coded(body, chance) if chance.random() < 0.03 else body


def _as_sent(name: str) -> Iterator[Any]:
    told = json.loads((_BODIES / "expected.json").read_text(encoding="utf-8"))
    for file, case in told.items():
        if case["kind"] == name and not file.endswith(".csv"):
            yield read_body((_BODIES / file).read_bytes())


def _grown(value: Any, chance: Random) -> Any:
    """Much of it: keys, items, texts or levels by the hundred or thousand, as somebody would who wants us to be busy."""
    times = chance.choice((50, 500, 3_000))
    kind = chance.randrange(8)
    if kind == 0:
        return [deepcopy(value) for _ in range(min(times, 600))]
    if kind == 1 and isinstance(value, dict):
        return value | {
            f"{chance.choice(('key', 'rating', 'comment', 'Wie war es?'))} {n}": chance.choice((n, "text", "2/5"))
            for n in range(times)
        }
    if kind == 2 and isinstance(value, dict):
        return value | {"k" * times * 10: "x", "comment" * times: "y"}
    if kind == 3:
        return _with_text(value, chance.choice(_LONG) * times, chance)
    if kind == 4:
        return _with_text(value, json.dumps({"rating": 1, "a": [[[{"b": "[" * min(times, 900)}]]]}), chance)
    if kind == 5 and isinstance(value, dict):
        return value | {
            "answers": [
                {"question": f"q {n}", "answer": n, "options": [{"id": n, "text": "x"}] * 3} for n in range(times)
            ]
        }
    if kind == 6:
        return {"data": {"data": {"data": value, "list": [value, value]}}, "items": [value] * 3}
    return _with_text(
        value,
        "".join(chr(chance.choice((0x300, 0x202E, 0x1F600, 0xD83D, 0x130, 0xFDFA, 0x61))) for _ in range(times)),
        chance,
    )


_LONG = ("never again ", "ä", "(", "<b>", "<blockquote>", "> ", "\n", "a@", "1 ", "9", "★", "😡", "-", "On Mon wrote:\n", ". ", "wo nt ", "5/5 ", "\u00a0", "a.b.", "http://")  # fmt: skip


def _with_text(value: Any, text: str, chance: Random) -> Any:
    """The same with one of its texts changed for another."""
    places: list[tuple[Any, Any]] = []
    stack = [value]
    while stack:
        holder = stack.pop()
        for key, inner in (
            holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
        ):
            if isinstance(inner, str):
                places.append((holder, key))
            stack.append(inner)
    if places:
        holder, key = chance.choice(places)
        holder[key] = text
    return value


def _as_form(value: Any, chance: Random) -> bytes:
    """As form fields or multipart, nested objects by brackets or as JSON in a text."""
    if not isinstance(value, dict):
        value = {"body": value}
    fields = [(str(k), v if isinstance(v, str) else json.dumps(v)) for k, v in value.items()]
    if chance.random() < 0.3:
        fields = [(f"{name}[{chance.choice(('', 'a', 'value', ']', '[', '0'))}]", said) for name, said in fields]
    if chance.random() < 0.5:
        return urlencode(fields, errors="surrogatepass").encode()
    parts = "".join(f'--x7\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n' for name, said in fields)
    return f"{parts}--x7--\r\n".encode("utf-8", "surrogatepass")


def _otherwise_coded(body: bytes, chance: Random) -> bytes:
    text = body.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "shift_jis", "utf-8-sig")), "replace"
    )


if __name__ == "__main__":
    sys.exit(command(__doc__, [*SOURCES], tried))
