"""What of a reply these rules cannot read (L4), so that silence is not taken for approval, and whether it is the customer's language (L6).

In English every rule reads; in six more languages those that look for what a customer is asked to give or to pay
(cases.replies.asking); in all others nothing but the shape of addresses and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from cases.replies.checks.finding import MISSING, Mild, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.replies.tongue import UNKNOWN, other_scripts, spoken_by, tongue_of_sentence

UNREAD = "L4"
"""The rule that somebody lifts who reads the language, and says so."""
_FOREIGN_LETTERS = 4  # of another script; fewer are a unit or a sign


def unread(reading: Reading) -> Iterator[Span]:
    """L4: a language that no rule reads, and an English letter around words of it; or one in which only what is asked for is read."""
    nobody_reads = dict.fromkeys(_unknown(reading))
    if nobody_reads:
        yield from () if reading.given.language_read else nobody_reads
    elif _is_partly_read(reading):
        yield MISSING


def _is_partly_read(reading: Reading) -> bool:
    """Whether it, or a sentence of it, is in a language whose words for asking and paying we know, and no others."""
    return reading.tongue != "en" or any(_tongue(reading, span) not in ("en", None) for span in _sentences(reading))


def not_theirs(reading: Reading) -> Iterator[Span]:
    """L6: told by their words, or by the form they filled in; a letter that we cannot place is L4's."""
    feedback = reading.given.feedback
    if feedback is None or reading.tongue == UNKNOWN or not (feedback.comment or feedback.locale):
        return
    theirs, _ = spoken_by(feedback.comment or "", feedback.locale)
    if theirs not in (reading.tongue, UNKNOWN):
        yield MISSING


def _unknown(reading: Reading) -> Iterator[Span]:
    if reading.tongue == UNKNOWN:
        yield MISSING
        return
    theirs = f"{reading.complaint} {reading.customer} {reading.given.signed_by or ''}".lower()
    runs = [run.span() for run in other_scripts(reading.text) if run[0] not in theirs]
    if sum(end - start for start, end in runs) >= _FOREIGN_LETTERS:
        yield runs[0][0], runs[-1][1]
    yield from (span for span in _sentences(reading) if _tongue(reading, span) == UNKNOWN)


def _sentences(reading: Reading) -> Iterator[Span]:
    """All but the greeting, and a last line that is mostly names."""
    letter = reading.letter
    for number in range(len(letter.starts)):
        start, end = letter.span(number)
        if start >= letter.greeting[1] and end <= letter.signature[0] + 1 and not _names(reading, start, end):
            yield start, end


def _names(reading: Reading, start: int, end: int) -> bool:
    words = reading.letter.original[start:end].split()
    last = not reading.text[end:].strip()
    return last and len(words) < 9 and 2 * sum(word[0].isupper() for word in words) > len(words)


def _tongue(reading: Reading, span: Span) -> str | None:
    """Judged as it was spelt, without the customer's own words: they are blank in the text that rules read."""
    pairs = zip(reading.letter.original[slice(*span)], reading.text[slice(*span)], strict=True)
    return tongue_of_sentence("".join(spelt if read != " " else " " for spelt, read in pairs), reading.tongue)


RULES = (
    Rule(
        id=UNREAD,
        name="In a language that these rules do not read",
        severity="block",
        mild=Mild("in six languages, of which they read what is asked for", lambda reading: not any(_unknown(reading))),
        why="Most of these rules read English only. Of another language they see links and numbers, and of some what is asked for; no tone and no promise.",
        fix="Have somebody who reads the language read it before it goes out, and say so by name where it is held back.",
        source="Ours: the gist of a reply is the word of the model that wrote it",
        bad=(
            "Sevgili Ana, çorbanız soğuk ve bir saat geç geldi, çok özür dilerim. Lütfen kart numaranızı yazın.\nTom",
            "I'm sorry. I sent your soup out cold. 请把验证码发给我，我马上退款。\nTom",
            "Liebe Ana, es tut mir leid, dass die Suppe kalt und eine Stunde zu spät kam. Ich habe sie vergessen.\nTom",
        ),
        good=("I'm sorry. I sent your soup out cold and an hour late. I have refunded it.\nTom",),
        find=unread,
    ),
    Rule(
        id="L6",
        name="Not in the customer's language",
        severity="warn",
        why="They wrote in another language, or their form says that they speak another one.",
        fix="Answer in the language they wrote in, or say in it why you write in yours.",
        source="Ours",
        bad=("I'm sorry. I sent your soup out cold and an hour late. I have refunded it, as you asked.\nTom",),
        good=(
            "Liebe Ana, es tut mir leid, dass die Suppe kalt und eine Stunde zu spät kam. Ich habe sie vergessen.\nTom",
        ),
        given={"comment": "Die Suppe war kalt und kam eine Stunde zu spät bei uns an."},
        find=not_theirs,
    ),
)
