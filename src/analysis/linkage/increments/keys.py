"""SQL of an increment: which new rows are a known person before any model, which say something new, and the keys of these."""

from analysis.linkage.meeting_keys import index_keys
from analysis.linkage.prelink import rule_name
from analysis.linkage.registry_part import unpacked
from analysis.policy import Linkage

# what keys and comparisons speak of; a row that says no more of these than is known of its person tells nothing new
_SAID = ("nik", "nik15", "digits", "no_kk", "sound", "born", "year", "sex", "area", "rt", "rw")
_NODE = {"nik": "nik", "nik15": "nik15", "no_kk": "kk", "born": "born", "area": "area"}


def own_sure(offset: int) -> str:
    """Query of `_own_sure` (node, rank, key): keys by which new rows are one with a known person before any model."""
    return f"SELECT DISTINCT n.node + {offset} AS node, rank, key FROM _sure_keys k JOIN _node_of n ON n.uid = k.node"


OLD_SURE = "SELECT node, key FROM base_sure SEMI JOIN _own_sure USING (key)"


def meeting(rules: Linkage) -> str:
    """Query of `_meeting` (l, r, rank): known and new rows that share a sure key."""
    return f"""
        WITH bounded AS (SELECT key FROM _old_sure GROUP BY key HAVING count(*) < {rules.gugus_maks})
        SELECT i.node AS l, o.node AS r, min(o.rank) AS rank FROM _own_sure o JOIN bounded USING (key) JOIN _old_sure i USING (key)
        GROUP BY ALL"""


def sure(offset: int) -> str:
    """Query of `_sure` (l, r, cara): new rows that are a known person before any model (prelink.py).

    Two register members of different NIK are two persons, whatever else agrees.
    """
    return f"""
        SELECT m.l, m.r, {rule_name("rank")} AS cara FROM _meeting m
        JOIN (SELECT node, CASE WHEN in_register THEN nik END AS nik FROM base_nodes) a ON a.node = m.l
        LEFT JOIN ({members(offset)}) b ON b.node = m.r WHERE NOT coalesce(a.nik <> b.nik, false)"""


def members(offset: int) -> str:
    """Query (node, nik) of new members of the register."""
    return f"""SELECT node + {offset} AS node, min(nik) AS nik FROM _units JOIN _node_of USING (uid)
        WHERE in_register AND nik IS NOT NULL GROUP BY node"""


def open_rows(offset: int) -> str:
    """Query of `_open`: units that are nobody's yet (or seem to be several persons') or say more than is known of their person, with what they have in common (`same_…`).

    `node_…` is there where the golden record that the unit belongs to has it.
    """
    same = [f"coalesce(u.{f} = m.{f}, false) AS same_{f}" for f in (*_SAID, "first", "last")]
    has = [
        f"CASE WHEN coalesce(u.{f}, m.{f}) IS NOT NULL THEN true END AS node_{name}"
        for f, name in _NODE.items()
    ]
    more = " OR ".join(f"(u.{f} IS NOT NULL AND (m.{f} IS NULL OR u.{f} <> m.{f}))" for f in _SAID)
    return f"""
        SELECT u.*, n.node + {offset} AS node, {", ".join((*same, *has))} FROM _units u JOIN _node_of n USING (uid) LEFT JOIN (
            SELECT r, {unpacked("b")} FROM base_nodes b JOIN (
                SELECT r, min(l) AS node FROM _sure SEMI JOIN (SELECT node AS r FROM _one WHERE one < {offset}) USING (r) GROUP BY r)
            USING (node)) m ON m.r = n.node + {offset}
        WHERE m.r IS NULL OR {more}"""


EACH_KEY = index_keys("_open")
# most golden records have one row that says something new: the others' keys alone are gathered
KEYS = """
    WITH several AS MATERIALIZED (SELECT node FROM _open GROUP BY node HAVING count(*) > 1)
    SELECT node, key, lacks FROM _each_key ANTI JOIN several USING (node)
    UNION ALL SELECT node, key, bool_or(lacks) FROM _each_key SEMI JOIN several USING (node) GROUP BY node, key"""


def one(offset: int) -> str:
    """Query of `_one` (node, one): `_united` but for members of the register with NIK of their own, known persons, and those people parted.

    What seemed to unite them is left to the model: a row like two known persons must not move a part of one to the other.
    """
    return f"""
        WITH several AS (
            SELECT node, one FROM _united SEMI JOIN (SELECT one FROM _united GROUP BY one HAVING count(*) > 2) USING (one)),
        numbers AS (
            SELECT one, nik FROM several JOIN base_nodes USING (node) WHERE in_register
            UNION ALL SELECT one, nik FROM several JOIN ({members(offset)}) USING (node)),
        broken AS (
            SELECT one FROM numbers GROUP BY one HAVING min(nik) <> max(nik)
            UNION SELECT one FROM several JOIN base_nodes USING (node) GROUP BY one HAVING min(person) <> max(person)
            UNION SELECT a.one FROM base_apart p JOIN _united a ON a.node = p.l JOIN _united b ON b.node = p.r WHERE a.one = b.one)
        SELECT node, CASE WHEN b.one IS NULL THEN u.one ELSE node END AS one FROM _united u LEFT JOIN broken b ON b.one = u.one"""
