"""Letters that must not be matched wrongly, through the real reader of letters: `python -m tests.evaluation.letters_matched [FILE …]`.

A set is a file of JSON Lines, one letter each: `id`, `folder` ("inbox" or "sent"), `letter` (or `letter_base64`, or `eml`, a file
beside it), `belongs_to` (a case of WORLD below, or null), `does` (one of DOES, or several that would do) and `because`. In a letter
{reply_to:N}, {message_id:N}, {bcc:N} and {spoilt:reply_to:N} stand for the addresses and names of case N. Each letter comes into a
world of its own. Exit 1 where one was matched wrongly.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot import build_world
from cases.arrivals.feedback import Arriving
from cases.letters.compose import Mailbox as Team
from cases.letters.incoming import headers_of
from cases.letters.letter import Letter, LetterState
from cases.letters.torn import head_lines
from cases.model import Case, Customer, Feedback, Outcome, Status
from cases.policy.page import Policy
from handlers.feedback.evidence import Outcome as Reported
from handlers.feedback.evidence import Report, reported
from handlers.feedback.intake import arrived
from handlers.feedback.letters import case_address
from handlers.letters.inbox import Found, take_in
from handlers.letters.look import contact_in, take_contact
from handlers.terminal.settings import Settings
from handlers.world import World
from store import cases, customers, letters, timeline
from tests.evaluation.sets import HERE
from tests.stories.stage import empty_database

OWN = HERE / "letters" / "adversarial.jsonl"
ALL = sorted((HERE / "letters").glob("*.jsonl"))
CONTACT, ANSWER, UNVERIFIED, NEW, BOUNCE, NOTHING = DOES = (
    "contact",
    "answer",
    "unverified",
    "new",
    "bounce",
    "nothing",
)
KEPT = "kept"  # feedback that opened no case: nobody hears of it, whatever it should have done
HARMLESS = 100  # from this number on what is kept without a case is counted
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class One:
    """A case of the world that each letter comes into: whose, since when, about what; when we wrote to them, and whether it is over."""

    name: str
    email: str
    spoke: datetime
    words: str
    wrote: datetime | None = None
    is_over: bool = False


def _ago(**length: float) -> datetime:
    return NOON - timedelta(**length)


WORLD = (
    One("Priya Nair", "priya@example.org", _ago(hours=3), "My order 8812 never arrived."),
    One("Tom Hale", "tom@example.org", _ago(hours=2, minutes=30), "The cake was stale and I want my money back."),
    One("Ida Berg", "ida.berg@gmail.com", _ago(hours=21), "You billed me twice, this is awful.", _ago(hours=2)),
    One(
        "Jonas Berg",
        "jonas.berg@gmail.com",
        _ago(hours=4),
        "The scarf has the wrong colour, I am disappointed.",
        _ago(hours=3, minutes=30),
    ),
    One("Mara Lund", "mara@lund.example", _ago(days=3), "The lamp came broken.", _ago(days=2), is_over=True),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One letter of a set."""

    id: str
    folder: str
    content: bytes
    belongs_to: int | None
    does: tuple[str, ...]


def told(path: Path) -> list[Told]:
    """The letters of a set. Raises ValueError with the line that cannot be read."""
    return [_told(path, json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _told(path: Path, row: dict[str, Any]) -> Told:
    does = (row["does"],) if isinstance(row["does"], str) else tuple(row["does"])
    if row["folder"] not in ("inbox", "sent") or not does or not set(does) <= set(DOES):
        raise ValueError(f"{path.name}: {row['id']}: folder or does is none that is known")
    if "eml" in row:
        content = (path.parent / row["eml"]).read_bytes()
    else:
        content = b64decode(row["letter_base64"]) if "letter_base64" in row else row["letter"].encode()
    return Told(str(row["id"]), row["folder"], content, row["belongs_to"], does)


def came(*, before: dict[int, Seen], after: dict[int, Seen]) -> list[tuple[int | None, str]]:
    """What a letter did: to which case, and what; nothing at all is an empty list."""
    found: list[tuple[int | None, str]] = []
    for number, now in after.items():
        then = before.get(number)
        if number >= HARMLESS:
            found += [(None, KEPT)] if then is None else []
            continue
        if then is None:
            found.append((None, NEW))
            continue
        if now.seen > then.seen:
            found.append((number, CONTACT))
        if now.bounced > then.bounced:
            found.append((number, BOUNCE))
        if now.heard > then.heard:
            found.append((number, UNVERIFIED if now.unverified > then.unverified else ANSWER))
    return found


def verdict(letter: Told, did: Sequence[tuple[int | None, str]]) -> str:
    """ "right", "missed" (less than a careful person would have done), or "wrong"."""
    if all(what == KEPT for _, what in did):
        return "right" if {NOTHING, NEW if did else NOTHING} & set(letter.does) else "missed"
    for number, what in did:
        allowed = what in letter.does or (what == UNVERIFIED and ANSWER in letter.does) or what == KEPT
        if not allowed or (number is not None and number != letter.belongs_to):
            return "wrong"
    return "right"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is counted of a case."""

    seen: int
    bounced: int
    heard: int
    unverified: int


class Rehearsal:
    """The world, made once, and each letter let into a copy of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._now = NOON
        self._made = empty_database(folder / "made.db")
        self.words = self._make()

    def world(self, name: str) -> World:
        """On that database."""
        settings = Settings(
            policy=Policy(
                team="Hearth & Ribbon",
                triage={"learned": False},  # type: ignore[arg-type]
                mail={"authserv_id": "mx.shop.example", "colleagues": ["@shop.example"]},  # type: ignore[arg-type]
            ),
            database_url=f"sqlite:///{self._folder / name}",
            imap_url="imap://mail.shop.example",
            smtp_url="smtp://mail.shop.example",
            mailbox=Team("Hearth & Ribbon", "care@shop.example"),
            slack_bot_token="",
            slack_signing_secret=None,
            slack_channel="C_CARE",
        )
        return build_world(settings, lambda: self._now, offline=True)

    def _make(self) -> dict[str, str]:
        world, words = self.world("made.db"), {}
        for number, one in enumerate(WORLD, 1):
            self._now = one.spoke
            customer = Customer(one.name, one.email)
            said = Feedback(
                external_id=str(number), source="survey", customer=customer, comment=one.words, occurred_at=one.spoke
            )
            assert arrived(world, Arriving(said)).case == number
            words[f"bcc:{number}"] = case_address(world, number) or ""
            if one.wrote is not None:
                words |= self._wrote(world, number, one, one.wrote)
        self._now = NOON
        world.store.close()
        return words

    def _wrote(self, world: World, number: int, one: One, at: datetime) -> dict[str, str]:
        self._now, token = at, f"{number:020x}"
        name = f"<{token}@shop.example>"
        fields = {"asked_at": at, "next_attempt_at": at, "ended_at": at, "state": LetterState.SENT}
        ours = Letter(
            case=number, version=1, address=one.email, sent_by="U_ANA", message_id=name, token=token, **fields
        )  # type: ignore[arg-type]
        world.store.write(lambda tx: letters.send(tx, ours))
        reported(world, Report(outcome=Reported.REACHED, case=number, at=at, by="Ana"))
        if one.is_over:
            world.store.write(lambda tx: _close(tx, number, at))
        return {f"message_id:{number}": name, f"reply_to:{number}": f"care+{token}@shop.example"}

    def lets_in(self, letter: Told) -> list[tuple[int | None, str]]:
        """What comes of it."""
        for old in self._folder.glob("one.db*"):
            old.unlink()
        shutil.copy(self._made, self._folder / "one.db")
        world = self.world("one.db")
        try:
            before = world.store.read(_all_of)
            self._into(world, letter.folder, self._filled(letter.content))
            return came(before=before, after=world.store.read(_all_of))
        finally:
            world.store.close()

    def _into(self, world: World, folder: str, content: bytes) -> None:
        if folder == "inbox":
            assert take_in(world, Found(content, False, "inbox", {}), "mx.shop.example")
            return
        head = content.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        waiting, _ = world.store.read(customers.addresses_waiting)
        if found := contact_in(headers_of(head_lines(head)), waiting, NOON):
            take_contact(world, found)

    def _filled(self, content: bytes) -> bytes:
        def word(found: re.Match[bytes]) -> bytes:
            name = found[1].decode()
            spoilt = name.startswith("spoilt:")
            value = self.words[name.removeprefix("spoilt:")]
            return (_spoilt(value) if spoilt else value).encode()

        return re.sub(rb"\{((?:spoilt:)?(?:reply_to|message_id|bcc):\d+)\}", word, content)


def _spoilt(value: str) -> str:
    place = value.index("@") - 1
    return f"{value[:place]}{'0' if value[place] != '0' else '1'}{value[place + 1 :]}"


def _close(tx: letters.Tx, number: int, at: datetime) -> None:
    case = cases.hold(tx, number)
    assert case is not None
    over = replace(case, status=Status.CLOSED, outcome=Outcome.SATISFIED, closed_at=at, revision=case.revision + 1)
    assert cases.save(tx, over, before=case)


def _all_of(tx: letters.Tx) -> dict[int, Seen]:
    found = {number: _seen(tx, case) for number in range(1, 20) if (case := cases.load(tx, number))}
    kept = tx.scalar(select(func.count()).where(letters.t.feedback.c.case_number.is_(None)))
    return found | {HARMLESS + at: Seen(0, 0, 0, 0) for at in range(kept or 0)}


def _seen(tx: letters.Tx, case: Case) -> Seen:
    happened = Counter(entry.action for entry in timeline.history(tx, case.number))
    doubted = sum("not verified" in dict(each.also_answered).get("Sender", "") for each in case.feedback)
    return Seen(happened["seen"], happened["bounced"], len(case.feedback), doubted)


def judged(paths: Sequence[Path], tells: Callable[[str], object] = print) -> Counter[str]:
    """How many of the letters in these sets came out right, missed and wrong; tells of each that is not right."""
    figures: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        rehearsal = Rehearsal(Path(folder))
        for letter in (each for path in paths for each in told(path)):
            did = rehearsal.lets_in(letter)
            found = verdict(letter, did)
            figures[found] += 1
            if found != "right":
                tells(
                    f"{found:7} {letter.id}: did {did or 'nothing'}, should {'/'.join(letter.does)} to {letter.belongs_to}"
                )
    return figures


def main(names: Sequence[str]) -> int:
    """Judges the sets, prints the figures; 1 where a letter was matched wrongly."""
    figures = judged([Path(name) for name in names] or ALL)
    total = sum(figures.values())
    print(f"{total} letters: {figures['wrong']} matched wrongly, {figures['missed']} missed, {figures['right']} right")
    return 1 if figures["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
