"""Words: private answers to one person."""

from __future__ import annotations

from typing import Any

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
    "takeover": "#{number} is yours. Thank you for stepping in.",
    "still": "Thank you. I will leave you in peace about #{number} for a while.",
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
    "takeover": "took it over from {before}",
    "still": "is still on it",
    "let_go": "went back to the team, as nobody answered",
    "left_behind": "passed on, as its owner has gone",
    "offered": "offered to the team, as its owner is away",
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
