"""What a linked period leaves for the next one: its model, a golden record a person, and their blocking keys.

A part is a pure function of the period's records and links, so that it can be made when first needed.
A part made by an increment holds only what that increment added; it stands on the part before it.
"""

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.decisions import APART_NODES, bring_decisions
from analysis.linkage.increments.known_rows import IN_REGISTER, build_words
from analysis.linkage.keys import build_units
from analysis.linkage.model import trained
from analysis.linkage.prelink import build_nodes, sure_keys
from analysis.linkage.registry import number_of
from analysis.policy import Linkage

FIELDS = (
    "nik, nik15, digits, no_kk, sound, first, last, born, year, sex, area, rt, rw, lists, in_register, mute, "
    "kk2, area2, day, sound_f, born_f"
)
WHOLE_PART = (
    "model",
    "nodes",
    "index",
    "sure",
    "sources",
    "words",
    "stands",
    "apart",
)  # tables of a whole part


def build_part(engine: Engine, rules: Linkage) -> None:
    """Make the tables of WHOLE_PART (`part_model` …) from core_records, core_links and the decisions they rest on.

    A person is one node or several, as rows joined before the model (prelink.py); keys are those of all rows.
    """
    engine.table(
        "part_sources",
        f"""SELECT source, row_number() OVER (ORDER BY source) - 1 AS place, bool_or({IN_REGISTER}) AS in_register
        FROM core_records SEMI JOIN core_links USING (record_id) GROUP BY source""",
    )
    engine.table(
        "_linked",
        """SELECT record_id, source, peran, nik, nik15, nik_sisa, no_kk, nama, tgl_lahir, tgl_lahir_presisi, jenis_kelamin,
            kode_wilayah, rt, rw FROM core_records SEMI JOIN core_links USING (record_id)""",
    )
    build_units(engine, "_linked", "part_sources")
    bring_decisions(engine)
    build_nodes(engine, rules)
    trained(engine, rules).store(engine, "part_model")
    engine.table(
        "part_nodes",
        f"""SELECT node, person, {FIELDS} FROM _nodes JOIN (
            SELECT node, min({number_of()}) AS person FROM _node_of JOIN _unit_of USING (uid) JOIN core_links USING (record_id)
            GROUP BY node) USING (node)""",
    )
    engine.table("_keyed", "SELECT * EXCLUDE (key) FROM _units JOIN _node_of USING (uid)")
    engine.table(
        "part_index",
        f"SELECT CAST(node AS INTEGER) AS node, key, bool_or(lacks) AS lacks FROM ({indonesia.index_keys('_keyed', '_nodes')}) GROUP BY node, key",
    )
    engine.table(
        "part_sure",
        f"SELECT DISTINCT CAST(node AS INTEGER) AS node, key FROM ({sure_keys('_keyed', 'node')})",
    )
    build_words(engine)
    engine.table("part_apart", APART_NODES if "_apart" in engine.names() else _NOBODY_PARTED)
    engine.drop(
        "_decided",
        "_together",
        "_apart",
        "_keyed",
        "_linked",
        "_hash_keys",
        "_units",
        "_unit_of",
        "_node_of",
        "_nodes",
    )


_NOBODY_PARTED = "SELECT 0::INTEGER AS l, 0::INTEGER AS r LIMIT 0"
