"""Words: the answer to `/case stats`."""

from cases.model import Sign

STATS_TITLE = "*{since:Since}*"
STATS_NEW = "New cases: {count}"
STATS_NEW_FROM = "New cases: {count} ({sources})"
STATS_CONTACTED = "Contacted: {count}, {in_time} of them in time"
STATS_CONTACTED_NOBODY = "Contacted: nobody"
STATS_SEVERITY = "{mark} {severity}: {count}, {in_time} in time"
STATS_SEVERITY_TOOK_FEW = "after {each}"
STATS_SEVERITY_TOOK = "half within {median}, most within {ninetieth}"
STATS_CLAIMED_FEW = "Time to an owner: {each}"
STATS_CLAIMED = "Time to an owner: half within {median}, most within {ninetieth}"
STATS_CLOSED = "Closed: {outcomes}"
STATS_ENDED_WELL = "Ended well: {signs}"
STATS_SIGNS = {
    Sign.SAID_SO: "{count} as the customer said so",
    Sign.ORDERED: "{count} as they ordered again",
    Sign.OUR_WORD: "{count} by our own word",
}
STATS_OPEN_NONE = "Open now: none"
STATS_OPEN = "Open now, waiting for {waits}"
STATS_WAITS = {
    "owner": "an owner {count}",
    "contact": "contact {count}",
    "promise": "a promise to be kept {count}",
    "customer": "the customer {count}",
}
STATS_OTHERS = "others"
# The team's threshold; what it was learnt from comes in a list.
THRESHOLD_MOVED = "This team's threshold is {opens} (built-in {built_in}), from {lessons}."
THRESHOLD_KEPT = "This team's threshold is the built-in {built_in}: too little says otherwise ({lessons})."
THRESHOLD_NEW = "This team's threshold is the built-in {built_in}: nothing says otherwise yet."
THRESHOLD_FIXED = "This team's threshold is the built-in {built_in}, and learns nothing: `[triage] learns = false`."
THRESHOLD_LESSONS = {
    "dismissed": ("{count} dismissal", "{count} dismissals"),
    "seen_through": ("{count} unsure case that was a complaint", "{count} unsure cases that were complaints"),
    "by_hand": ("{count} case opened by hand", "{count} cases opened by hand"),
}
STATS_BARS_DAYS = "Day by day, from {first} to today:"
STATS_BARS_SPANS = "In steps of {days} days, from {first} to today:"
STATS_BARS_NEW = "{bars}  new, highest {most}"
STATS_BARS_CONTACTED = "{bars}  contacted, highest {most}"
STATS_BARS_WAITING = "{bars}  waiting, highest {most}"
NONE_YET = "none yet"
