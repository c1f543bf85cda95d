"""Mailboxes as headers and forms write them, with names, groups and remarks: which addresses are meant, whatever was written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import getaddresses

_LONGEST = 300
_BARE = re.compile(r"[\w+-]+(\.[\w+-]+)*@[\w-]+(\.[\w-]+)*", re.ASCII)  # an address and nothing else, as most are
_NAMED_AS_ADDRESS = re.compile(r"\s*([^\"(),:;<>]*@[^\"(),:;<>]*)<([^<>@\s,]+@[^<>@\s,]+)>\s*")
_QUOTED = re.compile(r'"([\w+-]+(?:\.[\w+-]+)*)"@', re.ASCII)
_PLAIN = re.compile(r"[^\s<>(),:;\"@]{1,100}@[^\s<>(),:;\"@]{1,255}")


def _unquoted(written: str) -> str:
    """A name of a mailbox in quotes that need not be there is the same one without them (RFC 5321, section 4.1.2)."""
    return _QUOTED.sub(r"\1@", written) if '"@' in written else written


def mailbox(written: str) -> tuple[str, str]:
    """The name and the address of a sender, both empty where there is none. What is too long to be one is cut.

    Of `a@one.example <b@two.example>` the address is the one in brackets, as mail programs have it; Python takes the other.
    """
    written = _unquoted(written[:_LONGEST])
    if _BARE.fullmatch(written):
        return "", written
    if (told := _NAMED_AS_ADDRESS.fullmatch(written)) is not None:
        return told[1].strip(), told[2]
    return next(iter(mailboxes([written])), ("", ""))


def mailboxes(written: Iterable[str]) -> list[tuple[str, str]]:
    """The names and addresses in these headers, in order.

    Python reads remarks and groups by calling itself: of hundreds within each other only the plain addresses are taken.
    """
    lines = list(map(_unquoted, written))
    try:
        return getaddresses(lines)
    except RecursionError:
        return [("", address) for line in lines for address in _PLAIN.findall(line)]


def are_several(written: str) -> bool:
    """Whether these are different addresses; one that is named twice is one."""
    return "," in written and len({each.lower() for _, each in mailboxes([written]) if "@" in each}) > 1
