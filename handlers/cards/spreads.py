"""How long things took, in a line: the middle, and what nine in ten took at most."""

from __future__ import annotations

from cases.figures.spread import Spread
from handlers.cards import phrases, words
from handlers.cards.mrkdwn import Mrkdwn, fill, join


def took(felt: Spread | None, working: Spread | None) -> Mrkdwn | None:
    """The time to contact as customers felt it; in working hours too, where nights and weekends made a difference."""
    if felt is None:
        return None
    in_hours = working if working != felt else None
    return join(
        " · ",
        [
            spread(felt, words.CONTACT_TOOK_ONE, words.CONTACT_TOOK),
            spread(in_hours, words.CONTACT_WORKING_ONE, words.CONTACT_WORKING) if in_hours else None,
        ],
    )


def spread(lengths: Spread, one: str, several: str) -> Mrkdwn:
    """One of two sentences: `one` where the two figures are the same."""
    sentence = one if lengths.median == lengths.ninetieth else several
    return fill(sentence, median=phrases.length(lengths.median), ninetieth=phrases.length(lengths.ninetieth))
