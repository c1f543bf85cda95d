"""What unhappy customers say: the cues by which a complaint is known, in English, by its grammar before its phrases."""

from __future__ import annotations

from dataclasses import dataclass

from cases.judgement.patterns import Phrase, phrases
from cases.judgement.wording import Wording
from cases.model import Severity

TELLS, LEANS, HINTS = 2.0, 1.0, 0.5  # says it on its own; says it unless something speaks against it; adds to others


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak of an unhappy customer, and how loudly.

    `bare`: a bare description, which "not" before it turns round ("not broken") and which a request merely mentions
    ("can I return a broken one?"). `threat`: an "if" before it takes nothing away ("if not, I shall sue").
    """

    code: str
    weight: float
    phrases: tuple[Phrase, ...]
    severity: Severity = Severity.NORMAL
    bare: bool = False
    threat: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue met in a text: which, and where it stands in the plain form."""

    cue: Cue
    start: int
    end: int
    text: Wording

    @property
    def words(self) -> str:
        """The customer's own words."""
        return self.text.quote(self.start, self.end)

    def told_by(self, other: Hit) -> bool:
        """Whether half of these words or more are already among the other's."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return 2 * shared >= self.end - self.start


def cue(
    code: str,
    weight: float,
    *sources: str,
    bare: bool = False,
    threat: bool = False,
    severity: Severity = Severity.NORMAL,
) -> Cue:
    """A cue from sources in the notation of `patterns`."""
    return Cue(code, weight, phrases(*sources), severity, bare, threat)


COMPLAINTS: tuple[Cue, ...] = (
    cue(
        "not_arrived",
        TELLS,
        "(have|has|had|did|do|does|is|was) (still |yet )?(not|never) <3>(arriv*|turn(ed)? up|show(ed|n)? up|been (delivered|sent|posted|dispatched|shipped)"
        "|ship(ped)?|delivered|materialis*|appear(ed)?)",
        "(never|nothing|nobody|no one) <1>(arriv*|came|come|comes|turn(s|ed)? up|show(s|ed)? up|delivered|here|appeared)",
        "<order> <1>(never|not) (arriv*|came|come|here|delivered|reached|there)",
        "(have|has|had|did|do) (still |yet )?(not|never) <2>(receiv*|get|got|gotten|had) <3>(<order>|anything|yet|one|invitation|bill|invoice)",
        "(never|not) (actually |even |yet )?(received|got|seen) <3>(<order>|anything|yet)",
        "(still|yet) (not|no|nothing) (here|there|arrived|<2>delivery|<2>sign of|<2>trace of|received|in sight|<1>parcel|<1>order|<1>package)",
        "no sign of <4>",
        "(says|said|marked|shows|showing|claims|claimed) (as )?(it |it is |it was |as )?(been )?delivered",
        "(lost|losing|loses) (my|our|the) <2>(order|parcel|package|luggage|suitcase|bag|bags|delivery|letter|referral|file|files|records?|application|documents?"
        "|results?|booking|reservation|post|shipment|laundry|coat|post)",
        "they lost <3>",
        "(did|do|does) not (turn|show|shows) up",
        "(gone|went|go) missing",
        "(order|parcel|package|delivery|suitcase|luggage) <3>(vanished|disappeared|lost|nowhere)",
        "nowhere to be (seen|found)",
        "(drove|ran|walked|made) (off|away) with <1>(my|our|the) <2>",
    ),
    cue(
        "still_waiting",
        TELLS,
        "(am|are|been|is|was) still waiting",
        "<number> <1>(hours?|minutes?|mins) (in|on) <1>(queue|hold|line|phone|waiting room|telephone)",
        "still (waiting|wait|pending|unresolved|outstanding|no|nothing|none)",
        "still (is|are|was|has|have|do|does|did|can|will) not",
        "(have|has|is|are|do|does|can|am|was|were) still not",
        "still (drips|leaks|broken|leaking|faulty|unsolved|unpaid|missing|the same problem|happening|down|ignoring)",
        "(wait|waits|waited|waiting|queued|stood|sat|stranded|stuck|hold) <4>(<number> |a |another )<1>(hours?|days?|weeks?|months?|years?|long time|ages?|eternity)",
        "(wait|waited|waiting|queued|on hold) <3>([2-9][0-9]|[1-9][0-9][0-9]|fifteen|twenty|thirty|forty|fifty|sixty|ninety) <1>(min|mins|minutes)",
        "(wait|waited|waiting) <2>(forever|for ages|ages|far too long|too long|an age|all day|all morning|all afternoon|all week|endlessly)",
        "(has|have) been (waiting|stuck|pending|saying|promising) ",
        "<number> <long> <3>(and|but|later|now|,) <4>(still|no|nothing|nobody|not|never|without|missing)",
        "<number> <long> (without|with no)",
        "(down|out|off|dead) since",
        "since <2><weekday> <5>(no|not|nothing|nobody|without|still)",
        "for (weeks|months|ages|years|days)( now| on end)",
        "(at my|my) wit is end",
    ),
    cue(
        "neglected",
        TELLS,
        "(have|has|had|was|were|is|are) (not|never|only) (even |yet |properly |ever )?been <1>(\\w+ed|done|dealt|seen|told|paid|given|sent|put|shown|taken|made)",
        "(has|have) been (saying|telling|promising|claiming|showing|trying|asking|sitting|stuck|lying|broken|down) <8>(for|since)",
        "(has|have) been <4>(for|since) <2>(<number> <1>(days?|weeks?|months?|years?)|ages|weeks|months|years|the weekend|<weekday>)",
        "(has|have|had) (had )?no <3>(for|since|in) <4>",
        "[.?] again(?= [.?])",
        "what (on earth )?(is going on|happened)",
        "(has|have|was|were|been) <3>forgotten",
        "forgotten (about )?(me|us|my|our)",
        "(remain|remains|remained|left|still) (unacknowledged|unanswered|unresolved|unpaid|unfinished|incomplete|unopened|unread)",
        "(have|has|had|did|do|does) (still |yet )?not (returned|released|paid|transferred|credited|honou?red|given|finished|completed|started) <1>(my|our|me|us|the|any) <2>",
        "(never|not) (got|get|been|gets|getting) (finished|completed|started|done|sorted|fixed|set up|resolved)",
        "(keep|keeps|kept) <1>(getting|being|charging|taking|sending|losing|changing|saying|making|cancelling|happening)",
        "(cost|wasted|waste|wasting|lost) <3>(days?|hours?|weeks?|afternoon|evening|morning|weekend|time|work|night|holiday) ",
        "(second|third|fourth|fifth|sixth|2nd|3rd|4th|5th) <1>(day|week|month|year|night|morning|evening|visit|term) (running|in a row|straight|without|on the trot)",
        "(do|does|did|will|would) <1>ever (intend|plan|mean|bother|care) <3>",
        "(double|over) booked",
        "(cried|crying|in tears|sobbed|sobbing) (because|when|over|all)",
        "(has|have|had|was|were|is|are) (changed|moved|been (moved|changed|passed)) <2>(<many>|[2-9]) times",
        "(had|have|having) to <1>(ask|call|chase|beg|ring|remind|explain|phone|email|write|pay|wait|return|go back|send it back|do it myself|do it ourselves|throw|sleep|stand|find out|use my own) ",
        "(send|sent) it back",
        "took <1>(you|them|me|us|him|her) <3>(attempts?|tries|goes|visits|calls|emails)",
        "different (story|answer|excuse|version|explanation) ",
        "[.,] (it|today) is (now |already )?(<weekday>|<number>|the [0-9]+\\w*)(?= [.,])",
    ),
    cue(
        "did_to_us",
        LEANS,
        "(you|they|he|she|company|staff|driver|engineer|courier|hotel|airline|bank|restaurant|shop|school|doctor) <1>(blocked|closed|cancelled|gave away|gave our|gave my|gave us the|lost|took away|refused|forgot|deleted|denied|suspended|froze|frozen|locked|rejected"
        "|changed|broke|scratched|damaged|left (us|me|my|our|it|a|him|her)|dumped|threw|walked (out|off)|misled|promised|claimed|overbooked|disconnected|kept (us|me)|made (us|me|it)|blamed|shrugged|gave up|ran out|mixed up|messed up|ruined|wasted|failed|missed|ignored|insisted|hid|turned (us|me) away|cut (us|me|off))",
        "(flight|flights|order|appointment|class|classes|train|delivery|booking|reservation|room|session|trip|event|lesson|bus|surgery|operation|course) <2>(cancelled|rescheduled|overbooked|postponed|rejected|declined|diverted)",
        "turned (me |us |away )?away (at|from) <3>",
        "(slept|sleep|sat|stood|left|sitting|standing) <2>(on the floor|in the (rain|cold|lobby|corridor|dark|street)|outside|stranded|waiting)",
        "(was|were|is|are) (closed|shut|locked) ",
        "(card|cards|payment|payments) <1>(was|were|is|got|keeps?|kept) <1>(declined|rejected|refused|blocked)",
        "(declined|rejected|failed) <4>(because|due|times|again)",
        "(was|were|been) told <5>(would|will|was|were|it is)",
        "(spent|was|were|sat|always|constantly|busy) <4>on (his|her|their) (phones?|mobiles?)",
        "(website|app|machine|site|system|form|atm|terminal) <1>(ate|swallowed|lost) (my|our) <2>(form|application|card|money|order|message|cart|basket)",
        "because of (you|your|their|this)",
        "(made|make|makes|making) (me|us|him|her|it|things) <2>(worse|feel <1>(bad|small|stupid|guilty|unwelcome|like)|wait|late|pay)",
    ),
    cue(
        "late",
        LEANS,
        "(arrived|came|was|were|is|are|delivered|an hour|hours?|minutes?|mins|days?|weeks?|so|very|too|always|also|and|landed|started|running|been) late",
        "(took|takes|taken|taking) <2>(<number>|several|a few|over|more than|nearly|almost|about|around) <2>(hours?|days?|weeks?|months?|years?)",
        "(took|takes|taken|taking) <2>(forever|ages|far too long|too long|so long|an age|an eternity|long time)",
        "(no longer|not|never) (on time|punctual)",
        "(delayed|delays?|postponed|rescheduled)",
        "(due|scheduled) <3>(to|on|by|for|at|in|last) <8>",
        "(promised|expected) <3>(by|on|within|in|before|last|yesterday|today) <6>",
        "(supposed|meant) to <1>(be|have|come|arrive|start|open|call|ring|ready|turn|take) <6>",
        "(paid|pay|paying) <2>for <2>(next day|same day|express|priority)",
        "should have <3>(been|arrived|come|had|got|received|told|known|warned)",
        "(said|told me|told us|promised) <3>(be here|be there|come|arrive|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|yesterday)",
        "(far )?too (slow|long|late)",
        "so slow",
        "hours? late",
        bare=True,
    ),
    cue("late", TELLS, "<number> <1><long> <1>(late|overdue|behind schedule|past due|delayed)"),
    cue(
        "where_is",
        TELLS,
        "where (the (hell|heck|fuck) )?(is|are) (my|our) <2>(order|parcel|package|delivery|refund|money|stuff|food|driver|courier|engineer|technician|package"
        "|goods|ticket|tickets|luggage|bag|bags|suitcase|replacement|plumber|results?|items?|pizza|meal|shipment)",
        "(any|no) (news|update|updates|word|progress|sign) (on|about|of|from|regarding|yet|please)",
        "any idea (when|where|what|if)",
        "(what|anything) (is|has) (going on|happening|happened) (with|to) (my|our|the)",
        "(wonder|wondering|curious) <3>(if|when|whether|what|where|why) <8>(ever|still|arrive|arrives|actually|happened|come|comes|this year|this century|delivered|lifetime)",
        "(will|would|does|do|am|is|might|are) <5>ever (arrive|come|get|receive|going to|see|hear|be|turn|show|reply|answer)",
        "(when|how long) <5>(exactly|actually|finally|intend|earth|longer|much longer)",
    ),
    cue(
        "no_answer",
        TELLS,
        "(nobody|no one) (at|in|on|behind|around|available|anywhere|to) ",
        "(is|was) <1>(anybody|anyone|somebody|someone) (there|out there|home|listening|reading|alive|actually)",
        "(does|do|can|will|could|would) (anybody|anyone|somebody|someone) (<1>)?(read|answer|reply|respond|care|work|help|get back|call|tell|explain|actually)",
        "(did|do|have) you (even |ever |actually )?(get|got|receive|received|see|seen|read) my <2>(email|emails|message|messages|letter|call|note)",
        "(hello|hi|hey|anyone|anybody|somebody) <1>\\? (hello|anyone|anybody|somebody|still)",
        "(canned|copy paste|copy and paste|copied and pasted|template|scripted|generic|robotic|boilerplate|stock) (answers?|reply|replies|responses?|emails?|messages?|apology)",
        "would be (nice|good|kind|polite|helpful|courteous) <1>(if|to) <3>(ring|call|answer|reply|respond|hear|tell|explain|get back|an answer|a reply)",
        "(whether|if) (anyone|anybody) (has|is|will|ever)",
        "<nobody> <2>(<answer>|knows?|knew|came|turned|bother*|there|helps|answers|can tell|could tell|seems|takes|took|cleaned|available)",
        "(why|how come) <2>(nobody|no one|no answer|does nobody|can nobody)",
        "(did|does|do|have|has|had|would|will|can|could) (still |even |ever )?(not|never) (?!(want|need|expect|wish|require|like|bother) )<2>(answer(s|ed)?|repl(y|ied)|respon(d|ded)|call(ed)? (me |us )?back"
        "|r(i|a|u)ng (me |us )?back|(get|got|gotten|come|came|heard|hear) <1>back|pick(ed)? up|return(ed)? <2>(calls?|emails?|messages?)|listen(ed)?|help(ed)? (me|us|at all|with)"
        "|apologi[sz](e|ed)|explain(ed)?|care|inform(ed)?|tell (me|us|anyone)|told (me|us)|acknowledged?|even (say|look|try|bother|read))",
        "(never|not once|not even) <2>(answer(s|ed)?|repl(y|ies|ied)|respon(d|ds|ded)|call(s|ed)? (me |us )?back|r(i|a|u)ng back|got back|gets? back|heard (back|from|a word|anything)"
        "|picks? up|picked up|apologi[sz]ed|an apology|a sorry|told (me|us)|informed|explained|call(s|ed)?|came back to)",
        "(no|zero|without|not (a|one|any)) <1>(answer|reply|replies|response|responses|apology|explanation|communication|call back|callback|feedback|word from|one word"
        "|acknowledgement|single answer|single reply|contact from|word of|warning|notice|information)",
        "(ignored|ignoring|ignores|ignore) ",
        "(feel|felt) (ignored|unheard|fobbed off|brushed off|abandoned|forgotten)",
        "(unanswered|unreachable|fell on deaf ears|radio silence|wall of silence)",
        "(impossible|unable|can not|could not|not possible|hard|difficult|tried|trying) (to )?(get|reach|speak|talk|contact) <2>(through|anyone|anybody|someone|you|human|hold|person|real person|to you)",
        "(hung|hangs|hang|put) (the phone down|up on|up)",
        "(passed|sent|sends|pushed|transferred|bounced|going|go|round) <2>(around|round|in circles|from (one|pillar)|between|back and forth)",
        "(same|another|only|just|automatic|automated|canned|standard|template) <2>(automatic|automated|copy paste|canned|robot|bot|chatbot|template) <2>(answers?|reply|replies|response|message|text)?",
        "all i get is",
        "(fobbed|brushed|palmed) (me |us )?off",
        "ghosted( (me|us))?",
        "(only|just|keeps?|kept) <2>(sending|sends|sent|pasting|repeating) <2>(faq|faqs|link|links|same|script)",
    ),
    cue(
        "asked_before",
        TELLS,
        "(second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|umpteenth|nth|tenth|hundredth|last) <1>(time|email|message|call|attempt|letter|request|reminder|complaint|enquiry|try|ticket)"
        " <4>(ask|asking|i|about|write|writing|written|now|called|call|contact|without|same|,|in a row|running|with|no|of)",
        "(asked|asking|called|calling|rung|rang|phoned|emailed|mailed|written|wrote|write|contacted|complained|complaining|messaged|reported|told|explained|chased|tried|requested)"
        " <5>(again and again|repeatedly|already|twice|over and over|(two|three|four|five|six|seven|eight|ten|several|many|multiple|countless|numerous|[0-9]+) times|every day|every week)",
        "(already|repeatedly) <1>(asked|called|emailed|written|wrote|contacted|complained|reported|told|explained|sent)",
        "<many> (emails|calls|messages|phone calls|letters|complaints|reminders|tickets|requests) <5>",
        "(asked|called|rang|emailed|wrote|complained|written|contacted) <2>(last|on|a) (week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|<number>|few)",
        "(yet|once) again",
        "time and (time )?again",
        "(keep|keeps|kept) <1>(asking|having to|calling|telling|chasing|explaining|writing|ringing)",
        "(chasing|chase|chased) <5>",
        "(following|follow) up (again|once more|for)",
        "how many <2>(must|do i|do we|have i|have we|does it|will it|should)",
        "(same|this) <1>(problem|issue|thing|mistake|error|fault|story|question) <2>(again|twice|every|over|as)",
        "again (no|not|nobody|wrong|late|broken)",
        "please read (my|the) <2>(message|messages|email|emails)",
    ),
)
