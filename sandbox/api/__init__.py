"""Slack's Web API as the bot calls it: its methods, the keys they want, and what can go wrong with a call."""
