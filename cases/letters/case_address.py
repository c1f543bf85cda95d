"""The address of a case, which nobody can guess: a colleague who copies a letter to it shows that the customer was written to."""

from __future__ import annotations

import hmac
import re
from hashlib import blake2b

_TAG = re.compile(r"([1-9]\d{0,14})-([0-9a-f]{16})")
_OURS = re.compile(r"[0-9a-f]{20}")  # of an answer to a letter


def case_tag(secret: str, number: int) -> str:
    """What stands behind the plus of its address. `secret` is this installation's own."""
    proof = blake2b(str(number).encode(), key=secret.encode()[:64], digest_size=8).hexdigest()
    return f"{number}-{proof}"


def case_of(secret: str, tag: str) -> int | None:
    """The case that such a tag names; None for one that we have not made."""
    told = _TAG.fullmatch(tag)
    return int(told[1]) if told and hmac.compare_digest(case_tag(secret, int(told[1])), tag) else None


def looks_like_ours(tag: str) -> bool:
    """Whether it is made as ours are, rightly or not; then it is no order of the customer's."""
    return bool(_TAG.fullmatch(tag) or _OURS.fullmatch(tag))
