"""Pictures of groups, intervals and calibration for the analyst's notebooks."""

import numpy as np
import pandas as pd

from analysis.briefs.colours import BASE, LINE, PALE, SOFT
from analysis.briefs.pictures.accuracy import AGREEMENT, percent_axis
from analysis.briefs.pictures.drawing import as_svg, behind, canvas, word_at
from analysis.notation import number, percent

_RING = {"markerfacecolor": "none", "markeredgecolor": BASE, "markersize": 8.5, "markeredgewidth": 1.1}  # fmt: skip
_FULL = {"color": BASE, "markersize": 4.5}
_DIMENSIONS = {
    "kepala": "Kepala keluarga", "disabilitas": "Disabilitas", "umur": "Umur", "ukuran": "Ukuran keluarga",
}  # fmt: skip


def group_dots(table: pd.DataFrame) -> tuple[str, str]:
    """Counted (ring) and shrunken (full) value of each group, the axis as wide as they are apart; `table`: dimensi, kelompok, nilai, menyusut, cukup."""
    told, ticks, place = [], [], 0.0
    height = 0.8 + 0.24 * (len(table) + 0.6 * table["dimensi"].nunique())
    with canvas(7.0, height) as (figure, axes):
        for dimension, part in table.groupby("dimensi", sort=False):
            word = _DIMENSIONS.get(dimension, dimension)
            for row in part.itertuples():
                few = "" if row.cukup else " (terlalu sedikit)"
                if row.cukup:  # of too few no dot is drawn: it would be read
                    _two_dots(axes, place, row)
                ticks.append((place, f"{word}: {row.kelompok}{few}"))
                told.append(f"{word} {row.kelompok} {percent(row.menyusut)}{few}")
                place += 1
            place += 0.6
        axes.plot([], [], "o", label="dihitung", **_RING)
        axes.plot([], [], "o", label="sesudah penyusutan (yang dikutip)", **_FULL)
        figure.legend(frameon=False, ncols=2, loc="outside upper left", fontsize=8)
        axes.set_yticks([at for at, _ in ticks], [text for _, text in ticks])
        axes.set_ylim(place - 0.6, -0.8)
        shown = table.loc[table["cukup"], ["nilai", "menyusut"]].to_numpy(dtype=float)
        if shown.size:
            low, high = float(shown.min()), float(shown.max())
            percent_axis(axes.xaxis, high, low)
            axes.set_xlim(low - 0.02, high + 0.02)
        behind(axes)
        svg = as_svg(figure)
    return svg, f"Menurut kelompok, sesudah penyusutan. {'; '.join(told)}. {AGREEMENT}"


def _two_dots(axes, place: float, row) -> None:
    """As counted and as shrunken, joined by a line."""
    axes.plot([row.nilai, row.menyusut], [place] * 2, color=LINE, linewidth=1.4, zorder=1)
    axes.plot(row.menyusut, place, "o", zorder=2, **_FULL)
    axes.plot(row.nilai, place, "o", zorder=3, **_RING)


def interval_dots(
    table: pd.DataFrame, label: str, value: str = "nilai", low: str = "bawah", high: str = "atas", note: str = "",
) -> tuple[str, str]:  # fmt: skip
    """A dot with its interval a row; `table`: `label` and three columns. For surveys and ground checks."""
    told = []
    with canvas(7.0, 0.7 + 0.36 * len(table)) as (figure, axes):
        for place, (_, row) in enumerate(table.iterrows()):
            ends, at, span = [row[low], row[high]], row[value], ""
            if pd.notna(row[low]):
                look = {"linewidth": 2.4, "alpha": 0.5, "solid_capstyle": "butt"}
                axes.plot(ends, [place, place], color=BASE, **look)
                span = f" ({percent(row[low])}–{percent(row[high])})"
            axes.plot(at, place, "o", color=BASE, markersize=6)
            word_at(axes, percent(at), (at, place), (0, 6), ha="center", fontsize=7.4)
            told.append(f"{row[label]} {percent(at)}{span}")
        axes.set_yticks(range(len(table)), table[label])
        axes.set_ylim(len(table) - 0.5, -0.8)
        percent_axis(axes.xaxis, float(np.nanmax(table[[value, high]].to_numpy(dtype=float))))
        axes.axvline(0, color=SOFT, linewidth=0.8)
        behind(axes)
        svg = as_svg(figure)
    return svg, f"Perkiraan dengan selang 95% bila dihitung. {'; '.join(told)}. {note}".strip()


def calibration_line(table: pd.DataFrame) -> tuple[str, str]:
    """Predicted against true geometric mean of welfare in each tenth of the score; on the line: well calibrated."""
    told = np.exp(table[["ramalan", "nyata"]]) / 1000
    low, high = float(told.to_numpy().min()) * 0.93, float(told.to_numpy().max()) * 1.07
    with canvas(5.2, 3.8) as (figure, axes):
        axes.plot([low, high], [low, high], color=SOFT, linewidth=1, linestyle="--", label="tepat")
        axes.plot(
            told["ramalan"],
            told["nyata"],
            "o",
            color=BASE,
            markersize=5.5,
            label="sepersepuluh skor",
        )
        axes.set_xscale("log")
        axes.set_yscale("log")
        for axis, word in ((axes.xaxis, "Ramalan"), (axes.yaxis, "Nyata")):
            _thousands(axis, low, high)
            axis.set_label_text(f"{word} (ribu rupiah per orang sebulan)")
        axes.set_xlim(low, high)
        axes.set_ylim(low, high)
        axes.grid(color=PALE)
        axes.legend(frameon=False, loc="upper left", fontsize=8)
        gap = float((told["nyata"] / told["ramalan"] - 1).abs().max())
        return (
            as_svg(figure),
            f"Kalibrasi menurut sepersepuluh skor, rata-rata ukur; nyata menyimpang paling jauh {percent(gap)} dari ramalan.",
        )


def _thousands(axis, low: float, high: float) -> None:
    """Round marks of a logarithmic axis."""
    marks = [lead * 10**power for power in range(1, 6) for lead in (1, 2, 3, 5, 7)]
    shown = [mark for mark in marks if low <= mark <= high]
    axis.set_ticks(shown, [number(mark) for mark in shown])
    axis.set_ticks([], minor=True)
