"""Hide the NIK of rows whose person is known, and see who is found again: misses without a label."""

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.comparisons import compare
from analysis.linkage.prelink import golden
from analysis.policy import Linkage


def relink_hidden(engine: Engine, rules: Linkage) -> None:
    """Make `_hidden` (uid, told, missed): one row of a person, without its NIK, against the person's others.

    `told`: the row had a NIK to hide. `missed`: it meets nobody of its person, or falls below the cut.
    """
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
