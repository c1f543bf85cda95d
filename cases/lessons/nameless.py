"""A lesson is of nobody: colleagues, and the customer, are taken out of its words, by whatever they are called.

A colleague is "a colleague", the customer "the customer". First names and handles are known however they are spelt; surnames
by their capital, for "Price" and "Rose" are words too. Of whom the case's channel does not know, every name needs it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cases.model import Case, Feedback
from cases.spoken.english import words
from cases.spoken.tongues import ABROAD, ENGLISH
from cases.text import ERASED

COLLEAGUE, CUSTOMER, ORDER = "a colleague", "the customer", "the order"
_QUOTED = 5  # words in a row that are the customer's own
_SHORTEST = 3  # letters; shorter names stand in too many other words to be known without their capital
# First names that are words, too: of plants and stones, of virtues, trades and months, and short forms.
_WORDS_TOO = words(
    "amber april art august autumn basil bill bob bud buddy buck carol chance charity chase chip chuck clay cliff cooper dale dash "
    "dawn dean destiny dick don drew duke earl faith felicity fern flora forest frank gale gene ginger glen grace grant guy happy "
    "harmony hazel heath heather herb holly honor honour hope hunter iris ivy jack jade jasmine jay jean jewel john josh joy june "
    "king kit lance lane laurel lee lily link major mark mason mat max may melody mercy merry mike miles nick norm olive page pat "
    "patience pearl penny piper poppy prince prudence ray rich rob robin rod rosa rose rosemary ruby sage sandy serena sky sol star "
    "sterling sue summer tanner taylor terry trace tyler van victor violet wade ward will willow winter wolf wood woody"
)
_COMMON = ENGLISH.union(*ABROAD.values()) | _WORDS_TOO
_MONTHS = words("april august june may")
_OF_A_MONTH = re.compile(
    r"(?i)\b(?:in|since|until|till|by|last|next|this|of|early|late|mid|from|during|before|after)\s+$"
)
# What follows a name that a sentence begins with: "Grace told", "Mark and Ben", "Hope was"; "Rose bushes", "Bill by" begin no name.
_DONE = words(
    "and or is was has had does did told said forgot went took gave made sent got came left kept put knew thought saw wrote spoke "
    "found lost paid bought sold rang drove brought broke chose let held ran set read says thinks knows wants himself herself"
)
# "Mark each box", "will the courier", "bill them": what these follow is no name.
_OBJECTS = words("the a an each every it them our your their its")
_TITLES = words(
    "mr mrs ms miss mx dr herr herrn frau monsieur madame mme señor señora signor signora meneer mevrouw senhor senhora"
)
_NAME = r"[^\W_]+(?:(?!['’]s\b)['’-][^\W_]+)*"
# From the beginning of a word: else a word of thousands of letters would be read from each of them to its end.
_HANDLE = re.compile(rf"@?(?<![^\W_])(?P<name>{_NAME}(?:[._]{_NAME})+)")
_TOKEN = re.compile(rf"@?(?P<name>{_NAME})")
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>|(?<![\w@])@[UW][A-Z0-9]{6,}\b")
_BEGINS = re.compile(r"(?:^|[.!?:]\s+|\n\s*)$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Names:
    """Who is not to be named: the colleagues who share the case's channel and `others` in the workspace, each by all that
    they are called; the customers of the case; and what else identifies these, their orders apart.
    """

    colleagues: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    customers_keys: frozenset[str] = frozenset()
    orders: frozenset[str] = frozenset()


def customers_of(case: Case) -> Names:
    """The customers of a case, by all that they are known by, and their orders."""
    known = [each.customer for each in case.feedback]
    return Names(
        customers=frozenset(one.name for one in known if one.name),
        customers_keys=frozenset(key for one in known for key in (one.email, one.phone, one.id) if key),
        orders=frozenset(each.order_ref for each in case.feedback if each.order_ref),
    )


def nameless(text: str, names: Names) -> str:
    """`text` without any of these names; of a sentence that began with one, the word in its place has a capital letter."""
    text = _replaced(text, names.customers_keys, CUSTOMER)
    text = _replaced(text, names.orders, ORDER, before=r"(?:(?:the\s+)?order\s+(?:no\.?\s+)?)?#?")
    text = _MENTION.sub(lambda found: _fitted(found, COLLEAGUE), text)
    text = _replaced(text, _with_particles(names.customers), CUSTOMER)
    text = _replaced(text, _with_particles(names.colleagues | names.others), COLLEAGUE)
    known = _all_known(names)
    for pattern in (_HANDLE, _TOKEN):
        text = pattern.sub(lambda found: _unnamed(found, known), text)
    return _one_person(text)


def unquoted(text: str, said: Iterable[Feedback]) -> str:
    """`text` without what is word for word the customers' own: five words in a row, or more."""
    spoken = {run for each in said for run in _runs(_WORD.findall((each.comment or "").casefold()))}
    found = list(_WORD.finditer(text))
    runs = _runs([word[0].casefold() for word in found])
    theirs = {at + ahead for at, run in enumerate(runs) if run in spoken for ahead in range(_QUOTED)}
    for first, last in reversed(list(_spans(sorted(theirs)))):
        text = f"{text[: found[first].start()]}{ERASED}{text[found[last].end() :]}"
    return text


def _runs(said: list[str]) -> list[tuple[str, ...]]:
    return [tuple(said[at : at + _QUOTED]) for at in range(len(said) - _QUOTED + 1)]


def _spans(places: list[int]) -> Iterator[tuple[int, int]]:
    """[3, 4, 5, 9] → (3, 5), (9, 9)."""
    begins = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield places[begins], places[at - 1]
            begins = at


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands instead of a name, and whether it is one without a capital letter, too."""

    instead: str
    loose: bool


@lru_cache(maxsize=8)
def _all_known(names: Names) -> dict[str, _Known]:
    return {
        **_known(names.others, COLLEAGUE, loose=False),
        **_known(names.colleagues, COLLEAGUE),
        **_known(names.customers, CUSTOMER),
    }


def _known(names: Collection[str], instead: str, *, loose: bool = True) -> dict[str, _Known]:
    """Each name whole and in its parts: "Ana Torres" is also called Ana, and Torres."""
    known: dict[str, _Known] = {}
    for name in names:
        whole = name.strip().lstrip("@").casefold()
        first, *rest = [found["name"] for found in _TOKEN.finditer(name)] or [whole]
        surnames = [
            part for part in rest if not part.islower() and len(part) >= _SHORTEST
        ]  # "van" and "de" name nobody
        known |= {part.casefold(): _Known(instead, loose=False) for part in surnames if part.casefold() not in known}
        known |= {part: _Known(instead, loose=loose and len(part) >= _SHORTEST) for part in (first.casefold(), whole)}
    return known


def _unnamed(found: re.Match[str], known: dict[str, _Known]) -> str:
    who = known.get(found["name"].casefold())
    return _fitted(found, who.instead) if who and _is_name(found, found["name"], who) else found[0]


def _with_particles(names: Collection[str]) -> list[str]:
    """ "Jan van Dijk": what stands between his names is no name by itself."""
    return [name for name in names if any(part.islower() for part in name.split()[1:])]


def _is_name(found: re.Match[str], said: str, who: _Known) -> bool:
    """By its "@" or the title before it; else by its capital, where it needs one, and if no verb could stand there."""
    before, after = _WORD.findall(found.string[: found.start()])[-1:], _WORD.match(found.string[found.end() :].lstrip())
    if found[0].startswith("@") or (before and before[0].casefold() in _TITLES):
        return True
    if after and after[0].casefold() in _OBJECTS:
        return False
    is_capital, word = said[:1].isupper(), said.casefold()
    if word not in _COMMON:
        return is_capital or who.loose
    if word in _MONTHS and _OF_A_MONTH.search(found.string[: found.start()]):
        return False
    return is_capital and (not _begins(found) or _has_done(after[0] if after else ""))


def _has_done(after: str) -> bool:
    """Whether what follows is what somebody did, or who they are besides."""
    return after[:1].isupper() or after.casefold() in _DONE or (len(after) > 3 and after.endswith("ed"))


def _replaced(text: str, keys: Collection[str], instead: str, before: str = "") -> str:
    if not keys:
        return text
    either = "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key)))
    return re.sub(
        rf"(?<!\w){before}(?:{either})(?!\w)", lambda found: _fitted(found, instead), text, flags=re.IGNORECASE
    )


def _begins(found: re.Match[str]) -> bool:
    return _BEGINS.search(found.string[: found.start()]) is not None


def _fitted(found: re.Match[str], instead: str) -> str:
    return instead[:1].upper() + instead[1:] if _begins(found) else instead


def _one_person(text: str) -> str:
    """A title, a first name and a surname are one person."""
    either, titles = f"{COLLEAGUE}|{CUSTOMER}", "|".join(sorted(_TITLES))
    text = re.sub(rf"(?i)\b({either})(?: \1\b)+", r"\1", text)
    titled = re.compile(rf"(?i)\b(?:{titles})\b\.? (?P<who>{either})\b")
    return titled.sub(lambda found: _fitted(found, found["who"].lower()), text)
