"""Before any model: the same valid number beside a word of the name is one person already.

A number alone is never enough: the head's NIK stands on members' rows, and two people can hold one
number. What is joined here is compared afterwards as one golden record.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.average_link import components
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


def golden(engine: Engine, source: str, target: str) -> None:
    """Make `target`: per node the first value of each field, the register's before a roster's (order of `uid`).

    `kk2` and `area2` keep a second value where there is one: people move and cards change.
    Shares of names and birth dates among nodes tell how much agreement on them weighs.
    """
    told = " + ".join(
        f"CASE WHEN {name} IS NULL THEN 0 ELSE {1 << place} END"
        for place, name in enumerate(_GOLDEN)
    )
    # most nodes' first row says all that any of theirs does: the others' fields alone are looked through
    engine.table(
        "_told",
        f"""SELECT node, min(uid) AS uid, bit_or(lists) AS lists, bool_or(in_register) AS in_register,
            bool_and(mute) AS mute, bit_or(told) <> arg_min(told, uid) OR min(kk) <> max(kk) OR min(place) <> max(place) AS is_mixed
        FROM (SELECT node, uid, lists, in_register, mute, {told} AS told,
            {number("no_kk")} AS kk, area AS place FROM {source})
        GROUP BY node""",
    )
    fields = ", ".join(_GOLDEN)
    first = ", ".join(f"arg_min({c}, uid) FILTER ({c} IS NOT NULL) AS {c}" for c in _GOLDEN)
    seconds = ", ".join(f"{which}({c}) AS {c}_{which}" for c in ("no_kk", "area") for which in ("min", "max"))  # fmt: skip
    engine.table(
        "_first",
        f"""SELECT s.node, {fields}, no_kk AS no_kk_min, no_kk AS no_kk_max, area AS area_min, area AS area_max
            FROM (SELECT node, uid, {fields} FROM {source}) s JOIN _told t ON t.uid = s.uid AND NOT coalesce(t.is_mixed, false)
        UNION ALL SELECT node, {first}, {seconds} FROM (SELECT node, uid, {fields} FROM {source})
            SEMI JOIN (SELECT node FROM _told WHERE is_mixed) USING (node) GROUP BY node""",
    )
    total = int(engine.one("SELECT count(*) FROM _told"))
    engine.table(
        target,
        f"""SELECT g.* EXCLUDE (no_kk_min, no_kk_max, area_min, area_max), lists, in_register, mute,
            CASE WHEN no_kk_max <> no_kk THEN no_kk_max WHEN no_kk_min <> no_kk THEN no_kk_min END AS kk2,
            CASE WHEN area_max <> area THEN area_max WHEN area_min <> area THEN area_min END AS area2,
            {day("g.born")} AS day, s.n / {max(total, 1)} AS sound_f, b.n / {max(total, 1)} AS born_f
        FROM _first g JOIN _told USING (node)
        LEFT JOIN (SELECT sound, count(*) AS n FROM _first GROUP BY sound) s ON s.sound = g.sound
        LEFT JOIN (SELECT born, count(*) AS n FROM _first GROUP BY born) b ON b.born = g.born""",
    )
    engine.drop("_told", "_first")


def day(born: str) -> str:
    """SQL for a birth date as text, by which slips of a digit are told."""
    return f"strftime({born}, '%Y%m%d')"


_GOLDEN = (
    "nik", "nik15", "digits", "no_kk", "sound", "first", "last", "born", "year", "sex", "area", "rt", "rw",
)  # fmt: skip
