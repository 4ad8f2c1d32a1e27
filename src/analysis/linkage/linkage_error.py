"""How often linkage errs between two lists, without labels: hide the NIK and see who is found again.

Precision rests on the calibrated chances of the links. Recall: one row a person is hidden from the
rest of the person, its NIK is removed, and it is compared again; what then falls below the cut or
meets nobody is missed. A row of list A loses its person with the chance that it has no NIK (one that
lost a digit is compared, and all but never missed) times that miss rate; with the chance that its NIK
is not its own times that of rows compared with another NIK than theirs; where it says a name and a
kelurahan alone, with the miss rate of rows left with no more; or where it says too little to be linked
at all. A common person is missed where either row loses it.
"""

from analysis.engine import Engine
from analysis.linkage.error_rates import error_rates
from analysis.linkage.hidden_number import relink_hidden
from analysis.linkage.model import LinkModel
from analysis.policy import Linkage


def build_linkage_error(engine: Engine, rules: Linkage, model: LinkModel) -> None:
    """Make core_linkage_error (see its schema), and `_hidden` (hidden_number.py), from `_units`, `_clusters`, core_links and registry_model."""
    relink_hidden(engine, rules)
    engine.table(
        "_row_of",
        f"""SELECT DISTINCT r.source, l.person_id, u.uid, m.node, l.peluang, n.digits IS NOT NULL AS told, n.alone IS NOT NULL AS thin,
            CASE m.cara {_sure_sql(model)} ELSE 1.0 END AS sure
        FROM core_records r JOIN core_links l USING (record_id) JOIN _unit_of u USING (record_id)
        JOIN _node_of m USING (uid) JOIN _units n USING (uid)""",
    )
    engine.table("_common", _COMMON)
    engine.register(
        "core_linkage_error",
        error_rates(engine.frame(_PAIRS), engine.frame(_TRIED), rules, model.agreement),
    )
    engine.drop("_row_of", "_common")


def _sure_sql(model: LinkModel) -> str:
    return " ".join(f"WHEN '{rule}' THEN {chance}" for rule, chance in model.sure_of.items())


# A person in two lists is truly in both with the chance of the surest pair of its rows: one golden record
# is as sure as the rule that made it, two are as sure as the weaker of their links.
_COMMON = """
    WITH once AS (
        SELECT source, person_id, node, max(peluang) AS peluang, min(sure) AS sure FROM _row_of GROUP BY ALL),
    lists AS (SELECT source, person_id, bool_or(told) AS told, bool_and(thin) AS thin FROM _row_of GROUP BY ALL),
    met AS (
        SELECT a.source AS source_a, b.source AS source_b, a.person_id,
            max(CASE WHEN a.node = b.node THEN least(a.sure, b.sure) ELSE least(a.peluang, b.peluang) END) AS right_chance
        FROM once a JOIN once b ON a.person_id = b.person_id AND a.source < b.source GROUP BY ALL)
    SELECT met.*, CASE WHEN NOT a.thin THEN a.told END AS told_a, CASE WHEN NOT b.thin THEN b.told END AS told_b FROM met
    JOIN lists a ON a.source = source_a AND a.person_id = met.person_id
    JOIN lists b ON b.source = source_b AND b.person_id = met.person_id"""

# Chances are added as whole millionths, so that the sum does not depend on the order of rows.
_PAIRS = """
    WITH silent AS (
        SELECT r.source, avg(CAST(u.mute AS INTEGER)) AS mute,
            avg(CAST(u.alone IS NOT NULL AND NOT u.mute AS INTEGER)) AS thin FROM core_records r JOIN _unit_of USING (record_id)
        JOIN _units u USING (uid) GROUP BY r.source)
    SELECT source_a, source_b, count(*) AS n_common,
        sum(CAST(round(1e6 * right_chance) AS BIGINT)) / 1e6 / count(*) AS precision,
        coalesce(avg(CAST(told_a AS INTEGER)), 0) AS told_a, coalesce(avg(CAST(told_b AS INTEGER)), 0) AS told_b,
        any_value(a.mute) AS mute_a, any_value(b.mute) AS mute_b, any_value(a.thin) AS thin_a, any_value(b.thin) AS thin_b
    FROM _common JOIN silent a ON a.source = source_a JOIN silent b ON b.source = source_b
    GROUP BY source_a, source_b ORDER BY source_a, source_b"""

# `other` '' = whatever list the person stands in besides
_TRIED = """
    WITH tried AS (SELECT DISTINCT r.source, r.person_id, h.uid, h.missed, h.missed_wrong, h.missed_thin FROM _hidden h JOIN _row_of r USING (uid) WHERE h.told),
    others AS (
        SELECT source_a AS source, source_b AS other, person_id FROM _common
        UNION ALL SELECT source_b, source_a, person_id FROM _common)
    SELECT source, other, count(*) FILTER (missed) AS missed, count(*) FILTER (missed_wrong) AS missed_wrong, count(*) FILTER (missed_thin) AS missed_thin, count(missed) AS tried,
        count(*) AS tried_wrong, count(*) AS tried_thin
    FROM tried JOIN others USING (source, person_id) GROUP BY ALL
    UNION ALL SELECT source, '', count(*) FILTER (missed), count(*) FILTER (missed_wrong), count(*) FILTER (missed_thin), count(missed), count(*), count(*) FROM tried GROUP BY source
    ORDER BY source, other"""
