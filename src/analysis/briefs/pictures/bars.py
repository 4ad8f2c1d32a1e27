"""Bars of services: steps of a selection, what became of payments, who came and left; (svg, alt text)."""

import pandas as pd

from analysis.briefs.colours import ACCENT, BASE, LINE, MIDDLE, PALE, SOFT, TINT, WARM
from analysis.briefs.pictures.drawing import as_svg, canvas, without_scale
from analysis.notation import number, percent


def steps(
    labels: list[str], counts: list[float], unit: str, marked: tuple[str, ...] = ()
) -> tuple[str, str]:
    """Horizontal bars from the widest step to the last; `marked` ones (no step: places, targets) stand apart, without a share."""
    largest = max([*counts, 1])
    with canvas(7.0, 0.34 * len(labels) + 0.35) as (figure, axes):
        colours = [
            SOFT if label in marked else BASE if place == 0 else MIDDLE
            for place, label in enumerate(labels)
        ]
        axes.barh(range(len(labels)), counts, height=0.66, color=colours)
        for place, count in enumerate(counts):
            of_first = place and counts[0] and labels[place] not in marked
            share = f" ({_share(count / counts[0])})" if of_first else ""
            axes.text(count + largest * 0.01, place, number(count) + share, va="center", fontsize=8)
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(labels) - 0.5, -0.5)
        axes.set_xlim(0, largest * 1.2)
        without_scale(axes)
        svg = as_svg(figure)
    told = "; ".join(
        f"{label}: {number(count)} {unit}" for label, count in zip(labels, counts, strict=True)
    )
    return svg, told + "."


def _share(part: float) -> str:
    """A whole per cent; with a decimal where the whole would say none or all of what is neither."""
    return percent(part, 0 if part in (0, 1) or 0.005 <= part < 0.995 else 1)


_STATES = {
    "transaksi": ("ditransaksikan", BASE), "salur": ("disalurkan, transaksi belum diketahui", MIDDLE),
    "belum_transaksi": ("belum ditransaksikan", TINT), "dikembalikan": ("dikembalikan", WARM),
    "gagal": ("gagal", ACCENT), "proses": ("diproses", "#9aa7b0"), "dikeluarkan": ("dikeluarkan", SOFT),
    "lainnya": ("kata lain", LINE), "tanpa_status": ("tanpa status", PALE),
}  # fmt: skip


def ladder(table: pd.DataFrame) -> tuple[str, str]:
    """Each programme's units by what became of their payment, as shares of its list."""
    wide = table.pivot(index="programme", columns="langkah", values="n").fillna(0)
    wide = wide[[state for state in _STATES if state in wide and wide[state].any()]]
    told = []
    with canvas(7.0, 0.3 * len(wide) + 0.9) as (figure, axes):
        for place, (programme, line) in enumerate(wide.iterrows()):
            _rungs(axes, place, line / line.sum())
            axes.text(1.01, place, number(line.sum()), va="center", fontsize=8, color=SOFT)
            shares = [f"{_STATES[s][0]} {percent(n / line.sum())}" for s, n in line.items() if n]
            told.append(f"{programme}: {', '.join(shares)}")
        axes.set_yticks(range(len(wide)), wide.index)
        axes.set_ylim(len(wide) - 0.5, -0.5)
        axes.set_xlim(0, 1.08)
        without_scale(axes)
        _key(figure, list(wide))
        svg = as_svg(figure)
    return svg, "Bagian penerima menurut keadaan pembayaran. " + "; ".join(told) + "."


def _rungs(axes, place: int, shares: pd.Series) -> None:
    """The bar of a programme, a part a state."""
    left, look = 0.0, {"edgecolor": "white", "linewidth": 0.5}
    for state, share in shares.items():
        axes.barh(place, share, left=left, height=0.66, color=_STATES[state][1], **look)
        left += share


def _key(figure, states: list[str]) -> None:
    from matplotlib.patches import Patch

    keys = [Patch(facecolor=_STATES[s][1], edgecolor=LINE, label=_STATES[s][0]) for s in states]
    figure.legend(handles=keys, loc="outside lower center", ncols=4, fontsize=7.4, frameon=False)
