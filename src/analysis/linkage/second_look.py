"""Groups that average link made, looked at again as wholes: what one row left open another may tell.

Average link weighs pairs of records, and a record that says little speaks against every other of its person: three
rows of which each two share something else stay apart. So a group is made one golden record, as the model has
learned to compare a row with what is known of a person, and compared with the groups it was nearly joined to.
"""

import pandas as pd

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.company import weigh_company
from analysis.linkage.comparisons import compare
from analysis.linkage.golden import golden
from analysis.policy import Linkage


def look_again(engine: Engine, rules: Linkage, label: pd.DataFrame) -> pd.DataFrame:
    """Pairs of groups (l, r, pattern, peluang) likely one person, of those that `_scored` has a pair between.

    `label`: node, cluster. Two groups of a record each were compared already.
    """
    engine.register("_grouped", label)
    engine.table("_near_groups", _NEAR)
    engine.table(
        "_group_rows",
        """SELECT u.*, g.cluster AS node FROM _units u JOIN _node_of USING (uid) JOIN _grouped g USING (node)
        WHERE g.cluster IN (SELECT l FROM _near_groups UNION SELECT r FROM _near_groups)""",
    )
    golden(engine, "_group_rows", "_group_records", among="_nodes")
    compare(engine, "_group_records", "_near_groups", indonesia.ALL, "_groups_compared")
    engine.table(
        "_groups_scored",
        "SELECT l, r, pattern, peluang FROM _groups_compared JOIN registry_model USING (pattern)",
    )
    weigh_company(engine, rules, "_group_records", "_groups_scored")
    found = engine.frame(f"FROM _groups_scored WHERE peluang >= {rules.ambang} ORDER BY l, r")
    engine.drop(
        "_grouped",
        "_near_groups",
        "_group_rows",
        "_group_records",
        "_groups_compared",
        "_groups_scored",
    )
    return found


_NEAR = """
    WITH sized AS (SELECT *, count(*) OVER (PARTITION BY cluster) AS n FROM _grouped)
    SELECT DISTINCT least(a.cluster, b.cluster) AS l, greatest(a.cluster, b.cluster) AS r FROM _scored s
    JOIN sized a ON a.node = s.l JOIN sized b ON b.node = s.r WHERE a.cluster <> b.cluster AND a.n + b.n > 2"""
