"""The digest's picture: what it says in words, and that it can be drawn whatever the figures are."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from cases.figures.series import CHART_DAYS, Series, days_before
from handlers.cards import chart

DAYS = days_before(date(2026, 1, 5))


def series(new: int = 3, contacted: int = 2, waiting: int = 5) -> Series:
    return Series(DAYS, *((figure,) * CHART_DAYS for figure in (new, contacted, waiting)))


def drawn(of: Series) -> Image.Image:
    return Image.open(io.BytesIO(chart.draw(of))).convert("RGB")


def colours(picture: Image.Image) -> set[str]:
    """Every colour that covers more of the picture than its square in the legend."""
    found = picture.getcolors(1_000_000) or []
    return {"#{:02x}{:02x}{:02x}".format(*colour) for count, colour in found if count > 37 * 37}  # type: ignore[misc]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_tell_the_figures_week_by_week() -> None:
    waiting = (*(range(27)), 4)
    told = chart.alt_text(Series(DAYS, (1,) * 28, (0,) * 27 + (30,), waiting))
    assert told == (
        "The last four weeks, from Monday, December 8th, 2025 to Sunday, January 4th, 2026, week by week. New cases: 7, 7, 7, 7. "
        "Contacted: 0, 0, 0, 30. Still waiting for us at the end of the week: 6, 13, 20, 4. "
        "Most waiting at the end of a day: 26, on Saturday, January 3rd, 2026."
    )


def test_words_stay_short_enough_for_a_file() -> None:
    assert len(chart.alt_text(series(*(10_000_000,) * 3))) < 1000


def test_picture_is_a_png_as_large_as_said() -> None:
    content = chart.draw(series())
    assert content.startswith(b"\x89PNG")
    assert Image.open(io.BytesIO(content)).size == (chart.WIDTH, chart.HEIGHT)
    assert len(content) < 200_000


def test_each_of_the_three_figures_is_seen() -> None:
    assert {chart._NEW, chart._CONTACTED, chart._AREA} <= colours(drawn(series()))


@pytest.mark.parametrize(("figures", "missing"), [((0, 2, 5), chart._NEW), ((3, 0, 5), chart._CONTACTED)])
def test_figure_that_is_nought_has_no_bars(figures: tuple[int, int, int], missing: str) -> None:
    assert missing not in colours(drawn(series(*figures)))


@pytest.mark.long
@pytest.mark.parametrize("figures", [(0, 0, 0), (1, 0, 0), (10_000_000,) * 3])
def test_picture_can_be_drawn_of_any_figures(figures: tuple[int, int, int]) -> None:
    assert drawn(series(*figures)).size == (chart.WIDTH, chart.HEIGHT)


@pytest.mark.parametrize("ink", [chart._INK, chart._FAINT, chart._NEW, chart._CONTACTED, chart._WAITING])
def test_everything_stands_out_from_the_ground(ink: str) -> None:
    assert contrast(ink, chart._GROUND) > 4.5
