"""Persons of an increment: a group takes the id it holds, or one its keys had before, or the next number."""

from analysis.engine import Engine
from analysis.linkage.clusters import certainty
from analysis.linkage.person_keys import KEYS, whose
from analysis.linkage.registry import id_of, number_of
from analysis.linkage.registry_part import FIELDS
from analysis.policy import Linkage
from analysis.settings import Run

_HELD = id_of("b.person")


def name_increment(engine: Engine, rules: Linkage, run: Run, offset: int) -> None:
    """Make core_links, `_moved` (person_id → into_id), registry_lineage, and the increment's part.

    Where new rows show two persons to be one, the smaller id stays and lineage says so.
    """
    engine.table(
        "_held",
        "SELECT label, min(person) AS person FROM _grown LEFT JOIN _both USING (node) GROUP BY label",
    )
    engine.table(
        "_clusters",
        "SELECT n.uid, g.label AS cluster FROM _node_of n JOIN _grown g USING (node)",
    )
    engine.table("_new_keys", KEYS)
    engine.table("_whose", whose("_new_keys", run.period))
    engine.table("_label_of", _LABELS)
    engine.table(
        "_moved",
        f"""SELECT DISTINCT {_HELD} AS person_id, i.person_id AS into_id
        FROM _grown g JOIN _both b USING (node) JOIN _label_of i USING (label)
        WHERE b.person IS NOT NULL AND {_HELD} <> i.person_id""",
    )
    engine.table("core_links", _links_sql(rules))
    _note_merges(engine, run)
    _build_part(engine, run, offset)
    engine.drop("_held", "_new_keys", "_whose")


# a key of somebody the registry knows tells nothing new: the model saw that person and kept apart
_LABELS = f"""
    WITH newest AS (
        SELECT greatest((SELECT max({number_of()}) FROM registry_keys WHERE person_id <> ''), (SELECT max(person) FROM base_nodes), 0) AS n),
    claims AS (
        SELECT k.cluster AS label, r.person_id, count(*) AS n FROM _new_keys k JOIN (FROM _whose WHERE person_id <> '') r USING (key_hash)
        JOIN _held h ON h.label = k.cluster
        ANTI JOIN (SELECT person FROM base_nodes) b ON b.person = {number_of("r.person_id")}
        WHERE h.person IS NULL GROUP BY ALL),
    won AS (SELECT label, min(person_id) AS person_id FROM (
            SELECT * FROM claims QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY n DESC, label) = 1) GROUP BY label),
    firsts AS (SELECT c.cluster AS label, min(u.record_id) AS record_id FROM _clusters c JOIN _unit_of u USING (uid) GROUP BY c.cluster),
    fresh AS (
        SELECT label, row_number() OVER (ORDER BY record_id) AS k FROM firsts JOIN _held USING (label) ANTI JOIN won USING (label)
        WHERE person IS NULL)
    SELECT h.label, coalesce({id_of("h.person")}, w.person_id, {id_of("newest.n + f.k")}) AS person_id
    FROM newest, _held h LEFT JOIN won w USING (label) LEFT JOIN fresh f USING (label)"""


def _links_sql(rules: Linkage) -> str:
    """New rows as their group says; known rows as before, but for persons merged or no longer alone."""
    return f"""
        WITH sure AS (SELECT cara, max(peluang) AS sure FROM base_links GROUP BY cara),
        ruled AS (
            SELECT s.r AS node, min(s.cara) AS rule FROM _sure s JOIN _grown a ON a.node = s.l JOIN _grown b ON b.node = s.r
            WHERE a.label = b.label GROUP BY s.r),
        told AS (
            SELECT n.uid, g.label, g.chance, g.several, coalesce(n.cara, r.rule) AS rule
            FROM _node_of n JOIN _grown g USING (node) LEFT JOIN ruled r ON r.node = g.node),
        fresh AS (
            SELECT u.record_id, i.person_id, coalesce(t.rule, CASE WHEN t.several THEN 'model' ELSE 'sendiri' END) AS cara,
                round(coalesce(s.sure, 1.0) * CASE WHEN t.several THEN t.chance ELSE 1.0 END, 6) AS peluang
            FROM _unit_of u JOIN told t USING (uid) JOIN _label_of i USING (label) LEFT JOIN sure s ON s.cara = t.rule),
        joined AS (
            SELECT {_HELD} AS person_id, max(g.chance) AS chance
            FROM _grown g JOIN _both b USING (node) WHERE g.several AND b.person IS NOT NULL GROUP BY ALL),
        known AS (
            SELECT k.record_id, coalesce(m.into_id, k.person_id) AS person_id,
                CASE WHEN k.cara = 'sendiri' AND j.chance IS NOT NULL THEN 'model' ELSE k.cara END AS cara,
                CASE WHEN k.cara = 'sendiri' AND j.chance IS NOT NULL THEN j.chance ELSE k.peluang END AS peluang
            FROM _known k LEFT JOIN joined j USING (person_id) LEFT JOIN _moved m USING (person_id))
        SELECT *, {certainty(rules)} AS kepastian FROM (SELECT * FROM fresh UNION ALL BY NAME SELECT * FROM known)"""


def _note_merges(engine: Engine, run: Run) -> None:
    had = "registry_lineage" in engine.names()
    engine.table(
        "_lineage",
        f"SELECT '{run.period}' AS period, person_id, 'gabung' AS event, into_id AS other_id FROM _moved"
        + (" UNION SELECT period, person_id, event, other_id FROM registry_lineage" if had else ""),
    )
    engine.drop("registry_lineage")
    engine.table("registry_lineage", "SELECT * FROM _lineage")
    engine.drop("_lineage")


def _build_part(engine: Engine, run: Run, offset: int) -> None:
    """`part_nodes`, `part_index`, `part_sources` and `part_keys`: what this increment adds to the registry."""
    engine.table(
        "part_nodes",
        f"""SELECT g.node, {number_of("i.person_id")} AS person, {FIELDS} FROM _nodes n JOIN _grown g ON g.node = n.node + {offset}
            JOIN _label_of i USING (label)
        UNION ALL SELECT node, into_person, {FIELDS} FROM base_nodes JOIN (
            SELECT {number_of()} AS person, {number_of("into_id")} AS into_person FROM _moved) USING (person)""",
    )
    engine.table("part_index", "SELECT node, key FROM _keys")
    engine.table("part_sources", "SELECT source, place FROM _sources")
    engine.table(
        "part_keys",
        f"""SELECT key_hash, '{run.period}' AS period, CASE WHEN count(*) = 1 THEN min(person_id) ELSE '' END AS person_id
        FROM _new_keys k JOIN _label_of i ON i.label = k.cluster ANTI JOIN _whose USING (key_hash) GROUP BY key_hash""",
    )
