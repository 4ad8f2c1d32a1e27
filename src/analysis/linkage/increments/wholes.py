"""Groups that new rows touched, looked at again as wholes (second_look.py), and persons that were nearly one before.

A new row may tell what an old one left open: then two known persons in doubt are one, though no new row is like both.
"""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.comparisons import compare
from analysis.linkage.increments import pairs as sql
from analysis.linkage.registry import number_of
from analysis.policy import Linkage

# golden records of two known persons in doubt of which a new row meets one
IN_DOUBT = f"""
    WITH near AS (
        SELECT {number_of("person_a")} AS a, {number_of("person_b")} AS b FROM base_maybe_links),
    held AS (
        SELECT node, person FROM base_nodes SEMI JOIN (SELECT a AS person FROM near UNION SELECT b FROM near) USING (person)),
    touched AS (
        SELECT DISTINCT person FROM held SEMI JOIN (SELECT l AS node FROM _pairs UNION SELECT l FROM _sure) USING (node))
    SELECT x.node AS l, y.node AS r FROM near JOIN held x ON x.person = a JOIN held y ON y.person = b
    WHERE a IN (FROM touched) OR b IN (FROM touched)"""

# as in a full run: two groups of a record each were compared already
_NEAR = """
    WITH sized AS (SELECT *, count(*) OVER (PARTITION BY label) AS n FROM _grouped)
    SELECT DISTINCT least(a.label, b.label) AS l, greatest(a.label, b.label) AS r FROM _scored s
    JOIN sized a ON a.one = s.l JOIN sized b ON b.one = s.r WHERE a.label <> b.label AND a.n + b.n > 2"""
_TOLD = """
    SELECT t.* REPLACE (label AS one) FROM _told_by t JOIN _grouped USING (one)
    SEMI JOIN (SELECT l AS label FROM _near_groups UNION SELECT r FROM _near_groups) USING (label)"""


def near_groups(engine: Engine, rules: Linkage, ones: np.ndarray, label: np.ndarray) -> pd.DataFrame:  # fmt: skip
    """Pairs of groups (l, r, peluang) likely one person as wholes; `label`: the group of each of `ones`, golden records in play."""
    engine.register("_grouped", pd.DataFrame({"one": ones, "label": label}))
    engine.table("_near_groups", _NEAR)
    engine.table("_told_groups", _TOLD)
    engine.table("_group_records", sql.gold("_told_groups"))
    compare(engine, "_group_records", "_near_groups", indonesia.ALL, "_groups_compared")
    found = engine.frame(
        f"""SELECT l, r, peluang FROM _groups_compared JOIN base_model USING (pattern)
        WHERE peluang >= {rules.ambang} ORDER BY l, r"""
    )
    engine.drop("_grouped", "_near_groups", "_told_groups", "_group_records", "_groups_compared")
    return found
