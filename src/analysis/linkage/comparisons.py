"""How two rows are compared: small integers per field, computed in SQL; the model sees only them.

A level's condition speaks of columns as `l.x` and `r.x`. Level 0 is the closest; the last level,
"differs", is implied; where `missing` holds the comparison is -1 and tells nothing.
Only functions that DuckDB and Spark share are used (levenshtein, prefixes, equality).
"""

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.errors import UsageError


@dataclass(frozen=True)
class Comparison:
    """One field or group of fields: its name, what makes it silent, and its levels from closest on.

    `frequency`: a column with the share of rows holding the value; agreement on a rare value
    weighs more than on a common one.
    """

    name: str
    missing: str
    levels: tuple[str, ...]
    frequency: str = ""

    @property
    def size(self) -> int:
        """Number of levels, "differs" included."""
        return len(self.levels) + 1

    def sql(self) -> str:
        """The level as a TINYINT expression over `l` and `r`."""
        cases = " ".join(f"WHEN {level} THEN {place}" for place, level in enumerate(self.levels))
        return (
            f"CAST(CASE WHEN {self.missing} THEN -1 {cases} ELSE {len(self.levels)} END AS TINYINT)"
        )

    def columns(self) -> set[str]:
        """Columns a row must have."""
        text = " ".join((self.missing, *self.levels))
        found = {name for _, name in re.findall(r"\b([lr])\.(\w+)", text)}
        return found | ({self.frequency} if self.frequency else set())


RARITIES = 12


def rarity(column: str) -> str:
    """SQL for the rarity class of a shared value: 0 for shares above 1/4, then one class a factor 4."""
    scaled = f"floor(-ln(greatest({column}, 1e-9)) / ln(4))"
    return f"CAST(least(greatest({scaled}, 0), {RARITIES - 1}) AS INTEGER)"


def pattern_sql(comparisons: tuple[Comparison, ...]) -> str:
    """One number for the whole pattern: cells in mixed radix, so that pairs carry a single column.

    Raises UsageError where there are more fields than 62 bits can tell apart (about fifteen).
    """
    parts, step = [], 1
    for c in comparisons:
        parts.append(f"{step}::BIGINT * {_cell_sql(c)}")
        step *= cells_of(c)
    if step >= 2**62:
        raise UsageError("resolve_too_many_fields", count=len(comparisons))
    return f"CAST({' + '.join(parts)} AS {'INTEGER' if step < 2**31 else 'BIGINT'})"


def cells_of(c: Comparison) -> int:
    """Missing, each level, and exact agreement once a rarity class."""
    return 1 + c.size + (RARITIES - 1 if c.frequency else 0)


def _cell_sql(c: Comparison) -> str:
    if not c.frequency:
        return f"({c.sql()} + 1)"
    first, *rest = c.levels
    cases = " ".join(f"WHEN {level} THEN {place + RARITIES}" for place, level in enumerate(rest, 1))
    exact = f"1 + {rarity('l.' + c.frequency)}"
    return f"(CASE WHEN {c.missing} THEN 0 WHEN {first} THEN {exact} {cases} ELSE {len(c.levels) + RARITIES} END)"


def decoded(patterns: np.ndarray, comparisons: tuple[Comparison, ...]) -> pd.DataFrame:
    """Pattern numbers → levels a comparison (-1 missing), and `<name>_f`, the rarity where both agree, else -1."""
    columns, rest = {}, np.asarray(patterns)
    for c in comparisons:
        cell, rest = rest % cells_of(c), rest // cells_of(c)
        if c.frequency:
            exact = (cell >= 1) & (cell <= RARITIES)
            columns[c.name] = np.where(cell == 0, -1, np.where(exact, 0, cell - RARITIES))
            columns[f"{c.name}_f"] = np.where(exact, cell - 1, -1)
        else:
            columns[c.name] = cell - 1
    return pd.DataFrame(columns)


def all_patterns(comparisons: tuple[Comparison, ...]) -> np.ndarray:
    """Every pattern there can be, in order."""
    return np.arange(math.prod(cells_of(c) for c in comparisons))


def compare(
    engine: Engine, rows: str, pairs: str, comparisons: tuple[Comparison, ...], target: str
) -> None:
    """Make `target` (l, r, pattern) for the pairs (l, r) of `pairs`; `rows` is keyed by `node`."""
    engine.table(
        target,
        f"""SELECT p.l, p.r, {pattern_sql(comparisons)} AS pattern FROM {pairs} p
        JOIN {rows} l ON l.node = p.l JOIN {rows} r ON r.node = p.r""",
    )


def counted(engine: Engine, compared: str, comparisons: tuple[Comparison, ...]) -> pd.DataFrame:
    """Patterns of `compared` with the number of pairs `n` and their levels."""
    found = engine.frame(
        f"SELECT pattern, count(*) AS n FROM {compared} GROUP BY pattern ORDER BY pattern"
    )
    return pd.concat([found, decoded(found["pattern"].to_numpy(), comparisons)], axis=1)
