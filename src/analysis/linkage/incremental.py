"""Next month's file against the registry's keys and model: the table of contents of a link by increments."""

from analysis.engine import Engine
from analysis.linkage.enrolments import build_enrolments
from analysis.linkage.families import build_families
from analysis.linkage.gates import inspect_links, judge_match_rates
from analysis.linkage.increment_groups import group_new
from analysis.linkage.increment_names import name_increment
from analysis.linkage.keys import build_units
from analysis.linkage.registry import number_of
from analysis.linkage.review_pairs import choose_pairs, write_chosen
from analysis.policy import Linkage, Rulebook
from analysis.settings import Run

ADDED_PART = ("nodes", "index", "sources", "keys")  # tables of the part an increment leaves
TABLES = (
    "core_links", "core_persons", "core_families", "core_enrolments", "core_maybe_links", "core_linkage_error", "core_linkage_groups",
    "core_review_pairs",
    "registry_lineage",
)  # fmt: skip


def link_increment(engine: Engine, rulebook: Rulebook, run: Run) -> tuple[str, ...]:
    """Make the tables of `link` where most rows were linked before, and the increment's part (`part_*`).

    Reads core_records and what `recognise` made of them; of the base: `base_links`, `base_maybe_links`,
    `base_linkage_error`, `base_linkage_groups`, `base_nodes`, `base_index`, `base_model`, `base_sources`; and registry_keys. Persons keep their ids; lineage tells of merges. What a list misses is measured by
    full runs: its rates are the base's. Raises WholeNeeded, LinkageGateError.
    """
    grow_persons(engine, rulebook.linkage, run)
    build_families(engine, run)
    build_enrolments(engine, rulebook, run)
    engine.drop("_seen")
    return TABLES


def grow_persons(engine: Engine, rules: Linkage, run: Run) -> None:
    """Make the tables of persons and doubt, and the increment's part; families and enrolments rest on them."""
    offset = group_new(engine, rules)
    name_increment(engine, rules, run, offset)
    engine.table(
        "_held",
        """SELECT source, person_id, count(*) AS n, min(record_id) AS record_id FROM core_links JOIN core_records USING (record_id)
        GROUP BY source, person_id""",
    )
    inspect_links(engine, rules)
    engine.table("core_maybe_links", _maybe_sql(rules))
    engine.table("core_linkage_error", _ERROR)
    engine.table("core_linkage_groups", "SELECT * FROM base_linkage_groups")
    _choose(engine, rules)
    judge_match_rates(engine, rules)
    engine.drop(
        "_units", "_unit_of", "_node_of", "_nodes", "_scored", "_grown", "_one", "_both", "_sure", "_over", "_known", "_new",
        "_label_of", "_moved", "_held", "_clusters", "_sources", "_keys", "_together", "_apart",
    )  # fmt: skip


def _maybe_sql(rules: Linkage) -> str:
    """Pairs of persons in doubt: the base's that are still two and still here, and those of new rows."""
    return f"""
        WITH old AS (
            SELECT coalesce(a.into_id, m.person_a) AS a, coalesce(b.into_id, m.person_b) AS b, m.peluang FROM base_maybe_links m
            LEFT JOIN _moved a ON a.person_id = m.person_a LEFT JOIN _moved b ON b.person_id = m.person_b),
        names AS (SELECT DISTINCT node AS one, person_id FROM _grown JOIN _label_of USING (label)),
        fresh AS (
            SELECT x.person_id AS a, y.person_id AS b, s.peluang FROM _scored s JOIN names x ON x.one = s.l JOIN names y ON y.one = s.r
            WHERE s.peluang >= {rules.ambang_tinjau}),
        here AS (SELECT DISTINCT person_id FROM core_links)
        SELECT least(a, b) AS person_a, greatest(a, b) AS person_b, max(peluang) AS peluang
        FROM (SELECT * FROM old UNION ALL SELECT * FROM fresh) p SEMI JOIN here x ON x.person_id = p.a SEMI JOIN here y ON y.person_id = p.b
        WHERE a <> b GROUP BY ALL"""


# a pair of lists nobody has measured has the mean rates of all, and the widest interval
_ERROR = """
    WITH common AS (
        SELECT a.source AS source_a, b.source AS source_b, count(*) AS n_common
        FROM _held a JOIN _held b ON a.person_id = b.person_id AND a.source < b.source GROUP BY ALL),
    pooled AS (
        SELECT sum(n_common * precision) / sum(n_common) AS precision, min(precision_low) AS precision_low,
            max(precision_high) AS precision_high, sum(n_common * recall) / sum(n_common) AS recall,
            min(recall_low) AS recall_low, max(recall_high) AS recall_high, max(false_sd) AS false_sd, max(missed_sd) AS missed_sd
        FROM base_linkage_error)
    SELECT c.source_a, c.source_b, c.n_common, round(coalesce(b.precision, p.precision), 6) AS precision,
        coalesce(b.precision_low, p.precision_low) AS precision_low, coalesce(b.precision_high, p.precision_high) AS precision_high,
        round(coalesce(b.recall, p.recall), 6) AS recall, coalesce(b.recall_low, p.recall_low) AS recall_low,
        coalesce(b.recall_high, p.recall_high) AS recall_high, coalesce(b.false_sd, p.false_sd) AS false_sd,
        coalesce(b.missed_sd, p.missed_sd) AS missed_sd,
        CASE WHEN b.source_a IS NULL THEN 'bertahap: rata-rata semua daftar pada pemadanan penuh terakhir'
             ELSE 'bertahap: tingkat pada pemadanan penuh terakhir' END AS metode
    FROM common c LEFT JOIN base_linkage_error b USING (source_a, source_b), pooled p"""


def _choose(engine: Engine, rules: Linkage) -> None:
    """Pairs of new rows to look at; what was in doubt before was shown before."""
    engine.table("_shown", "SELECT l AS one FROM _scored UNION SELECT r FROM _scored")
    engine.table(
        "_cluster_of",
        "SELECT one AS node, any_value(label) AS cluster FROM _one SEMI JOIN _shown USING (one) JOIN _grown USING (node) GROUP BY one",
    )
    engine.table(
        "_row_of_node",
        f"""WITH rows AS (
            SELECT one, record_id, manfaat_rp FROM _one SEMI JOIN _shown USING (one) JOIN _node_of USING (node)
            JOIN _unit_of USING (uid) JOIN _new USING (record_id)
            UNION ALL SELECT one, record_id, manfaat_rp FROM _one SEMI JOIN _shown USING (one) JOIN _both USING (node)
            JOIN _known k ON {number_of()} = person JOIN core_records USING (record_id))
        SELECT one AS node, min(record_id) AS record_id, CAST(sum(manfaat_rp) AS BIGINT) AS rp FROM rows GROUP BY one""",
    )
    choose_pairs(engine, rules, _NONE)
    engine.table(
        "_shown",
        "SELECT * FROM core_records SEMI JOIN (SELECT ra AS record_id FROM _chosen UNION SELECT rb FROM _chosen) USING (record_id)",
    )
    build_units(engine, "_shown", "_sources")
    write_chosen(engine)
    engine.drop("_cluster_of", "_shown")


_NONE = "SELECT NULL::BIGINT AS l, NULL::BIGINT AS r, NULL::DOUBLE AS peluang, NULL::INTEGER AS pattern, false AS digabung WHERE false"
