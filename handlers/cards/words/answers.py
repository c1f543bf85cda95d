"""Words: answers to `/case list`, `mine`, `show` and `help`, and to who is away, back or wants quiet."""

from __future__ import annotations

from typing import Any

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
HELP_TITLE = "*When a customer is unhappy, a card appears here. This is what you can do with it:*"
HELP_EMOJI = "*With an emoji on the card:* {emoji}. Taking the emoji back undoes it."
HELP_VERBS = "*With words:* `/case claim 12` anywhere, or `@Amends claim` in the case's thread."
HELP_VERB = "`{usage}` {says}"
EMOJI_DOES = {"close": "Close as won back"}
HELP_NUMBER = "12"
HELP_END = "What you write in a case's thread is kept as a note; it never reaches the customer."
WENT_AWAY = "You are away {until:until}. You held no open cases."
WENT_AWAY_ONE = "You are away {until:until}. Your case is offered to the team."
WENT_AWAY_MANY = "You are away {until:until}. Your {count} cases are offered to the team."
WENT_AWAY_END = "`/case back` when you are here again, or just claim a case."
CAME_BACK = "Welcome back. The others can give you cases again."
WAS_NOT_AWAY = "You were not away; all is as it was."
WENT_QUIET = "Quiet {until:until}. You keep your cases; your reminders go to whoever is next."
QUIET_ENDED = "The quiet has ended. Your reminders come to you again."
