"""No fact of one customer is ever in the prompt for another: letters go along for their voice alone."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.model import Case, Customer, Feedback, Reason
from cases.replies.voice import Sample, nearest, voices
from cases.spoken.english import words
from prompts.brief import Brief, reply_draft
from tests.prompts.examples import NOW, a_brief, a_case

SYLLABLES = [
    "ba",
    "be",
    "bri",
    "cla",
    "do",
    "du",
    "fen",
    "gro",
    "hal",
    "ix",
    "jo",
    "kra",
    "lu",
    "mo",
    "nev",
    "or",
    "pu",
    "qua",
    "rin",
    "sto",
    "tev",
    "ul",
    "vor",
    "wex",
    "yl",
    "zan",
]
ACCENTS = str.maketrans({"a": "ä", "o": "ø", "e": "é", "u": "ü"})
FIRST = [
    "Ana",
    "Rose",
    "Will",
    "Mark",
    "May",
    "Grace",
    "王小明",
    "Иванна",
    "Αθηνά",
    "María José",
    "Jean-Luc",
    "O'Shea",
    "Zoë",
]
STREETS = ["{n} {w} Street", "{w}straße {n}", "{w}allee {n}a", "Rue du {w} {n}", "Calle {w}, {n}", "Via {w} {n}", "{w}gracht {n}-{n}", "Flat {n}, {w} Mews"]  # fmt: skip
PHONES = ["+49 30 {d}", "0{d}", "(0){d}", "+34-{d}", "{d[0]} {d[1]} {d[2]} {d[3]} {d[4]} {d[5]} {d[6]}", "0171/{d}"]
ORDERS = ["{d}", "#{d}", "AX-{d}", "{w}-{w}", "{W}{d}", "ord_{d}", "{W}"]
AMOUNTS = ["€{d}.50", "{d},90 EUR", "£{d}", "${d}", "{d} euros", "fifty-{one} pounds", "CHF {d}.–", "{d}%"]
DATES = ["%d.%m.%Y", "%Y-%m-%d", "%-d %B", "%B %-d, %Y", "%A", "%d/%m", "%A the %-dth"]
MAILS = [
    "{a}@{b}.example",
    "{a}.{b}@mail.example.org",
    "{a} at {b} dot example",
    "{a}[at]{b}.example",
    "{A}@{B}.EXAMPLE",
]
LETTERS = [
    "Dear {first},\n\nI am sorry: we sent {order} to {street} on {day}, and you had to wait. I have refunded {amount} to your card "
    "today. I will call {phone} by tomorrow, or write to {mail}. How is {friend}?\n\nBen",
    "Liebe {name},\n\nes tut mir leid, dass {order} nicht bei Ihnen in der {street} angekommen ist. {amount} habe ich Ihnen am {day} "
    "erstattet, und {friend} bekommt eine neue. Ich rufe Sie unter {phone} an oder schreibe an {mail}.\n\nBen",
    "{first}, you wrote that {friend} waited until {day} for {order}. That was my mistake, and {amount} is on its way back to you. "
    "The new one goes to {street}. {mail} has the details; {phone} is what I have for you.\n\nBen",
]  # fmt: skip


class Person:
    """Somebody who exists nowhere, and all that is known of them, each in one of many shapes."""

    def __init__(self, pick: random.Random) -> None:
        word = self._word(pick)
        digits = "".join(pick.choices("123456789", k=7))
        made = {
            "d": digits,
            "w": word,
            "W": word.upper(),
            "n": pick.randint(100, 999),
            "one": pick.choice(["one", "two", "six"]),
        }
        last = self._name(pick)
        self.first = pick.choice([*FIRST, self._name(pick)])
        self.facts = {
            "first": self.first,
            "name": pick.choice([f"{self.first} {last}", f"{self.first} van der {last}", last.upper(), last.lower()]),
            "friend": pick.choice([self._name(pick), self._name(pick).lower()]),
            "phone": pick.choice(PHONES).format(**made),
            "order": pick.choice(ORDERS).format(**made),
            "amount": pick.choice(AMOUNTS).format(**made | {"d": digits[:3]}),
            "day": (date(2026, 2, 1) + timedelta(days=pick.randint(0, 300))).strftime(pick.choice(DATES)),
            "street": pick.choice(STREETS).format(**made | {"w": self._name(pick)}),
            "mail": pick.choice(MAILS).format(a=word, b=self._word(pick), A=word.upper(), B=self._word(pick).upper()),
        }
        self.letter = pick.choice(LETTERS).format(**self.facts)

    def case(self, number: int) -> Case:
        """What they wrote to us; in it stands what only they told."""
        told = self.facts
        said = Feedback(
            external_id=f"f-{number}",
            source="form",
            customer=Customer(told["name"], told["mail"] if "@" in told["mail"] else None, told["phone"]),
            comment=f"{told['friend']} waited for {told['order']} at {told['street']}, and nobody came.",
            order_ref=told["order"],
        )
        return replace(a_case(said, reasons=(Reason("late"),)), number=number)

    @staticmethod
    def _word(pick: random.Random) -> str:
        return "".join(pick.choices(SYLLABLES, k=3))

    @classmethod
    def _name(cls, pick: random.Random) -> str:
        name = cls._word(pick).title()
        return name.translate(ACCENTS) if pick.random() < 0.3 else name

    def betrayed_by(self, text: str) -> set[str]:
        """Which of their facts stand there, whole or by a part that tells."""
        small = text.casefold()
        parts = {part for fact in self.facts.values() for part in re.findall(r"\w[\w'’-]*", fact.casefold())}
        return {part for part in parts - HARMLESS if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", small)}


# Words of the shapes themselves: they tell nothing of anybody.
HARMLESS = words("street rue du calle via flat mews van der the at dot example mail org euros pounds eur chf")


def prompt(brief: Brief) -> str:
    asked = reply_draft(brief)
    return f"{asked.prompt.rules}\n{asked.masked.text}"


def betrayals(seed: int, pairs: int) -> list[tuple[dict[str, str], set[str]]]:
    """Of so many pairs those in which a fact of one is in the prompt of the other, which the other's own case did not bring."""
    pick, found = random.Random(seed), []
    others = [Sample((one := Person(pick)).case(number), "ben", one.letter) for number in range(1000, 1060)]
    for number in range(pairs):
        mine, theirs = Person(pick), Person(pick)
        letter = Sample(mine.case(number + 1), "ben", mine.letter)
        among = [letter, *pick.sample(others, 40)]
        chosen = nearest(among, [1.0, *(0.5 for _ in among[1:])], 3)
        shown = voices(chosen, among)
        brief = a_brief(theirs.case(5000), examples=shown, now=NOW)
        if (betrayed := mine.betrayed_by(prompt(brief))) or not shown:
            betrayed -= mine.betrayed_by(prompt(replace(brief, examples=())))  # "May" is a name, and a word of ours
        if betrayed or not shown:
            found.append((mine.facts, betrayed))
    return found


def test_no_fact_of_another_customer_is_in_a_prompt() -> None:
    assert betrayals(1, 20) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_no_fact_of_a_thousand_others_is_in_a_prompt(seed: int) -> None:
    assert betrayals(seed, 250) == []
