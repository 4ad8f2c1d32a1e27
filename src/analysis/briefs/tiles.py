"""The tile map: one equal cell a kelurahan, grouped by kecamatan; never a rank, never colour alone."""

from analysis.briefs.cells import Cells
from analysis.briefs.svg import ACCENT, INK, PALE, POSITIONS, SOFT, Drawing
from analysis.policy import Area, Rulebook

_W, _H, _TOP = 35.0, 31.0, 20.0


def tile_map(cells: Cells, rulebook: Rulebook, words: dict) -> tuple[str, str]:
    """Above, level with or below the city's share of desil 1–2 not recorded; (svg, alt text)."""
    told: dict[str, list[str]] = {position: [] for position in (*POSITIONS, "")}
    placed = [a for a in rulebook.kelurahan() if a.kolom is not None and a.baris is not None]
    sheet = _sheet(placed)
    for place, (position, colour) in enumerate(POSITIONS.items()):
        sheet.rect(2 + place * 82, 3, 10, 9, colour, SOFT)
        sheet.text(15 + place * 82, 10.8, words["posisi"][position], 8)
    for area in sorted(placed, key=lambda a: _position(cells, a) == "di_atas"):
        cell = cells.cell("kelurahan", "desil_prioritas", "bagian_tanpa_program", area=area.kode)
        position = _position(cells, area)
        _tile(
            sheet,
            area,
            POSITIONS.get(position, PALE),
            cells.shown(cell) if position else "•",
            position == "di_atas",
        )
        told[position].append(area.nama)
    spoken = [f"{words['posisi'][p]}: {', '.join(sorted(told[p]))}" for p in POSITIONS if told[p]]
    return sheet.svg(), words["alt_peta"] + " " + "; ".join(spoken) + "."


def locator(rulebook: Rulebook, here: set[str], around: set[str], alt: str) -> tuple[str, str]:
    """Where an area lies: its tiles strong, its kecamatan tinted, no figure at all."""
    placed = [a for a in rulebook.kelurahan() if a.kolom is not None and a.baris is not None]
    sheet = _sheet(placed, top=2)
    for area in sorted(placed, key=lambda a: a.kode in here):
        mine = area.kode in here
        colour = "#fbe3d1" if mine else "#dbe7ec" if area.kode in around else PALE
        _tile(sheet, area, colour, "", mine, top=2)
    return sheet.svg(), alt


def _position(cells: Cells, area: Area) -> str:
    cell = cells.cell("kelurahan", "desil_prioritas", "bagian_tanpa_program", area=area.kode)
    known = cell is not None and cell["status"] == "terbit" and cell["teks"] in POSITIONS
    return str(cell["teks"]) if known else ""


def _sheet(placed: list[Area], top: float = _TOP) -> Drawing:
    columns, rows = (max(getattr(a, side) for a in placed) + 1 for side in ("kolom", "baris"))
    return Drawing(columns * _W + 3, top + rows * _H + 3)


def _tile(
    sheet: Drawing, area: Area, colour: str, share: str, strong: bool, top: float = _TOP
) -> None:
    x, y = 1.5 + area.kolom * _W, top + area.baris * _H
    sheet.rect(x, y, _W - 1, _H - 1, colour, ACCENT if strong else SOFT, 1.6 if strong else 0.5)
    lines = _lines(area.nama)
    middle = y + (_H - 1) / 2 + (-3.5 if share else 2) - 2.6 * (len(lines) - 1)
    for place, words in enumerate(lines):
        sheet.text(
            x + (_W - 1) / 2,
            middle + place * 6,
            words,
            6 if len(words) < 10 else 5.3,
            "middle",
            INK,
        )
    if share:
        sheet.text(x + (_W - 1) / 2, y + _H - 5, share, 7.2, "middle", INK, 600)


def _lines(name: str) -> list[str]:
    words = name.split(" ")
    return words if len(name) > 9 and len(words) > 1 else [name]
