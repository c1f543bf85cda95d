"""Meaning: answers of whatever source turned into feedback, by what policy names, what the vendor knows, labels and values.

Nothing is thrown away: an answer that no field takes is kept with the feedback, one that cannot be read is named with what
is wrong with it. Only where there is neither a rating nor a word is it no feedback.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from cases.arrivals.answers import Answer, Nature
from cases.arrivals.feedback import LONGEST_FIELD, Arriving, fingerprint, outside
from cases.arrivals.json_fields import BadFeedback, Fault
from cases.arrivals.labels import best_of_all, letters, meanings, usual_scale
from cases.arrivals.ratings import badness, in_words, read_rating
from cases.arrivals.readers import READERS
from cases.arrivals.scales import asks_for_scale, turned
from cases.arrivals.told import Means, Told
from cases.arrivals.words import as_seen, can_be_said, is_prose, with_question
from cases.model import Customer, Feedback, Rating

_SINGLE = (Means.EMAIL, Means.PHONE, Means.CUSTOMER_ID, Means.ORDER_REF, Means.SUBJECT, Means.OCCASION, Means.OCCASION_AT,
           Means.CONTACT_OK, Means.LOCALE, Means.PUBLIC_URL, Means.EXTERNAL_ID, Means.OCCURRED_AT, Means.SOURCE, Means.HANDED_OVER,
           Means.DOUBTED)  # fmt: skip
# Of several that may be it, the one that stands nearest to the first of these: the customer, the shop, its programs and the
# message have ids, dates, names and numbers of their own.
_SAID = (Means.COMMENT, Means.RATING)
_BESIDE = {
    Means.OCCURRED_AT: _SAID,
    Means.EXTERNAL_ID: _SAID,
    Means.NAME: (Means.EMAIL, *_SAID),
    Means.PHONE: (Means.EMAIL, *_SAID),
}
_TOLD_OF = frozenset(
    {Means.OCCURRED_AT, Means.OCCASION_AT, Means.PUBLIC_URL, Means.CONTACT_OK}
)  # with whose label alone nobody is wrong
_ASIDE = frozenset(
    ["attachments", "files", "photos", "pictures", "images", "media", "headers"]
)  # what stands in these is no answer
_HELD = frozenset(["value", "label"])  # {"firstname": {"value": "Mo"}}
_ENVELOPE = "data"  # which is a date in two languages, and here never one
_LONGEST_ASKED = 500  # characters of a question that are looked at and remembered
_MOST_KEPT, _LONGEST_KEPT = 200, 4_000


def meant(
    answers: Sequence[Answer], told: Told, *, path: str = "", said_at: datetime | None = None, event: str | None = None
) -> Arriving:
    """Answers → feedback. Raises BadFeedback where they hold neither a rating nor words, naming what cannot be read.

    `path` is where the answers stand in the body, `said_at` when it was said as far as the envelope tells.
    """
    return _Meaning(answers, told).arriving(path, said_at, event)


def _asked_for(key: str, label: str, also_called: tuple[str, ...]) -> tuple[Means, ...]:
    """What a question asks for; a key tells where the title does not. The same for every row of a table."""
    told = (key[-_LONGEST_ASKED:], label[:_LONGEST_ASKED], *(name[:_LONGEST_ASKED] for name in also_called[:5]))
    return _asked(*told)


@lru_cache(maxsize=2048)
def _asked(key: str, label: str, *also_called: str) -> tuple[Means, ...]:
    if not _ASIDE.isdisjoint(key.casefold().split(".")[:-1]):
        return (Means.NOTHING,)
    asked = [name for name in also_called if "." not in name]  # a path is an address, and asks for nothing
    *above, last = key.split(".")
    holder = [name for name in above[-1:] if last.casefold() in _HELD and name.casefold() != _ENVELOPE]
    for name in (*asked, label, last, *holder):
        if name and (found := meanings(name)):
            return found
    return ()


class _Meaning:
    """One reading: which answer each field took, what is left, and what was wrong."""

    def __init__(self, answers: Sequence[Answer], told: Told) -> None:
        self.told = told
        self.answers = list(answers)
        self.often = Counter([each.label or each.key for each in self.answers])
        self.taken: dict[int, Means] = {}  # the answers by their place
        self.faults: list[Fault] = []
        self.unrated = False  # something was surely meant as a rating, and is none
        self.named = self._by_policy()
        self.likely = self._likely()

    def arriving(self, path: str, said_at: datetime | None, event: str | None) -> Arriving:
        feedback = self._feedback(path)
        name = feedback.external_id or fingerprint(feedback)
        return Arriving(
            feedback if feedback.external_id else replace(feedback, external_id=name),
            said_at,
            event,
            tuple(self.faults),
            taken_from=self._taken_from(),
            channel=self.told.channel,
            hold=self.told.hold,
        )

    def _feedback(self, path: str) -> Feedback:
        """What the fields hold; an answer that none of them took is left."""
        scale = self._single(Means.SCALE)
        rating = self._rating(scale if isinstance(scale, float) else None)
        name = self._name()
        found = {each: self._single(each) if each in self.likely or each in self.named else None for each in _SINGLE}
        comment = self._comment()
        if comment is None and rating is None:
            comment, found[Means.SUBJECT] = found[Means.SUBJECT], None
        email = found[Means.EMAIL] or self._by_value(Means.EMAIL, lambda text: "@" in text)
        if rating is None and comment is None:
            rating = self._by_value(Means.RATING, lambda text: in_words(text) is not None)
        if rating is None and comment is None:
            missing = [] if self.unrated else [Fault("comment", self._nothing_found()).under(path)]
            raise BadFeedback(*(fault.under(path) for fault in self.faults), *missing)
        return Feedback(
            external_id=found[Means.EXTERNAL_ID] or "",
            source=outside(found[Means.SOURCE] or self.told.name),
            customer=Customer(name, email, found[Means.PHONE], found[Means.CUSTOMER_ID]),
            rating=rating,
            comment=comment,
            subject=found[Means.SUBJECT],
            order_ref=found[Means.ORDER_REF],
            occasion=found[Means.OCCASION],
            occasion_at=found[Means.OCCASION_AT],
            locale=found[Means.LOCALE],
            contact_ok=found[Means.CONTACT_OK],
            public_url=found[Means.PUBLIC_URL],
            occurred_at=found[Means.OCCURRED_AT],
            handed_over=found[Means.HANDED_OVER],
            doubted=found[Means.DOUBTED],
            also_answered=self._left(),
        )

    # Which answers may be which field

    def _by_policy(self) -> dict[Means, list[int]]:
        """The answers that policy names, in the order in which it names them."""
        found: dict[Means, list[int]] = {}
        for means, name in self.told.named:
            found.setdefault(means, []).extend(
                place for place in self._places(name) if place not in found.get(means, [])
            )
        return found

    def _places(self, name: str) -> list[int]:
        """The answers whose question is called so, else those that stand in an object of that name."""
        called = [place for place, each in enumerate(self.answers) if each.is_called(name)]
        return called or [place for place, each in enumerate(self.answers) if each.is_part_of(name)]

    def _may_be(self, means: Means) -> list[int]:
        """The answers that may be this field and are no other's, the likeliest first; only those that policy names, where it names some."""
        if means in self.named:
            return [place for place in self.named[means] if self.taken.get(place, means) is means]
        return [place for place in self.likely.get(means, ()) if place not in self.taken]

    def _likely(self) -> dict[Means, list[int]]:
        """By what may be meant, the answers that nobody has named: those of which the vendor knows it stand first."""
        likely: dict[Means, list[int]] = {}
        named = {place for places in self.named.values() for place in places}
        unknown: list[int] = []
        for place, each in enumerate(self.answers):
            if each.nature is Nature.COMPUTED or place in named:
                continue
            if each.means is None:
                unknown.append(place)
            else:
                likely.setdefault(each.means, []).append(place)
        for place in unknown:
            for asked in self._asks(place):
                likely.setdefault(asked, []).append(place)
        for means, beside in _BESIDE.items():
            if len(likely.get(means, ())) < 2:
                continue
            homes = (self.answers[place].home for each in beside for place in likely.get(each, ()))
            if (home := next(homes, None)) is not None:
                likely[means].sort(key=lambda place: self._steps_from(home, place))
        return likely

    def _steps_from(self, home: str, place: int) -> tuple[bool, int]:
        """How far an answer stands from an object; those of which the vendor knows what they are stand first."""
        each = self.answers[place]
        there, here = each.home.split(".") if each.home else [], home.split(".") if home else []
        shared = next(
            (at for at, (a, b) in enumerate(zip(there, here, strict=False)) if a != b), min(len(there), len(here))
        )
        return each.means is None, len(there) + len(here) - 2 * shared

    def _asks(self, place: int) -> tuple[Means, ...]:
        """What the question of an answer asks for."""
        each = self.answers[place]
        return _asked_for(each.key, each.label, each.also_called)

    def _take(self, place: int, means: Means) -> None:
        self.taken[place] = means

    def _fault(self, place: int, why: str) -> None:
        each = self.answers[place]
        self.faults.append(Fault(each.key if each.nature is Nature.NOTED or not each.label else each.label, why))

    # Fields of one answer

    def _single(self, means: Means, home: str | None = None) -> Any:
        """What the first answer that can be read as this field says; why those before it could not, where they surely were meant.

        With a `home`, only of those that stand in that object.
        """
        if means not in self.likely and means not in self.named:
            return None
        read = READERS[means]
        for place in self._may_be(means):
            each = self.answers[place]
            if home is not None and each.home != home:
                continue
            sure = means in self.named or each.means is means
            try:
                value = read(each, self.told, sure)
            except ValueError as wrong:
                if sure or (means in _TOLD_OF and _is_asked_shortly(each)):
                    self._fault(place, str(wrong))
                continue
            if value is not None:
                self._take(place, means)
                return value
        return None

    def _name(self) -> str | None:
        """A whole name; several that policy names, or the first and the last one, are put together."""
        if Means.NAME in self.named:
            return self._together(self.named[Means.NAME])
        whole = self._single(Means.NAME)
        home = next((self.answers[place].home for place, means in self.taken.items() if means is Means.NAME), None)
        first, last = (self._single(part, home) for part in (Means.FIRST_NAME, Means.LAST_NAME))
        if whole and first and last:  # a single word beside both of them is a nickname, or one of the two
            return str(whole) if len(whole.split()) > 1 else _as_name((first, last))
        # Some call one of the two "Name", and the other "Vorname": they stand beside each other, unless it holds both.
        known = (whole or "").split()
        parts = (
            part for part in (first, whole, last) if part and (part is whole or not set(part.split()) <= set(known))
        )
        return _as_name(parts)

    def _together(self, places: Sequence[int]) -> str | None:
        for place in places:
            self._take(place, Means.NAME)
        return _as_name(self.answers[place].text for place in places)

    def _by_value(self, means: Means, looks: Callable[[str], bool]) -> Any:
        """An answer that shows by itself what it is, whatever its question."""
        for place, each in enumerate(self.answers):
            if place not in self.taken and each.nature is not Nature.COMPUTED and looks(each.text):
                try:
                    value = READERS[means](each, self.told, False)
                except ValueError:
                    continue
                if value is not None:
                    self._take(place, means)
                    return value
        return None

    # The rating

    def _rating(self, stated: float | None) -> Rating | None:
        """The worst of the ratings there are; what is none is named, where it was surely meant as one."""
        given: list[tuple[float, int, Rating]] = []
        for place in self._may_be(Means.RATING) or self._picked():
            each = self.answers[place]
            rating = self._rated(each, stated)
            if rating is not None:
                given.append((badness(rating), place, rating))
            elif each.means is Means.RATING or Means.RATING in self.named or self._is_rating_alone(place):
                self.unrated = True
                self._fault(place, f'"{each.text[:40]}" is not a rating; write for instance 2, or 2/5')
        if not given:
            return None
        _, place, rating = min(given)
        self._take(place, Means.RATING)
        if rating.scale is None:
            self.faults.append(asks_for_scale(self.answers[place].question, self.told.name))
        return rating

    def _is_rating_alone(self, place: int) -> bool:
        """Whether nothing but a rating can have been meant, by a short name for it."""
        return _is_asked_shortly(self.answers[place]) and self._asks(place)[:1] == (Means.RATING,)

    def _picked(self) -> list[int]:
        """Answers chosen from a list that are words for a rating: "Taste: Bad"."""
        return [
            place for place, each in enumerate(self.answers)
            if each.nature is Nature.PICKED and place not in self.taken and isinstance(each.said, str) and in_words(each.said)
        ]  # fmt: skip

    def _rated(self, each: Answer, stated: float | None) -> Rating | None:
        if isinstance(each.said, tuple) or (isinstance(each.said, bool) and each.means is Means.RATING):
            return None
        if self.told.worst_to_best:
            words = [letters(word) for word in self.told.worst_to_best]
            said = letters(each.text)
            if said in words:
                return Rating(words.index(said) + 1, len(words))
        known = self.told.scale or each.steps or self.told.scales.get(each.key) or usual_scale(each.label)
        rating = read_rating(each.said, known if stated is None else stated)
        if rating is None or (stated is not None and rating.scale is None):
            return None
        best = best_of_all(each.label)
        return rating if best is None or not _is_in_digits(each) else turned(rating, best)

    # Words

    def _comment(self) -> str | None:
        """All that the customer wanted to say; of several texts, those too short to stand alone come with their question."""
        said = [(place, text) for place in self._texts() if (text := as_seen(self.answers[place]))]
        for place, _ in said:
            self._take(place, Means.COMMENT)
        if len(said) == 1:
            return said[0][1]
        texts = dict.fromkeys(with_question(self.answers[place].label, text) for place, text in said)
        return "\n\n".join(texts) or None

    def _texts(self) -> list[int]:
        asked = [place for place in self._may_be(Means.COMMENT) if can_be_said(self.answers[place])]
        if Means.COMMENT in self.named:
            return asked
        named = {place for places in self.named.values() for place in places}
        own = (place for place in range(len(self.answers)) if place not in self.taken and place not in named)
        typed = [place for place in own if self._is_their_own(place, beside=bool(asked))]
        return sorted({*asked, *typed})

    def _is_their_own(self, place: int, *, beside: bool) -> bool:
        """Whether a text without a telling question is the customer's own: written in sentences, and asked for nothing else.

        What nobody is known to have typed counts only where nothing else stands `beside` it that is surely their words.
        """
        each = self.answers[place]
        if beside and each.nature is Nature.NOTED:
            return False
        asked = self._asks(place)
        return each.means is None and not set(asked) - {Means.RATING, Means.COMMENT, Means.SUBJECT} and is_prose(each)

    # What is left

    def _left(self) -> tuple[tuple[str, str], ...]:
        left = ((place, each) for place, each in enumerate(self.answers) if place not in self.taken)
        kept = ((self._called(place)[:LONGEST_FIELD], each.text[:_LONGEST_KEPT]) for place, each in left)
        return tuple(islice(kept, _MOST_KEPT))

    def _taken_from(self) -> tuple[tuple[str, str], ...]:
        return tuple([(str(means), self._called(place)) for place, means in self.taken.items()])

    def _called(self, place: int) -> str:
        """What is shown of a question, and finds it when policy says it: its path, where others are called as it is."""
        each = self.answers[place]
        question = each.label or each.key
        return each.key if self.often[question] > 1 and each.home else question

    def _nothing_found(self) -> str:
        """Questions that may hold words or a rating come first, however deep in the body they stand."""
        told = sorted(range(len(self.answers)), key=lambda place: not _may_say_much(self.answers[place]))
        asked = ", ".join(f'"{self._called(place)[:60]}"' for place in told[:8])
        there = f"among {asked}" if asked else "as nothing was answered"
        rest = f" and {len(told) - 8} more" if len(told) > 8 else ""
        return (
            f"is missing, and so is rating: nothing of the kind was found {there}{rest}. {self._named_in_vain()}Write which question "
            f'is which under [sources.{self.told.name}] in policy.toml, for instance: comment = "What went wrong?"'
        )

    def _named_in_vain(self) -> str:
        """That the questions which policy names for words or a rating are none of these."""
        names = [
            name for means, name in self.told.named if means in (Means.COMMENT, Means.RATING) and not self._places(name)
        ]
        listed = ", ".join(f'"{name[:60]}"' for name in names[:5])
        return f"policy.toml names {listed}, and nothing here is called so. " if names else ""


def _as_name(parts: Iterable[str]) -> str | None:
    """Parts of a name put together, as long as a field may be."""
    return " ".join(parts)[:LONGEST_FIELD].strip() or None


def _may_say_much(each: Answer) -> bool:
    return isinstance(each.said, float) or len(each.text.split()) > 1


def _is_asked_shortly(each: Answer) -> bool:
    return len(each.text) <= 40 and len(each.label.split()) <= 3


def _is_in_digits(each: Answer) -> bool:
    """ "2", "2/6", "2-": words beside a number, and stars, tell by themselves which end is the best."""
    return isinstance(each.said, float) or bool(re.fullmatch(r"[\d.,/ -]+", each.text))
