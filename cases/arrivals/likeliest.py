"""Which of several questions that ask for the same is likeliest meant, as far as their words tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from cases.arrivals.answers import Answer
from cases.arrivals.labels import AROUND, SOMEBODY, in_words_of
from cases.arrivals.told import Means


def likeliest_first(likely: Mapping[Means, list[int]], answers: Sequence[Answer]) -> None:
    """Of several places that ask for the same, those of which the vendor knows it stand first, then those whose words tell most."""
    for means, rank in LIKELIEST.items():
        if len(places := likely.get(means, [])) > 1:
            ranks = {place: answers[place].means is None and rank(answers[place].question) for place in places}
            places.sort(key=ranks.__getitem__)


def is_somebody_elses(label: str) -> bool:
    """Whether an address or number is said to be that of somebody who is not the customer, an owner or a manager: to sort by."""
    whose = [word for word in in_words_of(label).split() if word not in AROUND and not _WAY.fullmatch(word)]
    return bool(whose) and not any(SOMEBODY.fullmatch(word) for word in whose)


_WAY = re.compile(
    r"e?mail\w*|phone|tele?\w*|mobil\w*|movil|cell|handy\w*|address|adresse?|adres|direccion|numero|number|nummer|no|nr|courriel|correo|electronic[oa]|whatsapp|posta|elettronica"
)


def is_when_said(label: str) -> int:
    """0 for a time at which feedback was given, 2 for what was before or after it, 1 where the label does not tell: to sort by."""
    asked = in_words_of(label)
    return 0 if _GIVEN.search(asked) else 2 if _BEFORE_OR_AFTER.search(asked) else 1


_GIVEN = re.compile(
    r"\b(submi\w+|complet\w+|end(ed)?|finish\w*|record(ed)?|respon(se|ded)|answered|rated|scored|rating|satisfaction|review|feedback|voltooien|(fertigstellungs|abschluss)zeit|fin|finalizacion|conclusao|completamento)\b"
)
_BEFORE_OR_AFTER = re.compile(
    r"\b(start(ed)?|sent|opened|updated?|modified|last|ticket|conversation|case|startzeit|debut|inicio|inizio|begintijd)\b"
)


LIKELIEST: dict[Means, Callable[[str], int]] = {
    Means.OCCURRED_AT: is_when_said,
    Means.EMAIL: is_somebody_elses,
    Means.PHONE: is_somebody_elses,
}
"""By which of several questions that ask for the same the likeliest comes first, as far as their words tell."""
