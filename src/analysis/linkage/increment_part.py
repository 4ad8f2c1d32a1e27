"""What an increment adds to the registry: golden records, keys, words; where all persons stand; and which persons changed."""

from analysis.engine import Engine
from analysis.linkage.registry import id_of
from analysis.linkage.registry_part import FIELDS
from analysis.linkage.standing import Standing
from analysis.settings import Run

ADDED_PART = ("nodes", "index", "sure", "sources", "words", "stands", "changed", "keys")


def build_added(engine: Engine, run: Run, now: Standing) -> None:
    """Make the tables of ADDED_PART: additions alone, but for `part_sources` and `part_stands`, which tell all of the period.

    `part_changed`: persons of earlier parts that are another's now, or no longer alone (increment_names.py).
    """
    engine.table(
        "part_nodes",
        f"""SELECT node, person, {FIELDS} FROM _nodes
        JOIN (SELECT node, person FROM _grown JOIN _person_of USING (label)) USING (node)""",
    )
    engine.table("part_index", "SELECT node, key, lacks FROM _keys")
    engine.table("part_sure", "SELECT DISTINCT node, key FROM _own_sure")
    engine.table("part_sources", "SELECT source, place, in_register FROM _sources")
    engine.table(
        "part_words",
        """SELECT h, h2, CAST(min(person) AS INTEGER) AS person, min(cara) AS cara, min(peluang) AS peluang
        FROM _new JOIN _fresh USING (record_id) WHERE h IS NOT NULL GROUP BY h, h2""",
    )
    engine.register("part_stands", now.table())
    engine.table("part_changed", "SELECT person, into_person, cara, peluang FROM _changed")
    engine.table(
        "part_keys",
        f"""SELECT key_hash, '{run.period}' AS period, CASE WHEN count(*) = 1 THEN {id_of("min(i.person)")} ELSE '' END AS person_id
        FROM _new_keys k JOIN _person_of i ON i.label = k.cluster ANTI JOIN _whose USING (key_hash) GROUP BY key_hash""",
    )
