"""Which cases are asked about: those of one channel, or of all but some; never those that were invented for practice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from store import tables as t

_c = t.cases.c


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cases count: those of the channel `only` if there is one, and never those of the channels `but`."""

    only: str | None = None
    but: tuple[str, ...] = ()

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """For a query of cases."""
        only = (_c.channel == self.only,) if self.only is not None else ()
        return (t.is_real, *only, *((_c.channel.not_in(self.but),) if self.but else ()))


ALL = Scope()
