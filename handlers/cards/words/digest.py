"""Words: the digest, its week, its picture and its figures."""

from cases.model import Grade

DIGEST_TITLE = "Today at {team}"
DIGEST_QUIET = "Nobody is waiting and nothing happened. Have a good day. ☕"
DIGEST_NONE_WAITING = "Everybody has been contacted. 👏"
DIGEST_WAITING_ONE = "*One customer waits for a word from us:*"
DIGEST_WAITING = "*{count} customers wait for a word from us, worst first:*"
DIGEST_CLICKED = "{count} said by a click, and nothing is known of how."
DIGEST_LINE = "{mark} {case}"
DIGEST_WAITS = "{waiting:since}"
DIGEST_WAITS_UNHEARD = "{waiting:since} (told us {late} later)"
DIGEST_REMINDED_ONCE = "reminded once"
DIGEST_REMINDED = "reminded {count} times"
DIGEST_ONLY_CLICKED = "ticked, nobody has said how it went"
DIGEST_WORDS = "“{words}”"
DIGEST_MORE = "… and {count} more in the {home}"
DIGEST_HOME = "Home tab of this app"
DIGEST_PROMISES = "*Promised by today:*"  # what is overdue stands there too
DIGEST_PROMISE = "🤝 {case} · {due:due} · {owner} · “{promise}”"
DIGEST_HOLDS = "*In hand:* {holders}"
DIGEST_HOLDER = "{owner} {cases}"
DIGEST_MORE_HOLDERS = "and with {count} more"
DIGEST_YESTERDAY = "yesterday"
DIGEST_SINCE = "from {since} to yesterday"
DIGEST_CONTACTED = "Contacted {when}: {count} · {in_time} of {count} in time"
DIGEST_CONTACTED_NOBODY = "Contacted {when}: nobody"
GRADES_COUNTED = {
    Grade.CLICKED: "{count} by a click, nothing is known of how",
    Grade.TOLD: "{count} told by a colleague",
    Grade.SEEN: "{count} seen by a system",
    Grade.ANSWERED: "{count} answered by the customer",
    Grade.CONFIRMED: "{count} confirmed by the customer",
}
CONTACT_TOOK_FEW = "Time to contact: {each}"
CONTACT_TOOK = "Time to contact: half within {median}, most within {ninetieth}"
CONTACT_WORKING_FEW = "in working hours {each}"
CONTACT_WORKING = "in working hours half within {median}, most within {ninetieth}"
DIGEST_CLOSED = "Closed: {count} · won back: {won_back}"
DIGEST_LOST = "lost: {count}"
DIGEST_THANKS_WON_BACK = "💛 Thank you, {person}: the customer of {case} is won back."
DIGEST_THANKS_FAST = "💛 Thank you, {person}: the customer of {case} heard from us after {took}."
WEEK_TITLE = "*The week to {last}* (in brackets the week before)"
WEEK_TALLY = "New {new} ({new_before}) · contacted {contacted} ({contacted_before}) · won back {won} ({won_before})"
WEEK_LOST = "lost {lost} ({lost_before})"
WEEK_THEMES = "*What it was about:* {themes}"
WEEK_THEME = "{reason} {count} ({cases})"
WEEK_THEME_AND_MORE = "{reason} {count} ({cases} and others)"
WEEK_LESSONS = "*What we learned:* {lessons}"
WEEK_LESSON = "“{text}” ({case})"
WEEK_CAUSE = "*Most often it came from:* {cause} ({count} of {all})"
WEEK_CHANGES = "*To change:*"
WEEK_CHANGE = "🌱 “{text}” · {due:due} · {maker} ({case})"
WEEK_THANKS = "Thank you for every call and every letter: {people}"
CHART_TITLE = "The last four weeks"
CHART_NEW = "New"
CHART_CONTACTED = "Contacted"
CHART_WAITING = "Waiting"
CHART_ALT = (
    "The last four weeks, from {first} to {last}, week by week. New cases: {new}. Contacted: {contacted}. "
    "Still waiting for us at the end of the week: {waiting}. Most waiting at the end of a day: {most}, on {most_on}."
)
NO_OWNER = "no owner"
