"""A row is at most one of the persons it resembles: each speaks against the others, and the only one is likelier than its pair alone tells.

Chances of pairs are right on average, over rows with many namesakes and with none. Of a row's candidates at most one is
its person: chance j = o_j / (none + Σ o), by the pairs' odds o. `none` stands for the candidate nobody sees, and follows
from how many rows of a list, by their NIK, stand in no other list: where lists share nobody it is one, as for a pair alone.
"""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.average_link import components
from analysis.policy import Linkage

LISTS = 63
_LEAST = 1e-6
# who has candidates, and who may be one: a row of one list outside the register, and a record with a number of its own
LONE = "(NOT {0}.in_register AND bit_count({0}.lists) = 1)"
KNOWN = "({0}.in_register OR {0}.nik IS NOT NULL)"


def learn_none(engine: Engine, rules: Linkage) -> None:
    """Make `_none` (place, tanpa): of each list's rows with a NIK outside the register, the share that stands in no other list."""
    engine.register("_none", none_told(engine, rules, _MET))


_MET = """
    SELECT u.lists, bit_count(n.lists) > 1 AS met, count(*) FROM _units u JOIN _node_of USING (uid) JOIN _nodes n USING (node)
    WHERE u.nik IS NOT NULL AND NOT u.in_register GROUP BY ALL"""


def none_told(engine: Engine, rules: Linkage, rows: str) -> pd.DataFrame:
    """What the query `rows` (lists, met, how many) tells of each list: place, tanpa; 1 where it tells nothing."""
    told, alone = np.zeros(LISTS), np.zeros(LISTS)
    for lists, met, count in engine.rows(rows):
        held = lists >> np.arange(LISTS) & 1
        told += held * count
        alone += held * count * (not met)
    share = rules.luput_calon + (1 - rules.luput_calon) * (alone + 1) / (told + 1)
    return pd.DataFrame({"place": np.arange(LISTS), "tanpa": share})


def weigh_rivals(engine: Engine, rules: Linkage, records: str = "_nodes", held: str = "") -> None:
    """Put what a row's other candidates say into `peluang` of `_scored`, where it is in doubt. No pair becomes sure by it.

    `records` are the golden records of the pairs; `held`: query (l, r) of those that are one person already.
    """
    nodes = engine.frame(
        f"""SELECT node, {LONE.format("n")} AS lone, {KNOWN.format("n")} AS known, coalesce(tanpa, 1.0) AS tanpa
        FROM {records} n LEFT JOIN _none ON place = bit_count(lists - 1) ORDER BY node"""
    )
    pairs = engine.frame("SELECT l, r, peluang FROM _scored ORDER BY l, r")
    ends = _placed(nodes, pairs)
    chance = pairs["peluang"].to_numpy(float)
    same = _placed(nodes, engine.frame(held)) if held else (np.empty(0, np.int64),) * 2
    person = _persons(ends, chance, nodes["lone"].to_numpy(), same, rules)
    odds = chance.clip(0, 1 - _LEAST) / (1 - chance.clip(0, 1 - _LEAST))
    weighed = np.full(len(pairs), np.inf)
    for row, other in (ends, ends[::-1]):
        at = np.flatnonzero(nodes["lone"].to_numpy()[row] & nodes["known"].to_numpy()[other])
        rivals = _rivals(row[at], person[other[at]], odds[at], len(nodes))
        alone = odds[at] / (nodes["tanpa"].to_numpy()[row[at]] + rivals + odds[at])
        weighed[at] = np.minimum(weighed[at], alone)
    doubt = (chance <= rules.ambang_pasti) & np.isfinite(weighed)
    found = pairs.loc[doubt, ["l", "r"]].assign(
        baru=np.round(np.minimum(weighed[doubt], rules.ambang_pasti), 6)
    )
    engine.register("_weighed", found)
    engine.run("UPDATE _scored SET peluang = w.baru FROM _weighed w WHERE w.l = _scored.l AND w.r = _scored.r")  # fmt: skip
    engine.drop("_weighed")


def _placed(nodes: pd.DataFrame, pairs: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Where both ends of `pairs` (l, r) stand in `nodes`."""
    return tuple(np.searchsorted(nodes["node"], pairs[end].to_numpy(np.int64)) for end in "lr")


def _persons(
    ends: tuple[np.ndarray, np.ndarray], chance: np.ndarray, lone: np.ndarray,
    same: tuple[np.ndarray, np.ndarray], rules: Linkage,
) -> np.ndarray:  # fmt: skip
    """A label a node: what is likely one person whatever becomes of the rows in doubt; `same` is one for sure."""
    left, right = ends
    one = (chance >= rules.ambang) & ~lone[left] & ~lone[right] | (chance >= rules.ambang_pasti)
    both = (np.r_[sure, likely[one]] for sure, likely in zip(same, ends, strict=True))
    return components(len(lone), *both)


def _rivals(row: np.ndarray, person: np.ndarray, odds: np.ndarray, size: int) -> np.ndarray:
    """Per pair the odds of the row's candidates but for the pair's own person; of a person's records the best counts."""
    pairs = pd.DataFrame({"row": row, "person": person, "odds": odds})
    best = pairs.groupby(["row", "person"])["odds"].transform("max").to_numpy()
    once = ~pairs.duplicated(["row", "person"]).to_numpy()
    return np.bincount(row, np.where(once, best, 0.0), size)[row] - best
