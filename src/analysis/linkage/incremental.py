"""Next month's file against the registry's keys and model: only new rows and the persons they touch are looked at."""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.average_link import average_link
from analysis.linkage.blocking import pair_new
from analysis.linkage.comparisons import compare
from analysis.linkage.keys import build_units
from analysis.linkage.prelink import build_nodes
from analysis.policy import Linkage

_FIELDS = (
    "nik, nik15, no_kk, sound, first, last, born, year, sex, area, rt, rw, lists, in_register, mute, "
    "kk2, area2, day, sound_f, born_f"
)


def index_registry(engine: Engine) -> tuple[str, ...]:
    """Make registry_nodes (golden records with their person) and registry_index (blocking keys) of a full run.

    Reads `_nodes`, `_units`, `_node_of`, `_cluster_of` and `_persons` (cluster → person_id).
    """
    engine.table(
        "registry_nodes",
        f"SELECT node, p.person_id, {_FIELDS} FROM _nodes JOIN _cluster_of USING (node) JOIN _persons p USING (cluster)",
    )
    keys = indonesia.key_sql("_units JOIN _node_of USING (uid)", "node", True)
    engine.table("registry_index", f"SELECT DISTINCT node, key FROM ({keys}) ORDER BY key, node")
    return "registry_nodes", "registry_index"


def link_increment(engine: Engine, rules: Linkage) -> None:
    """Make `new_links` (record_id, person_id, peluang) and `new_merges` (person_id, into_id) for new `core_records`.

    Reads registry_nodes, registry_index and registry_model. A new row takes the id of the person it
    joins, the smallest where it shows two to be one (noted in `new_merges`); else a fresh id, in order
    of first record. Persons it does not touch keep their id and their records unread.
    """
    build_units(engine)
    build_nodes(engine, rules)
    offset = int(engine.one("SELECT coalesce(max(node), -1) + 1 FROM registry_nodes"))
    keys = indonesia.key_sql("_units JOIN _node_of USING (uid)", f"node + {offset}", True)
    engine.table("_keys", keys)
    pair_new(engine, "_keys", "registry_index", rules.blok_maks, "_pairs")
    fields = _FIELDS.replace("sound_f, born_f", "")
    engine.table(
        "_both",
        f"""WITH shares AS (SELECT sound, min(sound_f) AS f FROM registry_nodes GROUP BY sound),
        days AS (SELECT born, min(born_f) AS f FROM registry_nodes GROUP BY born)
        SELECT n.node + {offset} AS node, NULL AS person_id, {", ".join("n." + c.strip() for c in fields.split(",") if c.strip())},
            coalesce(s.f, 1 / {max(offset, 1)}) AS sound_f, coalesce(d.f, 1 / {max(offset, 1)}) AS born_f
        FROM _nodes n LEFT JOIN shares s ON s.sound = n.sound LEFT JOIN days d ON d.born = n.born
        UNION ALL BY NAME SELECT * FROM registry_nodes SEMI JOIN (SELECT l AS node FROM _pairs UNION SELECT r FROM _pairs) USING (node)""",
    )
    compare(engine, "_both", "_pairs", indonesia.ALL, "_compared_pairs")
    pairs = engine.frame(
        f"""SELECT l, r, peluang FROM _compared_pairs JOIN registry_model USING (pattern)
        WHERE peluang >= {rules.ambang_mungkin} ORDER BY l, r"""
    )
    _name(engine, pairs, offset, rules)
    engine.drop(
        "_keys",
        "_pairs",
        "_both",
        "_compared_pairs",
        "_units",
        "_unit_of",
        "_node_of",
        "_nodes",
        "_grown",
    )


def _name(engine: Engine, pairs: pd.DataFrame, offset: int, rules: Linkage) -> None:
    nodes = engine.frame("SELECT node FROM _both ORDER BY node")["node"].to_numpy(np.int64)
    left, right = (np.searchsorted(nodes, pairs[end].to_numpy()) for end in ("l", "r"))
    found = average_link(
        len(nodes), left, right, pairs["peluang"].to_numpy(), rules.ambang, rules.gugus_maks, rules.ambang_pasti
    )  # fmt: skip
    best = np.zeros(len(nodes))
    inside = found.label[left] == found.label[right]
    for end in (left, right):
        np.maximum.at(best, end[inside], pairs["peluang"].to_numpy()[inside])
    engine.register("_grown", pd.DataFrame({"node": nodes, "label": found.label, "peluang": best}))
    engine.table(
        "_ids",
        f"""WITH held AS (SELECT g.label, min(b.person_id) AS person_id FROM _grown g JOIN _both b USING (node) GROUP BY g.label),
        newest AS (SELECT max(try_cast(person_id[3:] AS BIGINT)) AS n FROM registry_nodes),
        firsts AS (SELECT g.label, min(u.record_id) AS record_id FROM _unit_of u JOIN _node_of n USING (uid)
            JOIN _grown g ON g.node = n.node + {offset} GROUP BY g.label),
        fresh AS (SELECT label, row_number() OVER (ORDER BY record_id) AS k FROM firsts JOIN held USING (label) WHERE person_id IS NULL)
        SELECT label, coalesce(h.person_id, printf('J-%07d', newest.n + f.k)) AS person_id, h.person_id IS NULL AS is_new
        FROM held h LEFT JOIN fresh f USING (label), newest""",
    )
    engine.table(
        "new_links",
        f"""SELECT u.record_id, i.person_id, CASE WHEN g.peluang > 0 THEN g.peluang ELSE 1.0 END AS peluang
        FROM _unit_of u JOIN _node_of n USING (uid) JOIN _grown g ON g.node = n.node + {offset} JOIN _ids i USING (label)""",
    )
    engine.table(
        "new_merges",
        """SELECT DISTINCT b.person_id, i.person_id AS into_id FROM _grown g JOIN _both b USING (node) JOIN _ids i USING (label)
        WHERE b.person_id <> i.person_id""",
    )
    engine.drop("_ids")
