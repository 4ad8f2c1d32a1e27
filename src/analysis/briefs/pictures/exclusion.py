"""Why families of the target are left out, as bars: conditions, quota, ranking, implementation."""

import pandas as pd

from analysis.briefs.colours import ACCENT, INK, LIGHT, MIDDLE, SOFT, TINT
from analysis.briefs.pictures.accuracy import AGREEMENT
from analysis.briefs.pictures.drawing import as_svg, canvas, without_scale
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
            whole, end = row["salah_eksklusi"], _bar(axes, place, row[terms])
            axes.plot([whole] * 2, [place - 0.4, place + 0.4], color=INK, linewidth=1.6)
            at = max(end, whole) + 0.012
            axes.text(at, place, percent(whole), va="center", fontsize=8, weight=600)
            parts = [f"{_TERMS[name][0].lower()} {number(100 * row[name], 1)}" for name in terms]
            told.append(f"{row[label]} {percent(whole)} ({', '.join(parts)})")
        axes.axvline(0, color=SOFT, linewidth=0.8)
        axes.set_yticks(range(len(table)), table[label])
        axes.set_ylim(len(table) - 0.4, -0.6)
        without_scale(axes)
        axes.margins(x=0.09)
        figure.legend(frameon=False, ncols=len(terms), loc="outside upper left", fontsize=8)
        svg = as_svg(figure)
    return svg, f"Salah eksklusi menurut sebab, persen poin. {'; '.join(told)}. {AGREEMENT}"


def _bar(axes, place: int, terms: pd.Series) -> float:
    """The terms of a row, one after another on their side of zero; where the right side ends."""
    right = left = 0.0
    for name, share in terms.items():
        word, colour, hatch = _TERMS[name]
        value = float(share)
        start = right if value >= 0 else left
        axes.barh(place, value, left=start, height=0.66, color=colour, hatch=hatch, edgecolor="white", linewidth=0.7,
                  label=word if place == 0 else None)  # fmt: skip
        right, left = (right + value, left) if value >= 0 else (right, left + value)
        _inside(axes, start + value / 2, place, value, name == "suku_pelaksanaan")
    return right


def _inside(axes, x: float, place: int, value: float, dark: bool) -> None:
    if abs(value) >= 0.05:
        look = {"ha": "center", "va": "center", "fontsize": 7.4}
        axes.text(x, place, number(100 * value, 1), color="white" if dark else INK, **look)
