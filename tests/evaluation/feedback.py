"""How well feedback is judged: who is found, and who is troubled for nothing, by Amends and by simpler judges.

Opened for nothing are those that a careful reader would let pass; "unsure" counts as opened. Where readers would differ an
example is not counted. Danger is found where the case is critical, and what is grave for another reason is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from unittest.mock import patch

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from cases.judgement import assess
from cases.judgement.heads import words_of
from cases.judgement.marks import Mark, marked
from cases.judgement.stand_in import stand_in
from cases.model import Assessment, Feedback, Severity
from handlers.judging import engine, scorer
from tests.evaluation.embedded import embed
from tests.evaluation.sets import Example, Use, examples
from tests.evaluation.shares import share

Judged = Sequence[Assessment]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a judge: what is right, None where it is not counted, and what was answered."""

    name: str
    right: Callable[[Example], bool | None]
    answered: Callable[[Assessment], bool]


QUESTIONS = (
    Question("unhappy", lambda example: example.negative, lambda told: told.negative),
    Question(
        "in danger",
        lambda example: example.danger or (None if example.grave else False),
        lambda told: told.severity is Severity.CRITICAL,
    ),
    Question("no contact", lambda example: example.asks_no_contact, lambda told: told.asks_no_contact),
)


def by_amends(feedback: Sequence[Feedback]) -> Judged:
    """As a bot with the engine judges."""
    with patch.object(engine, "embed", embed):
        return [assess(each, score) for each, score in zip(feedback, scorer.scores(feedback), strict=True)]


def without_engine(feedback: Sequence[Feedback]) -> Judged:
    """As a bot judges where the engine is not installed."""
    return [assess(each, stand_in(each)) for each in feedback]


def by_stars(feedback: Sequence[Feedback]) -> Judged:
    """Unhappy is who gives few stars, or some."""
    return [Assessment(negative=marked(each.rating) in (Mark.LOW, Mark.MIDDLE)) for each in feedback]


def by_vader(feedback: Sequence[Feedback]) -> Judged:
    """Unhappy is whose words VADER calls negative, as its authors draw the line."""
    mood = SentimentIntensityAnalyzer()
    return [Assessment(negative=mood.polarity_scores(words_of(each))["compound"] <= -0.05) for each in feedback]


JUDGES: dict[str, Callable[[Sequence[Feedback]], Judged]] = {
    "Amends": by_amends,
    "without the engine": without_engine,
    "stars alone": by_stars,
    "VADER alone": by_vader,
}


def report(use: Use) -> Iterator[str]:
    """The tables for all examples of that use."""
    if known := examples(use):
        said = [example.feedback for example in known]
        yield from tables(f"{use}/", known, {name: judge(said) for name, judge in JUDGES.items()})


def tables(title: str, known: Sequence[Example], judged: Mapping[str, Judged]) -> Iterator[str]:
    """A table in Markdown for each question: a line for all examples, and for each language; all judges for unhappiness."""
    for question in QUESTIONS:
        judges = [name for name in judged if question.name == "unhappy" or not name.endswith("alone")]
        heads = [f"{name}: {what}" for name in judges for what in ("found", "for nothing")]
        yield f"\n**{title}: {question.name}**\n"
        yield "| language | " + " | ".join(heads) + " |\n|---|" + "---|" * len(heads)
        for lang, places in by_language(known):
            shares = [
                share([question.answered(judged[name][at]) for at in places if question.right(known[at]) is right])
                for name in judges
                for right in (True, False)
            ]
            yield f"| {lang} | " + " | ".join(shares) + " |"


def by_language(known: Sequence[Example]) -> Iterator[tuple[str, list[int]]]:
    """All places, then those of each language."""
    yield "all", list(range(len(known)))
    for lang, places in groupby(sorted(range(len(known)), key=lambda at: known[at].lang), lambda at: known[at].lang):
        yield lang, list(places)


def misjudged(use: Use) -> Iterator[str]:
    """A line for each example that Amends judges otherwise than a careful reader."""
    known = examples(use)
    for example, told in zip(known, by_amends([example.feedback for example in known]), strict=True):
        for question in QUESTIONS:
            if question.right(example) not in (None, question.answered(told)):
                what = "missed" if question.right(example) else "for nothing"
                yield f"{example.lang} {question.name} {what} {told.score} {words_of(example.feedback)!r}"
