"""What a brief was made from, as hashes of released cells: those it looked at, or all it can read."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.briefs.reach import visible_areas
from analysis.briefs.reading import Look
from analysis.engine import Store, recalled, stage_key
from analysis.policy import Rulebook


def letters(digest: str) -> str:
    """A hash without digits: sixteen digits in a row would look like a NIK.

    >>> letters("09af")
    'ajkp'
    """
    return digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))[:24]


def hashed(*texts: str) -> str:
    """One hash over texts, in letters."""
    return letters(hashlib.sha256("\0".join(texts).encode()).hexdigest())


class Contents:
    """Hashes of the released cells by topic and area, read only when a brief needs them."""

    def __init__(self, store: Path, rulebook: Rulebook) -> None:
        self._store, self._rulebook = store, rulebook
        self._seen: dict[str, str] = {}

    def digests(self, asked: Mapping[str, tuple[str, Sequence[Look] | None]]) -> dict[str, str]:
        """`digest` of several briefs (stem → area and looks), found out once while the tables are unchanged."""
        known = {stem: at for stem, at in asked.items() if at[1] is not None}
        key = stage_key("looks", *self._contents(), repr(sorted(known.items())))
        found = recalled(key, lambda: {stem: self._seen_at(*at) for stem, at in known.items()})
        return {stem: found.get(stem) or self._visible(at[0]) for stem, at in asked.items()}

    def digest(self, code: str, looks: Sequence[Look] | None = None) -> str:
        """What a brief on the area `code` ('' = all) is made from: what it looked at, or all it can read where that is not known."""
        return self._visible(code) if looks is None else self._seen_at(code, looks)

    def _seen_at(self, code: str, looks: Sequence[Look]) -> str:
        from analysis.briefs.cells import Cells

        areas = visible_areas(self._rulebook, code)
        cells = Cells.load(self._store, self._rulebook).within(areas, code)
        return hashed(*(_seen(cells, at) for at in looks))

    def _contents(self) -> list[str]:
        store = Store(self._store)
        return [f"{name}={store.content(name)}" for name in store.names("rilis")]

    def _visible(self, code: str) -> str:
        areas = visible_areas(self._rulebook, code) if code else None
        held = self._by_area()
        kept = [
            f"{place}={value}"
            for place, value in held.items()
            if areas is None or place.split("/")[1] in areas
        ]
        return hashed(*sorted(kept))

    def _by_area(self) -> dict[str, str]:
        """topic/area → hash."""
        if not self._seen:
            self._seen = recalled(stage_key("contents", *self._contents()), self._by_area_anew)
        return self._seen

    def _by_area_anew(self) -> dict[str, str]:
        from analysis.briefs.cells import Cells

        return {
            f"{topic}/{area}": hashed(rows.to_csv(index=False, float_format="%.6f"))
            for topic, table in Cells.load(self._store, self._rulebook).tables.items()
            for area, rows in table.groupby("wilayah", sort=True)
        }


def _seen(cells, at: Look) -> str:
    """What a look showed."""
    if len(at) == 1:
        return (
            cells.tables[at[0]].to_csv(index=False, float_format="%.6f") if cells.has(at[0]) else ""
        )
    if len(at) == 2:
        return str(cells.has(at[0]))
    topic, area, row, column, measure = at
    cell = cells.cell(topic, row, measure, column, area)
    return repr(at) if cell is None else repr(sorted((k, _plain(v)) for k, v in cell.items()))


def _plain(value: object) -> str:
    return f"{value:.6f}" if isinstance(value, float) else str(value)
