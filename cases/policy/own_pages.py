"""The team's own pages of an order and of a customer: addresses with blanks, as policy.toml has them, and the same filled in.

What customers' programs send stands in the blanks, so it may be anything: it changes neither the host nor the path around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator

from cases.text import clean

BLANKS = ("order_ref", "customer_id", "email")
LONGEST = 2000  # characters of an address that is filled in; Slack takes no text beyond 3,000
_NAMED = ", ".join(f"{{{name}}}" for name in BLANKS)
_BLANK = re.compile(r"\{([^{}]*)\}")


def read_template(written: str) -> str:
    """An https address with blanks, "" for none. Raises ValueError with what to write instead."""
    address = written.strip()
    if not address:
        return ""
    blanks = _BLANK.findall(address)
    if unknown := [name for name in blanks if name not in BLANKS]:
        raise ValueError(f"has no blank for {{{unknown[0]}}}; there are {_NAMED}")
    bare = _BLANK.sub("", address)
    if re.search(r"[\s<>|\"\\`{}]|[^\x21-\x7e]", bare):
        raise ValueError("must be a plain web address, without spaces, and with braces only around blanks")
    if not blanks:
        raise ValueError(f"would lead everybody to the same page; put a blank where the number belongs: {_NAMED}")
    if not _has_fixed_host(address):
        raise ValueError('must begin with "https://" and the name of your host, for instance "https://shop.example/"')
    return address


def _has_fixed_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" and bool(host) and "{" not in parts.netloc and "@" not in parts.netloc


Template = Annotated[str, AfterValidator(read_template)]


def filled(template: str, facts: Mapping[str, str | None]) -> str | None:
    """The address with its blanks filled in; None where there is no template, or a fact is missing or cannot stand in one."""
    if not template:
        return None
    told = {name: " ".join(clean(value or "").split()) for name, value in facts.items()}
    wanted = _BLANK.findall(template)
    if any(told.get(name, "").strip(".") == "" for name in wanted):  # "." and ".." would be other pages
        return None
    address = _BLANK.sub(lambda blank: quote(told[blank[1]], safe=""), template)
    return address if len(address) <= LONGEST else None


def names_address(template: str) -> bool:
    """Whether the filled address says the customer's e-mail address."""
    return "email" in _BLANK.findall(template)
