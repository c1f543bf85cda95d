"""The digest's picture: four weeks of new, contacted and waiting customers, drawn for a telephone and told in words.

It has a dark ground of its own, so that it reads alike in Slack's light and dark themes. Shown as wide as a telephone, its
letters are as large as the message's.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cases.figures.series import Series
from handlers.cards import words
from handlers.cards.mrkdwn import day, fill, unmarked

if TYPE_CHECKING:
    from PIL import ImageDraw

NAME = "four-weeks.png"
WIDTH, HEIGHT = 1200, 900  # px
_FINE = 2  # drawn so much larger and then reduced, for smooth edges
_GROUND, _INK, _FAINT, _LINE = "#1f2530", "#f2f4f8", "#a9b3c4", "#3a4354"
_NEW, _CONTACTED, _WAITING = "#ffa94d", "#4dc4ff", "#ffe066"  # told apart without red and green, and by their shapes
_MARGIN, _TYPE, _SMALL = 60, 54, 44
_BARS_FROM, _BARS_TO, _WAITING_FROM, _WAITING_TO = 236, 500, 612, 784
_AREA = "#5c5738"


def alt_text(series: Series) -> str:
    """What the picture shows, week by week, for whoever cannot see it. Plain text, well below 1,000 characters."""
    most = max(series.waiting)
    return unmarked(
        fill(
            words.CHART_ALT,
            first=series.days[0],
            last=series.days[-1],
            new=_in_words(_weeks(series.new)),
            contacted=_in_words(_weeks(series.contacted)),
            waiting=_in_words(series.waiting[6::7]),
            most=most,
            most_on=day(series.days[series.waiting.index(most)]),
        )
    )


def _weeks(figures: Sequence[int]) -> list[int]:
    return [sum(figures[start : start + 7]) for start in range(0, len(figures), 7)]


def _in_words(figures: Iterable[int]) -> str:
    return ", ".join(str(figure) for figure in figures)


def draw(series: Series) -> bytes:
    """The picture as PNG."""
    from PIL import Image, ImageDraw  # a worker needs it once a day, everything else never

    picture = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), _GROUND)
    _Drawing(ImageDraw.Draw(picture), series).all()
    out = io.BytesIO()
    picture.reduce(_FINE).save(out, "PNG")  # finer filters and packing: four times as long, for twice as many bytes
    return out.getvalue()


class _Drawing:
    """Draws on a canvas, in pixels of the finished picture."""

    def __init__(self, canvas: ImageDraw.ImageDraw, series: Series) -> None:
        self.canvas, self.series = canvas, series
        self.step = (WIDTH - 2 * _MARGIN) / len(series.days)

    def all(self) -> None:
        series = self.series
        highest = max(*series.new, *series.contacted)
        self._text(_MARGIN, 40, words.CHART_TITLE, _TYPE, _INK)
        left = self._legend(_MARGIN, _NEW, words.CHART_NEW, sum(series.new))
        self._legend(left, _CONTACTED, words.CHART_CONTACTED, sum(series.contacted))
        self._scale(_BARS_FROM, _BARS_TO, highest)
        self._bars(series.new, _NEW, 0.1, highest)
        self._bars(series.contacted, _CONTACTED, 0.52, highest)
        self._legend(_MARGIN, _WAITING, words.CHART_WAITING, series.waiting[-1], top=_WAITING_FROM - 74)
        self._scale(_WAITING_FROM, _WAITING_TO, max(series.waiting))
        self._area(series.waiting)
        self._days()

    def _legend(self, left: float, colour: str, name: str, figure: int, *, top: float = _BARS_FROM - 84) -> float:
        """A name with its colour and its figure; returns where the next one may begin."""
        said = f"{name}  {figure:,}"
        self._box(left, top + 10, left + 36, top + 46, colour)
        self._text(left + 56, top, said, _SMALL, _INK)
        return left + 56 + self.canvas.textlength(said, font=self._font(_SMALL)) / _FINE + 70

    def _scale(self, top: float, bottom: float, highest: int) -> None:
        """Two lines are enough to read a height by: nothing, and the most there was."""
        for y in (top, bottom):
            self._box(_MARGIN, y, WIDTH - _MARGIN, y + 2, _LINE)
        self._text(WIDTH - _MARGIN, top - 56, f"{highest:,}", _SMALL, _FAINT, right=True)

    def _bars(self, figures: Sequence[int], colour: str, offset: float, highest: int) -> None:
        for index, figure in enumerate(figures):
            left = _MARGIN + (index + offset) * self.step
            height = (_BARS_TO - _BARS_FROM) * figure / max(highest, 1)
            self._box(left, _BARS_TO - height, left + 0.38 * self.step, _BARS_TO, colour)

    def _area(self, figures: Sequence[int]) -> None:
        highest = max(*figures, 1)
        tops = [_WAITING_TO - (_WAITING_TO - _WAITING_FROM) * figure / highest for figure in figures]
        edge = [(_MARGIN + (index + 0.5) * self.step, top) for index, top in enumerate(tops)]
        ground = [(edge[-1][0], _WAITING_TO), (edge[0][0], _WAITING_TO)]
        self.canvas.polygon(self._scaled([*edge, *ground]), fill=_AREA)
        self.canvas.line(self._scaled(edge), fill=_WAITING, width=6 * _FINE, joint="curve")

    def _days(self) -> None:
        """One date for each week, below the day it names."""
        for index in range(0, len(self.series.days), 7):
            on = self.series.days[index]
            self._box(
                _MARGIN + index * self.step, _WAITING_TO, _MARGIN + index * self.step + 2, _WAITING_TO + 16, _FAINT
            )
            self._text(_MARGIN + index * self.step, _WAITING_TO + 22, f"{on.day} {on:%b}", _SMALL, _FAINT)

    def _box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        if bottom > top:
            self.canvas.rectangle(self._scaled([(left, top), (right, bottom)]), fill=colour)

    def _scaled(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * _FINE, y * _FINE) for x, y in points]

    def _text(self, x: float, y: float, text: str, size: int, colour: str, *, right: bool = False) -> None:
        anchor = "ra" if right else "la"
        self.canvas.text((x * _FINE, y * _FINE), text, fill=colour, font=self._font(size), anchor=anchor)

    def _font(self, size: int) -> Any:
        from PIL import ImageFont

        return ImageFont.load_default(size * _FINE)
