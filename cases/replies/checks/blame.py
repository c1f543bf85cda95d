"""Whether the reply points at somebody else or explains too much (E1, E2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.excuses import OBLIQUE
from cases.replies.checks.finding import Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading

# People and things outside the writer's reach, and the scapegoats within: "the new trainee".
_OUTSIDERS = (
    r"couriers?|carriers?|suppliers?|manufacturers?|wholesalers?|vendors?|sub-?contractors?|contractors?|providers?"
    r"|post office|postal service|post(?:man|woman)|mail service|"
    r"royal mail|dhl|ups|fedex|hermes|dpd|gls|usps|evri|aws|azure|stripe|paypal|google|microsoft"
    r"|delivery (?:company|firm|partner|service|driver|app|people)"
    r"|(?:third|outside|external) part(?:y|ies)|"
    r"shipping (?:company|partner|line)"
    r"|logistics (?:company|partner|team|firm)|partners?|agency|agencies|factory|importers?|distributors?|customs"
    r"|airport|air traffic control|"
    r"bus company|(?:former |previous )?resellers?|brokers?|dealers?|franchis\w+|hard drives?|laptop|repair shop"
    r"|forwarders?|forwarder's people|cloud host|hosts?|hospital"
    r"|(?:the |that )?(?:lad|lads|boy|girl|guy|man|men|chap|fellow|bloke|woman)(?: (?:i|we) \w+)?|insurers?|landlord"
    r"|council|government|producer|farm|baker|grower|importer"
    r"|(?:your|the|a|our) (?:bank|doctor|insurer|landlord|builder|neighbours?)|previous owners?|lab|printers?|weather"
    r"|rain|wind|heat|vandals|thieves|hackers|storms?|snow|traffic|roadworks|strikes?|"
    r"systems?|software|computers?|server|website|web ?shop|app|bug|glitch|algorithm|database|scanner|till|platform"
    r"|machine|integration|hosting|power cut|"
    r"trainee|apprentice|intern|temps?"
    r"|(?:a |the |our )?(?:new|junior|temporary) (?:employee|starter|colleague|member|person|girl|boy|guy|staff|hire"
    r"|driver|waiter|assistant|nurse)|the driver"
    r"|one of (?:our|my|the) (?:staff|drivers|people|employees|colleagues)"
    r"|a (?:colleague|member of staff|staff member)"
)
_FRIENDLY = (
    r"collected|picked|confirmed|fixed|restored|repaired|updated|called|arrived|promised|signed|replaced|refunded"
    r"|credited|agreed|returned|"
    r"tested|checked|passed|needed|used|related|based|asked|looked|worked|helped|booked|scheduled|named|mentioned"
    r"|received|opened|reopened|"
    r"cleared|approved|attached|corrected|reserved|involved|supposed|parked|requested"
)
_FAULTY = (
    r"let (?:us|me|you|everyone|people) down|fail(?:ed|s)?|did not|didn't|does not|doesn't|lost|delay(?:ed|s)?|ran out"
    r"|run out|forgot|missed|went down|goes down|was down|were down|crash(?:ed|es)?|broke|"
    r"(?:was|were|is|are|has been|have been|had been) (?:\w+ )?(?:late|slow|down|delayed|overloaded|faulty|behind"
    r"|closed|offline|short|out|sick|ill|to blame|unable|responsible|broken|unreliable|stuck|at fault|wrong)|never"
    r"|held|holds|must have|got (?:stuck|lost|it wrong|the)|mixed|damaged|"
    r"mishandled|refused|could not|couldn't|messed|changed|cancelled|kept|keeps|had an?|has an?"
    r"|had (?:some |technical |serious )?(?:problems?|issues?|trouble|difficult\w+|outages?)"
    r"|(?:sent|delivered|gave|packed|wrote|put|supplied|printed|entered|booked|charged|double-charged|told|marked|left"
    r"|took|dropped|made|raised|showed|treated)|"
    r"mis\w+|overcharged|double\w*|duplicated|triggered|rejected|lets? \w+ down|forced|prevented|went wrong"
    rf"|(?!(?:{_FRIENDLY})\b)\w{{3,}}ed|turned|cut|called in|stopped|would not|wouldn't"
)
_CAUSE = (
    r"(?:due to|because of|owing to|caused by|as a result of|thanks to|on account of|resulted from|resulting from"
    r"|stemm(?:ed|ing) from|attributable to|down to|result of|arose from|the reason (?:is|was|being)|because|since"
    r"|in view of|in light of|given)"
)
_CIRCUMSTANCE = (
    rf"{_OUTSIDERS}|demand|volumes?|high (?:number|level|season|order)"
    r"|number of (?:orders|requests|calls|customers|bookings)|season|holidays?|rush|christmas|easter|peak|backlog"
    r"|staff(?:ing)? (?:shortages?|problems?|issues?|sickness)"
    r"|short(?:age)?-?(?:s| of staff|staffed| staffed)?|"
    r"understaffed|sickness|illness|covid|pandemic|roads?|ice|icy|emergenc(?:y|ies)|circumstances|conditions|technical"
    r"|operational|unforeseen"
    r"|unexpected|supply|stock|outages?|maintenance|legislation|regulations?|inflation|prices|third-party"
    r"|force majeure|war|brexit|busy"
)
_BEYOND = (
    r"\b(?:(?:beyond|outside|out of) (?:of )?(?:our|my|anyone's) (?:control|hands|influence)|force majeure"
    r"|unforeseen circumstances|operational reasons|technical (?:reasons|difficulties|issues?|problems?|error)"
    r"|act of god|could not have (?:foreseen|known|prevented|predicted)|can'?t (?:control|be helped|help that)"
    r"|cannot (?:control|be helped)|couldn't be helped|not (?:in|under) our control)\b"
)
_TERMS = (
    r"\b(?:as (?:stated|set out|described|explained|mentioned|written|per|outlined|specified) (?:in|by|on)?"
    r"|according to|under|in line with|in accordance with|per|pursuant to|it says (?:so )?(?:in|on)) (?:our|the|your"
    r"|these)(?: \w+){0,3} (?:terms|conditions|policy|policies|contract|agreement|website|rules|form|small print"
    r"|guidelines|t&cs?)\b"
)
SHIFTING = re.compile(
    rf"\b{_CAUSE} (?!(?:me|us|my|i|we)\b)[^\n,.;:]{{0,45}}?\b(?:{_CIRCUMSTANCE})\b"
    rf"|\b(?:because|since|as) (?:we|i)(?:'re| are| were| was| had been)(?: \w+){{0,2}} (?:short-?staffed|understaffed"
    r"|busy|swamped|short of staff|inundated)\b"
    rf"|\b(?<!of )(?<!with )(?<!to )(?:{_OUTSIDERS})(?: (?:in|at|from|of|side|here|\w+ing|who|that|we use|has|have|had"
    r"|then|also|just|simply|again|\w+ly|unfortunately|\w+ed|(?:in|on|at|from|of|for|with|near|around) (?:the |our "
    rf"|my |your |a )?\w+(?: \w+)?)){{0,4}} (?:{_FAULTY})\b"
    r"|\b(?:it was|this was|that was|it's|is|was|were|there was|there were|had) (?:down to )?(?:an?|some|our"
    r"|the) (?:\w+ )?(?:(?<!our )(?:bug|glitch)|technical|system error|computer error|software|courier|supplier"
    r"|carrier|it problem"
    r"|it issue|outage)\b"
    r"|\b(?:as|because|since) (?!i\b|we\b|my\b|our own\b)[^\n,]{3,80},? (?:i|we) (?:could not|couldn't|were not able"
    r"|weren't able|were unable|was unable|was not able|had to|were forced)\b"
    r"|\bbecause (?:the|a|an|your|their|some|there) (?![^\n]*\b(?:i|we|my|our|me|us)\b)[^\n]{4,80}"
    r"|\b(?:cause|root|reason|origin|source)(?: (?:of|for|behind)(?: \w+){1,3})? (?:is|was|lies|lay) (?!that (?:i"
    r"|we)\b|my\b|our own\b|me\b|us\b|mine\b|ours\b|for\b|(?:we|i)\b|no\b)(?:that |in |with )?(?:the|a|an|your|their"
    r"|some)\b"
    r"|\b(?:lost|damaged|delayed|cancelled|caused|misrouted|mis\w+|forgotten|dropped|broken|refused|rejected|held up"
    r"|blocked|overlooked|missed|scratched|delivered late) by (?:the|our|a|an|your"
    rf"|one of our) (?:\w+ )?(?:{_OUTSIDERS})\b"
    rf"|{_BEYOND}|{_TERMS}"
    r"|\b(?:called in sick|off sick|on (?:sick )?leave|on holiday|on vacation|at the last minute)\b"
    r"|\b(?:i|we) (?:am|are|was|were) (?:powerless|helpless|at the mercy)"
    r"|\b(?:it is|it's|it was|this is) (?:the|an?|your) [^\n,.]{3,40} (?:that|who|which) (?:set|sets|decide[sd]?"
    r"|cause[sd]?|make[s]?|made|did|is|was|has|had|require[sd]?)\b"
    r"|\b(?:busy|peak) (?:times|periods|season|days|weekends) (?:may|can|might|do|will|mean|take)"
    r"|\b(?:is|are) (?:experiencing|facing|seeing) (?:\w+ ){0,2}(?:high|volume|demand|delays)"
    r"|\b(?:natural product|these things happen|such things happen|things like (?:this|that) (?:happen|can happen)"
    r"|part of (?:life|the business))\b"
)
_TAKEN_BACK = re.compile(
    r"\b(?:(?:is|was|are|'s|were) (?:still |entirely |all |clearly )?(?:my|our|mine|ours|on me|on us)\b(?! (?:courier"
    r"|supplier|busiest))|not yours|no excuse|not an excuse|my (?:job|mistake|fault|responsibility|problem)|our (?:job"
    r"|mistake|fault|responsibility|problem)|(?:on|to) (?:me|us)\b|mine to|ours to|"
    r"(?:and|but|yet|still|so|;) (?:it was )?(?:i|we) (?:should|ought|chose|picked|take|own)\b)"
)
_BUT_OWNED = re.compile(
    r"\b(?:but|yet|still)\b[^\n]{0,20}\b(?:i|we) (?:should|could|ought|chose|picked|did not|didn't|failed|forgot|never"
    r"|had)\b"
)
_THAT_IS_OURS = re.compile(
    r"(?:but |and |still,? |yet )?(?:that|this|it|choosing \w+|checking \w*|you (?:bought|ordered|paid|trusted)"
    r"|you're not|you are not|none of)\b[^\n]{0,50}\b(?:my|our|mine|ours|me|us|yours?)\b"
)

_SUPPOSING = re.compile(r"\b(?:if|should|whether|in case|whatever|anything|unless)\b[^\n,;]*$")

_CAUSAL = re.compile(
    r"\b(?:because(?! of (?:it|us|me|this|that|my|our))|due to|owing to|caused by|as a result of|the reason (?:is|was"
    r"|for|why)|that(?:'s| is| was) why|resulted from|since (?:we|our|i|the|it)|on account of|thanks to (?:a|an|the)"
    r"|stemmed from|what happened (?:is|was)|this happened)\b"
)
_EXCUSE_FIRST = re.compile(
    r"\b(?:(?:it|that|this|friday|saturday|sunday|monday|yesterday|last \w+|the \w+) (?:was|were|is|are) (?:our|a|an"
    r"|the)? ?(?:very |extremely |exceptionally |unusually |really )?(?:busy|busiest|hectic|chaotic|crazy|full house"
    r"|peak)|(?:we|i)(?:'re| are| were| was| had)(?: \w+)? (?:busy|short-?staffed|understaffed|swamped|overrun|full"
    r"|a full house|a lot on|many orders|so many))\b"
)


def shifts_blame(reading: Reading) -> Iterator[Span]:
    """E1: an outside cause, unless the writer takes it back in the same sentence or the next: "but that is on me"."""
    for pattern in (SHIFTING, OBLIQUE):
        for match in pattern.finditer(reading.text):
            if not _supposed(reading, match.start()) and not _taken_back(reading, match.start(), match.end()):
                yield match.span()


def _supposed(reading: Reading, start: int) -> bool:
    """ "If the bank has charged you, I'll pay it" accuses nobody."""
    before = reading.text[reading.letter.span(reading.letter.sentence(start))[0] : start]
    return bool(_SUPPOSING.search(before))


def _taken_back(reading: Reading, start: int, end: int) -> bool:
    number = reading.letter.sentence(start)
    rest = reading.text[end : reading.letter.span(number)[1]]
    beside = reading.letter.words_of(number + 1)
    return bool(
        _TAKEN_BACK.search(rest)
        or _BUT_OWNED.search(rest)
        or _TAKEN_BACK.match(beside[:60])
        or _THAT_IS_OURS.match(beside)
    )


def explains_too_much(reading: Reading) -> Iterator[Span]:
    """E2: any cause at all in the strict mode; otherwise a second one, or one that comes before the apology."""
    causes = [match.span() for match in _CAUSAL.finditer(reading.text)]
    if reading.given.strict:
        yield from causes
        return
    yield from causes[1:2]
    first = min([match.span() for match in _EXCUSE_FIRST.finditer(reading.text)] + causes[:1], default=None)
    if first and reading.apology and first[0] < reading.apology.start():
        yield first


_OWNED = "I'm sorry. I sent your soup out cold because I forgot to call the driver. I have refunded it.\nTom"

RULES = (
    Rule(
        id="E1",
        name="Blame shifting",
        severity="block",
        why="It points at somebody or something else; an excuse lowers trust.",
        fix="Leave the outside cause out, or say what you could have done and did not.",
        source="Kapeš et al. 2022, THM 28(1), n = 435: denial and excuse lower trust",
        bad=(
            "I'm sorry your soup was cold. The courier let us down.\nTom",
            "I'm sorry about the soup. Due to high demand we sent it late.\nTom",
        ),
        good=(
            _OWNED,
            "I'm sorry about the cold soup. The courier was slow, but choosing him was my mistake. Refunded.\nTom",
        ),
        find=shifts_blame,
    ),
    Rule(
        id="E2",
        name="Explains too much",
        severity="warn",
        strict_severity="block",
        why="A cause before the apology, or a second one, reads as an excuse.",
        fix="Apologise first; keep at most one sentence of explanation, about what you did.",
        source="Lewicki, Polin & Lount 2016; Kapeš et al. 2022; in strict mode the founders' own rule: no explanation",
        bad=("It was our busiest night and I forgot your soup. Sorry. Refunded.\nTom",),
        good=(_OWNED,),
        find=explains_too_much,
    ),
)
