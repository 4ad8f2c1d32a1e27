"""The tile map: one equal cell a kelurahan, grouped by kecamatan; never a rank, never colour alone."""

from dataclasses import dataclass

from analysis.briefs.cells import Cells
from analysis.briefs.colours import ACCENT, INK, PALE, POSITIONS, SOFT
from analysis.briefs.svg import Drawing
from analysis.policy import Area, Rulebook


def tile_map(cells: Cells, rulebook: Rulebook, words: dict) -> tuple[str, str]:
    """Above, level with or below the city's share of desil 1–2 not recorded; (svg, alt text)."""
    told: dict[str, list[str]] = {position: [] for position in (*POSITIONS, "")}
    placed = [a for a in rulebook.kelurahan() if a.kolom is not None and a.baris is not None]
    sheet = _sheet(placed, _MAP)
    for place, (position, colour) in enumerate(POSITIONS.items()):
        sheet.rect(2 + place * 90, 3, 10, 9, colour, SOFT)
        sheet.text(15 + place * 90, 10.8, words["posisi"][position], 8)
    for area in sorted(placed, key=lambda a: _position(cells, a) == "di_atas"):
        cell = cells.cell("kelurahan", "desil_prioritas", "bagian_tanpa_program", area=area.kode)
        position = _position(cells, area)
        _tile(
            sheet,
            area,
            POSITIONS.get(position, PALE),
            cells.shown(cell) if position else "–",
            position == "di_atas",
        )
        told[position].append(area.nama)
    spoken = [f"{words['posisi'][p]}: {', '.join(sorted(told[p]))}" for p in POSITIONS if told[p]]
    return sheet.svg(), words["alt_peta"] + " " + "; ".join(spoken) + "."


def locator(rulebook: Rulebook, here: set[str], around: set[str], alt: str) -> tuple[str, str]:
    """Where an area lies: its tiles strong, its kecamatan tinted, no figure at all."""
    placed = [a for a in rulebook.kelurahan() if a.kolom is not None and a.baris is not None]
    sheet = _sheet(placed, _LOCATOR)
    for area in sorted(placed, key=lambda a: a.kode in here):
        mine = area.kode in here
        colour = "#fbe3d1" if mine else "#dbe7ec" if area.kode in around else PALE
        _tile(sheet, area, colour, "", mine, _LOCATOR)
    return sheet.svg(), alt


def _position(cells: Cells, area: Area) -> str:
    cell = cells.cell("kelurahan", "desil_prioritas", "bagian_tanpa_program", area=area.kode)
    known = cell is not None and cell["status"] == "terbit" and cell["teks"] in POSITIONS
    return str(cell["teks"]) if known else ""


@dataclass(frozen=True)
class _Size:
    """Of a tile in points, and the room above the first row for a legend."""

    wide: float
    high: float
    top: float


# As they stand on paper, so that no name is printed smaller than 6.9 points.
_MAP, _LOCATOR = _Size(47.4, 27.5, 20.0), _Size(43.2, 20.5, 2.0)
_NAME, _LONG_NAME, _SHARE = 7.4, 6.9, 7.8


def _sheet(placed: list[Area], size: _Size = _MAP) -> Drawing:
    columns, rows = (max(getattr(a, side) for a in placed) + 1 for side in ("kolom", "baris"))
    return Drawing(columns * size.wide + 3, size.top + rows * size.high + 3)


def _tile(
    sheet: Drawing, area: Area, colour: str, share: str, strong: bool, size: _Size = _MAP
) -> None:
    x, y = 1.5 + area.kolom * size.wide, size.top + area.baris * size.high
    wide, high = size.wide - 1, size.high - 1
    sheet.rect(x, y, wide, high, colour, ACCENT if strong else SOFT, 1.6 if strong else 0.5)
    lines = area.nama.split(" ") if len(area.nama) > 10 else [area.nama]
    told = [(words, _NAME if len(words) < 11 else _LONG_NAME, 400) for words in lines]
    told += [(share, _SHARE, 600)] if share else []
    step = 8.2 if len(told) > 2 else 9.5
    first = y + high / 2 + 2.6 - step * (len(told) - 1) / 2
    for place, (words, letters, weight) in enumerate(told):
        sheet.text(x + wide / 2, first + place * step, words, letters, "middle", INK, weight)
