"""The catalogue: every sentence the bot says, in English, so that its tone is reviewed as a whole.

Blanks are filled by `mrkdwn.fill`: `{due:by}` is an instant with its leading words ("by today at 10:15"), `{due:ago}` how
far it is from now. A second language is a second file with the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from cases.model import Outcome, Severity, Status, Way
from handlers.cards.mrkdwn import Mrkdwn, fill, join, mention

Key = TypeVar("Key")

# -- names of things ------------------------------------------------------------------------------------------------

SEVERITIES = {Severity.NORMAL: "normal", Severity.HIGH: "high", Severity.CRITICAL: "critical"}
SEVERITY_MARKS = {Severity.NORMAL: "🟡", Severity.HIGH: "🟠", Severity.CRITICAL: "🔴"}
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
WAYS = {
    Way.PHONE: "by phone",
    Way.EMAIL: "by e-mail",
    Way.CHAT: "by chat",
    Way.IN_PERSON: "in person",
    Way.PUBLIC_REPLY: "with a public reply",
    Way.LETTER: "by letter",
    Way.OTHER: "in another way",
}
# Reason codes of triage; a code that is not here is said as it is, with its underscores as spaces.
REASONS: dict[str, str] = {
    "rating_low": "low rating",
    "rating_middle": "middling rating",
    "not_arrived": "did not arrive",
    "still_waiting": "still waiting",
    "late": "late",
    "where_is": "asks where it is",
    "no_answer": "got no answer",
    "asked_before": "had to ask again",
    "neglected": "was let down",
    "did_to_us": "blames something we did",
    "repeat": "complained before",
    "broken": "broken",
    "wrong_item": "got the wrong thing",
    "missing": "something is missing",
    "not_working": "does not work",
    "quality": "poor quality",
    "refund": "wants money back",
    "billing": "wrong bill",
    "money_lost": "lost money",
    "rude": "treated rudely",
    "unhelpful": "found us no help",
    "manager": "asks for somebody in charge",
    "churn": "may leave us",
    "review": "may say so in public",
    "public": "said it in public",
    "disappointed": "disappointed",
    "unacceptable": "finds it unacceptable",
    "sub_par": "not good enough",
    "sarcasm": "bitter irony",
    "occasion": "an occasion is at stake",  # said as OCCASION_AT_STAKE where it has a name
    "long_wait": "a long wait",
    "vulnerable": "somebody who needs care",
    "safety": "somebody's safety",
    "child": "a child's safety",
    "distress": "deep distress",
    "legal": "speaks of the law",
    "police": "speaks of the police",
    "press": "speaks of the press",
    "privacy": "private data",
    "fraud": "speaks of fraud",
    "discrimination": "discrimination",
    "harassment": "harassment",
    "problem": "a problem",
    "own_mark": "their own low mark",
    "unhappy_face": "an unhappy face",
    "high_stakes": "much is at stake",
    "critical_stakes": "very much is at stake",
    "complaint": "reads like a complaint",
    "mixed": "mixed feelings",
    "contrast": "praise, then a but",
    "denial": "says what was not so",
    "sentiment": "sounds unhappy",
    "no_words": "no words to judge by",
    "language": "in a language I cannot read",
}

# -- buttons --------------------------------------------------------------------------------------------------------

BUTTONS = {
    "claim": "Claim",
    "release": "Release",
    "give": "Give to someone",
    "snooze": "Snooze",
    "contacted": "Contacted",
    "promise": "Add a promise",
    "close": "Close",
    "reopen": "Reopen",
    "dismiss": "Not a complaint",
    "note": "Add a note",
    "draft": "Decide about contact",
    "edit": "Copy to edit",
    "redraft": "Another try",
    "approve": "Approve",
    "drop_draft": "Not needed",
    "new_case": "Open a case",
}
SAY_HOW = "Say how it went"
NEW_DATE = "Add a new date"
EDIT_AGAIN = "Edit again"
CONFIRM_TITLE = "Are you sure?"
CONFIRM_NO = "Not yet"
APPROVE_ASKS = "You have read every word, and this is what the customer should get. Nothing is sent by itself."
APPROVE_YES = "Approve this text"

# -- the card -------------------------------------------------------------------------------------------------------

A_CUSTOMER = "A customer"
SOMEBODY = "Somebody"
AN_OCCASION = "an occasion"
THE_CUSTOMER = "the customer"
HEADLINE = "{mark} #{number} · {title}"
HEADLINE_GRAVE = "{mark} #{number} · {severity} · {title}"
RATED = "Rated {rating}"
RATING = "{value} of {scale}"
NO_TITLE = "Unhappy customer"
NO_WORDS = "No words, only the rating {rating}."
NOTHING_SAID = "The customer left no words."
WROTE_AGAIN_SINCE = "Wrote again, latest:"
WROTE_AGAIN_TIMES = "Wrote {count} times more, latest:"
FROM_SOURCE = "from {source}"
RATED_FACT = "rated {rating}"
ORDER = "order {order}"
OCCASION = "*{occasion}*"
OCCASION_ON = "*{occasion} on {on}*"
PUBLIC_LINK = "public on {host}"
PUBLIC = "public"
PRIVATE = "private"
EARLIER = "earlier cases {numbers}"
EARLIER_ONE = "earlier case {numbers}"
WHY = "Why: {reasons}"
REASON_QUOTED = "{reason} “{detail}”"
OCCASION_AT_STAKE = "{occasion} at stake"
UNSURE = "not sure this is a complaint"

WAITS_FOR_OWNER = "*Waits for an owner*, {claim_due:due} ({claim_due:ago}) · first contact {contact_due:due}"
WAITS_FOR_CONTACT = "{owner} has it · *first contact {contact_due:due}* ({contact_due:ago})"
WAITS_FOR_CUSTOMER = "{by} {at:reached the customer}{how} · *waits for the customer*"
WAITS_UNOWNED = " · needs an owner"
NOW_HELD_BY = " · {owner} has it now"
CLOSED = "*Closed: {outcome}* · {at:}"
CLOSED_BY = "*Closed: {outcome}* · {at:} · {owner}"
LEARNED = "Learned: {learned}"
SNOOZED = "💤 Quiet {until:until}"
SNOOZED_BECAUSE = "💤 Quiet {until:until}: {reason}"
PROMISED = "🤝 *Promise {due:due}* ({due:ago}): {promise}"
ASKED_NO_CONTACT = "✋ *Asked not to be contacted.* Please decide before anyone writes."
CONTACT_DECIDED = "✋ Asked not to be contacted. We decided to write all the same: {why}"

# -- the draft ------------------------------------------------------------------------------------------------------

DRAFT_SCAFFOLD = "*Scaffold, not a draft:* fill the ⟨blanks⟩."
DRAFT_MODEL = "*Draft by the model:* read it before you use it."
DRAFT_PERSON = "*Edited by {author}.*"
DRAFT_PERSON_UNNAMED = "*Edited by hand.*"
DRAFT_APPROVED = "✅ {by} {at:approved this text}, word for word. Sending it is up to you."
DRAFT_FAILED = {
    "timeout": "The model did not answer in time; here is a scaffold.",
    "down": "The model could not be reached; here is a scaffold.",
    "refused": "The model would not write this one; here is a scaffold.",
    "malformed": "The model's answer could not be used; here is a scaffold.",
    "rate_limited": "The model is busy just now; here is a scaffold.",
    "safety": "Safety or law may be at stake: no model writes here. A holding scaffold, for the lead to take on.",
    "switched_off": "Policy tells the model nothing from this source; here is a scaffold.",
    "budget": "Today's tokens for the model are used up; here is a scaffold.",
    "wrong_key": "The model does not accept our key; whoever runs this bot can mend it. Here is a scaffold.",
}
DRAFT_FAILED_OTHERWISE = "The model could not write this one; here is a scaffold."
DRAFT_WANTED = "A draft is being written."
DRAFT_HELD = (
    "The customer asked not to be contacted, so there is no draft yet. "
    "Decide whether somebody should write; the reason stays with the case."
)
DRAFT_BACK = "Bring it back"
DRAFT_DROPPED = "The draft was put aside: not needed."
DRAFT_BLANKS = "Still open: {blanks}"
DRAFT_ASKS = "Asks: {questions}"
DRAFT_PROMISES = "Promises: {promises}"
DRAFT_REMEDY = "Offers: {remedy}"
DRAFT_GIST = "In short: {translation}"
DRAFT_DUE = "Promised: {what}, {due:by}"
DRAFT_OVERRULED = "{by} overruled the checks: {reason}"
CHECKS_BLOCK = "*The checks would not send this yet:*"
CHECKS_WARN = "*Before you approve it:*"
CHECK_MARKS = {"block": "⛔", "warn": "⚠️", "hint": "💡"}
CHECK = "{mark} {why}"
CHECK_QUOTED = "{mark} {quotes}: {why}"
CHECK_FIX = "_{fix}_"
QUOTE = "“{quote}”"
CHECKS_MORE_ONE = "… and one more after these"
CHECKS_MORE = "… and {count} more after these"
COPIED_WHY = (
    "Nearly these words were sent in case #{number}; people notice a letter that was written for somebody else."
)
FAULT = "{quote}: {why}"
COPIED_FIX = "Say it to this customer, about this matter."
SHORTER = "Shorter"
WARMER = "Warmer"
DIFFERENTLY = "Say it differently…"
SAVED = "*Saved.* This is what the checks found:"
READ_AGAIN = "*What the checks say of it:*"
ASK_TO_APPROVE = "Mend it and save again. Only {to} can approve it as it stands."
APPROVED_COPY = "*Approved.* Copy it from here; nothing is sent by itself."
APPROVED_MAIL = "Open it in your mail program"
MODEL_BUDGET_SPENT = "Today's tokens for the model are used up ({limit} of [drafts] tokens_per_day). Drafts are scaffolds until tomorrow."
LEAD_CALLED = "{case} may be about somebody's safety or the law. No model writes about it; please see to it yourself."
STATS_PROPOSALS = "Proposals of the model (wording {prompt}): {uses}"
USES = {
    "used": "used as they were",
    "edited": "edited",
    "rewritten": "rewritten",
    "written": "written from the scaffold",
    "ignored": "not used",
}

# -- nudges ---------------------------------------------------------------------------------------------------------

NUDGE_UNCLAIMED = "*{case}*\nNobody has taken it yet. {customer} has been waiting {waiting:since} ({waiting:ago})."
NUDGE_CONTACT_SOON = "*{case}*\nFirst contact {due:is due} ({due:ago})."
NUDGE_CONTACT_LATE = "*{case}*\n{customer} has not heard from us; first contact {due:was due} ({due:ago})."
NUDGE_CONTACT_LATE_OWNED = NUDGE_CONTACT_LATE + " {owner} has it: can somebody help?"
NUDGE_PROMISE_SOON = "*{case}*\nWe promised {customer} something {due:by} ({due:ago}): {promise}"
NUDGE_PROMISE_LATE = "*{case}*\nA promise to {customer} {due:was due} ({due:ago}): {promise}"
ENDS_UNCLAIMED = "{claim} on the card takes it and stops these."
ENDS_NOT_CONTACTED = "{contacted} on the card stops these."
ENDS_PROMISED = "Kept? Close the case. Will it be late? Tell the customer first, then add the new date."
LAST_THEN = "This is my last reminder here; from now on it is with {then}."
LAST = "This is my last reminder here; the daily digest keeps it in sight."
OVER_CLAIMED = "~{case}~ Taken by {owner}. Thank you."
OVER_CONTACTED = "~{case}~ Done: the customer has been contacted. Thank you, {by}."
OVER_CLOSED = "~{case}~ Closed: {outcome}. Thank you."
OVER_SNOOZED = "~{case}~ Quiet {until:until}."
OVER = "~{case}~ No longer due."
NUDGES_MANY = "{count} cases need a look:"
NUDGES_MORE = "… and {count} more; `/case list` shows them all."
ROLES = {"lead": "the lead", "manager": "the manager", "owner": "its owner", "thread": "its thread"}

# -- the digest and the Home tab ------------------------------------------------------------------------------------

DIGEST_TITLE = "Today at {team}"
DIGEST_QUIET = "Nobody is waiting and nothing happened. Have a good day. ☕"
DIGEST_NONE_WAITING = "Everybody has been contacted. 👏"
DIGEST_WAITING_ONE = "*One customer has not heard from us yet:*"
DIGEST_WAITING = "*{count} customers have not heard from us yet, longest wait first:*"
DIGEST_LINE = "{mark} {case} · {waiting:since} ({waiting:ago}) · {owner} · “{words}”"
DIGEST_LINE_WORDLESS = "{mark} {case} · {waiting:since} ({waiting:ago}) · {owner}"
DIGEST_MORE = "… and {count} more: `/case list`"
DIGEST_HOLDS = "*In hand:* {holders}"
DIGEST_HOLDER = "{owner} {cases}"
DIGEST_PROMISES = "*Promised for today:* {cases}"
DIGEST_YESTERDAY = "yesterday"
DIGEST_SINCE = "since {since}"
DIGEST_CONTACTED = "Contacted {when}: {count} · median time to contact {median}"
DIGEST_CONTACTED_NOBODY = "Contacted {when}: nobody"
DIGEST_CLOSED = "Closed: {count} · won back: {won_back}"
NO_OWNER = "no owner"
HOME_HELLO = "Your cases"
HOME_EMPTY = "You hold no cases. When a customer is unhappy, a card comes to the channel; {claim} on it makes it yours."
HOME_TEAM = "The team's open cases"
HOME_TEAM_NO_OTHERS = "No other open cases."
HOME_TEAM_EMPTY = "No open cases. Every customer who wrote has been looked after. ☕"
HOME_MORE = "… and {count} more: `/case list`"
HOME_GROUPS = {
    Status.UNCLAIMED: "*Waiting for an owner*",
    Status.CLAIMED: "*Waiting for first contact*",
    Status.CONTACTED: "*Waiting for the customer*",
}
HOME_UNCONTACTED = "{mark} {case} · first contact {due:due} ({due:ago})"
HOME_CONTACTED = "{mark} {case} · {at:contacted}"

# -- notes in a case's thread ---------------------------------------------------------------------------------------

WROTE_AGAIN = "✉️ The customer wrote again:"
WROTE_KINDLY = "💛 The customer wrote again, and it reads kindly:"
JOINED = "✉️ The same customer complained again ({source}). The case is now *{severity}*:"
RATING_CHANGED = "The customer changed the rating from {before} to {after}."
RATING_GIVEN = "The customer added a rating: {after}."
TOOK = "{owner} has it."
TAKEN_OVER = "{owner} has taken over from {before}."
RELEASED = "{before} let it go. Who takes it?"
CLOSED_NOTE_GLAD = "🎉 Closed: {outcome}. Thank you, {owner}."
CLOSED_NOTE = "Closed: {outcome}. Thank you, {owner}."
CLOSED_NOTE_UNOWNED = "Closed: {outcome}. Thank you."
NOTED = "📝 {actor} notes: {text}"
PROMISE_NOTED = "🤝 {actor} promised the customer, {until:by}: {text}"
SNOOZE_NOTED = "💤 {actor} asks for quiet {until:until}."
SNOOZE_NOTED_BECAUSE = "💤 {actor} asks for quiet {until:until}: {text}"
CONTACT_NOTED = "✅ {actor} contacted the customer{way}."
CONTACT_NOTED_SAYING = "✅ {actor} contacted the customer{way}: {text}"
WENT_WRONG = "What went wrong: {went_wrong}"
LESSON = "What we learned: {learned}"
REOPENED = "Open again: the customer is waiting."
REOPENED_BECAUSE = "Open again: {why}"
WHO_TAKES_IT = "Who takes it?"
SECOND_OPINION = "On a second reading this looks {severity} rather than {before}: {why}."
SECOND_OPINION_KIND = "On a second reading this may not be a complaint: {why}. Please have a look."

# -- private answers ------------------------------------------------------------------------------------------------

DETAILS = "*How to reach {customer}* (#{number})"
DETAILS_MAIL = "E-mail: {value}"
DETAILS_PHONE = "Phone: {value}"
DETAILS_ID = "Customer id: {value}"
DETAILS_ORDER = "Order: {value}"
DETAILS_NONE = "We have no e-mail address and no phone number. The order or the review may lead to the customer."
DETAILS_WISH = "✋ The customer asked not to be contacted. Please decide that first."
ASK_HOW = "Thank you for contacting {customer} (#{number}). A word on how it went helps the next person."
DONE = {
    "claim": "#{number} is yours. Thank you.",
    "release": "#{number} is free again.",
    "give": "#{number} is now with {owner}.",
    "snooze": "No reminders about #{number} {until:until}.",
    "contacted": "Thank you. #{number} is marked as contacted.",
    "promise": "Noted for #{number}: {promise}, {due:by}. I will remind its owner in time.",
    "close": "#{number} is closed: {outcome}. Thank you.",
    "reopen": "#{number} is open again.",
    "dismiss": "#{number} is closed: not a complaint.",
    "note": "Noted on #{number}.",
    "draft": "The draft for #{number} is on its way to its thread.",
    "edit": "Your version is in the thread of #{number}.",
    "redraft": "Another try for #{number} is on its way to its thread.",
    "approve": "Approved. The exact text is in the thread of #{number}.",
    "drop_draft": "The draft of #{number} is put aside.",
    "new_case": "{case} is open. Thank you for bringing it.",
}
TAKEN_BACK = "Taken back. #{number} is as it was before."
ALREADY_YOURS = "You already hold #{number}."
LIST_TITLE = "*{count} open cases, longest wait first*"
LIST_TITLE_ONE = "*One open case*"
LIST_NONE = "No open cases. ☕"
MINE_TITLE = "*{count} cases are yours, longest wait first*"
MINE_TITLE_ONE = "*One case is yours*"
MINE_NONE = "You hold no cases just now. `/case list` shows who is waiting."
LIST_LINE = "{mark} {case} · {status} {since:since}"
LIST_MORE = "… and {count} more."
SHOW_TIMELINE = "*What happened*"
SHOW_EARLIER = "… {count} earlier entries"
ENTRY = "{at:} · {what}"
ENTRY_BY = "{at:} · {who} · {what}"
ENTRIES = {
    "opened": "the case was opened",
    "joined": "the customer complained again",
    "wrote_again": "the customer wrote again",
    "kind_word": "the customer wrote something kind",
    "claim": "claimed it",
    "release": "released it",
    "give": "gave it to {owner}",
    "snooze": "snoozed it {until:until}",
    "contacted": "contacted the customer {way}",
    "promise": "promised {until:something by}",
    "close": "closed it, {outcome}",
    "reopen": "reopened it",
    "dismiss": "closed it, not a complaint",
    "note": "noted",
    "draft": "asked for a draft",
    "edit": "edited the reply",
    "approve": "approved the reply",
    "drop_draft": "put the draft aside",
    "undo_claim": "took the claim back",
    "undo_contacted": "took “contacted” back",
    "undo_close": "took the closing back",
    "undo_dismiss": "took the closing back",
    "undo_snooze": "ended the snooze",
}
ENTRY_SAID = "{what}: “{text}”"
# What stands in for a fact that an older entry lacks.
ENTRY_UNKNOWN: dict[str, Any] = {"owner": "somebody", "until": "", "way": "", "outcome": ""}
WHY_NEXT = "The next reminder about {case} {at:comes} ({at:ago}), to {tell}."
WHY_NONE = {
    "contacted": "No reminder is to come: the customer has been contacted and nothing is promised.",
    "closed": "No reminder is to come: the case is closed.",
    "ladder ended": "No reminder is to come: the ladder has been climbed to its end. The daily digest keeps it in sight.",
}
WHY_RUNG = {
    "unclaimed": "Because: nobody has taken it.",
    "not_contacted": "Because: the customer has not been contacted.",
    "promised": "Because: something was promised.",
}
WHY_DEFERRED = {
    "snoozed": "It waits because the case is snoozed.",
    "outside working hours": "It waits for working hours.",
}
WHY_CLOCK_OWNER = "Clock to an owner: {due:due} · {left}"
WHY_CLOCK_CONTACT = "Clock to first contact: {due:due} · {left}"
TIME_LEFT = "{length} of working time left"
TIME_OVER = "{length} of working time over"
STOPPED_IN_TIME = "{at:stopped}, {length} of working time to spare"
STOPPED_LATE = "{at:stopped}, {length} of working time late"
STATS_TITLE = "*Since {since:}*"
STATS_NEW = "New cases: {count}"
STATS_CONTACTED = "Contacted: {count}, median time to contact {median}"
STATS_CLAIMED = "Median time to an owner: {median}"
STATS_CLOSED = "Closed: {outcomes}"
STATS_WAITING = "Still waiting to hear from us: {count}"
NONE_YET = "none yet"
HELP_TITLE = "*When a customer is unhappy, a card appears here. This is what you can do with it:*"
HELP_EMOJI = "*With an emoji on the card:* {emoji}. Taking the emoji back undoes it."
HELP_VERBS = "*With words:* `/case claim 12` anywhere, or `@Amends claim` in the case's thread."
HELP_VERB = "`{usage}` {says}"
EMOJI_DOES = {"close": "Close as won back"}
HELP_NUMBER = "12"
HELP_END = "What you write in a case's thread is kept as a note; it never reaches the customer."

# -- modals ---------------------------------------------------------------------------------------------------------

MODAL_TITLES = {
    "contacted": "Contacted #{number}",
    "close": "Close #{number}",
    "snooze": "Snooze #{number}",
    "give": "Give #{number} to…",
    "note": "Note on #{number}",
    "promise": "Promise on #{number}",
    "reopen": "Reopen #{number}",
    "dismiss": "No complaint? #{number}",
    "draft": "Contact them? #{number}",
    "edit": "Reply for #{number}",
    "new_case": "Open a case",
    "approve": "Approve #{number}?",
    "differently": "Another try for #{number}",
}
MODAL_SUBMIT = {
    "contacted": "Save",
    "close": "Close the case",
    "snooze": "Snooze",
    "give": "Give",
    "note": "Save",
    "promise": "Save",
    "reopen": "Reopen",
    "dismiss": "Not a complaint",
    "draft": "Decide to write",
    "edit": "Save my version",
    "new_case": "Open the case",
    "approve": "Approve all the same",
    "differently": "Write it anew",
}
MODAL_CANCEL = "Cancel"
MODAL_DONE = "Done"
CHOOSE = "Choose"
LABELS = {
    "way": "How did you reach them?",
    "contacted_at": "When, if not just now?",
    "said": "What was said?",
    "outcome": "How did it end?",
    "went_wrong": "What in our way of working went wrong?",
    "learned": "What is one thing we learned?",
    "snooze": "For how long?",
    "snooze_until": "For another time: until when?",
    "snooze_reason": "Why? The others see it on the card.",
    "to": "Who should have it?",
    "note": "Note",
    "promise": "What did we promise?",
    "promise_until": "By when?",
    "reopen": "Why is it open again?",
    "dismiss": "Why is it not a complaint?",
    "contact_why": "Why write to somebody who asked us not to?",
    "subject": "Subject",
    "body": "Reply",
    "comment": "What happened, in the customer's words?",
    "name": "Name",
    "email": "E-mail",
    "phone": "Phone",
    "order_ref": "Order",
    "occasion": "Occasion",
    "occasion_at": "Date of the occasion",
    "rating": "Rating",
    "source": "How did it reach us?",
    "anyway": "When you are content with it",
    "overrule": "Why should it go out all the same?",
    "instruction": "What should be different?",
}
HINTS = {
    "learned": "No names: what would keep it from happening again?",
    "body": "Nothing is sent by saving. Please fill every ⟨blank⟩.",
    "contact_why": "The reason stays with the case. If nobody should write, close it as “did not want to be contacted”.",
    "occasion": "A birthday, a wedding, a present…",
    "overrule": "With a reason you approve it as it stands; the reason stays with the case.",
    "instruction": "For instance: mention that I will bring the new one myself.",
}
TICKS = {"anyway": "Approve it as it stands"}
SNOOZES = {
    "1h": "1 hour",
    "afternoon": "This afternoon",
    "next_morning": "Next working morning",
    "other": "Another time",
}
RATINGS = {"1": "1 of 5", "2": "2 of 5", "3": "3 of 5", "4": "4 of 5", "5": "5 of 5"}
REACHED_US = {
    "phone": "Telephone",
    "email": "E-mail",
    "in_person": "In person",
    "social": "Social media",
    "other": "Other",
}

# -- refusals: what is so, and what to do ---------------------------------------------------------------------------

REFUSALS = {
    "held": "{owner} {since:took this one}. Have a word with them; `give` passes it on.",
    "not_owner": "{owner} {since:took this one}, so that is for them or the lead to do.",
    "give_to_whom": "Who should have it? Add the name: `give {number} @name`.",
    "not_a_person": "{to} is not on the team that looks after unhappy customers. Give it to a colleague who is.",
    "snooze_until_when": "Until when should it be quiet? For instance `snooze {number} tomorrow 9:00`.",
    "in_the_past": "{at:} has already passed. Please pick a time that is still to come.",
    "snooze_past_promise": (
        "We promised the customer something {at:by}, so it cannot be quiet until after that. Pick an earlier time."
    ),
    "not_yet_happened": "{at:} is still to come. Mark the case as contacted once you have reached the customer.",
    "promise_what": "What did we promise? For instance `promise {number} friday 17:00: send the refund`.",
    "promise_by_when": "By when? A promise needs a date: `promise {number} friday 17:00: send the refund`.",
    "close_how": "How did it end? Add one of these to `close {number}`: {outcomes}.",
    "not_contacted_yet": (
        "The customer has not been contacted yet, so it cannot end as “{outcome}”. Mark it contacted first, "
        "or close it as unreachable, declined or not a complaint."
    ),
    "note_what": "What should the note say? Write it after the number: `note {number} TEXT`.",
    "contact_why": "The customer asked not to be contacted. Say why we should write all the same; the reason is kept.",
    "closed": "This case was {at:closed} ({outcome}). Reopen it if the customer needs us again.",
    "wrong_status": "“{action}” does not fit a case that is {status}. Its card has the buttons that do.",
    "no_such_case": "There is no case #{number}. `/case list` shows the open ones.",
    "outside_team": "This is for the team that looks after unhappy customers. Ask the lead to add you.",
    "which_case": "Which case? Add its number, for instance `{verb} 12`; in a case's thread you can leave it out.",
    "unknown_verb": "I do not know “{verb}”. `/case help` lists what I understand.",
    "unknown_verb_near": "I do not know “{verb}”. Did you mean `{nearest}`? `/case help` lists what I understand.",
    "unknown_action": "I do not know that button. The newest card in the channel has the ones that work.",
    "outdated_card": "This card is from an earlier version. I have refreshed it; please try again.",
    "broke": "Something broke on our side, and nothing was changed. Please try again; if it stays, quote {reference}.",
    "not_readable_time": "I cannot read “{said}” as a time. Try `2h`, `tomorrow 9:00`, `friday 17:30` or `2026-11-24 15:00`.",
    "no_draft": "There is no draft for this case yet. `/case draft {number}` asks for one.",
    "draft_outdated": "The draft has changed since you looked at it. Read the newest one in the thread, then decide.",
    "already_approved": "{by} {at:approved this reply}. Edit it to start a new version.",
    "reply_blocked": "The checks would not send this yet. {faults} Edit it, or ask {to} to overrule them.",
    "reply_blocked_for_all": "The checks would not send this yet. {faults} Edit it, and try again.",
    "beyond_policy": "{faults} Offer less, or ask {to} to approve it.",
    "beyond_policy_for_all": "{faults} Offer less; our policy names nobody who could approve more.",
    "overrule_why": "Please say why it should go out although the checks would not send it.",
    "blanks_left": "The reply still has ⟨blanks⟩. Copy it to edit, fill them, and approve it then.",
    "reply_what": "The reply is empty. Write what the customer should read.",
    "contact_held": "The customer asked not to be contacted. Decide about contact first; the reason is kept.",
    "no_contact_details": "We have no e-mail address and no phone number for this customer. The order may lead to them.",
    "not_negative": "That reads like a kind word, so no case was opened. `/case new` opens one all the same.",
    "nothing_to_open": "Please say what happened, or choose a rating, so that there is something to look after.",
}
REFUSAL_UNKNOWN = "That cannot be done just now ({reason}). `/case help` lists what I understand."


def refusal(reason: str, facts: Mapping[str, Any]) -> Mrkdwn:
    """The sentence a person reads when something cannot be done: what is so, and what to do about it."""
    if reason == "unknown_verb" and facts.get("nearest"):
        reason = "unknown_verb_near"
    if reason in _ASKED_OF_SOMEBODY and not facts.get("to"):
        reason = f"{reason}_for_all"
    known = {key: said(key, value) for key, value in facts.items() if value is not None}
    return fill(REFUSALS.get(reason, REFUSAL_UNKNOWN), **_UNKNOWN | {"reason": reason} | known)


_ASKED_OF_SOMEBODY = frozenset({"reply_blocked", "beyond_policy"})


class _Sometime:
    """An instant we were not told: only its leading words are said."""

    def __format__(self, lead: str) -> str:
        return lead or "That time"


# What stands in for a fact that a refusal came without.
_UNKNOWN: dict[str, Any] = {
    "owner": "Somebody else",
    "by": "Somebody",
    "to": "That",
    "since": _Sometime(),
    "at": _Sometime(),
    "number": "12",
    "outcome": "closed",
    "outcomes": ", ".join(OUTCOMES.values()),
    "action": "That",
    "status": "in this state",
    "verb": "claim",
    "nearest": "help",
    "said": "that",
    "reference": "the time it happened",
    "faults": "Something in it has to be mended.",
}
_BY_NAME: Mapping[str, Mapping[Any, str]] = {
    "outcome": OUTCOMES,
    "status": STATUSES,
    "way": WAYS,
    "severity": SEVERITIES,
    "action": BUTTONS,
}
_PEOPLE = frozenset({"owner", "before", "by", "actor", "to"})
_INSTANTS = frozenset({"at", "since", "until"})


def said(name: str, value: Any) -> Any:
    """A fact as it is said. `value` may come from the timeline, where enumerations and instants are kept as text."""
    if name in _BY_NAME:
        return _BY_NAME[name].get(value, str(value))
    if name in _PEOPLE and isinstance(value, str):
        return mention(value)
    if name == "faults":
        return join(" ", (fill(FAULT, quote=quote(words), why=why) if words else why for words, why in value))
    return datetime.fromisoformat(value) if name in _INSTANTS and isinstance(value, str) else value


def quote(words: str) -> Mrkdwn:
    """Words of a reply between quotation marks; the stop at their end belongs to the reply's sentence, not to ours."""
    return fill(QUOTE, quote=words.rstrip(" .,;:") or words)


def reason(code: str) -> str:
    """Why triage judged as it did, in words."""
    return REASONS.get(code, code.replace("_", " "))


def choosable(names: Mapping[Key, str]) -> dict[Key, str]:
    """Names as the choices of a menu, each with a capital letter."""
    return {key: name[0].upper() + name[1:] for key, name in names.items()}


def plural(count: int, one: str, many: str) -> str:
    """The sentence for one, or the one for several."""
    return one if count == 1 else many
