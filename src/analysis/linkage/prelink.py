"""Before any model: the same valid number beside a word of the name is one person already.

A number alone is never enough: the head's NIK stands on members' rows, and two people can hold one
number. What is joined here is compared afterwards as one golden record.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.average_link import components
from analysis.linkage.golden import golden
from analysis.linkage.keys import given, number
from analysis.policy import Linkage

# (rule, key): rows that share a whole key are one person. Initials guard the shared family name.
RULES = (
    ("nik_nama", f"{number('nik')}, first"),
    ("nik_nama", f"{number('nik')}, last, left(first, 1)"),
    ("nik_lahir", f"{number('nik')}, born, coalesce(sex, '')"),
    ("nik15", f"{number('nik15')}, sound, born"),
    ("kk_nama_lahir", f"{number('no_kk')}, sound, born"),
)


def build_nodes(engine: Engine, guards: Linkage) -> None:
    """Make `_node_of` (uid, node, cara) and `_nodes` (golden record a node), from `_units`."""
    join_sure(engine, guards)
    golden(engine, "_units JOIN _node_of USING (uid)", "_nodes")


def join_sure(engine: Engine, guards: Linkage, keys: Sequence[str] = ()) -> None:
    """Make `_node_of` (uid, node, cara) from `_units`: which are one before any model.

    `keys`: queries (node, rank, key) of the units' keys, where they are made already.
    """
    size = int(engine.one("SELECT count(*) FROM _units"))
    _draw_stars(engine, guards, keys or _rule_keys("_units", "uid"))
    stars = engine.frame("SELECT l, r FROM _stars")
    label = components(size, stars["l"].to_numpy(), stars["r"].to_numpy())
    engine.register("_labels", pd.DataFrame({"uid": np.arange(size), "node": label}))
    label = _obeyed(engine, _parted(engine, label))
    engine.register("_labels", pd.DataFrame({"uid": np.arange(size), "node": label}))
    people = f" UNION ALL SELECT unnest([l, r]), {len(RULES)} FROM _together"
    told = people if "_together" in engine.names() else ""
    engine.table(
        "_node_of",
        f"""SELECT n.uid, n.node, {rule_name("e.rank")} AS cara FROM _labels n LEFT JOIN
            (SELECT uid, min(rank) AS rank FROM
                (SELECT l AS uid, rank FROM _stars UNION ALL SELECT r, rank FROM _stars{told}) GROUP BY uid) e USING (uid)""",
    )
    engine.drop("_labels", "_stars")


def sure_keys(rows: str, node: str) -> str:
    """The query (node, rank, key) of the keys by which rows of `rows` are one person before any model."""
    return " UNION ALL ".join(_rule_keys(rows, node))


def _rule_keys(rows: str, node: str) -> list[str]:
    return [
        f"SELECT {node} AS node, {rank} AS rank, hash({rank}, {key}) AS key FROM {rows} WHERE NOT mute AND {given(key)}"
        for rank, (_, key) in enumerate(RULES)
    ]


def rule_name(rank: str) -> str:
    """SQL for the rule of a `rank`; people's word comes after the rules."""
    ways = " ".join(f"WHEN {place} THEN '{rule}'" for place, rule in enumerate(_WAYS))
    return f"CASE {rank} {ways} END"


_WAYS = (*(rule for rule, _ in RULES), "keputusan")


def _draw_stars(engine: Engine, guards: Linkage, keys: Sequence[str]) -> None:
    """Make `_stars` (l, r, rank): from the first row of each key to the others; a key of too many rows is a broken number."""
    engine.table("_stars", "SELECT 0::BIGINT AS l, 0::BIGINT AS r, 0::UTINYINT AS rank LIMIT 0")
    for query in keys:
        engine.table("_rule_keys", query)
        engine.run(
            f"""INSERT INTO _stars
            WITH shared AS (SELECT key, min(node) AS l FROM _rule_keys GROUP BY key
                HAVING count(*) BETWEEN 2 AND {guards.gugus_maks})
            SELECT l, node, rank FROM _rule_keys JOIN shared USING (key) WHERE l < node"""
        )


def _parted(engine: Engine, label: np.ndarray) -> np.ndarray:
    """A group with two register members of different NIK is no person: its rows go apart again."""
    several = engine.frame(
        f"""SELECT node FROM _units JOIN _labels USING (uid) WHERE in_register AND nik IS NOT NULL
        GROUP BY node HAVING min({number("nik")}) <> max({number("nik")})"""
    )
    return _alone(label, np.isin(label, several["node"].to_numpy()))


def _obeyed(engine: Engine, label: np.ndarray) -> np.ndarray:
    """People's word above every rule: what they joined is one, and both rows they parted leave their group."""
    if "_together" in engine.names():
        one = engine.frame("SELECT l, r FROM _together")
        label = components(len(label), label[one["l"]], label[one["r"]])[label]
    if "_apart" in engine.names():
        two = engine.frame("SELECT l, r FROM _apart")
        same = two[label[two["l"]] == label[two["r"]]].to_numpy()
        label = _alone(label, np.isin(np.arange(len(label)), same))
    return label


def _alone(label: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The labels with the rows `at` each in a group of its own."""
    return np.unique(np.where(at, len(label) + np.arange(len(label)), label), return_inverse=True)[
        1
    ]
