"""Cues about what was received, what was paid and how people behaved, in English."""

from __future__ import annotations

from cases.model import Severity
from cases.triage.cues import LEANS, TELLS, Cue
from cases.triage.patterns import compiled


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
        "(fell|falls|falling|came|coming|broke|breaks|breaking|peel*|wore|gave) <1>(apart|off|down|to pieces|loose|undone|in half(?! (the|an?|of|my)))",
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
        "(forgot|forgotten|forgetting|left out|missed (off|out)) <3>(order|items?|drinks?|sauce|half|sides?|dessert|fries|my|our|parts?|cutlery|screws|instructions|to|one|the)",
        "(half|part|parts|some|one|two|three|most|bits) of (the|my|our|it|them) <3>(not|never|absent|gone|empty)",
        "(came|arrived|delivered|turned up) with (one|no|only|half|none|missing|out) <2>",
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
        "(crash|crashes|crashed|crashing|freezes|froze|frozen|glitch*|glitchy|buggy|(?<!bed )bugs?|keeps? (dropping|disconnecting|buffering|logging))",
        "(is|are|was|were|been|has been|went|site|website|app|server|internet|system|line|service|broadband) (down|offline|not available|unavailable|dead) ",
        "(logs?|kicks?|kicked|logged|locked|locks) (me|us) out",
        "(deleted|lost|erased|wiped|overwrote) <4>(files?|photos|work|documents|messages|settings|notes|history|everything|projects?|contacts|entries|recordings|progress|levels?|saves?|streak|coins|points)",
        "(button|link|page|form|menu|screen|switch|field|search|filter|lift|machine) <2>(does|do|did) nothing",
        "(stopped|quit) <1>(firing|syncing|loading|printing|sending|arriving|updating|recording|appearing|connecting)",
        "(error|errors) <3>(message|messages|every|when|again|code|all|page)",
        "<be> not possible to <5>",
        "(in|into) (a |an |endless |infinite |the )*loop",
        "(outage|outages|downtime)",
        "(has|have) been (down|broken|out of order|without|unavailable|off|dead) ",
        "(can|could) not <1>(ship|print|invoice|pay|access|trade|export|import|upload|download|submit|work|connect|log) <2>(anything|anyone|until|our|any|my|the|since)",
        "(keeps?|kept) (breaking|crashing|failing|freezing|stalling|tripping|jamming)",
        "(keeps?|gets?|got|is|was|are|went) (dropping|disconnecting|cutting out|bugged|laggy|stuck)",
        "(off|down|on the blink|cutting out|dropping) (at night|every (night|day|evening|time|hour|<number>))",
    ),
    _cue(
        "quality",
        LEANS,
        "(cold|stone cold|lukewarm|tepid|raw|burnt|dry|greasy|salty|expired|watery) <1>(food|soup|chips|fries|pizza|meal|dinner|burger|chicken|bread|coffee|tea|steak|rice|pasta|in the middle|inside|at best|when|by the time|sauce|curry|fish)",
        "(stone cold|congealed|gone hard|gone cold|gone off|flavourless|flavorless|gristly|slimy)",
        "(food|soup|chips|fries|pizza|meal|dinner|burger|chicken|bread|coffee|tea|steak|rice|pasta|shower|room|water|radiator|sauce|fish|meat|salad|eggs|toast|cake|noodles|curry|lasagne|pie|breakfast|lunch|dessert|potatoes|vegetables|drinks?|it|they|everything) "
        "(was|were|is|are|came|arrived|tasted|served) <2>(cold|lukewarm|tepid|soggy|stale|bland|tasteless|raw|undercooked|overcooked|burnt|dry|rubbery|greasy|salty|hard|tough"
        "|mushy|rotten|mouldy|moldy|watery|inedible|off|freezing)",
        "(food|soup|chips|fries|pizza|meal|dinner|burger|chicken|bread|coffee|tea|steak|rice|pasta|shower|room|water|radiator|sauce|fish|meat|salad|eggs|toast|cake|noodles|curry) (cold|lukewarm|soggy|stale|raw|burnt|dry|hard|tough|watery|freezing|warm)(?= [.,?]| and)",
        "(soggy|bland|tasteless|inedible|rubbery|mouldy|moldy|undercooked|overcooked|rotten|stale|lukewarm|tepid|flimsy|shoddy|poor quality|bad quality|low quality|cheap plastic|cheaply made)",
        "(tasted?|smell(s|ed|ing|t)?|looks?|looked|felt|feels?) <1>(like|of) <2>(cardboard|dishwater|plastic|sewage|smoke|damp|cheap|nothing|soap|rubber|mould|urine|sweat|bleach|drains|rubbish|fish|wet)",
        "(filthy|dirty|disgusting|unhygienic|unclean|grubby|sticky|stained|stinks?|stank|stinking|smelly|smelled|grim|mould|damp|dusty|hairs?|bed ?bugs?|bedbugs|cockroach*|roach*|mice|mouse|rats?|maggots?|flies)",
        "(tiny|small|smaller|mean|stingy) <2>(portion|portions|room|for the price|serving)",
        "portions? <2>(tiny|small|smaller|mean|laughable)",
        "(overpriced|extortionate|too expensive|not worth|rip off|ripped off|daylight robbery|poor value|bad value|way too much|hidden (fees|costs|charges)|expensive for)",
        "(portions?|packs?|bottles?|boxes|bars|rooms|seats) <2>(shrunk|smaller|shrinking)",
        "(too|so|very|really|extremely|incredibly) (crowded|noisy|loud|complicated|confusing|small|cold|hot|cramped|dark|hard|difficult|many clicks|salty|sweet|spicy|dry)",
        "(noisy|cramped|overcrowded|uncomfortable|confusing|clunky|unusable|unreliable|slow|slowly|draughty|crowded|chaotic|disorgani[sz]ed|messy|short staffed|understaffed)",
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
        "stop <1>(charging|billing|debiting|invoicing|taking)",
        "(charge|charged|charging|bill|billed) (you |us |me |people |customers )?for (tap water|using|the privilege|breathing|a glass|nothing|parking)",
        "(bill|bills|premium|rent|invoice|statement) <3>(doubled|tripled|makes no sense|does not add up|went up|gone up|jumped)",
        "(code|discount|voucher|coupon|gift card|points) <3>(not|never|expired|refused|rejected|declined)",
        "paid (full price|for nothing)",
    ),
    _cue(
        "billing",
        TELLS,
        "(unexpected|surprise|unexplained|mystery|hidden|extra|outrageous) (charges?|fees?|costs?|bill)",
        bare=True,
    ),
    _cue(
        "money_lost",
        TELLS,
        "(lost|losing|vanished|disappeared|stolen|gone|missing|owe|owed|took|taken|debited|out of pocket|cost (me|us)|deducted) <5><amount>",
        "(cost|costs|costing) (us|me) <3><amount>",
        "(took|taken|take|keep|kept|pocketed|stole) (my|our) (money|deposit|cash)",
        "<amount> <2>(left|has left|gone from|came out of|went from|out of) <2>account",
        "<amount> <4>(vanished|disappeared|gone|missing|stolen|out of pocket|taken|lost|down the drain)",
    ),
    _cue(
        "money_lost",
        TELLS,
        "(rent|mortgage|direct debit|standing order|cheque|wages) <2>bounced",
        "(savings|deposit|salary|wages|pension|money) <4>(vanished|disappeared|gone|missing|lost|stolen)",
        "out of pocket",
        "(keep|keeps|kept|still|continue|continued) <1>(taking|charging|debiting|billing|take|charge|bill)( <3>(money|me|us|my|every))?",
        "(charged|billed|paid|deducted) <5>twice",
        "charged (me |us )?(twice|double)",
        severity=Severity.HIGH,
    ),
)

_PERSON = "staff|lady|woman|man|guy|girl|lad|person|agent|assistant|receptionist|voice|tone|nurse|doctor|teacher|operator|rep|adviser|advisor|manager|waiter|waitress|driver|cashier|colleague|she|he|host|hostess|owner|team|crew"
# "… I spoke to on the phone": what may stand between a person and what that person was like; food would change the subject.
_WHO = "(?:(?!(?:food|soup|meal|dinner|pizza|coffee|tea|it|but|and|said|told|brought|served|room|water|because|shower|parcel) )[^ .,?]+ ){0,7}"

PEOPLE: tuple[Cue, ...] = (
    _cue(
        "rude",
        TELLS,
        "(rude|rudest|rudely|rudeness|impolite|arrogant|condescending|patroni[sz]ing|dismissive|disrespect*|snarky|sarcastic|unfriendly|discourteous|abrupt|obnoxious|sneered|smirked|snooty|stroppy|ill mannered|bad mannered|brusque|curt)",
        f"({_PERSON}) {_WHO}(is|was|were|are|sounded|seemed|felt) <2>(cold|icy|frosty|short with|unkind|unpleasant|nasty|horrible|awful to|mean|unwelcoming)",
        "(rolled|rolling|rolls) <1>eyes",
        "<staff> <3>(snapped at|scoffed|could not care|walked (off|away) (from|while|when|as|mid)|looked down|sighed at|tutted)",
        "(treated|treat|treats) <2>(like (a|an|dirt|rubbish|children|idiots|fools|criminals)|as (if|though|a)|badly|poorly|unfairly)",
        "how (i|we) (was|were|am|are|have been) treated",
        "(no|lack of|zero) (manners|courtesy|respect)",
        bare=True,
    ),
    _cue(
        "rude",
        TELLS,
        "(insulting|insulted|abusive|aggressive|hostile|humiliat*|belittl*|mocked|sworn at|bullied|intimidat*)",
        "(hung|hangs|hang|slammed|put|hanging) <2>(up on (me|us|my|him|her)|the phone down|the phone on)",
        "hung up",
        "<staff> <3>(laughed at|swore|yelled|shouted|screamed|talked down|called me|accused (me|us|my)|made fun)",
        "(laughed|yelled|shouted|screamed|sworn|spoken down|talked down|snapped) (at|to) (me|us|my|our)",
        "told (me|us|her|him) to (stop|leave|go away|get lost|shut|calm|get out|deal)",
        "(treated|treat|treats) <2>with contempt",
        "left in tears",
        "cried (all|on|in|for)",
        bare=True,
        severity=Severity.HIGH,
    ),
    _cue(
        "unhelpful",
        LEANS,
        "(unhelpful|useless|incompetent|clueless|unprofessional|inattentive|indifferent|disinterested|uninterested|careless|bored|unresponsive|lazy|inept|amateurish|amateurs|uncaring|sloppy|unorgani[sz]ed|shrugged|unsympathetic|lied|lies|lying)",
        "(do|does|did|could|can|would) not <1>(care|give a|know what|help|want to help|listen|have a clue)",
        "(nobody|no one|not one) <1>(cares|helped|helps|cared|listens|listened|bothered)",
        "(no|zero|lack of|without) <1>(help|interest|empathy|sympathy|respect|manners|professionalism|communication|support|compassion|care|consideration|clue)",
        "(could|can) not care less",
        bare=True,
    ),
    _cue(
        "manager",
        TELLS,
        "(speak|talk|spoke|escalate|complain|want|asked|asking|demand|need) <3>(to |with |for |see )?(a |the |your |someone |somebody )?(in charge|manager|supervisor|superior|someone in charge|someone senior|head office|ceo|director|boss)",
        "(formal|official|file a|make a|making a|lodge a|submit a|register a|filing a|written) (formal |official |written )?complaint",
        "(?<!not )(want|wish|like|going|have) to complain",
        "(i am|we are|am) complaining",
        "my complaint",
        "(please|must|will|to) <1>escalate <3>",
    ),
)

GRIEVANCES = RECEIVED + MONEY + PEOPLE
