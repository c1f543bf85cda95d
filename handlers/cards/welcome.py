"""The welcome in a channel that has not seen a card yet: what will come, what to do with it, and how to try it, by practice."""

from __future__ import annotations

from cases.acts.act import ActionName
from cases.model import Case
from cases.policy.page import Policy
from handlers.cards import phrases, words
from handlers.cards.blocks import actions, button, section
from handlers.cards.message import Message, line, message
from handlers.cards.mrkdwn import fill


def welcome(policy: Policy) -> Message:
    """Said once, in the team's own emoji."""
    said = fill(words.WELCOME, claim=phrases.emoji(ActionName.CLAIM, policy))
    return message(section(said, "welcome"), actions([button("practice", 0, style="primary")], "buttons"))


def practice(case: Case, policy: Policy, link: str | None, *, begun: bool) -> Message:
    """To whoever asked for a case to practise with: where it is, and what to try."""
    said = words.PRACTICE_BEGUN if begun else words.PRACTICE_THERE
    claim = phrases.emoji(ActionName.CLAIM, policy)
    return line(fill(said, case=phrases.numbered(case.number, link), claim=claim))
