"""Words: nudges, and what they become when they are over."""

NUDGE_UNCLAIMED = "*{case}*\nNobody has taken it yet. {customer} has been waiting {waiting:since} ({waiting:ago})."
# Without a tense, since it may be read when the hour has passed.
NUDGE_CONTACT_SOON = "*{case}*\nPlease reach {customer} {due:by} ({due:ago})."
NUDGE_CONTACT_LATE = "*{case}*\n{customer} has not heard from us; first contact {due:was due} ({due:ago})."
NUDGE_CONTACT_LATE_OWNED = NUDGE_CONTACT_LATE + " {owner} has it: can somebody help?"
NUDGE_CONTACT_LATE_FREE = NUDGE_CONTACT_LATE + " Nobody has it: who takes it?"
NUDGE_DECIDE = (
    "*{case}*\n{customer} asked not to be contacted, and nobody has decided yet whether we write all the same."
)
NUDGE_HELD = "*{case}*\nAre you still on it? {customer} has been waiting {waiting:since} ({waiting:ago})."
NUDGE_HELD_BY = "*{case}*\n{owner} has it, and {customer} has not heard from us. Is somebody on it?"
NUDGE_UNFINISHED = "*{case}*\nThe customer has been contacted by {by}; what was promised still needs somebody."
NUDGE_LISTEN = "*{case}*\nThe customer has been contacted by {by}; whatever they answer needs somebody."
NUDGE_PROMISE_SOON = "*{case}*\nWe promised {customer} something {due:by} ({due:ago}): {promise}"
NUDGE_PROMISE_LATE = "*{case}*\nA promise to {customer} {due:was due} ({due:ago}): {promise}"
ENDS_UNCLAIMED = "{claim} on the card takes it and stops these."
ENDS_NOT_CONTACTED = "{contacted} on the card stops these."
ENDS_DECIDE = "Nobody should write? Close it as “did not want to be contacted”, and these stop."
ENDS_HELD = "Without a word from you it goes back {back:to the team}. That is no blame: you have a lot to do."
ENDS_PROMISED = "Kept? Close the case. Will it be late? Tell the customer first, then add the new date."
LAST_THEN = "This is my last reminder here; from now on it is with {then}."
LAST = "This is my last reminder here; the daily digest keeps it in sight."
LAST_TODAY = "This is my last reminder to you today; {then} hears of what comes next."
# Who takes over where it is nobody in particular.
HEIRS = {
    "thread": "This is my last reminder to you today; what comes next stands in the case's thread.",
    "digest": "This is my last reminder about it today; the next digest keeps it in sight.",
}
# Why a reminder comes to somebody for whom it was not meant.
INSTEAD = {
    "gone": "It comes to you because {person} is no longer here.",
    "away": "It comes to you because {person} is away.",
    "quiet": "It comes to you because {person} asked for quiet.",
    "do_not_disturb": "It comes to you because {person} is not to be disturbed just now.",
    "own_night": "It comes to you because it is night where {person} is.",
    "enough_today": "It comes to you because {person} has had reminders enough today.",
}
OVER_STILL = "~{case}~ {owner} is on it. Thank you."
OVER_FREE = "~{case}~ Back with the team."
OVER_CLAIMED = "~{case}~ Taken by {owner}. Thank you."
OVER_CONTACTED = "~{case}~ Done: the customer has been contacted. Thank you, {by}."
OVER_CLOSED = "~{case}~ Closed: {outcome}. Thank you."
OVER_SNOOZED = "~{case}~ Quiet {until:until}."
OVER = "~{case}~ No longer due."
NUDGES_MANY = "{count} cases need a look:"
# Several cases at once for another reason than the ladder: one case, several cases.
NUDGES_BECAUSE = {
    "offered": (
        "{person} is away {until:until}. This case needs somebody:",
        "{person} is away {until:until}. These {count} cases need somebody:",
    ),
    "left": (
        "{person} is no longer here. This case needs somebody:",
        "{person} is no longer here. These {count} cases need somebody:",
    ),
    "passed_on": (
        "{person} is no longer here, so this case is yours now. If it fits somebody better, give it to them.",
        "{person} is no longer here, so these {count} cases are yours now. Give to others what fits them better.",
    ),
}
NUDGES_MORE = "… and {count} more; `/case list` shows them all."
ROLES = {"lead": "the lead", "manager": "the manager", "owner": "its owner", "thread": "its thread"}
