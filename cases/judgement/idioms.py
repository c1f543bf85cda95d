"""Phrases that do not mean what their words say: praise that sounds like blame, and harm that nobody came to."""

from __future__ import annotations

import re

from cases.judgement.index import Index
from cases.judgement.patterns import Phrase, matches, phrases

_PRAISE = phrases(
    "to die for",
    "(?<!not )(?<!never )(fixed|solved|resolved|repaired|cured|unblocked|sorted( out)?|cleared|stopped|got rid of|removed|replaced) (a|an|the|my|our|all|every|this|that|it) <3>(leaks?|problems?|issues?|mess|faults?|bugs?|errors?|damage|blockage|boiler|pain|mistake|item|noise|confusion|infestation|stain)",
    "not (too |half |so )?(bad|shabby)( at all)?",
    "(can|could|would) not <1>(fault|complain|be happier|be better|be more (pleased|helpful|satisfied|grateful)|be kinder|have been <3>|ask for (more|better|a better|anything)|be nicer|be clearer|be prouder|be more <1>|have asked for <3>|have hoped for <3>"
    "|want for more|have wished for <3>|be (easier|simpler|faster|quicker)|recommend <4>(enough|more|highly)|thank <4>enough|say enough <3>|praise <4>enough|rate <4>enough|speak highly enough)",
    "(could|can) not have <2>(kinder|nicer|better|easier|happier|friendlier|more helpful|smoother|simpler)",
    "(no|not a|not one|never <1>(a|any)|never|not had a|without|not any|not a single|zero|nothing to|had no) <1>(single )?(complaints?|complain( about)?|problems?|issues?|faults?|trouble|hassle|fuss|drama|regrets?|worries|hitch|hitches|delays?|hiccups?|queues?|wait|hidden costs|surprises|rubbish|nonsense|pain|stress|bugs|errors|glitches)( whatsoever| at all)?",
    "(did|do|does|will|has|have|was|were|am|are|is) (not|never) <1>(disappoint(ed|ing|s)?|let (me|us|you) down|regret( <2>)?|failed( us| me)?|fail)",
    "never <1>(disappoints?|disappointed|fails?|failed|lets? (me|us|you) down|let (me|us|you) down|miss(es|ed)?)",
    "not want to (leave|go home|stop|put it down)",
    "(would|will|do) not (hesitate|change a thing|go anywhere else|use anyone else|look anywhere else|trust anyone else|go elsewhere|buy anywhere else|regret)( <4>)?",
    "(never|not) (been |felt |had |seen |tasted |eaten |received )?(so|such|a|as|better|any) <2>(happy|well|easy|good|better|better service|delicious|pleased|impressed|looked after|relaxed|welcome|friendly|quick|nice|fast|great|tasty|smooth|comfortable|better)",
    "nothing (was )?(is )?(too much trouble|but praise|but good|to complain about|but positive|bad to say|negative)",
    "nothing but (praise|good <2>|great <2>|positive <2>|excellent <2>|kind*)",
    "(wicked|insane|insanely|crazy|sick|killer|deadly|mad|dangerously|ridiculously|stupidly|disgustingly|unbelievably|scarily|awfully|terribly|outrageously|shockingly|obscenely|criminally) <1>(good|value|service|beats|deal|deals|feature|features|nice|quick|fast|cheap|fun|food"
    "|tasty|delicious|kind|helpful|tunes|prices|burgers?|cocktails?|moreish|app|view|views|cookies|easy|friendly|comfortable|comfy|cute|efficient|clean|gig|show|pizza|wings|sound|workout|skills)",
    "(is|are|was|were|this is|on) (pure |absolute |straight )?(fire|lit|the bomb|sick|banging|unreal|insane|wicked)(?= [.,?])",
    "(nailed|smashed|crushed|killed) it",
    "(killed|kills|destroyed|wrecked) me <5>(love*|great|best|happy|good|brilliant|amazing|worth)",
    "(legs|arms|abs|muscles|thighs) (are|were|is) (dead|killing me|on fire|burning|sore|jelly)",
    "(cried|cry|tears|crying|wept|weeping) <3>(happy|joy|laughing|of joy|laughter|happiness)",
    "(happy|tears of) (tears|joy|laughter)",
    "(keep|keeps) up the (good|great|excellent|fantastic) (work|service|job)?",
    "do not change (a thing|anything|ever)",
    "(long|lost) may it continue",
    "(exceeded|surpassed|beyond|above) <2>expectations",
    "(second|like no) to none",
    "(works?|worked|working|runs?) like (a charm|a dream|new|magic|clockwork)",
    "(above and beyond|extra mile|hidden gem|top notch|spot on|bang on|five stars?|5 stars?|first class|hats off|chef is kiss|ten out of ten|10 out of 10|a credit to|over the moon|made (my|our) (day|week|year)|best ever|hit the spot|knocked it out of the park)",
    "(9|10)/10",
    "5/5",
    "(would|will) (definitely |certainly |happily |gladly |absolutely |always |be |have |use them |use you )*(again|recommend|be back|be returning|return|come back|order again|definitely|certainly|book again|use again|buy again)",
    "blew (me|us|my mind)( away)?",
    "(mind|jaw) (blowing|dropping)",
    "(got|have) rid of",
    "(pain|problem|leak|noise|stain|ache|issue|fault|smell) <4>(is|has|was|are) <2>(gone|finally gone|fixed|solved|sorted|resolved|disappeared|a thing of the past)",
    "(?<!not )(?<!never )(?<!hardly )(worth (it|every|the (wait|money|price|trip|drive|queue)))",
    "saved (my|our|his|her|us|me) <2>",
    "(no|zero) (nonsense|pressure|waiting)",
    "(waited|wait|waiting|took|queue|queued) <3>(only|just|less than|under|barely) <2>(minutes?|mins|seconds|moment)",
    "wait (was|is) (only|just|short|minimal|under|less)",
    "(a|one|two|few|several|<0>)? ?(day|days|hour|hours|week|weeks) (early|earlier|ahead)",
    "terrified of",
    "not <1>(expect|expected|expecting) <1>(such|this|so) <2>",
    "not believe (how|the|my luck|our luck|what a) <1>(fast|quick|good|value|quality|speed|easy|cheap|lovely|nice|difference|great|well|kind|beautiful)",
    "not a single thing <3>",
    "(no wonder|nothing short of|no questions asked|no strings attached|not once did|hard to (find )?fault|difficult to fault|nothing better|no better|no finer)",
    "(never|not) (be |been )?(go|going|use|using|order|ordering|buy|buying|trust|trusting|shop|shopping|book|booking) <2>(anywhere|anyone|anybody|nowhere) else",
    "only <1>(problem|complaint|downside|regret|issue|criticism|fault) (is|was) <2>(i|we) (want|can not|did not|will|keep|could not|have to leave|had to leave)",
    "not (rush|pressure|push|judge|overcharge|overcrowded|pushy|rushed) <1>",
    "better than <1>(old|previous|last) (one|app|version|provider|system|place)( , which <8>)?",
    "(expecting|expected|feared|dreading|dreaded) <1>(the )?(worst|bad|trouble|pain)",
    "wish <2>(i|we) had (found|known|come|discovered|tried|ordered|switched|joined|done) <4>(sooner|earlier|before|years ago|more)",
    "better than (i |we )?<1>(expected|hoped|thought|imagined|anticipated|described|advertised|pictured)",
    "(beers?|drinks?|wine|lager|cocktails?|cider|pint|pints) (was|were|is|are) <1>(cold|icy|chilled|ice cold)",
    "(can|could) not (wait|get enough|stop) <4>",
    "(did|do|does) not (feel|hurt|notice) a (thing|bit)",
    "no (fear|time at all|time|nonsense|rush|pressure|obligation|catch|brainer)( at all)?",
    "nothing to it",
    "never <1>(drops?|crash(es)?|breaks?|lags?|buffers?|stutters?|leaks?|skips?|late|once late|runs out|had to wait)",
    "no news is good news",
    "(did|fixed|mended|altered|repaired|sorted|replaced|threw in) <4>for (nothing|free)",
    "until i understood",
    "(was|were|is|are|so|very|really|truly|how) (so |very |really |truly )?(kind|caring)(?! of)",
    "(went|going|goes|ran|passed) <1>(smoothly|perfectly|without a hitch|like clockwork|swimmingly)",
    "nothing to (moan|grumble|criticise|whinge|fault)( about)?( here)?",
    "(moan|grumble|complain) about (most|every|a lot of) <1>",
    "(breath of fresh air|class act|spoil(ed|t) rotten|second home|home from home|bee s knees|life changing|no notes|hands down|must (visit|try|see)|thumbs up|ray of sunshine|top (marks|class|quality|banana)|like family|part of the family|put (me|us|him|her) at ease"
    "|restored my faith|faith in <2>restored|knows? (his|her|their) stuff|smiles all round|lived up to <3>|well looked after|looked after (me|us|him|her|my <1>) <2>)",
    "(treated|treats|treat) <2>(with <2>(dignity|respect|kindness|care|compassion|patience)|like (royalty|family|an? (king|queen|princess|vip|person|human|friend|star)|kings|queens|vips|gold|one of <3>))",
    "(left|leave|leaving|went home|came out|walked out) <2>(less <1>|happy|happier|reassured|relieved|smiling|grinning|delighted|glowing|lighter)",
    "not <1>(say|have|find|think of|hear) <2>(bad|negative|wrong|unkind) (word|thing|comment)?( to say)?( about <2>)?",
    "(complaint|issue|problem|query|claim|case|request|concern|refund) (was|has been|is|got) <2>(handled|dealt with|resolved|settled|sorted|fixed|answered) <3>(grace|well|quickly|promptly|beautifully|brilliantly|perfectly|professionally|kindly|fast|immediately|minutes|care|same day)",
    "(in|less than|under) half the time <1>",
    "all (settled|sorted|resolved|fixed|good|done and dusted|working)( now)?",
    "(a )?(dream|delight|joy|treat|pleasure|breeze|godsend|lifesaver|life saver|revelation)(?= [.,?]| to | from | even | for )",
    "(walked|went|got|came|breezed) (straight|right) (in|through|on)",
    "(10|ten) out(ta| of a) (10|ten)",
    "(would|will|could) (smash|demolish|devour) (that|this|it) <2>again",
    "every penny",
    "(came|was|been|went|is|are) (a )?(real |big |huge |great |massive |instant )?hit with",
    "never <2>(had|have|eaten|been|met|received|experienced|seen) <1>(a |an |any )?<1>(bad|poor|disappointing|negative|mediocre|rude|dull|problem|issue|complaint|cause) <2>",
    "(that|this|it) is (exactly |just )?how <4>(should|ought to) be( done)?",
    "as (it|they) should be",
    "(turn(ed|s|ing)?|made|making|make) <6>into <2>(good|great|lovely|happy|better|brilliant|wonderful|positive|best|pleasant|fun|joy) <1>",
    "(stressful|awful|terrible|difficult|hard|sad|bad|worrying|horrible|painful|scary|nervous|sorry|miserable) (day|time|week|situation|moment|experience|process|year) <4>(easier|bearable|better|less <1>|brighter|smoother|easy|calm|simple)",
    "(place|app|food|sound|song|track|music|tune|pizza|burger|ramen|coffee|playlist|set|gym|this|that|it|game|menu|sauce) <1>(slaps|slapped|bangs|hits different|goes hard|bussin|rocks|rules)",
    "(no cap|fr fr|goated|bussin|chef s kiss|on point|ate and left no crumbs|hits different|living for (this|it)|obsessed with)",
    "(pleasantly|happily) surprised <3>",
    "(never|rarely|hardly ever|seldom|not usually|do not normally|do not often|do not usually|not one to) (leave|write|post|give|do|bother with) <1>reviews?( but)?",
    "(shame|pity) (that )?(we|i|it|they|you) <2>(live|leave|had to leave|far|closer|only open|not (live|stay|come|visit)|only (had|stayed|came)) <4>",
    "not (cheap|the cheapest)( <1>but)?",
    "not only",
    "more <2>than (i|we) (expected|hoped|asked)",
)  # fmt: skip

_NEUTRAL = phrases(
    "(dying|dead keen|desperate) (to|for a)",
    "(food|tennis|basketball|badminton|squash|volleyball|padel|pickleball|royal) courts?",
    "court (form|date|fee|fees|hearing|street|road|house|booking|bookings|shoes|hire|time|is free|available)",
    "(which|what|district|county|crown|high|supreme) court",
    "(no|without|any|hay|if you have|have any|not have any) (food |known |nut |special )?(allerg*|intolerances?)",
    "allerg* (menu|information|info|list|card|form|friendly|aware|advice|tested|season|test)",
    "(no worries|no rush|no hurry|no need to (worry|apologi[sz]e|rush|hurry)|not to worry|no problem|no bother|never mind|no matter|no doubt|no longer need|not a problem)",
    "(out of (the )?office|away from my desk|on annual leave|limited access)",
    "(sorry for|sorry to|apologi[sz]e for|apologies for|excuse) (the |my |being |bother|troubl|disturb|all |so many |this )*(late|delay|delayed|long|questions?|you|reply|silly question|confusion|inconvenience|trouble|mess)?( reply| answer| response)?",
    "(fire|smoke|security|car) (alarm|exit|door|extinguisher|drill|place|safety|detector|detectors|alarms|works|pit|stick|tv)",
    "(police|fire|ambulance|paramedic) (officers?|station|man|woman|uniform|costume|service|academy|check|clearance|discount|car toy|truck|engine)",
    "(emergency) (call out|call outs|plumber|contact|number|exit|appointment|appointments|kit|service|services|repair|room)",
    "(fraud|security|legal|claims|complaints|press|media) (team|department|line|office|desk|prevention|protection|release|kit|pass|conference|enquiries|enquiry|inquiries)",
    "(too late|late|latest|later|later date|late night|late night shopping) (check ?in|check ?out|for me|fee|fees|arrival|entry|appointment|appointments|shift|shifts|opening|train|to (add|change|order|book|join|apply|register|sign|cancel|return|edit|amend|switch))",
    "is it too late",
    "(i|we) (was|were|am|are|arrived|got there|running|turned up|am running) <2>late",
    "(been|am|was|are) <1>(a |your |an )?<2>(customers?|clients?|members?|patients?|guests?|users?|subscribers?|regulars?|coming (here|to you)|using <2>|shopping <2>|eating here) <3>(for|since) <3>(years?|months?|decades?|weeks?)",
    "(return|exchange|swap) <4>(, |because |as |and )<2>(is|are|was|were) too (small|big|large|tight|loose|short|long|wide|narrow)",
    "(will|can|could) not (be able to )?(come|attend|make it|be there|be at|be in|join)",
    "(do|does|can|could) not (eat|swim|drink|drive|need <2>|have a <1>(account|reservation|booking|receipt|code|car|printer)|know (how|which|what|where|if|whether)|find|remember|see (how|where))",
    "do not worry <5>",
    "(refund|return|returns|cancellation|complaints?|privacy) (policy|policies|procedure|terms|form)",
    "(waited|waiting) for (a|an|some|something|somewhere|someone) <3>like (this|you|that|these)( <4>)?",
    "(i|we) (will|might|may|could) be <4>late",
    "(my|his|her) late (father|mother|husband|wife|mum|dad|grandmother|grandfather|partner|brother|sister|aunt|uncle|son|daughter)( is)?",
    "(without|no) (further )?(ado|question|a doubt|obligation|strings)",
    "(break|breaks|breaking|broke) (a leg|the ice|even|time|down the)",
    "(hard|solid) (worker|workers|working|drive|boiled|copy)",
    "(miss|missed|missing) (you|your|them|u) <1>(guys|already|all|food|place|so much)?",
    "(war|horror|crime|zombie|action|scary) (film|films|movie|movies|book|books|novel|game|games|story|drama|series|show)( you <2>)?( is| was)?",
    "blood (test|tests|pressure|sample|work|donation|orange|everywhere|bank|results)",
    "(pain|grief|wedding|funeral|birthday|damage|accident|breakdown|travel|health|fire|theft|disability|cancer|sick) (insurance|cover|policy|killer|killers|relief|management|clinic|leave|pay|note|benefit|allowance|research|charity|wreath|venue|packages|package)",
    "(iced|frozen) (coffee|tea)",
    "(cold|frozen|iced|chilled|hot) (beer|drinks?|brew|press|cuts|starters|drinks|dessert|chocolate|dogs?|tub|yoga|desk|desking|ones)",
    "(dry|dirty) (cleaning|cleaner|cleaners|white wine|martini|fries|chai|cured|aged|ice|run|hire|wine|riesling)",
    "(cheap|cheaper) (and cheerful|tickets?|flights?|as chips|prices?|option|rates?|price|deals?|for)",
    "shock (absorber|absorbers|horror)",
    "(break|mental) (fast|arithmetic)",
    "(hurt|injured|broke|sprained|twisted|pulled|tore) (my|his|her) <2>(skiing|running|cycling|playing|snowboarding|at work|at home|falling|last (week|year|month)|years ago|in an accident|surfing|climbing|jogging|football|in the garden)",
    "waistline will sue",
    "(account|wallet|purse|budget) is (bleeding|crying|hurting|weeping)",
    "(crash (course|courses|diet|test|helmet|mat)|poison ivy)",
    "(could|might) (easily |well )?have (charged|billed) (me|us) <6>",
    "(been to|seen|had|known|eaten|been through|stayed in) <3>worse( places)?",
    "(went in|arrived|came|came in|was|were|been) (dreading|expecting|fearing|braced for|bracing myself for|prepared for|warned (about|of)) <6>",
    "not (needed|necessary|required|due|urgent)",
    "(fire brigade|police|ambulance|fire station|firefighters?|lawyers?|court) (calendars?|museum|charity|costume|toys?|exhibition|trip|party|drama|scenes?|show|film|movie|series|band|choir|ball|run|badge|badges)",
    "(legal|court|police|medical|hospital) (drama|thriller|comedy|series|show|film|movie)",
    "(screaming|crying|sick|tired|hungry|fussy) (toddler|baby|child|kids?|children) of (our|my) own",
    "no need to (reply|respond|answer|get back|write back|call back|call|do anything)( to this| to me| me)?",
    "(horror|ghost|escape|scare|haunted|zombie|halloween|scream) (room|rooms|house|night|nights|ride|maze|attraction|theme|park|tour|walk|party)( was| is)?( (so |really |very |absolutely )?(terrifying|scary|frightening|horrifying|creepy))?",
    "(recover*|cancel*|block*|replac*|trac*|sort*|report*|found|returned) <3>(stolen|lost|missing) (card|wallet|purse|bank card|credit card|phone|bag|luggage)",
    "(panic|heart) attack(ed)? (menu|burger|sandwich)",
    "assault course",
    "(over|more than) [0-9]+ years (of )?(experience|in business)?",
)  # fmt: skip

GOOD, PLAIN = "p", "n"
IDIOMS = {GOOD: _PRAISE, PLAIN: _NEUTRAL}
_INDEX = Index(IDIOMS.items())
_MASK = re.compile(r" ([pn])__+(?= )")


def masked(plain: str) -> str:
    """`plain` with every idiom replaced by one made-up word of the same length, so that positions stay true."""
    for kind, candidates in _INDEX.candidates(plain):  # praise first; the masks it leaves are in no other idiom
        plain = _masked(plain, kind, candidates)
    return plain


def _masked(plain: str, kind: str, idioms: list[Phrase]) -> str:
    parts, done = [], 0
    for match in matches(idioms, plain):
        parts += [plain[done : match.start()], f" {kind}".ljust(len(match.group()), "_")]
        done = match.end()
    return "".join([*parts, plain[done:]])


def spoken(masked_text: str) -> str:
    """Masks turned into words of known value, for reading the mood of a clause."""
    return _MASK.sub(lambda mask: " goodphrase" if mask.group(1) == GOOD else " plainphrase", masked_text)
