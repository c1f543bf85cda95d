"""Words: answers to `/case list`, `mine`, `show` and `help`, and to who is away, back or wants quiet."""

from __future__ import annotations

from typing import Any

LIST_TITLE = "*{count} open cases, worst first*"
LIST_TITLE_ONE = "*One open case*"
LIST_NONE = "No open cases. ☕"
LIST_KIND = "*{count} open cases: {kind}, worst first*"
LIST_KIND_ONE = "*One open case: {kind}*"
LIST_KIND_NONE = "No open case is {kind}. `/case list` shows all that are open."
FOUND = "*{count} cases fit “{said}”*"
FOUND_ONE = "*One case fits “{said}”*"
FOUND_MORE = "… and {count} more. One word more narrows it down: a first name, a number."
MINE_TITLE = "*{count} cases are yours, worst first*"
MINE_TITLE_ONE = "*One case is yours*"
MINE_NONE = "You hold no cases just now. `/case list` shows who is waiting."
LIST_LINE = "{case} · {status} {since:since}"
LIST_OWING = "*Closed, and still promised*"
LIST_PROMISE = "promised, {due:due}: “{promise}”"
LIST_PROMISE_LATE = "💔 broken promise, {due:due}: “{promise}”"
LIST_CHANGE = "🌱 to change, {due:due}: “{promise}”"
LIST_MORE = "… and {count} more."
EARLIER_TITLE = "*Earlier cases of {customer}* (#{number})"
EARLIER_NONE = "They are in a channel that you are not in."
FOUND_CLOSED = "{case} · {at:closed}: {outcome}"
FOUND_LEARNED = "      Learned: {learned}"
SHOW_TIMELINE = "*What happened* ({case})"
SHOW_EARLIER = "… {count} earlier entries"
ENTRY = "{at:} · {what}"
ENTRY_BY = "{at:} · {who} · {what}"
# Of what happens to a case besides the actions of colleagues, whose entries stand in their rows.
ENTRIES = {
    "opened": "the case was opened",
    "joined": "the customer complained again",
    "join": "#{other} was joined to it",
    "join_into": "joined into #{into}",
    "move": "parted: some of it went to #{to}",
    "rerouted": "put here, as nothing can be said where it belongs",
    "move_back": "on its own again, parted from #{other}",
    "wrote_again": "the customer wrote again",
    "reported": "the same order was told of again",
    "words_came": "their words came to the rating",
    "kind_word": "the customer wrote something kind",
    "rating_changed": "the customer changed the rating",
    "details_changed": "more was told of what the customer said",
    "card_shown": "got a card of its own",
    "scored": "the words were read more closely",
    "second_opinion": "the words were read a second time",
    "promise_broken": "a promise was not kept in time",
    "let_go": "went back to the team, as nobody answered",
    "left_behind": "passed on, as its owner has gone",
    "offered": "offered to the team, as its owner is away",
    "edit": "edited the reply",
    "redraft": "asked for a new suggestion",
    "write_later": "asked for a letter that it will be later",
    "write_kept": "asked for a letter that tells what came of a promise",
    "write_after": "asked for a letter to ask how it ended",
    "approve": "approved the reply",
    "bring_back": "brought back an earlier version of the reply",
    "restore_draft": "took up the draft again",
    "read_language": "read the reply in its language",
    "drop_draft": "put the draft aside",
    "note_changed": "changed a note",
    "note_withdrawn": "took a note back",
    "seen": "another program saw a contact {way}",
    "seen_trying": "another program told of an attempt {way}",
    "seen_doubted": "a letter to the customer was not vouched for",
    "bounced": "a letter came back {way}",
    "ordered": "the customer ordered again",
    "send": "sent the approved reply",
    "take_back": "took the letter back before it went",
    "letter_refused": "the reply was not taken by a mail server",
    "letter_lost": "the reply could not be sent for two days",
    "letter_unknown": "the reply may have gone out, or may not",
    "letter_stopped": "the reply was held back, as it was wanted no more",
    "saw_details": "was shown how to reach the customer",
}
COPY_TO = (
    "📮 Writing from your own mail program? Put `{address}` in Bcc, and I know that the customer has been written to."
)
ENTRY_SAID = "{what}: “{text}”"
# What stands in for a fact that an entry lacks: an older one, or a case taken over that nobody held.
ENTRY_UNKNOWN: dict[str, Any] = {
    "owner": "somebody",
    "before": "the team",
    "until": "",
    "eased": "",
    "way": "",
    "outcome": "",
    "sign": "",
    "grade": "contacted the customer",
    "remedy": "looked for what makes it right",
}
HELP_TITLE = "*When a customer is unhappy, a card appears here. This is what you can do with it:*"
HELP_EMOJI = "*With an emoji on the card:* {emoji}. Taking the emoji back undoes it."
HELP_VERBS = "*With words:* `/case claim 12` anywhere, or `@Amends claim` in the case's thread."
HELP_GROUPS = ("*Every day*", "*Now and then*", "*About yourself*")
HELP_DAILY = frozenset({"claim", "contacted", "tried", "promise", "close", "show", "find", "mine"})
HELP_VERB = "`/case {usage}` {says}"
HELP_NUMBER = "12"
# What follows each verb that is no action, and what it answers or does.
HELP_OF_VERBS = {
    "show": ("", "the case as it stands"),
    "find": ("NAME | ORDER | E-MAIL | PHONE", "a customer's cases, closed ones too"),
    "list": ("[overdue | critical | unclaimed | mine]", "every open case, worst first"),
    "mine": ("", "the cases you hold"),
    "lessons": ("[TOPIC]", "what we learned, of everything or of one topic"),
    "why": ("", "when the next nudge comes, to whom, and why"),
    "digest": ("", "today's digest, for your eyes only"),
    "stats": ("", "how long customers waited, and how it ended"),
    "new": ("[WHAT HAPPENED]", "open a case by hand"),
    "send": ("", "the approved reply goes to the customer by e-mail"),
    "takeback": ("", "a letter that still waits to go stays here"),
    "done": ("", "asks which it is: contacted, tried or closed"),
    "join": ("OTHER", "one case of two, when both are one customer's"),
    "move": ("FEEDBACK", "part what is another customer's from a case"),
    "help": ("", "this list"),
    "away": ("UNTIL [REASON]", "offer your cases to the team until you are back"),
    "back": ("", "you are here again"),
    "quiet": ("UNTIL | off", "keep your cases, but send reminders to the next"),
}
HELP_END = "What you write in a case's thread is kept as a note; it never reaches the customer."
WENT_AWAY = "You are away {until:until}. You held no open cases."
WENT_AWAY_ONE = "You are away {until:until}. Your case is offered to the team."
WENT_AWAY_MANY = "You are away {until:until}. Your {count} cases are offered to the team."
WENT_AWAY_END = "`/case back` when you are here again, or just claim a case."
CAME_BACK = (
    "Welcome back. The others can give you cases again; whatever of yours nobody has taken meanwhile is in "
    "`/case list unclaimed`."
)
WAS_NOT_AWAY = "You were not away; all is as it was."
WENT_QUIET = "Quiet {until:until}. You keep your cases; your reminders go to whoever is next."
QUIET_ENDED = "The quiet has ended. Your reminders come to you again."
