"""Words: the first thing the bot says in its channel."""

WELCOME = (
    "👋 *Hello! When a customer is unhappy, their card comes here.* {claim} on it says that you take it, and I remind "
    "whoever holds it, in working hours only, until the customer has heard from us. I never write to a customer myself.\n"
    "To see how it goes, type `/case new` and make a complaint up; `/case help` shows what else you can do."
)
