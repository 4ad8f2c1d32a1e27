"""Persons of an increment: a group takes the id it holds, or one its keys had before, or the next number."""

from analysis.engine import Engine
from analysis.linkage.increments.parting import parted_events
from analysis.linkage.person_keys import CARD, MARKED_KEYS, id_of, whose_marked
from analysis.linkage.registry import note
from analysis.policy import Linkage
from analysis.settings import Run


def name_increment(engine: Engine, rules: Linkage, run: Run) -> None:
    """Make `_person_of` (label → person), `_changed` (what became of known persons), `_taken` and registry_lineage.

    Where new rows show two persons to be one, the smaller id stays and lineage says so; so it does where a row was
    a person of its own in an earlier period.
    """
    engine.table(
        "_held",
        "SELECT label, min(person) AS person FROM _grown JOIN _both USING (node) GROUP BY label",
    )
    engine.table("_clusters", _SAYING_MORE)
    engine.table("_new_keys", MARKED_KEYS)
    engine.table("_whose", whose_marked("_new_keys", run.period))
    engine.table("_person_of", _PERSONS)
    engine.table("_sure_of", "SELECT cara, max(peluang) AS sure FROM base_links GROUP BY cara")
    engine.table("_ruled", _RULED)
    engine.table("_changed", _CHANGED)
    engine.table("_fresh", _FRESH)
    engine.table("_taken", _TAKEN)
    _note_merges(engine, run)
    engine.drop("_held", "_sure_of", "_ruled")


# units that say something new: only they can have keys the registry has not
_SAYING_MORE = "SELECT uid, g.label AS cluster FROM _open JOIN _grown g USING (node)"

# a key of somebody the registry knows tells nothing new: the model saw that person and kept apart
_PERSONS = """
    WITH newest AS (
        SELECT greatest((SELECT max(person) FROM base_marks), (SELECT max(person) FROM base_nodes), 0) AS n),
    claims AS (
        SELECT k.cluster AS label, r.person, count(*) AS n
        FROM _new_keys k JOIN (FROM _whose WHERE person > 0) r USING (mark)
        JOIN _held h ON h.label = k.cluster WHERE h.person IS NULL GROUP BY ALL),
    won AS (SELECT label, min(person) AS person FROM (
            SELECT * FROM claims ANTI JOIN (SELECT person FROM base_nodes UNION ALL SELECT person FROM base_changed) USING (person)
            QUALIFY row_number() OVER (PARTITION BY person ORDER BY n DESC, label) = 1) GROUP BY label),
    firsts AS (
        SELECT g.label, min(u.record_id) AS record_id FROM _unit_of u JOIN _node_of USING (uid) JOIN _grown g USING (node)
        JOIN _held h USING (label) WHERE h.person IS NULL GROUP BY g.label),
    fresh AS (SELECT label, row_number() OVER (ORDER BY record_id) AS k FROM firsts ANTI JOIN won USING (label))
    SELECT h.label, h.person AS had, coalesce(h.person, w.person, newest.n + f.k) AS person
    FROM newest, _held h LEFT JOIN won w USING (label) LEFT JOIN fresh f USING (label)"""

# the rule that joined a new golden record to a known one of its group
_RULED = """
    SELECT s.l, s.r, s.cara, b.label FROM _sure s JOIN _grown a ON a.node = s.l JOIN _grown b ON b.node = s.r
    WHERE a.label = b.label"""

# known persons that are now another's, and how a row of theirs that stood alone is joined now
_CHANGED = """
    WITH by_rule AS (SELECT l AS node, min(cara) AS rule FROM _ruled GROUP BY l),
    now AS (
        SELECT b.person, i.person AS into_person, min(r.rule) AS rule, bool_or(g.several) AS several,
            max(g.chance) FILTER (g.several) AS chance
        FROM _grown g JOIN _both b USING (node) JOIN _person_of i USING (label) LEFT JOIN by_rule r USING (node)
        WHERE b.person IS NOT NULL GROUP BY ALL)
    SELECT CAST(n.person AS INTEGER) AS person, CAST(into_person AS INTEGER) AS into_person,
        coalesce(rule, CASE WHEN several THEN 'model' END) AS cara,
        round(coalesce(sure, 1.0) * CASE WHEN several THEN chance ELSE 1.0 END, 6) AS peluang
    FROM now n LEFT JOIN _sure_of s ON s.cara = rule WHERE several OR rule IS NOT NULL OR n.person <> into_person"""

# new rows as their group says
_FRESH = """
    WITH by_rule AS (SELECT r AS node, min(cara) AS rule FROM _ruled GROUP BY r),
    told AS (
        SELECT n.uid, i.person, g.chance, g.several, coalesce(n.cara, r.rule) AS rule
        FROM _node_of n JOIN _grown g USING (node) JOIN _person_of i USING (label) LEFT JOIN by_rule r USING (node))
    SELECT u.record_id, t.person, coalesce(t.rule, CASE WHEN t.several THEN 'model' ELSE 'sendiri' END) AS cara,
        round(coalesce(s.sure, 1.0) * CASE WHEN t.several THEN t.chance ELSE 1.0 END, 6) AS peluang
    FROM _unit_of u JOIN told t USING (uid) LEFT JOIN _sure_of s ON s.cara = t.rule"""


# keys of a person of earlier periods whom nobody is in this one, and the person who has them now
_TAKEN = f"""
    WITH others AS MATERIALIZED (
        SELECT mark, rest, kind, w.person AS had, i.person AS has FROM _new_keys k JOIN _whose w USING (mark)
        JOIN _person_of i ON i.label = k.cluster WHERE w.person > 0 AND w.person <> i.person AND kind <> '{CARD}'),
    ids AS MATERIALIZED (SELECT DISTINCT had FROM others),
    here AS (
        SELECT had FROM ids JOIN _fresh ON person = had
        UNION ALL SELECT had FROM ids JOIN _stands ON person = had ANTI JOIN _changed c ON c.person = had AND into_person <> had
        UNION ALL SELECT had FROM ids JOIN _changed ON into_person = had)
    SELECT * FROM others ANTI JOIN here USING (had)"""


def _note_merges(engine: Engine, run: Run) -> None:
    note(
        engine,
        f"""SELECT '{run.period}' AS period, {id_of("person")} AS person_id, 'gabung' AS event, {id_of("into_person")} AS other_id
        FROM _changed WHERE person <> into_person
        UNION SELECT '{run.period}', {id_of("had")}, 'gabung', {id_of("has")} FROM _taken
        UNION SELECT * FROM ({parted_events(run.period)})""",
    )
