"""Words: notes in a case's thread."""

WROTE_AGAIN = "✉️ The customer wrote again:"
WROTE_KINDLY = "💛 The customer wrote again, and it reads kindly:"
REPORTED_AGAIN = "✉️ The same order was told of again ({source}), so it belongs here. If that was somebody else, `/case move {number}` parts them:"
JOINED = "✉️ The same customer complained again ({source}). The case is now *{severity}*:"
RATING_CHANGED = "The customer changed the rating from {before} to {after}."
RATING_GIVEN = "The customer added a rating: {after}."
TOOK = "{owner} has it."
TAKEN_OVER = "{owner} has taken over from {before}."
TAKEN_OVER_SAYING = "{owner} has taken over from {before}: {text}"
GIVEN = "{by} gave it to {owner}."
GIVEN_SAYING = "{by} gave it to {owner}: {text}"
LEFT_TO = "{before} is no longer here, so {owner} has it now."
LET_GO = "I have not heard from {before}, so this one is free again. {customer} is still waiting."
PROMISED_NOTE = "🤝 {actor} promised the customer, {until:by}: “{promise}”"
PROMISE_MOVED = "🤝 {actor} moved what was promised {before:from} {until:to}: “{promise}”"
PROMISE_FOUND = (
    "🤝 {actor}'s words to the customer hold a promise, so I keep it in mind {until:by}: “{promise}”. "
    "Once it is kept, `/case kept {number}{of_it}` says so."
)
PROMISE_FOUND_OVER = (
    "🤝 {actor}'s words to the customer held a promise, {until:by}: “{promise}”. That is no longer to do."
)
PROMISE_BROKEN = (
    "A promise to {customer} {due:was due}, and nobody has said that it was kept: “{promise}”\n"
    "This is critical now. Kept all the same? `/case kept {number}`. Not yet? Tell them, and add the new date."
)
LET_GO_UNDECIDED = (
    "I have not heard from {before}, so this one is free again. "
    "Somebody has to decide whether we write to {customer} all the same."
)
# Above what stands in the channel as well, away from the card.
ALOUD = "*{case}*"
ALOUD_FREE = "Nobody has it: who takes it?"
ALOUD_FREE_CALLING = "{call}, nobody has it. Who takes it?"
ALOUD_HELD = "{holder} has it."
ALOUD_HELD_CALLING = "{holder} has it, but wants quiet just now. {call}, can you help?"
FOR_OWNER = "{call}, this one is with you."
CLOSED_NOTE_GLAD = "🎉 Closed: {outcome}. Thank you, {owner}."
CLOSED_NOTE = "Closed: {outcome}. Thank you, {owner}."
CLOSED_NOTE_UNOWNED = "Closed: {outcome}. Thank you."
STAYS_TO_DO = "What was promised stays to do, and I go on reminding. Once it is kept, `/case kept {number}` ends that."
WE_GIVE = "We give: {granted}"
WE_GIVE_AT_COST = "We give: {granted} ({cost})"
CLOSED_BECAUSE = "Why: {why}"
CAUSE = "What it came from: {cause}"
EXPECTED = "What was expected: {expected}"
HAPPENED = "What happened: {happened}"
WENT_WRONG = "What went wrong: {went_wrong}"
LESSON = "What we learned: {learned}"
CHANGE = "🌱 {maker} makes that change {due:by}. `/case kept {number}` once it is done."
NEAR_LESSONS = "🌱 Learned before, from cases like this one:"
NEAR_LESSON = "• {gist} ({case})"
REOPENED = "Open again: the customer is waiting."
REOPENED_BECAUSE = "Open again: {why}"
SECOND_OPINION = "On a second reading this looks {severity} rather than {before}: {why}."
SECOND_OPINION_KIND = "On a second reading this may not be a complaint: {why}. Please have a look."
# A case that stands elsewhere than it belongs.
REROUTED = "This case belongs in {channel}, but I cannot post there: {why}. So it stands here, where you see it."
UNUSABLE = {
    "unknown": "I can see no channel in use of that name",
    "archived": "it has been archived",
    "left": "I am not in it",
    "restricted": "only some people may post in it",
}
REGROUPED = {
    "joined_case": "{who} found that #{other} is the same customer's. What they said there belongs here now.",
    "gone_into": "{who} found that this is the same customer as in #{other}. It goes on there.",
    "moved_away": "{who} found that some of this was another customer's. It goes on in #{other}.",
}
# Where the other case stands in another channel than this one.
REGROUPED_ELSEWHERE = {
    "joined_case": "{told} It stood in {channel} until now.",
    "gone_into": "{told} That is in {channel}.",
    "moved_away": "{told} That is in {channel}.",
}
TO_OWNER = "{owner}: {told}"
HEARD_ELSEWHERE = "✉️ What stood here was another customer's, and has gone to their own case."
# What came with a letter, shown to the thread by a click.
ATTACHMENTS = "📎 From the customer’s letter, shown by {actor}:"
ATTACHMENT_ALT = "{name}, which came with the customer’s letter"
ATTACHMENTS_BELOW = "{names} (as it was sent: open it only if you would open it in your own mailbox)"
ATTACHMENTS_COMING = "{names}: on the way into Slack."
ATTACHMENTS_REFUSED = "{names}: cannot be shown here. {why}"
ATTACHMENTS_ELSEWHERE = "📎 What stood here has been erased, or belongs to another case now."
# By Slack's word: docs.slack.dev, errors of files.getUploadURLExternal, files.completeUploadExternal and files.info.
UNSHOWN = {
    "missing_scope": (
        "Slack has not allowed me to: the app needs the scopes files:write and files:read. "
        "Whoever runs me can add them: the doctor says how. Then *Show attachments* on the card tries again."
    ),
    "file_upload_size_restricted": "Your workspace takes no files of this size. It stands in the mailbox.",
    "file_uploads_disabled": "Your workspace takes no files from anybody. It stands in the mailbox.",
    "file_uploads_except_images_disabled": "Your workspace takes pictures alone. It stands in the mailbox.",
    "file_type_not_allowed": "Your workspace takes no files of this kind. It stands in the mailbox.",
    "storage_limit_reached": (
        "Your workspace has no room for files left. Once there is some, *Show attachments* on the card tries again."
    ),
    "file_deleted": "Slack, or somebody in it, has deleted it. It stands in the mailbox.",
    "file_not_found": "Slack, or somebody in it, has deleted it. It stands in the mailbox.",
    "not_attached": "Slack has taken it and does not attach it to messages of mine. It stands in the mailbox.",
    "not_processed": "Slack does not get done with looking through it. It stands in the mailbox.",
    "invalid_blocks": "Slack does not take it for a picture that it can show. It stands in the mailbox.",
}
UNSHOWN_OTHERWISE = "Slack says “{word}”. It stands in the mailbox, and *Show attachments* on the card tries again."
NOTE_WITHDRAWN = "(taken back)"
# Of an action that is told by its own row.
ACT_NOTED = "{what}."
ACT_NOTED_BELOW = "{what}:"
ACT_NOTED_SAYING = "{what}: {text}"
