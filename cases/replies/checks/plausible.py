"""What may well be contrition, ownership, repair or naming, though no grammar proves it: the benefit of the doubt.

A rule that says "something is missing" must be sure that it is. People own a failure in idioms and pictures that no
list will ever hold ("I let the dough win"), so an absence counts only where nothing here speaks against it.
"""

from __future__ import annotations

import re

from cases.spoken.english import words

_SHAME = (
    r"ashamed|mortified|gutted|appalled|horrified|embarrassed|sick about|heartbroken|red-faced|kicking myself"
    r"|beside myself|squirming|cringing|blushing"
)
_TOO_BAD = (
    r"inexcusable|unforgivable|indefensible|shameful|disgraceful|shoddy|shabby|sloppy|rubbish|dreadful|woeful|hopeless"
    r"|pitiful|wretched|lamentable|amateurish|poor show|not on|unacceptable|wrong way (?:round|around)|back to front"
)
# Sorrow without the word: enough in place of "sorry" when the writer owns the failure as well.
CONTRITE = re.compile(
    r"\b(?:beg(?:ging)? your (?:pardon|forgiveness)|(?:please |do |kindly )?(?:forgive|pardon|excuse) (?:me|us|my|our"
    r"|the"
    r"|this|that)|ask(?:ing)? (?:for )?your (?:pardon|forgiveness)|mea culpa|my bad|our bad"
    rf"|(?:i|we)(?:'m|'re| am| are| was| were| feel| felt)(?: \w+){{0,2}} (?:{_SHAME}|awful|terrible|rotten|dreadful"
    rf"|sick)"
    r"|hang(?:ing)? (?:my|our) heads?|(?:my|our) heads? (?:is|are) (?:bowed|hung)|eat(?:ing)? (?:humble pie|crow)"
    r"|(?:i|we) (?:deeply |truly |sincerely |very much |bitterly |so )?regret (?:that (?:i|we)|it|this|how (?:i|we)"
    r"|what"
    r"|my|our|having)|with (?:real |deep |great |much )?(?:shame|regret|remorse)|(?:deep|sincere|heartfelt) regrets?"
    rf"|{_TOO_BAD}|no excuses?|you were (?:quite |absolutely |entirely )?right to be"
    r"|(?:i|we)(?:'d| would)(?: have)?(?: \w+)? (?:be|been) (?:\w+ )?(?:livid|furious|angry|cross|fuming|raging|mad"
    r"|upset)"
    r"|(?:on|down to) (?:me|us)\b(?=[.,;:!\n]|$| and)|(?:the )?(?:blame|fault) (?:is|was) (?:all |entirely )?(?:mine"
    r"|ours)"
    r"|you deserved (?:better|more)|(?:i|we) owe you (?:an apology|better)|wish (?:i|we) could (?:undo|take (?:it"
    r"|that) back))"
)

_IDLE = words(
    "was were am are have has had did do does been received read checked looked spoke talked asked refunded credited "
    "corrected fixed replaced reviewed shared passed noted discussed arranged added called rang phoned wrote heard saw "
    "learned learnt understood felt thought hoped wanted tried appreciated valued worked wished apologised apologized "
    "returned transferred paid updated informed investigated contacted repaired prepared reimbursed issued confirmed "
    "needed experienced faced encountered noticed realised realized raised escalated forwarded reported registered "
    "recorded logged regretted sent resent found explained mentioned attached enclosed removed booked reserved ordered "
    "listened spoken cancelled offered visited considered resolved "
)
_DID = re.compile(
    r"\b(?<!shall )(?<!may )(?<!can )(?<!did )(?<!would )(?:i|we)(?:'d| had)?(?: \w+ly| just| then| still| even| only"
    r"| also)? (?P<verb>\w{2,}ed|believed|had|set|ran|let"
    r"|chose|drew|grew|knew|thought|took|took|held|bet|lent|cut|hit|hid|stood|sat|slept|drove|flew|wrote|broke|built"
    r"|sold"
    r"|fell|gave|went|came|said|told|kept|kept|left|lost|made|meant|put|wore|spun|swung|threw|dug|bit"
    r"|blew)\b(?P<what>[^\n]*)"
)
# Having two people where eight are needed owns; having a look does not.
_HAD_TOO_FEW = re.compile(r" (?:only|just|two|one|three|nobody|no one|no \w+ (?:on|at|in))\b")
_LISTENING = re.compile(
    r"\s*(?:a|the|your|to|another)?\s*(?:look|word|talk|chat|read|think|new|refund\w*|replacement|credit|voucher|note"
    r"|steps?"
    r"|chance|record|complaint|message|letter|e-?mail|opportunity|pleasure|no (?:idea|way|record|control|choice))\b"
    r"|[^\n]*\b(?:refund\w*|replacement|back (?:to|on|in)|courier|supplier|sorry|heard|busy|busiest|policy|terms)\b"
)
_HALF_OWNED = re.compile(
    rf"\b(?:{_TOO_BAD}|no way to (?:treat|speak|run|greet|welcome)|no excuses?)\b"
    r"|\b(?:our|my) (?:own )?(?:\w+ )?(?:bugs?|slip|howler|clanger|goof|typo|arithmetic|handwriting|watch|rota|doing"
    r"|side"
    r"|bungle|hash|blunder|misreading|forgetfulness|sums|nerve|pride|stubbornness|haste|laziness|silence|cheek|sin)\b"
    r"|\b(?:buck stops|stops with|lands on|falls on|mine to|ours to|at (?:my|our) door|on (?:my|our) (?:conscience|head"
    r"|shoulders|watch|hands)|eat(?:ing)? (?:humble pie|crow)|egg on (?:my|our) face|hand on heart|face the music"
    r"|take (?:it|that|this) on the chin|hold (?:my|our) hands? up|hands up|caught (?:me|us) (?:out|napping))\b"
    r"|\b(?:that|this|it|which|one)(?:'s| is| was)(?: \w+){0,2} (?:on|down to|up to|with) (?:me|us)\b"
    r"|\bwe (?:are|'re) (?:the|a|an) \w+ (?:who|that|which)\b|\ba (?:\w+ ){1,3}(?:who"
    r"|that) [^\n]{3,60}\b(?:has no business"
    r"|is no|isn't|is not|has (?:missed|failed|forgotten|lost))\b"
    r"|\b(?!(?:friend|colleague|customer|guest|partner|client|supplier|member|policy)\b)\w+ of (?:mine|ours)\b"
    r"|\b(?:my|our) name (?:is |was |stands )?on\b|\bit(?:'s| was| is) (?:i|me|us|we) (?:who|that)\b"
    r"|\bwhat (?:was|were) (?:i|we) (?:\w+ )?(?:thinking|playing at|doing)\b|\b(?:under|on) (?:my|our) (?:roof|nose"
    r"|floor)\b"
)
_FIRST = re.compile(
    r"\b(?:i|me|my|mine|myself|ours?|ourselves|we|us)\b|\btoo (?:little|few|many|much|late|warm|cold)\b"
)
# What the first person also says without owning anything: thanks, hopes, sympathy, intentions, good deeds, offers.
_OWNS_NOTHING = re.compile(
    r"\b(?:sorry|apolog\w+|regret\w*|thank\w*|hope|hoping|wish|understand|imagine|appreciate|value|know|feel|hear|read"
    r"|heard|word"
    r"|aware|concern\w*|disappoint\w*|sadden\w*|shock\w*|surpris\w+|will|'ll|shall|would|'d|could|can|may|might|must"
    r"|want|like|let me|let us|please|tell|call"
    r"|look(?:ed|ing)?|spoke\w*|talk\w*|rais\w+|shar\w+|pass\w+|discuss\w*|investigat\w+|review\w*|improv\w*|learn\w*"
    r"|train\w*|remind\w*"
    r"|refund\w*|return\w*|credit\w*|replac\w+|sent|send\w*|new|back|free|paid|pay\w*|add\w*|attach\w*|enclos\w+"
    r"|book\w*|arrang\w+|cancel\w*"
    r"|fix\w*|correct\w*|order\w*|reserv\w+|issu\w+|remov\w+|updat\w+|offer\w*|put|set|got|give\w*|pleas\w+|glad|happy"
    r"|always|usual\w*|normal\w*"
    r"|best|pride|proud|standards?|policy|polic\w+|terms|courier|supplier|partners?|system|team|expect\w*|aim|striv\w+"
    r"|customers?|guests?|on us|on me|account"
    r"|contact\w*|reach|working|trying|tried|ask\w*|see|take|taken|write|writing|wrote|email\w*|received|forward\w*"
    r"|ship\w*|deliver\w*|on its way)\b|\?"
)
_UNSURE = re.compile(r"\b(?:not (?:our|my)|no fault of|isn't (?:our|my)|wasn't (?:our|my))\b")


def may_own(text: str) -> bool:
    """Whether a sentence may be owning: something we did that is no deed of repair, or a word of judgement on ourselves."""
    if _UNSURE.search(text):
        return False
    return (
        bool(_HALF_OWNED.search(text))
        or any(map(_speaks_of_self, text.splitlines()))
        or any(map(_is_no_good_deed, _DID.finditer(text)))
    )


def _speaks_of_self(sentence: str) -> bool:
    return bool(_FIRST.search(sentence)) and len(sentence.split()) > 2 and not _OWNS_NOTHING.search(sentence)


def _is_no_good_deed(match: re.Match[str]) -> bool:
    if match["verb"] == "had":
        return bool(_HAD_TOO_FEW.match(match["what"]))
    return match["verb"] not in _IDLE and not _LISTENING.match(match["what"])


_MENDING = re.compile(
    r"\b(?:i|we)(?:'ve| have|'d| had)?(?: \w+)? (?:pushed|reversed|redid|remade|re\w+ed|patched|rushed|popped|sorted"
    r"|made good"
    r"|put (?:it|that|things|the \w+) right|bunged|squared|struck|wired|sent back|dispatched|topped|torn up|tore up"
    r"|chucked|thrown|slipped)\b"
    r"|[£$€] ?\d[^\n]{0,60}\b(?:back|returned|reversed|off|credit\w*|yours|gone|paid|sent|went|goes|waiting|lands"
    r"|landed)\b"
    r"|\b(?:back|returned|reversed|credit\w*|paid|sent|yours|has its|have your|keep|take)\b[^\n]{0,40}[£$€] ?\d"
    r"|\b(?:reversed|torn up|struck off|written off|squared|wiped|remade|dispatched|en route|under way|underway|inbound"
    r"|on the (?:van|truck|train|bench|way|road|stove|hob|press|machine)|off the bill|in your hands|wrapped)\b"
    r"|\b(?:new|fresh|spare|second|correct|right|proper|working|clean|replacement) [\w-]+(?: [\w-]+){0,4}? (?:went"
    r"|goes|go|left"
    r"|leaves?|is|are|sits?|hangs?|waits?|landed|ships?|shipped|comes?|came|set off|travels?)\b"
    r"|\b(?:went|goes|go|set) (?:off|out)\b|\b(?:your card|your account|your bank) has\b|\b(?:dinner|lunch|drinks?"
    r"|coffee|supper"
    r"|next one|round|repair|visit|ride|stay|night|postage) (?:is|are|'s|will be) (?:on|with) (?:me|us)\b"
    r"|\b(?:it|that|this|everything|both|all)(?:'s| is| are)(?: \w+)? (?:mended|whole|right|done|sorted|fixed"
    r"|back) (?:now|again)\b"
)


_SUM = re.compile(
    r"[£$€] ?(\d[\d.,]{0,15})|\b(\d[\d.,]{0,15}) (?:euros?|pounds|dollars|bucks|quid|kr|francs|shillings|gems|points|miles"
    r"|coins)\b"
)
_SETTLING = re.compile(
    r"\b(?:in|on|at|to|into|off|inside) your (?:account|locker|inbox|card|door|porch|doorstep|bill|wallet|basket"
    r"|library|hands|desk|table|tab|invoice)\b"
    r"|\byour (?:pick|choice|call|move)\b(?! (?:is|was|has|to us))|\bor (?:i|we|the money|the cash)\b|\bplus\b"
    r"|\banother (?!time|day|customer|thing|matter|reason|word)\w+"
    r"|\b(?:direct|own|private|mobile) (?:line|number)\b|\b0\d{2,4}[ -]\d{3,}"
)
_CLOCKED = re.compile(
    r"\b(?:today|this (?:morning|afternoon|evening)(?!'s)|last night|overnight|just now|as of now|a minute ago"
    r"|an hour ago|(?:at|since) \d{1,2}[:.]\d\d)\b"
)
_HEARING = re.compile(
    r"\b(?:read|heard|hear|saw|see|spoke|spoken|talked|received|learn\w*|wrote|writ\w+|message|sorry|apolog\w+"
    r"|you (?:were|had|came|waited|stood)|meeting|late|wrong|cold|without)\b"
)


def may_mend(text: str, complaint: str) -> bool:
    """Whether it may tell of a deed of repair: a new sum of money, a thing that is moving, a deed with its hour."""
    if _MENDING.search(text) or _SETTLING.search(text):
        return True
    sums = {(match[1] or match[2]).rstrip(".,") for match in _SUM.finditer(text)}
    return any(each not in complaint for each in sums) or any(
        _CLOCKED.search(line) and not _HEARING.search(line) for line in text.splitlines()
    )


_OF_ANY_LETTER = words(
    "sorri apologi apolog apology apologies regret refund return credit compensat compensation full fully fault blam fail "
    "failur mistak error wrong let down own responsibl responsibility account total complet deepli deep sincer sincerely "
    "tru truly real genuin honest fall fell short stand deserv better expect experienc servic custom disappoint upset "
    "frustrat happen issu problem matter case concern complaint feedback understand hear feel put right mak mend repair "
    "today now week day money amount payment paid card bank send sent issued replacement new on offer discount voucher free "
    "call phon ring email writ contact talk speak spok question reply answer read messag lett personal team staff manag manager "
    "colleagu improv learn ensur futur forward hop welcom serv trust valu thank kind regard best wish your sincer faithful yours "
    "much veri quit mor noth excus reason caus simpl plain bad poor terribl awful good great high standard usual level "
    "sort fix resolv chang look tak car hand give gav got work complete entire way time thing person deal process part bring word "
    "inconvenienc apologis apologize apologise proces fair treat just deepest sincerest love glad happy please afternoon morning "
    "evening monday tuesday wednesday thursday friday saturday sunday immediat bill invoic order product item purchas late absent "
    "silent phone staff refund rude parcel wrong"
)
_SPECIFIC_ENOUGH = 4


def concrete(said: set[str]) -> bool:
    """Whether these stems are of one particular case, more than any letter of apology would hold."""
    return sum(word not in _OF_ANY_LETTER and not word[0].isdigit() for word in said) >= _SPECIFIC_ENOUGH
