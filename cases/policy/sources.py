"""Where feedback comes from, as policy.toml tells it: which question means what, where its labels and values do not say."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from cases.arrivals.told import Means, Order, Told
from cases.policy.values import ChannelIfAny, Hold, Section, ZoneIfAny


def _several(written: Any) -> Any:
    return (written,) if isinstance(written, str) else written


def _named(names: tuple[str, ...]) -> tuple[str, ...]:
    if not all(name.strip() for name in names):
        raise ValueError('must be a question\'s title, a column or a path, for instance "What went wrong?"')
    return names


Names = Annotated[tuple[str, ...], BeforeValidator(_several), AfterValidator(_named)]
"""A question by its title, ref or id, a column, a dotted path or its end; or several of them."""

_OURS = frozenset(Means) - {
    Means.SCALE,
    Means.FIRST_NAME,
    Means.LAST_NAME,
    Means.SOURCE,
    Means.NOTHING,
    Means.HANDED_OVER,
    Means.DOUBTED,
}


class Source(Section):
    """One source. `kind` is its envelope, `signed` how it proves itself; empty: the kind of its name, else any object, and the kind's own way.

    The other names are fields of feedback, each with the questions that tell it. `scale` is the best answer of the rating;
    `worst_to_best` its answers in words, counted from 1. `channel` is where its cases stand, empty: the default one;
    `hold` is how long a rating waits for the words that come after it.
    """

    kind: str = ""
    signed: str = ""
    rating: Names = ()
    scale: float | None = Field(default=None, gt=0)
    worst_to_best: tuple[str, ...] = ()
    comment: Names = ()
    name: Names = ()
    email: Names = ()
    phone: Names = ()
    customer_id: Names = ()
    order_ref: Names = ()
    subject: Names = ()
    occasion: Names = ()
    occasion_at: Names = ()
    contact_ok: Names = ()
    locale: Names = ()
    public_url: Names = ()
    external_id: Names = ()
    occurred_at: Names = ()
    dates: Order | None = None
    timezone: ZoneIfAny = ""
    channel: ChannelIfAny = ""
    hold: Hold = timedelta()

    @model_validator(mode="after")
    def _one_scale(self) -> Source:
        if self.scale is not None and self.worst_to_best:
            raise ValueError("scale and worst_to_best say the same in two ways; write one of them")
        return self

    @cached_property
    def questions(self) -> tuple[tuple[Means, str], ...]:
        """Those that the team names, each with what it means."""
        return tuple((field, question) for field in Means if field in _OURS for question in getattr(self, field))

    def told(self, name: str, team_zone: ZoneInfo) -> Told:
        """What this tells whoever reads the source of that name; `team_zone` is of times without one, where it names none."""
        zone = ZoneInfo(self.timezone) if self.timezone else team_zone
        return Told(
            name, self.questions, self.scale, self.worst_to_best, self.dates, zone, channel=self.channel, hold=self.hold
        )
