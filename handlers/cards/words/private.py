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
    "still": "Thank you. #{number} stays with you; the customer still waits to hear from us.",
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
    "new_case": "Thank you for bringing it. The case is open: {case}",
}
BACK_BY_CLAIM = "You were away until now; taking a case, you count as back. `/case away` changes that."
TAKEN_OVER_NOTICE = "{by} has taken over *{case}* from you. Thank you for what you did for it."
TAKEN_OVER_NOTICE_SAYING = "{by} has taken over *{case}* from you: “{text}” Thank you for what you did for it."
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
    "held": "Because: its owner has not been heard of since taking it.",
}
WHY_DEFERRED = {
    "enough for today": "It waits for the next working day: enough has been said about it today.",
    "snoozed": "It waits because the case is snoozed.",
    "outside working hours": "It waits for working hours.",
}
WHY_CLOCK_OWNER = "Clock to an owner: {due:due} · {left}"
WHY_RULE = "Its rule: `{rule}`"
WHY_RULE_HELD = "Its rule: the `hold` of its clock, in `[clocks]`"
WHY_CLOCK_HOLD = "Clock to asking its owner: {due:due} · {left}"
WHY_BACK = "{owner} has been asked whether they are still on it; without an answer it goes back {back:to the team}."
WHY_PAST = "*Reminders so far*"
WHY_PAST_MORE = "… {count} earlier ones"
WHY_PAST_LINE = "{at:} · to {tell} · {why}"
PLACES = {"thread": "its thread", "channel": "the channel"}
WHY_PAST_UNKNOWN = "a reminder"
WHY_PAST_RUNG = {
    "unclaimed": "nobody had taken it",
    "not_contacted": "the customer had not been contacted",
    "promised": "something was promised",
    "held": "asked whether still on it",
    "offered": "offered to the team",
    "passed_on": "passed on",
}
WHY_CLOCK_CONTACT = "Clock to first contact: {due:due} · {left}"
TIME_LEFT = "{length} of working time left"
TIME_OVER = "over by {length} of working time"
STOPPED_IN_TIME = "{at:stopped}, {length} of working time to spare"
STOPPED_LATE = "{at:stopped}, {length} of working time late"
STATS_TITLE = "*Since {since:}*"
STATS_NEW = "New cases: {count}"
STATS_NEW_FROM = "New cases: {count}, from {sources}"
STATS_CONTACTED = "Contacted: {count}, {in_time} of them in time"
STATS_CONTACTED_NOBODY = "Contacted: nobody"
STATS_SEVERITY = "{mark} {severity}: {count}, {in_time} in time, {took}"
STATS_SEVERITY_TOOK_ONE = "after {median}"
STATS_SEVERITY_TOOK = "median {median}, nine in ten within {ninetieth}"
STATS_CLAIMED_ONE = "Time to an owner: {median}"
STATS_CLAIMED = "Time to an owner: median {median}, nine in ten within {ninetieth}"
STATS_CLOSED = "Closed: {outcomes}"
STATS_WAITING = "Still waiting to hear from us: {count}"
STATS_BARS_DAYS = "Day by day, from {first} to today:"
STATS_BARS_SPANS = "In steps of {days} days, from {first} to today:"
STATS_BARS_NEW = "{bars}  new, at most {most}"
STATS_BARS_CONTACTED = "{bars}  contacted, at most {most}"
STATS_BARS_WAITING = "{bars}  waiting, at most {most}"
NONE_YET = "none yet"
HELP_TITLE = "*When a customer is unhappy, a card appears here. This is what you can do with it:*"
HELP_EMOJI = "*With an emoji on the card:* {emoji}. Taking the emoji back undoes it."
HELP_VERBS = "*With words:* `/case claim 12` anywhere, or `@Amends claim` in the case's thread."
HELP_VERB = "`{usage}` {says}"
EMOJI_DOES = {"close": "Close as won back"}
HELP_NUMBER = "12"
HELP_END = "What you write in a case's thread is kept as a note; it never reaches the customer."
