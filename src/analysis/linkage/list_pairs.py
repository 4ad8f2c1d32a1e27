"""Pairs of any list worth comparing, and those a component still lacks."""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.average_link import components
from analysis.linkage.blocking import pair_up
from analysis.linkage.field_keys import keys
from analysis.linkage.field_text import Field
from analysis.policy import Linkage


def candidates(engine: Engine, fields: tuple[Field, ...], apart: bool, rules: Linkage) -> None:
    """Make `_pairs` (l, r): rows that share a key of a rule that does not cost too many pairs.

    `apart`: rows of one file are never compared.
    """
    size = int(engine.one("SELECT count(*) FROM _rows"))
    queries = [
        query for rule, cells in keys(fields) if _bearable(engine, query := _query(rule, cells), size, rules)
    ]  # fmt: skip
    pair_up(engine, queries, rules.lain.blok_maks, "_pairs")
    if apart:
        _between_files(engine)


def _query(rule: str, cells: tuple[str, ...]) -> str:
    told = " AND ".join(f"({cell}) IS NOT NULL" for cell in cells)
    return f"SELECT node, hash('{rule}', {', '.join(cells)}) AS key, true AS lacks FROM _rows WHERE {told}"


def _bearable(engine: Engine, query: str, size: int, rules: Linkage) -> bool:
    pairs = engine.one(
        f"""SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (
            SELECT count(*) AS n FROM ({query}) GROUP BY key HAVING n BETWEEN 2 AND {rules.lain.blok_maks})"""
    )
    return 0 < float(pairs) <= rules.lain.pasangan_per_baris * size


def _between_files(engine: Engine) -> None:
    engine.table(
        "_pairs",
        """SELECT p.l, p.r FROM _pairs p JOIN _rows a ON a.node = p.l JOIN _rows b ON b.node = p.r
        WHERE a.source <> b.source""",
    )


def missing_inside(engine: Engine, pairs: pd.DataFrame, size: int, rules: Linkage) -> None:
    """Make `_missing` (l, r): pairs never compared within components of likely pairs, so that an average is over all."""
    near = pairs[pairs["peluang"] >= rules.ambang_tinjau]
    label = components(size, near["l"].to_numpy(), near["r"].to_numpy())
    engine.register("_component", pd.DataFrame({"node": np.arange(size), "label": label}))
    engine.table(
        "_missing",
        f"""WITH c AS (SELECT * FROM _component QUALIFY count(*) OVER (PARTITION BY label) BETWEEN 3 AND {rules.gugus_maks})
        SELECT a.node AS l, b.node AS r FROM c a JOIN c b ON a.label = b.label AND a.node < b.node
        ANTI JOIN _pairs p ON p.l = a.node AND p.r = b.node""",
    )
