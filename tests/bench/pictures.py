"""Plots for the page of benchmarks; the only module that knows matplotlib."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

_INK, _QUIET = "#1f2937", "#9ca3af"


def lines(curves: Mapping[str, Mapping[int, float]], file: Path, *, x: str, y: str) -> None:
    """One line for each curve, both axes logarithmic, each named at its end."""
    figure, axes = pyplot.subplots(figsize=(8, 4.2))
    for name, points in curves.items():
        axes.plot(list(points), list(points.values()), marker="o", markersize=4, label=name)
    axes.set(xscale="log", yscale="log", xlabel=x, ylabel=y)
    axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1.0, 0.5))
    _save(figure, axes, file)


def bars(rates: Mapping[str, float], file: Path, *, x: str) -> None:
    """A bar for each contender, the first in colour."""
    figure, axes = pyplot.subplots(figsize=(8, 0.55 * len(rates) + 1))
    names = list(rates)[::-1]
    shades = ["#2563eb" if name == next(iter(rates)) else _QUIET for name in names]
    drawn = axes.barh(names, [rates[name] for name in names], color=shades)
    axes.bar_label(drawn, fmt="{:,.0f}", padding=4, fontsize=9)
    axes.set(xlabel=x)
    _save(figure, axes, file)


def _save(figure: pyplot.Figure, axes: pyplot.Axes, file: Path) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8, colors=_INK)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, bbox_inches="tight", dpi=130, metadata={"Date": None} if file.suffix == ".svg" else None)
    pyplot.close(figure)
