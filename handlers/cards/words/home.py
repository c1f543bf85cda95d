"""Words: the Home tab, its clocks, and what each person can choose for themselves."""

from __future__ import annotations

from cases.people import Filter

HOME_HELLO = "Your cases"
HOME_EMPTY = "You hold no cases. When a customer is unhappy, a card comes to the channel; {claim} on it makes it yours."
HOME_MINE_MORE = "… and {count} more: `/case mine`"
# What else is refused on this page is said as everywhere; nothing was asked for here that could have been changed.
HOME_NOT_KNOWN_NOW = (
    "Slack does not tell me just now who is on the team that looks after unhappy customers. "
    "Please open this page again in a minute."
)
HOME_TEAM = "The team's open cases"
HOME_TEAM_NO_OTHERS = "No other open cases."
HOME_TEAM_EMPTY = "No open cases. Every customer who wrote has been looked after. ☕"
HOME_FILTER_EMPTY = "Nothing here just now. ☕"
HOME_WAITING = "*They wait for us, worst first* · {count}"
HOME_RESTING = "*Contacted; nothing is late* · {count}"
HOME_FILTERS = {
    Filter.ALL: "All",
    Filter.UNCLAIMED: "Unclaimed",
    Filter.OVERDUE: "Overdue",
    Filter.CONTACTED: "Contacted or promised",
    Filter.CRITICAL: "Critical",
}
HOME_FILTER = "{name} {count}"
HOME_CONTACTED = "{at:Contacted}"
HOME_SNOOZED = "💤 {until:until}"
HOME_PAGE = "Page {page} of {pages}"
HOME_AS_OF = "Clocks in working time, {now:as of}"
HOME_BACK = "Back"
HOME_NEXT = "Next"

CLOCK_OWNER = "Owner"
CLOCK_PROMISE = "Promise"
BAR_FULL, BAR_EMPTY = "▰", "▱"
BAR_LEFT = "{clock} {bar} {length} left"
BAR_OVER = "{clock} {bar} ⚠️ *{length} over*"
BAR_OVER_NOW = "{clock} {bar} ⚠️ *over*"

SETTINGS = "Your settings"
SETTING_DIRECT = "Reminders come as a *direct message*."
SETTING_THREAD = "Reminders come in the *case's thread*."
SETTING_EARLY = "Reminders ahead of a deadline: *on*."
SETTING_LATE = "Reminders ahead of a deadline: *off*."
SETTING_BUTTONS = {
    "remind_in_thread": "Use the thread",
    "remind_directly": "Use direct messages",
    "early_off": "Turn off",
    "early_on": "Turn on",
    "back": "I am back",
    "quiet_off": "End the quiet",
}
SETTINGS_HINT = (
    "Going away? `/case away until Monday` offers your cases to the team. "
    "An hour of quiet? `/case quiet 1h` sends your reminders to whoever is next."
)
AWAY_NOW = "🌴 You are away {until:until}. Nobody can give you a case until then."
QUIET_NOW = "🔕 Quiet {until:until}: your reminders go to whoever is next."
