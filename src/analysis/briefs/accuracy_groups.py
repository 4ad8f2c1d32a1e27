"""Pictures of groups, intervals and calibration for the analyst's notebooks."""

import numpy as np
import pandas as pd

from analysis.briefs.accuracy import AGREEMENT, percent_axis
from analysis.briefs.drawing import BASE, LINE, PALE, SOFT, as_svg, canvas
from analysis.notation import number, percent


def group_dots(table: pd.DataFrame) -> tuple[str, str]:
    """Counted (open) and shrunken (full) value of each group; `table`: dimensi, kelompok, nilai, menyusut, cukup."""
    words = {
        "kepala": "Kepala keluarga",
        "disabilitas": "Disabilitas",
        "umur": "Umur",
        "ukuran": "Ukuran keluarga",
    }
    told, ticks, place = [], [], 0.0
    with canvas(7.0, 0.8 + 0.24 * (len(table) + 0.6 * table["dimensi"].nunique())) as (
        figure,
        axes,
    ):
        for dimension, part in table.groupby("dimensi", sort=False):
            for row in part.itertuples():
                axes.plot(
                    [row.nilai, row.menyusut], [place, place], color=LINE, linewidth=1.4, zorder=1
                )
                axes.plot(
                    row.nilai,
                    place,
                    "o",
                    markerfacecolor="white",
                    markeredgecolor=BASE,
                    markersize=5.5,
                    zorder=2,
                )
                if row.cukup:
                    axes.plot(row.menyusut, place, "o", color=BASE, markersize=5.5, zorder=3)
                few = "" if row.cukup else " (terlalu sedikit)"
                ticks.append((place, f"{words.get(dimension, dimension)}: {row.kelompok}{few}"))
                told.append(
                    f"{words.get(dimension, dimension)} {row.kelompok} {percent(row.menyusut)}{few}"
                )
                place += 1
            place += 0.6
        axes.plot([], [], "o", markerfacecolor="white", markeredgecolor=BASE, label="dihitung")
        axes.plot([], [], "o", color=BASE, label="sesudah penyusutan")
        figure.legend(frameon=False, ncols=2, loc="outside upper left", fontsize=8)
        axes.set_yticks([at for at, _ in ticks], [text for _, text in ticks])
        axes.set_ylim(place - 0.6, -0.8)
        percent_axis(axes.xaxis, float(table["nilai"].max()))
        axes.grid(axis="x", color=PALE)
        axes.set_axisbelow(True)
        return as_svg(
            figure
        ), f"Menurut kelompok, sesudah penyusutan. {'; '.join(told)}. {AGREEMENT}"


def interval_dots(
    table: pd.DataFrame,
    label: str,
    value: str = "nilai",
    low: str = "bawah",
    high: str = "atas",
    note: str = "",
) -> tuple[str, str]:
    """A dot with its interval a row; `table`: `label` and three columns. For surveys and ground checks."""
    told = []
    with canvas(7.0, 0.7 + 0.36 * len(table)) as (figure, axes):
        for place, (_, row) in enumerate(table.iterrows()):
            if pd.notna(row[low]):
                axes.plot(
                    [row[low], row[high]],
                    [place, place],
                    color=BASE,
                    linewidth=2.4,
                    alpha=0.5,
                    solid_capstyle="butt",
                )
            axes.plot(row[value], place, "o", color=BASE, markersize=6)
            axes.annotate(
                percent(row[value]),
                (row[value], place),
                (0, 6),
                textcoords="offset points",
                ha="center",
                fontsize=7.4,
            )
            span = f" ({percent(row[low])}–{percent(row[high])})" if pd.notna(row[low]) else ""
            told.append(f"{row[label]} {percent(row[value])}{span}")
        axes.set_yticks(range(len(table)), table[label])
        axes.set_ylim(len(table) - 0.5, -0.8)
        percent_axis(axes.xaxis, float(np.nanmax(table[[value, high]].to_numpy(dtype=float))))
        axes.axvline(0, color=SOFT, linewidth=0.8)
        axes.grid(axis="x", color=PALE)
        axes.set_axisbelow(True)
        return as_svg(
            figure
        ), f"Perkiraan dengan selang 95% bila dihitung. {'; '.join(told)}. {note}".strip()


def calibration_line(table: pd.DataFrame) -> tuple[str, str]:
    """Predicted against true mean log welfare in each tenth of the score; on the diagonal: well calibrated."""
    with canvas(4.6, 3.4) as (figure, axes):
        ends = [
            table[["ramalan", "nyata"]].to_numpy().min(),
            table[["ramalan", "nyata"]].to_numpy().max(),
        ]
        axes.plot(ends, ends, color=SOFT, linewidth=1, linestyle="--")
        axes.plot(table["ramalan"], table["nyata"], "o-", color=BASE, linewidth=1.6, markersize=5)
        axes.set_xlabel("Ramalan (log rupiah per orang)")
        axes.set_ylabel("Nyata")
        axes.grid(color=PALE)
        gap = float((table["ramalan"] - table["nyata"]).abs().max())
        return as_svg(
            figure
        ), f"Kalibrasi menurut sepersepuluh skor; selisih terbesar {number(gap, 2)} log."
