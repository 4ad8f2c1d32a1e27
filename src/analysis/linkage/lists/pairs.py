"""Pairs of any list worth comparing, and those a component still lacks."""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.average_link import components
from analysis.linkage.lists.budget import affordable
from analysis.linkage.lists.keys import keys
from analysis.linkage.lists.texts import Field
from analysis.policy import Linkage

_AT_ONCE = 24  # rules whose keys are held at the same time


def candidates(engine: Engine, fields: tuple[Field, ...], apart: bool, rules: Linkage) -> None:
    """Make `_pairs` (l, r): rows that share a key of a rule that does not cost too many pairs.

    `apart`: rows of one file are never compared.
    """
    queries = affordable(engine, sorted(keys(fields)), rules)
    most = rules.lain.pasangan_per_baris * int(engine.one("SELECT count(*) FROM _rows"))
    engine.table("_blocks", "SELECT 0::BIGINT AS node, 0::UBIGINT AS key LIMIT 0")
    for start in range(0, len(queries), _AT_ONCE):
        engine.table("_some", " UNION ALL ".join(queries[start : start + _AT_ONCE]))
        engine.run(
            f"""INSERT INTO _blocks
            WITH shared AS (
                SELECT rule, key, count(*) AS n FROM _some GROUP BY rule, key HAVING n BETWEEN 2 AND {rules.lain.blok_maks}),
            borne AS (SELECT rule FROM shared GROUP BY rule HAVING sum(n * (n - 1) / 2) <= {most}),
            kept AS (SELECT key FROM shared SEMI JOIN borne USING (rule))
            SELECT node, key FROM _some SEMI JOIN kept USING (key)"""
        )
    engine.table(
        "_pairs",
        """SELECT DISTINCT a.node AS l, b.node AS r FROM _blocks a
        JOIN _blocks b ON a.key = b.key AND a.node < b.node""",
    )
    engine.drop("_some", "_blocks")
    if apart:
        _between_files(engine)


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
