"""Words: private answers to one person."""

from cases.arrivals.deliveries import Outcome
from cases.letters.machine import Mark
from cases.letters.tally import Taken

DETAILS = "*How to reach {customer}* (#{number})"
DETAILS_MAIL = "E-mail: {value}"
DETAILS_PHONE = "Phone: {value}"
DETAILS_ID = "Customer id: {value}"
DETAILS_ORDER = "Order: {value}"
DETAILS_NONE = "We have no e-mail address and no phone number. The order or the review may lead to the customer."
DETAILS_NAME = "Name: {value}"
DETAILS_LATER = "{detail} (new and not verified, with a later word from {source})"
JOINED_NOW = "#{number} goes on with what the customer said in #{other}, which is closed. To undo it: {undo}."
JOINED_ELSEWHERE = "{told} They stood in two channels; all of it is in {channel} now."
MOVED_NOW = "It goes on in #{to}. To undo it: `/case join {number} {to}`."
LOOKS_BACK = "{until:I will ask} how #{number} ended."
UNDO_MOVE = "`/case move {number} {feedback}`"
DETAILS_WISH = "✋ The customer asked not to be contacted. Please decide that first."
CASE_OPENED = "Thank you for bringing it. The case is open: {case}"
CASE_WITH_OWNER = "Thank you for bringing it. {owner} is on this customer's case already: {case}"
LETTER_READY = (
    "The outline is in the thread of {case}. Fill in its blanks there and approve it; nothing is sent by itself."
)
LETTER_BESIDE = (
    "The outline is in the thread of {case}, below the words that stand there; those stay unless you take this one. "
    "Nothing is sent by itself."
)
BACK_BY_CLAIM = "You were away until now; taking a case, you count as back. `/case away` changes that."
SCALE_WANTED = (
    "How many steps has “{question}”? *{source}* does not say, so each answer to it is a case that I am not sure of. "
    "Write its best answer under [sources.{source}] in policy.toml, for instance `scale = 5`."
)
UNREAD_BODY = (
    "*{source}* sent something that I cannot read as feedback (look at: {where}). It is kept. Where the bot runs, "
    "`python bot.py sources again {source}` shows it. Say in policy.toml under [sources.{source}] which question is the rating and which are "
    "the words; with `--take` behind it the command then takes it in."
)
UNREAD_LETTER = (
    "A letter came to the mailbox that I cannot take as feedback (look at: {where}). It is kept, and lies in the mailbox: please "
    "read it there, and open a case with `/case new` if it is a complaint."
)
MAILBOX_WITHOUT = (
    "The mailbox has no folder {name}, so letters that come into it are not read. It may have been renamed: write its name under "
    "[mail] inbox in policy.toml, and I read what has come in meanwhile, too."
)
MAILBOX_FULL = (
    "The mailbox is {share} full. Once it is quite full, customers' letters come back to them, and nobody here hears of it: please have "
    "it enlarged, or empty it."
)
# For a person at a terminal: as what letters were taken, and why some were passed over.
LETTERS_TAKEN = {
    Taken.FEEDBACK: "were feedback",
    Taken.JOINED: "joined a case",
    Taken.COPY: "were colleagues' to customers",
    Taken.OWN: "were our own",
    Taken.RETURNED: "came back",
}
PASSED_OVER = {
    Mark.ANSWER: "an answer that nobody wrote (Auto-Submitted and its like, or how it begins)",
    Mark.REPORT: "a report of a mail server's",
    Mark.CALENDAR: "a click in a calendar",
    Mark.RULE: "the rule of a mailbox that is not ours (X-MS-Exchange-Inbox-Rules-Loop)",
    Mark.LIST: "a list that is not ours (List-Id, List-Unsubscribe); if it is, name its domain under [mail] colleagues",
    Mark.BULK: "sent in bulk (Precedence)",
}
SHUT_OUT = (
    "Somebody has been refused at the door of *{door}* {since:since}, the last time {last:ago}: {why}. {received} If that is your "
    "own {door}, its feedback is not coming in: mend it, and see what bot.py sources says. If you know of nobody, leave it; they stay outside."
)
NOTHING_RECEIVED, NOTHING_SINCE = "Nothing was ever received there.", "Nothing was received there {since:since}."
# Why a request is refused at a door, and what may be behind it; `env` is the variable that holds the door's secret.
REFUSED = {
    Outcome.UNSIGNED: "there was neither a signature nor a token (is the secret set where it is sent from?)",
    Outcome.FORGED: "the signature did not fit (is {env} the secret that stands there?)",
    Outcome.UNTIMELY: "it was signed more than five minutes off (is the clock of this machine right?)",
    Outcome.UNKNOWN: "the token was not {env}",
}
TAKEN_OVER_NOTICE = "{by} has taken over *{case}* from you. Thank you for what you did for it."
TAKEN_OVER_NOTICE_SAYING = "{by} has taken over *{case}* from you: “{text}” Thank you for what you did for it."
# To the lead, of a channel in which nothing can be said.
CHANNEL_SILENT = {
    "archived": (
        "{channel} has been archived. Its open cases ({count}) wait, and new ones are seen by nobody. "
        "Unarchive it, or set SLACK_CHANNEL to another channel and restart me."
    ),
    "left": (
        "I am no longer in {channel}, so I see and say nothing there. Its open cases ({count}) wait, and new ones are seen "
        "by nobody. Invite me again, or set SLACK_CHANNEL to another channel and restart me."
    ),
}
# The same of a channel that is not the default one.
CHANNEL_SILENT_BESIDE = {
    "archived": (
        "{channel} has been archived. Its open cases ({count}) wait there, and new ones come to {home}. "
        "Unarchive it, or name another channel in policy.toml and restart me."
    ),
    "left": (
        "I am no longer in {channel}, so I see and say nothing there. Its open cases ({count}) wait there, and new ones come "
        "to {home}. Invite me again, or name another channel in policy.toml and restart me."
    ),
}
# To the lead, once, of a channel that policy names and in which nothing can be said.
CHANNEL_UNUSABLE = "New cases that belong in {channel} come to {here} for now, as I cannot post there: {why}. {fix}"
UNUSABLE_FIX = {
    "unknown": "If it is private, invite me to {channel}; else mend its name in policy.toml and restart me.",
    "archived": "Unarchive {channel}, or name another channel in policy.toml and restart me.",
    "restricted": "Let me post in {channel}, in its settings, or name another channel in policy.toml and restart me.",
    "left": "Invite me to {channel}: write `/invite @Amends` there.",
}
NOBODY = "nobody"
# What a right is called that policy.toml gives by name.
TITLES = {
    "lead": "the lead",
    "manager": "the manager",
    "beyond": "who may offer more than policy",
    "may_override": "who may overrule the checks",
}
TITLE_IN_CHANNEL = "the {title}"  # "lead of care-berlin"
RIGHT_MOVED = (
    "For your information: in policy.toml, {title} is “{named}”, and that is now {after}; until now it was {before}. "
    "If that is not meant, write the right person's id there (theirs was {id}) and start me again."
)
RIGHT_LOST = (
    "For your information: in policy.toml, {title} is “{named}”, and that fits nobody any more; until now it was "
    "{before}. So nobody has this right. To give it back, write the id there, {id}, and start me again."
)
EMOJI_STAYS = "Your {emoji} still stands there, and others read it as done: please take it off."
CHECK_IS_TOLD = "#{number} stays contacted: after the ✅ you told how it went. If it was not so, `/case reopen {number}` has them wait again."
CHECK_OF_BEFORE = (
    "That ✅ was from before the case opened again, so taking it off changed nothing. "
    "Add it again, or press Contacted, once you have reached the customer."
)
HOW_WON = "How do we know that #{number} is won back? If you say nothing, it is your word for it."
OF_EACH = "*#{number}*: {answer}"
ALREADY_YOURS = "You already hold #{number}."
NO_ATTACHMENTS = (
    "All that came with this customer’s letters, and can be shown, stands in the thread or is on its way there."
)
ATTACHMENTS_COME = "What came with the letters of {case} comes in the thread of its card."
