"""What colleagues say among themselves: what of it a model may be told, and what no customer may read."""

from __future__ import annotations

import re

# Slack spells the sign ":lock:", and our commands take a colon before their words for punctuation.
_TEAM_ONLY = re.compile(r"\W*(?:🔒|lock:|team[ -]only\b)", re.IGNORECASE)


def is_team_only(note: str) -> bool:
    """Whether it begins with 🔒 or "team only": such a note is told to no model. No note at all may stand in a reply."""
    return _TEAM_ONLY.match(note) is not None
