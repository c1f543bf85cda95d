"""The welcome in a channel that has not seen a card yet: what will come, what to do with it, and how to try it."""

from __future__ import annotations

from cases.acts.act import ActionName
from cases.policy.page import Policy
from handlers.cards import phrases, words
from handlers.cards.message import Message, line
from handlers.cards.mrkdwn import fill


def welcome(policy: Policy) -> Message:
    """Said once, in the team's own emoji."""
    return line(fill(words.WELCOME, claim=phrases.emoji(ActionName.CLAIM, policy)))
