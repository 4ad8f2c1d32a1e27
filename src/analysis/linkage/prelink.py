"""Before any model: the same valid number beside a word of the name is one person already.

A number alone is never enough: the head's NIK stands on members' rows, and two people can hold one
number. What is joined here is compared afterwards as one golden record.
"""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.average_link import components
from analysis.linkage.keys import given
from analysis.policy import Linkage

# (rule, key): rows that share a whole key are one person. Initials guard the shared family name.
RULES = (
    ("nik_nama", "nik, first"),
    ("nik_nama", "nik, last, left(first, 1)"),
    ("nik_lahir", "nik, born, coalesce(sex, '')"),
    ("nik15", "nik15, sound, born"),
    ("kk_nama_lahir", "no_kk, sound, born"),
)


def build_nodes(engine: Engine, guards: Linkage) -> None:
    """Make `_node_of` (uid, node, cara) and `_nodes` (golden record a node), from `_units`."""
    size = int(engine.one("SELECT count(*) FROM _units"))
    rules = _stars_sql(guards)
    if "_together" in engine.names():
        rules += f" UNION ALL SELECT l, r, {len(RULES)}, 'keputusan' FROM _together"
    engine.table("_stars", rules)
    stars = engine.frame("SELECT DISTINCT l, r FROM _stars ORDER BY l, r")
    label = components(size, stars["l"].to_numpy(), stars["r"].to_numpy())
    label = _apart(engine, label)
    engine.register("_labels", pd.DataFrame({"uid": np.arange(size), "node": label}))
    engine.table(
        "_node_of",
        """SELECT n.uid, n.node, e.cara FROM _labels n LEFT JOIN
            (SELECT uid, min((rank, cara))[2] AS cara FROM
                (SELECT l AS uid, rank, cara FROM _stars UNION ALL SELECT r, rank, cara FROM _stars)
             GROUP BY uid) e USING (uid)""",
    )
    golden(engine, "_units JOIN _node_of USING (uid)", "_nodes")
    engine.drop("_labels", "_stars")


def sure_keys(rows: str, node: str) -> str:
    """The query (node, rank, key) of the keys by which rows of `rows` are one person before any model."""
    return " UNION ALL ".join(
        f"SELECT {node} AS node, {place} AS rank, hash({place}, {key}) AS key FROM {rows} WHERE NOT mute AND {given(key)}"
        for place, (_, key) in enumerate(RULES)
    )


def rule_name(rank: str) -> str:
    """SQL for the rule of a `rank`."""
    names = " ".join(f"WHEN {place} THEN '{rule}'" for place, (rule, _) in enumerate(RULES))
    return f"CASE {rank} {names} END"


def _stars_sql(guards: Linkage) -> str:
    """Edges from the first row of each key to the others; a key of too many rows is a broken number."""
    return f"""WITH held AS ({sure_keys("_units", "uid")}),
        shared AS (SELECT key, min(node) AS l FROM held GROUP BY key HAVING count(*) BETWEEN 2 AND {guards.gugus_maks})
        SELECT l, node AS r, rank, {rule_name("rank")} AS cara FROM held JOIN shared USING (key) WHERE l < node"""


def _apart(engine: Engine, label: np.ndarray) -> np.ndarray:
    """A group with two register members of different NIK is no person: its rows go apart again."""
    register = engine.frame(
        "SELECT uid, nik FROM _units WHERE in_register AND nik IS NOT NULL ORDER BY uid"
    )
    held = (
        pd.Series(register["nik"].to_numpy()).groupby(label[register["uid"].to_numpy()]).nunique()
    )
    broken = np.isin(label, held.index[held > 1].to_numpy())
    if "_apart" in engine.names():  # people said so: both rows leave the group
        pairs = engine.frame("SELECT l, r FROM _apart")
        same = pairs[label[pairs["l"].to_numpy()] == label[pairs["r"].to_numpy()]]
        broken[np.unique(same.to_numpy())] = True
    parted = np.where(broken, len(label) + np.arange(len(label)), label)
    return np.unique(parted, return_inverse=True)[1]


def golden(engine: Engine, source: str, target: str) -> None:
    """Make `target`: per node the first value of each field, the register's before a roster's.

    `kk2` and `area2` keep a second value where there is one: people move and cards change.
    Shares of names and birth dates among nodes tell how much agreement on them weighs.
    """
    engine.table(
        "_ranked",
        f"SELECT *, uid + CASE WHEN in_register THEN 0 ELSE {_LATER} END AS turn FROM {source}",
    )
    engine.table("_sizes", "SELECT node, count(*) AS n_units FROM _ranked GROUP BY node")
    first = ", ".join(f"arg_min({c}, turn) FILTER ({c} IS NOT NULL) AS {c}" for c in _GOLDEN)
    engine.table(
        "_golden",
        f"""SELECT node, {first}, max(no_kk) AS kk_max, min(no_kk) AS kk_min, max(area) AS area_max,
            min(area) AS area_min, bit_or(lists) AS lists, bool_or(in_register) AS in_register,
            bool_and(mute) AS mute
        FROM _ranked SEMI JOIN (SELECT node FROM _sizes WHERE n_units > 1) USING (node) GROUP BY node
        UNION ALL SELECT node, {", ".join(_GOLDEN)}, no_kk, no_kk, area, area, lists, in_register, mute
        FROM _ranked SEMI JOIN (SELECT node FROM _sizes WHERE n_units = 1) USING (node)""",
    )
    total = int(engine.one("SELECT count(*) FROM _golden"))
    engine.table(
        target,
        f"""SELECT g.* EXCLUDE (kk_max, kk_min, area_max, area_min),
            CASE WHEN kk_max <> no_kk THEN kk_max WHEN kk_min <> no_kk THEN kk_min END AS kk2,
            CASE WHEN area_max <> area THEN area_max WHEN area_min <> area THEN area_min END AS area2,
            strftime(g.born, '%Y%m%d') AS day, s.n / {max(total, 1)} AS sound_f, b.n / {max(total, 1)} AS born_f
        FROM _golden g LEFT JOIN (SELECT sound, count(*) AS n FROM _golden GROUP BY sound) s ON s.sound = g.sound
        LEFT JOIN (SELECT born, count(*) AS n FROM _golden GROUP BY born) b ON b.born = g.born""",
    )
    engine.drop("_golden", "_ranked", "_sizes")


_LATER = 1_000_000_000_000  # rosters come after every row of the register
_GOLDEN = (
    "nik", "nik15", "no_kk", "sound", "first", "last", "born", "year", "sex", "area", "rt", "rw",
)  # fmt: skip
