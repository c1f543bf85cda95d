"""Words: the answer to `/case stats`."""

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
STATS_OPEN_NONE = "Open now: none"
STATS_OPEN = "Open now, waiting for {waits}"
STATS_WAITS = {
    "owner": "an owner {count}",
    "contact": "contact {count}",
    "promise": "a promise to be kept {count}",
    "customer": "the customer {count}",
}
STATS_OTHERS = "others"
STATS_BARS_DAYS = "Day by day, from {first} to today:"
STATS_BARS_SPANS = "In steps of {days} days, from {first} to today:"
STATS_BARS_NEW = "{bars}  new, highest {most}"
STATS_BARS_CONTACTED = "{bars}  contacted, highest {most}"
STATS_BARS_WAITING = "{bars}  waiting, highest {most}"
NONE_YET = "none yet"
