"""The funnel of kelurahan: shares by size of their target, beside what chance alone would make of them."""

import numpy as np
import pandas as pd

from analysis.briefs.colours import ACCENT, BASE, PALE, SOFT
from analysis.briefs.pictures.accuracy import AGREEMENT, percent_axis
from analysis.briefs.pictures.drawing import as_svg, canvas, word_at
from analysis.notation import number, percent

_MOST_NAMED = 9  # names a funnel has room for


def funnel(table: pd.DataFrame, deviations: float) -> tuple[str, str]:
    """A dot a kelurahan by size of its target, with the limits chance alone would keep to; no rank.

    `table`: kelurahan, n, nilai, kota. Those furthest outside the limits are named, the text names all of them.
    """
    whole = float(table["kota"].iloc[0])
    beyond = table[(table["nilai"] - whole).abs() > deviations * _by_chance(whole, table["n"])]
    with canvas(7.0, 4.0) as (figure, axes):
        reach = _limits(axes, table["n"], whole, deviations)
        axes.plot(table["n"], table["nilai"], "o", color=BASE, markersize=5, alpha=0.8)
        axes.plot(beyond["n"], beyond["nilai"], "D", color=ACCENT, markersize=6)
        _name(axes, _furthest(beyond, whole), whole, reach)
        low, high = float(table["nilai"].min()), float(table["nilai"].max())
        axes.set_ylim(max(low - 0.06, -0.02), high + 0.06)
        percent_axis(axes.yaxis, high, low)
        axes.set_xlabel("Sasaran di kelurahan (keluarga atau jiwa)")
        axes.grid(axis="y", color=PALE)
        svg = as_svg(figure)
    outside = [f"{row.kelurahan} {percent(row.nilai)}" for row in beyond.itertuples()]
    return svg, (
        f"Corong {len(table)} kelurahan, kota {percent(whole)}; di luar {number(deviations, 1)} simpangan baku: "
        f"{', '.join(outside) or 'tidak ada'}. {AGREEMENT}"
    )


def _by_chance(whole: float, n: pd.Series | np.ndarray) -> pd.Series | np.ndarray:
    """Standard deviation of a share of `n` units drawn from the city."""
    return np.sqrt(whole * (1 - whole) / n)


def _limits(axes, sizes: pd.Series, whole: float, deviations: float) -> float:
    """The city's line and the limits around it; how far they reach along the sizes."""
    grid = np.linspace(max(float(sizes.min()) * 0.85, 1), float(sizes.max()) * 1.08, 120)
    width = deviations * _by_chance(whole, grid)
    low, high = np.clip(whole - width, 0, 1), np.clip(whole + width, 0, 1)
    axes.fill_between(grid, low, high, color=PALE, linewidth=0)
    axes.axhline(whole, color=SOFT, linewidth=1, linestyle="--")
    said = f"kota {percent(whole)}"
    axes.text(grid[-1], whole, said, ha="right", va="bottom", fontsize=8, color=SOFT)
    axes.set_xlim(grid[0], grid[-1])
    return grid[-1] - grid[0]


def _name(axes, named: pd.DataFrame, whole: float, reach: float) -> None:
    """Names above or below their dots; to the left where another stands close on the right."""
    for row in named.itertuples():
        near = (named["n"] - row.n).abs() < 0.05 * reach
        beside = near & ((named["nilai"] - row.nilai).abs() < 0.03) & (named["n"] > row.n)
        above = (0, 6 if row.nilai > whole else -12)
        at, side = ((-7, -2), "right") if beside.any() else (above, "center")
        word_at(axes, row.kelurahan, (row.n, row.nilai), at, fontsize=7.4, ha=side)


def _furthest(beyond: pd.DataFrame, whole: float) -> pd.DataFrame:
    """The few whose names have room: furthest from the city, measured as chance would be."""
    distance = (beyond["nilai"] - whole).abs() * np.sqrt(beyond["n"])
    return beyond.loc[distance.nlargest(_MOST_NAMED).index]
