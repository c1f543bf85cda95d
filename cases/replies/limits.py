"""What no reply may contain, whoever wrote it: offers above policy, strangers' addresses, leaks, blanks, numbers, asks.

These rules stand between a customer's trick, or a slip, and the approval of a reply. They judge the text alone: a reply
that a person typed is held to them like one that a model wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Literal, TypeAlias

from cases.policy.page import Policy, Remedies
from cases.policy.values import Ceiling
from cases.replies.asks import asks
from cases.replies.checks.finding import Finding
from cases.replies.checks.language import UNREAD
from cases.replies.checks.reading import Given
from cases.replies.drafts import Reply
from cases.replies.links import links
from cases.replies.offers import Kind, Offer, offers
from cases.replies.tongue import UNKNOWN, tongue_of_letter
from cases.spoken.addresses import (
    accounts,
    email_allowed,
    emails,
    handles,
    parse_link,
    phones,
    same_phone,
    visible,
    wallets,
)
from cases.spoken.money import Money
from cases.spoken.seen import seen
from cases.spoken.tongues import ENGLISH

Approval: TypeAlias = Literal["nobody", "beyond", "override"]
LEAKED_WORDS = 8
"""So many words in a row that also stand in a prompt are a leak; fewer repeat by accident."""
QUOTED_WORDS = 5
"""The same for what colleagues wrote among themselves: that is written freely, and repeats by accident sooner told."""

# A blank, half of one that was edited away, or the token that stands for something kept from the model.
_BLANK = re.compile(r"⟨[^⟨⟩\n]*⟩|⟦[^⟦⟧\n]*⟧|[⟨⟩⟦⟧]")
_WORD = re.compile(r"[^\W_]+")
_QUOTED_LINE = re.compile(r"^[ \t]*>[ \t>]*([^\n]*)", re.MULTILINE)
_QUOTED_WORDS = re.compile(r'["“„«]([^"“”„«»\n]{3,2000})["”“»]')
_CEILING: dict[Kind, str] = {
    "refund": "refund_up_to",
    "money": "refund_up_to",
    "voucher": "voucher_up_to",
    "discount": "voucher_up_to",
    "gift": "voucher_up_to",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One rule. `find` yields the offending words; `fix` may say {offers}, {beyond} and {override}, filled from policy."""

    id: str
    name: str
    why: str
    fix: str
    find: Callable[[Written], Iterable[str]]


class Written:
    """A reply beside its case and policy: what the rules ask for, worked out once."""

    def __init__(self, reply: Reply, given: Given, policy: Policy) -> None:
        self.typed = f"{reply.subject}\n{reply.body}"
        self.text = seen(self.typed)
        self.given = given
        self.remedies: Remedies = policy.remedies

    @cached_property
    def visible(self) -> str:
        """The text with its addresses and numbers in one spelling."""
        return visible(self.text)

    @cached_property
    def their_words(self) -> tuple[str, ...]:
        """All the customer wrote, as single words."""
        return tuple(
            word for each in self.given.heard for text in (each.subject, each.comment) for word in _words(text or "")
        )

    @cached_property
    def words(self) -> list[re.Match[str]]:
        """The reply's own, with their places."""
        return list(_WORD.finditer(self.text))

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """What is offered, leaving out quoted words that are the customer's own."""
        theirs = f" {' '.join(self.their_words)} "
        text = self.visible
        for pattern in (_QUOTED_LINE, _QUOTED_WORDS) if self.their_words else ():
            text = pattern.sub(lambda quoted: "" if f" {' '.join(_words(quoted[1]))} " in theirs else quoted[0], text)
        return offers(text)

    def known(self, name: Literal["email", "phone"]) -> set[str]:
        """Every e-mail address or phone number that the customer gave us."""
        return {value for each in self.given.heard if (value := getattr(each.customer, name))}


def bounds(reply: Reply, given: Given, policy: Policy) -> tuple[Finding, ...]:
    """Every breach, in the order of `BOUNDS`; all of them block. Never raises, whatever the text."""
    written = Written(reply, given, policy)
    blanks = _blanks(policy)
    return tuple(
        Finding(bound.id, "block", quote, bound.why, bound.fix.format(**blanks))
        for bound in BOUNDS.values()
        for quote in dict.fromkeys(bound.find(written))
    )


def needs(findings: Sequence[Finding]) -> Approval:
    """Whose approval lifts what blocks: nobody's, `remedies.beyond` for offers alone, or `drafts.may_override`.

    That somebody reads its language is asked for besides, and anybody who may approve can say so.
    """
    blocking = {finding.rule for finding in findings if finding.severity == "block"} - {UNREAD}
    if not blocking:
        return "nobody"
    return "beyond" if blocking == {"B1"} else "override"


def above_policy(written: Written) -> Iterator[str]:
    """B1: each offer by itself, and the refunds and the vouchers of a reply taken together."""
    remedies = written.remedies
    yield from (offer.quote for offer in written.offers if not _may_offer(offer, remedies))
    for ceiling in ("refund_up_to", "voucher_up_to"):
        named = [offer for offer in written.offers if _CEILING.get(offer.kind) == ceiling and offer.money]
        if not _total_within(named, getattr(remedies, ceiling)):
            yield from (offer.quote for offer in named)


def _may_offer(offer: Offer, remedies: Remedies) -> bool:
    """What has no sum may be any sum: policy says whether that is left to the owner."""
    if offer.kind == "call":
        return remedies.call
    if offer.kind == "replacement":
        return remedies.replacement
    ceiling: Ceiling = getattr(remedies, _CEILING[offer.kind])
    if ceiling is None or ceiling == "any":
        return ceiling == "any"
    return remedies.without_sum if offer.money is None else offer.money.within(ceiling)


def _total_within(named: Sequence[Offer], ceiling: Ceiling) -> bool:
    """A sum said twice counts once, and so does a whole beside its parts: "€38, that is €30 and €8"."""
    if not isinstance(ceiling, Money):
        return True
    amounts = sorted({offer.amount for offer in named if offer.amount is not None}, reverse=True)
    total = sum(amounts, Decimal())
    return total <= ceiling.amount or (len(amounts) > 2 and amounts[0] * 2 == total and amounts[0] <= ceiling.amount)


def unlisted_links(written: Written) -> Iterator[str]:
    """B2: what is surely one; of what may be a missing space L1 warns."""
    allowed = [parse_link(prefix) for prefix in written.remedies.links]
    allowed += [parse_link(each.public_url) for each in written.given.heard if each.public_url]
    for link in links(written.visible):
        parsed, plainly = parse_link(link.written), link.written in written.typed  # in disguise nothing is ours
        if link.sure and not (plainly and any(parsed.under(prefix) for prefix in allowed)):
            yield link.written


def foreign_addresses(written: Written) -> Iterator[str]:
    """B3: addresses for letters, names on networks, and where money is sent to."""
    allowed = {*written.known("email"), *written.remedies.emails}
    typed = written.typed.casefold()
    yield from (
        address for address in emails(written.visible) if not (address in typed and email_allowed(address, allowed))
    )
    yield from handles(written.visible)
    yield from wallets(written.visible)


def leaked(written: Written) -> Iterator[str]:
    """B4: whole runs of words from a prompt or a colleague's note; what the customer wrote too is theirs, not ours."""
    for length, texts in ((LEAKED_WORDS, written.given.prompts), (QUOTED_WORDS, written.given.notes)):
        secret = frozenset().union(*(_runs_of(text, length) for text in texts)) - _runs(written.their_words, length)
        yield from _shared_runs(written, secret, length)
    yield from _colleagues(written)


def _shared_runs(written: Written, secret: frozenset[tuple[str, ...]], length: int) -> Iterator[str]:
    found = written.words if secret else []
    words = [match[0].casefold() for match in found]
    leaks = [at for at in range(len(words) - length + 1) if tuple(words[at : at + length]) in secret]
    for _, run in groupby(enumerate(leaks), key=lambda placed: placed[1] - placed[0]):
        places = [at for _, at in run]
        yield written.text[found[places[0]].start() : found[places[-1] + length - 1].end()]


def _colleagues(written: Written) -> Iterator[str]:
    """The names of those who wrote the notes, first names too, where neither signer nor customer is called so."""
    given = written.given
    ours = {*written.their_words, *_words(given.signed_by or "")}
    ours.update(word for each in given.heard for word in _words(each.customer.name or ""))
    names = {word for name in given.colleagues for word in _words(name) if len(word) > 2} - ours
    yield from (match[0] for match in written.words if match[0][0].isupper() and match[0].casefold() in names)


def blanks_left(written: Written) -> Iterator[str]:
    """B5."""
    return (match[0] for match in _BLANK.finditer(written.text))


def private_numbers(written: Written) -> Iterator[str]:
    """B6: a card or an account is nobody's to write out, the customer's own included; a telephone number must be known."""
    secret = list(accounts(written.visible))
    yield from secret
    theirs = written.known("phone") | {each.order_ref for each in written.given.heard if each.order_ref}
    unread = tongue_of_letter(written.text) == UNKNOWN
    for number in phones(written.visible, every=unread):
        known = any(same_phone(number, own) for own in (*theirs, *written.remedies.phones))
        if not known and not any(number in account for account in secret):
            yield number


def asked(written: Written) -> Iterator[str]:
    """B7."""
    return asks(written.text)


def _blanks(policy: Policy) -> dict[str, str]:
    return {
        "offers": _in_words(policy.remedies),
        "beyond": policy.remedies.beyond or "the lead",
        "override": policy.drafts.may_override or "the lead",
    }


def _in_words(remedies: Remedies) -> str:
    """ "refunds up to 50 EUR, vouchers of any value, a replacement, a call" or "nothing"."""
    sums = (("refunds", remedies.refund_up_to), ("vouchers", remedies.voucher_up_to))
    worth = [f"{what} of any value" if upto == "any" else f"{what} up to {upto}" for what, upto in sums if upto]
    deeds = [what for what, may in (("a replacement", remedies.replacement), ("a call", remedies.call)) if may]
    return ", ".join(worth + deeds) or "nothing"


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _runs(words: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    """Every run of so many words; a short one has to say something: two of them are neither common words nor numbers."""
    runs = (tuple(words[at : at + length]) for at in range(len(words) - length + 1))
    return frozenset(run for run in runs if length >= LEAKED_WORDS or sum(map(_tells, run)) > 1)


def _tells(word: str) -> bool:
    return not (word in ENGLISH or word.isdigit())


@lru_cache(maxsize=128)
def _runs_of(text: str, length: int) -> frozenset[tuple[str, ...]]:
    """Kept, for the same prompts and notes come again with every reply."""
    return _runs(_words(text), length)


_ALL = (
    Bound(
        id="B1",
        name="Offers more than policy allows",
        why="This offers more than an owner may give alone.",
        fix="Name a sum within policy ({offers}), or ask {beyond} to approve it.",
        find=above_policy,
    ),
    Bound(
        id="B2",
        name="A link that is not ours",
        why="This leads somewhere that policy does not list, and a customer trusts where we send them.",
        fix="Take it out, add it to links in policy.toml, or ask {override}.",
        find=unlisted_links,
    ),
    Bound(
        id="B3",
        name="A stranger's address",
        why="This address, for letters, messages or money, is neither the customer's nor ours.",
        fix="Take it out, add an e-mail address of yours to emails in policy.toml, or ask {override}.",
        find=foreign_addresses,
    ),
    Bound(
        id="B4",
        name="Words of ours that are not for the customer",
        why="These words are our instructions to the model, a colleague's note or a colleague's name, and not meant for the customer.",
        fix="Take them out and say it in your own words.",
        find=leaked,
    ),
    Bound(
        id="B5",
        name="A blank left open",
        why="Something only a person knows is still missing here.",
        fix="Fill the blank, or take the sentence out.",
        find=blanks_left,
    ),
    Bound(
        id="B6",
        name="A number that must not be written out",
        why="A card, an account, or a telephone number that is neither the customer's nor ours.",
        fix="Take it out, add a number of yours to phones in policy.toml, or ask {override}.",
        find=private_numbers,
    ),
    Bound(
        id="B7",
        name="Asks for what no shop may ask",
        why="It asks for a secret, for money, for a look at their machine, or to go on where nobody sees it, as a thief would.",
        fix="Take it out: what a customer is owed needs none of it. Where it must be asked all the same, ask {override}.",
        find=asked,
    ),
)
BOUNDS: dict[str, Bound] = {bound.id: bound for bound in _ALL}
