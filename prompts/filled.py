"""Markdown prompts with named blanks: checked when loaded, filled for one call, foreign text fenced as data."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from string import Template

ROOM = Path(__file__).parent
CASE_STARTS = "\n---\n"
LONGEST_QUOTE = 8_000  # characters of one foreign text; a model needs no more to answer it
LONGEST_FACT = 120  # characters of a name, an order number and the like


class PromptError(ValueError):
    """The blanks of a prompt file are not the ones the code fills; the message names the file and the blanks."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A prompt ready to send: `rules` speak with our authority, `case` is what they are applied to."""

    name: str
    hash: str
    rules: str
    case: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file. `hash` names its wording, so that stored calls can be compared before and after an edit."""

    name: str
    hash: str
    rules: Template
    case: Template

    def fill(self, **values: str) -> Filled:
        """The prompt with every blank filled; KeyError names a blank that was forgotten."""
        return Filled(self.name, self.hash, self.rules.substitute(values), self.case.substitute(values))


def load(name: str, blanks: frozenset[str], room: Path = ROOM) -> Prompt:
    """Read `name`.md from `room`; its `${blanks}` must be exactly `blanks`. Raises PromptError."""
    text = (room / f"{name}.md").read_text(encoding="utf-8")
    rules, line, case = text.partition(CASE_STARTS)
    whole = Template(text)
    if not line:
        raise PromptError(f"{name}.md has no line of --- to part the rules from the case")
    if not whole.is_valid():
        raise PromptError(f"{name}.md has a stray $; write $$ for the sign itself")
    if faults := _faults(frozenset(whole.get_identifiers()), blanks):
        raise PromptError(f"{name}.md: {faults}")
    wording = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Prompt(name, wording, Template(rules.strip() + "\n"), Template(case.strip() + "\n"))


def _faults(written: frozenset[str], filled: frozenset[str]) -> str:
    unknown = [f"nothing fills ${{{blank}}}" for blank in sorted(written - filled)]
    missing = [f"${{{blank}}} is missing" for blank in sorted(filled - written)]
    return "; ".join(unknown + missing)


def fence(text: str, label: str) -> str:
    """`text` between two lines that it cannot contain, so that nothing in it can pretend to come after the end.

    The mark is made from the text itself: the same text gives the same prompt, and no text can foresee its own mark.
    """
    quoted = _cut(_clean(text))
    mark = _mark(quoted)
    return f"[{label}: begin {mark}]\n{quoted}\n[{label}: end {mark}]"


def one_line(text: str) -> str:
    """A short foreign text made fit to stand among our own lines."""
    return " ".join(_clean(text).split())[:LONGEST_FACT]


def _clean(text: str) -> str:
    """Without control characters and halves of surrogate pairs: some servers refuse the one, UTF-8 the other."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def _cut(text: str) -> str:
    if len(text) <= LONGEST_QUOTE:
        return text
    return text[:LONGEST_QUOTE] + "\n(cut here; the whole text is on the case)"


def _mark(text: str) -> str:
    """Letters only, as digits might be taken for a phone number and hidden; longer until the text has it nowhere."""
    letters = hashlib.sha256(text.encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))
    return next((letters[:length] for length in range(6, 64) if letters[:length] not in text), letters)
