"""The figures of the briefs, drawn from published cells only."""

from analysis.briefs.cells import Cells
from analysis.briefs.drawing import ACCENT, BASE, INK, LINE, PALE, PROGRAMMES, SOFT, as_svg, canvas
from analysis.notation import number, percent
from analysis.policy import Rulebook

DESILS = (*map(str, range(1, 11)), "tanpa")
COUNTS = ("0", "1", "2", "3+")
POSITIONS = {"di_bawah": ("#c3d7e0", INK), "setara": ("#f4f6f7", INK), "di_atas": ("#e08a4e", INK)}


def programmes_by_desil(cells: Cells, words: dict) -> tuple[str, str]:
    """Stacked shares of families with 0, 1, 2, 3+ programmes a desil; (svg, alt text).

    A suppressed cell is drawn hatched as the rest of its bar, never guessed.
    """
    told = []
    with canvas(7.0, 2.9) as (figure, axes):
        for place, desil in enumerate(DESILS):
            total = cells.value("desil_program", desil, "keluarga", "jumlah")
            if not total:
                continue
            told.append(_bar(cells, axes, place, desil, total, words))
        labels = [
            words["tanpa_desil"] if desil == "tanpa" else f"Desil {desil}" for desil in DESILS
        ]
        axes.set_yticks(range(len(DESILS)), labels)
        axes.set_ylim(len(DESILS) - 0.4, -1.35)
        axes.set_xlim(0, 1.14)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        _legend(axes, words)
        return as_svg(figure), words["alt_desil"] + " " + "; ".join(told) + "."


def _bar(cells: Cells, axes, place: int, desil: str, total: float, words: dict) -> str:
    left, told = 0.0, []
    for count in COUNTS:
        value = cells.value("desil_program", desil, "keluarga", count)
        if value is None:
            continue
        share = value / total
        axes.barh(
            place,
            share,
            left=left,
            height=0.72,
            color=PROGRAMMES[count],
            edgecolor="white",
            linewidth=0.7,
        )
        if share >= 0.055:
            colour = "white" if count == "3+" else INK
            axes.text(
                left + share / 2,
                place,
                percent(share, 0, cells.lang),
                ha="center",
                va="center",
                color=colour,
                fontsize=7.6,
            )
        left += share
        told.append(f"{count}: {percent(share, 0, cells.lang)}")
    if left < 0.9999:
        axes.barh(
            place,
            1 - left,
            left=left,
            height=0.72,
            color=PALE,
            hatch="////",
            edgecolor=LINE,
            linewidth=0,
        )
    axes.text(1.01, place, number(total, 0, cells.lang), va="center", color=SOFT, fontsize=7.8)
    name = words["tanpa_desil"] if desil == "tanpa" else f"desil {desil}"
    return f"{name} ({', '.join(told)})"


def _legend(axes, words: dict) -> None:
    at = 0.0
    for count in COUNTS:
        axes.barh(-0.95, 0.022, left=at, height=0.5, color=PROGRAMMES[count])
        axes.text(at + 0.03, -0.95, words["program"][count], va="center", fontsize=8)
        at += 0.235
    axes.text(1.01, -0.95, words["keluarga"], va="center", color=SOFT, fontsize=8)


def tile_map(cells: Cells, rulebook: Rulebook, words: dict) -> tuple[str, str]:
    """One equal cell a kelurahan: above, level with or below the city's share; (svg, alt text)."""
    told: dict[str, list[str]] = {position: [] for position in (*POSITIONS, "")}
    with canvas(3.45, 2.95) as (figure, axes):
        for area in rulebook.kelurahan():
            if area.kolom is None or area.baris is None:
                continue
            cell = cells.cell(
                "kelurahan", "desil_prioritas", "bagian_tanpa_program", area=area.kode
            )
            position = str(cell["teks"]) if cell is not None and cell["status"] == "terbit" else ""
            position = position if position in POSITIONS else ""
            _tile(axes, area, position, cells.shown(cell) if position else "•")
            told[position].append(area.nama)
        axes.set_xlim(-0.05, 7.05)
        axes.set_ylim(6.05, -0.7)
        axes.set_aspect("auto")
        axes.axis("off")
        for place, (position, (colour, _)) in enumerate(POSITIONS.items()):
            axes.add_patch(_box(place * 2.35, -0.62, 0.3, 0.34, colour))
            axes.text(
                place * 2.35 + 0.4, -0.45, words["posisi"][position], va="center", fontsize=7.4
            )
        spoken = [f"{words['posisi'][p]}: {', '.join(told[p])}" for p in POSITIONS if told[p]]
        return as_svg(figure), words["alt_peta"] + " " + "; ".join(spoken) + "."


def _box(x: float, y: float, width: float, height: float, colour: str):
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), width, height, facecolor=colour, edgecolor=SOFT, linewidth=0.5)


def _tile(axes, area, position: str, share: str) -> None:
    colour, ink = POSITIONS.get(position, (PALE, SOFT))
    patch = _box(area.kolom + 0.02, area.baris + 0.02, 0.96, 0.96, colour)
    if position == "di_atas":  # never colour alone
        patch.set_linewidth(1.6)
        patch.set_edgecolor(ACCENT)
    axes.add_patch(patch)
    words = area.nama.split(" ")
    name = "\n".join(words) if len(area.nama) > 9 and len(words) > 1 else area.nama
    longest = max(map(len, name.split("\n")))
    axes.text(
        area.kolom + 0.5,
        area.baris + 0.34,
        name,
        ha="center",
        va="center",
        fontsize=5.9 if longest < 10 else 5.0,
        color=ink,
        linespacing=0.95,
    )
    axes.text(
        area.kolom + 0.5,
        area.baris + 0.77,
        share,
        ha="center",
        va="center",
        fontsize=7,
        color=ink,
        weight=600,
    )


def errors_by_arm(
    cells: Cells, measures: dict[str, str], arms: dict[str, str], words: dict
) -> tuple[str, str]:
    """Dot and 95 % interval a measure and arm; (svg, alt text)."""
    told, ticks, place = [], [], 0.0
    with canvas(7.0, 3.5) as (figure, axes):
        for measure, label in measures.items():
            for arm, name in arms.items():
                cell = cells.cell("survei", arm, measure)
                if cell is not None and cell["status"] == "terbit":
                    _interval(axes, place, cell, arm == "semua")
                    ticks.append((place, f"{label} · {name}" if arm == "semua" else name))
                    told.append(f"{label}, {name}: {cells.shown(cell)}")
                place += 1
            place += 0.7
        axes.set_yticks([at for at, _ in ticks], [text for _, text in ticks])
        axes.set_ylim(place - 0.8, -0.8)
        axes.set_xlim(0, 0.7)
        marks = [step / 10 for step in range(0, 8)]
        axes.set_xticks(marks, [percent(mark, 0, cells.lang) for mark in marks])
        axes.grid(axis="x", color=PALE)
        axes.set_axisbelow(True)
        return as_svg(figure), words["alt"] + " " + "; ".join(told) + "."


def _interval(axes, place: float, cell, strong: bool) -> None:
    colour = ACCENT if strong else BASE
    if cell["bawah"] == cell["bawah"]:
        axes.plot(
            [cell["bawah"], cell["atas"]], [place, place], color=colour, linewidth=2.2, alpha=0.55
        )
    axes.plot([cell["nilai"]], [place], "o", color=colour, markersize=5)
    axes.text(0.69, place, percent(cell["nilai"]), ha="right", va="center", fontsize=8, color=INK)
