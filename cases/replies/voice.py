"""The team's voice: which approved letters go along when another one is written, and what is left of them once every fact is out.

A word stays where three customers or more were written it, or where a language cannot do without it. So nothing that one
customer alone was written can be in it, whatever it is and however it is spelt: no table has to know what a name looks like.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cases.model import Case
from cases.replies.checks.letter import letter
from cases.replies.scaffold import is_grave
from cases.replies.written_dates import CALENDAR_WORDS
from cases.spoken.english import words
from cases.spoken.hours import NUMBERS
from cases.spoken.matters import MATTERS
from cases.spoken.money import sums
from cases.spoken.seen import seen, unaccented
from cases.spoken.tongues import ABROAD, ENGLISH
from cases.text import cut

GAP = "⟨…⟩"
"""What stands for whatever was taken out. A letter that repeats it has an open blank, and cannot be sent."""
CUSTOMERS = 3
"""To so many different customers a word has been written before an example shows it."""
LONGEST = 900  # characters of an example
LEAST_LEFT = 0.5  # the share of words without which an example shows no voice

_WENT_WRONG = frozenset(matter.code for matter in MATTERS)
_NEVER = CALENDAR_WORDS | frozenset(NUMBERS)
# Capitals that are no names, wherever they stand.
_POLITE = words("I Sie Ihnen Ihr Ihre Ihren Ihrem Ihrer Lei La Le Suo Sua U Uw")
_ALWAYS = frozenset(map(unaccented, _POLITE)).union(ENGLISH, *ABROAD.values()) - _NEVER
_RUN = re.compile(r"[^\W\d_]+")
_GAPS = re.compile(rf"{GAP}(?:[^\w{GAP}]*{GAP})+")
_ENDS = ".!?…:"


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter as a person approved it, and the case that it was written to; `by` is who approved it."""

    case: Case
    by: str
    body: str


def fitting(samples: Iterable[Sample], case: Case) -> tuple[Sample, ...]:
    """Those that may go along: of the same person or the same cause, to other customers, and never of safety or the law."""
    causes = _causes(case)
    own = {case.number, *case.earlier}
    return tuple(
        each
        for each in samples
        if not (is_grave(each.case) or each.case.is_practice or own & {each.case.number, *each.case.earlier})
        and (each.by == case.owner or causes & _causes(each.case))
    )


def _causes(case: Case) -> frozenset[str]:
    """What went wrong, as triage names it."""
    return _WENT_WRONG & {reason.code for reason in case.reasons}


def nearest(samples: Sequence[Sample], likeness: Sequence[float], most: int) -> tuple[Sample, ...]:
    """The likest, one for each case; of those that are as like, the newest."""
    chosen: dict[int, Sample] = {}
    for at in sorted(range(len(samples)), key=lambda at: (-likeness[at], -samples[at].case.number)):
        chosen.setdefault(samples[at].case.number, samples[at])
    return tuple(chosen.values())[:most]


def likeness_by_words(said: str, samples: Sequence[Sample]) -> list[float]:
    """How like each is to what a customer said, by the words they share, without those that every text has: 0 to 1."""
    mine = _telling(said)
    theirs = [_telling(f"{each.body} {_said(each.case)}") for each in samples]
    return [len(mine & other) / (len(mine | other) or 1) for other in theirs]


def voices(chosen: Iterable[Sample], among: Iterable[Sample]) -> tuple[str, ...]:
    """What of these letters may be shown; `among` are all that tell which words are everybody's."""
    common = _common(among)
    shown = (_without_facts(each, common) for each in chosen)
    return tuple(text for text in shown if _shows_a_voice(text))


def _common(samples: Iterable[Sample]) -> frozenset[str]:
    """The words, in small letters, that were written so to enough different customers. Cases of one customer count once."""
    told: dict[str, set[int]] = defaultdict(set)
    for each in samples:
        customer = min((each.case.number, *each.case.earlier, *each.case.perhaps))
        for run in _RUN.findall(_body(each)):
            if run.islower():
                told[_plain(run)].add(customer)
    return frozenset(word for word, customers in told.items() if len(customers) >= CUSTOMERS) - _NEVER


def _without_facts(sample: Sample, common: frozenset[str]) -> str:
    body = _body(sample)
    for _, (start, end) in reversed(list(sums(body))):
        body = f"{body[:start]}0{body[end:]}"
    known = (common | _ALWAYS) - _told_of(sample.case)
    return cut(_GAPS.sub(GAP, "".join(_kept(body, known))).strip(), LONGEST)


def _kept(body: str, known: frozenset[str]) -> Iterator[str]:
    begins = True
    for chunk in re.split(r"(\s+)", body):
        if not chunk or chunk.isspace():
            begins = begins or "\n" in chunk
            yield chunk
            continue
        if any(sign.isnumeric() or sign in "@/\\_" for sign in chunk):
            yield GAP
        else:
            first = begins
            yield _RUN.sub(lambda run, first=first: run[0] if _is_everybodys(run[0], known, first) else GAP, chunk)
        begins = chunk[-1] in _ENDS


def _is_everybodys(run: str, known: frozenset[str], begins: bool) -> bool:
    """A capital inside a sentence may be a name's, whatever the word is otherwise."""
    return _plain(run) in known and (run.islower() or run in _POLITE or (begins and run[1:].islower()))


def _told_of(case: Case) -> frozenset[str]:
    """The words of all that we know of whoever it was written to."""
    told = (
        (f.customer.name, f.customer.email, f.customer.id, f.order_ref, f.occasion, f.subject, f.public_url)
        for f in case.feedback
    )
    return frozenset(_plain(run) for fields in told for field in fields if field for run in _RUN.findall(seen(field)))


def _body(sample: Sample) -> str:
    """Between greeting and signature, as a reader sees it."""
    body = seen(sample.body)
    read = letter(body, customer=sample.case.customer.name or "")
    return body[read.greeting[1] : read.signature[0]].strip()


def _shows_a_voice(text: str) -> bool:
    left, gone = len(_RUN.findall(text)), text.count(GAP)
    return left > 0 and left / (left + gone) >= LEAST_LEFT


def _telling(text: str) -> frozenset[str]:
    return frozenset(_plain(run) for run in _RUN.findall(seen(text))) - _ALWAYS


def _said(case: Case) -> str:
    return " ".join(each.comment or "" for each in case.feedback)


def _plain(run: str) -> str:
    return unaccented(run)
