"""Any table of counts, released by area and class, safe without a word said about safety."""

import itertools
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.errors import ReleaseRefused
from analysis.release.disclosure import Guarded, Key
from analysis.release.links import Link, tie
from analysis.release.places import UNPLACED, every_kelurahan, places, without_nobody
from analysis.release.systems import Mask, System
from analysis.release.topics import Release, Statuses, Step

TOTAL, REST = "jumlah", "_sisa"


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
    atoms = _atoms(engine, release, table, row, column, area, n, parts or {}, rupiah, split)
    ask = _Ask(
        release,
        topic,
        unit,
        measure or unit,
        tuple(parts or ()),
        bool(column),
        bool(area),
        bool(rupiah),
        exact,
    )
    ask.links = links
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


def _atoms(
    engine: Engine, release: Release, table: str, row: str, column: str, area: str, n: str,
    parts: Mapping[str, str], rupiah: str, split: str,
) -> pd.DataFrame:  # fmt: skip
    """wilayah × baris × kolom × part, every combination, with its units and rupiah."""
    text = {"baris": row, "kolom": column, "wilayah": area, "pisah": split}
    names = [
        f"{f'CAST({source} AS VARCHAR)' if source else repr('')} AS {name}"
        for name, source in text.items()
    ]
    sums = [
        f"CAST(sum({n}) AS BIGINT)" if n else "count(*)",
        *(f"CAST(sum({source}) AS BIGINT)" for source in parts.values()),
    ]
    sums = [f"coalesce({one}, 0) AS n{place}" for place, one in enumerate(sums)]
    money = [f"CAST(coalesce(sum({rupiah}), 0) AS BIGINT) AS rp"] if rupiah else ["0 AS rp"]
    money += [f"max({rupiah}, 2) AS top"] if rupiah and not n else []
    found = engine.frame(
        f"SELECT {', '.join([*names, *sums, *money])} FROM {table} AS t GROUP BY ALL ORDER BY ALL"
    )
    found["wilayah"] = found["wilayah"].where(found["wilayah"].isin(release.parents), UNPLACED)
    found = found.fillna({"baris": UNPLACED, "kolom": UNPLACED, "pisah": UNPLACED})
    axes = [sorted(found[name].unique()) for name in ("baris", "kolom", "pisah")]
    axes.append(every_kelurahan(release) if area else [UNPLACED])
    grid = pd.DataFrame(itertools.product(*axes), columns=["baris", "kolom", "pisah", "wilayah"])
    return _split(grid.merge(found, how="left"), list(parts))


def _split(wide: pd.DataFrame, parts: list[str]) -> pd.DataFrame:
    """One row a part, and one for what the parts leave over."""
    sums = [f"n{place}" for place in range(len(parts) + 1)]
    wide[[*sums, "rp"]] = wide[[*sums, "rp"]].fillna(0).astype("int64")
    wide["rest"] = wide["n0"] - wide[sums[1:]].sum(axis=1)
    if (wide["rest"] < 0).any():
        raise ReleaseRefused("parts_exceed_whole", parts=", ".join(parts))
    named = zip([*sums[1:], "rest"], [*parts, REST], strict=True)
    split = [wide.assign(bagian=name, n=wide[column]) for column, name in named]
    return pd.concat(split, ignore_index=True)


class _Ask:
    """One call's wishes, applied to a system of rows."""

    def __init__(
        self, release: Release, topic: str, unit: str, measure: str, parts: tuple[str, ...],
        has_columns: bool, has_areas: bool, has_rupiah: bool, exact: bool,
    ) -> None:  # fmt: skip
        self.release, self.topic, self.unit, self.measure = release, topic, unit, measure
        self.parts, self.exact, self.has_rupiah = parts, exact, has_rupiah
        self.has_columns, self.has_areas = has_columns, has_areas
        self.links: tuple[Link, ...] = ()

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
        largest = sorted(itertools.chain.from_iterable(_listed(held)), reverse=True)[:2]
        key = self._key(cell, f"{self.measure}_rp")
        self.release.amount(key, float(held["rp"].sum()), guarded, largest=largest)


def _held(atoms: pd.DataFrame, row: str, column: str) -> Mask:
    held = np.ones(len(atoms), bool) if row == TOTAL else (atoms["baris"] == row).to_numpy()
    return held if column in ("", TOTAL) else held & (atoms["kolom"] == column).to_numpy()


def _listed(held: pd.DataFrame) -> list[list[float]]:
    """The largest givers of each class, where units stand in rows of their own."""
    if "top" not in held:
        return []
    return [
        [float(one) for one in top if one is not None]
        for top in held["top"]
        if top is not None and not isinstance(top, float)
    ]
