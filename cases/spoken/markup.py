"""Text in the markup that people's words arrive in from a chat, and the same as plain words, as its writer saw it."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"<([@#!]?)([^<>|\s][^<>|]*)(?:\|([^<>]*))?>")


def plain(text: str) -> str:
    """Marked-up text as its writer saw it: people and channels by name, links as addresses, & < > as themselves.

    A link that its writer gave other words keeps both, since either may be what they meant to say.
    """
    return unescaped(_SPECIAL.sub(_as_seen, text))


def escaped(text: str) -> str:
    """Plain text as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The inverse of `escaped`; what was escaped twice stays escaped once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _as_seen(special: re.Match[str]) -> str:
    mark, target, label = special[1], special[2], special[3] or ""
    if not mark:
        return _link(target, label)
    if mark == "!" and target.startswith("date^"):
        return label
    name = label or target.partition("^")[0]
    return ("@" if mark == "!" else mark) + name.lstrip("@#")


def _link(target: str, label: str) -> str:
    address = target.removeprefix("mailto:").removeprefix("tel:")
    if not label or _bare(label) in _bare(address):
        return label if label and address != target else address
    return f"{label} ({address})"


def _bare(text: str) -> str:
    return re.sub(r"[\s()./-]", "", text).lower()
