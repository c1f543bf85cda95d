"""Words: the answer to `/case why`."""

WHY_NEXT = "The next reminder about {case} {at:comes} ({at:ago}), to {tell}."
WHY_NONE = "No reminder is to come: {case} is closed, and nothing is promised any more."
WHY_PRACTICE = "No reminder is to come: {case} is practice, with an invented customer."
WHY_DEFERRED = {
    "enough for today": "It waits for the next working day: enough has been said about it today.",
    "snoozed": "It waits because the case is snoozed.",
    "asked how": "It waits a little: whoever says the customer was contacted has been asked how it went.",
    "outside working hours": "It waits for working hours.",
    "the lead's rounds": "It waits for the next of the lead's rounds: `lead_rounds` in policy.toml.",
}
WHY_CLOCK = "{clock} {due:by} · {left}"
WHY_CLOCK_OWNER = "An owner"
WHY_RULE = "Its rule: `{rule}`"
WHY_CLOCK_HOLD = "Its owner asked how it goes"
WHY_BACK = "{owner} has been asked whether they are still on it; without an answer it goes back {back:to the team}."
WHY_PAST = "*Reminders so far*"
WHY_PAST_MORE = "… {count} earlier ones"
WHY_PAST_LINE = "{at:} · to {tell} · {why}"
PLACES = {"thread": "its thread", "channel": "the channel"}
WHY_PAST_UNKNOWN = "a reminder"
TIME_LEFT = "{length} of working time left"
TIME_OVER = "{length} of working time late"
STOPPED_IN_TIME = "{at:done}, in time"
STOPPED_LATE = "{at:done}, {length} of working time late"
WHY_A_CASE = "It is a case because: {reasons}"
WHY_LIKE = "It sounds like an example that I have learnt from: “{like}”"
