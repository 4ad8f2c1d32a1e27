"""The funnel of kelurahan: shares by size of their target, beside what chance alone would make of them."""

import numpy as np
import pandas as pd

from analysis.briefs.accuracy import AGREEMENT, percent_axis
from analysis.briefs.drawing import ACCENT, BASE, PALE, SOFT, as_svg, canvas
from analysis.notation import number, percent

_MOST_NAMED = 9  # names a funnel has room for


def funnel(table: pd.DataFrame, deviations: float) -> tuple[str, str]:
    """A dot a kelurahan by size of its target, with the limits chance alone would keep to; no rank.

    `table`: kelurahan, n, nilai, kota. Those furthest outside the limits are named, the text names all of them.
    """
    whole = float(table["kota"].iloc[0])
    grid = np.linspace(max(float(table["n"].min()) * 0.85, 1), float(table["n"].max()) * 1.08, 120)
    width = deviations * np.sqrt(whole * (1 - whole) / grid)
    limit = deviations * np.sqrt(whole * (1 - whole) / table["n"])
    beyond = table[(table["nilai"] - whole).abs() > limit]
    with canvas(7.0, 4.0) as (figure, axes):
        axes.fill_between(
            grid,
            np.clip(whole - width, 0, 1),
            np.clip(whole + width, 0, 1),
            color=PALE,
            linewidth=0,
        )
        axes.axhline(whole, color=SOFT, linewidth=1, linestyle="--")
        axes.text(
            grid[-1],
            whole,
            f"kota {percent(whole)}",
            ha="right",
            va="bottom",
            fontsize=8,
            color=SOFT,
        )
        axes.plot(table["n"], table["nilai"], "o", color=BASE, markersize=5, alpha=0.8)
        axes.plot(beyond["n"], beyond["nilai"], "D", color=ACCENT, markersize=6)
        named = _furthest(beyond, whole)
        for row in named.itertuples():
            above = row.nilai > whole
            near = (named["n"] - row.n).abs() < 0.05 * (grid[-1] - grid[0])
            beside = near & ((named["nilai"] - row.nilai).abs() < 0.03) & (named["n"] > row.n)
            at, side = ((-7, -2), "right") if beside.any() else ((0, 6 if above else -12), "center")
            axes.annotate(
                row.kelurahan,
                (row.n, row.nilai),
                at,
                textcoords="offset points",
                fontsize=7.4,
                ha=side,
            )
        axes.set_xlim(grid[0], grid[-1])
        low, high = float(table["nilai"].min()), float(table["nilai"].max())
        axes.set_ylim(max(low - 0.06, -0.02), high + 0.06)
        percent_axis(axes.yaxis, high, low)
        axes.set_xlabel("Sasaran di kelurahan (keluarga atau jiwa)")
        axes.grid(axis="y", color=PALE)
        listed = (
            ", ".join(f"{row.kelurahan} {percent(row.nilai)}" for row in beyond.itertuples())
            or "tidak ada"
        )
        return as_svg(figure), (
            f"Corong {len(table)} kelurahan, kota {percent(whole)}; di luar {number(deviations, 1)} simpangan baku: {listed}. {AGREEMENT}"
        )


def _furthest(beyond: pd.DataFrame, whole: float) -> pd.DataFrame:
    """The few whose names have room: furthest from the city, measured as chance would be."""
    distance = (beyond["nilai"] - whole).abs() * np.sqrt(beyond["n"])
    return beyond.loc[distance.nlargest(_MOST_NAMED).index]
