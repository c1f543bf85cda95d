"""Words: the Home tab."""

from __future__ import annotations

from cases.model import Status

HOME_HELLO = "Your cases"
HOME_EMPTY = "You hold no cases. When a customer is unhappy, a card comes to the channel; {claim} on it makes it yours."
HOME_TEAM = "The team's open cases"
HOME_TEAM_NO_OTHERS = "No other open cases."
HOME_TEAM_EMPTY = "No open cases. Every customer who wrote has been looked after. ☕"
HOME_MORE = "… and {count} more: `/case list`"
HOME_GROUPS = {
    Status.UNCLAIMED: "*Waiting for an owner*",
    Status.CLAIMED: "*Waiting for first contact*",
    Status.CONTACTED: "*Waiting for the customer*",
}
HOME_UNCONTACTED = "{mark} {case} · first contact {due:due} ({due:ago})"
HOME_CONTACTED = "{mark} {case} · {at:contacted}"
