"""How sure a share is, in words: its interval, what the interval holds, whether two are apart."""

from analysis.briefs.opened import Brief
from analysis.estimates import PERSONS_LINKED, REGISTER_LINKED
from analysis.notation import number


def doubt(brief: Brief, cell: dict | None = None) -> str:
    """The interval of a cell and what it holds, or that none was computed."""
    if cell is None or not has_interval(cell):
        return brief.words["tanpa_interval"]
    holds = "selang_pemadanan" if is_linked(cell) else "selang_survei"
    return brief.words[holds].format(span=span(brief, cell))


def span(brief: Brief, cell: dict) -> str:
    """4,1–7,3: both ends of an interval of a share, in per cent, with their source."""
    low, high = (number(cell[side] * 100, 1, brief.lang) for side in ("bawah", "atas"))
    return brief.cells.derived(f"{low}–{high}", cell, "selang")


def count_span(brief: Brief, cell: dict) -> str:
    """372.368–373.267: both ends of an interval of a count, with their source."""
    low, high = (number(cell[side], 0, brief.lang) for side in ("bawah", "atas"))
    return brief.cells.derived(f"{low}–{high}", cell, "rentang")


def has_interval(cell: dict) -> bool:
    """Both ends of an interval were computed."""
    return all(cell[side] is not None and cell[side] == cell[side] for side in ("bawah", "atas"))


def is_linked(cell: dict) -> bool:
    """Its interval holds linkage error."""
    return has_interval(cell) and cell["metode"] in (REGISTER_LINKED, PERSONS_LINKED)


def apart(one: dict, other: dict) -> int:
    """−1, 0, 1: whether one cell lies below, level with or above another; 0 unless intervals are apart."""
    if not (has_interval(one) and has_interval(other)):
        return 0
    return -1 if one["atas"] < other["bawah"] else 1 if one["bawah"] > other["atas"] else 0
