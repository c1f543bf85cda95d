"""What a mistyped command probably meant: the nearest verb, and the whole of it where it can be proposed to be sent again."""

from __future__ import annotations

import difflib

from cases.acts.act import Wants
from cases.acts.actions import ACTIONS, named
from cases.acts.verbs import ALIASES, verbs
from cases.acts.ways import read_ways

_LIKE = 0.7  # "thanks" is not like "take"
_LONGEST = 100  # characters of a command that is proposed whole


def nearest(said: str) -> str | None:
    """The verb that is most like this word, if any is."""
    near = difflib.get_close_matches(said, [*verbs(), *ALIASES], n=1, cutoff=_LIKE)
    return ALIASES.get(near[0], near[0]) if near else None


def meant(verb: str | None, number: int | None, words: str) -> dict[str, str]:
    """The whole of what was probably meant, where there are words behind the verb that are not to be typed again.

    Nothing where it would be refused, as "contact her" names no way, or cannot be copied, as a mention cannot.
    """
    words = " ".join(words.replace("`", "'").split())
    if verb is None or not words or "<" in words or len(words) > _LONGEST:
        return {}
    action, needs_number = named(verb), verbs()[verb].needs_number
    if action and ACTIONS[action].wants in (Wants.WAY, Wants.WAYS) and read_ways(words)[0] is None:
        return {}
    if needs_number and number is None:
        return {}
    return {"meant": " ".join([verb, *([str(number)] if needs_number else []), words])}
