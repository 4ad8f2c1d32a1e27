"""Any table of counts, released by area and class, safe without a word said about safety."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.release.classes import REST, classes, givers
from analysis.release.disclosure import Guarded, Key
from analysis.release.links import Link, tie
from analysis.release.places import places, without_nobody
from analysis.release.systems import Mask, System
from analysis.release.topics import Release, Statuses, Step

TOTAL = "jumlah"


def release_counts(
    engine: Engine,
    release: Release,
    table: str,
    topic: str,
    unit: str,
    *,
    row: str = "",
    column: str = "",
    area: str = "",
    n: str = "",
    measure: str = "",
    parts: Mapping[str, str] | None = None,
    rupiah: str = "",
    row_total: bool = False,
    exact: bool = False,
    split: str = "",
    together: bool = False,
    links: tuple[Link, ...] = (),
) -> Step:
    """Release `table` (a name, or a query in brackets) as the topic `rilis_<topic>`.

    Every row of the table is a class of units, or one unit; each unit must stand in it once.
    `row`, `column`: the columns that become `baris` and `kolom`; with `column`, its total 'jumlah'
    is released too, with `row_total` the total over rows; `together`: rows are one whole all the same. `area`: the column with the kelurahan;
    with it there are cells for 33 kelurahan, 7 kecamatan and the city, without it for the city.
    `n`: the column to sum, none: rows are counted. `measure`: name of the count (default: the unit).
    `parts`: disjoint parts of `n`, name → column: each gets a count and a share 'bagian_<name>'.
    `rupiah`: a column of amounts, released as '<measure>_rp' behind its count.
    `exact`: the city's totals equal the office's books. `links`: what other tables print of the
    same people; `split`: a column that parts the units further (`pisah`) for the links' sake. A
    count that another call has already printed is not printed again.
    """
    atoms = classes(engine, release, table, row, column, area, n, parts or {}, rupiah, split)
    ask = _Ask(
        release, topic, unit, measure or unit, tuple(parts or ()), links,
        has_columns=bool(column), has_areas=bool(area), has_rupiah=bool(rupiah), exact=exact,
    )  # fmt: skip
    groups = (
        [atoms]
        if row_total or together
        else [atoms[atoms["baris"] == name] for name in atoms["baris"].unique()]
    )
    asked = []
    for group in groups:
        rows = [*group["baris"].unique(), TOTAL] if row_total else list(group["baris"].unique())
        asked.append(ask.announce(group, rows))
    status = yield
    for system, cells in asked:
        ask.print(status, system, cells)


@dataclass(frozen=True)
class _Ask:
    """One call's wishes, applied to a system of rows."""

    release: Release
    topic: str
    unit: str
    measure: str
    parts: tuple[str, ...]
    links: tuple[Link, ...]
    has_columns: bool
    has_areas: bool
    has_rupiah: bool
    exact: bool

    def announce(self, atoms: pd.DataFrame, rows: list[str]) -> tuple[System, list[tuple]]:
        """The cells of `rows` as one system, and what ties it to others."""
        system = System(without_nobody(atoms) if self.has_areas else atoms)
        cells = list(self._cells(system.atoms, rows))
        for cell in cells:
            self._announce(system, cell)
        tie(system, self.links, self._areas(system.atoms))
        self.release.announce(system)
        return system, cells

    def print(self, status: Statuses, system: System, cells: list[tuple]) -> None:
        """Print the cells as decided."""
        for cell in cells:
            self._print(status, cell, system.atoms)

    def _cells(self, atoms: pd.DataFrame, rows: list[str]) -> Iterator[tuple]:
        """Area, row, column and the atoms of each cell, in print order."""
        columns = [*atoms["kolom"].unique(), TOTAL] if self.has_columns else [""]
        kinds = [(row, column, _held(atoms, row, column)) for row in rows for column in columns]
        for (area, here), (row, column, where) in itertools.product(self._areas(atoms), kinds):
            yield area, row, column, where & here

    def _areas(self, atoms: pd.DataFrame) -> list[tuple[str, Mask]]:
        """The city and, where areas are known, each of them with its atoms."""
        below = places(self.release, atoms["wilayah"]) if self.has_areas else ()
        everywhere = (self.release.city, np.ones(len(atoms), bool))
        return [everywhere, *((area, np.asarray(here)) for area, here in below)]

    def _key(self, cell: tuple, measure: str) -> Key:
        area, row, column, _ = cell
        return (self.topic, area, row, column, measure)

    def _announce(self, system: System, cell: tuple) -> None:
        area, _, column, where = cell
        key = self._key(cell, self.measure)
        book = self.exact and area == self.release.city and column in ("", TOTAL)
        system.count(key, self.unit, where, exact=book)
        for part in self.parts:
            system.count(
                self._key(cell, part),
                self.unit,
                where & (system.atoms["bagian"] == part),
                whole=where,
            )

    def _print(self, status: Statuses, cell: tuple, atoms: pd.DataFrame) -> None:
        key = self._key(cell, self.measure)
        if key not in self.release.notes:
            self.release.count(key, self.unit, status[key])
            if self.has_rupiah:
                self._amount(status[key], cell, atoms)
        for part in self.parts:
            own = self._key(cell, part)
            self.release.count(own, self.unit, status[own])
            self.release.share(self._key(cell, f"bagian_{part}"), status[own], status[key])

    def _amount(self, guarded: Guarded, cell: tuple, atoms: pd.DataFrame) -> None:
        held = atoms[cell[3] & (atoms["bagian"] == REST)] if self.parts else atoms[cell[3]]
        largest = sorted(itertools.chain.from_iterable(givers(held)), reverse=True)[:2]
        key = self._key(cell, f"{self.measure}_rp")
        self.release.amount(key, float(held["rp"].sum()), guarded, largest=largest)


def _held(atoms: pd.DataFrame, row: str, column: str) -> Mask:
    held = np.ones(len(atoms), bool) if row == TOTAL else (atoms["baris"] == row).to_numpy()
    return held if column in ("", TOTAL) else held & (atoms["kolom"] == column).to_numpy()
