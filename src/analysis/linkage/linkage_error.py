"""How often linkage errs between two lists, without labels: hide the NIK and see who is found again.

Precision rests on the calibrated chances of the links. Recall: one row a person is hidden from the
rest of the person, its NIK is removed, and it is compared again; what then falls below the cut or
meets nobody is missed. A row of list A loses its person with the chance that its NIK is unusable
(or wrong) times that miss rate; a common person is missed where either row loses it.
"""

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.comparisons import compare
from analysis.linkage.model import LinkModel
from analysis.linkage.prelink import golden
from analysis.policy import Linkage

METHOD = "NIK disembunyikan lalu dipadankan lagi; peluang terkalibrasi"


def build_linkage_error(engine: Engine, rules: Linkage, model: LinkModel) -> None:
    """Make core_linkage_error (see its schema) from `_units`, `_clusters`, core_links and registry_model."""
    _relink(engine, rules)
    engine.table(
        "_row_of",
        """SELECT DISTINCT r.source, l.person_id, u.uid, c.cluster, l.peluang, n.nik IS NOT NULL AS told
        FROM core_records r JOIN core_links l USING (record_id) JOIN _unit_of u USING (record_id)
        JOIN _clusters c USING (uid) JOIN _units n USING (uid)""",
    )
    engine.table(
        "_once",
        """SELECT source, person_id, max(peluang) AS peluang, bool_or(told) AS told FROM _row_of GROUP BY ALL""",
    )
    engine.table(
        "_common",
        """SELECT a.source AS source_a, b.source AS source_b, a.person_id, a.peluang * b.peluang AS right_chance,
            a.told AS told_a, b.told AS told_b
        FROM _once a JOIN _once b ON a.person_id = b.person_id AND a.source < b.source""",
    )
    engine.table("core_linkage_error", _error_sql(rules, model))
    engine.drop("_hidden", "_row_of", "_once", "_common")


def _relink(engine: Engine, rules: Linkage) -> None:
    """`_hidden` (uid, missed without NIK, missed with a wrong one): one row of a person against the others."""
    nodes = int(engine.one("SELECT count(*) FROM _cluster_of"))
    share = min(10_000, int(10_000 * rules.periksa_baris / max(nodes, 1)))
    engine.table(
        "_several",
        f"""SELECT u.*, c.cluster AS node, row_number() OVER (PARTITION BY c.cluster ORDER BY u.key) = 1 AS is_hidden
        FROM _units u JOIN _clusters c USING (uid)
        WHERE hash(c.cluster) % 10000 < {share} AND NOT u.mute
        QUALIFY count(*) OVER (PARTITION BY c.cluster) > 1""",
    )
    size = int(engine.one("SELECT coalesce(max(node), 0) + 1 FROM _several"))
    engine.table(
        "_turned",
        f"""SELECT * REPLACE (CASE WHEN is_hidden THEN node + {size} ELSE node END AS node,
            CASE WHEN NOT is_hidden THEN nik END AS nik, CASE WHEN NOT is_hidden THEN nik15 END AS nik15) FROM _several""",
    )
    golden(engine, "_turned", "_turned_rows")
    engine.run(
        """UPDATE _turned_rows SET sound_f = n.sound_f, born_f = n.born_f FROM
        (SELECT DISTINCT sound, born, sound_f, born_f FROM _nodes) n
        WHERE n.sound IS NOT DISTINCT FROM _turned_rows.sound AND n.born IS NOT DISTINCT FROM _turned_rows.born"""
    )
    engine.table("_turned_keys", indonesia.key_sql("_turned", "node", False))
    engine.table(
        "_met",
        f"""SELECT DISTINCT a.node AS l, b.node AS r FROM _turned_keys a JOIN _turned_keys b
        ON a.key = b.key AND b.node = a.node + {size}""",
    )
    compare(engine, "_turned_rows", "_met", indonesia.ALL, "_met_again")
    engine.table(
        "_hidden",
        f"""SELECT s.uid, s.nik IS NOT NULL AS told, coalesce(m.peluang < {rules.ambang}, true) AS missed
        FROM _several s LEFT JOIN _met_again g ON g.l = s.node
        LEFT JOIN registry_model m USING (pattern) WHERE s.is_hidden""",
    )
    engine.drop("_several", "_turned", "_turned_rows", "_turned_keys", "_met", "_met_again")


def _error_sql(rules: Linkage, model: LinkModel) -> str:
    """Beta-binomial rates; intervals on the log scale of the error, widened by what is only assumed."""
    wrong = (1 - model.agreement) / 2
    return f"""
        WITH silent AS (
            SELECT r.source, avg(CAST(u.mute AS INTEGER)) AS mute FROM core_records r JOIN _unit_of USING (record_id)
            JOIN _units u USING (uid) GROUP BY r.source),
        pairs AS (
            SELECT source_a, source_b, count(*) AS n_common, avg(right_chance) AS precision,
                1 - avg(CAST(told_a AS INTEGER)) * {1 - wrong} AS untold_a, 1 - avg(CAST(told_b AS INTEGER)) * {1 - wrong} AS untold_b
            FROM _common GROUP BY ALL),
        seen AS (
            SELECT r.source, p.other, count(*) FILTER (h.missed) AS missed, count(*) AS tried
            FROM _hidden h JOIN _row_of r USING (uid)
            JOIN (SELECT source_a AS source, source_b AS other, person_id FROM _common
                  UNION ALL SELECT source_b, source_a, person_id FROM _common) p USING (source, person_id)
            WHERE h.told GROUP BY ALL),
        joined AS (
            SELECT p.*, ma.mute + (1 - ma.mute) * p.untold_a * (coalesce(a.missed, 0) + 0.5) / (coalesce(a.tried, 0) + 1) AS lost_a,
                mb.mute + (1 - mb.mute) * p.untold_b * (coalesce(b.missed, 0) + 0.5) / (coalesce(b.tried, 0) + 1) AS lost_b,
                coalesce(a.missed, 0) + coalesce(b.missed, 0) AS missed
            FROM pairs p JOIN silent ma ON ma.source = source_a JOIN silent mb ON mb.source = source_b
            LEFT JOIN seen a ON a.source = p.source_a AND a.other = p.source_b
            LEFT JOIN seen b ON b.source = p.source_b AND b.other = p.source_a),
        rates AS (
            SELECT *, 1 - (1 - lost_a) * (1 - lost_b) AS lost, 1 - precision AS false_share,
                exp(1.96 * sqrt({rules.transport**2} + 1 / (missed + 0.5))) AS spread,
                exp(1.96 * sqrt({rules.galat_peluang**2} + 1 / ((1 - precision) * n_common + 1))) AS spread_false
            FROM joined)
        SELECT source_a, source_b, n_common, round(precision, 6) AS precision,
            round(greatest(1 - false_share * spread_false, 0), 6) AS precision_low,
            round(1 - false_share / spread_false, 6) AS precision_high,
            round(1 - lost, 6) AS recall, round(greatest(1 - lost * spread - {_LEAST} / n_common, 0), 6) AS recall_low,
            round(1 - lost / spread, 6) AS recall_high, '{METHOD}' AS metode
        FROM rates"""


_LEAST = 0.5  # half a person: no list is ever known to miss nobody
