"""Cells of the release tables, gathered topic by topic; shares and amounts follow their counts."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.engine import Engine
from analysis.estimates import REGISTER_CENSUS, REGISTER_LINKED
from analysis.policy import Disclosure
from analysis.release.amounts import is_dominated, step_of
from analysis.release.disclosure import (
    COMPLEMENTARY,
    PUBLISHED,
    SMALL,
    UNDEFINED,
    Guarded,
    Key,
    Office,
    is_plain,
    is_small,
    printed,
    protect_all,
    refuse_unknown_unit,
)
from analysis.release.link_bounds import Doubt, LinkBounds, moved_share
from analysis.release.rounding import rounded
from analysis.release.rows import Cell, write_cells
from analysis.release.systems import System

SHARE, RUPIAH, ROWS = "bagian", "rupiah", "baris"
Statuses = dict[Key, Guarded]
# A topic in two halves: it announces its systems, stops, is sent what became of all counts, and prints.
Step = Generator[None, Statuses, None]


@dataclass
class Release:
    """The cells of all topics, in print order, and what the office keeps of each (`notes`)."""

    office: Office
    city: str
    parents: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, LinkBounds] = field(default_factory=dict)
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    notes: dict[Key, Guarded] = field(default_factory=dict)
    systems: list[System] = field(default_factory=list)

    @property
    def rule(self) -> Disclosure:
        """The thresholds."""
        return self.office.rule

    def announce(self, system: System) -> None:
        """Take up a system; what becomes of its counts is decided with all others."""
        self.systems.append(system)

    def settle(self) -> Statuses:
        """What may be printed of each announced count. Raises ReleaseRefused, see `protect_all`."""
        return protect_all(self.systems, self.office)

    def add(self, topic: str, cell: Cell) -> None:
        """Append a cell; its place in the topic is its print order."""
        held = self.cells.setdefault(topic, [])
        held.append(replace(cell, urutan=len(held) + 1))

    def count(self, key: Key, unit: str, guarded: Guarded, **more: object) -> None:
        """A count as the disclosure rules leave it; why it was hidden stays in the office."""
        topic, *place = key
        self.notes[key] = guarded
        status = SMALL if guarded.status == COMPLEMENTARY else guarded.status
        self.add(topic, Cell(*place, unit, guarded.value, status, **more))

    def guarded(self, key: Key, unit: str, value: float, exact: bool = False) -> Guarded:
        """A count that stands in no table with others: guarded by its own size alone."""
        refuse_unknown_unit(key[0], unit, self.rule)
        if unit == ROWS:
            value = rounded(int(value), key[1] + key[2], self.rule.baris_basis, self.office.key)
        if unit in self.rule.satuan_bebas:
            return Guarded(float(value), PUBLISHED, float(value), float(value))
        if is_small(value, None, self.rule):
            return Guarded(None, SMALL, true=float(value))
        return printed(value, key[1], exact or is_plain(key, self.rule), self.office)

    def plain(self, key: Key, unit: str, value: float, exact: bool = False, **more: object) -> None:
        """Print such a count; `exact` where it is a book total."""
        self.count(key, unit, self.guarded(key, unit, value, exact), **more)

    def amount(
        self,
        key: Key,
        rupiah: float,
        of: Guarded,
        exact: bool = False,
        largest: Sequence[float] = (),
        **more: object,
    ) -> None:
        """Rupiah of a count: printed only where the count is, and never finer than it.

        Divided by a known benefit an amount is a count again: so it is that of the printed count,
        and rounded to what `k_minimum` average units get, unless it is a book total. `largest`: the
        largest givers, where known; an amount they dominate is hidden.
        """
        if not of.is_published:
            return self.count(key, RUPIAH, Guarded(None, of.status), **more)
        if not exact and is_dominated(rupiah, largest, self.rule):
            return self.count(key, RUPIAH, Guarded(None, SMALL), **more)
        scaled = rupiah * of.value / of.true if of.true else rupiah
        step = 1.0 if exact else step_of(rupiah, of, self.rule)
        value = float(round(scaled / step) * step)
        self.count(key, RUPIAH, Guarded(value, PUBLISHED, value - step, value + step), **more)

    def share(
        self, key: Key, part: Guarded, whole: Guarded, rest: bool = False, doubt: Doubt | None = None, **more: object
    ) -> None:  # fmt: skip
        """A share recomputed from two printed counts; `rest`: of what `part` leaves over.

        `doubt` turns the least and greatest share the printed counts allow into a 95 % interval with linkage error.
        """
        topic, *place = key
        if not (part.is_published and whole.is_published):
            hidden = part if not part.is_published else whole
            status = SMALL if hidden.status == COMPLEMENTARY else hidden.status
            return self.add(topic, Cell(*place, SHARE, None, status, **more))
        top = whole.value - part.value if rest else part.value
        if not whole.value or not 0 < top < whole.value or is_small(top, whole.value, self.rule):
            status = SMALL if whole.value else UNDEFINED
            return self.add(topic, Cell(*place, SHARE, None, status, **more))
        value = round(top / whole.value, 6)
        low, high = (None, None) if doubt is None else moved_share(part, whole, rest, doubt)
        method = REGISTER_CENSUS if doubt is None else REGISTER_LINKED
        cell = Cell(*place, SHARE, value, PUBLISHED, top, whole.value, low, high, method, **more)
        return self.add(topic, cell)

    def undefined(self, key: Key, unit: str, **more: object) -> None:
        """A measure that does not exist for this row."""
        self.count(key, unit, Guarded(None, UNDEFINED), **more)

    def tables(self, engine: Engine) -> tuple[str, ...]:
        """Write every topic that has cells as a temporary table rilis_<topic>."""
        for topic, cells in self.cells.items():
            write_cells(engine, f"rilis_{topic}", cells)
        return tuple(f"rilis_{topic}" for topic in self.cells)
