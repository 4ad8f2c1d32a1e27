"""What a linked period leaves for the next one: its model, a golden record a person, and their blocking keys.

A part is a pure function of the period's records and links, so that it can be made when first needed.
A part made by an increment holds only what that increment added; it stands on the part before it.
"""

from analysis.engine import Engine
from analysis.linkage import meeting_keys
from analysis.linkage.blocking import packed
from analysis.linkage.decisions import APART_NODES, bring_decisions
from analysis.linkage.golden import day
from analysis.linkage.increments.known_rows import WORDS, build_words
from analysis.linkage.increments.late_files import files_of
from analysis.linkage.increments.whose_numbers import CARDS, FAMILIES
from analysis.linkage.keys import build_units, tell_numbers
from analysis.linkage.model import trained
from analysis.linkage.prelink import build_nodes, sure_keys
from analysis.linkage.registry import number_of
from analysis.linkage.rivals import learn_none
from analysis.policy import Linkage

FIELDS = (
    "nik, nik15, digits, no_kk, sound, first, last, born, year, sex, area, rt, rw, lists, in_register, mute, "
    "kk2, area2, day, sound_f, born_f"
)
# What the NIK tells of itself is not kept beside it: a third less to read. A day is the birth date as text.
_IMPLIED = {"nik15": "{0}nik[1:15]", "digits": "coalesce({0}nik, {0}nik15 || '_')"}
_KEPT = [name for name in FIELDS.split(", ") if name != "day"]
PACKED = ", ".join(
    f"nullif({name}, {_IMPLIED[name].format('')}) AS {name}" if name in _IMPLIED else name
    for name in _KEPT
)
WHOLE_PART = (
    "model",
    "nodes",
    "index",
    "sure",
    "sources",
    "files",
    "words",
    "cards",
    "families",
    "stands",
    "apart",
    "none",
)  # tables of a whole part

GROWING = (
    "nodes",
    "index",
    "sure",
    "words",
    "cards",
    "families",
)  # tables that parts tell together, each what it added


def unpacked(rows: str) -> str:
    """SQL list of FIELDS from `rows`, packed golden records."""
    told = (
        f"coalesce({rows}.{name}, {_IMPLIED[name].format(f'{rows}.')}) AS {name}"
        if name in _IMPLIED
        else f"{rows}.{name}"
        for name in _KEPT
    )
    return ", ".join((*told, f"{day(f'{rows}.born')} AS day"))


def build_part(engine: Engine, rules: Linkage) -> None:
    """Make the tables of WHOLE_PART (`part_model` …) from core_records, core_links and the decisions they rest on.

    A person is one node or several, as rows joined before the model (prelink.py); keys are those of all rows.
    """
    engine.table(
        "_linked",
        """SELECT record_id, source, peran, nik, nik15, nik_sisa, no_kk, nama, tgl_lahir, tgl_lahir_presisi, jenis_kelamin,
            kode_wilayah, rt, rw FROM core_records SEMI JOIN core_links USING (record_id)""",
    )
    build_units(engine, "_linked", cards=tell_kept)
    bring_decisions(engine)
    build_nodes(engine, rules)
    trained(engine, rules).store(engine)
    learn_none(engine, rules)
    build_index(engine)
    tell_part(engine)
    engine.drop(
        "_decided",
        "_together",
        "_apart",
        "_linked",
        "_hash_keys",
        "_units",
        "_unit_of",
        "_node_of",
        "_nodes",
        "_none",
    )


def build_index(engine: Engine) -> None:
    """Make `part_index` of `_hash_keys`."""
    engine.table(
        "part_index", f"SELECT key, {packed()} FROM ({meeting_keys.index_of('_hash_keys')})"
    )


def tell_part(engine: Engine) -> None:
    """Make the other tables of WHOLE_PART, of what a linking of all rows made (`_units`, `_nodes`, core_links and so on)."""
    engine.view("part_model", "FROM registry_model")
    engine.table("part_none", "FROM _none")
    engine.table(
        "part_files", files_of(engine, "core_records SEMI JOIN core_links USING (record_id)")
    )
    engine.table(
        "part_sources",
        """SELECT source, row_number() OVER (ORDER BY source) - 1 AS place, bool_or(in_register) AS in_register
        FROM part_files GROUP BY source""",
    )
    engine.table(
        "part_nodes",
        f"""SELECT node, person, {PACKED} FROM _nodes JOIN (
            SELECT node, min({number_of()}) AS person FROM _node_of JOIN _unit_of USING (uid) JOIN core_links USING (record_id)
            GROUP BY node) USING (node)""",
    )
    engine.table(
        "part_sure",
        f"""SELECT DISTINCT CAST(n.node AS INTEGER) AS node, key FROM ({sure_keys("_units", "uid")}) k
        JOIN _node_of n ON n.uid = k.node""",
    )
    build_words(engine)
    engine.table("part_apart", APART_NODES if "_apart" in engine.names() else _NOBODY_PARTED)


def tell_kept(engine: Engine, records: str) -> None:
    """`tell_numbers`, and what the part keeps of it: `part_families`, and `part_cards`, what rows say whose NIK is a card's."""
    engine.table("part_families", FAMILIES.format(records=records))
    tell_numbers(engine, records)
    engine.table(
        "part_cards",
        CARDS.format(
            records=f"(SELECT *, {WORDS} FROM {records} SEMI JOIN _cards USING (record_id))"
        ),
    )


_NOBODY_PARTED = "SELECT 0::INTEGER AS l, 0::INTEGER AS r LIMIT 0"
