"""Words: the card that many cases share."""

from __future__ import annotations

from cases.messages.flood import By
from cases.model import Status

FLOOD_CAME = "🌊 *{count} new cases within {span}*"
FLOOD_CAME_FROM = "🌊 *{count} new cases within {span}*, most of them {source}"
FLOOD_BESIDE = (
    "{beside} of them have a card each, every critical one included. The other {count} stand together here, so that nobody is "
    "lost among so many: each is a case like any other, with its own clocks."
)
FLOOD_BESIDE_ONE = (
    "{beside} of them have a card each. The last stands here, and so will those that follow: each is a case like any other, "
    "with its own clocks."
)
FLOOD_STATES = {
    Status.UNCLAIMED: ("*{count} waits for an owner*", "*{count} wait for an owner*"),
    Status.CLAIMED: ("{count} in hand", "{count} in hand"),
    Status.CONTACTED: ("{count} contacted", "{count} contacted"),
    Status.CLOSED: ("{count} closed", "{count} closed"),
}
FLOOD_IN_HAND = "✅ *Somebody looks after every one that stood here.* {states}"
FLOOD_OVER = "✅ *All {count} that stood here are closed.*"
FLOOD_GROUPS = {
    By.ORDER: "*By order:* {groups}",
    By.CAUSE: "*What they are about:* {groups}",
    By.SOURCE: "*Where they come from:* {groups}",
}
FLOOD_GROUP = "{name} ({count})"
FLOOD_WORST = "*The worst first*"
FLOOD_LINE = "{case} · {waiting:since}"
FLOOD_MORE = "… and {count} more; the menu has the next of them."
FLOOD_HOW = "Who takes one gets its card, with a thread and a draft. `/case claim 12` and `/case show 12` work for each of them too."
FLOOD_LIKE = "Answer one by one …"
FLOOD_NEXT = "Answer the next ({count} left)"
FLOOD_TAKEN = "#{number} is yours. Its card comes at the end of this channel; the draft stands in its thread."
FLOOD_NO_MORE = "That was the last of these. What else stands together is on the card that they share."
FLOOD_OPEN = "Show the card of …"
FLOOD_EMPTY = "Nobody is left here: every one of them has a card of its own, or is closed."
FLOOD_SHOWN = "The card of #{number} comes at the end of this channel."
FLOOD_SHOWN_BEFORE = "#{number} has a card of its own in this channel."
