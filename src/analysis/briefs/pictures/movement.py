"""Pictures of movement: who is new, stayed and left, and from which desil to which. Drawn from counts; (svg, alt text)."""

import pandas as pd

from analysis.briefs.colours import ACCENT, BASE, INK, LIGHT, MIDDLE, SOFT
from analysis.briefs.pictures.drawing import as_svg, canvas
from analysis.notation import number

_DARK = 0.55  # above this share of the row the text turns white


def transition(matrix: pd.DataFrame, names: dict[str, str]) -> tuple[str, str]:
    """Then (rows) × now (columns): shade is the share of the row, the number the count of families."""
    labels = [names.get(code, code) for code in matrix.index]
    shares = matrix.div(matrix.sum(axis=1).replace(0, 1), axis=0)
    with canvas(7.0, 4.4) as (figure, axes):
        axes.imshow(shares.to_numpy(), cmap=_shades(), vmin=0, vmax=1, aspect="auto")
        for row, (_code, line) in enumerate(matrix.iterrows()):
            for column, count in enumerate(line):
                if count:
                    colour = "white" if shares.iloc[row, column] > _DARK else INK
                    look = {"ha": "center", "va": "center", "fontsize": 6.4, "color": colour}
                    axes.text(column, row, number(count), **look)
        axes.set_xticks(range(len(labels)), labels)
        axes.set_yticks(range(len(labels)), labels)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.set_ylabel("Triwulan lalu (desil)")
        axes.set_title("Triwulan kini (desil)", fontsize=8.5, color=SOFT)
        axes.spines["bottom"].set_visible(False)
        svg = as_svg(figure)
    return svg, _told_transition(matrix)


def _told_transition(matrix: pd.DataFrame) -> str:
    ranked = [code for code in matrix.index if code.isdigit()]
    both = matrix.loc[ranked, ranked]
    same = sum(both.loc[code, code] for code in ranked)
    total = both.to_numpy().sum()
    up = sum(both.loc[a, b] for a in ranked for b in ranked if int(b) > int(a))
    text = f"Dari {number(total)} keluarga berperingkat pada dua triwulan: tetap {number(same)}, naik {number(up)}, "
    return (
        text
        + f"turun {number(total - same - up)}; keluar {number(matrix['luar'].sum())}, baru {number(matrix.loc['luar'].sum())}."
    )


def _shades():
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("selaras", ["#ffffff", LIGHT, MIDDLE, BASE])


def movement(table: pd.DataFrame) -> tuple[str, str]:
    """New to the right and left to the left of a middle line, a programme a row."""
    with canvas(7.0, 0.34 * len(table) + 0.7) as (figure, axes):
        reach = max(table[["baru", "keluar"]].to_numpy().max(), 1)
        for place, row in enumerate(table.itertuples()):
            axes.barh(place, row.baru, color=BASE, height=0.62)
            axes.barh(place, -row.keluar, color=ACCENT, height=0.62)
            axes.text(row.baru + reach * 0.015, place, number(row.baru), va="center", fontsize=8)
            axes.text(
                -row.keluar - reach * 0.015,
                place,
                number(row.keluar),
                va="center",
                ha="right",
                fontsize=8,
            )
        axes.axvline(0, color=SOFT, linewidth=0.8)
        axes.set_yticks(range(len(table)), table["programme"])
        axes.set_ylim(len(table) - 0.5, -1.1)
        axes.set_xlim(-reach * 1.2, reach * 1.2)
        axes.text(-reach * 0.02, -0.8, "Keluar", ha="right", color=ACCENT, weight=600)
        axes.text(reach * 0.02, -0.8, "Baru", color=BASE, weight=600)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        svg = as_svg(figure)
    told = [
        f"{row.programme}: baru {number(row.baru)}, keluar {number(row.keluar)}"
        for row in table.itertuples()
    ]
    return svg, "Bulan ini terhadap bulan lalu. " + "; ".join(told) + "."
