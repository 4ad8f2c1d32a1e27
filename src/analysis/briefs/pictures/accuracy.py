"""Pictures of targeting accuracy for the analyst's notebooks: coverage by desil, concentration curves.

Every one is agreement with the register's desil unless it says survey or ground check; its alt text says so too.
"""

import numpy as np
import pandas as pd

from analysis.briefs.colours import ACCENT, BASE, PALE, SOFT
from analysis.briefs.pictures.drawing import as_svg, canvas
from analysis.notation import percent

AGREEMENT = "Menurut desil register: kesepakatan dengan peringkatnya sendiri, bukan kemiskinan."
# Colour-blind safe, dark to light; a marker beside each colour, so that it is never colour alone.
_LINES = (
    (BASE, "o"),
    (ACCENT, "s"),
    ("#4d9a9a", "^"),
    ("#8a5a9c", "D"),
    ("#7a7f1f", "v"),
    (SOFT, "P"),
)


def coverage_lines(table: pd.DataFrame) -> tuple[str, str]:
    """Share receiving by desil, a line a programme; `table`: programme, desil, cakupan. (svg, alt text)."""
    told = []
    with canvas(7.0, 3.2) as (figure, axes):
        for place, (name, part) in enumerate(table.groupby("programme", sort=False)):
            _line(axes, place, part["desil"], part["cakupan"], name, linewidth=1.8, markersize=4.5)
            first, last = (percent(part["cakupan"].iloc[end], 0) for end in (0, -1))
            told.append(f"{name}: desil 1 {first}, desil 10 {last}")
        axes.set_xticks(range(1, 11), [str(desil) for desil in range(1, 11)])
        axes.set_xlabel("Desil DTSEN")
        percent_axis(axes.yaxis, float(table["cakupan"].max()))
        axes.set_ylim(bottom=0)
        axes.grid(axis="y", color=PALE)
        _beside(axes)
        return as_svg(figure), f"Cakupan menurut desil. {'; '.join(told)}. {AGREEMENT}"


def _line(axes, place: int, x: pd.Series, y: pd.Series, name: str, **look: float) -> None:
    """The line of a programme, in its colour and with its marker."""
    colour, mark = _LINES[place % len(_LINES)]
    axes.plot(x, y, marker=mark, color=colour, label=name, **look)


def concentration_curves(table: pd.DataFrame) -> tuple[str, str]:
    """Share of benefit against share of people from the poorest on; above the diagonal: progressive."""
    told = []
    with canvas(5.6, 3.9) as (figure, axes):
        axes.plot([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle="--", label="sama rata")
        for place, (name, part) in enumerate(table.groupby("programme", sort=False)):
            x, y = part["population"], part["benefit"]
            _line(axes, place, x, y, name, linewidth=1.7, markersize=3.5)
            at = float(np.interp(0.4, x, y))
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
