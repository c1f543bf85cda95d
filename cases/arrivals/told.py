"""What is known of a source before its answers are read: what a team says of it, and what was learnt of its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta, timezone
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

Order = Literal["dmy", "mdy", "ymd"]
"""In which order a date is written."""


class Means(StrEnum):
    """What an answer can mean to us: the fields of feedback, and the parts that some of them come in."""

    RATING = "rating"
    SCALE = "scale"
    COMMENT = "comment"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    CUSTOMER_ID = "customer_id"
    ORDER_REF = "order_ref"
    SUBJECT = "subject"
    OCCASION = "occasion"
    OCCASION_AT = "occasion_at"
    CONTACT_OK = "contact_ok"
    LOCALE = "locale"
    PUBLIC_URL = "public_url"
    EXTERNAL_ID = "external_id"
    OCCURRED_AT = "occurred_at"
    SOURCE = "source"
    HANDED_OVER = "handed_over"  # said by the kind of source alone
    DOUBTED = "doubted"  # said of letters alone
    NOTHING = "nothing"  # known to be none of these


@dataclass(frozen=True, slots=True)
class Told:
    """A source by its name. `named` are the questions that the team names, each with what it means.

    `scale` is the best answer of its rating, `worst_to_best` are its answers in words, `dates` is the order of its dates, `zone`
    that of times without one, `channel` where its cases stand (empty: nobody says), `hold` how long a
    rating waits for its words. `scales` and `orders` tell the same of single questions, by their key, as it was learnt;
    `asks` is what questions are seen to ask for when a whole table is looked at, whatever they are called; None: nobody did.
    """

    name: str
    named: tuple[tuple[Means, str], ...] = ()
    scale: float | None = None
    worst_to_best: tuple[str, ...] = ()
    dates: Order | None = None
    zone: ZoneInfo | timezone = UTC
    scales: Mapping[str, float] = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=dict)
    asks: Mapping[str, tuple[Means, ...]] | None = None
    channel: str = ""
    hold: timedelta = timedelta()
