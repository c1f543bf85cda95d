"""Which customer speaks: what tells that two pieces of feedback are one person's, and what tells nothing at all.

Joining two strangers loses one of them in silence, parting one customer costs a second card. So where the two cannot be
told apart, they are two, and the second says of whom it may be.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

import phonenumbers

from cases.model import Feedback, Status

ONE_EVENT = timedelta(days=1)
FORM = 5  # of the keys, and of those in search.py; another number has all of them made anew
_SHORTEST_ORDER = 4  # what is shorter is as often a table's, a line's or a day's number
_LONGEST_KEY = 200  # longer ones are kept as a digest


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What people and programs write into a field that must not stay empty. What is not listed here shows itself: one id
# under which several addresses or names come in.
_FILLERS = _listed(
    "admin anon anonym anonymous anonymus asdf client cliente customer default donotreply dummy email empty gast guest invitado"
    " kunde mail mobile mustermann na name nan nil nobody noemail nomail none noreply nothing null ospite phone qwerty sample"
    " tel test tester unbekannt undefined unknown user visitor walkin"
)
_OF_A_HOUSE = _listed(  # mailboxes that several people write from
    "accounting accounts admin billing bookings bureau buchhaltung club contact contacto contatto einkauf empfang enquiries"
    " family familie hallo hello help hotel info inquiries kita kitchen kontakt kontor mail office orders post postmaster"
    " praxis purchasing reception rechnung sales school schule secretariat sekretariat service shop store support team"
    " verwaltung webmaster"
)
_TITLES = _listed("mr mrs ms miss mx dr prof sir herr frau fr hr senor senora sr sra mme mlle monsieur madame")
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\W\d_]{2,}\Z")
_NO_MAILBOX = re.compile(
    "(no|not|non|none|kein|keine|keinen?e|ohne|sin|sans|pas|pasde|pasd|nao|sem|senza|nessuna?|geen|ingen|brak|bez|yok)"
    "(e?mail|e?maill?adresse|correo|courriel|tem|tiene|address|adresse|reply|one|body|provided|given|vorhanden|angabe)?"
    "|donotreply|mailerdaemon|bounces?|postfach|placeholder|your(e?mail)?|abc|foo|bar|xyz"
)
# A number all of whose end is one digit, or counts up or down, is typed to fill a field, though it could exist.
_ABROAD = re.compile(r"^\s*00")
_WHOLE_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_MADE_UP = re.compile(r"(\d)\1{5}\Z|12345678|23456789|98765432|87654321")
_PLACEHOLDER = re.compile(r"[{}\[\]()<>%$#!]|\A-")
_UP_TO_DIGITS = re.compile(r"\A\D+")
_DAY_OR_TIME = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{2,4}|\d{1,2}[:h]\d\d")
_DIGITS_IN_ORDER = "01234567890123456789"


@dataclass(frozen=True, slots=True)
class Known:
    """A case with its number, its status and all that its customer said; or, without either, feedback that opened none.

    `heard_at` is when the last of it came.
    """

    number: int | None
    status: Status | None
    feedback: tuple[Feedback, ...]
    heard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Which of the cases known are surely this customer's, and of which it cannot be told; newest first.

    `same_event` are those of the same order within a day, by whoever: nothing says that it was somebody else.
    """

    own: tuple[Known, ...] = ()
    perhaps: tuple[Known, ...] = ()
    same_event: tuple[Known, ...] = ()


def customer_keys(feedback: Feedback, region: str | None = None) -> frozenset[str]:
    """What may tell that the same customer speaks: "email:…", "phone:+…", "id:SOURCE:…", normalised; the name is no proof.

    `region` ("DE") reads telephone numbers written without a country. An id counts within its source. Dots in an address
    are kept: only some providers ignore them. What merely fills a field, or is no valid number, is no key.
    """
    customer = feedback.customer
    named = {
        "email": email_key(customer.email),
        "phone": phone_key(customer.phone, region),
        f"id:{feedback.source.casefold()}": id_key(customer.id),
    }
    return frozenset(short(f"{kind}:{value}") for kind, value in named.items() if value)


def looked_up_by(feedback: Feedback, region: str | None = None) -> frozenset[str]:
    """By what cases that it may belong to are found: its customer's keys, and "order:…", which is no proof of who speaks."""
    order = order_key(feedback.order_ref)
    return customer_keys(feedback, region) | ({short(f"order:{order}")} if order else set())


@lru_cache(maxsize=1024)
def email_key(written: str | None) -> str:
    """The address by which a customer can be known, or nothing."""
    address = (written or "").strip()
    address = address.lower() if address.isascii() else address  # letters that merely look alike stay other letters
    local, _, domain = address.partition("@")
    name, host = local.partition("+")[0], domain.partition(".")[0]
    fills = (_fills(name) and name not in _OF_A_HOUSE) or _denies(name) or name == host or len(name) == len(host) == 1
    return address if _EMAIL.match(address) and not fills else ""


def _denies(name: str) -> bool:
    """Whether the name of a mailbox says that there is none, or that nobody reads it: "keine-email", "no_reply"."""
    return bool(_NO_MAILBOX.fullmatch("".join(filter(str.isalpha, name))))


@lru_cache(maxsize=1024)
def phone_key(written: str | None, region: str | None = None) -> str:
    """E.164, if this is a telephone number that can exist; otherwise nothing."""
    number = _ABROAD.sub("+", written or "")
    found = _plain_number(number) if _WHOLE_NUMBER.fullmatch(number) else _number_in(number, region)
    if found is None or _MADE_UP.search(str(found.national_number)):
        return ""
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def _number_in(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    """The first valid number, within other words too."""
    found = next(iter(phonenumbers.PhoneNumberMatcher(text, region or "ZZ")), None)
    return None if found is None else found.number


def _plain_number(number: str) -> phonenumbers.PhoneNumber | None:
    """The same of a text that is a whole number and nothing else, as most programs send it: there is nothing to look for."""
    try:
        found = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    return found if phonenumbers.is_valid_number(found) else None


def id_key(written: str | None) -> str:
    """The id by which a customer can be known, or nothing. Ids count: what has no digit above nought is a word."""
    if not written:
        return ""
    value = " ".join(written.split())
    counts = any(char.isdecimal() and int(char) for char in value)
    return value if counts and not _fills(value) and not _PLACEHOLDER.search(value) else ""


def order_key(written: str | None) -> str:
    """An order's number however it is spaced and spelt, or nothing where it could be anybody's: "#8812" and "8812" are one.

    What stands before its first digit only says what it is: "table 12" is no more an order than "12".
    """
    if not written:
        return ""
    bare = _bare(written)
    number = _UP_TO_DIGITS.sub("", bare)
    told = len(number) >= _SHORTEST_ORDER and id_key(number) and number not in _DIGITS_IN_ORDER
    return bare if told and not _DAY_OR_TIME.fullmatch(written.strip()) else ""


def _bare(value: str) -> str:
    plain = value if value.isascii() else unicodedata.normalize("NFKC", value)
    return "".join(filter(str.isalnum, plain.casefold()))


def _fills(value: str) -> bool:
    """Whether this only fills a field: a word that says so, signs without a letter, one sign over and over, 1234567."""
    bare = _bare(value)
    return not bare.strip("0") or bare in _FILLERS or _repeats(bare) or (len(bare) > 4 and bare in _DIGITS_IN_ORDER)


def _repeats(bare: str) -> bool:
    return len(bare) > 2 and len(set(bare)) == 1


def short(key: str) -> str:
    """A key as it is kept: itself, or a digest where it is very long."""
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key.partition(':')[0]}:sha256:{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def acquaintance(
    arriving: Feedback, known: Sequence[Known], region: str | None = None, said_at: datetime | None = None
) -> Acquaintance:
    """Whose word this is, of those that share a key with it.

    An address of one's own proves it. A number, an id or the mailbox of a house does only where nothing speaks against
    it: other addresses, or another name. A key that is found with different addresses identifies nobody any more. Thanks
    that opened no case vouch for their customer: what they tell of address and number counts.

    Two who speak of one order within a day speak of one event, as a nameless review and a letter do, unless addresses or names
    say that they are two, as giver and receiver are: then a person can tell. `said_at` is when this was said.
    """
    if not known:
        return Acquaintance()
    thanks = [each for each in known if each.number is None]
    vouching = _met(_Person.of([arriving], region), thanks, region).own
    who = _Person.of([arriving, *(said for each in vouching for said in each.feedback)], region)
    cases = [each for each in known if each.number is not None]
    met = _met(who, cases, region)
    others = [case for case in cases if case not in met.own and _is_one_event(arriving, said_at, case)]
    persons = [_Person.of(case.feedback, region) for case in others]
    strangers = any(one.differs(other) for one in (who, *persons) for other in persons)
    more = tuple(case for case in others if case not in met.perhaps) if strangers else ()
    return replace(met, perhaps=(*met.perhaps, *more), same_event=() if strangers else tuple(others))


def _is_one_event(arriving: Feedback, said_at: datetime | None, case: Known) -> bool:
    """Whether both tell of the same order, and within a day."""
    at, order = arriving.occurred_at or said_at, order_key(arriving.order_ref)
    told = [each.occurred_at or case.heard_at for each in case.feedback if order == order_key(each.order_ref)]
    return bool(order) and at is not None and any(other is not None and abs(at - other) <= ONE_EVENT for other in told)


def _met(who: _Person, known: Sequence[Known], region: str | None) -> Acquaintance:
    others = [(case, _Person.of(case.feedback, region)) for case in known]
    dead = _dead_keys(who, [person for _, person in others])
    own: list[Known] = []
    perhaps: list[Known] = []
    for case, person in others:
        if who.proves(person):
            own.append(case)
        elif shared := who.keys & person.keys - dead:
            (own if who.fits(person, shared, [each for _, each in others]) else perhaps).append(case)
    return Acquaintance(tuple(own), tuple(perhaps))


@dataclass(frozen=True, slots=True)
class _Person:
    keys: frozenset[str]
    emails: frozenset[str]
    names: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, said: Collection[Feedback], region: str | None) -> _Person:
        return cls(
            frozenset().union(*(customer_keys(each, region) for each in said)),
            frozenset(address for each in said if (address := email_key(each.customer.email))),
            tuple(name for each in said if (name := _words(each.customer.name))),
        )

    def proves(self, other: _Person) -> bool:
        return any(address.partition("@")[0] not in _OF_A_HOUSE for address in self.emails & other.emails)

    def is_another(self, other: _Person) -> bool:
        """Two different addresses are two people until somebody says otherwise."""
        return bool(self.emails and other.emails and not self.emails & other.emails)

    def is_named_otherwise(self, other: _Person) -> bool:
        return bool(self.names and other.names) and not any(_fit(a, b) for a in self.names for b in other.names)

    def differs(self, other: _Person) -> bool:
        """Whether something says that these are two."""
        return self.is_another(other) or self.is_named_otherwise(other)

    def is_surely(self, other: _Person) -> bool:
        """As far as these two alone can tell."""
        shared = bool(self.keys & other.keys)
        return self.proves(other) or (shared and not self.is_another(other) and not self.is_named_otherwise(other))

    def fits(self, other: _Person, shared: frozenset[str], all_known: Sequence[_Person]) -> bool:
        """Nothing speaks against it; a nameless voice under a key of several names could be any of theirs."""
        if self.is_another(other) or self.is_named_otherwise(other):
            return False
        namesakes = [each for each in all_known if each.keys & shared]
        return bool(self.names) or not any(a.is_named_otherwise(b) for a in namesakes for b in namesakes)


def _dead_keys(who: _Person, known: Sequence[_Person]) -> frozenset[str]:
    """Keys that stand beside different addresses already: they fill a field, or belong to a whole house."""

    def dead(key: str) -> bool:
        holders = [person for person in known if key in person.keys]
        return any(a.is_another(b) for a in holders for b in holders)

    return frozenset(key for key in who.keys if dead(key))


def _words(name: str | None) -> frozenset[str]:
    """A name by its words, without accents, capitals and titles; nothing for a name that only fills the field."""
    plain = unicodedata.normalize("NFKD", name or "").casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = frozenset(re.findall(r"[^\W\d_]+", plain)) - _TITLES
    return frozenset() if words <= _FILLERS else words


def is_filler(name: str) -> bool:
    """Whether a name only fills its field: "guest", "n/a", "-"."""
    return not _words(name)


def _fit(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both may be the same name: "A. Ruiz", "Mrs Ruiz" and "Ana María Ruiz", but not "Bob Ruiz"."""
    fewer, more = sorted((one, other), key=len)
    return all(any(_same_word(word, each) for each in more) for word in fewer)


def _same_word(one: str, other: str) -> bool:
    return one == other or (one[0] == other[0] and 1 in (len(one), len(other)))


def people(feedback: Sequence[Feedback], region: str | None = None) -> list[list[int]]:
    """Who is who among several: the places in `feedback` of each person's words, in the order of their first ones."""
    persons = [_Person.of([each], region) for each in feedback]
    groups: list[list[int]] = []
    for place, person in enumerate(persons):
        own = [group for group in groups if any(person.is_surely(persons[other]) for other in group)]
        groups = [group for group in groups if group not in own] + [sorted({place}.union(*own))]
    return sorted(groups)
