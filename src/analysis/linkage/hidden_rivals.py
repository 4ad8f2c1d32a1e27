"""Whom else a hidden row resembles: it is weighed against its rivals as rows in doubt are (rivals.py)."""

from collections.abc import Sequence

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.company import weigh_company
from analysis.linkage.comparisons import compare
from analysis.linkage.rivals import KNOWN, LONE
from analysis.policy import Linkage


def meet_rivals(engine: Engine, rules: Linkage, scored: Sequence[str], size: int) -> None:
    """Make `_rival_rows` and `_rivals` (l, r, pattern, cluster): other persons that a hidden row in doubt is named like.

    `scored`: pairs of what is left of a person and its hidden row (`_turned_rows`), whose `node` is `size` more than the
    person's. Of one name in one kelurahan or on one day: the rest seldom comes near.
    """
    told = " UNION ALL ".join(f"FROM {name}" for name in scored)
    units = int(engine.one("SELECT count(*) FROM _units"))
    pairs = " UNION ".join(
        f"""SELECT h.node AS l, n.node + {2 * size} AS r, c.cluster FROM _in_doubt h JOIN _nodes n ON n.sound = h.sound AND n.{same} = h.{same}
        JOIN _cluster_of c ON c.node = n.node WHERE {KNOWN.format("n")} AND c.cluster <> (h.node - {size}) % {units}"""
        for same in ("area", "born")
    )
    engine.table(
        "_in_doubt",
        f"""SELECT * FROM _turned_rows h SEMI JOIN (
            SELECT r AS node FROM ({told}) WHERE peluang BETWEEN {rules.ambang_mungkin} AND {rules.ambang_pasti}) USING (node)
        WHERE {LONE.format("h")}""",
    )
    engine.table("_rival_pairs", pairs)
    engine.table(
        "_rival_rows",
        f"""SELECT * FROM _in_doubt UNION ALL BY NAME
        SELECT * REPLACE (node + {2 * size} AS node) FROM _nodes WHERE node + {2 * size} IN (SELECT r FROM _rival_pairs)""",
    )
    compare(engine, "_rival_rows", "_rival_pairs", indonesia.ALL, "_rivals_compared")
    engine.table(
        "_rivals",
        "SELECT l, r, pattern, cluster FROM _rivals_compared JOIN _rival_pairs USING (l, r)",
    )
    engine.drop("_in_doubt", "_rival_pairs", "_rivals_compared")


def weigh_hidden(engine: Engine, rules: Linkage, scored: str, cell: int) -> None:
    """Put what rivals say into `peluang` of `scored`; `cell`: the comparison of NIK that hidden rows are judged with."""
    engine.table(
        "_rivals_scored",
        f"""SELECT l, r, m.pattern, m.peluang, cluster FROM _rivals v
        JOIN registry_model m ON m.pattern = v.pattern + {cell * indonesia.EVIDENCE_CELLS}""",
    )
    weigh_company(engine, rules, "_rival_rows", "_rivals_scored")
    engine.run(
        f"""UPDATE {scored} SET peluang = w.baru FROM (
            WITH best AS (SELECT l, max(least(peluang, 1 - 1e-6)) AS p FROM _rivals_scored GROUP BY l, cluster),
            against AS (SELECT l AS node, sum(p / (1 - p)) AS rivals FROM best GROUP BY l)
            SELECT s.l, s.r, s.peluang / (1 - s.peluang) AS odds,
                round(least(odds / (coalesce(tanpa, 1) + coalesce(rivals, 0) + odds), {rules.ambang_pasti}), 6) AS baru
            FROM {scored} s JOIN _turned_rows h ON h.node = s.r JOIN _turned_rows k ON k.node = s.l
            LEFT JOIN _none ON place = bit_count(h.lists - 1) LEFT JOIN against a ON a.node = s.r
            WHERE {LONE.format("h")} AND {KNOWN.format("k")} AND s.peluang BETWEEN {rules.ambang_mungkin} AND {rules.ambang_pasti}) w
        WHERE w.l = {scored}.l AND w.r = {scored}.r"""
    )
    engine.drop("_rivals_scored")
