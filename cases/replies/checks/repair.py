"""Whether anything is done, offered or asked to put it right (R1, R3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.dates import looks_ahead
from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.ownership import owning, repairs
from cases.replies.checks.plausible import may_mend
from cases.replies.checks.reading import Reading

_NOT = r"(?<!not )(?<!n't )(?<!cannot )(?<!unable to )(?<!no )(?<!never )(?<!without )(?<!refuse to )"
_BASE = (
    r"refund|replace|resend|re-?send|send|bring|deliver|credit|cancel|correct|fix|repair|mend|redo|rebook|book|arrange"
    r"|organi[sz]e|reserve|waive|remove|delete|pay|transfer|return|"
    r"reimburse|cover|cook|bake"
    r"|make (?!sure|certain|every|an effort|any improvement|improvements|changes)|pack|post|ship|drive|drop|collect"
    r"|fetch|pick|call|ring|phone|telephone|visit|come|meet|see (?:you|to it|it)|show|walk|extend|"
    r"open|reopen|unblock|restore|rebuild|rerun|run|attach|enclose|put (?!in place|more|this|new)|add"
    r"|take (?!this|your|it|all|on board|these|every|note|steps|action|that|them|care to)|deduct"
    r"|give (?!this|that|feedback)|offer|upgrade|exchange|swap|clean|wash|move|issue|settle|"
    r"sort|clear|wipe|buy|lay|roast|build|prepare|print|compensate"
    r"|make (?:it|this|that|things|up|good|amends)|honou?r|match|hold|get (?:it|you|your|the|this)"
    r"|find (?:you|a|an|your|out)|keep (?:you|a|one|your|the)|do (?:it|the|that|this|another|your)|teach|"
    r"help|finish|complete|fit|install|hand|lend|double|hear|talk|speak|sit|treat|invite|host|serve|stand"
    r"|have (?:it|a|you|your|the|one|them|that|someone)|let you|win you|set (?:it|you|your|a|up|the)|reinstate|reset"
    r"|rewrite|recut|reprint|retake|tune|stop|look after"
)
_TALKING = (
    r"looking (?:into|at|forward)|working|reviewing|trying|learning|thinking|hoping|feeling|writing to|apologi[sz]ing"
    r"|discussing|improving|training|doing|going|"
    r"having|being|investigating|considering|taking|making (?!you|it|up|amends)|striving|aiming|experiencing|seeing"
    r"|sharing|passing|wondering|asking|getting (?:better|in touch)|"
    r"continuing|constantly|always|during|evaluating|monitoring|updating our|changing (?:how|our|the way)|anything"
    r"|nothing|something|everything|morning|evening|willing|saying|reading|listening"
)
_DONE = (
    r"refunded|replaced|resent|re-sent|sent|brought|delivered|credited|cancelled|canceled|corrected|fixed|repaired"
    r"|mended|redone|rebooked|booked|arranged|organi[sz]ed|reserved|waived|removed|deleted|paid|"
    r"transferred|returned|reimbursed|covered|cooked|baked|packed|posted|shipped|collected|fetched|extended|opened"
    r"|reopened|unblocked|restored|rebuilt|rerun|run|attached|enclosed|put (?!in place|more|this)|added"
    r"|taken (?!this|your|note|all|on board|steps|that|it to|it up)|took (?!this|your|note)|deducted"
    r"|given (?!this|your)|gave you|"
    r"offered|upgraded|exchanged|swapped|cleaned|washed|moved|issued|settled|sorted|cleared|wiped|bought"
    r"|made (?:it|you|a new|up|the payment|sure you|good|another)|ordered|prepared|printed"
    r"|set (?:up|aside|the|your|you|a)|kept (?:you|a|one|your|the first)|found (?:it|you|your|a|the)|mailed|emailed"
    r"|e-mailed|roasted|built|"
    r"finished|completed|fitted|handed|approved|decided it|closed (?:the|your) account|scheduled|assigned"
    r"|asked (?:\w+ ){1,3}to (?:call|bring|come|send|deliver|refund|make)|got you|unlocked|reinstated|reset|reprinted"
    r"|re\w+ed the|spoken (?:to|with) (?:your|him|her)|knocked|halved|freed|uploaded|written it"
    r"|stopped (?:the|your|all)|dropped off|lodged|doubled|knocked"
)
_STATES = (
    rf"(?:{_DONE}|repaid|on (?:its|the|their|your) way|in the post|in today's post|in your inbox|in the mail|back (?:on"
    r"|in|to|with)|yours\b|free\b|attached|booked|fixed|cancelled|gone\b|wiped|off (?:your|the)|on us\b|on me\b"
    r"|on the house|paid|refunded|credited|live\b|"
    r"open\b|ready|waiting (?:for you|in|at)|corrected|approved|cleared|replaced|restored|working (?:again|now)"
    r"|up to date|being \w+|coming|with you|at your (?:door|place)|uploaded|reserved|set aside|sorted|returned"
    r"|enclosed|transferred|covered|waived|here for you|leaving|settled|done|posted|sent|extended)"
)
_OFFERED = re.compile(
    r"\b(?:i|we)(?:'ve| have|'d| had)?(?: (?:also|now|already|just|personally|both|then|today|therefore"
    rf"|\w+ly))* (?:{_DONE})(?:\b|(?<=\s))"
    r"|\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to|'d like to| would like to"
    r"|'d love to| would love to|'d be (?:glad|happy|delighted) to| would be (?:glad|happy|delighted|honoured) to"
    r"| want to| can| could| plan to| intend to|'m (?:happy|glad|coming) to| am (?:happy|glad) to"
    r"|'re happy to)(?! (?:not|never|no longer))(?: (?!not\b|never\b|share|pass|discuss|do\b|be\b|make sure|improve"
    rf"|learn|work|try)[\w-]+){{0,2}} (?:{_BASE})(?:\b|(?<=\s))"
    r"|\b(?:i|we)(?:'m|'re| am| are)(?: (?:also|now|just|already|personally"
    rf"|both))? (?!{_TALKING})\w{{3,}}ing\b(?! (?:every|all|our best|to improve|how|on (?:this|it|improv)))"
    r"|\b(?:is|are|was|were|has been|have been|had been|be|been|gets?|'s|'re|went|goes|go|comes|stays?|works|plays"
    rf"|leaves?|left|arrives?|reach(?:es)?)(?: (?!not\b|never\b|no\b)[\w,-]+){{0,4}}? {_STATES}\b"
    r"|\b(?:i|we)(?: also| now| then| can)? (?:collect|refund|pay|send|bring|replace|come|fix|cover|cancel|credit"
    r"|return|redo|deliver|drive|book|buy|mend|repair)\b"
    r"|\ban? new [\w-]+ (?:on|by|today|is|are|leaves|goes|went|comes|will)\b"
    r"|\b(?:i|we)(?:'ll| will) (?:be (?:at|there|with|round|by|over|waiting|outside)|make sure (?:that )?(?:you|your"
    r"|it|a|the)\b(?![^\n]*(?:never|not|n't|again)))"
    r"|\b(?:i|we)(?:'ve| have) got (?:the|an?|you|your|two|someone|somebody)\b"
    r"|\bthere(?:'s| is| are|'ll be| will be) (?:an?|two|your|one) [^\n]{0,30}(?:with|at|for|on|in|by|left|waiting)\b"
    r"|\brefund made\b"
    r"|\b(?<!feel )(?<!sugar )(?<!nut )(?<!gluten )(?<!nut-)free\b(?! to)|\bno (?:rent|fee|cost)\b"
    r"|\b(?:came|comes|is|was) off\b|\bon (?:my|our) (?:account|bill|tab)\b|\byou choose\b"
    r"|\byou(?:'ll| will| do|'d)?(?: only| now)? (?:pay|owe) (?:nothing|not\b|only|just|\d)"
    r"|\byou (?:won't|will not|don't|do not|needn't|need not) (?:pay|owe|be charged|be billed)|\bnot be charg\w+"
    r"|\b(?<!get )(?<!getting )(?<!come )(?<!got )(?<!gets )back (?:to|with|on|in) (?:you\b|your)|\bready for you\b"
    r"|\b(?:euros?|pounds|dollars|amount|sum|it|all of it|money|\d+)(?: (?:is|are|was|went|goes|comes))? back (?:to|on"
    r"|in|with) you"
    r"|\b(?:works|plays|runs|working|up and running|up) (?:again|now)\b"
    r"|\bas of (?:now|today|this morning|\d|ten|five)|\bsince \d{1,2}[:.]\d\d"
    rf"|\b{_NOT}(?:(?:a |full |partial |complete )+(?:new |free |fresh )?(?:refund|replacement)|refund (?:is|was|has"
    r"|sent|done|paid|issued|went|of)|refunded|replacement|voucher|credit note|discount|free of charge|complimentary"
    r"|\d+ ?% off|at no (?:cost|charge)|no charge|no bill|no fee|nothing to pay|\bbooked\b|at your door(?:step)?"
    r"|on your doorstep|money(?:'s| is|) back|on the house|at (?:our|my) (?:own )?(?:cost|expense)|"
    r"fixed"
    rf"|{_NOT}(?:new|fresh|second|another|right) (?:one|pair|box|bag|set|copy|table|meal|size|date|appointment"
    r"|slot)s?)\b"
    r"|\b(?<!\w )(?:please |do |just |and )*(?:keep|tell me|tell us|let me|let us know (?:which|what|when"
    r"|whether|if you)|choose|pick|bring (?:it|her|them|the)|send (?:it|me)|name (?:a|the|your)|say (?:when|which"
    r"|the))\b",
)
_PLAIN_PAST = re.compile(r"(?:i|we)(?: (?!(?:have|will|would|can|shall)\b)[\w-]+){1,4}")
_QUESTION = re.compile(
    r"\b(?:would|shall|may|can|could|should|which|what|when|where|who|whom|how|is|was|are|were|do|did|does|have|has"
    r"|will|"
    r"anything|ok|okay|or)\b[^\n]*\?"
)


def missing(reading: Reading) -> Iterator[Span]:
    """R1: certain only where nothing may be a deed of repair told in other words."""
    if not reading.absences_count or offers_repair(reading.text):
        return
    if not may_mend(reading.letter.body, reading.complaint):
        yield MISSING


def offers_repair(text: str) -> bool:
    """An action done or promised, an offer, or a question that sets one up."""
    return bool(_QUESTION.search(text)) or any(_offers(line) or looks_ahead(line) for line in text.splitlines())


def _offers(sentence: str) -> bool:
    """ "We sent it cold" has the verb of a repair and is none: a sentence that owns the failure must name what mends it."""
    match = _OFFERED.search(sentence)
    if match is None:
        return False
    return (
        not (_PLAIN_PAST.fullmatch(match[0]) and owning(sentence))
        or repairs(sentence)
        or bool(_OFFERED.search(sentence, match.end()))
    )


def asks_nothing(reading: Reading) -> Iterator[Span]:
    """R3: only while nothing has been done or fixed yet."""
    if reading.absences_count and "?" not in reading.text and not re.search(r"\b(?:i|we)(?:'ve| have) ", reading.text):
        yield MISSING


_MENDED = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it. Which evening may I cook you another?\nTom"

RULES = (
    Rule(
        id="R1",
        name="No repair",
        severity="block",
        why="Only words: nothing was done, offered or asked to put it right.",
        fix="Say what you have done, offer a choice, or ask what would make it right.",
        source="Lewicki, Polin & Lount 2016; Fehr & Gelfand 2010; Singh et al. 2018",
        bad=("I'm sorry. We sent your soup cold and late. We will do better.\nTom",),
        good=(_MENDED, "Sorry, I sent the soup cold. Your money is on its way back.\nTom"),
        find=missing,
    ),
    Rule(
        id="R3",
        name="Asks nothing",
        severity="warn",
        why="Nothing asks what would make it right for them.",
        fix="Offer a choice or ask: “What would make this right for you?”",
        source="Singh et al., HBR 2018: offering options raises satisfaction",
        bad=("I'm sorry, I sent the soup late. A voucher is attached.\nTom",),
        good=(_MENDED,),
        find=asks_nothing,
    ),
)
