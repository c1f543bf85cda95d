"""Seals: keyed digests of texts, by which we know again what we must not keep: their key is this installation's own and stays in its database."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from store import facts
from store.engine import Tx

Seal: TypeAlias = Callable[[str], str]
_FACT = "digest_key"


def sealing(tx: Tx) -> Seal:
    """Text → 64 hexadecimal digits, the same for the same text; nobody without the key can try out what it was."""
    return partial(_sealed, facts.first(tx, _FACT, secrets.token_hex(32)))


def sealing_if_any(tx: Tx) -> Seal | None:
    """As `sealing`; None where none was ever made here, so that there is nothing to know again."""
    key = facts.recall(tx, _FACT)
    return key and partial(_sealed, key)


def _sealed(key: str, text: str) -> str:
    return hmac.new(bytes.fromhex(key), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
