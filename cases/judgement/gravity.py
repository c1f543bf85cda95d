"""Cues of what is at stake: harm, law, dignity, privacy, and the circumstances that make an ordinary failing a grave one."""

from __future__ import annotations

from cases.judgement.cues import HINTS, TELLS, Cue
from cases.judgement.patterns import phrases
from cases.model import Severity


def _critical(code: str, *sources: str, weight: float = TELLS, threat: bool = False, bare: bool = False) -> Cue:
    return Cue(code, weight, phrases(*sources), Severity.CRITICAL, bare, threat)


def _high(code: str, *sources: str, weight: float = 0.3) -> Cue:
    return Cue(code, weight, phrases(*sources), Severity.HIGH)


_BODY = (
    "hand|hands|finger|fingers|arm|leg|legs|foot|face|head|neck|back|eye|eyes|mouth|lip|lips|tongue|throat|gum|gums|tooth|teeth|skin|knee|hip|ankle|wrist|shoulder"
    "|elbow|toe|ear|chest|stomach|rib|ribs|nose|thumb|scalp|myself"
)
_FOREIGN = (
    "glass|metal|plastic|needle|blade|nail|screw|wire|stone|razor|staple|bone|shard|splinter|bolt|screws|pin|tooth"
)
_RESCUERS = "ambulance|paramedics?|fire brigade|fire department|firefighters|poison control"
_CALL = "call|called|calling|rang|rung|ring|phoned|dialled|sent for|needed|needing|fetched|taken by|by|had to get"
_ILL = "sick|ill|unwell|vomiting|vomited|throwing up|threw up|puking|poorly|nauseous"

# The reason where it is known how much is at stake and not which of the cues below: read in a language whose words for
# them are one list, or judged so by a model.
CRITICAL_STAKES = "critical_stakes"

CRITICAL: tuple[Cue, ...] = (
    _critical(
        "safety",
        "(food poisoning|food poisoned|poisoned|rat poison|poison|salmonella|listeria|norovirus|e coli|campylobacter)",
        "(made|making|makes) <3>(sick|ill|unwell|vomit|throw up|pass out|faint)",
        f"(was|were|been|got|fell|is|am|are|felt|feeling|became|violently|really|badly|both) <2>({_ILL}) <3>(all night|all day|after|from|since|because|the next|for <1>days|last night|overnight|with|within|following|that night|from the|hours later)",
        f"(after|since|from) <1>(eating|eaten|drinking|your|the|having|using|taking) <6>({_ILL}|diarrhoea|diarrhea|stomach cramps|in hospital|rash|hospitali[sz]ed)",
        "(stopped breathing|turned blue|started (smoking|to smoke)|began (smoking|to smoke)|smoking (next|beside|on|in)|collapsed under|broken (ribs?|arm|leg|wrist|ankle|finger|nose|bones?|hip|toe))",
        "(vomited|vomiting|threw up|throwing up|diarrhoea|diarrhea|hospitali[sz]ed|fainted|fainting|passed out|collapsed|unconscious|concussion|fractured|haemorrhage|hemorrhage|seizure|infected|infection|blood poisoning|sepsis|overdose|overdosed)",
        "(ended|end|taken|took|rushed|went|gone|go|trip|admitted|landed|sent|put|spent|was|back) <4>(in|to|at|into) (the )?(hospital|a and e|a , e|er|emergency room|emergency department|casualty|intensive care|icu|urgent care)",
        "(allergic reaction|anaphyla*|epipen|epi pen|went into shock|throat closed|could not breathe|can not breathe|can hardly breathe|struggl* to breathe|choked|choking|asthma attack)",
        "(allerg*|coeliac|celiac|intoleran*) <9>(swelled|swollen|swelling|rash|hives|reaction|ignored|anyway|contained|full of|still (got|served|put|had|gave)|reacted|told it was safe)",
        "(told|warned|said|informed|asked|mentioned|stated|wrote|noted|despite) <8>(allerg*|coeliac|celiac) <9>(and|but|yet|still|then|, )<6>(served|nuts|gave|given|got|had|contained|swelled|put|came with|ignored|with)",
        "(ignored|despite|forgot|dismissed|did not (mention|list|declare|label)|not labelled|undeclared|unlabelled) <4>(allerg*|nut|nuts|peanut|peanuts|gluten|sesame|shellfish|dairy)",
        f"(burn|burned|burnt|burns|scalded|scald|cut|hurt|injured|broke|broken|bruised|fractured|sprained|sliced|bleeding|crushed|trapped|dislocated|twisted|lacerated|gashed|pierced|stabbed|tore|hit|damaged|swelled|swollen) <1>(my|his|her|our|their|the|a|an) <2>({_BODY})",
        f"my <1>({_BODY}) <2>(swelled|swollen|bled|bleeding|burned|burnt|(is|was|are|were|got) (cut|broken|injured|burnt|burned|bleeding|fractured|swollen|infected|sprained))",
        "(injured|injury|injuries|injuring|bleeding|bled|stitches|electrocuted|electrocution|electric shock|electrical shock|got a shock|shocked me|shocks me|third degree|second degree burns?|chemical burn|burn marks?)",
        f"({_FOREIGN}|shards?|splinters?|sliver|pieces? of (glass|metal|plastic|wire)) <3>(in|inside|into) (my|the|our|his|her|a|their) <3>",
        "(caught|catch|catches|catching|set) <1>(fire|alight)",
        "(in|up in|burst into) flames",
        "(sparks?|sparked|sparking|exploded|explodes|explosion|blew up|short circuit*|smouldering|overheat* <4>(burn|smoke|melt|fire|dangerous|hot to touch)|smoke (came|coming|pour*|out|from))",
        "(smell|smelled|smelt|leak|leaking|leaked|reek) <1>(of )?gas",
        "gas (leak|leaking|smell|escape)",
        "(carbon monoxide|asbestos|exposed wir*|bare wires|live wire|live wires|toxic|fumes|mould in (my|our) child|mou?ld in <2>(formula|baby|inhaler|medicine))",
        "(dangerous|unsafe|hazard|hazardous|life threatening|safety (risk|issue|concern|hazard)|death trap|deathtrap|health (risk|hazard)|not safe|danger to|in danger|endanger*)",
        "(nearly|almost|could have|could ve|might have|would have|about) <3>(died|killed|drowned|crashed into|hit by|run over|ran over|electrocuted|choked|suffocated|burned down|burnt down|lost (my|his|her) (eye|finger|hand|life|leg))",
        "(ran|run|knocked|hit|driven|drove) <2>(over|down|off the road|into) <2>(a |my |the )?(child|kid|cyclist|pedestrian|son|daughter|dog|me|someone|woman|man|bike)",
        "(wrong|incorrect|expired|out of date|double) <1>(medication|medicine|dose|dosage|prescription|drug|drugs|tablets|pills|blood|injection|vaccine|tooth|leg|insulin|inhaler)",
        "(misdiagnos*|malpractice|negligence|negligent|medical error)",
        "(fell|fall|slipped|tripped) <8>(broke|broken|hurt|injur*|bruis*|hip|wrist|head|ankle|hospital|stitches|concuss*|fractur*)",
        "(chest pains?|heart attack|stroke|lost consciousness)",
        "(driver|pilot|chauffeur|captain|cabbie|lifeguard|surgeon) <4>(drunk|asleep|texting|swerv*|speeding|dozing|drinking|stoned|high on|fell asleep|red light)",
        "(somebody else|someone else|another (patient|person|customer|child)|other patient|wrong|expired|double|wrong strength) <2>(tablets|pills|medication|medicine|medicines|insulin|prescription|dose|injection|vaccine|inhaler|formula)",
        "(harness|rope|zip line|zipline|seat ?belt|ladder|scaffold*|stair ?lift|cot|crib|car seat|stair gate|safety (bar|gate|catch)|bunk|climbing frame|trampoline) <4>(undone|came off|collapsed|snapped|failed|gave way|broke|came loose|unlatched|fell|gave out|opened|came open)",
        "(ceiling|roof|floor|balcony|wall|shelf|shelves|stairs?|staircase|lift|elevator|scaffold*|tree|platform|chair|swing) <3>(collapsed|gave way|caved in|fell on|came down on|plunged|crashed down)",
        "(tyre|tire|wheel|bonnet|windscreen) <2>(blew|burst|came off|flew off|shattered) <4>(motorway|road|driving|while|speed)",
        "(hit(?! with)|ran into|crashed into|clipped|struck|drove into) <3>(pram|buggy|pushchair|wheelchair|cyclist|pedestrian|<kin>)",
        f"({_BODY}) <1>(is|was|are|were|got|went|came up) <2>(blister*|burning|bleeding|swollen|numb|infected|scarred|peeling|blue)",
        "(hair|nails?) <1>(came out|fell out|falling out|coming out) in",
        f"(closed|closing|shut|slammed|fell|dropped|landed|came down) <2>(on|onto) <my> <2>({_BODY}|pram|pushchair|buggy|wheelchair|<kin>)",
        "(evacuated|(full of|filled with|thick) smoke|spat (in|on|into) (my|our|her|his|the) <1>)",
        "(roommate|somebody else|someone else|neighbour|another (patient|person|customer|resident|child)|stranger|wrong) <3>(pills|tablets|medication|medicine|prescription)",
        "(pills|tablets|medication|medicine|prescription) <4>(not mine|not hers|not his|someone else|somebody else|wrong) <2>",
        "(served|gave|given|brought) <8>(although|even though|despite|knowing|though) <5>allerg*",
        "(stair ?lift|lift|elevator|hoist|chairlift|cable car|escalator|ride) <1>(dropped|plunged|jerked|lurched|stopped|fell) <3>(with|while)",
        "(flue|gas (pipe|valve|line|tap)) <2>(disconnected|open|unsealed|loose|uncapped|blocked)",
        "airbags? <1>(did|do|does) not <1>(open|deploy|inflate|work)",
        "(spiked|drugged|tampered with) (my|her|his|our|the) drinks?",
        "(burning (smell|plastic|rubber|wires?|electrics)|smell(s|ed|t|ing)? (of )?burning|scorch marks?|too hot to touch)",
        "(left|leaving) <2>(gas|hob|stove|wires?|cables?|mains) <2>(on|exposed|hanging|live|uncovered)",
        "(ten times|twice|double|three times) the <1>(dose|dosage|amount of (insulin|medicine))",
        "(using|needed|needing|reached for|reaching for|had to use|used) (his|her|my|an|the|their) inhaler",
        "(alarm|detector) <3>(carbon monoxide|smoke) <2>(went off|sounding|sounded)",
        "fell on(to)? <1>(<kin>|me|him|her|head|customer|guest|passenger)",
        "(brakes?|airbag|seat ?belt|steering) <2>(failed|fail|did not work|broke|gave out|not working|faulty|stopped working)",
        bare=True,
    ),
    _critical(
        "child",
        "<kin> <8>(choke|choked|choking|swallow|swallowed|stopped breathing|poison|glass|hurt|injured|unsafe|danger|unsupervised|unattended|(left|all) alone|wandered|wandering|bleeding|burned|burnt|bruise|bruises|abused|hit by|slapped|hit her|hit his|in hospital|nearly died|almost died|drowned|lost in|lock(ed)? in|strangled|trapped|drowning)",
        "(left|leave|locked|forgot|lost|slapped|hit|grabbed|endanger*|shook|abandoned|forgotten) <3><kin> <4>(alone|unattended|unsupervised|in the|on the bus|outside|on (his|her|their) own|behind|at the)",
        "<kin> (went|was|is) missing",
        "(shook|slapped|smacked|kicked|punched|beat|dragged|restrained|force fed|hit)(?! with) <1><kin>",
        "<kin> <3>(beaten|beaten up|kicked|punched|slapped|attacked|bitten|assaulted|restrained|strangled) <2>",
        "(just|nearly|narrowly|barely|almost) missed <2>(<kin>|pram|buggy|head|face|foot)",
        "<kin> <2>fell (off|from|down|out|through|in|into)",
        "(unsafe|dangerous|hazard|not safe) <2>for <2><kin>",
    ),
    _critical(
        "legal",
        "<speak> <6>(lawyers?|solicitors?|attorneys?|barristers?|legal team|legal department|citizens advice|consumer rights)",
        "(my|our|a) (lawyers?|solicitors?|attorneys?|barristers?|legal team) <2>(will|is|are|has|have|says|said|advise*|wants|would|can|is going|shall|have been|letter)",
        "(letter|hear|hearing|call) <1>from <1>(lawyers?|solicitors?|attorneys?)",
        "(lawyers?|solicitors?|attorneys?) <1>(letter|involved|if|will|next)",
        "(legal (action|proceedings|steps|advice|claim|route|measures|case|remedies|recourse)|lawsuit|litigation|class action|small claims|letter before action|statutory demand|tribunal|injunction)",
        "(in|to) (the )?(small claims )?court (over|about|if|for|,|\\.|and|with|because|unless)",
        "(asked|asking|retained|appointed|engaged) <3>(lawyers?|solicitors?|attorneys?|barristers?)",
        "(letter before (claim|action)|cease and desist|arbitration|prosecut*|court order|county court|small claims|money claim|class action)",
        "(see|take|taking|meet|dragging|drag) <2>(you|them|this|it|company) <2>(in|to) (small claims )?court",
        "(will|shall|going to|ready to|prepared to|have to|want to|intend to|considering|can|could|might|may|should|would|threatening to|are|am) (be )?(sue|suing)",
        "(i|we) (will |am |are |can |could |would )?(sue|suing|sued) (you|them|the|this|your|for|if|over)",
        "(press|pressing|file|filing|bring) charges",
        "(trading standards|ombudsman|ombudsmen|regulator|regulators|regulatory authority|ofcom|ofgem|ofwat|fca|cfpb|ftc|fcc|bbb|better business bureau|attorney general|consumer (protection|court|watchdog|affairs)|competition authority|financial conduct authority|care quality commission|cqc|ofsted|health and safety executive|environmental health|health department|civil aviation authority|licensing authority|information commissioner)",
        "(breach of contract|illegal|illegally|unlawful|unlawfully|against the law|statutory rights|consumer rights act|breaking the law)",
        threat=True,
    ),
    _critical(
        "discrimination",
        "(racist|racism|racial|racially|sexist|sexism|homophob*|transphob*|islamophob*|antisemit*|xenophob*|ableis*|misogyn*|bigot*|discriminat*|slurs?|n word)",
        "(because|due to|on account|based on|on the basis) <3>(i am|of my|my|he is|she is|of the|the|we are|of our|of his|of her|on my) <2>(black|asian|muslim|jewish|gay|lesbian|trans|disabled|deaf|blind|skin|race|accent|religion|disability|headscarf|hijab|gender|sexuality|ethnicity|nationality|foreign|foreigner|foreigners|colou?r of|wheelchair|turban|surname|pregnant|pregnancy|age)",
        "(refused|denied|turned away|kicked out|not allowed|not let) <6>(wheelchair|guide dog|assistance dog|service dog|hijab|headscarf|disability|race|black|turban)",
        "(as soon as|when|once|after|until|because|moment) <3>(heard|saw|learned|learnt|realised|realized|noticed|found out) <4>(surname|accent|foreign*|muslim|jewish|black|asian|gay|lesbian|trans|pregnant|disabled|wheelchair|hijab|headscarf|skin|turban|immigrants?)",
        "(refus*|would not|will not|did not|not) <1>(serve|seat|rent|let|hire|book|board|allow) <5>(because|as|since) (i am|we are|he is|she is|my <1> is) <5>",
        "(called|calling) (me|him|her|us|my <1>|our <1>) <2>(slur|retard*|faggot|dyke|paki|n word|nigger|monkey|terrorist|gypsy|tranny|chink|coloured|cripple)",
        "(not|never|refus*) <1>(to )?(rent|serve|sell|hire|let|cater|deal|seat|accept|take|want) <2>(foreigners?|blacks?|asians?|muslims?|jews?|gays?|immigrants?|gypsies|women|refugees|indians|africans?|your (kind|sort)|my (kind|sort)|our (kind|sort))",
        "(women|foreigners|muslims|gays|disabled people|blacks|asians|immigrants) <1>(do not|can not|should not|are not) (get|belong|need|allowed|welcome|deserve|eat|come)",
        "people like (you|us|me|them)",
        "because <6>(headscarf|hijab|turban|my accent|wheelchair|skin|my race|my religion|my disability)",
        "go back to (your|my|his|her|their) (own )?country",
        bare=True,
    ),
    _critical(
        "harassment",
        "(harass*|molest*|groped|groping|assaulted|assaulting|assaults|sexual(ly)? (comment|comments|assault*|harass*|remarks|explicit|advances)|inappropriate(ly)? <2>(touch*|comments?|remarks|sexual)|touched (me|her|my|him)|stalked|stalking|stalker|raped?|punched|pushed (me|him|her|my)|grabbed (me|my|her|him)|slapped|physically|spat at|spat on|threatened (me|us|to (hit|kill|hurt|beat))|exposed himself)",
        "(was|been|got|were|physical|verbal|sexual) assault(ed)?",
        "(not|never|refus*) <2>(block|blocked|ban|banned|suspend) (him|her|them|this (user|man|person|guy))",
        "(stranger|match|date|ex|user|stalker|man from <4>) <3>(turned up at|showed up at|followed me|came to) <2>(flat|house|home|door|work|office|apartment)",
        "(put|had|placed|laid|slid|ran) (his|her|their|a) hands? <2>(my|her|on|up) <1>(thigh|legs?|knee|back|waist|bottom|chest|breasts?|neck|skirt|shoulders?|body|hair|face|behind)",
        "(tried to kiss|kissed|licked|fondled|leered at|flashed) (me|my <1>|her|us)",
        "(let|lets|letting|came|comes|walks?|walked|burst|barged) (himself |herself |themselves )?in <1><6>(shower|bath|naked|undress*|changing|bedroom|asleep|in bed)",
        "(hidden|secret|spy|concealed) <1>(cameras?|microphones?|webcam)",
        "(sends?|sending|sent|texts|texting) <3>(pictures|photos|selfies|nudes|videos) of (himself|herself|his|her)",
        "(unsolicited|explicit|nude|naked|indecent) (pictures?|photos?|pics?|messages?|images?)",
        "followed (me|my <1>) (home|into|to my|down|through)",
        "(filmed|filming|photographed|camera|recorded) <4>(changing room|shower|toilet|bathroom|undress*|locker room|bedroom)",
        "(masseur|masseuse|driver|trainer|doctor|guard|employee|staff|man|he) <2>(touched|groped|hit|pushed|grabbed|kissed) (me|my|her|him)",
        bare=True,
    ),
    _critical(
        "distress",
        "(suicid*|kill myself|killing myself|end (my|it all)( life)?|take my (own )?life|self harm*|hurt myself on purpose|harm myself|(want|rather|better off|wish i (was|were)|wish i could) <1>(to )?(die|dead))",
        "not want to (live|be here any ?more|go on|be alive)",
        "(no reason|not worth|nothing) (to|left to) (live|living)",
        "not <3>go on living",
    ),
    _critical(
        "press",
        "<speak> <5>(press|newspapers?|papers|media|journalists?|reporters?|bbc|cnn|tv station|local news|local paper|daily mail|consumer programme|watchdog|magazine|radio)",
        "(news|channel <2>|papers|press|bbc|media|newspapers?|watchdog) <2>(thinks?|says?|makes?) (of|about) (this|it|you|your)",
        "(radio|tv|bbc|newspaper|local paper) <1>(wants?|asked|rang|contacted) <3>",
        "(journalist|reporter|newspaper|media|press) <3>(is|are|will|interested|contacted|story|would love|hear|know)",
        threat=True,
    ),
    _critical(
        "privacy",
        "(data (breach|leak|protection)|gdpr|ccpa|hipaa|personal data (leak*|expos*|breach*|lost)|identity theft|stole(n)? my identity|phish*|information commissioner)",
        "(leaked|exposed|hacked|compromised|breached|stolen|published|sold|disclosed|shared|leaking|emailed|posted|sent|gave|given|handed|passed|showed|shown) <2>(my|our|his|her|their|customers?|patient) <2>(data|details|information|info|address|identity|records?|passport|medical (records?|history|file)|bank details|phone number|email address|personal|account|card (details|number)|file|diagnosis|results) <2>(to|with|online|by|without|on|everyone|publicly|all|,|\\.)",
        "my <2>(data|details|information|account|card|identity|records|password|profile) <2>(was|were|has|have|got|been|is) <1>(been )?(leaked|stolen|hacked|shared|exposed|compromised|cloned|breached|sold|sent to|published|misused)",
        "(see|saw|seen|got|received|access|show|shows|showed|showing|given|sent|read|opened|have|view|found) <4>(another|someone else|other|somebody else|different|a stranger|strangers) <2>(customer|patient|client|company|person|user|people|member|guest|tenant|family|account|customers|users|patients|clients|guests|,)? ?<2>(data|details|bank|statement|statements|results|records?|invoices?|account|medical|files?|address|messages|passport|information|bookings|payslip|report|reports|documents?|letters?|orders|name and)",
        "(sent|posted|emailed|gave|given|handed|forwarded|delivered|showed|read|discussed|told) <1>(my|our|his|her) <2>(letters?|results?|files?|records?|details|statements?|passport|data|photos?|diagnosis|payslip|reports?|notes|information|salary|scans?|medical <1>) <1>(to|with) <2>(neighbours?|ex|employer|boss|strangers?|wrong <1>|someone else|somebody else|another|landlord|colleagues?|old address|whole <2>|mother in law)",
        "(everyone|anyone|other (customers|patients|parents|users|guests|tenants)|strangers|whole <1>) (can|could|are able to) (see|read|view|access|find) (my|our) <3>",
        "(passport|documents?|results|statements?|records?|contract|payslip|bank details|medical <1>) <5>wrong (person|address|customer|number|patient|house)",
        "(stranger|someone else|somebody else|neighbour|ex) <1>(has|have|got|received|opened|saw) <1>my <2>(passport|details|letter|results|number|file|records?|statements?)",
        "(told|tells?|shows?|shown|showed|see|display*|read|gave) <3>(everybody|everyone|another (man|woman|person)|other people|someone else|somebody else) <2>(details|loan|balance|salary|results|statements?|passport|address)",
        "(told|gave|sent) me details of another",
        "(cc|ccd|copied|bcc) <3>(all|everyone|other) <2>(customers|clients|parents|patients|tenants|members)",
        "(without (my|our) (consent|permission)) <6>(data|photo|photos|shared|published|details|name|video)?",
        "(unsecured|publicly (visible|accessible)|visible to (everyone|anyone|others))",
        bare=True,
        threat=True,
    ),
    _critical(
        "fraud",
        "(fraud|fraudulent|fraudulently|fraudster|defrauded|embezzl*|forged|forgery|identity fraud|stolen (card|credit card|bank card|cards)|(card|purse|wallet|account) <2>(was |been |got )?(stolen|cloned|hacked|skimmed|emptied))",
        "(unauthori[sz]ed|unrecogni[sz]ed|suspicious) <1>(transactions?|charges?|payments?|withdrawals?|access|purchases?|debit|transfer|transfers|login)",
        "(transactions?|payments?|withdrawals?|purchases?|transfers?|charges?) <4>(i|we) (did not|never|do not|have not|had not) (make|made|authori[sz]e*|recogni[sz]e*|approve*|sign)",
        "(transfer*|sent|paid|gave|moved|withdr*|took|stole|stolen|lost|let) <6>(scammers?|fraudsters?|hackers?|thief|thieves|criminals)",
        "(someone|somebody) <1>(opened|used|withdrew|took|emptied|stole|logged|accessed|hacked|spent) <4>(account|card|money|name|savings|details|identity|my)",
        bare=True,
    ),
    _critical(
        "safety",
        f"({_CALL}) <4>({_RESCUERS})",
        f"({_RESCUERS}) <2>(came|called|had to|arrived|was|were|took|attended|evacuat*|crew|for (my|our))",
        weight=HINTS,
    ),
    _critical(
        "police",
        f"({_CALL}|report*|contact*|involv*|going|gone|go|went|told|complaint|statement|matter) <4>police",
        "police <1>(report|complaint|matter|statement|were|came|had|arrived|said|have|are|will|involved|if)",
        "(crime number|crime reference)",
        weight=HINTS,
    ),
)

HIGH: tuple[Cue, ...] = (
    _high(
        "asked_before",
        "(second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|umpteenth|tenth) <1>(time|email|message|call|attempt|letter|request|reminder|complaint|try|ticket)",
        "(asked|asking|called|calling|rung|rang|phoned|emailed|mailed|written|wrote|contacted|complained|complaining|messaged|reported|chased|requested) <5>(twice|again and again|repeatedly|over and over|(two|three|four|five|six|seven|eight|ten|several|many|multiple|countless|[0-9]+) times)",
        "<many> (emails|calls|messages|phone calls|letters|complaints|reminders|tickets|requests)",
        "(asked|told|emailed|written|called|complained|reported) <5>already",
    ),
    _high(
        "long_wait",
        "(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|several|many|few|couple of|[2-9]|[1-9][0-9]) (weeks?|months?|fortnights?|wks)",
        "(for|in|after|took|taken|past|waited|waiting) <1>(two|three|four|five|several|many|[2-9]) years",
        "(for|in|after|took|taken|past) (weeks|months|years)(?! of)",
        "(over|more than) a (week|month|year)",
        "(for|in|after|took|taken|past|waited|waiting) <3>(six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|[6-9]|[1-9][0-9]) days",
        "(ten|eleven|twelve|thirteen|fourteen|[1-9][0-9]) days (later|late|ago|without|now|and|on|overdue)",
        "since (january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter|last (month|year|summer|winter|spring|autumn))",
    ),
    _high(
        "occasion",
        "(birthday|wedding|funeral|anniversary|christening|baptism|graduation|baby shower|honeymoon|hen (do|party)|stag (do|party)|bar mitzvah|bat mitzvah|christmas (eve|day|dinner|present|presents|gift)|valentines?( day)?|mothers? day|fathers? day|eid|communion|engagement|memorial|burial|retirement party|thanksgiving|exam|job interview|prom)",
        "buried (my |our )?(mum|mom|mother|dad|father|wife|husband|son|daughter|brother|sister|nan|gran|grandmother|grandfather|him|her)",
        "(for|by|before|until|in time for) <2>(christmas|tomorrow morning|easter|new year|diwali|hanukkah)",
    ),
    _high(
        "vulnerable",
        "(elderly|pensioner|disabled|disability|wheelchair|pregnant|chemo|chemotherapy|cancer|dementia|alzheimers?|newborn|bereave*|blind|deaf|autis*|oxygen|diabetic|insulin|housebound|bedridden|carer|terminally|premature|special needs|dialysis|hospice|epilep*|vulnerable)",
        "<my> (mother|father|mum|mom|dad|grandmother|grandfather|nan|gran|grandma|grandad|neighbour|aunt|uncle|wife|husband|sister|brother|son|daughter) <2>(died|passed away|is dying|is (7|8|9)[0-9]|is in hospital|is (very )?ill|is disabled)",
        "[789][0-9] (, )?year old",
        "(two|three|small|young|with|tiny) <1>(small |young )?(children|kids|babies)",
        "(left|leaving|made|were|are|was|am|been|be) <2>(stranded|homeless)",
        "(stuck|trapped) (in|at) <2>(lift|elevator|airport|abroad|station)",
        "(can|could) not (even )?(buy|afford|pay) <2>(food|rent|bills|mortgage|heating|medicine|medication|wages|staff|suppliers)",
        "(can|could) not (cope|go on|take (it|this)|manage) (any more|anymore|any longer)",
    ),
    _high("money_lost", "(thousands|hundreds) of (pounds|euros|dollars|quid)"),
)

GRAVITY = CRITICAL + HIGH
