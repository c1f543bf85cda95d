"""A replay as one page that needs nothing else: no network, no script; each table beside its plot, by day or by night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from handlers.terminal.replay_tables import Table, tables
from handlers.terminal.replay_words import Replayed, assumed, differences, headline, left_over, settings_apart, when

_STYLE = Path(__file__).with_name("replay_page.css")
_WIDE = 420  # of a plot, in its own units: those of its text, so that it can be read on a telephone
_LABEL, _BAR, _GAP = 20, 14, 12  # heights in a plot of bars
_HIGH = 190  # of a plot of columns, without what stands below it
_ROOM = 56  # at the right of a bar, for its number
_NAME = 54  # at least, below a column
_NUMBERS = 13  # columns over which their numbers find room


def page(replayed: Replayed, now: datetime) -> str:
    """The whole page, as UTF-8 HTML."""
    title = f"{replayed.file}: what would it have looked like?"
    dates = f"{when(replayed)}, replayed on {now.day} {now:%B %Y}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="dates">{escape(dates)}</p>',
        *(f'<p class="lead">{escape(each)}</p>' for each in headline(replayed)),
        _listed(f"With {list(replayed.policies)[-1]}", differences(replayed)),
        _listed("Where the policies differ", settings_apart(replayed)),
        *(_section(table) for table in tables(replayed.figures)),
        _listed("What this assumes", assumed(replayed)),
        _listed("What was left out", left_over(replayed)),
    ]
    return _PAGE.format(title=escape(title), style=_STYLE.read_text("utf-8"), body="\n".join(filter(None, parts)))


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _listed(title: str, sentences: Iterator[str]) -> str:
    items = "\n".join(f"<li>{escape(each)}</li>" for each in sentences)
    return f"<section><h2>{escape(title)}</h2>\n<ul>\n{items}\n</ul></section>" if items else ""


def _section(table: Table) -> str:
    plot = _PLOTS[table.plot](table) if table.rows else ""
    return (
        f"<section><h2>{escape(table.title)}</h2>\n<p>{escape(table.said)}</p>\n"
        f'<div class="both">\n{plot}\n{_drawn(table)}\n</div></section>'
    )


def _drawn(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(label)}</th>{"".join(f"<td>{number:,}</td>" for number in numbers)}</tr>'
        for label, numbers in table.rows
    )
    top = f"<thead><tr><th></th>{heads}</tr></thead>\n" if len(table.heads) > 1 else ""
    return f'<div class="table"><table>\n{top}<tbody>\n{rows}\n</tbody></table></div>'


# Plots


def _svg(table: Table, height: float, shapes: Sequence[str], names: Sequence[str]) -> str:
    """A picture with its legend, where there is more than one policy; what it shows stands in the table too."""
    drawing = "\n".join(shapes)
    picture = (
        f'<svg viewBox="0 0 {_WIDE} {height:.0f}" role="img" aria-label="{escape(table.title)}">\n{drawing}\n</svg>'
    )
    keys = "".join(
        f'<span><i class="series-{series}"></i>{escape(name)}</span>'
        for series, name in enumerate(names)
        if len(names) > 1
    )
    return f"<figure>{f'<figcaption>{keys}</figcaption>' if keys else ''}{picture}</figure>"


def _bars(table: Table) -> str:
    """A bar for each number, below the name of its row."""
    most = _most(table)
    shapes, y = [], 0.0
    for label, numbers in table.rows:
        shapes.append(_text(0, y + _LABEL - 6, label))
        y += _LABEL
        for series, number in enumerate(numbers):
            width = (_WIDE - _ROOM) * number / most
            shapes.append(
                f'<rect class="series-{series}" x="0" y="{y:.1f}" width="{width:.1f}" height="{_BAR - 2}" rx="2"/>'
            )
            shapes.append(_text(width + 6, y + _BAR - 3, f"{number:,}", "number"))
            y += _BAR
        y += _GAP - _BAR / 2
    return _svg(table, y, shapes, table.heads)


def _columns(table: Table) -> str:
    """A column for each number, beside those of its row."""
    most, slot = _most(table), _WIDE / max(len(table.rows), 1)
    many = max(len(table.heads), 1)
    width = slot * 0.8 / many
    shapes = [f'<line class="axis" x1="0" x2="{_WIDE}" y1="{_HIGH}" y2="{_HIGH}"/>']
    every = -(-len(table.rows) * _NAME // _WIDE)  # a name below every so manieth
    for place, (label, numbers) in enumerate(table.rows):
        left = place * slot + slot * 0.1
        for series, number in enumerate(numbers):
            height = (_HIGH - 20) * number / most
            x = left + series * width
            shapes.append(
                f'<rect class="series-{series}" x="{x:.1f}" y="{_HIGH - height:.1f}" width="{max(width - 1, 1):.1f}" height="{height:.1f}"/>'
            )
            if len(table.rows) * many <= _NUMBERS:
                shapes.append(_text(x + width / 2, _HIGH - height - 4, f"{number:,}", "number middle"))
        if place % every == 0:
            shapes.append(_text(left + slot * 0.4, _HIGH + 18, label, "middle"))
    if len(table.rows) * many > _NUMBERS:
        shapes.append(_text(0, 12, f"at most {most:,}", "number"))
    return _svg(table, _HIGH + 26, shapes, table.heads)


def _spans(table: Table) -> str:
    """A line up to the most, a bar to what 95 in 100 stay within, and a mark at the median."""
    scale = (_WIDE - _ROOM) / _most(table)
    shapes, y = [], 0.0
    for label, numbers in table.rows:
        median, p95, most = (number * scale for number in numbers)
        top, middle = y + _LABEL, y + _LABEL + _BAR / 2 - 1
        shapes += [
            _text(0, top - 6, label),
            f'<line class="whisker" x1="0" x2="{most:.1f}" y1="{middle:.1f}" y2="{middle:.1f}"/>',
            f'<rect class="series-0" x="0" y="{top:.1f}" width="{p95:.1f}" height="{_BAR - 2}" rx="2"/>',
            f'<line class="median" x1="{median:.1f}" x2="{median:.1f}" y1="{top - 1:.1f}" y2="{top + _BAR - 1:.1f}"/>',
            _text(most + 6, top + _BAR - 3, f"{numbers[-1]:,}", "number"),
        ]
        y = top + _BAR + _GAP / 2
    shapes.append(_text(0, y + 14, "mark: median · bar: 95 in 100 days · line: the most", "number"))
    return _svg(table, y + 18, shapes, ())


_PLOTS = {"bars": _bars, "columns": _columns, "spans": _spans}


def _most(table: Table) -> int:
    return max((number for _, numbers in table.rows for number in numbers), default=0) or 1


def _text(x: float, y: float, said: str, kind: str = "") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(said)}</text>'
