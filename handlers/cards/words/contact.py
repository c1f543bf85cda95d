"""Words: what is known of a contact, and of what was tried."""

from __future__ import annotations

from cases.model import Grade, Way

# What a colleague did, before the time at which they did it.
DID = {
    Way.PHONE: "called",
    Way.EMAIL: "wrote an e-mail",
    Way.CHAT: "wrote by chat",
    Way.IN_PERSON: "met the customer",
    Way.PUBLIC_REPLY: "replied in public",
    Way.LETTER: "wrote a letter",
    Way.OTHER: "reached the customer",
}
REACHED = "reached the customer"
# What another program saw, of which time.
SAW = {
    Way.PHONE: "The telephone system saw a call",
    Way.EMAIL: "The mail server took an e-mail",
    Way.CHAT: "The help desk saw a chat",
    Way.IN_PERSON: "The till saw a visit",
    Way.PUBLIC_REPLY: "A public reply was seen",
    Way.LETTER: "A letter was seen to go out",
    Way.OTHER: "Another program saw a contact",
}
EVIDENCE = {
    Grade.CLICKED: "{by} {at:ticked ✅}, and has not said yet how it went",
    Grade.TOLD: "{by} {at:{did}}",
    Grade.SEEN: "{saw} {at:of}{reference}",
    Grade.ANSWERED: "The customer {at:answered}",
    Grade.CONFIRMED: "The customer says that it is right now{at:,}",
}
SEEN_AS = " ({reference})"
GRADES = {
    Grade.CLICKED: "ticked “contacted”, and did not say how it went",
    Grade.TOLD: "contacted the customer",
    Grade.SEEN: "was seen to contact the customer",
    Grade.ANSWERED: "has the customer's answer",
    Grade.CONFIRMED: "has the customer's word that it is right now",
}
# What a thread hears from another program; who and which reference it names come behind.
REPORTED = {
    "seen": "✅ {saw} {at:of}",
    "seen_trying": "📵 Another program tells of an attempt {way} {at:of}",
    "seen_doubted": (
        "❓ There is a letter to the customer {at:of}. Neither the address it comes from nor our mail server says that a colleague "
        "wrote it, so it does not count yet: *Contacted* is for whoever wrote it to press"
    ),
    "ordered": "🛍️ The customer has ordered again{at:,}",
    "bounced": "↩️ What was sent {way} came back: it has not reached the customer",
}
# What a thread hears of a letter that did not go out as it should.
LETTERED = {
    "letter_refused": "↩️ The reply did not reach {customer}: their mail server, or ours, will not take it (“{why}”). Is the address right? Perhaps call them.",
    "letter_lost": "↩️ The reply to {customer} could not be sent for two days (“{why}”), and I have stopped trying. Please reach them another way.",
    "letter_unknown": (
        "❓ The reply to {customer} may have gone out, or may not: {why}. Please look among the sent letters, then say so below it. "
        "I send nothing twice by myself."
    ),
    "letter_stopped": "The reply to {customer} has not been sent: while it waited, the case was closed or the customer asked for silence.",
}
REPORTED_BY = "{told} ({who})"
TRIED_ONCE = "📵 Tried once: {ways}{at:,}"
TRIED_OFTEN = "📵 Tried {count} times: {ways}, {at:last}"
PERHAPS_BY = "perhaps {way} this time"
PERHAPS_LATER = "perhaps at another hour"
PERHAPS_ELSEWHERE = "perhaps the order, an invoice or a colleague knows a telephone number"
SOME_WAY = "nobody said how"

ASK_HOW = "How did it go with {customer} (#{number})? Until you say, it counts as a tick and not as a contact; I go on reminding {at:from}."
ASK_HOW_ALL_THE_SAME = "Thank you for contacting {customer} (#{number}). How did it go?"
ASK_HOW_NO_ADDRESS = (
    "I know neither an e-mail address nor a phone number of theirs, so please say how you reached them."
)
HOW = {
    Way.PHONE: "By phone",
    Way.EMAIL: "By e-mail",
    Way.CHAT: "By chat",
    Way.IN_PERSON: "In person",
    Way.PUBLIC_REPLY: "Public reply",
    Way.LETTER: "By letter",
    Way.OTHER: "Otherwise",
}
NOT_REACHED = "Not reached"
CONTACT_NOTED = "Noted for #{number}."
CONTACT_NOT_SEEN = (
    "Our policy counts a contact once it is seen: by the telephone system, the help desk or the mail server. "
    "None of them has told of it yet, so #{number} still waits."
)
NO_SUCH_ADDRESS = {
    Way.PHONE: "I know no phone number of theirs. Which one did you call? `/case note {number} phone …` keeps it for the next person.",
    Way.EMAIL: "I know no e-mail address of theirs. Where did you write to? `/case note {number} e-mail …` keeps it for the next person.",
}
DENIED = (
    "Your words say that nobody was reached, so I kept it as an attempt. "
    "If you did reach them: `/case contacted {number} phone she was glad`."
)
TRIED_HOW = "How did you try? `/case tried {number} phone` adds that."
TICKED_BY_OTHER = (
    "{by} ticked ✅ on *{case}*, which is yours; how it went is not told yet. If it is not so, say it here."
)
DONE_WHICH = (
    "Which is it for #{number}? You reached the customer: `/case contacted {number} phone`. You tried, and nobody answered: "
    "`/case tried {number} phone`. All is over: `/case close {number} satisfied`."
)
DONE_WHICH_HELD = "{owner} has it."
