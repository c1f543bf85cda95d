"""Cues about what was received, what was paid and how people behaved, in English."""

from __future__ import annotations

from cases.cues import LEANS, TELLS, Cue
from cases.model import Severity
from cases.patterns import compiled


def _cue(
    code: str,
    weight: float,
    *sources: str,
    bare: bool = False,
    threat: bool = False,
    severity: Severity = Severity.NORMAL,
) -> Cue:
    return Cue(code, weight, compiled(*sources), severity, bare, threat)


RECEIVED: tuple[Cue, ...] = (
    _cue(
        "broken",
        LEANS,
        "(broken|damaged|faulty|defective|smashed|shattered|cracked|crushed|torn|ripped|ruined|scratched|dented|bent|snapped|soaked|soaking|leaking|leaks?|leaked|drips"
        "|melted|wilted|dead on arrival|unusable|bust|busted|chipped|stained|squashed|burst|frayed|shrunk|split|malfunction*|wonky|wobbles)",
        "(fell|falls|falling|came|coming|broke|breaks|breaking|peel*|wore|gave) <1>(apart|off|down|to pieces|loose|undone|in half)",
        "(fell|fall|falls|falling|gave|wore) out",
        "(broke|snapped|stopped|died|failed|cracked|tore|ripped|leaked|shrank|faded) <2>(within|after|on|in|the|straight|immediately|already|working) <5>",
        "(stopped|stops|quit|ceased) (working|charging|responding|functioning|heating|cooling|turning)",
        "(zip|zipper|strap|handle|button|screen|lid|seam|sole|heel|wheel|hinge|cable|battery|leg) <2>(broke|snapped|died|came off|fell off|is gone)",
        "in (bits|pieces|tatters)",
        bare=True,
    ),
    _cue(
        "wrong_item",
        TELLS,
        "(different|another|someone else) (customer|person|address|order|guest|patient)",
        "(wrong|incorrect) (one |<1>)?(item|order|size|colou?r|product|thing|model|meal|dish|pizza|parcel|package|address|flavou?r|food|drink"
        "|part|room|one|ones|book|shade|person|customer|flight|date|house|medication|amount|version|day|time|information|answer|advice)",
        "(not|never) <3>(what|the (one|thing|size|colou?r|same)|as) <1>(i |we )(ordered|asked|bought|paid|expected|wanted|requested|booked|chose|was told|were told)",
        "(not|nothing|far from|nowhere near) <1>(as|like|what|how) <2>(described|advertised|promised|pictured|shown|picture|pictures|photo|photos|website|expected|stated|was promised|agreed)",
        "(pictures?|photos?|website|description|advert|menu) (lies?|lied|is (a lie|misleading|wrong)|are (lies|misleading|wrong|fake))",
        "(sent|gave|given|delivered|got|received|brought|served|shipped) <2>(the |a )?wrong",
        "(ordered|asked for|booked|paid for|requested|wanted|reserved|chose) <5>(and|but|,) <3>(got|received|was given|were given|sent|sat|came|ended up|it was|instead)",
        "(sent|gave|delivered|brought) (me|us) <6>(i|we) (ordered|asked|wanted|booked)",
        "i ordered (a|the|two|three|[0-9]+) <2>[.,?]",
    ),
    _cue(
        "missing",
        LEANS,
        "(missing|incomplete|omitted)",
        "(forgot|forgotten|forgetting|left out|missed) <3>(order|items?|drinks?|sauce|half|sides?|dessert|fries|my|our|parts?|cutlery|screws|instructions|to|one|the)",
        "(half|part|parts|some|one|two|three|most|bits) of (the|my|our|it|them) <3>(not|never|absent|gone|empty)",
        "only (one|two|three|half|part|some|received|got|[0-9]+) <4>(instead|of|arrived|came|in the|were|was|out)",
        "(no|without|not any) <1>(hot water|heating|wifi|internet|signal|electricity|power|towels?|toilet paper|cutlery|sauce|instructions|receipt|seats?|air conditioning|phone line"
        "|dial tone|parking|water|bedding|soap|ketchup|invoice|confirmation|connection|service)",
        "(empty|nothing in(side)?) <1>(box|bag|parcel|envelope|package)",
        bare=True,
    ),
    _cue(
        "not_working",
        TELLS,
        "(do|does|did|will|would|can|could|is|are|was|were|has|have) (still |just |simply )?(not|never|no longer|hardly|barely) <2>(<work>|working|functioning)",
        "(never|hardly|barely|not) <1>(works?|worked|working|loads?|opens)",
        "(out of (order|service|action)|not in service)",
        "(crash|crashes|crashed|crashing|freezes|froze|frozen|glitch*|buggy|bugs?|keeps? (dropping|disconnecting|buffering|logging))",
        "(is|are|was|were|been|has been|went|site|website|app|server|internet|system|line|service|broadband) (down|offline|not available|unavailable|dead) ",
        "(logs?|kicks?|kicked|logged|locked|locks) (me|us) out",
        "(deleted|lost|erased|wiped|overwrote) <2>(files?|photos|work|documents|messages|settings|notes|history|everything|projects?|contacts|entries|recordings)",
        "(lost|cost|wasted|waste|wasting) <3>(days?|hours?|weeks?|afternoon|evening|morning|weekend|time|work|money|night|holiday) ",
        "(error|errors) <3>(message|messages|every|when|again|code|all|page)",
        "<be> not possible to <5>",
    ),
    _cue(
        "quality",
        LEANS,
        "(cold|lukewarm|tepid|soggy|stale|bland|tasteless|raw|undercooked|overcooked|burnt|dry|rubbery|greasy|salty|mushy|rotten|mouldy|moldy|expired|off|watery|inedible|congealed) "
        "<1>(food|soup|chips|fries|pizza|meal|dinner|burger|chicken|bread|coffee|tea|steak|rice|pasta|and|in the middle|inside|at best|,|\\.|when|by the time|sauce|curry|fish)",
        "(food|soup|chips|fries|pizza|meal|dinner|burger|chicken|bread|coffee|tea|steak|rice|pasta|shower|room|water|radiator|sauce|fish|meat|salad|eggs|toast|cake|noodles|curry) "
        "(was|were|is|are|came|arrived|tasted|served|felt)? ?<2>(cold|lukewarm|tepid|soggy|stale|bland|tasteless|raw|undercooked|overcooked|burnt|dry|rubbery|greasy|salty|hard|tough"
        "|mushy|rotten|mouldy|moldy|watery|inedible|off|freezing|warm)",
        "(soggy|bland|tasteless|inedible|rubbery|mouldy|moldy|undercooked|overcooked|rotten|stale|lukewarm|tepid|flimsy|shoddy|poor quality|bad quality|low quality|cheap plastic|cheaply made)",
        "(tasted?|smell(s|ed|ing|t)?|looks?|looked|felt|feels?) <1>(like|of) <2>(cardboard|dishwater|plastic|sewage|smoke|damp|cheap|nothing|soap|rubber|mould|urine|sweat|bleach|drains|rubbish|fish|wet)",
        "(filthy|dirty|disgusting|unhygienic|unclean|grubby|sticky|stained|stinks?|stank|stinking|smelly|smelled|grim|mould|damp|dusty|hairs?|bed ?bugs?|bedbugs|cockroach*|roach*|mice|mouse|rats?|maggots?|flies)",
        "(tiny|small|smaller|mean|stingy) <2>(portion|portions|room|for the price|serving)",
        "portions? <2>(tiny|small|smaller|mean|laughable)",
        "(overpriced|extortionate|too expensive|not worth|rip off|ripped off|daylight robbery|poor value|bad value|way too much|hidden (fees|costs|charges)|expensive for)",
        "(too|so|very|really|extremely|incredibly) (crowded|noisy|loud|complicated|confusing|small|cold|hot|cramped|dark|busy|hard|difficult|many clicks|salty|sweet|spicy|dry)",
        "(noisy|cramped|overcrowded|uncomfortable|confusing|clunky|unusable|unreliable|slow|crowded|chaotic|disorgani[sz]ed|messy|short staffed|understaffed)",
        "(hard|rough|tough|uncomfortable) (as|like) <1>(concrete|rock|stone|brick|wood|leather|board|nails)",
        "(looks?|looked|feels?|felt) cheap",
        "half (cooked|baked|finished|done|empty|raw)",
        "(left|made) <2>(a |the )?(mess|worse)",
        "(a|such a|big|huge|complete|total) step back*",
        "(slept|sleep) <1>(two|three|one|[0-4]) hours",
        "(drilling|shouting|barking|banging|construction|building work) <5>(at (six|five|seven|night|[0-9])|all (night|day)|until|outside)",
        bare=True,
    ),
)

MONEY: tuple[Cue, ...] = (
    _cue(
        "refund",
        TELLS,
        "(want|demand|demanding|expect|need|give|where is|asking for|requesting|insist on|waiting for|like|owe|owed|get) <2>(my|our|a|the|full|me|us) <1>(full |partial )?(refund|money|money back|deposit|cash)( back)?",
        "(give|send|pay|get|want) <2>(me |my |our |us )?(my |our |the )?money (back )?",
        "(no|not|never|without|refus*|denied|deny|declined|rejected|still) <4>(refund|refunded|reimburs*|compensat*)",
        "(pay|paying|paid|owe) <3>compensation",
        "refund (is )?(still|never|not|took|has not|was refused|denied|pending|please|now|asap|immediately)",
        "want (to be )?(refunded|reimbursed|compensated)",
    ),
    _cue(
        "billing",
        TELLS,
        "(charged|billed|debited|invoiced|deducted|paid|taken|took) <4>(twice|double|two times|three times|again|for nothing|even though|although|without|extra|too much|instead of)",
        "(double|over|wrongly|incorrectly|mis) (charged?|charging|billed|charges)",
        "(overcharg*|overbill*|double charged|undercharged|miscalculat*)",
        "(charged|billed|invoiced|fined) <1><amount>",
        "(charged|billed|charging|billing) (me|us|my|our|for) <5>(never|not|cancelled|did not|wrong|another|debt|mistake|<amount>)",
        "(quoted|agreed|advertised|price was|supposed to be|estimate) <5>(charged|billed|paid|bill|invoice|ended up|it was|but)",
        "(keep|kept|keeps|still|continue|continued|continues) <1>(to )?(taking|charging|billing|debiting|take|charge|bill|charged|billed|taken)",
        "(wrong|incorrect|mistake|error|errors) <2>(bill|invoice|amount|price|charge|on my bill|balance|statement)",
        "(bill|invoice|statement|balance) <2>(wrong|incorrect|not right|makes no sense|doubled|tripled)",
        "(price|bill|premium|rent|fee|cost|subscription) <2>(went|gone|jumped|shot|increase|increased|hike|doubled|rise|rose) <5>(no notice|without|up|double|again|suddenly)",
        "already <1>(paid|cancelled|returned|settled)",
        "(double|triple|twice|more than) <1>what (it|i|we) (was|were|used|paid|agreed)",
        "(do|does|can|could|did) not <1>(understand|make sense of|explain) <2>(bill|invoice|charge|charges|statement|fee|fees)",
        "another <1>(price|rent|fee) (increase|rise|hike)",
        "(unexpected|surprise|unexplained|mystery|hidden|extra|outrageous) (charges?|fees?|costs?|bill)",
        "(code|discount|voucher|coupon|gift card|points) <3>(not|never|expired|refused|rejected|declined)",
        "paid (full price|for nothing)",
    ),
    _cue(
        "money_lost",
        TELLS,
        "(lost|vanished|disappeared|stolen|gone|missing|owe|owed|took|taken|debited|out of pocket|cost (me|us)|deducted) <5><amount>",
        "<amount> <4>(vanished|disappeared|gone|missing|stolen|out of pocket|taken|lost|down the drain)",
        "(savings|deposit|salary|wages|pension|money) <4>(vanished|disappeared|gone|missing|lost|stolen)",
        "(out of pocket|down the drain)",
        "(keep|keeps|kept|still|continue|continued) <1>(taking|charging|debiting|billing|take|charge|bill)( <3>(money|me|us|my|every))?",
        "(charged|billed|paid|deducted) <5>twice",
        "charged (me |us )?(twice|double)",
        severity=Severity.HIGH,
    ),
)

PEOPLE: tuple[Cue, ...] = (
    _cue(
        "rude",
        TELLS,
        "(rude|rudest|rudely|rudeness|impolite|arrogant|condescending|patroni[sz]ing|dismissive|disrespect*|insulting|insulted|insult|abusive|aggressive|hostile|snapped|snarky|sarcastic"
        "|humiliat*|belittl*|mocked|unfriendly|discourteous|abrupt|obnoxious|sneered|smirked|swore|sworn at|yelled|shouted|screamed|bullied|intimidat*|contempt)",
        "(hung|hangs|hang|slammed|put|hanging) <2>(up on (me|us|my|him|her)|the phone down|the phone on)",
        "hung up",
        "<staff> <3>(laughed at|rolled|swore|smirked|yelled|shouted|snapped|scoffed|ignored (me|us)|walked (off|away)|talked down|could not care|called me|accused|made fun|looked down)",
        "(laughed|yelled|shouted|screamed|sworn|spoken down|talked down|snapped) (at|to) (me|us|my|our)",
        "(rolled|rolling) (his|her|their) eyes",
        "told (me|us|her|him) to (stop|leave|go away|get lost|shut|calm|get out|deal)",
        "(treated|treat|treats) <2>(like|as|badly|poorly|with contempt|unfairly)",
        "left in tears",
        "cried (all|on|in|for)",
        bare=True,
        severity=Severity.HIGH,
    ),
    _cue(
        "unhelpful",
        LEANS,
        "(unhelpful|useless|incompetent|clueless|unprofessional|inattentive|indifferent|disinterested|uninterested|careless|bored|unresponsive|lazy|inept|amateurish|amateurs|uncaring|sloppy|unorgani[sz]ed|shrugged|unsympathetic|idiots?|clowns|cowboys|liars?|lied|lies|lying|crooks?|cheats?|thieves|morons?)",
        "(do|does|did|could|can|would) not <1>(care|give a|know what|help|want to help|listen|have a clue)",
        "(nobody|no one|not one) <1>(cares|helped|helps|cared|listens|listened|bothered)",
        "(no|zero|lack of|without) <1>(help|interest|empathy|sympathy|respect|manners|professionalism|communication|support|compassion|care|consideration|clue)",
        "(could|can) not care less",
        "(staff|lady|she|he|they|person|woman|man|tone|voice) (was|were) <1>cold",
        bare=True,
    ),
    _cue(
        "manager",
        TELLS,
        "(speak|talk|spoke|escalate|complain|want|asked|asking|demand|need) <3>(to |with |for |see )?(a |the |your |someone |somebody )?(in charge|manager|supervisor|superior|someone in charge|someone senior|head office|ceo|director|boss)",
        "(formal|official|file a|make a|making a|lodge a|submit a|register a|filing a|written) (formal |official |written )?complaint",
        "(want|wish|like|going|have) to complain",
        "(i am|we are|am) complaining",
        "my complaint",
    ),
)

GRIEVANCES = RECEIVED + MONEY + PEOPLE
