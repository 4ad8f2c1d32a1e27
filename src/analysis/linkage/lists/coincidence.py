"""How often two rows of any list agree by chance, and how a field's values are spread."""

from dataclasses import dataclass

import numpy as np

from analysis.engine import Engine
from analysis.linkage.comparisons import RARITIES, Comparison, rarity
from analysis.linkage.lists.levels import SWAPPED, swappable
from analysis.linkage.lists.texts import Field
from analysis.linkage.lists.wide import compare, counted
from analysis.policy import AnyLists

_LEAST = 1e-6  # a level no random pair shows


@dataclass(frozen=True)
class Coincidence:
    """Of one comparison: `levels` = chance of each level for two random rows, exact agreement first.

    `agree` splits exact agreement by rarity class; `spread` is the share of rows with a value of the
    class, among those that agree with any other. Both empty where rarity tells nothing.
    """

    levels: np.ndarray
    agree: np.ndarray
    spread: np.ndarray

    def cells(self) -> np.ndarray:
        """Chance of each cell: missing (no evidence, 1), exact by rarity, other levels."""
        return self.split(self.levels, self.agree)

    def of(self, levels: np.ndarray) -> np.ndarray:
        """Chance of each cell where exact agreement does not prefer common values, as within one person."""
        return self.split(levels, levels[0] * self.spread)

    def split(self, levels: np.ndarray, exact: np.ndarray) -> np.ndarray:
        """Levels with exact agreement split in classes, behind the cell of missing values."""
        return np.concatenate(([1.0], exact if len(self.spread) else levels[:1], levels[1:]))


def coincidences(
    engine: Engine, fields: tuple[Field, ...], comparisons: tuple[Comparison, ...], rules: AnyLists
) -> tuple[Coincidence, ...]:
    """A field's Coincidence each, from random pairs; exact agreement from all rows."""
    size = int(engine.one("SELECT count(*) FROM _rows"))
    drawn = min(rules.pasangan_acak, 4 * size * size)
    told_apart = min(
        1.0, size * (size - 1) / 2 / drawn
    )  # the same few pairs drawn again teach nothing
    engine.table(
        "_random",
        f"""SELECT l, r FROM (SELECT CAST(hash(range, 1) % {size} AS BIGINT) AS l,
            CAST(hash(range, 2) % {size} AS BIGINT) AS r FROM range({drawn})) WHERE l <> r""",
    )
    compare(engine, "_rows", "_random", comparisons, "_random_compared")
    seen = counted(engine, "_random_compared", comparisons)
    engine.drop("_random", "_random_compared")
    found = []
    for field, c in zip(fields, comparisons, strict=True):
        level = seen[c.name].to_numpy().astype(int)
        told = level >= 0
        n = np.bincount(
            level[told], seen["n"].to_numpy(float)[told] * told_apart, minlength=c.size
        ).astype(float)
        usual = rules.jenis[field.kind].kebetulan
        n += _usual_levels(c.size, usual) * rules.baris_awal
        agree, spread = np.empty(0), np.empty(0)
        if c.frequency:
            agree, spread = _by_rarity(engine, field)
        found.append(_levels(engine, field, fields, n / n.sum(), agree, spread))
    return tuple(found)


def _usual_levels(size: int, exact: float) -> np.ndarray:
    """Levels of two persons by general knowledge: nearly all differ."""
    between = np.full(size - 2, 0.002)
    return np.concatenate(([exact], between, [1 - exact - between.sum()]))


def _levels(
    engine: Engine, field: Field, fields: tuple[Field, ...], levels: np.ndarray, agree: np.ndarray, spread: np.ndarray,
) -> Coincidence:  # fmt: skip
    if len(spread):
        exact = max(float(agree.sum()), _LEAST)
        levels = np.concatenate(([exact], levels[1:] / levels[1:].sum() * (1 - exact)))
        agree = np.maximum(agree, 1e-12)
    others = swappable(field, fields)
    if others:
        alike = levels[SWAPPED + 1 : -1].sum()
        crossed = sum(_crossed(engine, field, other) for other in others)
        # both fields show one swap: each carries the square root of its chance
        levels[SWAPPED] = max(float(np.sqrt(2 * crossed * alike)), _LEAST)
    return Coincidence(np.maximum(levels, _LEAST), agree, spread)


def _by_rarity(engine: Engine, field: Field) -> tuple[np.ndarray, np.ndarray]:
    """Chance that two rows share a value of each rarity class, and the share of rows with such a value."""
    classes = engine.rows(
        f"""SELECT {rarity(field.share)} AS class, coalesce(sum(n) FILTER (WHERE n > 1), 0), sum(n * share) FROM (
            SELECT any_value({field.share}) AS {field.share}, any_value({field.share}) AS share, count(*)::DOUBLE AS n
            FROM _rows WHERE {field.value} IS NOT NULL GROUP BY {field.value}) GROUP BY 1 ORDER BY 1"""
    )
    n = float(engine.one(f"SELECT count({field.value}) FROM _rows"))
    agree, spread = np.zeros(RARITIES), np.zeros(RARITIES)
    for place, held, agreeing in classes:
        agree[place], spread[place] = agreeing / n, held
    return agree, spread / max(spread.sum(), 1)


def _crossed(engine: Engine, field: Field, other: Field) -> float:
    """Chance that the value in one column of a random row stands in the other column of another."""
    a, b = (f.like if f.kind == "name" else f.value for f in (field, other))
    return float(
        engine.one(
            f"""SELECT coalesce(sum(a.n * b.n), 0) / greatest((SELECT count({a})::DOUBLE * count({b}) FROM _rows), 1)
            FROM (SELECT {a} AS v, count(*)::DOUBLE AS n FROM _rows GROUP BY 1) a
            JOIN (SELECT {b} AS v, count(*)::DOUBLE AS n FROM _rows GROUP BY 1) b USING (v)"""
        )
    )
