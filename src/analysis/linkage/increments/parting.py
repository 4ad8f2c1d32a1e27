"""A known person that new rows show to be two: its rows come back, to be linked anew as if nobody had seen them.

A full run parts rows that rules before the model unite where two members of the register with NIK of their own are
among them (prelink.py). A member who comes late shows it of persons that were one till then.
"""

from analysis.engine import Engine
from analysis.linkage.increments.keys import members
from analysis.linkage.increments.known_rows import saying
from analysis.linkage.increments.whose_numbers import recall_cards
from analysis.linkage.keys import build_units
from analysis.linkage.person_keys import id_of
from analysis.linkage.prelink import sure_keys
from analysis.linkage.registry import number_of


def part_known(engine: Engine, offset: int) -> None:
    """Make `_parted` (person, person_id), `_returned` (record_id, person) and `_gone` (node) of known persons that are two.

    `base_nodes` is without them afterwards, `_stands` too. What people joined or parted stays as they said.
    """
    engine.table("_parted", _two_members(offset))
    engine.table("_returned", "SELECT '' AS record_id, 0::BIGINT AS person WHERE false")
    if not engine.one("SELECT count(*) FROM _parted"):
        return
    engine.table("_parted", _UNTOLD)
    engine.table("_gone", "SELECT node FROM base_nodes SEMI JOIN _parted USING (person)")
    engine.table("_returned", _RETURNED)
    engine.table("_come_back", saying("core_records SEMI JOIN _returned USING (record_id)"))
    engine.run("INSERT INTO _new FROM _come_back")


def add_returned(engine: Engine, offset: int) -> None:
    """Put the rows of parted persons into `_units`, `_unit_of` and `_node_of`, each unit a node of its own, and their keys into `_own_sure`.

    No rule before the model unites them, as in a full run.
    """
    if not engine.one("SELECT count(*) FROM _returned"):
        return
    uid, node = engine.rows(
        "SELECT (SELECT max(uid) + 1 FROM _units), (SELECT max(node) + 1 FROM _node_of)"
    )[0]
    for name in ("_units", "_unit_of"):  # set aside, for what is made now has the same names
        engine.run(f"ALTER TABLE {name} RENAME TO {name}_new")
    build_units(engine, "_come_back", "_sources", few=True, cards=recall_cards)
    engine.run(
        f"""INSERT INTO _own_sure SELECT DISTINCT node + {node + offset}, rank, key FROM ({sure_keys("_units", "uid")})"""
    )
    engine.run(f"INSERT INTO _node_of SELECT uid + {uid}, uid + {node}, NULL FROM _units")
    for name in ("_units", "_unit_of"):
        engine.run(
            f"INSERT INTO {name}_new BY NAME SELECT * REPLACE (uid + {uid} AS uid) FROM {name}"
        )
        engine.drop(name)
        engine.run(f"ALTER TABLE {name}_new RENAME TO {name}")
    engine.drop("_come_back")


# sure keys lead members of the register with different NIK to one known person
def _two_members(offset: int) -> str:
    return f"""
        WITH met AS (
            SELECT DISTINCT b.person, m.nik FROM _meeting i JOIN ({members(offset)}) m ON m.node = i.r JOIN base_nodes b ON b.node = i.l),
        held AS (
            FROM met UNION ALL SELECT person, nik FROM base_nodes SEMI JOIN met USING (person) WHERE in_register AND nik IS NOT NULL)
        SELECT person, {id_of("person")} AS person_id FROM held GROUP BY person HAVING min(nik) <> max(nik)"""


# but for those people spoke of
_UNTOLD = f"""
    FROM _parted ANTI JOIN (
        SELECT person FROM base_nodes SEMI JOIN (SELECT l AS node FROM base_apart UNION SELECT r FROM base_apart) USING (node)
        UNION SELECT {number_of()} FROM base_links WHERE cara = 'keputusan') USING (person)"""
_RETURNED = """
    SELECT record_id, person FROM _kept JOIN _parted USING (person_id)
    UNION ALL SELECT record_id, person FROM _again SEMI JOIN _parted USING (person)"""


def parted_events(period: str) -> str:
    """Query of what lineage says of parted persons: who was parted from whom that stays, or whose rows are another's."""
    return f"""
        WITH moved AS (
            SELECT DISTINCT r.person AS had, f.person AS has, r.person IN (SELECT person FROM _fresh) AS stays
            FROM _returned r JOIN _fresh f USING (record_id) WHERE f.person <> r.person)
        SELECT '{period}' AS period, {id_of("has")} AS person_id, 'pisah' AS event, {id_of("had")} AS other_id FROM moved WHERE stays
        UNION ALL SELECT '{period}', {id_of("had")}, 'gabung', {id_of("has")} FROM moved WHERE NOT stays"""


# what earlier parts say of these nodes, and of rows that say this, holds no longer
NO_LONGER = """
    SELECT CAST(node AS INTEGER) AS node, NULL::UBIGINT AS h, NULL::UBIGINT AS h2 FROM _gone
    UNION ALL SELECT DISTINCT NULL::INTEGER, h, h2 FROM _new SEMI JOIN _returned USING (record_id) WHERE h IS NOT NULL"""
