"""What a reply offers, or says has been given: refunds, vouchers, discounts, gifts, sums, replacements and calls.

English only. Grammar before phrases: a thing to give counts where somebody here gives it, not where the customer asked
for it, where we failed to give it, or where a sum only repeats what the customer was billed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, TypeAlias

from cases.replies.checks.letter import Letter, letter
from cases.spoken.money import NUMBER, Money, read_number, sums

Kind: TypeAlias = Literal["refund", "voucher", "discount", "replacement", "call", "gift", "money"]
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing offered or given. `percent` of what was paid: 100 is a full refund. `amount` None: no sum is named.

    `currency` is as in `Money`. `quote` is the sentence, in the reply's own words.
    """

    kind: Kind
    amount: Decimal | None
    currency: str | None
    percent: int | None
    quote: str

    @property
    def money(self) -> Money | None:
        """The sum, where one is named."""
        return None if self.amount is None else Money(self.amount, self.currency)


@dataclass(frozen=True, slots=True)
class _Worth:
    """How much, and where in the sentence it stands."""

    span: Span
    money: Money | None = None
    percent: int | None = None


# What is done by giving it: these verbs are offers by themselves unless denied, asked for or missed.
_VERBS: dict[Kind, str] = {
    "refund": (
        r"refund(?:ed|ing|s)?\b(?! (?:polic|request|form|department|process|rules|terms|was (?:late|refused|slow)))"
        r"|reimburs(?:e|ed|ing|ement)|(?:your|the|all|every bit of) (?:of )?(?:your )?money back"
        r"|(?:pay|paid|paying|give|gave|given|giving|send|sent|sending|get|transfer|transferred)(?: it| that| this| them| you| all)"
        r"{0,2}(?: of)?(?: the| your| it)?(?: full| whole| entire)?(?: price| fee| money| sum| amount| total| difference| charge| deposit)?"
        r" back(?! to (?:you |me )?(?:with|on|about|by)| (?:in|on) touch)"
        r"|(?:money|payments?|fare|fee|price|deposit|euros?|dollars|pounds|[€$£]\d[\d.,]{0,15}|\d[\d.,]{0,15} ?[€$£])"
        r"(?:'s| is| are| was| were| will be| goes| went| will go| comes| came)?(?: on its way| all)? back (?:to|on|in|with|today|already|now|tonight|this)\b"
        r"|(?:won't|will not|not be|not going to|not) charg(?:e|ing) (?:you )?(?:for|a|anything|the)|returned (?:half|a third|all|most) of"
        r"|(?:return|returned|returning) (?:the|your|all) (?:\w+ )?(?:money|payment|sum|fee|amount|deposit|charge)"
        r"|credit(?:ed|ing)? (?:you|it|your (?:card|account|bank)|the (?:\w+ )?(?:fee|charge|amount|sum|price|payment|money|difference))"
        r"|(?:have|get|see|receive) \d[\d.,]{0,15} back\b|waiv(?:e|ed|ing)|(?:revers|cancell?)(?:e|ed|ing)? (?:the|your|this|that) (?:\w+ )?(?:charge|bill|invoice|fee|payment)"
        r"|wr(?:ite|ote|itten|iting) off|pay nothing|not (?:have to )?pay (?:for|a)"
    ),
    "replacement": (
        r"replac(?:e|ed|ing|ement|ements)\b(?! (?:was|were|did|never|also|that) )|resen[dt]|exchang(?:e|ed|ing)\b"
        r"|(?:send|sent|sending|bring|brought|bringing|deliver|delivering|ship|shipped|shipping|post|posted|posting|make"
        r"|making|made|bake|baking|cook|cooking|get|order|ordered|have|drop)(?: you| off| round| over| out)* "
        r"(?:(?:a|the|your|two|three|another) )?(?:(?:brand[- ])?new(?! (?:date|time|appointment|slot|driver|team|rule|list|way"
        r"|system|policy))|fresh|another(?! (?:word|message|mail|e-?mail|letter|look))|second one|one again)\b"
        r"|(?:repair|fix|mend|redo|clean|deliver|make|do|send|cook|bake|print|collect) (?:it|them|this|that|everything|the \w+|your \w+) "
        r"(?:\w+ ){0,2}?(?:again|free|for free|at no)"
    ),
    "call": (
        r"(?:call|phone|telephone|ring|video[- ]?call)(?:ing)? you\b|give you a (?:\w+ )?(?:call|ring|bell)"
        r"|(?:speak|talk)(?:ing)? (?:to|with) you\b|a call (?:from|with) (?:me|us|our)|(?:get|have|receive) a call\b|call back\b"
    ),
}  # fmt: skip
# What is given as a thing: these nouns need a giver in their sentence.
_NOUNS: dict[Kind, str] = {
    "voucher": (
        r"(?:e-?)?vouchers?|coupons?|gift ?(?:cards?|certificates?)|store credit|credit notes?|promo(?:tion)?(?:al)? codes?"
        r"|(?:bonus|loyalty|extra) points|a (?:\S+ )?credit (?:of|for|on|to|towards)|(?:in|as) credit\b"
    ),
    "discount": (
        r"discount(?:ed|s)?|price reductions?|half[- ]price|rebates?|reduc(?:e|ed|ing) (?:the|your) (?:price|bill|invoice|fee)"
        r"|(?:%|percent|per cent|\d|euros?|dollars?|pounds?|[€$£]) off\b|off (?:your|the|their) (?:\w+ ){0,2}(?:bill|invoice|order|price"
        r"|purchase|booking|stay|visit|meal|subscription|fee|total)"
    ),
    "gift": (
        r"on the house|complimentary|as our guests?|(?:is|be|are) our treat"
        r"|(?:dinner|lunch|breakfast|brunch|meal|drinks?|dessert|coffee|delivery|shipping|round|bill|bottle|order|one|visit|night|it)"
        r" (?:is|are|will be|'s) on (?:us|me)\b"
        r"|free of (?:any )?(?:charge|cost)|for free|at no (?:extra |additional )?(?:charge|cost)|at our (?:own )?(?:expense|cost)"
        r"|without (?:any )?(?:charge|cost)|(?:days?|weeks?|months?|years?|nights?|delivery|shipping|visit|meal|order) (?:is|are|will be) free\b"
        r"|(?:\w+ )?(?:days?|weeks?|months?|years?|nights?) free\b"
        r"|(?<!feel )(?:a|an|your|the|one|two|three|four|five|six|ten|twelve|\d+|with|of|some|including|plus|next)"
        r" (?:\w+ ){0,2}?free (?!of\b|from|to\b|moment|slot|table|hour|line|call|seat|place|evening|time|minute|appointment|day)\w+"
        r"|(?:a|an|as a|small|little|our) (?:\w+ )?gift\b(?! ?(?:card|shop|wrap|voucher|certificate|box|for|order|set|you))"
    ),
}  # fmt: skip
_MONEY = (
    r"\b(?:transfer|pay|paid|send|sent|wire|deposit|credit|enclos|compensat|give|gave|giving|grant|offer|put|add|award"
    r"|is yours|are yours|deduct|take off|took off|knock|settle|cover|hand)(?:ing|red|ed|e|s)*\b|\bfor your trouble\b"
)
# A redo that costs nothing is the redo, not a gift beside it.
_REDO = re.compile(
    r"\b(?:repair|fix|mend|redo|clean|replac|resen|re-?deliver|exchang|collect|new one|fresh one|another one|again)\w*"
)

_GIVEN = re.compile(
    r"\b(?:i|we)(?:'ll|'ve|'d|'m|'re)?\b|\byou(?:'ll| will| can(?! get)| may|'re getting| get| receive| have (?:a|your|our))\b"
    r"|\b(?:would you|do you|will you|shall|please (?:use|accept|take|have|enjoy)|here(?: is|'s| are)|there(?:'s| is) an?(?= [€$£\d])|below|attached|enclosed"
    r"|on (?:its|their|the) way|has been|have been|will be|is (?:in|on|with|yours)|either|choose|choice|prefer|accept|use the"
    r"|includ\w+|plus|added|our treat|on the house|as our|it's on|on us|(?:is|are) free)\b"
)
_DENIED = re.compile(
    r"\b(?:not(?! only| just)|cannot|never|unable|no|without(?! delay| question| further)|forgot|failed|fail|should have|should've"
    r"|too late to|refus\w+|late(?: with| in)?|instead of|rather than"
    r"|you(?:'d|'ve|r)?(?: (?:had|have|also|were|are|then|rightly|only|should))? (?:asked?|asking|want(?:ed)?|request(?:ed)?|demand(?:ed)?"
    r"|promised|told|owed|expecting|expected|waiting|waited|wait|wrote|write|mention(?:ed)?|said|say|applied|need(?:ed)? to)"
    r"|waiting (?:for|on)|request(?:ed)? (?:for|to)|claims?|whether)\b(?! problem)(?! longer)[^\n,;:]*$|n't (?!only|just|worry|hesitate)[^\n,;:]*$"
)
_MENTIONED = re.compile(r"\s*(?:(?:code|card|form|request|which|that|we|you|i|had|was|were|did|does|is|has)\b ?){0,3}(?:not|n't|never|late|refused|rejected|failed)\b")  # fmt: skip
_BILLED = re.compile(
    r"\b(?:charged?|charging|bill(?:ed)?|paid|pay(?:ing)?|spent|cost|costs|debited|deducted|took|taken|price|priced|invoiced?"
    r"|instead of|worth|normally|usually|should have been|order (?:of|for|over|total)|total of|owed?|quoted|advertised)\b[^\n,;:]*$"
)
_GAVE_BACK = re.compile(
    r"\b(?:refund|reimburs|waiv|voucher|coupon|credit(?:ed|ing)? you|back\b|gift card|discount|(?:i|we)(?:'ll|'ve|'d| will| have| can)(?: \w+)? pa(?:y|id)\b"
    r"|compensat|send|sent|transfer)"
)
_TAKEN_OFF = re.compile(r" ?-?(?:off|voucher|discount|refund|credit|back|gift)\b")
# Where a number is a sum though no currency stands beside it: it is what is given, and counts nothing ("2 boxes", "480 points").
_VALUE = r"(?:vouchers?|coupons?|credit|gift cards?|discount|refund|compensation|reduction|rebate)"
_GIVES = (
    r"\b(?:refund|reimburs|credit|compensat|transfer|wir|deduct|waiv|pa(?:y|id)|offer|award|grant)(?:e|ed|es|ing|s|red|ring)?"
    r"(?: (?:you|it|back|to you|the|your|another|all|of|up to|over|about|only|just|sum|amount|total|full|whole|extra|further|already|now|today|with)){0,5} "
)
_WORTH = rf"\b{_VALUE}(?: (?:of|for|over|worth|up to|about|is|the|sum|amount|value|to)){{1,4}} "
_COUNTS_NOTHING = (
    r"(?= ?(?:$|[.,;!?)\n]|(?:by|on|in|to|for|and|or|but|back|off|today|tonight|tomorrow|now|this|with|as|within|from|at once|at the latest|straight"
    r"|immediately|right|already|instead|which|that|so|is|was|has|will|goes|reaches|comes|arrives|leaves|if|before|until|plus)\b))"
)
_BARE = (
    re.compile(rf"(?:{_GIVES}|{_WORTH}){NUMBER}{_COUNTS_NOTHING}"),
    re.compile(rf"(?<!at )(?<!by )(?<!until )(?<!order )(?<!number )(?<!room ){NUMBER}(?= (?:back|off|{_VALUE})\b)"),
)
_PERCENT = re.compile(r"\b(\d{1,3})(?:[.,]\d+)?(?: ?%| (?:percent|per cent)\b)")
_FULL = re.compile(
    r"\b(?:full(?:y)?|in full|completely|entire|whole|complete|everything|all (?:of )?your money|every (?:cent|penny)|your money back)\b"
)
_HALF = re.compile(r"\bhalf\b(?! an? )(?! past)")
_NEIGHBOURS = 3  # things on each side of a sum that may be the nearest: their words overlap here and there
_LONGEST_CLAUSE = 300  # characters; keeps the cost of a text in line with its length
_CLAUSE = re.compile(r"[,;:]| and | but | so | then |\(|\)")
_QUOTE_MARK = re.compile(r"^([ ]*)>", re.MULTILINE)
_THING = {
    kind: re.compile(rf"(?<![\w-])(?:{words})" if kind != "discount" else words)
    for kind, words in (_VERBS | _NOUNS).items()
}
_ANYTHING = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in _THING.values()) + f"|{_MONEY}")
_PAYS = re.compile(_MONEY)


def offers(text: str) -> tuple[Offer, ...]:
    """Everything offered or given in a reply, in order of its sentences; never raises, whatever the text.

    A full refund without a sum takes the one sum that its own or the previous sentence says was billed. Lines marked
    with ">" are read too: they reach the customer like all others.
    """
    read = letter(_QUOTE_MARK.sub(r"\1 ", text))
    return tuple(offer for number in range(len(read.starts)) for offer in _in_sentence(read, number))


def _in_sentence(read: Letter, number: int) -> Iterator[Offer]:
    sentence = read.words_of(number)
    if not _ANYTHING.search(sentence):
        return
    quote = read.quote(read.span(number))
    worths = [worth for worth in _worths(sentence) if not _only_billed(sentence, worth.span)]
    things = list(_things(sentence))
    if things:
        bill = _bill(read.words_of(number - 1) + "\n" + sentence if number else sentence)
        yield from _valued(things, worths, sentence, bill, quote)
    elif _PAYS.search(sentence) and _GIVEN.search(sentence) and not _denied(sentence, len(sentence)):
        yield from (_offer("money", worth, quote) for worth in worths if worth.money)


def _things(sentence: str) -> Iterator[tuple[Kind, Span]]:
    """What is offered and where; a gift beside a redo is the redo made free."""
    redone = bool(_REDO.search(sentence) or _THING["replacement"].search(sentence))
    for kind, pattern in _THING.items():
        if kind in _NOUNS and not _GIVEN.search(sentence):
            continue
        for match in pattern.finditer(sentence):
            if _denied(sentence, match.start()) or _MENTIONED.match(sentence, match.end()):
                continue
            yield ("replacement" if kind == "gift" and redone else kind), match.span()


def _denied(sentence: str, end: int) -> bool:
    return _DENIED.search(sentence, _clause_start(sentence, end), end) is not None


def _clause_start(sentence: str, position: int) -> int:
    """Where the clause that holds this character begins, looking back no further than a clause is long."""
    furthest = max(0, position - _LONGEST_CLAUSE)
    return max((match.end() for match in _CLAUSE.finditer(sentence, furthest, position)), default=furthest)


def _worths(sentence: str) -> Iterator[_Worth]:
    signed = {span: money for money, span in sums(sentence)}
    yield from (_Worth(span, money=money) for span, money in signed.items())
    bare = {_place(match): read_number(match) for pattern in _BARE for match in pattern.finditer(sentence)}
    for (start, end), money in bare.items():
        if not any(start < after and before < end for before, after in signed):
            yield _Worth((start, end), money=money)
    for match in _PERCENT.finditer(sentence):
        yield _Worth(match.span(), percent=int(match[1]))


def _place(match: re.Match[str]) -> Span:
    return match.span("bare" if match["bare"] else "spelt")


def _only_billed(sentence: str, span: Span) -> bool:
    """Whether a sum repeats what the customer was billed: "you were charged $400", but not "refund the $400 you paid"."""
    start = _clause_start(sentence, span[0])
    billed = _BILLED.search(sentence, start, span[0])
    return billed is not None and not (
        _GAVE_BACK.search(sentence, start, span[0]) or _TAKEN_OFF.match(sentence, span[1])
    )


def _bill(sentences: str) -> _Worth | None:
    billed = {worth.money: worth for worth in _worths(sentences) if worth.money and _only_billed(sentences, worth.span)}
    return next(iter(billed.values())) if len(billed) == 1 else None


def _valued(
    things: list[tuple[Kind, Span]], worths: list[_Worth], sentence: str, bill: _Worth | None, quote: str
) -> Iterator[Offer]:
    """Each sum goes to the nearest thing with a price; what is left without one stands once per kind."""
    priced = [thing for thing in things if thing[0] not in ("call", "replacement")]
    in_order = sorted(priced, key=_starts)
    valued = [(_nearest(in_order, worth.span), worth) for worth in worths if priced]
    taken = {kind for kind, _ in valued}
    for kind, worth in valued:
        yield _offer(kind, worth, quote)
    for kind in dict.fromkeys(kind for kind, _ in things if kind not in taken):
        yield _unpriced(kind, sentence, bill, quote)
    if worths and not priced and _PAYS.search(sentence):
        yield from (_offer("money", worth, quote) for worth in worths if worth.money)


def _starts(thing: tuple[Kind, Span]) -> int:
    return thing[1][0]


def _nearest(things: list[tuple[Kind, Span]], span: Span) -> Kind:
    """Which of the things, in the order of the text, stands nearest: only its neighbours are looked at, however many there are."""
    here = bisect_left(things, span[0], key=_starts)
    neighbours = things[max(0, here - _NEIGHBOURS) : here + _NEIGHBOURS]
    return min(neighbours, key=lambda thing: _apart(thing[1], span))[0]


def _apart(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _unpriced(kind: Kind, sentence: str, bill: _Worth | None, quote: str) -> Offer:
    if kind != "refund":
        return _offer(kind, None, quote)
    percent = 50 if _HALF.search(sentence) else 100 if _FULL.search(sentence) else None
    worth = bill or _Worth((0, 0))
    return _offer(kind, replace(worth, percent=percent), quote)


def _offer(kind: Kind, worth: _Worth | None, quote: str) -> Offer:
    if worth is None:
        return Offer(kind, None, None, None, quote)
    amount, currency = (worth.money.amount, worth.money.currency) if worth.money else (None, None)
    return Offer(kind, amount, currency, worth.percent, quote)
