"""Comparisons of any number of fields: patterns too wide for one number are kept as several, and numbered."""

import pandas as pd

from analysis.engine import Engine
from analysis.linkage import comparisons as narrow
from analysis.linkage.comparisons import Comparison, cells_of, decoded, pattern_sql

_MOST = 2**62


def compare(
    engine: Engine, rows: str, pairs: str, comparisons: tuple[Comparison, ...], target: str
) -> None:
    """Make `target` (l, r, pattern) for the pairs (l, r) of `pairs`, and `target`_seen (pattern, n, part0 …)."""
    parts = _parts(comparisons)
    names = [f"part{k}" for k in range(len(parts))]
    if len(parts) == 1:
        narrow.compare(engine, rows, pairs, comparisons, target)
        engine.table(f"{target}_seen", f"SELECT pattern, count(*) AS n, pattern AS part0 FROM {target} GROUP BY pattern ORDER BY pattern")  # fmt: skip
        return
    cells = ", ".join(f"{pattern_sql(p)} AS {n}" for p, n in zip(parts, names, strict=True))
    engine.table("_wide", f"SELECT p.l, p.r, {cells} FROM {pairs} p JOIN {rows} l ON l.node = p.l JOIN {rows} r ON r.node = p.r")  # fmt: skip
    shown = ", ".join(names)
    engine.table(
        f"{target}_seen",
        f"""SELECT row_number() OVER (ORDER BY {shown}) - 1 AS pattern, * FROM (
            SELECT count(*) AS n, {shown} FROM _wide GROUP BY {shown}) ORDER BY pattern""",
    )
    engine.table(target, f"SELECT l, r, pattern FROM _wide JOIN {target}_seen USING ({shown})")
    engine.drop("_wide")


def counted(engine: Engine, compared: str, comparisons: tuple[Comparison, ...]) -> pd.DataFrame:
    """Patterns of `compared` with the number of pairs `n` and their levels."""
    seen = engine.frame(f"SELECT * FROM {compared}_seen ORDER BY pattern")
    levels = [decoded(seen[f"part{k}"].to_numpy(), p) for k, p in enumerate(_parts(comparisons))]
    return pd.concat([seen[["pattern", "n"]], *levels], axis=1)


def _parts(comparisons: tuple[Comparison, ...]) -> list[tuple[Comparison, ...]]:
    """Comparisons in groups that one number holds."""
    parts: list[tuple[Comparison, ...]] = [()]
    size = 1
    for c in comparisons:
        if size * cells_of(c) >= _MOST:
            parts.append(())
            size = 1
        parts[-1] += (c,)
        size *= cells_of(c)
    return parts
