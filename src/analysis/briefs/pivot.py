"""Released cells → tables a person can read: areas or codes down, what was measured across.

A cell has four names: wilayah, baris, kolom, ukuran. Rows measured alike stand in one table; where there
are areas these are its rows, so that a topic of 41 areas and 11 programmes is one page and not 33 lists.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

Cell = dict
Name = tuple[tuple[str, str], ...]  # ((dimension, code), …)
_MOST_ACROSS = 12


@dataclass(frozen=True)
class Grid:
    """A table: its lines and heads by name, and the cell at each crossing, where there is one."""

    lines: tuple[Name, ...]
    heads: tuple[Name, ...]
    cells: dict[tuple[Name, Name], Cell]
    common: Name  # what all its cells have in common

    def part(self, heads: Sequence[Name]) -> "Grid":
        """Only these columns."""
        return Grid(self.lines, tuple(heads), self.cells, self.common)

    @cached_property
    def line_units(self) -> dict[Name, set[str]]:
        """Units of the cells of each line."""
        return self._units(0)

    @cached_property
    def head_units(self) -> dict[Name, set[str]]:
        """Units of the cells below each head."""
        return self._units(1)

    def _units(self, side: int) -> dict[Name, set[str]]:
        found: dict[Name, set[str]] = defaultdict(set)
        for place, cell in self.cells.items():
            found[place[side]].add(cell["satuan"])
        return found


def grids(cells: Sequence[Cell]) -> list[Grid]:
    """All cells of a topic, each once."""
    wide = _in_several_areas(cells)
    spread = [cell for cell in cells if _across(cell) in wide]
    rest = [cell for cell in cells if _across(cell) not in wide]
    found = [_grid(spread, ("wilayah",), ("baris", "kolom", "ukuran"))] if spread else []
    return found + _one_area(rest)


def _across(cell: Cell) -> tuple[str, str, str]:
    return cell["baris"], cell["kolom"], cell["ukuran"]


def _in_several_areas(cells: Sequence[Cell]) -> set[tuple[str, str, str]]:
    areas: dict[tuple, set] = {}
    for cell in cells:
        areas.setdefault(_across(cell), set()).add(cell["wilayah"])
    return {across for across, where in areas.items() if len(where) > 1}


def _one_area(cells: Sequence[Cell]) -> list[Grid]:
    """Rows with the same columns together; those that stand alone in one list at the end."""
    found, alone = [], []
    for group in _alike(cells):
        rows, columns, measures = (_codes(group, name) for name in ("baris", "kolom", "ukuran"))
        if len(rows) == 1 and (len(columns) == 1 or len(measures) == 1):
            alone += group
        elif len(rows) == 1:
            found.append(_grid(group, ("kolom",), ("ukuran",), ("baris",)))
        elif len(measures) > 1 and len({_across(c)[1:] for c in group}) > _MOST_ACROSS:
            for measure in measures:
                own = [cell for cell in group if cell["ukuran"] == measure]
                found.append(_grid(own, ("baris",), ("kolom",), ("ukuran",)))
        else:
            found.append(_grid(group, ("baris",), ("kolom", "ukuran")))
    return [*found, _grid(alone, ("baris", "kolom", "ukuran"), ())] if alone else found


def _alike(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells of the rows that hold the same columns and measures."""
    rows: dict[str, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell["baris"], []).append(cell)
    groups: dict[frozenset, list[Cell]] = {}
    for own in rows.values():
        groups.setdefault(frozenset(_across(c)[1:] for c in own), []).extend(own)
    return list(groups.values())


def _codes(cells: Iterable[Cell], name: str) -> list[str]:
    return list(dict.fromkeys(cell[name] for cell in cells))


def _grid(
    cells: Sequence[Cell], down: Sequence[str], across: Sequence[str], common: Sequence[str] = ()
) -> Grid:
    """Lines and heads in print order; a name that is the same everywhere is told once, for all."""
    if len({_name(cell, [*down, *across]) for cell in cells}) < len(cells):
        down = ("wilayah", *down)
    used = [*down, *across]
    same = [name for name in used if len(_codes(cells, name)) == 1]
    kept_down = [n for n in down if n not in same] or list(down[-1:])
    kept_across = [n for n in across if n not in same and n not in kept_down]
    told = [name for name in (*common, *same) if name not in kept_down]
    at = {(_name(cell, kept_down), _name(cell, kept_across)): cell for cell in cells}
    lines = tuple(dict.fromkeys(line for line, _ in at))
    heads = tuple(dict.fromkeys(head for _, head in at))
    return Grid(lines, heads, at, _name(cells[0], told))


def _name(cell: Cell, dimensions: Sequence[str]) -> Name:
    return tuple((name, cell[name]) for name in dimensions if cell[name])
