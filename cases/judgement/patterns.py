"""The small language in which cues are written: words, word classes in angle brackets, and gaps counted in words.

`<not> <2>arriv*` reads: a word that denies, at most two words of any kind within the same phrase, a word that begins
with "arriv". A gap never crosses punctuation and is bounded, so a pattern's cost grows with the length of a text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

# Word classes. An entry may use the language itself, except for other classes that come after it.
CLASSES = {
    "not": "not|never|nobody|no one|nothing|none|neither|nor|without|no|hardly|barely",
    "nobody": "nobody|no one|none of you|not (one|a single) (person|soul)|not one of",
    "be": "is|are|was|were|been|be|being|am|got|gets|get",
    "have": "have|has|had|having",
    "my": "my|our|the|your|this|that|his|her|their|a|an|another",
    "me": "me|us|my|him|her|them",
    "you": "you|they|he|she|your|staff|company|someone|somebody|it",
    "order": "orders?|parcels?|packages?|packets?|deliver(y|ies)|shipments?|items?|products?|goods|box|boxes|things?|stuff|food|meals?"
    "|drinks?|starters?|mains?|pizzas?|groceries|letters?|cards?|tickets?|luggage|suitcases?|bags?|dress|shoes|flowers|bouquet|cake"
    "|it|they|refund|money|replacement|parts?|medicines?|prescriptions?|results?",
    "arrive": "arriv*|come|came|comes|coming|turn(ed|ing|s)? up|show(ed|n|ing|s)? up|deliver(ed|y|s)?|appear(ed|s)?|reach(ed|es)?"
    "|materiali[sz]e*|dispatch*|ship(ped|s)?|been sent|been posted|here",
    "answer": "answer(s|ed|ing)?|repl(y|ies|ied|ying)|respon(d|ds|ded|se|ses|ding)|call(ed|s|ing)? (me |us )?back|r(i|a|u)ng (me |us )?back"
    "|phoned? back|got? back|gets? back|getting back|g[eo]t in touch|gotten back|came back to|come back to|pick(s|ed|ing)? up|call(ed)?|contact(ed)?"
    "|follow(ed)? up|explain(ed|s)?|apologi[sz](e|ed|es)|sa(id|y) (sorry|a word|anything)|listen(ed|s|ing)?|car(e|es|ed)|help(ed|s)?"
    "|t(old|ell)|inform(ed)?|warn(ed)?|acknowledg*|bother(ed|s)?|explanation|apology|sorry|word|update|updates|notice|warning|communication|news",
    "work": "work(s|ed|ing)?|function(s|ed|ing)?|load(s|ed|ing)?|open(s|ed)?|start(s|ed)?|turn on|switch on|connect(s|ed)?|charge|cool|heat"
    "|print|sync|save|close|close properly|flush|drain|log in|sign in|access|download|get (in|into|through|past|hold|any|it to|this to)|reach anyone",
    "fix": "fix(ed)?|resolved?|sort(ed)?|solved?|repair(ed)?|correct(ed)?|refund(ed)?|replaced?|reimburse[ds]?|credit(ed)?|collect(ed)?|process(ed)?"
    "|honou?r(ed)?|applied|addressed|dealt with|updated|removed|installed|done|finished|cleaned|emptied",
    "unit": "minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|years?|nights?|evenings?|mornings?|fortnights?",
    "long": "hours?|hrs?|days?|weeks?|wks?|months?|years?|fortnights?",
    "many": "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|several|many|countless|numerous|multiple"
    "|a few|couple of|a couple of|dozens of|hundreds of|[0-9]+",
    "number": "one|an|a|half an|over an?|nearly an?|almost an?|more than an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    "|thirty|forty|fifty|sixty|ninety|several|many|[0-9][0-9.,]*",
    "weekday": "monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|(last|this|the) (week|weekend|month|year|morning)|january|february|march"
    "|april|june|july|august|september|october|november|december|christmas|easter",
    "staff": "staff|manager|waiter|waitress|driver|courier|receptionist|agent|rep|representative|assistant|lady|man|guy|woman|person|nurse|doctor|dentist"
    "|teacher|engineer|technician|plumber|clerk|advisor|adviser|operator|team|crew|employee|colleague|cashier|bartender|host|hostess|owner|landlord"
    "|trainer|coach|he|she|they|everyone|you|people|bouncer|attendant|pilot|secretary|cook|chef|boss|supervisor",
    "kin": "child|children|kids?|baby|babies|toddlers?|infants?|newborn|(little|small) (boy|girl|one|ones)|son|daughter|grandson|granddaughter|pupil|pupils"
    "|[0-9]+ year old|(two|three|four|five|six|seven|eight|nine|ten) year old|schoolchild*",
    "amount": "[£$€][0-9][0-9.,]*|[0-9][0-9.,]*[£$€]|[0-9][0-9.,]* (pounds?|euros?|dollars?|eur|usd|gbp|quid|bucks|francs|kr)",
    "speak": "speak|spoken|spoke|speaking|talk|talked|talking|contact|contacted|contacting|consult|consulted|consulting|instruct|instructed|instructing"
    "|call|called|calling|hear|hearing|write|writing|written|go|going|gone|went|tell|told|telling|inform|informed|informing|report|reported|reporting"
    "|email|emailed|emailing|alert|alerting|hire|hired|hiring|get|getting|find|involve|involving|involved|escalate|escalating|take|taking|took|see|refer"
    "|referring|complain|complained|complaining|pass|passed|passing|handed|forwarded|given|turned|referred|forward|forwarding|send|sending|sent|seeing|saw|meet|meeting|met|phone|phoned|phoning|filed|file|filing|copy|copied|bring|seek|seeking|lodge|lodged",
}  # fmt: skip

_NAME = re.compile(r"<([a-z]+)>")
_TRAILING_GAP = re.compile(r" <(\d)>(?=$|[|)])")
_GAP = re.compile(r"<(\d)>")


@cache
def _class(name: str) -> str:
    return f"(?:{_expanded(CLASSES[name])})"


def _expanded(source: str) -> str:
    """`source` as the inside of a regular expression over plain text."""
    source = re.sub(r"(?<=\w)\*", r"\\w*", source)
    source = re.sub(r"\((?!\?)", "(?:", source)
    source = _TRAILING_GAP.sub(lambda gap: rf"(?: [^ .,?]+){{0,{gap.group(1)}}}", source)
    source = _GAP.sub(lambda gap: rf"(?:[^ .,?]+ ){{0,{gap.group(1)}}}", source)
    return _NAME.sub(lambda name: _class(name.group(1)), source)


@dataclass(frozen=True)
class Phrase:
    """One phrase as a regular expression over plain text. It is compiled when first tried: most phrases rarely are."""

    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the phrase where it begins and ends with whole words."""
        return re.compile(f" (?:{self.source})(?= )")


def phrases(*sources: str) -> tuple[Phrase, ...]:
    """Each of `sources` by itself."""
    return tuple(Phrase(_expanded(source.strip())) for source in sources)


def compiled(*sources: str) -> re.Pattern[str]:
    """One pattern that finds any of `sources` as whole words in the plain form of a text."""
    return Phrase("|".join(phrase.source for phrase in phrases(*sources))).pattern


def matches(any_of: Sequence[Phrase], plain: str) -> Iterator[re.Match[str]]:
    """Where phrases stand in `plain`, as one pattern of them all would find them.

    The leftmost comes first, of several in one place the one that stands first in order; none overlap.
    """
    if len(any_of) == 1:
        yield from any_of[0].pattern.finditer(plain)
        return
    ahead = [phrase.pattern.search(plain) for phrase in any_of]
    while found := min(filter(None, ahead), key=re.Match.start, default=None):
        yield found
        end = found.end()
        for number, match in enumerate(ahead):
            if match and match.start() < end:
                ahead[number] = any_of[number].pattern.search(plain, end)
