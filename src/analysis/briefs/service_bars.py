"""Bars of services: steps of a selection, what became of payments, who came and left; (svg, alt text)."""

import pandas as pd

from analysis.briefs.drawing import ACCENT, BASE, LINE, PALE, SOFT, as_svg, canvas
from analysis.notation import number, percent

_MIDDLE = "#6fa0b6"


def steps(
    labels: list[str], counts: list[float], unit: str, marked: tuple[str, ...] = ()
) -> tuple[str, str]:
    """Horizontal bars from the widest step to the last; `marked` ones (no step: places, targets) stand apart, without a share."""
    largest = max([*counts, 1])
    with canvas(7.0, 0.34 * len(labels) + 0.35) as (figure, axes):
        colours = [
            SOFT if label in marked else BASE if place == 0 else _MIDDLE
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
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        svg = as_svg(figure)
    told = "; ".join(
        f"{label}: {number(count)} {unit}" for label, count in zip(labels, counts, strict=True)
    )
    return svg, told + "."


def _share(part: float) -> str:
    """A whole per cent; with a decimal where the whole would say none or all of what is neither."""
    return percent(part, 0 if part in (0, 1) or 0.005 <= part < 0.995 else 1)


def ladder(table: pd.DataFrame) -> tuple[str, str]:
    """Each programme's units by what became of their payment, as shares of its list."""
    states = {
        "transaksi": ("ditransaksikan", BASE), "salur": ("disalurkan, transaksi belum diketahui", _MIDDLE),
        "belum_transaksi": ("belum ditransaksikan", "#f0c39e"), "dikembalikan": ("dikembalikan", "#e08a4e"),
        "gagal": ("gagal", ACCENT), "proses": ("diproses", "#9aa7b0"), "dikeluarkan": ("dikeluarkan", SOFT),
        "lainnya": ("kata lain", LINE), "tanpa_status": ("tanpa status", PALE),
    }  # fmt: skip
    wide = table.pivot(index="programme", columns="langkah", values="n").fillna(0)
    wide = wide[[state for state in states if state in wide]]
    seen = [state for state in wide if wide[state].any()]
    told = []
    with canvas(7.0, 0.3 * len(wide) + 0.9) as (figure, axes):
        for place, (programme, line) in enumerate(wide.iterrows()):
            left, total = 0.0, line.sum()
            for state in seen:
                axes.barh(
                    place,
                    line[state] / total,
                    left=left,
                    height=0.66,
                    color=states[state][1],
                    edgecolor="white",
                    linewidth=0.5,
                )
                left += line[state] / total
            axes.text(1.01, place, number(total), va="center", fontsize=8, color=SOFT)
            shares = [f"{states[s][0]} {percent(line[s] / total)}" for s in seen if line[s]]
            told.append(f"{programme}: {', '.join(shares)}")
        axes.set_yticks(range(len(wide)), wide.index)
        axes.set_ylim(len(wide) - 0.5, -0.5)
        axes.set_xlim(0, 1.08)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        from matplotlib.patches import Patch

        keys = [Patch(facecolor=states[s][1], edgecolor=LINE, label=states[s][0]) for s in seen]
        figure.legend(
            handles=keys, loc="outside lower center", ncols=4, fontsize=7.4, frameon=False
        )
        svg = as_svg(figure)
    return svg, "Bagian penerima menurut keadaan pembayaran. " + "; ".join(told) + "."
