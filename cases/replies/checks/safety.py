"""What must not go out at all: others' names, our files and their insults (S1), and safety or legal matters without the lead (S2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.judgement.abuse import said_back
from cases.model import Severity
from cases.replies.checks.clauses import is_past
from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.spoken.english import words
from cases.spoken.seen import seen

_PLACE = (
    r"(?:kitchen|warehouse|office|reception|(?:front )?desk|accounts|billing|support|packing|dispatch|logistics|sales|shop|store|team|workshop|bar"
    r"|call centre|finance|marketing|engineering|IT|HR|(?:\w+ )?shift|counter)"
)
_STAFF = (
    r"(?:driver|chef|cook|waiter|waitress|colleague|engineer|trainee|apprentice|assistant|manager|receptionist|teacher|nurse|technician|intern|packer"
    r"|developer|agent|guide|cashier|supervisor|clerk|mechanic|stylist|cleaner|plumber|courier|advis[eo]r|employee|operator|lad|lads|boy|girl)s?"
)
_NAME = r"(?P<name>[A-Z][a-z\u00df-\u00ff]{2,})"
_NAMED = re.compile(
    rf"\b{_NAME}(?: [A-Z]\w+)?,? (?:in|from|at|on) (?:the |our |my )?{_PLACE} (?P<deed>[a-z]+)\b"
    rf"|\b(?:[Oo]ur|[Mm]y|[Tt]he|[Aa]) (?:\w+ )?{_STAFF},? {_NAME.replace('name', 'n2')}(?: [A-Z]\.?)?,?(?P<d2>[^.!?\n]{{0,25}})"
    rf"|\b{_NAME.replace('name', 'n3')},? (?:(?:one of )?our|my|the|a|who) (?:\w+ )?(?:{_STAFF}|is)\b,?(?P<d3>[^.!?\n]{{0,60}})"
)
_KIND = words(
    "confirmed fixed repaired called arrived promised replaced refunded checked booked packed offered asked will"
)
_NO_NAME = words(
    "the our my your we it that this these those there then here they he she you nobody somebody someone everyone everybody whoever people customers "
    "yesterday today last first something everything nothing and but so as when who what not monday tuesday wednesday thursday friday saturday sunday "
    "january february march april may june july august september october november december neither both all none support reception management"
)
_TICKET = re.compile(
    r"\b(?:jira|inc|tkt|ops|bug|crm|incident)[-# ]?\d{2,}\b|\b(?:ticket|incident|issue|bug|internal \w+)(?: id| no\.?| number| ref)? ?[#:]? ?#?(?:[a-z]{2,8}-)?\d{3,}\b"
)
_OTHERS = re.compile(
    r"\b(?:another|other|different|a second|previous) (?:customers?|guests?|patients?|clients?|passengers?|famil(?:y"
    r"|ies)|parents?|users?|members?|readers?|buyers?|tenants?)\b(?P<rest>[^.!?\n]{0,80})"
)
_IDENTIFIES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Frau|Herr|Madame)\.? [A-Z]|\b\d+[a-z]? [A-Z]\w+"
    r"|\b(?:Street|Road|Avenue|Lane|Square|Drive)\b|@|\b(?:called|named) [A-Z]|, [A-Z][a-z]+ [A-Z][a-z]+"
)

_LAW = re.compile(
    r"\b(?:our (?:lawyers?|solicitors?|attorneys?|legal (?:team|department))|legal action|sue|(?:no|any|not|our|accept"
    r"|admit|deny|admission of|without) (?:\w+ )?liab(?:ility|le)|not (?:legally )?(?:liable|responsible)"
    r"|without (?:prejudice|admitting|admission|acknowledging)|settlement|sign (?:a|the) waiver)\b"
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
    """S1: on the reply as it was typed, for capitals tell a name; abuse in quotation marks or without, in whatever language."""
    original = reading.letter.original
    for match in _NAMED.finditer(original):
        name, deed = (group for group in match.groups() if group)
        if name.lower() not in _NO_NAME and _is_blamed(deed) and not _is_ours(reading, name):
            yield match.span()
    yield from _other_customers(reading, original)
    known = f"{reading.complaint} {reading.given.feedback.order_ref if reading.given.feedback else ''}".lower()
    yield from (match.span() for match in _TICKET.finditer(reading.text) if match[0].split()[-1] not in known)
    yield from said_back(original, seen("\n".join(each.comment for each in reading.given.heard if each.comment)))


def _is_blamed(deed: str) -> bool:
    """Something was done, and not said to their credit: "our chef Maria will call you" is fine."""
    said = re.findall(r"[\w']+", deed.lower())
    return any(is_past(word) or word.endswith("n't") for word in said) and not any(word in _KIND for word in said)


def _is_ours(reading: Reading, name: str) -> bool:
    """The signer's or the customer's own name, or one the customer brought up."""
    own = f"{reading.given.signed_by or ''} {reading.customer} {reading.complaint} {reading.text[slice(*reading.letter.signature)]}"
    return re.search(rf"\b{re.escape(name.lower())}\b", own.lower()) is not None


def _other_customers(reading: Reading, original: str) -> Iterator[Span]:
    for match in _OTHERS.finditer(reading.text):
        if _IDENTIFIES.search(original[match.start("rest") : match.end()]):
            yield match.span()


def needs_lead(reading: Reading) -> Iterator[Span]:
    """S2: harm or law in the complaint goes to a person who leads; never legal talk in the reply."""
    if reading.given.lead_approved:
        return
    grave = reading.given.severity is Severity.CRITICAL
    yield from (match.span() for match in _LAW.finditer(reading.text) if not _is_name(reading, match.span()))
    if grave and not (_IN_PERSON.search(reading.text) or _LEADS.search(reading.text)):
        yield MISSING


def _is_name(reading: Reading, span: Span) -> bool:
    """ "Sue" who signs, is greeted or will ring you; a capital that only begins a sentence tells nothing by itself."""
    original, (start, end) = reading.letter.original, span
    begins = not reading.text[reading.letter.span(reading.letter.sentence(start))[0] : start].strip()
    return (
        original[start:end].istitle()
        and " " not in original[start:end]
        and (not begins or _is_ours(reading, original[start:end]))
    )


_PRIVATE = "I'm sorry. We sent your soup out cold and an hour late. I have refunded it.\nTom"
_NUTS = {
    "comment": "There were nuts in the nut-free cake and my son had an allergic reaction",
    "severity": Severity.CRITICAL,
}

RULES = (
    Rule(
        id="S1",
        name="Names staff, files or other customers, or says abuse back",
        severity="block",
        why="It blames a colleague by name, shows what belongs to the house or to another customer, or repeats a word that they said in anger.",
        fix="Say “I” or “we” and what went wrong, in our words; leave out names, ticket numbers and other people's details.",
        source="The founders' rule: no blame by name; data protection; a customer read his own insult in our letter",
        bad=(
            "I'm sorry. We sent your soup late. Kevin in the kitchen forgot it. Refunded.\nTom",
            "I'm sorry. We gave your soup to another customer, Mr Green. Refunded.\nTom",
            "I'm sorry. We sent your soup late, see JIRA-4821. Refunded.\nTom",
            "Hello Ana, you told us: “Soup cold, you are idiots”. I'm sorry, I sent it late. I have refunded it.\nTom",
        ),
        good=(_PRIVATE, "I'm sorry, we sent the soup cold. Our chef Maria will call you at 5 pm today. Refunded.\nTom"),
        given={"comment": "Soup cold, you are idiots"},
        find=names_others,
    ),
    Rule(
        id="S2",
        name="Safety or law: the lead must handle it",
        severity="block",
        why="Somebody may have been harmed, or the law may be involved; a routine reply can do damage.",
        fix="Let the lead write or call in person; no legal remarks.",
        source="Prudence",
        bad=("I'm sorry about the nuts in the cake, we mixed up two trays. A voucher is attached.\nFrida",),
        good=(
            "I'm the owner, and I'm sorry: we put nuts in your son's cake. I'm calling you today at 4. The cake is refunded.\nFrida",
        ),
        given=_NUTS,
        find=needs_lead,
    ),
)
