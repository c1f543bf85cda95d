"""Words: the reply draft and what the checks say of it."""

DRAFT_SCAFFOLD = "*An outline:* fill in the ⟨blanks⟩ before you use it."
DRAFT_MODEL = "*Draft by the model:* read it before you use it."
DRAFT_PERSON = "*Edited by {author}.*"
DRAFT_PERSON_UNNAMED = "*Edited by hand.*"
DRAFT_APPROVED = "✅ {by} {at:approved this text}, word for word. Sending it is up to you."
DRAFT_APPROVED_TO_SEND = "✅ {by} {at:approved this text}, word for word. *{send}* sends it to the customer."
LETTER_WAITS = "📨 {by} sends it. It goes to the customer's e-mail address{at:,}, unless somebody takes it back."
LETTER_TRIED = "📨 Our mail server has not taken it yet: {why}. I try again{at:,}."
LETTER_SENT = "📬 Sent by {by}{at:,}. Our mail server has taken it."
LETTER_REFUSED = "↩️ It has not reached the customer: {why}."
LETTER_SOUGHT = "🔎 It may have gone out, or may not: {why}. I look for it among the sent letters now."
LETTER_UNKNOWN = "❓ It may have gone out, or may not: {why}. Please look among the sent letters. *{sent}* if it is there; *{again}* if it is not."
LETTER_ANSWERED = "✉️ {by} {at:approved this letter}, word for word."
LETTER_FOLLOWED = "The next letter stands further down."
LETTER_ERASED = "The letter that stood here was erased."
LETTER_BROKE = "something broke on our side; the log says more"
LETTER_FELL_SILENT = "the bot was ended while it was being handed over"
ON_ITS_WAY = (
    "The approved reply of case #{number} goes to the customer in {wait}. *{back}* in its thread holds it back."
)
TAKEN_BACK = "The letter of case #{number} stays here. In its thread it can be changed, or sent after all."
SEND_AGAIN = "Send it again"
SEND_ASKS = "It goes to the customer's e-mail address, word for word. For a moment it can be taken back."
SEND_YES = "Send it"
IT_IS_SENT = "It has gone out"
DRAFT_READ = "{by} reads the language it is in, and answers for what it says."
DRAFT_FAILED = {
    "timeout": "The model did not answer in time.",
    "down": "The model could not be reached.",
    "refused": "The model would not write this one.",
    "malformed": "The model's answer could not be used.",
    "rate_limited": "The model is busy just now.",
    "safety": "Safety or law may be at stake: no model writes or reads here, and the lead is told.",
    "switched_off": "Policy tells the model nothing from this source.",
    "budget": "Today's tokens for the model are used up.",
    "broke": "Something broke on our side before the model's draft was done. The log says more.",
    "surroundings": (
        "The settings of this machine keep the model from being asked; whoever runs this bot finds them with `doctor`."
    ),
    "wrong_key": "The model does not accept our key; whoever runs this bot can mend it.",
}
DRAFT_FAILED_OTHERWISE = "The model could not write this one."
DRAFT_IS_SCAFFOLD = "Here is an outline."
DRAFT_STAYS = "These words stay as they are."
DRAFT_ANOTHER_WANTED = "Another suggestion is being written. These words stay as they are."
DRAFT_BESIDE = "*Another suggestion, by the model.* The words above stay unless you take this one."
DRAFT_BESIDE_OUTLINE = (
    "*An outline beside them.* The words above stay unless you take this one; fill in its ⟨blanks⟩ then."
)
USE_THIS = "Use this one instead"
BRING_BACK = "Bring back {name}'s version"
BRING_BACK_UNNAMED = "Bring back the edited version"
BRING_THIS_BACK = "Bring this one back"
VERSIONS = "Earlier versions…"
VERSION_LABEL = "{at:} · {who}"
NO_OTHER_VERSIONS = "There is no other version any more."
VERSIONS_MORE = "… and {count} older ones"
OTHERS_WROTE = "*{author} saved this while you were writing:*"
OTHERS_WROTE_UNNAMED = "*This was saved while you were writing:*"
SAVE_OVER = "Your words stand below and are not saved yet. If you save them, the other version can be brought back."
DRAFT_WANTED = "A draft is being written."
DRAFT_HELD = (
    "The customer asked not to be contacted, so there is no draft yet. "
    "Decide whether somebody should write; the reason stays with the case."
)
DRAFT_HELD_BACK = (
    "The customer asked not to be contacted, so the draft is held back. "
    "Decide whether somebody should write; the reason stays with the case."
)
DRAFT_BACK = "Bring it back"
DRAFT_DROPPED = "The draft was put aside."
DRAFT_BLANKS = "Still open: {blanks}"
DRAFT_ASKS = "Asks: {questions}"
DRAFT_PROMISES = "Promises: {promises}"
DRAFT_SAYS_IT_ASKS = "The model says it asks: {questions}"
DRAFT_SAYS_IT_PROMISES = "The model says it promises: {promises}"
DRAFT_REMEDY = "The model says it offers: {remedy}"
DRAFT_GIST = "The model says: {translation}"
DRAFT_DUE = "Promised: “{what}”, {due:by}"
DRAFT_DUE_PAST = "Promised: “{what}”, {due:by}. That has passed: mend the date, or I cannot keep it in mind."
DRAFT_DATES_UNREAD = "I read dates in English only. If this promises something by a date, `/case promise {number} friday 17:00: WHAT` has me keep it in mind."
DRAFT_OVERRULED = "{by} overruled the checks: {reason}"
CHECKS_BLOCK = "*The checks would not send this yet:*"
CHECKS_WARN = "*Before you approve it:*"
CHECK_MARKS = {"block": "⛔", "warn": "⚠️", "hint": "💡"}
CHECK = "{mark} {why}"
CHECK_QUOTED = "{mark} {quotes}: {why}"
CHECK_FIX = "_{fix}_"
QUOTE = "“{quote}”"
READER_READS = "The model is reading it too."
READER_FOUND = "*The model read it too, and may be wrong:*"
CHECKS_COUNT_ONE = "one thing; *{edit}* shows it."
CHECKS_COUNT = "{count} things; *{edit}* shows them, the gravest first."
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
SAVED = "*Saved, and not approved yet.* The checks found:"
READ_AGAIN = "*What the checks say of it:*"
ASK_TO_APPROVE = "Change it and save again, or ask {to} to approve it as it stands."
APPROVED_COPY = "*Approved.* Copy it from here; nothing is sent by itself."
APPROVED_MAIL = "Open it in your mail program"
NO_MAIL_ADDRESS = "We have no e-mail address for this customer, so there is no link to a mail program."
NO_MAIL_UNOWNED = "Whoever claims the case and approves gets a link that opens it in their mail program."
NO_MAIL_NOT_OWNER = "Only {owner}, who has the case, gets a link with the customer's address."
SENT_WORDS = "The approved reply, word for word."
MODEL_BUDGET_SPENT = "Today's tokens for the model are used up ({limit} of [drafts] tokens_per_day). Until tomorrow, drafts are outlines to fill in."
LEAD_CALLED = (
    "*{case}*\nThis may be about somebody's safety or the law. No model writes about it; please see to it yourself."
)
STATS_PROPOSALS = "Proposals of the model (wording {prompt}): {uses}"
USES = {
    "used": "used as they were",
    "edited": "edited",
    "rewritten": "rewritten",
    "written": "written from the outline",
    "ignored": "not used",
}
