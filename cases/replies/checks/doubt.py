"""Whether the reply doubts, scolds or turns away the customer (E3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.denial import OBLIQUE
from cases.replies.checks.finding import Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading

_RECORDS = (
    r"records?|system|logs?|data|tracking|driver|gps|files?|notes?|cameras?|computer|database|courier|colleagues?"
    r"|staff|team|receptionist|files"
)
DOUBTING = re.compile(
    rf"\b(?:our|my|the) (?:{_RECORDS})(?: \w+){{0,2}} (?:shows?|indicates?|says?|confirms?|suggests?|states?"
    r"|tells? (?:me|us)|assures? (?:me|us)|insists?|remembers? it|denies|has no|have no)\b"
    r"|\b(?:our|my|the) (?:\w+ )?(?!and\b|who\b)\w+ (?:says?|said|remembers?|insists?|assures? me|assured me|swears?"
    r"|tells me"
    r"|told me)(?: that)? (?:he|she|they|it|there|nobody|no one|everything)\b"
    rf"|\baccording to (?:our|my|the) (?:\w+ )?(?:{_RECORDS})\b"
    r"|\b(?:no|not any|cannot find (?:any|a)|can't find (?:any|a)|could not find (?:any|a)|couldn't find (?:any"
    r"|a)) (?:record|trace|evidence|proof|sign) of\b"
    # they misunderstood; it is on their side
    r"|\byou (?:may|might|must|could|will|would|seem to|appear to|probably|perhaps|obviously|clearly|simply"
    r"|possibly)(?: well| just| simply)?(?: have| be)? (?:\w+ly )?(?:misunderst\w+|misread|misheard|mistaken\w*"
    r"|mistook|overlooked|confus\w+|forgotten|imagin\w+|entered|typed|missed|been mistaken|ordered the|exaggerat\w+"
    r"|at fault|the wrong|too sensitive|not read)"
    r"|\b(?:misunderstanding|mistake|error|fault) on your (?:part|side|end)"
    r"|\bon your (?:own )?(?:part|side|end)\b(?=[.,\n])"
    r"|\byour own (?:fault|mistake|doing|error)\b|\buser error\b"
    # they had been told
    r"|\bas you (?:know|are aware|were told|will know|will be aware|should know|can see|were informed|have been told"
    r"|surely know|agreed|must know)\b"
    r"|\bas (?:already |previously |clearly )(?:explained|stated|mentioned|told|said|communicated)\b"
    r"|\bas i (?:said|told you|explained) (?:before|already)"
    # nobody else complains
    r"|\b(?:no ?one|no-one|nobody|none of our \w+|no other \w+)(?: else)? (?:else )?(?:has |have |had "
    r"|ever )?(?:ever )?(?:reported|complained|had (?:this|any|a)|mentioned|noticed|minded|said anything)"
    r"|\b(?:never|not) (?:had|have|received|heard|seen|experienced) (?:this|a|any|such|of|an)(?: \w+){0,2} (?:problem"
    r"|complaint|issue|trouble|case|situation)"
    r"|\b(?<!i'm )(?<!i am )the (?:first|only) (?:time|person|customer|guest|one) (?:\w+ ){0,3}(?:complain\w*|this"
    r"|anyone|who|to)\b"
    # disguised questions
    r"|\b(?:are you (?:quite |really |absolutely )?sure|did you (?:actually|really|even|perhaps|maybe|not)"
    r"|have you (?:actually|really|even|perhaps|tried|considered)|didn't you|maybe you(?! could| would| can| prefer"
    r"|'d)|perhaps you(?! could| would| can| prefer|'d)|maybe (?:measure|check|read|try|next time))\b"
    # what they should have done
    r"|\byou (?:should|could|ought to|might|must) (?:\w+ )?have (?!been|had|heard|received|got|gotten|the|a|an|found"
    r"|your|to|had|seen)\w+"
    r"|\bif you had (?:only |just )?(?!to|any|been)\w+"
    r"|\bhad you (?:read|checked|told|called|ordered|let|asked|come)\b"
    r"|\byou (?:failed|forgot|neglected|refused|never (?:told|asked|said|mentioned|sent|answered)|did not (?:read|tell"
    r"|check|mention|say|follow|ask|answer|provide)|didn't (?:read|tell|check|mention|say|follow|ask|answer|provide)"
    r"|chose (?:to|the)|signed|accepted (?:our|the)|agreed to|insisted|shouted|waited too)\b"
    # disbelief
    r"|\b(?:you claim|as you claim|alleged(?:ly)?|you allege|supposedly \w+|so-called|your version"
    r"|your accusations?|your claims? (?:that|of)\b|hard to believe|difficult to believe|do not believe|don't believe"
    r"|doubt (?:that|your|you)|find it (?:odd|strange|hard)|surprised (?:to|by|at|that))\b"
    # scolding
    r"|\b(?:customers|guests|people|clients|patients|parents) like you\b|\bcalm down\b|\bget over it\b"
    r"|\byour (?:tone|attitude|rudeness|impatience|behaviour|behavior)\b"
    r"|\bthis kind of (?:language|tone|behaviour|behavior)\b"
    r"|\byou(?:'re| are| were| have been| sound| seem)(?: being)?(?: \w+ly| very| quite| too| so| a bit| rather"
    r"| just)* (?:rude|impatient|unreasonable|aggressive|difficult|demanding|mistaken|wrong|dramatic|overreacting"
    r"|exaggerating|hostile|impolite|ungrateful|lying|a liar|confused|fussy|picky|unfair|abusive|insulting|hysterical"
    r"|the problem|incorrect|not right)\b(?! (?:size|address|bus|train|shop|person|number|desk))"
    r"|\b(?:stop|quit) (?:writing|contacting|messaging|emailing|e-mailing|calling|complaining|bothering|sending"
    r"|harassing|pestering)\b"
    r"|\bdo(?: not|n't) (?:write|contact|message|e-?mail|call|bother) (?:me|us)\b"
    # sending them away
    r"|\b(?:find|go to|try|choose|look for) (?:yourself )?(?:another|a different|some other|somewhere else"
    r"|someone else)\b(?=(?: \w+)?[.,!\n]|$)"
    r"|\btake your (?:business|custom|money) (?:elsewhere|somewhere)\b|\bshop (?:elsewhere|somewhere else)\b"
    # refusing, denying
    r"|\bnothing (?:more |else |that |which )*(?:we|i) can do\b|\bnothing can be done\b"
    r"|\b(?:that|this|it)(?:'s| is| was) (?:not|really not|hardly|n't) (?:our|my) (?:fault|problem|responsibility"
    r"|mistake|job)\b"
    r"|\b(?:isn't|wasn't) (?:our|my) (?:fault|problem|responsibility)\b"
    r"|\b(?:we|i) (?:did|have done) (?:nothing|everything|all) (?:wrong|right|correctly|we could|i could|possible)"
    r"|\bwas(?:n't| not) (?:our|my) (?:fault|doing)\b|\bwe (?:stand by|see no)\b"
    r"|\b(?:i|we) (?:cannot|can't|do not|don't) see (?:what|why|any|how)\b"
    # everybody else manages; it is as it should be
    r"|\b(?:parents|customers|guests|members|passengers|clients|users|readers|patients|tenants|travellers|students"
    r"|everyone|everybody|you|people) (?:had been|were|are|have been)(?: \w+ly)? (?:asked|told|informed|advised"
    r"|reminded|expected|required|requested|warned|notified|free) to\b"
    r"|\b(?:normally|usually|generally|typically)(?: \w+)? (?:customers|members|guests|people|parents|clients|patients"
    r"|users|you)\b"
    r"|\b(?:need|have|show|send|require|want)(?: to see)?(?: \w+)? (?:proof|evidence)\b"
    r"|\b(?<!you )(?<!times to )(?<!had to )prove (?:that|it)\b"
    r"|\bnot (?:unusual|uncommon)\b|\bisn't (?:unusual|uncommon)\b"
    r"|\b(?:most|many) (?:customers|guests|people|clients|patients|readers|parents|users) \w+"
    r"|\b(?:most|all|many) (?:of )?(?:our |other )?(?:customers|guests|people|clients|patients|readers|parents"
    r"|users) (?:\w+ )?(?:like|love|are|have|find|manage|understand|do|don't|say|enjoy|never)\b"
    r"|\bother (?:customers|guests|people|clients|patients) (?:\w+ )?(?:are|were|have|had|love|like|manage|seem|did)\b"
    r"|\b(?:our|my|the|that) (?:\w+ )?(?:staff|receptionist|colleague|team|driver|teacher|room|lift|food|product"
    r"|service) (?:is|are|was|were|does|do|has|have)(?:n't| not| never| always) (?:ever |been |be )?(?:rude|smell"
    r"|unfriendly|impolite|late|friendly|polite|perfect|excellent|noisy|dirty|cold|any)\b"
    r"|\b(?:is|was|are|were|'s|that's) (?:perfectly |quite |completely |totally |absolutely )?(?:normal|fine"
    r"|standard practice|usual|to be expected|not unusual|common|correct on our|in order|as described|as advertised"
    r"|as it should be)\b(?! again| now)"
    r"|\b(?:works|worked|working) (?:fine|perfectly|correctly|as intended|as designed)\b(?! now| again)"
    r"|\b(?:it(?:'s| is) possible|could it be|might it be|is it possible|it may be|it could be|i wonder (?:if|whether)"
    r"|perhaps|maybe)(?: that)? (?:you|your \w+)\b(?!'| (?:would|could|can|prefer|will))"
    r"|\b(?:was|were) (?:it|they|this|the \w+)(?: perhaps| maybe| possibly| not)* already\b"
    r"|\bplease (?:check|verify|make sure|double-check)(?: again| once more| carefully| first)?(?: (?:with|whether|if"
    r"|that|your|in|at|you))\b"
    r"|\byou did (?!not\b|nothing|well|right|everything|the right|deserve)\w+"
    r"|\byou (?:yourself|changed your mind|were the one)\b"
    r"|\b(?:accept|admit) no (?:liability|responsibility|fault|blame)\b|\bno further claims?\b"
    r"|\bno (?:grounds|reason) (?:for|to)\b"
)
# "We told you that you were mistaken" owns the doubt.
_OUR_DOUBT = re.compile(
    r"\b(?:i|we)\b[^\n]{0,90}\b(?:insisted|said|told you|claimed|accused|implied|treated|acted|suggested|assumed"
    r"|pretended|made)\b"
)


def doubts_customer(reading: Reading) -> Iterator[Span]:
    """E3, plain rudeness and refusal among it."""
    for pattern in (DOUBTING, OBLIQUE):
        for match in pattern.finditer(reading.text):
            before = reading.text[reading.letter.span(reading.letter.sentence(match.start()))[0] : match.start()]
            if not _OUR_DOUBT.search(before):
                yield match.span()


_OWNED = "I'm sorry. I sent your soup out cold because I forgot to call the driver. I have refunded it.\nTom"

RULES = (
    Rule(
        id="E3",
        name="Doubts or blames the customer",
        severity="block",
        why="It questions the customer's word, or scolds them.",
        fix="Take their account as it is, and say what you will do about it.",
        source="Kapeš et al. 2022: denial lowers trust",
        bad=(
            "Sorry about the soup. Our records show that it was on time.\nTom",
            "Please stop writing to me about the soup. You are rude.\nTom",
        ),
        good=(_OWNED,),
        find=doubts_customer,
    ),
)
