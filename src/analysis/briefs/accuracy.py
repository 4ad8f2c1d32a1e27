"""Pictures of targeting accuracy for the analyst's notebooks: coverage by desil, terms, curves, funnel.

Every one is agreement with the register's desil unless it says survey or ground check; its alt text says so too.
"""

import numpy as np
import pandas as pd

from analysis.briefs.drawing import ACCENT, BASE, INK, PALE, SOFT, as_svg, canvas
from analysis.notation import number, percent

AGREEMENT = "Menurut desil register: kesepakatan dengan peringkatnya sendiri, bukan kemiskinan."
# Colour-blind safe, dark to light; a marker beside each colour, so that it is never colour alone.
_LINES = (
    ("#0b4f6c", "o"),
    ("#b34700", "s"),
    ("#4d9a9a", "^"),
    ("#8a5a9c", "D"),
    ("#7a7f1f", "v"),
    ("#5a6b76", "P"),
)
_MOST_NAMED = 9  # names a funnel has room for
_TERMS = {
    "suku_syarat": ("Syarat program", "#c3d7e0", ""),
    "suku_kuota": ("Kuota", "#6fa0b6", ""),
    "suku_peringkat": ("Peringkat", "#f0c39e", "///"),
    "suku_pelaksanaan": ("Pelaksanaan", "#b34700", ""),
}


def coverage_lines(table: pd.DataFrame) -> tuple[str, str]:
    """Share receiving by desil, a line a programme; `table`: programme, desil, cakupan. (svg, alt text)."""
    told = []
    with canvas(7.0, 3.2) as (figure, axes):
        for place, (name, part) in enumerate(table.groupby("programme", sort=False)):
            colour, mark = _LINES[place % len(_LINES)]
            axes.plot(
                part["desil"],
                part["cakupan"],
                marker=mark,
                color=colour,
                linewidth=1.8,
                markersize=4.5,
                label=name,
            )
            told.append(
                f"{name}: desil 1 {percent(part['cakupan'].iloc[0], 0)}, desil 10 {percent(part['cakupan'].iloc[-1], 0)}"
            )
        axes.set_xticks(range(1, 11), [str(desil) for desil in range(1, 11)])
        axes.set_xlabel("Desil DTSEN")
        percent_axis(axes.yaxis, float(table["cakupan"].max()))
        axes.set_ylim(bottom=0)
        axes.grid(axis="y", color=PALE)
        _beside(axes)
        return as_svg(figure), f"Cakupan menurut desil. {'; '.join(told)}. {AGREEMENT}"


def term_bars(table: pd.DataFrame, label: str = "programme") -> tuple[str, str]:
    """Exclusion taken apart, a bar a row; negative terms stand left of zero. `table`: `label`, suku_…, salah_eksklusi."""
    told, terms = [], [name for name in _TERMS if name in table.columns]
    with canvas(7.0, 0.9 + 0.42 * len(table)) as (figure, axes):
        for place, (_, row) in enumerate(table.iterrows()):
            right = left = 0.0
            for name in terms:
                word, colour, hatch = _TERMS[name]
                value = float(row[name])
                start = right if value >= 0 else left
                axes.barh(place, value, left=start, height=0.66, color=colour, hatch=hatch, edgecolor="white", linewidth=0.7,
                          label=word if place == 0 else None)  # fmt: skip
                right, left = (right + value, left) if value >= 0 else (right, left + value)
                _inside(axes, start + value / 2, place, value, name == "suku_pelaksanaan")
            axes.plot(
                [row["salah_eksklusi"]] * 2, [place - 0.4, place + 0.4], color=INK, linewidth=1.6
            )
            axes.text(
                max(right, row["salah_eksklusi"]) + 0.012,
                place,
                percent(row["salah_eksklusi"]),
                va="center",
                fontsize=8,
                weight=600,
            )
            parts = ", ".join(
                f"{_TERMS[name][0].lower()} {number(100 * row[name], 1)}" for name in terms
            )
            told.append(f"{row[label]} {percent(row['salah_eksklusi'])} ({parts})")
        axes.axvline(0, color=SOFT, linewidth=0.8)
        axes.set_yticks(range(len(table)), table[label])
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.margins(x=0.09)
        figure.legend(frameon=False, ncols=len(terms), loc="outside upper left", fontsize=8)
        return as_svg(
            figure
        ), f"Salah eksklusi menurut sebab, persen poin. {'; '.join(told)}. {AGREEMENT}"


def _inside(axes, x: float, place: int, value: float, dark: bool) -> None:
    if abs(value) >= 0.05:
        axes.text(
            x,
            place,
            number(100 * value, 1),
            ha="center",
            va="center",
            fontsize=7.4,
            color="white" if dark else INK,
        )


def concentration_curves(table: pd.DataFrame) -> tuple[str, str]:
    """Share of benefit against share of people from the poorest on; above the diagonal: progressive."""
    told = []
    with canvas(5.6, 3.9) as (figure, axes):
        axes.plot([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle="--", label="sama rata")
        for place, (name, part) in enumerate(table.groupby("programme", sort=False)):
            colour, mark = _LINES[place % len(_LINES)]
            axes.plot(
                part["population"],
                part["benefit"],
                color=colour,
                marker=mark,
                markersize=3.5,
                linewidth=1.7,
                label=name,
            )
            at = float(np.interp(0.4, part["population"], part["benefit"]))
            told.append(f"{name}: 40% terbawah menerima {percent(at, 0)}")
        for axis, word in (
            (axes.xaxis, "Bagian keluarga atau jiwa, dari desil 1"),
            (axes.yaxis, "Bagian manfaat"),
        ):
            percent_axis(axis, 1.0)
            axis.set_label_text(word)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.02)
        axes.grid(color=PALE)
        _beside(axes)
        return as_svg(figure), f"Kurva konsentrasi. {'; '.join(told)}. {AGREEMENT}"


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


def percent_axis(axis, highest: float, lowest: float = 0.0) -> None:
    """Ticks in whole per cent, from 0 unless `lowest` says that the axis begins higher."""
    span = highest - lowest
    step = next(
        (step for step, most in ((0.02, 0.12), (0.05, 0.3), (0.1, 0.6)) if span <= most), 0.2
    )
    if lowest == 0:
        step = max(step, 0.1)
    marks = np.arange(np.floor(lowest / step + 1e-9) * step, highest + step * 0.999, step)
    axis.set_ticks(marks, [percent(mark, 0) for mark in marks])


def _beside(axes) -> None:
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5), fontsize=8)
