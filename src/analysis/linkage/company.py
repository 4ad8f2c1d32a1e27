"""Which lists a person stands in tells who a row of one more list may be: who is insured by one is not by the other.

A row that says little (a name, a kelurahan) meets several namesakes alike. Lists differ in whom they hold: two
programmes of the same poor, or two that exclude each other. How often any two lists share a person is counted where
a NIK tells; what that weighs among pairs in doubt is learned from these pairs themselves, by EM, as a NIK's levels
are (number_evidence.py): where lists say nothing of each other every ratio is 1.
"""

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.engine import Engine
from analysis.linkage.rivals import LISTS
from analysis.policy import Linkage

_MOST = 4  # classes either way, a factor 4 each
_ROUNDS = 100

_LONE = """SELECT s.l, s.r, s.pattern, s.peluang, CASE WHEN bit_count(a.lists) = 1 THEN a.lists ELSE b.lists END AS lone,
        CASE WHEN bit_count(a.lists) = 1 THEN b.lists ELSE a.lists END AS others
    FROM {pairs} s JOIN {rows} a ON a.node = s.l JOIN {rows} b ON b.node = s.r
    WHERE (bit_count(a.lists) = 1 OR bit_count(b.lists) = 1) AND a.lists & b.lists = 0 AND s.peluang BETWEEN {low} AND {high}
    ORDER BY s.l, s.r"""


def learn_company(engine: Engine, rules: Linkage) -> None:
    """Make `_lifts` (a, weights of every other list, start) and `_company` (kelas, rasio) of `_nodes` and `_scored`."""
    sets = engine.frame("SELECT lists, count(*) AS n FROM _nodes WHERE nik IS NOT NULL GROUP BY lists ORDER BY lists")  # fmt: skip
    held, n = _bits(sets["lists"]), sets["n"].to_numpy(float)
    with threadpool_limits(1):  # sums in one order, whatever the machine
        both = held.T @ (held * n[:, None])
    alone = np.diag(both)
    given = (both + 0.5) / (alone[:, None] + 1)
    share = (alone + 0.5) / (n.sum() + 1)
    share = np.broadcast_to(share, given.shape)
    here, away = np.log(given / share), np.log((1 - given).clip(1e-3) / (1 - share).clip(1e-3))
    known = (alone[:, None] > 0) & (alone[None, :] > 0) & ~np.eye(LISTS, dtype=bool)
    weights, start = np.where(known, here - away, 0.0), np.where(known, away, 0.0).sum(axis=1)
    engine.register("_lifts", pd.DataFrame(np.column_stack([weights, start])))
    pairs = _in_doubt(engine, rules, "_nodes", "_scored")
    ratio = np.ones(2 * _MOST + 1)
    if len(pairs) >= rules.latih_minimum:
        ratio = _ratios(_classes(engine, pairs), pairs["peluang"].to_numpy(float))
    engine.register("_company", pd.DataFrame({"rasio": ratio}))


def weigh_company(engine: Engine, rules: Linkage, rows: str, pairs: str) -> None:
    """Put what lists say of each other into `peluang` of `pairs` (l, r, pattern, peluang) of `rows`, where it is in doubt."""
    doubt = _in_doubt(engine, rules, rows, pairs)
    if not len(doubt):
        return
    ratio = engine.frame("SELECT rasio FROM _company")["rasio"].to_numpy(float)
    chance = doubt["peluang"].to_numpy(float)
    odds = chance / (1 - chance) * ratio[_classes(engine, doubt)]
    engine.register("_weighed", doubt[["l", "r"]].assign(baru=np.round(odds / (1 + odds), 6)))
    engine.run(f"UPDATE {pairs} SET peluang = w.baru FROM _weighed w WHERE w.l = {pairs}.l AND w.r = {pairs}.r")  # fmt: skip
    engine.drop("_weighed")


def _in_doubt(engine: Engine, rules: Linkage, rows: str, pairs: str) -> pd.DataFrame:
    """Pairs neither sure nor hopeless of which one record stands in a single list, and the other not in that."""
    return engine.frame(_LONE.format(rows=rows, pairs=pairs, low=rules.ambang_mungkin, high=rules.ambang_pasti))  # fmt: skip


def _bits(sets: pd.Series) -> np.ndarray:
    """A row a set, a column a list."""
    return ((sets.to_numpy(np.int64)[:, None] >> np.arange(LISTS)) & 1).astype(float)


def _classes(engine: Engine, pairs: pd.DataFrame) -> np.ndarray:
    """The class of each pair: how much oftener than by chance who stands in the lone list stands where the other does."""
    told = engine.frame("SELECT * FROM _lifts").to_numpy(float)
    which = np.log2(pairs["lone"].to_numpy(float)).round().astype(int)
    lift = told[which, -1] + (_bits(pairs["others"]) * told[which, :-1]).sum(axis=1)
    return (np.round(lift / np.log(4)).clip(-_MOST, _MOST) + _MOST).astype(int)


def _ratios(kind: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """EM: a pair is one person's by its chance and its class's ratio; shares of classes follow from that.

    It starts from what the classes say themselves: chances that do not differ would leave it where it starts.
    """
    ratio = 4.0 ** (np.arange(2 * _MOST + 1) - _MOST)
    for _ in range(_ROUNDS):
        odds = chance / (1 - chance) * ratio[kind]
        match = odds / (1 + odds)
        m, u = (np.bincount(kind, w, 2 * _MOST + 1) + 1.0 for w in (match, 1 - match))
        ratio = (m / m.sum()) / (u / u.sum())
    return ratio
