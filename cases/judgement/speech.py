"""What a sentence does, whatever its mood: it asks, supposes, tells, thanks for a good end, or comes from a machine."""

from __future__ import annotations

import re

from cases.judgement.patterns import compiled

# A machine says so where its text begins; customers complain of "the same automatic answer" in the middle of theirs.
AUTOMATIC = compiled(
    "[.,?] (this is an? |this |subject |re |your )?(automatic|automated|auto) (reply|response|message|answer|generated|email)",
    "[.,?] (i am )?(currently |now )?out of (the )?office",
    "i am <2>(out of (the )?office|away) <3>(until|till|from|with|and)",
    "(mailbox|inbox|email address|address) is not (monitored|read|in use|attended)",
    "(do not|not|please not) reply to this (email|message|mail|address)",
    "[.?] your (request|ticket|message|email|enquiry|query) (has been|was|is) (logged|received|created|registered)",
    "[.,?] (delivery status notification|undeliverable|undelivered|mail delivery|mailer daemon)",
)
SOLICITING = compiled(
    "(click here|followers|seo|backlinks|crypto|casino|viagra|guest post|earn money|make money|work from home|special offer|limited offer|boost your|increase your (sales|traffic|ranking))",
    "(on annual leave|on maternity leave|on vacation until|limited access to)",
)
SUPPOSED = compiled(
    "(if|in case|what if|unless|in the event|should (the|it|my|i)|whether|worried|afraid|feared|expecting it to|thought it would|expected it to)"
)
# "Why have a hotline if nobody answers" supposes nothing.
FACTUAL = compiled("(why|point|use|even|good) <8>(if|unless)")
REQUEST = compiled(
    "(can|could|may|might|shall|should) (i|we|you|somebody|someone|one)",
    "how (do|can|could|would|should|much|many|long does|does) (i|we|you|one|a|the|it)?",
    "in case of",
    "(do|does|are|is|will) (you|there|it|the)",
    "(do|will|would|am|are) (i|we)",
    "(what|which|when|where) (is|are|do|does|time|kind|happens|should|will|can)",
    "(i|we) (would|want|need|wish) (like )?to (know|ask|order|book|change|update|cancel|add|close|return|pause|report|request|reschedule|buy|upgrade|move)",
    "(like|want|need) to (return|exchange|swap)",
    "please (cancel|change|send|add|remind|remove|let me know|update|book|confirm|call)",
    "is it (possible|too)",
    "(writing|like) to ask",
    "(by mistake|by accident)",
)
WHY = compiled("(why|still|again|already|never|explain|ever|twice|nobody|no one|your (mistake|fault))")
# Customers who only tell what happened ("you sent my letter to my neighbour") rarely write to say that all is well.
HAPPENED = compiled(
    "(was|were|had|did|has|have|came|went|took|sent|got|told|said|left|lost|made|found|gave|put|paid|kept|fell|broke|sat|stood|saw|(?!(need|bed|red|shed|feed|speed|indeed|hundred) )\\w\\w+ed|is still|are still)"
)
SOMEBODY = compiled("(you|your|they|their|them|he|she|his|somebody|someone|<staff>|since|every|despite|twice|until)")
PURPOSE = compiled(
    "(just (wanted|want|to|letting|checking|a note)|letting you know|let you know|for your (information|records)|fyi|would like|thanks?|thank you|please|suggest*|ideas?|see you|sorry|looking (for|forward)"
    "|new (address|number|phone|email|card|job)|(i|we) (have |am |are )?(moved|moving|married|changed (my|our)|migrating|planning|considering|interested|hoping|looking|writing)|safely|in time|on time|as (agreed|planned|promised|requested|discussed|ordered|always|usual)|received (it|them|the|my)|attached|i overslept)"
)
RESOLVED = compiled(
    "(fixed|solved|sorted|sorting|resolved|replaced|refunded|found|corrected|exchanged|compensated|put right|made (it )?right|made up for|apologi[sz]ed|sorted out|rescued|dealt with|turned it around|recovered|no time|cleared up|same day|straight away|immediately|within)",
)
# It is right now, and not only kindly answered.
SET_RIGHT = compiled(
    "(fixed|solved|sorted|resolved|repaired|mended|replaced|refunded|exchanged|settled|put right|dealt with|turned (it|things|this) around|cleared up|taken care of)",
    "(made|making|put|putting|set|setting) <2>(right|good|up for it)",
    "for (fixing|solving|sorting|resolving|replacing|refunding|exchanging|settling)",
    "(all|everything) (is|has been|was|works|looks|now) <1>(well|fine|good|right|perfect|ok|okay|great|in order|working)",
    "(well|fine|good|perfect|ok|okay|great|happy) now",
    "(am|are) <1>satisfied",
    "(happy|satisfied|pleased|impressed) (with|by) (how|the way|what) you",
    "(is|are|am|works?|working|runs?|looks?|feels?) <2>(well|fine|good|right|perfect|perfectly|ok|okay|great|in order|happy|satisfied|pleased|working|as it should) <1>(again|now|at last|finally)",
    "(works?|working|runs?|running) <1>(again|now|at last|finally|perfectly|fine|like new)",
    "(now|again|at last|finally) <2>(works?|working|fine|right|perfect|perfectly|ok|okay|in order|happy|satisfied|pleased)",
    "(new|replacement|second|missing|right) <2>(arrived|came|is here|has come)",
    "(refund|money|payment|parcel|order|box|delivery|everything) <2>(arrived|came|is here|has come|is back)",
    "(received|got|have) <2>(refund|money|replacement|new one|new box)",
)
NOT_YET = compiled(
    "(not|never|no|nothing|nobody|will|would|hope|hopefully|hoping|if|when|once|until|unless|should|could|can|may|might|must|wait|waiting|forward|still|expect|expecting"
    "|yet|soon|tomorrow|next|please|wonder|whether|promise|promised|need|needs|to be|being|almost|nearly|partly|half|before|after|why|told|say|says|saying|said|understand|read|believe|think|someone else)"
)
MANNERS = re.compile(r" (?:many thanks|thanks|thank you|regards|best wishes|kind regards)(?= )")
JOB = compiled(
    "(can|could|would) (you|someone|somebody|anyone) <2>(come|send|fix|repair|look|have a look|replace|visit)",
    "(do|can) you (repair|fix|replace|do|handle|service)",
    "how (soon|much|quickly) (can|could|would|do|is|does)",
    "(need|want|looking for|like|book) <2>(a|an|some|your) (plumber|electrician|engineer|technician|appointment|quote|repair|mechanic|dentist|locksmith)",
    "(can|could) (i|we) (book|get|have|make) <2>(appointment|quote|estimate|repair)",
)
BEFORE = compiled(
    "(last time|previously|in the past|was worried|were worried|was nervous|was afraid|feared|was sceptical|was skeptical|had doubts|first time|at first|initially|before|elsewhere|after (years|months) of|other (places|companies|shops|providers)|previous|my old|i hate|i usually hate|unlike)"
)
