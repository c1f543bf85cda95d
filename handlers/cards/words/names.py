"""Words: the names of things, and the labels of buttons."""

from __future__ import annotations

from cases.model import Outcome, Remedy, Severity, Sign, Status, Way

SEVERITIES = {Severity.NORMAL: "normal", Severity.HIGH: "high", Severity.CRITICAL: "critical"}
SEVERITY_MARKS = {Severity.NORMAL: "🟡", Severity.HIGH: "🟠", Severity.CRITICAL: "🔴"}
# A case in one line: in lists, reminders, digests and notices.
LISTED = "{mark} {case}"
CONTACTED_MARK, CLOSED_MARK = "🟢", "⚪"
STATUSES = {
    Status.UNCLAIMED: "waiting for an owner",
    Status.CLAIMED: "waiting for first contact",
    Status.CONTACTED: "waiting for the customer",
    Status.CLOSED: "closed",
}
OUTCOMES = {
    Outcome.WON_BACK: "won back",
    Outcome.SATISFIED: "satisfied",
    Outcome.NO_REPLY: "no reply from the customer",
    Outcome.LOST: "lost",
    Outcome.UNREACHABLE: "could not be reached",
    Outcome.DECLINED: "did not want to be contacted",
    Outcome.NOT_A_COMPLAINT: "not a complaint",
}
# By what a good end is known, behind its name, where it is more than the word of whoever closed the case.
SIGNS = {Sign.SAID_SO: " (they said so)", Sign.ORDERED: " (they ordered again)", Sign.OUR_WORD: ""}
REMEDIES = {
    Remedy.ASKED: "asked what would make it right",
    Remedy.ANSWERED: "noted what would make it right",
    Remedy.GRANTED: "granted what makes it right",
}
WAYS = {
    Way.PHONE: "by phone",
    Way.EMAIL: "by e-mail",
    Way.CHAT: "by chat",
    Way.IN_PERSON: "in person",
    Way.PUBLIC_REPLY: "with a public reply",
    Way.LETTER: "by letter",
    Way.OTHER: "in another way",
}
# Reason codes of triage; a code that is not here, as of older cases, is said as it is, with its underscores as spaces.
REASONS: dict[str, str] = {
    "clause": "sounds unhappy",
    "rating_low": "low rating",
    "rating_middle": "middling rating",
    "scale_unknown": "a rating of unknown scale",
    "no_words": "no words to judge by",
    "not_scored": "words I could not judge",
    "other_language": "a language that I read too little of",
    "repeat": "complained before",
    "promise_broken": "a promise to them was broken",
    "waited_before": "had waited long before we heard",
    "occasion": "an occasion is at stake",  # said as OCCASION_AT_STAKE where it has a name
    "public": "said it in public",
    "handed_over": "an assistant hands over to you",
    "danger": "somebody may be in danger",
    "large_sum": "a large sum of money",
    "critical_stakes": "very much is at stake",
    "distress": "deep distress",
    "safety": "somebody's safety",
    "legal": "speaks of the law",
    "press": "speaks of the press",
    "privacy": "private data",
    "discrimination": "discrimination",
    "harassment": "harassment",
    "fraud": "speaks of fraud",
    "vulnerable": "somebody who needs care",
    "asked_before": "had to ask again",
    "long_wait": "a long wait",
    "churn": "may leave us",
    "billing": "wrong bill",
    "not_arrived": "did not arrive",
    "wrong_item": "got the wrong thing",
    "missing": "something is missing",
    "broken": "broken",
    "not_working": "does not work",
    "rude": "treated rudely",
    "late": "late",
    "still_waiting": "still waiting",
    "no_answer": "got no answer",
    "refund": "wants money back",
    "quality": "poor quality",
    "neglected": "was let down",
    "child": "a child's safety",
    "police": "speaks of the police",
}
# What quotes the customer: the clause that sounds unhappiest, and the words for which a case is grave.
REASON_QUOTED = "{reason}: “{words}”"
CLAUSE_QUOTED = "“{words}”"

# How what a colleague typed in reached us; every other source is called by its own name.
SOURCES = {
    "by hand": "typed in by a colleague",
    "phone": "by phone",
    "email": "by e-mail",
    "in_person": "in person",
    "social": "on social media",
    "other": "in another way",
    "practice": "invented",
}

# Of what is done to a reply, and of what one looks at; those of the actions stand in their rows.
BUTTONS = {
    "practice": "Show me a practice case",
    "read_all": "Read it all",
    "read_on": "Read on",
    "show_attachments": "Show attachments",
    "reach": "How to reach them",
    "earlier": "Earlier cases",
    "edit": "Edit",
    "redraft": "New suggestion",
    "approve": "Approve",
    "drop_draft": "Put aside",
    "sent": "I have sent it",
    "send": "Send",
    "take_back": "Take back",
    "no_promise": "That is no promise",
    "flood_take": "Take the next",
    "flood_show": "Show the next card",
    "write_later": "Write that it will be later",
    "won_said_so": "They said so",
    "won_ordered": "They ordered again",
    "write_kept": "Tell them the result",
    "write_after": "Ask them in a letter",
}
SAY_HOW = "Say how it went"
NEW_DATE = "Add a new date"
EDIT_AGAIN = "Edit again"
CONFIRM_TITLE = "Are you sure?"
CONFIRM_NO = "Not yet"
DISMISS_ASKS = "Somebody may be in danger here. Close it as no complaint all the same?"
DISMISS_YES = "No complaint"
APPROVE_ASKS = "You have read every word, and this is what the customer should get. Nothing is sent by itself."
APPROVE_YES = "Approve this text"
