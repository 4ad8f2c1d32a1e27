"""UpSet plot: which programmes meet, how often, and what the rules say; drawn from counts, never from persons."""

import pandas as pd

from analysis.briefs.colours import ACCENT, BASE, INK, LIGHT, LINE, MIDDLE, PALE, SOFT, TINT, WARM
from analysis.briefs.pictures.drawing import as_svg, canvas
from analysis.notation import number

# Verdicts from light to grave; a hatch beside the colour, so that it is never colour alone.
VERDICTS = {
    "": (LIGHT, ""), "komplementer": (MIDDLE, ""), "bersyarat": (TINT, "///"),
    "perlu_klarifikasi": (WARM, "\\\\\\"), "belum_diatur": ("#9aa7b0", "..."), "dilarang": (ACCENT, "xxx"),
}  # fmt: skip
_MARKS = {
    "bersyarat": "#c98a4b",
    "perlu_klarifikasi": WARM,
    "belum_diatur": "#6b7780",
    "dilarang": ACCENT,
}


def upset(
    table: pd.DataFrame, labels: dict[str, str], verdicts: dict[str, str], most: int = 15
) -> tuple[str, str]:
    """Bars of the most frequent combinations over a grid of their programmes; (svg, alt text).

    `table`: columns programmes ('a+b'), count (NaN = held back, left out), verdict ('' for one programme).
    `labels` names programmes, `verdicts` names verdicts; rows beyond `most` are told in the alt text.
    """
    drawn = table[table["count"].notna() & (table["programmes"] != "")]
    drawn = drawn.sort_values(["count", "programmes"], ascending=[False, True], ignore_index=True)
    shown, rest = drawn.head(most), drawn.iloc[most:]
    names = _names(shown)
    with canvas(7.0, 1.6 + 0.23 * len(names) + 1.2) as (figure, axes):
        axes.remove()
        bars, grid = figure.subplots(
            2, 1, sharex=True, height_ratios=[2.4, 0.32 * len(names) + 0.4]
        )
        _bars(bars, shown, verdicts)
        _grid(grid, shown, names, labels)
        told = [
            f"{_said(held, labels)}: {number(count)}"
            for held, count in zip(shown["programmes"], shown["count"], strict=True)
        ]
        more = f"; {len(rest)} gabungan lain: {number(rest['count'].sum())}" if len(rest) else ""
        return as_svg(figure), "Gabungan program menurut banyaknya. " + "; ".join(told) + more + "."


def _names(shown: pd.DataFrame) -> list[str]:
    """Programmes from the most to the least frequent."""
    totals: dict[str, float] = {}
    for held, count in zip(shown["programmes"], shown["count"], strict=True):
        for name in held.split("+"):
            totals[name] = totals.get(name, 0) + count
    return sorted(totals, key=lambda name: (-totals[name], name))


def _bars(axes, shown: pd.DataFrame, verdicts: dict[str, str]) -> None:
    seen: set[str] = set()
    for place, (count, verdict) in enumerate(zip(shown["count"], shown["verdict"], strict=True)):
        colour, hatch = VERDICTS.get(verdict, VERDICTS[""])
        label = None if verdict in seen else verdicts.get(verdict, "satu program")
        seen.add(verdict)
        axes.bar(
            place,
            count,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            linewidth=0.6,
            width=0.74,
            label=label,
        )
        axes.text(place, count, number(count), ha="center", va="bottom", fontsize=7, color=INK)
    axes.set_yticks([])
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    axes.margins(y=0.14)
    if seen:
        axes.legend(frameon=False, fontsize=7.6, loc="upper right", handlelength=1.4)


def _grid(axes, shown: pd.DataFrame, names: list[str], labels: dict[str, str]) -> None:
    for line, _ in enumerate(names):
        if line % 2 == 0:
            axes.axhspan(line - 0.5, line + 0.5, color=PALE, zorder=0)
    for place, (held, verdict) in enumerate(
        zip(shown["programmes"], shown["verdict"], strict=True)
    ):
        colour = _MARKS.get(verdict, BASE)  # a bar may be too low to show its colour
        lines = [names.index(name) for name in held.split("+")]
        axes.plot(
            [place] * len(names), range(len(names)), "o", color=LINE, markersize=4.5, zorder=1
        )
        axes.plot([place, place], [min(lines), max(lines)], color=colour, linewidth=1.8, zorder=2)
        axes.plot([place] * len(lines), lines, "o", color=colour, markersize=5.5, zorder=3)
    axes.set_yticks(range(len(names)), [labels.get(name, name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", labelcolor=SOFT, length=0)


def _said(held: str, labels: dict[str, str]) -> str:
    return " dan ".join(labels.get(name, name) for name in held.split("+"))
