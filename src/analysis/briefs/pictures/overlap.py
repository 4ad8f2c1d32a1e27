"""Pictures of overlap for the analyst's notebooks: matrix, bars by desil, tile map; from exact aggregates."""

import numpy as np
import pandas as pd

from analysis.briefs.colours import BASE, INK, LINE, PALE, POSITIONS, PROGRAMMES, SOFT
from analysis.briefs.pictures.drawing import as_svg, canvas, without_scale
from analysis.briefs.tiles import _sheet, _tile
from analysis.notation import number, percent
from analysis.policy import Rulebook

_DARK = 0.55  # above this share of the smaller programme the text turns white
_WIDE = 0.055  # of a bar, so that a percentage fits


def matrix(pairs: pd.DataFrame) -> tuple[str, str]:
    """Families with both programmes, and the share of the smaller one; (svg, alt text).

    `pairs`: columns a, b, bersama, bagian_terkecil (`overlap_matrix`). Pairs nobody holds stay empty.
    """
    totals = pd.concat([pairs.groupby("a")["bersama"].sum(), pairs.groupby("b")["bersama"].sum()])
    names = list(totals.groupby(level=0).sum().sort_values(ascending=False, kind="stable").index)
    place = {name: at for at, name in enumerate(names)}
    told = []
    with canvas(7.0, 1.0 + 0.42 * len(names)) as (figure, axes):
        for row in pairs[pairs["bersama"] > 0].itertuples():
            share = float(row.bagian_terkecil)
            _crossing(axes, *sorted((place[row.a], place[row.b])), row.bersama, share)
            told.append(f"{row.a} dan {row.b}: {number(row.bersama)} ({percent(share, 0)})")
        axes.set_xticks(
            range(len(names) - 1), names[:-1], rotation=35, ha="right", rotation_mode="anchor"
        )
        axes.set_yticks(range(1, len(names)), names[1:])
        axes.set_xlim(-0.5, len(names) - 1.5)
        axes.set_ylim(len(names) - 0.5, 0.5)
        axes.tick_params(length=0)
        axes.spines["bottom"].set_visible(False)
        axes.text(
            len(names) - 1.5, 0.62, "Angka: keluarga dengan keduanya; persen: bagian program yang lebih kecil",
            ha="right", va="top", fontsize=7.4, color=SOFT,
        )  # fmt: skip
        return as_svg(figure), "Matriks pertemuan program. " + "; ".join(told) + "."


def _crossing(axes, x: int, y: int, both: int, share: float) -> None:
    """Where two programmes meet: how many families, and the share of the smaller one as number and shade."""
    axes.add_patch(_square(x, y, _shade(share)))
    look = {"ha": "center", "va": "center", "color": "white" if share > _DARK else INK}
    axes.text(x, y - 0.16, number(both), fontsize=7, weight=600, **look)
    axes.text(x, y + 0.2, percent(share, 0), fontsize=6.2, **look)


def _square(x: float, y: float, colour: str):
    from matplotlib.patches import Rectangle

    return Rectangle(
        (x - 0.48, y - 0.46), 0.96, 0.92, facecolor=colour, edgecolor=LINE, linewidth=0.5
    )


def _shade(share: float) -> str:
    """From pale to the base colour."""
    low, high = (
        np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) for colour in (PALE, BASE)
    )
    mixed = np.round(low + (high - low) * share).astype(int)
    return "#" + "".join(f"{part:02x}" for part in mixed)


def counts_by_desil(table: pd.DataFrame, words: dict) -> tuple[str, str]:
    """Stacked shares of families with 0, 1, 2, 3+ programmes a desil; (svg, alt text).

    `table`: desil ('1' … '10', 'tanpa') and the columns 0, 1, 2, 3+ (families).
    """
    counts = table.set_index("desil")[list(PROGRAMMES)]
    told = []
    with canvas(7.0, 0.75 + 0.26 * len(counts)) as (figure, axes):
        for place, (desil, row) in enumerate(counts.iterrows()):
            _stacked(axes, place, row)
            shares = ", ".join(f"{held}: {number(count)}" for held, count in row.items())
            told.append(f"{_desil(desil, words)} ({shares})")
        axes.set_yticks(range(len(counts)), [_desil(desil, words) for desil in counts.index])
        axes.set_ylim(len(counts) - 0.4, -1.4)
        axes.set_xlim(0, 1.14)
        without_scale(axes)
        _key(axes, words)
        return as_svg(figure), words["alt_desil"] + " " + "; ".join(told) + "."


def _stacked(axes, place: int, row: pd.Series) -> None:
    """The bar of a desil, a part for each number of programmes; beside it how many families."""
    left, whole = 0.0, float(row.sum())
    for held, count in row.items():
        share = count / whole if whole else 0.0
        look = {"color": PROGRAMMES[held], "edgecolor": "white", "linewidth": 0.7}
        axes.barh(place, share, left=left, height=0.74, **look)
        if share >= _WIDE:
            look = {"ha": "center", "va": "center", "color": "white" if held == "3+" else INK}
            axes.text(left + share / 2, place, percent(share, 0), fontsize=7.4, **look)
        left += share
    axes.text(1.01, place, number(whole), va="center", color=SOFT, fontsize=7.6)


def _key(axes, words: dict) -> None:
    """What each colour means, above the bars."""
    for place, held in enumerate(PROGRAMMES):
        axes.barh(-0.95, 0.022, left=place * 0.235, height=0.5, color=PROGRAMMES[held])
        axes.text(place * 0.235 + 0.03, -0.95, words["program"][held], va="center", fontsize=8)
    axes.text(1.01, -0.95, words["keluarga"], va="center", color=SOFT, fontsize=8)


def _desil(step: object, words: dict) -> str:
    return words["tanpa_desil"] if step == "tanpa" else words["desil"].format(desil=step)


def kelurahan_map(
    rulebook: Rulebook, positions: dict[str, tuple[str, float]], words: dict
) -> tuple[str, str]:
    """One equal cell a kelurahan: its share of families to verify, above, level with or below the city's; (svg, alt text)."""
    placed = [
        area for area in rulebook.kelurahan() if area.kolom is not None and area.baris is not None
    ]
    told: dict[str, list[str]] = {position: [] for position in POSITIONS}
    sheet = _sheet(placed)
    for place, (position, colour) in enumerate(POSITIONS.items()):
        sheet.rect(2 + place * 82, 3, 10, 9, colour, SOFT)
        sheet.text(15 + place * 82, 10.8, words["posisi"][position], 8)
    for area in sorted(placed, key=lambda a: positions.get(a.kode, ("", 0))[0] == "di_atas"):
        position, share = positions.get(area.kode, ("", float("nan")))
        _tile(sheet, area, POSITIONS.get(position, PALE), percent(share), position == "di_atas")
        if position:
            told[position].append(area.nama)
    spoken = [f"{words['posisi'][p]}: {', '.join(sorted(told[p]))}" for p in POSITIONS if told[p]]
    return (
        sheet.svg(),
        "Peta petak kelurahan: bagian keluarga yang perlu diverifikasi, dibanding kota. "
        + "; ".join(spoken)
        + ".",
    )
