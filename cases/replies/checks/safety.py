"""What must not go out at all: other people's names and files (S1), and safety or legal matters without the lead (S2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.model import Severity
from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading

_BLUNDER = (
    r"forgot|messed|failed|caused|missed|mixed|made (?:a|the|this)|got (?:it|this|the)|was supposed|should have"
    r"|should've|did(?:n't| not)|has(?:n't| not)|had(?:n't| not)|packed|sent|put|lost|dropped|broke|"
    r"was (?:rude|late|careless|new|tired|distracted|unfriendly|to blame|responsible|at fault|meant|ill)"
    r"|is (?:known|new|to blame|responsible|careless|at fault|often|always)"
    r"|has been (?:warned|spoken|fired|disciplined|dismissed|suspended|told)|"
    r"has had|overlooked|ignored|misread|took|booked|cancelled|entered|left|burnt|burned|scratched|treated|hung up"
    r"|spoke|closed|told you|handled|slipped|screwed|wrote|never"
)
_PLACE = (
    r"(?:kitchen|warehouse|office|reception|front desk|desk|accounts|billing|support|packing|dispatch|logistics|sales"
    r"|shop|store|team|workshop|bar|call centre|finance|marketing|engineering|IT|HR|(?:night|day|late|early|evening"
    r"|morning) shift|counter)"
)
_STAFF = (
    r"(?:driver|chef|cook|waiter|waitress|colleague|engineer|trainee|apprentice|assistant|manager|receptionist|teacher"
    r"|nurse|technician|intern|packer|developer|agent|guide|cashier|supervisor|clerk|mechanic|stylist|cleaner|plumber"
    r"|courier|adviser|advisor|employee|operator)"
)
_NAME = (
    r"(?=[A-Z])(?!(?:Yours|Ours|Mine|Neither|Both|All|None|These|Those|There|Then|Here|Something|Everything|Nothing"
    r"|People|Customers|Yesterday"
    r"|Today|Last|First|Support|Reception|Management|Whoever|Everybody|The|Our|My|Your|We|It|That|This|They|He|She|You"
    r"|I|Nobody|Somebody|Someone|Everyone|No|One|And|But|So|As|When|Who|What|Not|Mr|Mrs|Ms|Dr|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday|Royal|January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b)[A-Z][a-z\u00df-\u00ff]{2,}"
)
_NAMED = re.compile(
    rf"\b(?P<a>{_NAME})(?: {_NAME})?,? (?:in|from|at|on) (?:the |our |my )?{_PLACE}\b[^.!?\n]{{0,20}}\b(?:{_BLUNDER}"
    r"|\w+ed)\b"
    r"|\b(?:[Oo]ur|[Mm]y|[Tt]he|[Aa]) (?:new |young "
    rf"|\w+ )?{_STAFF},? (?P<b>{_NAME})(?: [A-Z]\.?)?,?(?: \w+)? (?:{_BLUNDER}|admitted|confessed|marked|scanned"
    r"|refused|delivered it)\b"
    rf"|\b(?P<c>{_NAME}),? (?:our|my|the|a|one of our) (?:new |young |\w+ )?{_STAFF}s?,?(?: \w+)? (?:{_BLUNDER})\b"
    rf"|\b(?:(?<!\w )|(?<=because )|(?<=that )|(?<=and )|(?<=but ))(?P<d>{_NAME}) (?:forgot|messed|failed|caused"
    rf"|missed|mixed"
    r"|was supposed|packed|overlooked|misread|slipped|screwed|didn't|did not|has been (?:warned|spoken|told)|made (?:a"
    r"|the) )\b"
    rf"|\b(?:by|fault of|mistake of|blame) (?P<e>{_NAME})(?: {_NAME})? (?:in|from|at) (?:the |our ){_PLACE}"
    rf"|\b(?P<f>{_NAME})'s (?:fault|mistake|error|carelessness)\b"
)
_DISCIPLINE = re.compile(
    r"\b(?:(?:has|have) (?:had|been given|received) (?:a|an|his|her|their) (?:\w+ )?(?:warning|reprimand)|(?:has|have"
    r"|was|were|will be) (?:been )?(?:fired|dismissed|disciplined|let go|suspended|sacked|reprimanded"
    r"|given a (?:warning|talking-to|dressing-down)|told off))\b"
)
_TICKET = re.compile(
    r"\b(?:jira|inc|tkt|ops|bug|sev|zd|crm|sup|internal|incident|cs)[-# ]?\d{2,}\b"
    r"|\b(?:ticket|incident|issue|bug|jira|internal (?:case|ref\w*|note|id))(?: id| no\.?| number"
    r"| ref)? ?[#:]? ?#?(?:[a-z]{2,8}-)?\d{3,}\b"
    r"|\b(?:internal note|slack (?:channel|thread)|our crm)\b"
)
_OTHERS = re.compile(
    r"\b(?:another|other|different|a second|previous) (?:customers?|guests?|patients?|clients?|passengers?|famil(?:y"
    r"|ies)|parents?|users?|members?|readers?|buyers?|tenants?)\b(?P<rest>[^.!?\n]{0,80})"
)
_IDENTIFIES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Frau|Herr|Madame)\.? [A-Z]|\b\d+[a-z]? [A-Z]\w+"
    r"|\b(?:Street|Road|Avenue|Lane|Square|Drive)\b|@|\b(?:called|named) [A-Z]|, [A-Z][a-z]+ [A-Z][a-z]+"
)
_WENT_TO = re.compile(
    r"\b(?!Your |Our |My |Her |His |Little )(?P<theirs>[A-Z][a-z]+ [A-Z][a-z]+)'s (?:jumper|coat|parcel|order|box|file"
    r"|account|data|invoice|bill|tablets"
    r"|prescription|photos|name|address|booking|room|ticket|bag|shoes|meal|soup|results|claim|letter|card)\b"
    r"|\b(?:went|delivered|sent|given|belong(?:s|ed)|meant|intended|gave it|handed|mixed up with|switched with"
    r"|swapped with|confused you with)\b[^.!?\n]{0,20}\b(?:to|for|with) (?:a |an )?(?P<who>(?:Mr|Mrs|Ms|Miss"
    r"|Dr)\.? [A-Z]\w+|the [A-Z]\w+ family|[A-Z][a-z]+ [A-Z][a-z]+)"
)

_LAW = re.compile(
    r"\b(?:our (?:lawyers?|solicitors?|attorneys?|legal (?:team|department))|legal action|sue|(?:no|any|not|our|accept"
    r"|admit|deny|admission of|without) (?:\w+ )?liab(?:ility|le)|not (?:legally )?(?:liable|responsible)"
    r"|without (?:prejudice|admitting|admission|acknowledging)|settlement|sign (?:a|the) waiver)\b"
)
_MEDICAL = re.compile(
    r"\b(?:passes? quickly|antihistamines?|take (?:some|a|an) (?:paracetamol|aspirin|ibuprofen|painkiller|tablet)"
    r"|drink plenty|give (?:him|her|them) (?:some|an?)|should (?:be fine|feel better|pass)|will (?:be fine|pass"
    r"|feel better)|usually harmless|not dangerous|nothing (?:serious|to worry))\b"
)
_IN_PERSON = re.compile(
    r"\b(?:call(?:ed|ing)?|phone[d]?|phoning|ring(?:ing)?|rang|speak|spoken|talk|talked|visit|come (?:to see|by|over"
    r"|round)|see you|meet|in person|my (?:direct |own )?(?:line|number|mobile))\b"
)
_LEADS = re.compile(
    r"\b(?:i(?:'m| am) (?:the|a) (?:\w+ )?(?:owner|manager|director|head|pharmacist|chef|doctor|founder|landlord|lead"
    r"|principal)|i (?:own|run|manage|lead|head|founded)\b|as (?:the )?(?:owner|manager|director|head|founder)|owner"
    r"|director|managing|head of|manager|headteacher|founder|chief|principal)\b"
)


def names_others(reading: Reading) -> Iterator[Span]:
    """S1: on the reply as it was typed, for capitals tell a name."""
    original = reading.letter.original
    for match in _NAMED.finditer(original):
        name = next(group for group in match.groups() if group)
        if not _is_ours(reading, name):
            yield match.span()
    yield from (match.span() for match in _DISCIPLINE.finditer(reading.text))
    yield from _other_customers(reading, original)
    known = f"{reading.complaint} {reading.given.feedback.order_ref if reading.given.feedback else ''}".lower()
    yield from (match.span() for match in _TICKET.finditer(reading.text) if match[0].split()[-1] not in known)


def _is_ours(reading: Reading, name: str) -> bool:
    """The signer's or the customer's own name, or one the customer brought up."""
    own = f"{reading.given.signed_by or ''} {reading.customer} {reading.complaint} {reading.text[slice(*reading.letter.signature)]}"
    return re.search(rf"\b{re.escape(name.lower())}\b", own.lower()) is not None


def _other_customers(reading: Reading, original: str) -> Iterator[Span]:
    for match in _OTHERS.finditer(reading.text):
        if _IDENTIFIES.search(original[match.start("rest") : match.end()]):
            yield match.span()
    for match in _WENT_TO.finditer(original):
        who = match["theirs"] or match["who"]
        if not any(_is_ours(reading, word) for word in who.split() if len(word) > 3):
            yield match.span()


def needs_lead(reading: Reading) -> Iterator[Span]:
    """S2: harm or law in the complaint goes to a person who leads; never legal or medical talk in the reply."""
    if reading.given.lead_approved:
        return
    grave = reading.given.severity is Severity.CRITICAL
    for pattern in (_LAW, _MEDICAL) if grave else (_LAW,):
        yield from (match.span() for match in pattern.finditer(reading.text))
    if grave and not (_IN_PERSON.search(reading.text) or _LEADS.search(reading.text)):
        yield MISSING


_PRIVATE = "I'm sorry. We sent your soup out cold and an hour late. I have refunded it.\nTom"
_NUTS = {
    "comment": "There were nuts in the nut-free cake and my son had an allergic reaction",
    "severity": Severity.CRITICAL,
}

RULES = (
    Rule(
        id="S1",
        name="Names staff, files or other customers",
        severity="block",
        why="It blames a colleague by name, or shows what belongs to the house or to another customer.",
        fix="Say “I” or “we”, and leave out names, ticket numbers and other people's details.",
        source="The founders' rule: no blame by name; data protection",
        bad=(
            "I'm sorry. We sent your soup late. Kevin in the kitchen forgot it. Refunded.\nTom",
            "I'm sorry. We gave your soup to another customer, Mr Green. Refunded.\nTom",
            "I'm sorry. We sent your soup late, see JIRA-4821. Refunded.\nTom",
        ),
        good=(_PRIVATE, "I'm sorry, we sent the soup cold. Our chef Maria will call you at 5 pm today. Refunded.\nTom"),
        find=names_others,
    ),
    Rule(
        id="S2",
        name="Safety or law: the lead must handle it",
        severity="block",
        why="Somebody may have been harmed, or the law may be involved; a routine reply can do damage.",
        fix="Let the lead write or call in person; no medical or legal remarks.",
        source="Prudence",
        bad=("I'm sorry about the nuts in the cake, we mixed up two trays. A voucher is attached.\nFrida",),
        good=(
            "I'm the owner, and I'm sorry: we put nuts in your son's cake. I'm calling you today at 4. The cake is refunded.\nFrida",
        ),
        given=_NUTS,
        find=needs_lead,
    ),
)
