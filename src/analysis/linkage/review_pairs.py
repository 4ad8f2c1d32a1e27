"""Pairs that people should look at: those that matter most, and a random part for measuring."""

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.comparisons import decoded
from analysis.linkage.decisions import content_key
from analysis.linkage.indonesia import EQUAL, NEAR, OTHER, PARTIAL, TWICE, TWINS
from analysis.policy import Linkage


def build_review_pairs(engine: Engine, rules: Linkage) -> None:
    """Make core_review_pairs from `_scored`, `_nodes`, `_units` and `_cluster_of` (see its schema)."""
    engine.table(
        "_row_of_node",
        """SELECT n.node, min(o.record_id) AS record_id, CAST(sum(r.manfaat_rp) AS BIGINT) AS rp
        FROM _node_of n JOIN _unit_of o USING (uid) JOIN core_records r USING (record_id) GROUP BY n.node""",
    )
    choose_pairs(engine, rules, _SILENT)
    if "_decided" in engine.names():
        engine.run(_ANSWERED)
    write_chosen(engine)


def choose_pairs(engine: Engine, rules: Linkage, silent: str) -> None:
    """Make `_chosen` (record_a, record_b and why) from `_scored`, `_cluster_of`, `_over` and `_row_of_node`; `silent`: query of rows without identity.

    Chosen: near the cut weighted by rupiah, twins, one NIK under two names, a number that lost digits, components
    over the guard, rows without any identity beside their namesake; and at random within bands of chance.
    """
    patterns = engine.frame("SELECT DISTINCT pattern FROM _scored ORDER BY pattern")
    levels = decoded(patterns["pattern"].to_numpy(), indonesia.ALL)
    # twins are often named alike (Hasan and Husen): a name merely similar beside another NIK is looked at too
    alike = (levels["nama"] == 3) & levels["nik"].isin([NEAR, OTHER, TWICE, TWINS])
    twin = (levels["lahir"] == 0) & levels["rumah"].isin([0, 1]) & ((levels["nama"] >= 4) | alike)
    shared = levels["nik"].isin([EQUAL, PARTIAL]) & (levels["nama"] >= 4)
    cut = levels["nik"].eq(PARTIAL) & ~shared
    engine.register("_kinds", patterns.assign(kembar=twin, satu_nik=shared, terpotong=cut))
    engine.table("_weighed", _weighed_sql())
    engine.table(
        "_chosen",
        f"""SELECT a.record_id AS ra, b.record_id AS rb, c.* FROM ({_chosen_sql(rules, silent)}) c
        JOIN _row_of_node a ON a.node = c.l JOIN _row_of_node b ON b.node = c.r""",
    )
    engine.drop("_kinds", "_row_of_node", "_weighed")


def write_chosen(engine: Engine) -> None:
    """Make core_review_pairs of `_chosen`; `_units` and `_unit_of` hold at least its rows."""
    engine.table(
        "core_review_pairs",
        f"""WITH keyed AS (
            SELECT {content_key("ua")} AS ka, {content_key("ub")} AS kb, c.*
            FROM _chosen c JOIN _unit_of oa ON oa.record_id = c.ra JOIN _unit_of ob ON ob.record_id = c.rb
            JOIN _units ua ON ua.uid = oa.uid JOIN _units ub ON ub.uid = ob.uid),
        turned AS (
            SELECT least(ka, kb) AS kunci_a, greatest(ka, kb) AS kunci_b, CASE WHEN ka <= kb THEN ra ELSE rb END AS record_a,
                CASE WHEN ka <= kb THEN rb ELSE ra END AS record_b, peluang, pattern, digabung, sebab, lapisan, bobot FROM keyed)
        SELECT kunci_a, kunci_b, min(record_a) AS record_a, min(record_b) AS record_b, max(peluang) AS peluang,
            arg_max(pattern, peluang) AS pola, bool_or(digabung) AS digabung,
            arg_min(sebab, list_position({list(REASONS)}, sebab)) AS sebab, min(lapisan) AS lapisan, max(bobot) AS bobot
        FROM turned WHERE kunci_a <> kunci_b GROUP BY kunci_a, kunci_b""",
    )
    engine.drop("_chosen")


# the most telling reason of a pair that was chosen for several
REASONS = (
    "gugus_besar", "kembar", "satu_nik_dua_nama", "nomor_terpotong", "tanpa_identitas", "dekat_ambang", "dijawab", "acak",
)  # fmt: skip

# a pair that people spoke of stays in sight, whatever scores say: to be settled, explained or taken back
_ANSWERED = """
    INSERT INTO _chosen BY NAME
    SELECT min(oa.record_id) AS ra, min(ob.record_id) AS rb, max(peluang) AS peluang, arg_max(pattern, peluang) AS pattern,
        bool_or(ca.cluster = cb.cluster) AS digabung, 'dijawab' AS sebab
    FROM _decided d JOIN _unit_of oa ON oa.uid = d.l JOIN _unit_of ob ON ob.uid = d.r
    JOIN _node_of na ON na.uid = d.l JOIN _node_of nb ON nb.uid = d.r
    JOIN _cluster_of ca ON ca.node = na.node JOIN _cluster_of cb ON cb.node = nb.node
    LEFT JOIN _scored s ON s.l = least(na.node, nb.node) AND s.r = greatest(na.node, nb.node)
    GROUP BY kunci_a, kunci_b ORDER BY kunci_a, kunci_b"""

_SILENT = """
    SELECT u.node AS l, t.node AS r, NULL AS peluang, NULL AS pattern, false AS digabung FROM _nodes u JOIN _nodes t
    ON u.mute AND NOT t.mute AND u.sound = t.sound AND u.area = t.area"""


def _weighed_sql() -> str:
    return """
        SELECT s.l, s.r, s.peluang, s.pattern, ca.cluster = cb.cluster AS digabung, k.kembar, k.satu_nik, k.terpotong,
            o.node IS NOT NULL AS besar, coalesce(a.rp, 0) + coalesce(b.rp, 0) AS rp, a.record_id || b.record_id AS name
        FROM _scored s JOIN _kinds k USING (pattern) JOIN _cluster_of ca ON ca.node = s.l JOIN _cluster_of cb ON cb.node = s.r
        JOIN _row_of_node a ON a.node = s.l JOIN _row_of_node b ON b.node = s.r LEFT JOIN _over o ON o.node = s.l"""


def _chosen_sql(rules: Linkage, silent: str) -> str:
    few, at_random = rules.tinjau.terpenting, rules.tinjau.acak_per_lapisan
    bands = ", ".join(str(edge) for edge in rules.tinjau.lapisan)
    band = f"len(list_filter([{bands}], lambda x: x <= peluang))"
    near = "peluang * (1 - peluang) * (1 + ln(1 + rp / 100000.0))"
    return f"""
        SELECT l, r, peluang, pattern, digabung, 'dekat_ambang' AS sebab, NULL AS lapisan, NULL AS bobot FROM (
            SELECT * FROM _weighed ORDER BY {near} DESC, name LIMIT {few})
        UNION ALL SELECT l, r, peluang, pattern, digabung, 'kembar', NULL, NULL FROM (
            SELECT * FROM _weighed WHERE kembar ORDER BY {near} DESC, name LIMIT {few // 4})
        UNION ALL SELECT l, r, peluang, pattern, digabung, 'satu_nik_dua_nama', NULL, NULL FROM (
            SELECT * FROM _weighed WHERE satu_nik ORDER BY {near} DESC, name LIMIT {few // 4})
        UNION ALL SELECT l, r, peluang, pattern, digabung, 'nomor_terpotong', NULL, NULL FROM (
            SELECT * FROM _weighed WHERE terpotong ORDER BY {near} DESC, name LIMIT {few // 4})
        UNION ALL SELECT l, r, peluang, pattern, digabung, 'gugus_besar', NULL, NULL FROM (
            SELECT * FROM _weighed WHERE besar ORDER BY name LIMIT {few // 4})
        UNION ALL SELECT l, r, peluang, pattern, digabung, 'tanpa_identitas', NULL, NULL FROM (
            SELECT * FROM ({silent}) ORDER BY l, r LIMIT {few // 4})
        UNION ALL SELECT l, r, peluang, pattern, digabung, 'acak', lapisan, n / least(n, {at_random}) FROM (
            SELECT *, {band} AS lapisan, count(*) OVER (PARTITION BY {band}) AS n FROM _weighed
            QUALIFY row_number() OVER (PARTITION BY {band} ORDER BY md5(name)) <= {at_random})"""
