"""Scored pairs → persons: average link, people's decisions above every score, doubt left to review."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.average_link import average_link, components
from analysis.linkage.comparisons import compare
from analysis.linkage.decisions import APART_NODES
from analysis.linkage.model import LinkModel, scored_pairs, trained
from analysis.linkage.prelink import build_nodes
from analysis.linkage.second_look import look_again
from analysis.policy import Linkage

APART = -1000.0  # "not one person", said by people: no average of other pairs outweighs it

_TWO_NUMBERS = (
    f"pattern // {indonesia.EVIDENCE_CELLS} - 1 IN ({indonesia.TWICE}, {indonesia.TWINS})"
)


def join_units(
    engine: Engine, rules: Linkage, keep_keys: Callable[[Engine], None] = lambda engine: None
) -> LinkModel:
    """Make `_nodes`, `_clusters` and what leads to them from `_units` and people's decisions; the model stays as registry_model.

    `keep_keys` may keep something of `_hash_keys`, which go once pairs are found.
    """
    build_nodes(engine, rules)
    model = trained(engine, rules)
    model.store(engine)
    keep_keys(engine)
    pairs = with_inner_pairs(engine, scored_pairs(engine, rules), rules)
    build_clusters(engine, pairs, rules, model.sure_of)
    return model


def with_inner_pairs(engine: Engine, pairs: pd.DataFrame, rules: Linkage) -> pd.DataFrame:
    """`pairs`, and those that no key let meet though a chain of likely pairs holds both ends; they join `_scored`.

    Average link takes a pair that is not given for two persons: only what was compared may say that. Two NIK
    that are surely two persons' part a chain whatever else it holds: their chance is APART.
    """
    size = int(engine.one("SELECT count(*) FROM _nodes"))
    likely = pairs[pairs["peluang"] >= rules.ambang]
    label = components(size, likely["l"].to_numpy(), likely["r"].to_numpy())
    held = np.bincount(label, minlength=size)[label]
    inside = np.flatnonzero((held > 2) & (held <= rules.gugus_maks))
    engine.register("_chains", pd.DataFrame({"node": inside, "label": label[inside]}))
    engine.table(
        "_inner_pairs",
        """SELECT a.node AS l, b.node AS r FROM _chains a JOIN _chains b ON a.label = b.label AND a.node < b.node
        ANTI JOIN _scored s ON s.l = a.node AND s.r = b.node""",
    )
    compare(engine, "_nodes", "_inner_pairs", indonesia.ALL, "_inner_compared")
    engine.run(
        f"""INSERT INTO _scored SELECT l, r, pattern, peluang FROM _inner_compared JOIN registry_model USING (pattern)
        WHERE peluang >= {rules.ambang_mungkin}"""
    )
    found = engine.frame(
        f"""SELECT l, r, peluang, {nearness(rules)} AS dekat FROM _scored
        UNION ALL SELECT l, r, {APART}, {APART} FROM _inner_compared JOIN registry_model USING (pattern)
            WHERE peluang < {rules.ambang_mungkin} AND {_TWO_NUMBERS} ORDER BY l, r"""
    )
    engine.drop("_chains", "_inner_pairs", "_inner_compared")
    return found


def nearness(rules: Linkage) -> str:
    """SQL for the chance that puts pairs in order: an equal name is joined before a near one, that may be the other twin's."""
    return f"CASE WHEN {indonesia.SAME_NAME} THEN peluang ELSE least(peluang, {rules.ambang_pasti}) END"


def build_clusters(
    engine: Engine, pairs: pd.DataFrame, rules: Linkage, sure_of: dict[str, float]
) -> None:
    """Make `_clusters` (uid, cluster, cara, kepastian, peluang) and `_cluster_of` (node, cluster).

    `pairs` (l, r, peluang, dekat: see nearness) are nodes; `sure_of` gives the chance of a link made before the model,
    by its rule. `alone` rows join nobody. `_over` holds nodes of components over the guard.
    """
    size = int(engine.one("SELECT count(*) FROM _nodes"))
    pairs = _decided(engine, pairs)
    ends = (pairs["l"].to_numpy(np.int64), pairs["r"].to_numpy(np.int64))
    chance, near = (pairs[name].to_numpy(float) for name in ("peluang", "dekat"))
    found = average_link(size, *ends, near, rules.ambang, rules.gugus_maks, rules.ambang_pasti)
    best = _best_inside(size, *ends, chance, found.label)
    whole, of_whole = _joined_again(engine, rules, found.label, pairs)
    nodes = pd.DataFrame(
        {
            "node": np.arange(size),
            "cluster": whole[found.label],
            "chance": np.where(best < 2, best, of_whole[found.label]),
        }
    )
    engine.register("_cluster_of", nodes)
    engine.register("_over", nodes.loc[found.over_guard, ["node"]])
    engine.register(
        "_sure_of",
        pd.DataFrame({"cara": list(sure_of), "sure": np.array(list(sure_of.values()), float)}),
    )
    engine.table("_clusters", _clusters_sql(rules))
    engine.drop("_sure_of")


def _joined_again(
    engine: Engine, rules: Linkage, label: np.ndarray, pairs: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """What groups come to when they are looked at as wholes: a label a group, and its best chance (2: joined to none)."""
    groups = pd.DataFrame({"node": np.arange(len(label)), "cluster": label})
    again = look_again(engine, rules, groups)
    return join_groups(label, again, pairs[pairs["peluang"] == APART], rules)


def join_groups(
    label: np.ndarray, found: pd.DataFrame, apart: pd.DataFrame, rules: Linkage
) -> tuple[np.ndarray, np.ndarray]:
    """Groups of which `found` (l, r, peluang) are likely one: a label a group, and its best chance (2: joined to none).

    `label`: the group of each record; `apart` (l, r): records that are two persons' whatever their groups look like.
    """
    size = int(label.max(initial=-1)) + 1
    parted = pd.DataFrame(np.sort(label[apart[["l", "r"]].to_numpy(np.int64)], axis=1), columns=["l", "r"])  # fmt: skip
    kept = found.merge(parted.drop_duplicates(), "left", ["l", "r"], indicator=True)
    kept = kept[kept["_merge"] == "left_only"]
    ends, chance = (kept["l"].to_numpy(np.int64), kept["r"].to_numpy(np.int64)), kept["peluang"].to_numpy(float)  # fmt: skip
    whole = average_link(size, *ends, chance, rules.ambang, rules.gugus_maks, rules.ambang_pasti)
    return whole.label, _best_inside(size, *ends, chance, whole.label)


def _clusters_sql(rules: Linkage) -> str:
    return f"""
        WITH joined AS (
            SELECT n.uid, c.cluster, n.cara AS before, c.chance, coalesce(s.sure, 1.0) AS sure
            FROM _node_of n JOIN _cluster_of c USING (node) LEFT JOIN _sure_of s USING (cara)),
        told AS (
            SELECT uid, cluster, coalesce(before, CASE WHEN chance < 2 THEN 'model' ELSE 'sendiri' END) AS cara,
                round(CASE WHEN chance < 2 THEN sure * greatest(chance, 0) ELSE sure END, 6) AS peluang FROM joined)
        SELECT uid, cluster, cara, {certainty(rules)} AS kepastian, peluang FROM told"""


def certainty(rules: Linkage) -> str:
    """SQL for a link's certainty in words, from its `peluang`."""
    return f"""CASE WHEN peluang >= {rules.ambang_pasti} THEN 'pasti'
        WHEN peluang >= {rules.ambang_kuat} THEN 'kuat' ELSE 'lemah' END"""


def _best_inside(
    size: int, left: np.ndarray, right: np.ndarray, chance: np.ndarray, label: np.ndarray
) -> np.ndarray:
    """Per node its best chance with another node of its cluster; 2 where it is the only one."""
    best = np.full(size, 2.0)
    inside = label[left] == label[right]
    joined = np.full(size, -1.0)
    for end in (left, right):
        np.maximum.at(joined, end[inside], chance[inside])
    several = np.bincount(label, minlength=size)[label] > 1
    best[several] = joined[several]
    return best


def _decided(engine: Engine, pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs with people's "not one person" put above every score."""
    if "_apart" not in engine.names():
        return pairs
    return parted(pairs, engine.frame(APART_NODES))


def parted(pairs: pd.DataFrame, apart: pd.DataFrame) -> pd.DataFrame:
    """`pairs` (l, r, peluang) in which those of `apart` (l, r) are never one person, whatever their score."""
    every = pd.concat([pairs, apart.assign(peluang=APART, dekat=APART)])
    return every.drop_duplicates(["l", "r"], keep="last").sort_values(["l", "r"])


def build_maybe_links(engine: Engine, rules: Linkage) -> None:
    """Make core_maybe_links: pairs of persons that may be one, though they were not joined."""
    engine.table(
        "core_maybe_links",
        f"""SELECT least(pa.person_id, pb.person_id) AS person_a, greatest(pa.person_id, pb.person_id) AS person_b,
            max(s.peluang) AS peluang
        FROM _scored s JOIN _cluster_of a ON a.node = s.l JOIN _cluster_of b ON b.node = s.r
        JOIN _persons pa ON pa.cluster = a.cluster JOIN _persons pb ON pb.cluster = b.cluster
        WHERE a.cluster <> b.cluster AND s.peluang >= {rules.ambang_tinjau} GROUP BY 1, 2""",
    )
