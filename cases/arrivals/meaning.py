"""Meaning: answers of whatever source turned into feedback, by what policy names, what the vendor knows, labels and values.

Nothing is thrown away: an answer that no field takes is kept with the feedback, one that cannot be read is named with what
is wrong with it. Only where there is neither a rating nor a word is it no feedback.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from cases.arrivals.answers import NOT_THEIRS, Answer, Nature
from cases.arrivals.feedback import LONGEST_FIELD, Arriving, fingerprint, outside
from cases.arrivals.homes import (
    WHO,
    apart,
    asked_beside,
    asked_for,
    is_a_customers,
    is_aside,
    nearest_around,
    of_ours,
    without_replies,
)
from cases.arrivals.json_fields import BadFeedback, Fault
from cases.arrivals.likeliest import likeliest_first
from cases.arrivals.ratings import badness, in_words
from cases.arrivals.readers import READERS, as_name
from cases.arrivals.scales import asks_for_scale, of_kinds, rated
from cases.arrivals.told import Means, Told
from cases.arrivals.words import as_seen, can_be_said, is_asked_shortly, is_prose, may_say_much, once, with_question
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
    **dict.fromkeys((Means.NAME, Means.FIRST_NAME, Means.LAST_NAME), (Means.EMAIL, *_SAID)),
    Means.PHONE: (Means.EMAIL, *_SAID),
}
# With whose label alone nobody is wrong.
_TOLD_OF = frozenset({Means.OCCURRED_AT, Means.OCCASION_AT, Means.PUBLIC_URL, Means.CONTACT_OK})
_MOST_KEPT, _LONGEST_KEPT = 200, 4_000


def meant(
    answers: Sequence[Answer], told: Told, *, path: str = "", said_at: datetime | None = None, event: str | None = None
) -> Arriving:
    """Answers → feedback. Raises BadFeedback where they hold neither a rating nor words, naming what cannot be read.

    `path` is where the answers stand in the body, `said_at` when it was said as far as the envelope tells.
    """
    return _Meaning(answers, told).arriving(path, said_at, event)


class _Meaning:
    """One reading: which answer each field took, what is left, and what was wrong."""

    def __init__(self, answers: Sequence[Answer], told: Told) -> None:
        self.told = told
        self.answers = without_replies(answers)
        self.often = Counter([each.label or each.key for each in self.answers])
        self.taken: dict[int, Means] = {}  # the answers by their place
        self.faults: list[Fault] = []
        self.unrated = False  # something was surely meant as a rating, and is none
        self.asks = asked_beside(self.answers) if told.asks is None else told.asks
        self.named = self._by_policy()
        self.spoken_for = {place for places in self.named.values() for place in places}
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
        rating = self._rating()
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
        """The customer's answers whose question is called so, else those that stand in an object of that name.

        What stands in an object of the house's is meant only where its path is written.
        """
        theirs = [
            (place, each) for place, each in enumerate(self.answers)
            if each.nature is not Nature.OURS and ("." in name or not self._is_aside(each))
        ]  # fmt: skip
        just = [place for place, each in theirs if each.is_just(name)]
        called = just or [place for place, each in theirs if each.is_called(name)]
        return called or [place for place, each in theirs if each.is_part_of(name)]

    def _may_be(self, means: Means) -> list[int]:
        """The answers that may be this field and are no other's, the likeliest first; only those that policy names, where it names some."""
        if means in self.named:
            return [place for place in self.named[means] if self.taken.get(place, means) is means]
        return [place for place in self.likely.get(means, ()) if place not in self.taken]

    def _likely(self) -> dict[Means, list[int]]:
        """By what may be meant, the answers that nobody has named: those of which the vendor knows it stand first."""
        likely: dict[Means, list[int]] = {}
        unknown: list[int] = []
        for place, each in enumerate(self.answers):
            if each.nature in NOT_THEIRS or place in self.spoken_for:
                continue
            if each.means is None:
                unknown.append(place)
            else:
                likely.setdefault(each.means, []).append(place)
        for place in unknown:
            for asked in self._asks(place):
                likely.setdefault(asked, []).append(place)
        self._leave_out_who_else_there_is(likely)
        likeliest_first(likely, self.answers)
        for means, beside in _BESIDE.items():
            if len(likely.get(means, ())) > 1 and (home := self._home(likely, beside)) is not None:
                likely[means].sort(key=lambda place: self._far_from(home, place, means))
        return likely

    def _home(self, likely: Mapping[Means, Sequence[int]], beside: Iterable[Means]) -> str | None:
        """Where the first of these stands."""
        return next((self.answers[place].home for each in beside for place in likely.get(each, ())), None)

    def _leave_out_who_else_there_is(self, likely: dict[Means, list[int]]) -> None:
        """Of those whom nobody knows for the customer, who is one of ours."""
        ours = of_ours(likely, self.answers)
        for place in ours:
            self.answers[place] = self.answers[place]._replace(nature=Nature.OURS)
        for means in WHO if ours else ():
            likely[means] = [place for place in likely.get(means, ()) if place not in ours]

    def _far_from(self, home: str, place: int, means: Means) -> tuple[bool, bool, int]:
        """How far an answer stands from an object: first what the vendor knows; of a person, what stands in an object that is the customer."""
        each = self.answers[place]
        return each.means is None, means in WHO and not is_a_customers(each.home), apart(each.home, home)

    def _asks(self, place: int) -> tuple[Means, ...]:
        """What the question of an answer asks for."""
        each = self.answers[place]
        return self.asks[each.key] if each.key in self.asks else asked_for(each)

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
                if sure or (means in _TOLD_OF and is_asked_shortly(each)):
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
        whole = None if self._parts_stand_nearer() else self._single(Means.NAME)
        home = next((self.answers[place].home for place, means in self.taken.items() if means is Means.NAME), None)
        first, last = (self._single(part, home) for part in (Means.FIRST_NAME, Means.LAST_NAME))
        if whole and first and last:  # a single word beside both of them is a nickname, or one of the two
            return str(whole) if len(whole.split()) > 1 else as_name((first, last))
        # Some call one of the two "Name", and the other "Vorname": they stand beside each other, unless it holds both.
        known = (whole or "").split()
        parts = (
            part for part in (first, whole, last) if part and (part is whole or not set(part.split()) <= set(known))
        )
        return as_name(parts)

    def _parts_stand_nearer(self) -> bool:
        """Whether a first and a last name stand nearer to whoever wrote than any whole name does: that is a form's, or somebody else's."""
        places = [self.likely.get(each) for each in (Means.NAME, Means.FIRST_NAME, Means.LAST_NAME)]
        home = self._home(self.likely, _BESIDE[Means.NAME]) if all(places) else None
        if home is None:
            return False
        whole, first, last = (self._far_from(home, place[0], Means.NAME) for place in places if place)
        return first == last < whole

    def _together(self, places: Sequence[int]) -> str | None:
        for place in places:
            self._take(place, Means.NAME)
        return as_name(self.answers[place].text for place in places)

    def _by_value(self, means: Means, looks: Callable[[str], bool]) -> Any:
        """An answer that shows by itself what it is, whatever its question."""
        for place, each in enumerate(self.answers):
            if self._may_show(place, each, means) and looks(each.text):
                try:
                    value = READERS[means](each, self.told, False)
                except ValueError:
                    continue
                if value is not None:
                    self._take(place, means)
                    return value
        return None

    def _may_show(self, place: int, each: Answer, means: Means) -> bool:
        """Whether an answer is no field's yet, and may be the customer's; an address of the house is not."""
        ours = (means is Means.EMAIL or each.key in self.asks) and Means.NOTHING in self._asks(place)
        return place not in self.taken and each.is_theirs and not self._is_aside(each) and not ours

    def _is_aside(self, each: Answer) -> bool:
        """Whether it stands in an object of the house's, and is not said of it."""
        return is_aside(each.key) and each.key not in self.asks

    # The rating

    def _rating(self) -> Rating | None:
        """The worst of the ratings there are; what is none is named, where it was surely meant as one."""
        given: list[tuple[float, int, Rating]] = []
        scales, kinds = self._scales(), cache(lambda: of_kinds(self.answers))
        for place in self._may_be(Means.RATING) or self._picked():
            each = self.answers[place]
            stated = nearest_around(each.home, scales)
            rating = rated(each, self.told, stated, sure=Means.RATING in self.named)
            if rating is not None and rating.scale is None:
                rating = rated(each, self.told, stated, nearest_around(each.home, kinds()))
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

    def _scales(self) -> list[tuple[str, float]]:
        """The scales that the body states, each with where it stands: that of a quiz or of another question elsewhere is no rating's own."""
        found = []
        for place in self._may_be(Means.SCALE):
            try:
                scale = READERS[Means.SCALE](self.answers[place], self.told, False)
            except ValueError:
                continue
            if isinstance(scale, float):
                found.append((self.answers[place].home, scale))
                self._take(place, Means.SCALE)
        return found

    def _is_rating_alone(self, place: int) -> bool:
        """Whether nothing but a rating can have been meant, by a short name for it."""
        return is_asked_shortly(self.answers[place]) and self._asks(place)[:1] == (Means.RATING,)

    def _picked(self) -> list[int]:
        """Answers chosen from a list that are words for a rating: "Taste: Bad"."""
        return [
            place for place, each in enumerate(self.answers)
            if each.nature is Nature.PICKED and place not in self.taken and isinstance(each.said, str) and in_words(each.said)
        ]  # fmt: skip

    # Words

    def _comment(self) -> str | None:
        """All that the customer wanted to say; of several texts, those too short to stand alone come with their question."""
        said = [(place, text) for place in self._texts() if (text := as_seen(self.answers[place]))]
        for place, _ in said:
            self._take(place, Means.COMMENT)
        if len(said) == 1:
            return said[0][1]
        texts = dict.fromkeys(with_question(self.answers[place].label, text) for place, text in once(said))
        return "\n\n".join(texts) or None

    def _texts(self) -> list[int]:
        asked = [place for place in self._may_be(Means.COMMENT) if can_be_said(self.answers[place])]
        if Means.COMMENT in self.named:
            return asked
        own = (place for place in range(len(self.answers)) if place not in self.taken and place not in self.spoken_for)
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
        told = sorted(range(len(self.answers)), key=lambda place: not may_say_much(self.answers[place]))
        asked = ", ".join(f'"{self._called(place)[:60]}"' for place in told[:8])
        there = f"among {asked}" if asked else "as nothing was answered"
        rest = f" and {len(told) - 8} more" if len(told) > 8 else ""
        if any(each.nature is Nature.OURS for each in self.answers):
            return "is missing, and so is rating: what is said here was said by an agent or a bot, as the body itself tells; send what customers say"
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
