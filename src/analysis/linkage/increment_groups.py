"""Next month's file against the registry's keys and model: only rows nobody has seen are compared.

What a row says again is linked as it was. A new row is compared with other new rows and with the
golden records it shares a key with; average link joins them as in a full run.
"""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage import increment_pairs as sql
from analysis.linkage import indonesia
from analysis.linkage.average_link import average_link, components
from analysis.linkage.blocking import pair_new
from analysis.linkage.comparisons import compare
from analysis.linkage.decisions import bring_decisions, content_key
from analysis.linkage.keys import build_units
from analysis.linkage.known_rows import WholeNeeded
from analysis.linkage.prelink import build_nodes
from analysis.linkage.registry_part import all_keys
from analysis.policy import Linkage


def group_new(engine: Engine, rules: Linkage) -> int:
    """Make `_grown` (node, label, chance, several), `_both` (nodes met), `_sure` and `_scored`.

    Reads core_records, `_known`, `_new`, `base_nodes`, `base_index`, `base_model`, `base_sources`. New nodes
    are numbered from what is returned on. `several`: the group has more than one golden record.
    Raises WholeNeeded where a reviewer's word touches a new row.
    """
    engine.table("_sources", _SOURCES)
    build_units(engine, "_new", "_sources")
    _refuse_decided(engine)
    bring_decisions(engine)
    build_nodes(engine, rules)
    offset = int(engine.one("SELECT coalesce(max(node), 0) + 1 FROM base_nodes"))
    engine.table(
        "_keyed",
        f"SELECT u.*, node + {offset} AS node, cara FROM _units u JOIN _node_of USING (uid)",
    )
    engine.table("_node_of", "SELECT uid, node, cara FROM _keyed")
    engine.table("_keys", f"SELECT DISTINCT node, key FROM ({all_keys('_keyed')})")
    engine.table("_old_block", "SELECT node, key FROM base_index SEMI JOIN _keys USING (key)")
    engine.table("_sure", sql.sure(offset, rules))
    engine.table("_told", sql.TOLD)
    pair_new(engine, "_told", "_old_block", rules.blok_maks, "_pairs")
    engine.table("_persons_met", sql.PERSONS_MET)
    engine.table("_both", sql.both(offset))
    _unite(engine)
    engine.table("_pairs", sql.UNITED)
    _score(engine, offset, rules, first=True)
    engine.table("_pairs", sql.completed(offset, rules))
    _score(engine, offset, rules, first=False)
    _group(engine, rules)
    engine.drop("_pairs", "_compared", "_gold", "_keyed", "_old_block", "_told", "_persons_met")
    return offset


def _score(engine: Engine, offset: int, rules: Linkage, first: bool) -> None:
    """Compare `_pairs` of united nodes; `_scored` keeps those that may be one person."""
    engine.table("_needed", sql.NEEDED)
    engine.table("_here", sql.HERE)
    engine.table("_told_by", sql.told_by(offset))
    engine.table("_gold", sql.GOLD)
    compare(engine, "_gold", "_pairs", indonesia.ALL, "_compared")
    found = f"""SELECT l, r, pattern, peluang FROM _compared JOIN base_model USING (pattern)
        WHERE peluang >= {rules.ambang_mungkin}"""
    if first:
        engine.table("_scored", found)
    else:
        engine.run(f"INSERT INTO _scored {found}")
    engine.drop("_needed", "_here", "_told_by")


# known lists keep their bit; new ones take the next
_SOURCES = """
    SELECT source, place FROM base_sources
    UNION ALL SELECT source, last + row_number() OVER (ORDER BY source)
    FROM (SELECT DISTINCT source FROM _new ANTI JOIN base_sources USING (source)),
        (SELECT max(place) AS last FROM base_sources)"""


def _refuse_decided(engine: Engine) -> None:
    """A decision between a new row and a known one: only a full run can bring both sides together."""
    if "linkage_decisions" not in engine.names():
        return
    touched = engine.one(
        f"""SELECT count(*) FROM (SELECT {content_key()} AS kunci FROM _units) c
        JOIN linkage_decisions d ON c.kunci IN (d.kunci_a, d.kunci_b)"""
    )
    if touched:
        raise WholeNeeded("whole_decided")


def _unite(engine: Engine) -> None:
    """`_one` (node, one): nodes that are one before any model share a golden record, named by the smallest."""
    nodes = engine.frame("SELECT node FROM _both ORDER BY node")["node"].to_numpy(np.int64)
    sure = engine.frame("SELECT DISTINCT l, r FROM _sure ORDER BY l, r")
    left, right = (np.searchsorted(nodes, sure[end].to_numpy()) for end in ("l", "r"))
    label = components(len(nodes), left, right)
    first = np.full(label.max(initial=-1) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, label, nodes)
    engine.register("_united", pd.DataFrame({"node": nodes, "one": first[label]}))
    engine.table("_one", sql.ONE)
    engine.drop("_united")


def _group(engine: Engine, rules: Linkage) -> None:
    """Average link over the pairs; golden records of one known person are one person beyond doubt."""
    pairs = engine.frame(
        """SELECT l, r, max(peluang) AS peluang FROM (
            SELECT l, r, peluang FROM _scored
            UNION ALL SELECT min(one) OVER (PARTITION BY person), one, 1.0 FROM _one JOIN _both USING (node) WHERE person IS NOT NULL)
        WHERE l <> r GROUP BY l, r ORDER BY l, r"""
    )
    ones = engine.frame("SELECT DISTINCT one FROM _one ORDER BY one")["one"].to_numpy(np.int64)
    left, right = (np.searchsorted(ones, pairs[end].to_numpy()) for end in ("l", "r"))
    chance = pairs["peluang"].to_numpy(float)
    found = average_link(
        len(ones), left, right, chance, rules.ambang, rules.gugus_maks, rules.ambang_pasti
    )
    best = np.zeros(len(ones))
    inside = found.label[left] == found.label[right]
    for end in (left, right):
        np.maximum.at(best, end[inside], chance[inside])
    several = np.bincount(found.label, minlength=len(ones))[found.label] > 1
    grown = {"one": ones, "label": found.label, "chance": best, "several": several}
    engine.register("_grown_ones", pd.DataFrame(grown | {"over": found.over_guard}))
    engine.table(
        "_grown",
        "SELECT node, label, chance, several FROM _one JOIN _grown_ones USING (one)",
    )
    engine.table("_over", "SELECT node FROM _one JOIN _grown_ones USING (one) WHERE over")
    engine.drop("_grown_ones")
