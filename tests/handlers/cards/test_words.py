"""The catalogue is complete: every reason, action, status and outcome has words, and no blank is ever left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

import pytest

from cases import judgement
from cases.acts.act import NotAllowed
from cases.acts.refusals import RefusalName
from cases.model import Awaited, Grade, Outcome, Remedy, Severity, Sign, Status, Way
from handlers.cards import private, words
from handlers.cards.words.refusals import Otherwise
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import shown

ROOMS = Path(__file__).parents[3]
SAID = re.compile(r"\bwords\.(\w+)")
MACHINERY = re.compile(r"(?i)\b(api|json|database|null|exception|payload|webhook|timeout|slack id)\b")


def said(reason: RefusalName, **facts: Any) -> str:
    return shown(words.refusal(reason, facts))


def test_every_reason_has_its_sentence_and_is_given_somewhere() -> None:
    assert set(words.REFUSALS) == {*get_args(RefusalName), *get_args(Otherwise)}
    code = [path.read_text() for room in ("cases", "handlers") for path in (ROOMS / room).rglob("*.py")]
    told = [text for text in code if "RefusalName: TypeAlias" not in text and "REFUSALS: Mapping" not in text]
    assert [reason for reason in words.REFUSALS if not any(f'"{reason}"' in text for text in told)] == []


@pytest.mark.parametrize("reason", sorted(words.REFUSALS))
def test_a_refusal_without_facts_leaves_no_blank(reason: str) -> None:
    sentence = said(reason)
    assert not re.search(r"[{}]|None", sentence)
    assert sentence[0].isupper() or sentence[0] == "“"
    assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("reason", sorted(words.REFUSALS))
def test_no_refusal_shouts_or_blames_the_reader(reason: str) -> None:
    assert not re.search(
        r"!|\b(invalid|error|illegal|forbidden|failed|you must|your fault|wrong)\b", said(reason).lower()
    )


@pytest.mark.parametrize(
    ("reason", "facts", "sentence"),
    [
        (
            "held",
            {"owner": ex.ANA, "since": ex.NOW - timedelta(minutes=20)},
            "@ana has had this one since today at 08:40. Ask them first, or take over and say why: `/case takeover 12 A WORD`.",
        ),
        (
            "held",
            {"owner": ex.ANA, "since": None},
            "@ana has had this one. Ask them first, or take over and say why: `/case takeover 12 A WORD`.",
        ),
        (
            "not_contacted_yet",
            {"outcome": Outcome.WON_BACK},
            "The customer has not been contacted yet, so it cannot end as “won back”. Mark it contacted first, "
            "or close it as unreachable, declined or not a complaint.",
        ),
        (
            "waits_for_answer",
            {"outcome": Outcome.WON_BACK},
            "The customer has written back and waits for our answer, so it cannot end as “won back” yet. Answer them, and mark "
            "it contacted. If their own words were the good end of it, say so: `/case close 12 won back, they said so`.",
        ),
        (
            "closed",
            {"outcome": Outcome.NO_REPLY, "at": ex.NOW},
            "This case was closed today at 09:00 (no reply from the customer). Reopen it if the customer needs us again.",
        ),
        (
            "wrong_status",
            {"action": "reopen", "status": Status.CLAIMED},
            "“Reopen” does not fit a case that is waiting for first contact. Its card has the buttons that do.",
        ),
        ("in_the_past", {"at": ex.NOW}, "Today at 09:00 has already passed. Please pick a time that is still to come."),
        ("no_such_case", {"number": 99}, "There is no case #99. `/case list` shows the open ones."),
        (
            "unknown_verb",
            {"verb": "clam", "nearest": "claim"},
            "I do not know “clam”. Did you mean `/case claim 12`? `/case help` lists what I understand.",
        ),
        (
            "unknown_verb",
            {"verb": "xyzzy", "nearest": None},
            "I do not know “xyzzy”. To look for a customer, write `/case find` and the name; "
            "`/case help` lists what I understand.",
        ),
        (
            "unknown_verb",
            {"verb": "approve", "nearest": None},
            "A reply is edited, approved and sent with the buttons below it, in its case's thread: `/case show 12` leads there.",
        ),
        (
            "broke",
            {"reference": "a1b2c3"},
            "Something broke on our side, and nothing was changed. Please try again; if it stays, quote a1b2c3.",
        ),
        (
            "already_approved",
            {"by": ex.BEN, "at": ex.NOW},
            "@ben approved this reply today at 09:00. Edit it to start a new version.",
        ),
        (
            "reply_blocked",
            {"to": ex.LEA, "faults": [("the courier", "It blames somebody else."), ("", "Nothing in it says sorry.")]},
            "The checks would not send this yet. “the courier”: It blames somebody else. Nothing in it says sorry. "
            "Edit it, or ask @lea to overrule them.",
        ),
        (
            "reply_blocked",
            {"to": None, "faults": [("", "Nothing in it says sorry.")]},
            "The checks would not send this yet. Nothing in it says sorry. Edit it, and try again.",
        ),
        (
            "beyond_policy",
            {"to": ex.BEN, "faults": [("a refund of €5,000", "This offers more than an owner may give alone.")]},
            "“a refund of €5,000”: This offers more than an owner may give alone. Offer less, or ask @ben to approve it.",
        ),
    ],
)
def test_a_refusal_says_what_is_so_and_what_to_do(reason: str, facts: dict[str, Any], sentence: str) -> None:
    assert said(reason, **facts) == sentence


def test_a_refusal_in_a_case_names_that_case() -> None:
    assert "`/case note 12 TEXT`" in private.refused(NotAllowed("note_what"), ex.UNCLAIMED).text
    other = private.refused(NotAllowed("no_such_case", {"number": 99}), ex.UNCLAIMED)
    assert other.text.startswith("There is no case #99.")


WORDED: dict[str, type[StrEnum]] = {
    "STATUSES": Status,
    "SEVERITIES": Severity,
    "SEVERITY_MARKS": Severity,
    "OUTCOMES": Outcome,
    "WAYS": Way,
    "EVIDENCE": Grade,
    "GRADES": Grade,
    "GRADES_COUNTED": Grade,
    "SIGNS": Sign,
    "REMEDIES": Remedy,
    "AWAITED": Awaited,
}


def without_words(table: str, names: Iterable[str]) -> list[str]:
    known = getattr(words, table)
    return [f"{name} has no words: add them to {table} in handlers/cards/words/" for name in names if name not in known]


@pytest.mark.parametrize("table", WORDED)
def test_every_enumeration_of_the_model_has_its_words(table: str) -> None:
    assert without_words(table, WORDED[table]) == []
    assert set(getattr(words, table)) <= set(WORDED[table])


def test_name_without_words_is_told_of_in_words() -> None:
    assert without_words("WAYS", ["probe"]) == ["probe has no words: add them to WAYS in handlers/cards/words/"]


def test_every_reason_of_triage_has_a_phrase() -> None:
    assert sorted(set(judgement.REASONS) - set(words.REASONS)) == []


def test_every_sentence_of_the_catalogue_is_said() -> None:
    names = [name for name in vars(words) if re.fullmatch(r"[A-Z][A-Z_]+", name)]
    catalogue = [module.read_text() for module in Path(words.__file__).parent.glob("*.py")]
    used = Counter(word for text in catalogue for word in re.findall(r"\w+", text))
    said = {name for module in (ROOMS / "handlers").rglob("*.py") for name in SAID.findall(module.read_text())}
    assert [name for name in names if name not in said and used[name] < 2] == []


def test_an_unknown_triage_code_is_said_readably() -> None:
    assert words.reason("lost_in_transit") == "lost in transit"


def test_no_sentence_of_ours_names_the_machinery() -> None:
    names = [name for name in vars(words) if name.isupper() and not name.startswith("_")]
    assert [name for name in names if MACHINERY.search(_read(vars(words)[name]))] == []


def _read(entry: Any) -> str:
    return " ".join(str(value) for value in entry.values()) if isinstance(entry, dict) else str(entry)


WITHIN_A_SENTENCE = re.compile(r"(?:[\w,;)}]|[^·*.]\s)\{\w+:\}")


def sentences() -> Iterator[str]:
    """Every text of the catalogue, in its tables too."""
    waiting = [value for name, value in vars(words).items() if name.isupper()]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case Mapping() as table:
                waiting += table.values()
            case list() | tuple() as several:
                waiting += several
            case kept if is_dataclass(kept) and not isinstance(kept, type):
                waiting += [getattr(kept, each.name) for each in fields(kept)]


def test_no_time_begins_with_a_capital_within_a_sentence() -> None:
    """Slack writes "Today" where its token begins: the word before it belongs into the token, `{at:until}`."""
    assert [text for text in sentences() if WITHIN_A_SENTENCE.search(text)] == []
