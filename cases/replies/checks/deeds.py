"""What the house says it did: whether a sentence owns the failure, and whether it puts something right.

Grammar before phrases. A past verb of ours that is neither listening nor mending owns ("we billed you twice"), a verb of
mending puts right ("we refunded you"), and of a verb that may be either the object decides ("we sent you a bill of $400",
"we sent you a new one"). Both are generous: a rule that says that something is missing must be sure of it.
"""

from __future__ import annotations

import re

from cases.replies.checks.clauses import OUTSIDERS, Clause, clauses_of, is_past
from cases.replies.checks.dates import looks_ahead
from cases.spoken.english import words

_LISTENING = words(
    "received read checked looked spoke spoken talked asked reviewed shared noted discussed heard saw seen learned learnt understood felt "
    "thought hoped wanted tried appreciated valued worked wished apologised apologized investigated found contacted needed experienced "
    "faced encountered noticed realised realized raised escalated forwarded reported registered recorded logged regretted cared met "
    "visited examined identified followed explained mentioned stated advised notified believed considered knew liked loved enjoyed "
    "reminded trained improved aimed strived strove agreed decided started began watched informed assured introduced launched changed "
    "confirmed been had"
)
_TOLD = words("told given made")
_GOING = words("went gone came come called rang phoned telephoned wrote passed")
_MENDING = words(
    "refunded replaced resent credited corrected fixed repaired mended redone rebooked arranged organised organized reserved waived paid "
    "transferred returned reimbursed covered extended reopened unblocked restored rebuilt attached enclosed added deducted offered upgraded "
    "exchanged issued settled sorted cleared wiped prepared collected fetched approved assigned unlocked reinstated reset reprinted halved "
    "uploaded repaid resolved solved completed updated doubled reversed redid remade"
)
_EITHER = words(
    "sent gave given put kept made took set told brought packed delivered served handed held cooked baked bought built printed "
    "drove ran left did done moved taken torn knocked cancelled canceled swapped stopped opened posted shipped ordered booked "
    "removed deleted cleaned washed"
)
# What has been done is told of mending, unless the verb itself does harm.
_HARMING = re.compile(
    r"let|failed|lost|forgotten|broken|ruined|disappointed|kept|left|missed|damaged|wasted|neglected|ignored|hurt|charged|billed|mis|over|double"
)
_MENDS = words(
    "refund replace resend send bring deliver credit cancel correct fix repair mend redo rebook book arrange organise organize "
    "reserve waive remove delete pay transfer return reimburse cover cook bake pack post ship drive drop collect fetch call ring "
    "phone telephone visit come meet show extend open reopen restore rerun attach add deduct give offer upgrade exchange swap "
    "clean wash move issue settle sort clear buy build prepare print compensate make match hold get keep help finish fit install "
    "lend double invite host treat tune stop stand wait welcome win see pick speak talk hear write email hand let have put find take do "
    "know"
)
_TALKING = words(
    "looking working reviewing trying learning thinking hoping feeling writing apologising apologizing discussing improving "
    "training doing going having being investigating considering making striving aiming experiencing seeing sharing passing "
    "wondering asking getting continuing evaluating monitoring saying reading listening"
)
_LIGHT = words("take make do have put keep know find get stop give see help let working looking")
_EMPTY = re.compile(
    r"(?:better|our best|everything|more|sure (?:that )?(?:this|it|we)|this|your|it|that|all|note|steps|action|into|forward|on board"
    r"|every|how (?!much)|in mind|you (?:know|updated|informed|posted))\b"
)
"""What a light verb may take and mend nothing by it: "do better", "make sure that this", "let you know"."""
_NEUTRAL = words(
    "sorry happy glad sad surprised shocked concerned pleased delighted closed full aware made told able unable going working there here in on the a "
    "an your you it this that back no hoping trying expecting waiting upset disappointed dismayed saddened given forced as out proud grateful right correct clear open "
    "polite friendly with to good great fine all busy under short understaffed swamped experiencing facing fully hit"
)
_FAULT = re.compile(
    r"\b(?:wrong(?:ly)?|incorrect(?:ly)?|late|later|too|without|instead of|not|n't|never|cold|missing|broken|faulty|by mistake|(?:on|at) you|short|damaged"
    r"|mess|nothing|nobody|neither|waiting|badly|twice|no \w+|unanswered|as if|somebody else|someone else|standing|go|slip)\b"
)
_WORTH = re.compile(
    r"\b(?:new|replacement|refund\w*|voucher|credit\w*|another|fresh|money|compensation|discount|free|right one|back|today|spare"
    r"|this (?:morning|afternoon|evening)|just now|hour ago|off the|(?:in|on|to|off) your (?:account|card|door|bill|inbox|name))\b|[£$€] ?\d|\d ?[£$€]"
)
_OURS = rf"(?:my|our) (?!(?:\w+ )?(?:{'|'.join(sorted(OUTSIDERS))})\b)\w+"
"""What is ours, and answers for us; a courier of ours does not."""
_FAULTS = (
    "mistakes?|faults?|errors?|oversights?|slips?|failures?|failings?|doing|carelessness|negligence|blunders?|bad|mess|muddle|mix-?up"
    "|lapses?|bugs?|blame|typo|haste"
)
_UNFAIR = (
    "wrong|poor|shabby|shoddy|sloppy|careless|thoughtless|unfair|unkind|rude|lazy|shameful|inexcusable|unacceptable|bad"
    rf"|not (?!(?:my|our|an? (?:{_FAULTS}))\b)\w+|too \w+|{_OURS}|ours|mine|me|us|embarrass\w+|in the wrong"
)
# What owns without a verb of ours: the verbs of ours do the rest.
_OWNING = re.compile(
    "|".join(
        (
            # our mistake; the blame is mine
            rf"(?<!not )(?<!n't )(?<!never )\b(?:my|our)(?: [\w-]+){{0,2}} (?:{_FAULTS})\b|\b(?:{_FAULTS})(?: \w+){{0,3}} (?:mine|ours)\b",
            # that's on me; because of us; it sits with us
            r"\b(?:that|this|it|all|both|which|one|stops|down|because|lands|falls|stays)(?:'s| is| was| were)?(?: \w+){0,2} (?:on|with|to|of) (?:me|us)\b",
            # that was careless; closing it was wrong
            rf"\b(?:that|this|it|which|one|\w+ing (?:you|it|that|this|the|your)(?: \w+){{0,4}})(?:'s| is| was)(?: \w+ly| very| just| so)? (?:{_UNFAIR})\b(?! (?:to|for) you)",
            # I take full responsibility; sorry for keeping you waiting; sorry about my tone
            r"\b(?:i|we)\b[^\n]{0,30}\b(?:take|accept|bear|hold|blame|own|owe)\b[^\n]{0,30}\b(?:responsib\w+|blame|myself|ourselves|hands|it|this|you|up)\b",
            r"\b(?:sorry|apolog\w+) for (?:not \w+ing|\w+ing (?:you|your|it))\b|\b(?:sorry|apolog\w+) (?:for|about) (?:my|our)\b(?! (?:late|delay))",
        )
    )
)
_NOTHING_WRONG = re.compile(r"\bnothing wrong\b|\bno (?:fault|mistake|error)\b")
_KNOWING = words(
    "mean meant intend intended want wanted find found know knew receive received realise realize hear heard see seen had get had have been expect"
)


def owns(sentence: str) -> bool:
    """Whether this sentence, in small letters, says in the active voice what the house did wrong."""
    if _NOTHING_WRONG.search(sentence):
        return False
    return bool(_OWNING.search(sentence)) or any(map(_owned, clauses_of(sentence)))


def _owned(clause: Clause) -> bool:
    if clause.who == "you":
        return clause.tense == "duty" and (
            clause.denied or clause.passive or clause.verb in ("been", "had", "heard", "got")
        )
    if clause.who == "us" and clause.tense == "duty":
        return True
    if clause.who != "us" or clause.tense not in ("past", "perfect"):
        return False
    if clause.passive:  # what is ours was not sent; that we were not told shifts it
        return clause.denied and bool(clause.noun) and clause.verb not in _LISTENING | _TOLD
    if clause.denied:
        return clause.verb not in _KNOWING
    if clause.verb in ("be", "got"):
        complement = re.match(r"(?:\w+ly |far |so |very |just |also )?([a-z-]+)", clause.rest)
        return bool(complement and complement[1] not in _NEUTRAL) or (
            clause.verb == "got" and bool(_FAULT.search(clause.rest))
        )
    if clause.verb in _LISTENING or not is_past(clause.verb):  # "I did mention it" insists
        return False
    if clause.tense == "perfect" and _HARMING.match(clause.verb):
        return True
    fault, worth = _FAULT.search(clause.rest), _WORTH.search(clause.rest)
    if clause.tense == "perfect" or clause.verb in _MENDING | _GOING:
        return fault is not None and (worth is None or fault.start() < worth.start())
    return clause.verb not in _EITHER or worth is None or (fault is not None and fault.start() < worth.start())


_STATE = re.compile(
    r"\b(?:is|are|was|were|has been|have been|be|been|'s|'re|went|goes|comes|leaves?|left|arrives?|reach(?:es)?|stays?|works?|runs?|hangs?|sits|waits)"
    r"(?: (?!not\b|never\b|no\b|when\b|while\b)[\w,-]+){0,3}? (?:on (?:its|the|their|your) way|in the post|back|yours|free|attached|enclosed|live|ready|waiting"
    r"|on (?:us|me|the house|(?:my|our) (?:bill|tab|account))|(?:in|on|at) your|up to date|with you|again|off (?:your|the|our)|out|here for you|coming|gone|done|for you|for nothing|closed|new|today|now|\w+ed|repaid|paid|sent|set aside)\b"
)
_OFFER = re.compile(
    r"\b(?<!not )(?<!n't )(?<!no )(?<!never )(?:refund\w*|replacement|voucher|credit note|discount|compensation|complimentary|reimburs\w+)\b"
    r"|\b(?:free of charge|no (?:charge|bill|cost|fee|rent)|nothing to pay|at (?:our|my) (?:own )?(?:cost|expense)|on the house|half price|(?:\d+|half|nothing|money|amount|sum)"
    r"(?: \w+){0,2} back|costs? you nothing|you(?:'ll| will)? not (?:pay|owe|be charged|be billed)|you (?:pay|owe) (?:nothing|only|just|[£$€\d])|my shout|fixed in"
    r"|you(?:'ll| will) (?:get|have|hear|receive) no(?:thing)? (?:more|further))\b|(?<!gluten )(?<!nut-)(?<!feel )\bfree\b"
    r"|(?:^|\n|[,;:] |\band |\bplease |\bjust )\b(?:please |do |just )*(?:keep|tell (?:me|us)|let me(?! know)|let (?:me|us) know (?:which|what|when|whether|if you)|choose"
    r"|pick|bring|send|name|say (?:when|which)|(?:call|ring|text) me|come)\b"
)


def mends(sentence: str) -> bool:
    """Whether this sentence tells of something done, promised, offered or asked to put it right."""
    if sentence.rstrip().endswith("?"):
        return True
    if _OFFER.search(sentence) or looks_ahead(sentence):
        return True
    found = clauses_of(sentence)
    return (bool(_STATE.search(sentence)) and not owns(sentence)) or any(map(_mended, found))


def _mended(clause: Clause) -> bool:
    if clause.who != "us" or clause.denied or clause.passive:
        return False
    if clause.tense in ("past", "perfect"):
        fault, worth = _FAULT.search(clause.rest), _WORTH.search(clause.rest)
        if clause.tense == "perfect":
            return clause.verb in _MENDING or bool(worth) or (clause.verb in _EITHER and not fault)
        return clause.verb in _MENDING or (clause.verb in _EITHER and bool(worth))
    if clause.verb.endswith("ing") and clause.verb not in ("bring", "ring"):
        return clause.verb not in _TALKING
    wanted = (
        re.match(r"(?:\w+ )*?to (\w+) ?", clause.rest)
        if clause.verb in ("like", "love", "want", "be", "plan", "happy")
        else None
    )
    verb, rest = (wanted[1], clause.rest[wanted.end() :]) if wanted else (clause.verb, clause.rest)
    return clause.tense != "duty" and verb in _MENDS and not (verb in _LIGHT and _EMPTY.match(rest))


_SUM = re.compile(r"[£$€] ?(\d[\d.,]{0,15})|\b(\d[\d.,]{0,15}) ?(?:euros?|pounds|dollars|quid|[£$€])")


def names_new_sum(text: str, complaint: str) -> bool:
    """Whether a sum of money stands here that the customer did not name: what is given, or given back."""
    sums = {(match[1] or match[2]).rstrip(".,") for match in _SUM.finditer(text)}
    return any(each not in complaint for each in sums)
