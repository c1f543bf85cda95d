"""A reply read beside what is known of its case: everything a rule may ask, worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cases.model import Feedback, Promise, Severity
from cases.replies.checks.clauses import Clause, clauses
from cases.replies.checks.deeds import mends, owns
from cases.replies.checks.letter import Letter, letter
from cases.replies.tongue import tongue_of_letter
from cases.spoken.seen import seen

APOLOGY = re.compile(
    r"(?<!not )(?<!n't )(?<!no need to )(?<!never )\b(?:sorry|sorrier|apolog(?:y|ies)\b|apologi[sz](?:e|ed|ing)\b"
    r"|mea culpa|my bad\b"
    r"|forgive (?:me|us)\b"
    r"|(?:i|we)(?: \w+)? regret (?!to\b|any\b|that you\b|that we did not inform)|pardon (?:me|us)\b)"
)
_THANKS = re.compile(
    r"\b(?:thanks?|thank you|glad|delighted|pleased|good|lovely|great|happy) (?:to|for|that|you|it)\b"
    r"|\bthank(?:s| you)\b|made my (?:day|week|morning)"
)
_GRATEFUL = re.compile(
    r"\b(?:thanks?|thank you|grateful|appreciate\w*|kind|lovely|perfect|great|happy now|sorted|all good)\b"
)
_UNHAPPY = re.compile(
    r"\b(?:not|n't|never|no|nothing|nobody|still|again|wrong|late|cold|rude|broke\w*|refund|worst|bad|poor|terrible"
    r"|awful|but|disappoint\w*|waiting|missing|damaged)\b|n't\b"
)


_I = re.compile(r"\bi\b")
FEW_WORDS = 60
"""A public answer with fewer words than this has no room for the parts of a letter, and a letter tells no story."""
READS_WELL = -6.0
"""Below it a letter as a whole reads like the best ones: 0.44 of strangers' good letters, 0.06 of their bad ones (sound.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is known beside the reply's words. All of it is optional: a rule that lacks what it needs finds nothing.

    `feedback` is the customer's latest, `earlier_feedback` what came before it, oldest first. `earlier_replies` were sent
    to this customer, oldest first. `promise_broken`: a dated promise to them has passed unkept. `reached`: they have been
    contacted since they last complained, so what is written now is no first answer. `today` is the date where they live. `strict` is the founders' mode: no
    explanation at all. `lead_approved` lifts S2 and `language_read` L4, and nothing else. `prompts` are ours as we wrote
    them, without a case's facts, `promises` those still open, due on the customer's clock (their zone is a ZoneInfo), `notes` what colleagues said among themselves, `colleagues` the names of those who did. `line` is how
    much the reply as a whole reads like letters that leave a customer alone; None where nobody asked that (sound.py).
    """

    feedback: Feedback | None = None
    earlier_feedback: tuple[Feedback, ...] = ()
    signed_by: str | None = None
    promise_broken: bool = False
    promises: tuple[Promise, ...] = ()
    reached: bool = False
    earlier_replies: tuple[str, ...] = ()
    severity: Severity | None = None
    strict: bool = False
    lead_approved: bool = False
    language_read: bool = False
    today: date | None = None
    prompts: tuple[str, ...] = ()
    line: float | None = None
    notes: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()

    @property
    def heard(self) -> tuple[Feedback, ...]:
        """All that the customer sent, oldest first."""
        return (*self.earlier_feedback, self.feedback) if self.feedback else self.earlier_feedback


class Reading:
    """One reply, as `seen`, and its case. The properties are the questions that several rules share."""

    def __init__(self, reply: str, given: Given) -> None:
        self.given = given
        self.complaint = seen(given.feedback.comment or "") if given.feedback else ""
        self.letter: Letter = letter(
            seen(reply), complaint=self.complaint, customer=self.customer, signed_by=given.signed_by or ""
        )
        self.text = self.letter.text

    @property
    def customer(self) -> str:
        """The customer's name, empty when unknown."""
        return (self.given.feedback.customer.name or "") if self.given.feedback else ""

    def was_told(self, holds: Callable[[Feedback], bool]) -> bool:
        """Whether any of their messages holds something."""
        return any(map(holds, self.given.heard))

    @cached_property
    def tongue(self) -> str:
        """The language the reply is in: "en", one of cases.spoken.tongues, or UNKNOWN."""
        return tongue_of_letter(self.letter.original[self.letter.greeting[1] : self.letter.signature[0]])

    @property
    def english(self) -> bool:
        """False when the reply is plainly in another language, for which most rules know nothing."""
        return self.tongue == "en"

    @cached_property
    def apology(self) -> re.Match[str] | None:
        """The first word of apology."""
        return APOLOGY.search(self.text)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences in small letters, greeting and signature blank, by their numbers in the letter."""
        start, end = self.letter.greeting[1], self.letter.signature[0]
        spans = map(self.letter.span, range(len(self.letter.starts)))
        return tuple(self.text[max(first, start) : min(last, end)] for first, last in spans)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Who does what."""
        return clauses(self.letter)

    @cached_property
    def owning(self) -> frozenset[int]:
        """The numbers of the sentences in which the writer says what they or their house did wrong."""
        return frozenset(number for number, sentence in enumerate(self.sentences) if owns(sentence))

    @property
    def owns(self) -> bool:
        """Whether any sentence does."""
        return bool(self.owning)

    @cached_property
    def mends(self) -> bool:
        """Whether something is done, promised, offered or asked to put it right."""
        return any(map(mends, self.sentences))

    @property
    def tells(self) -> bool:
        """Whether one person tells what happened, at length, and puts it right."""
        return self._acts and self.words >= FEW_WORDS

    @cached_property
    def _acts(self) -> bool:
        return bool(_I.search(self.letter.body)) and self.mends

    @property
    def reads_well(self) -> bool:
        """Whether as a whole it reads like the best letters, so that one fault of tone holds it back in strict mode alone."""
        return self.given.line is not None and self.given.line < READS_WELL and not self.given.strict

    @property
    def is_whole(self) -> bool:
        """Whether it says sorry, owns what happened, and puts it right, however few its words."""
        return self.apology is not None and self.owns and self.mends

    @property
    def words(self) -> int:
        """How many it has, greeting and signature left out."""
        return len(self.letter.body.split())

    @property
    def in_public(self) -> bool:
        """Whether this is a few lines under a public review, where a letter's parts have no room."""
        public = self.given.feedback is not None and self.given.feedback.public_url is not None
        return public and self.words < FEW_WORDS

    @cached_property
    def apologised_before(self) -> bool:
        """Whether an earlier reply to this customer said sorry and owned it, and its promise was kept."""
        if self.given.promise_broken:
            return False
        earlier = [letter(reply).text for reply in self.given.earlier_replies]
        return any(APOLOGY.search(text) and any(map(owns, text.splitlines())) for text in earlier)

    @cached_property
    def thanked(self) -> bool:
        """Whether the customer's latest words are a thank-you: no complaint is left to answer."""
        words = self.complaint.lower().replace("\u2019", "'")
        return bool(_GRATEFUL.search(words)) and not _UNHAPPY.search(words)

    @cached_property
    def closing_word(self) -> bool:
        """Whether this is a word after the first answer, or a friendly one: it owes no second apology and no repair.

        A broken promise owes both again.
        """
        if self.thanked or (self.given.reached and not self.given.promise_broken):
            return True
        return self.apologised_before and bool(_THANKS.search(self.letter.body[:160]))

    @property
    def absences_count(self) -> bool:
        """Whether something missing is a fault: not in another language, not in a friendly closing word."""
        return self.english and not self.closing_word
