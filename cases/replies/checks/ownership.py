"""How English says "I did wrong": whether somebody of the house owns the failure in the active voice.

Found by grammar, not by phrases: the first person (or "our" and a member of the house) with a verb in the past that is
neither listening nor repair. "We billed you twice" owns, "we refunded you" does not.
"""

from __future__ import annotations

import re

from cases.spoken.english import words

_ADVERB = (
    r"(?: (?:also|then|even|just|simply|really|clearly|both|only|all|still|badly|plainly|twice|once|again|already"
    r"|always|\w+ly))"
)
_WE = (
    r"(?:(?<!shall )(?<!may )(?<!can )(?<!could )(?<!would )(?:i|we)(?: all| both| two)?"
    rf"|(?:one|some|none|neither|nobody|no one) of (?:us|my \w+)|nobody here|no one here)\b{_ADVERB}{{0,2}}"
)
_OUTSIDERS = (
    r"courier|carrier|supplier|manufacturer|wholesaler|vendor|subcontractor|contractor|provider|partner|system|systems"
    r"|software|website|app|"
    r"records?|data|logs?|server|computer|policy|terms|tracking|trainee|apprentice|agency|gps|database"
)
_HOUSE = rf"(?:our|my)(?: (?!(?:{_OUTSIDERS})\b)[\w-]+){{1,3}}?"
_US = rf"\b(?:{_WE}|{_HOUSE})"
_HAVE = r"(?:'ve|'d| have| had)"

_IRREGULAR = (
    "sent gave sold left kept took put got let lost broke forgot fell blew hid ran went cut set hit shut shrank "
    "shrunk ground burnt spoilt misread misled mistook hung stuck overdid did threw drove wore chose lay stole "
    "tore swept overslept held said made misspelt spoke told wrote led stood built bought brought mishandled came "
    "read hurt"
)

# A past verb in the first person that owns nothing: listening, thinking, and repairing.
_BLAMELESS = words(
    "received read checked looked spoke talked asked refunded credited corrected fixed replaced reviewed shared "
    "passed noted discussed reserved arranged organised organized attached enclosed added called rang phoned "
    "telephoned wrote heard saw learned learnt understood felt thought hoped wanted tried appreciated valued "
    "worked wished apologised apologized returned transferred paid extended opened reopened unblocked updated "
    "informed investigated found contacted repaired mended prepared ordered reimbursed waived removed deleted "
    "approved decided doubled issued tested confirmed needed asked liked loved strived strove experienced faced "
    "encountered enjoyed noticed realised realized raised escalated forwarded launched reported registered "
    "recorded logged handled aimed regretted cared prided met visited offered resent collected fetched cleaned "
    "cooked baked gathered examined analysed analyzed improved trained reminded upgraded created identified "
    "resolved solved completed followed assigned explained mentioned stated advised notified believed considered "
    "understand agreed started began wiped cleared stopped used watched rebuilt said came stood brought bought "
    "built led told hurt had made did got put took gave kept sent held set went read roasted packed posted "
    "shipped delivered ran"
)

_FAULT_WORD = (
    r"\b(?:wrong(?:ly)?|incorrect(?:ly)?|late|later|too|without|instead|twice|never|not|n't|cold|old|missing|broken"
    r"|faulty|by mistake|short|"
    r"mistakes?|errors?|mess|damaged|wilted|stale|hash|nothing|nobody|waiting|waited|badly|poor(?:ly)?|hanging|silent"
    r"|quiet|slow|"
    r"elsewhere|away|in circles|somebody else|someone else|another|mixed up|opposite|a bad|for granted|unfair(?:ly)?"
    r"|careless(?:ly)?|"
    r"no (?:way|answer|reply|word|warning|notice|thought)|worse|\d+ (?:seats|minutes|hours|days|weeks)|used|empty"
    r"|unanswered|dark)\b"
)
_SENT_WRONG = (
    r"sent|gave|sold|packed|shipped|delivered|put|took|kept|made|got|set|held|did|went|served|handed|posted|brought"
    r"|told|cooked|used|passed|"
    r"asked|looked|checked|ran|came|said|spoke|answered|started|stood|had|wrote|called"
)

_FAULT_VERB = (
    r"forg[eo]t(?:ten)?|miss(?:ed)?|overlook(?:ed)?|fail(?:ed)?|neglect(?:ed)?|lost|mislaid|misplaced|mixed|muddled"
    r"|mess(?:ed)|screwed|botched|"
    r"bungled|broke(?:n)?|damaged|ruined|spoil(?:t|ed)|scratched|burn(?:t|ed)|dropped the|delayed|ignored|misread"
    r"|misunderstood|misjudged|mishandled|"
    r"misled|misinformed|mis\w+ed|mistook|mistaken|double-\w+"
    r"|over(?:charged|booked|promised|committed|cooked|looked|sold|billed|estimated|slept)|"
    r"under(?:estimated|cooked|staffed)|fallen short|fell short"
    r"|let (?:you|your|it|this|that|things|her|him|them|everyone|down|both|all|\w+ (?:slip|slide|down|go))\b|kept you"
    r"|left you|wronged|hurt you|"
    r"disappointed you|made you|put you through|passed you|caused|blown it|blew it|slipped up|cocked up|ballsed|goofed"
    r"|erred|sinned|dropped|"
    r"got (?:it|this|that|your \w+|you|things|everything|the \w+)(?: \w+){0,3} wrong|done (?:wrong|badly|you)"
    r"|treated you|fobbed|brushed you|doubted"
)
_WRONG = (
    r"wrong|late|rude|careless|slow|short with|cold (?:to|with|and)|unkind|unfair|sloppy|too \w+|distracted"
    r"|inattentive|clumsy|negligent|"
    r"unprepared|disorgani[sz]ed|thoughtless|dismissive|curt|abrupt|impatient|guilty|responsible|to blame|at fault"
    r"|the one|in the wrong|"
    r"ashamed|embarrassed|not \w+|out of order|out of line|unhelpful|nowhere|asleep|silent|overwhelmed|short"
)
_NEUTRAL = (
    r"sorry|busy|happy|glad|sad|surprised|shocked|concerned|pleased|delighted|closed|full|understaffed|hit|affected"
    r"|aware|made|notified|informed|told|able|unable|"
    r"going|working|there|in|at|on|the|an?|very|really|extremely|so|not|hoping|trying|expecting|waiting|experiencing"
    r"|facing|dealing|overwhelmed|swamped|inundated|"
    r"short|upset|disappointed|dismayed|saddened|asked|advised|assured|given|forced|relying|reliant|dependent|as|also"
    r"|only|just|always|never|on|out|under|victims?|here|"
    r"proud|grateful|honoured|touched|moved|right|correct|clear|open|polite|friendly|with|without|to|good|great|fine"
    r"|too|all|both|already|\w+ed by"
)
_FAULT_NOUN = (
    r"mistakes?|faults?|errors?|oversights?|slips?|slip-up|failures?|failings?|doing|carelessness|negligence|blunders?"
    r"|bad|omissions?|mess|"
    r"screw-?up|cock-?up|lapses?|shortcomings?|muddle|mix-?up|incompetence|sloppiness|thoughtlessness|silence|delays?"
    r"|blame|forgetfulness|"
    r"responsibility|wrong"
)

_OWNING = re.compile(
    "|".join(
        (
            # my mistake, that failure of ours; "not our fault" is the opposite
            rf"\b(?<!not )(?<!n't )(?<!never )(?:my|our)(?: \w+){{0,3}} (?:{_FAULT_NOUN})\b(?! (?:to keep|to protect"
            r"|to follow))",
            rf"\b(?:{_FAULT_NOUN}) (?:is|was|lies|rests|sits|stays|of|on|at|in|were|are)(?: \w+){{0,2}} (?:mine|ours|me|us"
            r"|(?:our|my) (?:side|part|end|kitchen|shop|doing|desk|hands))\b",
            r"\b(?:that|this|it|all|both|either|blame|which|one|lot|three|two)(?:'s|'re| is| was| are| were| lies| falls"
            r"| rests| sits)?(?: \w+){0,2} (?:on|with|down to|because of) (?:me|us)\b(?! \w*(?:house|time))",
            r"\b(?:no excuses?\b|inexcusable|unforgivable of|mine alone|ours alone|entirely (?:mine|ours)|not yours)"
            r"|\bbecause of (?:me|us)\b",
            # taking responsibility
            r"\b(?:i|we)\b[^\n]{0,30}\b(?:take|accept|bear|carry|shoulder|hold)\b[^\n]{0,30}\b(?:responsib\w+|blame|myself"
            r"|ourselves)\b",
            r"\b(?:i|we)(?: \w+)? own (?:up|(?:it|that|this)(?: one| completely| fully| mistake| failure"
            r"| error)?\s*(?:[.,;:!\n]|$|and))",
            r"\b(?:i|we)(?:'ve| have)? (?:have|owe|owed) you (?:an? )?(?:\w+ )?(?:apology|explanation|better)"
            r"|\b(?:i|we) owe you\b",
            r"\b(?:i|we)(?:'m|'re| am| are) the (?:\w+ )?(?:reason|cause|culprits?|ones? (?:who|to|at)|person who"
            r"|people who)\b|\b(?:i|we) answer for\b",
            r"\bno (?:good |real |valid )?(?:reason|excuses?|explanation|defen[cs]e)\b"
            r"|\b(?:for|up to) (?:me|us) to (?:put|fix|sort|mend|make)"
            r"|\b(?:mine|ours) to (?:put|fix|sort|mend|make|answer)"
            r"|\b(?:is|was) (?:my|our) (?:job|duty|task)\b",
            rf"{_US} did (?:that|this|it|both|all)\b(?! (?:right|well|correctly))"
            rf"|\b{_WE} (?:had|have|'d|'ve)?(?: \w+)? ?let (?:the |\w+ ){{0,2}}\w+ (?:pile|slip|slide|go|stand|wait|lie|sit"
            r"|drift"
            r"|run|lapse|rest)\b",
            r"\b(?:that|this|it|which)(?:'s| is| was| were)(?: \w+ly| very| just| plain| simply)? (?:wrong|poor|shabby|shoddy"
            r"|sloppy|careless|thoughtless|unfair|unkind|rude|lazy|shameful|not (?:right|good enough|fair|ok|okay)"
            r"|no way to (?:treat|speak|talk|answer))\b(?! (?:size|address|item|one))"
            r"|\b(?:isn't|wasn't|not|hardly) good enough\b|\bnot what you pay (?:us|me) for\b",
            r"\b(?:nobody|no one|no-one|none|not one)(?: of us| of my \w+)?(?: (?:here|at|in|on|from) (?:our|my"
            r"|the) \w+(?: \w+)?| here| of us)\b|\bit took (?:me|us)\b"
            r"|\b(?:\w+ )?(?:failed|let you down|broke) at\b",
            r"\bblame (?:myself|ourselves)\b"
            r"|\bto blame but (?:me|us|myself|ourselves)\b|\b(?:hold|put) (?:my|our) hands? up\b",
            # should have
            rf"\b{_WE} (?:should|ought|could|might)(?:n't| not| never| to| at least| both| all|{_ADVERB})* (?:have|'ve|of)\b"
            r"|\b(?:should|could)'ve\b|\b(?:i|we) ought\b",
            r"\b(?:you|nobody|no one|no \w+|they|she|he|your \w+(?: \w+)?)(?: \w+)? (?:shouldn't|should not|should never"
            r"|ought not|shouldnt)(?: ever)? (?:have|to have|need)\b"
            r"|\bshould (?:never|not) have (?:left|reached|gone|passed|got)\b[^\n]{0,30}\b(?:here|us|our|me|my)\b",
            r"\byou (?:deserved|should have (?:heard|been told|had|got|received|been)|had (?:every )?right|were owed"
            r"|were right|had to (?:ask|write|chase|wait|explain|tell))\b",
            # negated past
            rf"{_US}(?: \w+)? (?:didn't|did not|didnt|hadn't|had not|haven't|have not|never|couldn't|could not"
            r"|wasn't|was not|weren't|were not|hasn't|has not)\b"
            r"(?! (?:mean|intend|want|find|see (?:any|a)|know|receive|received|do anything|had (?:this|any|such|a)|been able"
            r"|heard|yet|get (?:your|any)|to|realise|realize|experience))",
            rf"{_US}(?:'ve|'d)(?: \w+ly)? (?:not|never)\b",
            # fault verbs in any tense of the past
            rf"{_US}(?:{_HAVE}| has)?{_ADVERB}{{0,2}} (?:{_FAULT_VERB})\b",
            rf"{_US}(?:'m|'re| am| are| was| were|{_HAVE} been| got){_ADVERB}{{0,2}} (?:{_WRONG})\b",
            rf"{_US}(?:{_HAVE})?{_ADVERB}{{0,2}} (?:{_SENT_WRONG})\b(?! (?:not|n't) )[^\n.;]{{0,60}}?{_FAULT_WORD}",
            rf"{_US}(?:{_HAVE})? (?:kept|keep) (?:on )?\w+ing\b",
            rf"{_US}(?: have| had|'d)? (?:left|made) (?:you|your|her|him|it|things|the|a (?:mess|hash|mistake|poor"
            r"|bad|mockery)|several|some|two)\b",
            # we were rough with it; "we were busy" owns nothing
            rf"{_US} (?:was|were)(?: \w+ly| just| simply| far| so| very| quite| plain)? (?!{_NEUTRAL})[a-z]+\b",
            r"\bours (?:was|were)\b"
            r"|\b(?:happened|went wrong|slipped|got lost|it was|that was|mistake|error|fault)\b[^\n]{0,25} (?:on|at) (?:our"
            r"|my) (?:side|end|part)\b|\bbehind your back\b",
            r"\byou (?:asked|wrote|paid|came|ordered|called|rang|trusted|booked)\b[^\n]{3,70} and (?:got|were given|were told"
            r"|received|left with|ended up|found|had)\b",
            rf"\b{_WE} [^\n.;:]{{0,70}}\b(?:and|but|then) (?:then |just |still |only |simply )?(?:sat|let|left|lost|forgot"
            r"|ignored|did nothing|did not|didn't|never|failed|kept|hid|hoped|shrugged|billed|charged|broke|missed)\b",
            # it sat on our counter; not one answer from us; it was my crew; I was in a hurry
            r"\b(?:sat|stood|lay|waited|got stuck|hung|stayed|came|left|went|happened|began|started|ended up"
            rf"|slept) [^\n]{{0,25}}?(?:on|in|at|from|by|under|behind|through|off|past) (?:our|my) (?!(?:{_OUTSIDERS}"
            r"|favou?rite)\b)\w+",
            r"\b(?:no|not|nobody|nothing|none|never|silence|without)\b[^\n.;]{0,40} (?:from|of) (?:us|me|mine|ours)\b"
            r"|\bfrom us,? and\b",
            r"\b(?:it|that|this) was (?:my|our) (?!(?:pleasure|busiest|first|policy|understanding|intention|courier|supplier"
            r"|system|aim|best)\b)\w+"
            r"|\b(?:i|we) (?:was|were) in (?:a|too much of a|such a) (?:hurry|rush)\b|\b(?:my|our) \w+ all over\b"
            r"|\band it shows\b",
            # sorry for keeping you waiting
            r"\b(?:sorry|apolog\w+|forgive (?:me|us))\b[^\n.;]{0,30}\b(?:for|about)(?: (?:me|us|our|my))?(?: (?:not|ever"
            r"|having|even|both|first|once|again|\w+ly)){0,2} "
            r"(?!anything|something|nothing|everything|evening|morning|wedding|being\b|bring|during|building|booking|training"
            r"|parking|hearing|ceiling)\w{2,}ing\b(?! of)",
            r"\b(?:sorry|apolog\w+)\b[^\n.;]{0,20}\b(?:for|about|over) (?:my|our)\b(?! (?:late reply|delay in (?:reply"
            r"|respond)))",
            r"\bfell short of what you\b"
            r"|\blive up to (?:our|what|my) (?:word|promise)|\bbroke (?:my|our) (?:word|promise)|\bon (?:my|our) watch\b",
        )
    )
)
_PAST = re.compile(rf"{_US} ((?:{_IRREGULAR.replace(' ', '|')})|[a-z-]{{2,}}ed)\b")
_NEGATED_OWNING = re.compile(
    r"\b(?:not|n't|never|isn't|wasn't|hardly|nothing)(?: \w+){0,3} (?:my|our) (?:fault|mistake|error|responsibility"
    r"|doing|failure)"
    r"|\b(?:we|i) (?:did|have done) nothing wrong"
    r"|\bno (?:fault|mistake|error)[^\n]{0,12} (?:our|my)\b"
)


def owns(text: str) -> bool:
    """Whether somebody of the house says, in the active voice, what they did wrong."""
    return any(owning(line) for line in text.splitlines())


def owning(sentence: str) -> re.Match[str] | None:
    """The words in this sentence with which the writer owns the failure."""
    if _NEGATED_OWNING.search(sentence):
        return None
    return _OWNING.search(sentence) or _plain_past(sentence) or _given(sentence)


# "We sent you a bill of $400" owns, "we sent you a new one" repairs: the object decides.
_GAVE = re.compile(
    rf"{_US}(?: had)? (?:(?:sent|gave|sold|put|served|packed|delivered|shipped|handed|posted"
    r"|fitted|used|stood|sat|hid|kept|brought|held|drove|threw|lent) (?!this on|it on|a note|word|back|in touch"
    r"|you informed|you posted)|(?:told|made|set|took) (?:you|your|it|her|him|them)\b)([^\n;]*)"
)
_REPAIRING = re.compile(
    r"\b(?:new|replacement|refund\w*|voucher|credit|another|fresh|back|money|compensation|discount|free|today"
    r"|this (?:morning|afternoon|evening)|just|now|instead|right one|on my list|busy)\b"
)


def _given(sentence: str) -> re.Match[str] | None:
    match = _GAVE.search(sentence)
    return match if match and not repairs(match[1]) else None


def repairs(words: str) -> bool:
    """Whether these words name something that mends: a new one, money, today."""
    return bool(_REPAIRING.search(words))


def _plain_past(sentence: str) -> re.Match[str] | None:
    """ "We billed you $400": any past act of ours that is neither listening nor repair."""
    for match in _PAST.finditer(sentence):
        if match[1] not in _BLAMELESS:
            return match
    return None
