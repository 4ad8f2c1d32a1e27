"""Persons that average link made, looked at again as wholes: what one row leaves open another may tell.

A row that says little speaks against every other row of its person, so that where persons have many rows their
thinnest stayed alone. A person is compared as one row of the values most of their rows hold.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.average_link import average_link
from analysis.linkage.comparisons import Comparison
from analysis.linkage.lists.texts import Field
from analysis.linkage.lists.wide import compare
from analysis.policy import Linkage

Scored = Callable[[str], pd.DataFrame]


def look_again(
    engine: Engine, fields: tuple[Field, ...], compared: tuple[Comparison, ...], pairs: pd.DataFrame, label: np.ndarray,
    scored: Scored, rules: Linkage, apart: bool,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """New label per node, and the chance by which its person was joined to another (0 where not).

    `scored` gives the chances of a compared table. Two persons of a row each were compared already.
    """
    engine.register("_labelled", pd.DataFrame({"node": np.arange(len(label)), "label": label}))
    engine.register("_scored_pairs", pairs)
    engine.table("_near", _NEAR.format(most=rules.gugus_maks, apart=_APART if apart else ""))
    _whole(engine, fields)
    compare(engine, "_wholes", "_near", compared, "_again")
    found = scored("_again")
    engine.drop("_near", "_wholes", "_again")
    left, right, chance = (found[name].to_numpy() for name in ("l", "r", "peluang"))
    size = int(label.max(initial=-1)) + 1
    joined = average_link(size, left, right, chance, rules.ambang, rules.gugus_maks, rules.ambang_pasti)  # fmt: skip
    best = np.zeros(size)
    inside = joined.label[left] == joined.label[right]
    for end in (left, right):
        np.maximum.at(best, end[inside], chance[inside])
    return joined.label[label], best[label]


_NEAR = """
    WITH sized AS (SELECT *, count(*) OVER (PARTITION BY label) AS n FROM _labelled)
    SELECT DISTINCT least(a.label, b.label) AS l, greatest(a.label, b.label) AS r FROM _scored_pairs s
    JOIN sized a ON a.node = s.l JOIN sized b ON b.node = s.r
    WHERE a.label <> b.label AND a.n + b.n BETWEEN 3 AND {most} {apart}"""
_APART = """AND NOT EXISTS (FROM _labelled x JOIN _rows p USING (node), _labelled y JOIN _rows q USING (node)
        WHERE x.label = a.label AND y.label = b.label AND p.source = q.source)"""


def _whole(engine: Engine, fields: tuple[Field, ...]) -> None:
    """Make `_wholes`: of every person near another the commonest value of each field, as a row like those of `_rows`."""
    columns = engine.columns("_rows")
    engine.table(
        "_members",
        "SELECT label, r.* FROM _labelled JOIN _rows r USING (node) WHERE label IN (SELECT l FROM _near UNION SELECT r FROM _near)",
    )
    cells, joins = [], []
    for place, name in enumerate(dict.fromkeys(f.whole or f.name for f in fields)):
        own = [f for f in fields if (f.whole or f.name) == name]
        told = {f"x_{name}", *(c for f in own for c in (f.value, f.like, f.words, f.turned, f.initials, f.share))}  # fmt: skip
        cells += [f"c{place}.{column}" for column in columns if column in told]
        joins.append(f"LEFT JOIN ({_COMMONEST.format(value=f'x_{name}')}) c{place} ON c{place}.label = m.label")  # fmt: skip
    engine.table(
        "_wholes",
        f"""SELECT m.label AS node, m.source, {", ".join(cells)}
        FROM (SELECT label, min(source) AS source FROM _members GROUP BY label) m {" ".join(joins)}""",
    )
    engine.drop("_members")


_COMMONEST = """
    SELECT DISTINCT ON (label) * FROM (
        SELECT *, count(*) OVER (PARTITION BY label, {value}) AS held FROM _members WHERE {value} IS NOT NULL)
    ORDER BY label, held DESC, {value}, node"""
