"""Why families of the target are left out, as bars: conditions, quota, ranking, implementation."""

import pandas as pd

from analysis.briefs.accuracy import AGREEMENT
from analysis.briefs.drawing import ACCENT, INK, LIGHT, MIDDLE, SOFT, TINT, as_svg, canvas
from analysis.notation import number, percent

_TERMS = {
    "suku_syarat": ("Syarat program", LIGHT, ""),
    "suku_kuota": ("Kuota", MIDDLE, ""),
    "suku_peringkat": ("Peringkat", TINT, "///"),
    "suku_pelaksanaan": ("Pelaksanaan", ACCENT, ""),
}


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
