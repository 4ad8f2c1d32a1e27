"""What the model learns from: rows whose NIK is hidden, beside the golden records they would then meet.

Pairs of rows would teach another rate than the one asked for: a row without a NIK meets a known person
once, as one golden record that says all its rows do, not once a row. So one row of a record is compared
with what is left of its own record and with all others, and only the answer, the NIK, is kept from it.
"""

import pandas as pd

from analysis.engine import Engine
from analysis.linkage import indonesia, meeting_keys
from analysis.linkage.comparisons import compare, decoded
from analysis.linkage.golden import day, golden, share_of
from analysis.policy import Linkage

_ROW = "nik, nik15, digits, no_kk, sound, first, last, born, year, sex, area, rt, rw, lists, in_register"
_NODE = f"{_ROW}, kk2, area2, day, sound_f, born_f"
_TWICE = "bit_count({}.lists) > 1"


def hidden_pairs(engine: Engine, rules: Linkage) -> pd.DataFrame:
    """Counted patterns `n` of hidden rows beside golden records, with the levels of every comparison.

    `own`: the record is what is left of the row's own. `twice_l`, `twice_r`: the row's record, the other
    record, stands in two lists or more, so that a slip in its NIK would have shown.
    """
    _draw(engine, rules)
    _meet(engine, rules)
    share = _thin(engine, rules)
    _leave(engine)
    size = int(engine.one("SELECT max(uid) + 1 FROM _units"))
    _lay_side_by_side(engine, size)
    compare(engine, "_beside", "_hidden_pairs", indonesia.ALL, "_taught")
    # all of these were compared, of the other pairs a share
    every = f"(t.r >= {2 * size} OR h.nik IS NOT DISTINCT FROM o.nik)"
    found = engine.frame(
        f"""SELECT pattern, t.r >= {2 * size} AS own, {_TWICE.format("m")} AS twice_l, {_TWICE.format("o")} AS twice_r,
            count(*) FILTER ({every}) + count(*) FILTER (NOT {every}) / {share} AS n
        FROM _taught t JOIN _beside h ON h.node = t.l JOIN _beside o ON o.node = t.r
            JOIN _node_of u ON u.uid = t.l - {size} JOIN _nodes m ON m.node = u.node
        GROUP BY ALL ORDER BY ALL"""
    )
    engine.drop(
        "_drawn", "_met_nodes", "_left_rows", "_left", "_beside", "_hidden_pairs", "_taught"
    )
    return pd.concat([found, decoded(found["pattern"].to_numpy(), indonesia.ALL)], axis=1)


def _draw(engine: Engine, rules: Linkage) -> None:
    """Make `_drawn`: blocking keys of about `latih_baris` rows with a NIK."""
    told = int(engine.one("SELECT count(*) FROM _units WHERE nik IS NOT NULL AND NOT mute"))
    share = min(1_000_000, 1_000_000 * rules.latih_baris // max(told, 1))
    engine.table(
        "_drawn",
        f"""SELECT * FROM _hash_keys SEMI JOIN
            (SELECT uid FROM _units WHERE nik IS NOT NULL AND NOT mute AND hash(key) % 1000000 < {share}) USING (uid)""",
    )


def _meet(engine: Engine, rules: Linkage) -> None:
    """Make `_met_nodes` (uid, node): the golden records of others that a drawn row meets without its number."""
    engine.table("_met_nodes", "SELECT 0::BIGINT AS uid, 0::BIGINT AS node LIMIT 0")
    for rule in meeting_keys.UNNUMBERED:
        engine.run(
            f"""INSERT INTO _met_nodes
            WITH held AS (SELECT DISTINCT node, {rule} FROM _hash_keys SEMI JOIN (SELECT DISTINCT {rule} FROM _drawn) USING ({rule})),
            bounded AS (SELECT {rule} FROM held GROUP BY ALL HAVING count(*) BETWEEN 2 AND {rules.blok_maks})
            SELECT d.uid, h.node FROM _drawn d JOIN held h USING ({rule}) SEMI JOIN bounded USING ({rule}) WHERE d.node <> h.node"""
        )


def _thin(engine: Engine, rules: Linkage) -> float:
    """Leave about `latih_pasangan` pairs of others in `_met_nodes`, and all with equal numbers, for these are few; returns the share left."""
    engine.table("_met_nodes", "SELECT DISTINCT uid, node FROM _met_nodes")
    met = int(engine.one("SELECT count(*) FROM _met_nodes"))
    share = min(1_000_000, 1_000_000 * rules.latih_pasangan // max(met, 1))
    engine.table(
        "_met_nodes",
        f"""SELECT m.* FROM _met_nodes m JOIN _units u USING (uid) JOIN _nodes n ON n.node = m.node
        WHERE hash(uid, m.node) % 1000000 < {share} OR u.nik = n.nik""",
    )
    return share / 1_000_000


def _leave(engine: Engine) -> None:
    """Make `_left` (golden records, `node` the hidden row's uid): what is left of its own record, where it meets that."""
    shared = " OR ".join(
        f"coalesce(d.{rule} = o.{rule}, false)" for rule in meeting_keys.UNNUMBERED
    )
    engine.table(
        "_left_rows",
        f"""WITH others AS (SELECT d.uid AS hidden, o.uid, {shared} AS meets FROM _drawn d JOIN _hash_keys o USING (node) WHERE o.uid <> d.uid)
        SELECT u.*, o.hidden AS node FROM others o JOIN _units u USING (uid)
        SEMI JOIN (SELECT hidden FROM others WHERE meets) m ON m.hidden = o.hidden""",
    )
    golden(engine, "_left_rows", "_left", among="_nodes")


def _lay_side_by_side(engine: Engine, size: int) -> None:
    """Make `_hidden_pairs` (l, r) and `_beside`, their rows: others' records by node, hidden rows from `size` on, what is left from 2 · `size`."""
    engine.table(
        "_hidden_pairs",
        f"""SELECT uid + {size} AS l, node AS r FROM _met_nodes
        UNION ALL SELECT node + {size}, node + {2 * size} FROM _left""",
    )
    engine.table(
        "_beside",
        f"""SELECT node, {_NODE} FROM _nodes SEMI JOIN _met_nodes USING (node)
        UNION ALL SELECT node + {2 * size}, {_NODE} FROM _left
        UNION ALL SELECT uid + {size}, {_ROW}, NULL, NULL, {day("born")}, sound_f, born_f FROM _units SEMI JOIN _drawn USING (uid)
            LEFT JOIN ({share_of("sound", "_nodes")}) USING (sound) LEFT JOIN ({share_of("born", "_nodes")}) USING (born)""",
    )
