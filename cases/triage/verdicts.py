"""Cues of the verdict customers pass: leaving, warning others, naming what they feel, saying the opposite of it."""

from __future__ import annotations

from cases.model import Severity
from cases.triage.cues import HINTS, LEANS, TELLS, Cue
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


LEAVING: tuple[Cue, ...] = (
    _cue(
        "churn",
        TELLS,
        "never <1>(again|buy|buying|use|using|order|ordering|come|coming|return|returning|go|going|shop|shopping|book|booking|fly|flying|set foot|stay|staying|eat|deal)( <3>again)?",
        "never again",
        "(will|would|shall|going to|am|are|do|plan to|intend to) not <2>(be )?(return|returning|com(e|ing) back|go(ing)? back|order(ing)? (again|from|here)|us(e|ing) (you|them|this) <2>again"
        "|book(ing)? (again|with|here)|buy(ing)? (again|from|anything)|be back|recommend(ing)?|shop(ping)? (here|with|again)|stay(ing)? here|fly(ing)? with|set foot|visit(ing)? again|order again)",
        "(stay|steer|keep) (away|clear)",
        "avoid (this|at all|like|them|these|if)?",
        "do not (waste|buy|order|go|use|trust|stay|book|eat|fall for)",
        "do not bother (with (the|this|them|it|these)|going|ordering|coming|booking|buying|eating)",
        "(would|could|can|do|will) not recommend",
        "not <1>recommend( <3>)?",
        "(lost|no) (all )?(faith|trust|confidence|patience)",
        "(regret|regretted|regretting) (buying|ordering|booking|coming|choosing|going|signing|this|my|it)",
        "(have|had) (had )?enough(?= [.,?]| of)",
        "(used to be|once was|was) (my|our) (favourite|favorite|go to|regular)",
        threat=True,
    ),
    _cue(
        "churn",
        TELLS,
        "(am|are|is|will|shall|do|decided|choose|chosen|plan|intend) <2>not <3>renew(ing)?",
        "(switch|switching|moving|move|going|leave|leaving|shopping|gone|taking (my|our) (business|custom|money)) <4>(to|for|with|at|elsewhere) <2>(competitors?|competition|elsewhere|another|different|provider|rivals?|someone else|somewhere else)",
        "(go|going|shop|shopping|look|looking|buy|buying|business|custom|money|order|ordering) (elsewhere|somewhere else)",
        "(competitor|somewhere else|elsewhere) (from now on|next time|in future)",
        "(lost|losing|lose) (me |a |my |an |our )<3>(customer|custom|client|business|patience|trust|faith|confidence|member|guest|patient)",
        "(final|last) (straw|chance|warning)",
        "(is|was|be) (the|my|our) (very |absolute )?(last|final) (time|order|visit|purchase|booking|meal|stay|flight|appointment)",
        "(evaluating|looking (at|for|into)|considering|exploring|comparing) <2>(alternatives?|competitors?|other (options|providers|suppliers)|another)",
        "(done|through|finished) with (you|this|them|your)",
        threat=True,
        severity=Severity.HIGH,
    ),
    _cue(
        "churn",
        TELLS,
        "(cancelling|cancelled|cancel|closing|ending|leaving|terminating|quit|quitting) <2>(my|our|the) <1>(contract|subscription|membership|account|plan|policy)",
        bare=True,
        severity=Severity.HIGH,
    ),
    _cue(
        "review",
        TELLS,
        "(leave|leaving|post|posting|write|writing|give|giving|left|posted) <3>(one|1|zero|0|bad|negative|terrible|scathing|honest|poor) <1>(star|stars|reviews?)",
        "(will|going to|about to|am|be|shall|gladly|happily) <2>(leave|leaving|post|posting|put|writing|write) <4>(review|reviews|trustpilot|tripadvisor|yelp|google|facebook|twitter|instagram|tiktok|social media|everywhere|online)",
        "(trustpilot|tripadvisor|yelp|social media|tiktok|twitter|facebook|instagram) <6>(will|going to|know|hear|unless|if)",
        "(tell|telling|warn|warning) (everyone|everybody|all my|all our|my friends|others|people|the world|anyone)",
        "(going|go|make this|take this) public",
        threat=True,
        severity=Severity.HIGH,
    ),
)

SPOKEN: tuple[Cue, ...] = (
    _cue(
        "unacceptable",
        TELLS,
        "(do better|try harder|sort (it|yourselves|this) out|get (a grip|it together|your act together)|shame on <1>)",
        "more questions than answers",
        "(new|another|same|more|only|just|nothing but|full of|poor|lame|endless|always an?|pathetic) (excuse|excuses)",
        "(idiots?|clowns|cowboys|liars?|crooks?|cheats?|thieves|morons?|muppets|imbeciles|fools|jokers|bastards|wankers|arseholes|assholes|pricks)",
        "(with (all due|the greatest|due|respect)|will not do|simply not|quite simply|not on is it) <6>",
    ),
    _cue(
        "disappointed",
        TELLS,
        "(disappoint(ed|ing|ment)|let (me|us|you|everyone) down|let down|lets (me|us) down|letdown|dissatisf*|unsatisf*|unhappy|displeased|unimpressed|underwhelm*|frustrat(ed|ing|ion)"
        "|(have|has|had) had (it|quite enough|enough) (with|up to)|end of (my|our) (tether|rope)|fuming|furious|livid|angry|outraged|gutted|fed up|upset|upsetting|disgusted|appalled|appalling|annoyed|exasperat*|sick (and tired )?of|tired of|ashamed|horrified|devastated)",
        bare=True,
    ),
    _cue(
        "unacceptable",
        TELLS,
        "(unacceptable|inexcusable|disgrace|disgraceful|outrageous|scandalous|scandal|shameful|atrocious|abysmal|dreadful|diabolical|deplorable|shocking|horrendous|horrific|shambles|shambolic"
        "|fiasco|farce|pathetic|ridiculous|a joke|is a joke|absolute joke|nightmare|disaster|dire|unbelievably (bad|slow|rude)|unprofessional|scam|scammers?|fraudsters|con artists|rubbish|terrible|awful|horrible|appalling|worst|crap|shit|shite|sucks|sucked|bullshit"
        "|bollocks|lousy|garbage|dogshit|hopeless|waste of (time|money|space)|complete waste|avoid|not acceptable|not on|beyond a joke)",
        "(very |really |so |extremely |pretty |just )?(poor|bad)( (service|experience|quality|show|form|taste|attitude|communication|support|job|value|product|food|customer))?",
        "how (is this|can this|can you|dare) <4>(acceptable|legal|allowed|possible|treat|you)",
        "what a (joke|shame|shambles|mess|waste|disaster|let down|nightmare|disgrace|farce|con|rip off)",
        bare=True,
    ),
    _cue(
        "sub_par",
        LEANS,
        "not <3>(good enough|great|good|impressed|happy|satisfied|pleased|acceptable|ideal|up to|worth|nice|ok|okay|right|fair|clean|fresh|helpful|friendly|professional|working|cool|amused|the best|the standard|what i (hoped|expected)|funny|fun)",
        "not (a |an )?(great|good|nice|pleasant|happy) <2>(experience|customer|one|look|start|impression|service)",
        "(could|should|can|might) <1>(be|have been|do|have done) (a (little|bit|touch|tad) |somewhat |much |far |so much |way )?(better|nicer|quicker|faster|cleaner|more|warmer|hotter|friendlier|clearer|kinder|softer|quieter|bigger|fresher|cheaper|sooner|larger|tidier|smoother|easier)",
        "(bit|little|touch|tad|somewhat|slightly|rather) (much (to|for|of)|steep|rich|poor|cheeky|slow|disappointing|disappointed|late|cold|dry|mean|grubby|tired|dated|shabby|underwhelming|surprised|puzzled|confused|annoyed|taken aback|put out|off|stale|tough|bland|rude|abrupt|pointless)",
        "(?<!pleasantly )(?<!happily )(surprised|dismayed|puzzled|taken aback|alarmed|astonished|concerned|saddened|sad|sorry|shocked) (to|by|at|that) <1>(find|discover|learn|hear|note|be told|be charged|receive|the way|how|see)",
        "(not|hardly|scarcely) (quite |exactly |really )?what (one|you|i|we|anyone) <2>(expects?|expected|hopes?|hoped|paid|asked|wanted)",
        "(shame|pity) (about|that|the|you|they|because)",
        "(is|was|were|are|kinda|pretty|so|just|honestly|lowkey) (mid|wack|trash|janky|scuffed|cringe|ass)",
        "(smh|not it|aint it|big yikes|yikes)",
        "(?<!not )(expected|hoping for|hoped for|deserve|deserved|was hoping|were hoping|expect) <3>(more|better|at least|hot|warm|a)",
        "(gone|went|going) (downhill|down hill|backwards|to the dogs)",
        "(used to|once) (be|was|were|love|have)",
        "(was|were) (much |so much |far |way )?better (before|under|with the old|last year)",
        "(pointless|worthless|mediocre|average|so so|nothing special|meh|underwhelming|lacking|substandard|sub par|subpar|below (par|average|standard)|disappointing|forgettable|uninspired)",
        "(room for improvement|needs (improvement|work|improving|a good)|leaves (much|a lot) to be desired)",
        "(gave|giving|given) up <1>(after|waiting|trying|in the end)",
        "(arrived|came|delivered|here|today|late) <3>after (the|her|his|my|our) <2>(party|wedding|birthday|event|funeral|holiday|christmas|anniversary)",
        "after the (party|wedding|birthday|event|funeral) (it|they) (was|were) for",
        "(nowhere near|far from|anything but|less than) <3>",
        "(do not|did not|hates? to|sorry to|reluctant to|hesitates? to|loath to|rarely|never usually|not one to|do not usually) (like to |want to |usually |normally |wish to )?(complain|grumble|moan|criticise|whinge|make a fuss|nitpick)",
        "would have been (nice|handy|useful|helpful|appreciated|welcome|good|better|courteous|polite|lovely|kinder)",
        "(perhaps|maybe) (next time|in future|one day)",
        "not <2>most (relaxing|pleasant|comfortable|enjoyable|helpful|friendly|exciting|professional|reliable|appetising) <2>",
        "(sorry|sad) to (say|report)",
        "(unfortunately|sadly|regrettably)",
        "(not sure|wonder) <2>(if|whether) (this|that) (is|was) (normal|right|meant|supposed)",
        "(fine|ok|okay|alright) i (guess|suppose)",
        "(should not|shouldn t) (have to|be (this|that|so))",
        "(wish|if only) (i|we) had(<1>| not)",
        "(do not|did not) (like|enjoy|understand why|appreciate|get why)",
        "(how|so) (hard|difficult) (can|is|was) it",
        "(a )?nothing (happens|happened|changed|changes|done|is done|works)",
        "(never|not) once",
    ),
    _cue("sub_par", LEANS, "(do|does|did|will) not (even )?fit", bare=True),
    _cue(
        "problem",
        LEANS,
        "why (do|does|did|is|are|was|were|has|have|can|should|would|must) <2>(it|this|my|the|you|nobody|i|we|your|not|they) <3>",
        "is (it|this|that) <1>(normal|acceptable|usual|right|fair|legal|standard) (that|for|when|not|how)",
        "(is|are|it|was|be|nearly|almost|virtually) impossible( to <3>)?",
        "(make|makes|made) no sense",
        "(expires?|expired|closes?|closed|shuts?|runs? out|times? out) before (the|i|we|it|anyone|my)",
        "(can|could) not (possibly )?be (right|correct|true|serious|possible)",
    ),
    _cue(
        "own_mark",
        TELLS,
        "(zero|one|0|1|no|minus|negative) stars?",
        "[0-3]/10",
        "[0-2]/5",
        "[0-3] out of (10|ten)",
        "(zero|one|two|three) out of ten",
    ),
    _cue("own_mark", LEANS, "(two|2|three|3) stars?", "[456]/10", "3/5", "(four|five|six|4|5|6) out of (10|ten)"),
    _cue("unhappy_face", LEANS, "sadface"),
    _cue("unhappy_face", HINTS, "cryface"),
    _cue(
        "sarcasm",
        TELLS,
        "(thanks|thank you|cheers) (a lot |so much |very much |again )?for <1>(nothing|losing|ruining|wasting|breaking|ignoring|forgetting|charging|cancelling|leaving|making|the wait|the cold|the late|not|never|that|letting|keeping|hanging|sending <3>(wrong|broken)|another|lying|the wrong)",
        "(great|good|nice|lovely|brilliant|fantastic|amazing|excellent|wonderful|well|superb|top|bravo|stellar|outstanding) <1>(job|work|done|going|one|service|effort|way|start|bravo|performance) <1>(on |at |for |to |of |in |by |with )?<1>(los*|forget*|ruin*|break*|wast*|ignor*|mess*|fail*|charg*|cancel*|delay*|keeping|leaving|making|not|never|nothing|send* <2>wrong|deliver* <2>(wrong|empty)|destroy*|hang*|overcharg*|damag*|miss*|annoy*)",
        "(love|loved|enjoy|enjoyed|adore|loving|like|nothing like|nothing better than|nothing says) <2>(how (you|your|they|it|the|my)|wait|waiting|being <1>(ignored|charged|lied|woken|told|overcharged|hung|kept|treated|left|put)|paying (for|twice|double|extra)|standing|queuing|cold|when (you|your|the|my))",
        "(only|just) (took|needed|waited|cost) <3>(<number>|a) <2>(hours?|days?|weeks?|months?|years?|calls?|emails?|attempts?|tries)",
        "if you (like|love|enjoy|want|fancy|are into) <8>(, )?<1>(this is|you will love|look no further|then|come|here|they are)",
        "so much for",
        "(congratulations|congrats|kudos|full marks|top marks|well done|bravo|hats off|props|round of applause) <1>(on|for|to) <2>(managing|losing|burning|ruining|breaking|making|forgetting|failing|the genius|getting <2>wrong)",
        "(loved|enjoyed|liked|favourite) <1>(part|bit|moment) (where|when|was) <6>(off|broke|died|stopped|failed|crashed|leaked|nobody|no|not|cold|fell|lost|wrong|cancelled|out|ignored|rude)",
        "managed to <1>(burn|lose|break|ruin|miss|forget|spoil|overcook|delete|damage|misspell|scratch)",
        "(nothing says|you really know how to|way to go|nice touch|classy) <5>",
        "(yet )?another <1>(cancelled|cancellation|delay|delayed|excuse|broken|wrong|late|missed|outage|crash|failure|failed|increase|apology|empty promise|canned|bill|mistake)",
        "(too much|a lot) to ask",
        "how (can|could|does|is) it (take|possible|that|be|so)",
        "thought <2>(you|they|it|this) (were|was|would be) <1>(better|different|serious|professional|reliable)",
        "(could|would) have <3>(better|quicker|faster) (myself|ourselves|elsewhere|at home)",
        "yeah right",
        "(slow clap|round of applause|what a surprise|as usual|surprise surprise|who would have thought|no surprise there|how hard can it be|lucky me|how nice|how lovely|just what i needed|five star|world class|first class|top class|priceless|bravo) <1>(!|\\.|,|service|for <3>)?<1>(not|nothing|late|wrong|ignored|again)",
        "(called|so called|supposed) <1>(customer service|service|express|priority|premium|support|professionals?|experts?|electrician|plumber|help|helpline|same day|next day)",
        "(oh |just )(great|brilliant|lovely|wonderful|fantastic|perfect) (another|now|again|so|service|,) <4>(another|again|late|wrong|cancelled|broken|delay|not|no|still)",
    ),
)

HINTING: tuple[Cue, ...] = (
    _cue("denial", HINTS, "(not|no|never|nothing|nobody|none|neither) <2>", bare=True),
    _cue(
        "contrast",
        HINTS,
        "(even though|instead of|although|despite|and still|and yet|because of|not even|turned out|still)",
        bare=True,
    ),
    _cue(
        "problem",
        HINTS,
        "(problems?|issues?|trouble|complaints?|fault|mistakes?|errors?|wrong|worse|failed|fails?|failure|difficult|refused|refuses)",
        bare=True,
    ),
    _cue(
        "problem",
        HINTS,
        "(told|telling) <2>(different|another|that|there|to|the same)",
        "(just|only) (shrugged|said|told)",
        "you (do|did|have|are|were) not",
        bare=True,
    ),
)

VERDICTS = LEAVING + SPOKEN + HINTING
