"""Whether a letter is from who it says: as far as the server that received it vouches for that (RFC 8601), and nobody else.

Anybody can write such a header into their own letter. The receiving server's stands on top of all others, and bears its name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cases.spoken.mailboxes import mailbox

_LONGEST = 4_000
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_COMMENT = re.compile(r"\([^()]*\)")
_SIGN = re.compile(r"\s*=\s*")  # RFC 8601 allows room around it
_ENOUGH, _NEARLY_ALL = 10, 0.8  # letters that tell who writes on top, and the share of them that must agree


def server_of(results: str) -> str:
    """Who wrote this header. Some leave their name out: then it is empty, and that is their mark."""
    first = _plain(results).partition(";")[0].split()
    return "" if not first or "=" in first[0] else first[0].lower()


def learnt(on_top: Sequence[str | None]) -> str | None:
    """The receiving server's name, from the topmost such header of each of many letters from outside, None where there is none.

    What it writes stands on top of every letter; what senders write, only where it writes nothing. None: nobody can be believed.
    """
    names = Counter(server_of(each) for each in on_top if each is not None)
    name, often = next(iter(names.most_common(1)), ("", 0))
    return name if often >= max(_ENOUGH, _NEARLY_ALL * len(on_top)) else None


def vouched(results: str | None, sender: str, server: str | None) -> bool | None:
    """What the receiving server says of the address that the letter claims to be from; None where it says nothing of it.

    `results` is the topmost header, `server` the name that ours is known by. Where the sender's domain has no policy (DMARC),
    a signature or an envelope of that very domain stands in; `auth` is a colleague's own login.
    """
    if results is None or server is None or server_of(results) != server.lower():
        return None
    said = [_properties(each) for each in _plain(results).split(";")]
    domain = mailbox(sender)[1].lower().rpartition("@")[2]
    policies = [each for each in said if each.get("dmarc") in ("pass", "fail")]
    if policies:
        return _by_policy(policies, domain)
    return True if any(_is_of(each, domain) for each in said) else None


def _plain(results: str) -> str:
    """In small letters, without what is quoted and what is remarked: there senders have a say."""
    plain = _QUOTED.sub("", results[:_LONGEST].lower())
    for _ in range(5):
        plain = _COMMENT.sub(" ", plain)
    return _SIGN.sub("=", plain)


def _by_policy(said: Sequence[dict[str, str]], domain: str) -> bool | None:
    """One assurance, of that very domain; what is said twice is said by two."""
    if any(each["dmarc"] == "fail" for each in said):
        return False
    return True if len(said) == 1 and said[0].get("header.from", domain) == domain else None


_METHODS = {
    "dkim": ("header.d", "header.i"),
    "spf": ("smtp.mailfrom", "smtp.mail"),
    "auth": ("smtp.auth", "smtp.mailfrom"),
}


def _properties(result: str) -> dict[str, str]:
    """method=result property=value … as they stand."""
    return {name: value for name, sign, value in (each.partition("=") for each in result.split()) if sign}


def _is_of(result: dict[str, str], domain: str) -> bool:
    for method, names in _METHODS.items():
        if result.get(method) == "pass":
            told = next((result[name] for name in names if name in result), "").rpartition("@")[2].rstrip(".")
            if told and domain and (domain == told or domain.endswith(f".{told}")):
                return True
    return False
