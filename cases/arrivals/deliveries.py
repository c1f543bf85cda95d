"""Deliveries: what became of the requests at a door, how often and when, and whether somebody who should come in cannot."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a request at a door, before anything in it was read."""

    RECEIVED = "received"
    UNSIGNED = "unsigned"  # it showed neither a signature nor a token
    FORGED = "forged"  # it showed a signature, and of something else
    UNTIMELY = "untimely"  # the signature fits, and is of another time
    UNKNOWN = "unknown"  # it showed a token that opens nothing
