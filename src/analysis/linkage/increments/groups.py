"""Next month's file against the registry's keys and model: only rows nobody has seen are compared.

What a row says again is linked as it was. A new row is compared with other new rows and with the
golden records it shares a key with; average link joins them as in a full run.
"""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.average_link import average_link, components
from analysis.linkage.blocking import pair_new
from analysis.linkage.clusters import APART, join_groups, parted
from analysis.linkage.comparisons import compare
from analysis.linkage.decisions import bring_decisions, content_key
from analysis.linkage.golden import golden
from analysis.linkage.increments import keys
from analysis.linkage.increments import pairs as sql
from analysis.linkage.increments.known_rows import WholeNeeded
from analysis.linkage.increments.parting import add_returned, part_known
from analysis.linkage.increments.wholes import IN_DOUBT, near_groups
from analysis.linkage.increments.whose_numbers import tell_new
from analysis.linkage.keys import build_units
from analysis.linkage.prelink import join_sure, sure_keys
from analysis.linkage.rivals import none_told, weigh_rivals
from analysis.policy import Linkage


def group_new(engine: Engine, rules: Linkage) -> int:
    """Make `_grown` (node, label, chance, several), `_both` (nodes in play), `_sure`, `_scored` and `_open` (rows that say something new).

    Reads core_records, what `recognise` made, and the base's `base_nodes`, `base_index`, `base_sure`, `base_model`, `base_apart`.
    New nodes are numbered from what is returned on. `several`: the group has more than one golden record.
    Raises WholeNeeded where a reviewer's word touches a new row.
    """
    build_units(engine, "_new", "_sources", few=True, cards=tell_new)
    _refuse_decided(engine)
    bring_decisions(engine)
    engine.table("_sure_keys", sure_keys("_units", "uid"))
    join_sure(engine, rules, ["SELECT * FROM _sure_keys"])
    offset = int(engine.one("SELECT coalesce(max(node), 0) + 1 FROM base_nodes"))
    _find_sure(engine, rules, offset)
    engine.table("_each_key", keys.EACH_KEY)
    engine.table("_keys", keys.KEYS)
    pair_new(engine, "_keys", "base_index", rules.blok_maks, "_pairs")
    engine.table("_doubted", IN_DOUBT)
    engine.table("_pairs", sql.UNITED)
    _score(engine, offset, rules)
    engine.table("_both", sql.in_play(offset))
    _group(engine, rules)
    engine.drop(
        "_each_key", "_pairs", "_compared", "_gold", "_needed", "_old", "_here", "_told_by", "_doubted",
    )  # fmt: skip
    engine.table("_node_of", f"SELECT uid, node + {offset} AS node, cara FROM _node_of")
    return offset


def _find_sure(engine: Engine, rules: Linkage, offset: int) -> None:
    """Make `_sure`, `_one` (node, one: golden records that are one before any model), `_open` and its golden records `_nodes`."""
    engine.table("_own_sure", keys.own_sure(offset))
    engine.table("_old_sure", keys.OLD_SURE)
    engine.table("_meeting", keys.meeting(rules))
    part_known(engine, offset)
    engine.table("_sure", keys.sure(offset))
    add_returned(engine, offset)
    _unite(engine, offset)
    engine.table("_open", keys.open_rows(offset))
    golden(engine, "_open", "_nodes")
    engine.drop("_old_sure", "_sure_keys", "_meeting")


def _score(engine: Engine, offset: int, rules: Linkage) -> None:
    """Compare `_pairs` of united nodes, then what completes likely persons; `_scored` keeps those that may be one person."""
    engine.table("_needed", sql.NEEDED)
    engine.table("_old", sql.OLD)
    engine.table("_here", sql.HERE)
    engine.table("_told_by", sql.told_by(offset))
    engine.table("_gold", sql.gold("_told_by"))
    compare(engine, "_gold", "_pairs", indonesia.ALL, "_compared")
    found = f"""SELECT l, r, pattern, peluang FROM _compared JOIN base_model USING (pattern)
        WHERE peluang >= {rules.ambang_mungkin}"""
    engine.table("_scored", found)
    engine.register("_none_now", none_told(engine, rules, sql.met_known(offset)))
    engine.view("_none", sql.NONE)
    weigh_rivals(engine, rules, "_gold", sql.HELD)
    engine.drop("_none", "_none_now")
    engine.table("_pairs", sql.completed(offset, rules))
    compare(engine, "_gold", "_pairs", indonesia.ALL, "_compared")
    engine.run(f"INSERT INTO _scored {found}")


def _refuse_decided(engine: Engine) -> None:
    """A decision between a new row and a known one: only a full run can bring both sides together."""
    if "linkage_decisions" not in engine.names() or not engine.one(
        "SELECT count(*) FROM linkage_decisions"
    ):
        return
    touched = engine.one(
        f"""SELECT count(*) FROM (SELECT {content_key()} AS kunci FROM _units) c
        JOIN linkage_decisions d ON c.kunci IN (d.kunci_a, d.kunci_b)"""
    )
    if touched:
        raise WholeNeeded("whole_decided")


def _unite(engine: Engine, offset: int) -> None:
    """`_one`: nodes that are one before any model share a golden record, named by the smallest."""
    sure = engine.frame("SELECT l, r FROM _sure")
    nodes, (left, right) = _placed(sure["l"].to_numpy(np.int64), sure["r"].to_numpy(np.int64))
    label = components(len(nodes), left, right)
    first = np.full(label.max(initial=-1) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, label, nodes)
    engine.register("_united", pd.DataFrame({"node": nodes, "one": first[label]}))
    engine.table("_one", keys.one(offset))
    engine.drop("_united")


def _placed(*nodes: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """The nodes named, each once in order, and the place of each mention among them."""
    size = max((int(each.max(initial=-1)) for each in nodes), default=-1) + 1
    named = np.zeros(size, bool)
    for each in nodes:
        named[each] = True
    place = np.cumsum(named) - 1
    return np.flatnonzero(named), [place[each] for each in nodes]


def _group(engine: Engine, rules: Linkage) -> None:
    """Average link over the pairs of golden records in play."""
    pairs = parted(engine.frame(sql.tied(rules)), engine.frame(sql.PARTED))
    every = engine.frame("SELECT one FROM _both")["one"].to_numpy(np.int64)
    ones, (_, left, right) = _placed(every, pairs["l"].to_numpy(), pairs["r"].to_numpy())
    chance, near = (pairs[name].to_numpy(float) for name in ("peluang", "dekat"))
    found = average_link(
        len(ones), left, right, near, rules.ambang, rules.gugus_maks, rules.ambang_pasti
    )
    best = np.zeros(len(ones))
    inside = found.label[left] == found.label[right]
    for end in (left, right):
        np.maximum.at(best, end[inside], chance[inside])
    apart = pd.DataFrame({"l": left, "r": right})[chance == APART]
    whole, again = join_groups(
        found.label, near_groups(engine, rules, ones, found.label), apart, rules
    )
    label = whole[found.label]
    several = np.bincount(label, minlength=len(ones))[label] > 1
    best = np.where(best > 0, best, again[found.label])
    grown = {"one": ones, "label": label, "chance": best, "several": several}
    engine.register("_grown_ones", pd.DataFrame(grown | {"over": found.over_guard}))
    engine.table(
        "_grown",
        "SELECT node, label, chance, several FROM _both JOIN _grown_ones USING (one)",
    )
    engine.table("_over", "SELECT node FROM _both JOIN _grown_ones USING (one) WHERE over")
    engine.drop("_grown_ones")
