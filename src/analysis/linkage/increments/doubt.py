"""What is in doubt after an increment: persons that may be one, how often lists err, pairs to look at."""

from analysis.engine import Engine
from analysis.linkage.decisions import find_decided
from analysis.linkage.increments.known_rows import SAYS, WORDS
from analysis.linkage.increments.whose_numbers import recall_cards
from analysis.linkage.keys import build_units
from analysis.linkage.person_keys import id_of
from analysis.linkage.registry import number_of
from analysis.linkage.review_pairs import choose_pairs, write_chosen
from analysis.linkage.standing import Standing
from analysis.policy import Linkage


def build_maybe_links(engine: Engine, rules: Linkage, now: Standing) -> None:
    """Make core_maybe_links: pairs of persons in doubt, the base's that are still two and still here, and those of new rows."""
    pairs = engine.frame(
        f"""
        WITH old AS (
            SELECT {number_of("person_a")} AS a, {number_of("person_b")} AS b, peluang FROM base_maybe_links),
        names AS (
            SELECT DISTINCT one, i.person FROM _both JOIN _grown USING (node) JOIN _person_of i USING (label)),
        found AS (
            SELECT coalesce(a.into_person, old.a) AS a, coalesce(b.into_person, old.b) AS b, old.peluang FROM old
            LEFT JOIN _changed a ON a.person = old.a LEFT JOIN _changed b ON b.person = old.b
            UNION ALL SELECT x.person, y.person, s.peluang FROM _scored s JOIN names x ON x.one = s.l JOIN names y ON y.one = s.r
            WHERE s.peluang >= {rules.ambang_tinjau})
        SELECT least(a, b) AS a, greatest(a, b) AS b, max(peluang) AS peluang FROM found WHERE a <> b GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    rows = now.rows
    here = [
        (pairs[end] < len(rows)) & (rows[pairs[end].clip(upper=len(rows) - 1)] > 0) for end in "ab"
    ]
    engine.register("_maybe", pairs[here[0] & here[1]])
    engine.table(
        "core_maybe_links",
        f"SELECT {id_of('a')} AS person_a, {id_of('b')} AS person_b, peluang FROM _maybe",
    )
    engine.drop("_maybe")


def build_increment_error(engine: Engine, now: Standing) -> None:
    """Make core_linkage_error: counts of now, rates as the last full run measured them."""
    engine.register("_common", now.common())
    engine.table("core_linkage_error", _ERROR)
    engine.drop("_common")


# a pair of lists nobody has measured has the mean rates of all, and the widest interval
_ERROR = """
    WITH pooled AS (
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
    FROM _common c LEFT JOIN base_linkage_error b USING (source_a, source_b), pooled p"""


def build_review(engine: Engine, rules: Linkage, offset: int) -> None:
    """Make core_review_pairs: pairs of new rows to look at, and pairs people spoke of; what else was in doubt was shown before."""
    engine.table(
        "_shown",
        """SELECT DISTINCT node, one, person, label FROM _both JOIN _grown USING (node)
        SEMI JOIN (SELECT l AS one FROM _scored UNION SELECT r FROM _scored) USING (one)""",
    )
    engine.table(
        "_cluster_of",
        "SELECT one AS node, any_value(label) AS cluster FROM _shown GROUP BY one",
    )
    engine.table("_shown_rows", _shown_rows(offset))
    engine.table(
        "_said",
        f"SELECT record_id, source, {SAYS}, manfaat_rp FROM core_records SEMI JOIN _shown_rows USING (record_id)",
    )
    engine.table(
        "_row_of_node",
        """SELECT one AS node, min(record_id) AS record_id, CAST(sum(manfaat_rp) AS BIGINT) AS rp
        FROM _shown_rows JOIN _said USING (record_id) GROUP BY one""",
    )
    choose_pairs(engine, rules, _NONE)
    engine.table(
        "_shown",
        f"""SELECT record_id, source, {SAYS}, {WORDS} FROM _said
        SEMI JOIN (SELECT ra AS record_id FROM _chosen UNION SELECT rb FROM _chosen) USING (record_id)""",
    )
    answered = {"base_review_pairs", "linkage_decisions"} <= engine.names()
    if answered:
        engine.run(f"INSERT INTO _shown {_ANSWERED_ROWS}")
    build_units(engine, "_shown", "_sources", few=True, cards=recall_cards)
    if answered:
        find_decided(engine)
        engine.run(_ANSWERED)
    write_chosen(engine)
    engine.drop("_cluster_of", "_shown", "_shown_rows", "_said")


# rows of the persons that people spoke of, as far as none of them is shown already
_ANSWERED_ROWS = f"""
    SELECT DISTINCT record_id, source, {SAYS}, {WORDS} FROM core_records SEMI JOIN (
        WITH spoken AS (SELECT record_a, record_b FROM base_review_pairs SEMI JOIN linkage_decisions USING (kunci_a, kunci_b)),
        persons AS (
            SELECT DISTINCT person_id, {number_of()} AS person FROM base_links
            SEMI JOIN (SELECT record_a AS record_id FROM spoken UNION SELECT record_b FROM spoken) USING (record_id))
        SELECT record_id FROM _kept SEMI JOIN persons USING (person_id)
        UNION SELECT record_id FROM _again SEMI JOIN persons USING (person)) USING (record_id)
    ANTI JOIN _shown USING (record_id)"""
_ANSWERED = """
    INSERT INTO _chosen BY NAME
    SELECT min(oa.record_id) AS ra, min(ob.record_id) AS rb, max(b.peluang) AS peluang, arg_max(b.pola, b.peluang) AS pattern,
        bool_or(la.person_id = lb.person_id) AS digabung, 'dijawab' AS sebab
    FROM _decided d JOIN base_review_pairs b USING (kunci_a, kunci_b)
    JOIN _unit_of oa ON oa.uid = d.l JOIN _unit_of ob ON ob.uid = d.r
    JOIN core_links la ON la.record_id = oa.record_id JOIN core_links lb ON lb.record_id = ob.record_id
    GROUP BY kunci_a, kunci_b ORDER BY kunci_a, kunci_b"""


def _shown_rows(offset: int) -> str:
    """Query (one, record_id) of the rows of golden records that may be shown."""
    return f"""
        WITH persons AS (SELECT DISTINCT one, person, {id_of("person")} AS person_id FROM _shown WHERE person IS NOT NULL)
        SELECT one, record_id FROM _kept JOIN persons USING (person_id)
        UNION ALL SELECT one, record_id FROM _again JOIN persons USING (person)
        UNION ALL SELECT one, record_id FROM _shown JOIN _node_of USING (node) JOIN _unit_of USING (uid) WHERE node >= {offset}"""


_NONE = "SELECT NULL::BIGINT AS l, NULL::BIGINT AS r, NULL::DOUBLE AS peluang, NULL::INTEGER AS pattern, false AS digabung WHERE false"
