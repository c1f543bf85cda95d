"""Bodies as their senders sign them, made wrong, on every door there is (attacks 23): none may break anything.

`python -m tests.attacks.fuzz` sends 100,000 on each; `--seed` and `--only DOOR:NUMBER` send one of them again.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from handlers.sources import SOURCES, Source
from sandbox.demo import cast
from sandbox.lines.requests import COMMAND, EVENT, Parcel, signed
from sandbox.server import PracticeWorkspace
from tests.attacks.mutations import garbled, spoiled, written
from tests.attacks.tried import Tried, command
from tests.stories.stage import Stage, empty_database

Request = tuple[dict[str, str], bytes]
_WHOLE, _GARBLED = 0.05, 0.1  # shares of bodies that are as they should be, and of those that are wrong in their bytes
_INTERACTIONS = {
    "clicks": ("block_actions",),
    "forms": ("view_submission", "view_closed", "shortcut", "message_action"),
}


@dataclass(frozen=True, slots=True)
class Door:
    """One way in. `make` makes a request, `send` sends it and returns the status."""

    name: str
    make: Callable[[Random], Request]
    send: Callable[[Request], int]


class Faults(logging.Handler):
    """Notes what is logged with a traceback."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """A line for each traceback, which names what broke and where."""
        if record.exc_info and record.exc_info[1] is not None:
            wrong, trace = record.exc_info[1], record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "nowhere"
            self.found.append(f"{record.getMessage()[:80]}: {type(wrong).__name__}: {str(wrong)[:200]} at {where}")


def fuzz(door: Door, seed: int, numbers: range) -> Tried:
    """Sends these bodies of that seed on one door."""
    tried, faults = Tried(door.name, seed), Faults()
    logging.getLogger().addHandler(faults)
    try:
        for number in numbers:
            request = door.make(tried.chance(number))
            faults.found.clear()
            begun = time.monotonic()
            try:
                status = door.send(request)
            except Exception:
                status = 500
                logging.getLogger(__name__).exception("it went through the edge")
            tried.note(number, str(status), time.monotonic() - begun)
            if status >= 500 or faults.found:
                tried.fault(number, request[1], f"{status}, {'; '.join(faults.found) or 'nothing is said of it'}")
    finally:
        logging.getLogger().removeHandler(faults)
    return tried


# The doors


def doors(stage: Stage) -> dict[str, Door]:
    """Every way in to the bot on that stage, on which nothing has happened yet."""
    examples = recorded(stage)
    slack = [_slack(stage, kind, examples[kind]) for kind in ("events", "clicks", "forms", "commands")]
    stage.bot.edge.secrets = {name: source.example.secret for name, source in SOURCES.items()}
    stage.bot.edge.secrets["evidence"] = SOURCES["generic"].example.secret
    sources = (_source(stage, source) for source in SOURCES.values())
    return {door.name: door for door in (*sources, _evidence(stage), *slack)}


_EVIDENCE = {
    "case": 1,
    "email": "ana@example.org",
    "phone": "+49 30 5550123",
    "order_ref": "8812",
    "how": "phone",
    "outcome": "reached",
    "at": "2026-01-05T10:00:00Z",
    "by": "Ana",
    "words": "She was glad",
    "reference": "call-881",
}


def _evidence(stage: Stage) -> Door:
    """Evidence of a contact, shown with the whole secret; each tells of another call."""
    token = {"authorization": f"Bearer {SOURCES['generic'].example.secret}"}

    def make(chance: Random) -> Request:
        outcome = chance.choice(["reached", "tried", "bounced"])
        told = {**_EVIDENCE, "outcome": outcome, "reference": f"call-{chance.randrange(10**6)}"}
        told = told if chance.random() < _WHOLE else spoiled(told, chance)
        if chance.random() < 0.2 and isinstance(told, dict):
            form = urlencode({str(k): str(v) for k, v in told.items()}, errors="surrogatepass").encode()
            return {**token, "content-type": "application/x-www-form-urlencoded"}, form
        body = written(told, chance)
        return token, garbled(body, chance) if chance.random() < _GARBLED else body

    return Door("evidence", make, lambda request: stage.bot.edge.evidence.take(*request).status)


def _source(stage: Stage, source: Source) -> Door:
    example = source.example.value

    def make(chance: Random) -> Request:
        wanted = deepcopy(example)
        wrong = wanted if chance.random() < _WHOLE else spoiled(wanted, chance)
        body = written(wrong, chance)
        body = garbled(body, chance) if chance.random() < _GARBLED else body
        return source.example.sign(body, source.example.secret, datetime.now(UTC)), body

    return Door(source.name, make, lambda request: stage.bot.edge.intake(source.name, *request).status)


def _slack(stage: Stage, name: str, examples: list[Parcel]) -> Door:
    made = stage.practice.delivery.payloads

    def make(chance: Random) -> Request:
        parcel = chance.choice(examples)
        payload = deepcopy(parcel.payload)
        for key in {"trigger_id", "event_id"} & payload.keys():  # each is told once, and opens a form for three seconds
            payload[key] = made.triggers.issue(cast.ANA) if key == "trigger_id" else f"Ev{chance.randrange(10**12)}"
        payload = payload if chance.random() < _WHOLE else spoiled(payload, chance)
        content_type, body = _encoded(parcel.kind, payload, chance)
        body = garbled(body, chance) if chance.random() < _GARBLED else body
        return {"content-type": content_type, **signed(body, int(time.time()), cast.SIGNING_SECRET)}, body

    return Door(name, make, lambda request: stage.bot.edge.slack(*request).status)


def _encoded(kind: str, payload: Any, chance: Random) -> tuple[str, bytes]:
    if kind == EVENT:
        return "application/json", written(payload, chance)
    if kind == COMMAND:
        fields = payload if isinstance(payload, dict) else {"text": payload}
        told = {key: value if isinstance(value, str) else json.dumps(value) for key, value in fields.items()}
        form = urlencode(told, errors="surrogatepass")
    else:
        form = urlencode({"payload": written(payload, chance)})
    return "application/x-www-form-urlencoded", form.encode()


def recorded(stage: Stage) -> dict[str, list[Parcel]]:
    """What Slack sends while colleagues do all they can do."""
    _play(stage)
    found: dict[str, list[Parcel]] = {"events": [], "clicks": [], "forms": [], "commands": []}
    for parcel, answer in stage.practice.delivery.sent:
        assert answer.ok, (parcel, answer)
        if parcel.kind == EVENT:
            found["events"].append(parcel)
        elif parcel.kind == COMMAND:
            found["commands"].append(parcel)
        else:
            name = next(name for name, kinds in _INTERACTIONS.items() if parcel.payload["type"] in kinds)
            found[name].append(parcel)
    return found


_FORMS: dict[str, dict[str, Any]] = {
    "contacted": {"way": "phone", "text": "Rang her"},
    "snooze": {"length": "other", "until": int(datetime(2026, 1, 5, 14, tzinfo=UTC).timestamp())},
    "promise": {"text": "A new box", "until": int(datetime(2026, 1, 6, 12, tzinfo=UTC).timestamp())},
    "note": {"text": "Two boxes were empty"},
    "give": {"to": "ben"},
    "close": {"outcome": "won_back", "went_wrong": "Courier", "learned": "Ring first"},
}
_COMMANDS = (
    *("", "help", "list", "mine", "find box", "show 1", "why 1", "stats", "digest", "note 1 hello, you", "snooze 1 1h"),
    *("promise 1 tomorrow 10:00 a new box", "contacted 1 phone rang her", "tried 1", "give 1 @ben", "takeover 1 busy"),
    *("still 1", "release 1", "claim 1", "away until friday", "back", "quiet 18-9", "draft 1 shorter", "new cold soup"),
    *("close 1 won_back late / ring", "reopen 1", "dismiss 2", "send 1", "1 claim", "clam 1", "move 1 2", "join 1 2"),
)


def _play(stage: Stage) -> None:
    ana, ben = stage.person("ana"), stage.person("ben")
    for number in range(1, 5):
        stage.receives(external_id=f"f-{number}", customer={"name": "Ana Ruiz", "email": f"c{number}@example.org"})
    for emoji in ("eyes", "wave", "zzz", "white_check_mark", "+1::skin-tone-2"):
        ana.react(stage.card(1), emoji)
        ana.unreact(stage.card(1), emoji)
    said = ana.say(stage.card(2), "She rang again")
    ana.edit(said, "She rang twice")
    ana.delete(said)
    ben.say(stage.card(2), "@amends claim")
    ben.say("care", "@amends list")
    ana.open_home()
    ana.click(stage.card(3), "claim")
    for action, form in _FORMS.items():
        ana.command("/case", "takeover 3")
        if action in ("contacted", "close"):
            continue
        menu = _menu_with(stage, action)
        ana.choose(stage.card(3), menu, f"v1:3:{action}") if menu else ana.command("/case", f"{action} 3")
        _submits(ana, form)
    ana.command("/case", "contacted 3")
    for action in ("redraft", "edit", "differently"):
        if action in str(stage.draft(4).blocks):
            ana.click(stage.draft(4), action)
            _submits(ana, {"instruction": "Kinder"} if action == "differently" else {"body": "I am sorry. Ana"})
            ana.modal() and ana.close_modal()
    ana.command("/case", "new Cold soup")
    _submits(ana, {"name": "Iris Holm", "rating": "1", "source": "phone"})
    for text in _COMMANDS:
        ana.command("/case", text)
        while ana.modal() is not None:
            ana.close_modal()


def _menu_with(stage: Stage, action: str) -> str | None:
    """Which menu of the card offers it, if one does."""
    blocks = stage.card(3).blocks
    elements = [e for b in blocks for e in [*(b.get("elements") or []), b.get("accessory")] if e and "options" in e]
    return next((e["action_id"] for e in elements if f'"v1:3:{action}"' in json.dumps(e)), None)


def _submits(who: Any, form: dict[str, Any]) -> None:
    view = who.modal()
    if view is not None:
        fields = {block["block_id"] for block in view.view["blocks"] if block["type"] == "input"}
        who.submit({name: value for name, value in form.items() if name in fields})


# The long form


@contextmanager
def staged() -> Iterator[Stage]:
    """A stage of its own, with a database of its own."""
    with tempfile.TemporaryDirectory(prefix="amends-fuzz-") as folder, PracticeWorkspace() as practice:
        stage = Stage(practice, f"sqlite:///{empty_database(Path(folder) / 'fuzz.db')}")
        yield stage
        stage.close()


def fuzzed(name: str, seed: int, numbers: range) -> Tried:
    """As `fuzz`, for a process that has nothing yet."""
    logging.getLogger().addHandler(logging.NullHandler())  # what is said is looked at by `Faults` alone
    with staged() as stage:
        return fuzz(doors(stage)[name], seed, numbers)


if __name__ == "__main__":
    sys.exit(command(__doc__, ["clicks", "forms", "events", "commands", "evidence", *SOURCES], fuzzed))
