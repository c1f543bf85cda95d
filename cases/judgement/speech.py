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
