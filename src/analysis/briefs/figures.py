"""The figures of the briefs, drawn from published cells only; each returns (svg, alt text)."""

from analysis.briefs.cells import Cells
from analysis.briefs.colours import ACCENT, BASE, INK, PALE, PROGRAMMES, SOFT
from analysis.briefs.svg import Drawing
from analysis.notation import number, percent

DESILS = (*map(str, range(1, 11)), "tanpa")
COUNTS = ("0", "1", "2", "3+")
_BAR, _ROW, _LEFT = 368.0, 12.2, 64.0


def programmes_by_desil(cells: Cells, words: dict) -> tuple[str, str]:
    """Stacked shares of families with 0, 1, 2, 3+ programmes a desil.

    A suppressed cell is drawn hatched as the rest of its bar, never guessed.
    """
    sheet, told = Drawing(504, 22 + _ROW * len(DESILS)), []
    _legend(sheet, words)
    for place, desil in enumerate(DESILS):
        total = cells.value("desil_program", desil, "keluarga", "jumlah")
        if total:
            told.append(_bar(sheet, cells, 20 + _ROW * place, desil, total, words))
    return sheet.svg(), words["alt_desil"] + " " + "; ".join(told) + "."


def _bar(sheet: Drawing, cells: Cells, top: float, desil: str, total: float, words: dict) -> str:
    name = words["tanpa_desil"] if desil == "tanpa" else words["desil"].format(desil=desil)
    sheet.text(_LEFT - 6, top + 8.6, name, 8.6, "end")
    left, told = 0.0, []
    values = {count: cells.value("desil_program", desil, "keluarga", count) for count in COUNTS}
    whole = max(total, sum(value or 0 for value in values.values()))  # each is rounded by itself
    for count, value in values.items():
        if value is None:
            continue
        share = value / whole
        sheet.rect(_LEFT + left * _BAR, top, share * _BAR, 10.6, PROGRAMMES[count], "#ffffff")
        if share >= 0.055:
            ink = "#ffffff" if count == "3+" else INK
            middle = _LEFT + (left + share / 2) * _BAR
            sheet.text(middle, top + 8.4, percent(share, 0, cells.lang), 7.8, "middle", ink)
        left += share
        told.append(f"{count}: {percent(share, 0, cells.lang)}")
    if left < 0.9999:
        sheet.hatch(_LEFT + left * _BAR, top, (1 - left) * _BAR, 10.6)
    sheet.text(_LEFT + _BAR + 8, top + 8.6, number(total, 0, cells.lang), 8, fill=SOFT)
    spoken = name if desil == "tanpa" else name.lower()
    return f"{spoken} ({', '.join(told)})"


def _legend(sheet: Drawing, words: dict) -> None:
    at = _LEFT
    for count in COUNTS:
        sheet.rect(at, 3, 9, 8.5, PROGRAMMES[count])
        sheet.text(at + 12, 10.4, words["program"][count], 8.2)
        at += 84
    sheet.text(_LEFT + _BAR + 8, 10.4, words["keluarga"], 8.2, fill=SOFT)


def intervals(
    cells: Cells, rows: list[tuple[str, dict, bool]], alt: str, width: float = 504
) -> tuple[str, str]:
    """Dot and 95 % interval a row of (label, cell, strong); suppressed rows are left out by the caller.

    The scale is the data's own, widened to tenths, so that every interval lies on it.
    """
    reach = max([(_high(cell) or 0) for _, cell, _ in rows] or [0.1])
    top = max(0.1, -(-reach * 10 // 1) / 10)
    left, right, line = width * 0.36, width - 64, 17.0
    sheet, told = Drawing(width, 20 + line * len(rows)), []
    for step in range(round(top * 10) + 1):
        x = left + (right - left) * step / round(top * 10)
        if step % (1 if top <= 0.6 else 2) == 0:
            sheet.line(x, 14, x, 16 + line * len(rows), PALE, 0.9)
            sheet.text(x, 10, percent(step / 10, 0, cells.lang), 7.8, "middle", SOFT)
    for place, (label, cell, strong) in enumerate(rows):
        y, colour = 25 + line * place, ACCENT if strong else BASE
        at = left + (right - left) * cell["nilai"] / top
        if cell["bawah"] == cell["bawah"] and cell["bawah"] is not None:
            low, high = (left + (right - left) * cell[side] / top for side in ("bawah", "atas"))
            sheet.line(low, y, high, y, colour, 2)
        sheet.dot(at, y, 3, colour)
        sheet.text(left - 8, y + 3, label, 8.6, "end", weight=600 if strong else 400)
        sheet.text(
            width - 4,
            y + 3,
            percent(cell["nilai"], 1, cells.lang),
            8.6,
            "end",
            weight=600 if strong else 400,
        )
        told.append(f"{label}: {cells.shown(cell)}")
    return sheet.svg(), alt + " " + "; ".join(told) + "."


def _high(cell: dict) -> float | None:
    high = cell["atas"]
    return high if high is not None and high == high else cell["nilai"]


def shares(
    cells: Cells, rows: list[tuple[str, dict | None, bool]], alt: str, width: float = 504
) -> tuple[str, str]:
    """Horizontal bars of shares, (label, cell, strong); a cell that may not be shown is hatched."""
    longest = max(len(label) for label, *_ in rows)
    left, right, line = max(width * 0.3, longest * 4.5 + 8), width - 40, 19.0
    known = [
        cell["nilai"] for _, cell, _ in rows if cell is not None and cell["status"] == "terbit"
    ]
    top = max([*known, 0.1])
    sheet, told = Drawing(width, 6 + line * len(rows)), []
    for place, (label, cell, strong) in enumerate(rows):
        y = 4 + line * place
        sheet.text(left - 8, y + 10.5, label, 8.8, "end", weight=600 if strong else 400)
        if cell is not None and cell["status"] == "terbit":
            reach = (right - left) * cell["nilai"] / top
            sheet.rect(left, y, reach, 14, ACCENT if strong else BASE)
            sheet.text(
                left + reach + 5, y + 10.5, cells.shown(cell), 8.8, weight=600 if strong else 400
            )
        else:
            sheet.hatch(left, y, (right - left) * 0.25, 14)
            sheet.text(
                left + (right - left) * 0.25 + 5, y + 10.5, cells.shown(cell), 8.8, fill=SOFT
            )
        told.append(f"{label}: {cells.shown(cell)}")
    sheet.line(left, 1, left, 4 + line * len(rows), SOFT, 0.8)
    return sheet.svg(), alt + " " + "; ".join(told) + "."
