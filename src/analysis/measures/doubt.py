"""How sure the counts of combinations are: certain, expected, at the low threshold, with linkage error."""

import pandas as pd

from analysis.engine import Engine
from analysis.measures.linkage_doubt import corrected
from analysis.measures.pair_doubt import (
    ERROR,
    build_chances,
    build_left_apart,
    build_pair_errors,
    register_pair_verdicts,
)
from analysis.policy import Policy, Verdict


def build_doubt(engine: Engine, policy: Policy) -> list[str]:
    """Make out_overlap_doubt: families by pair of programmes and by verdict.

    Certain: every link used is 'pasti'. Expected: a family counts with the probability that both of
    its surest links are true, and pairs of persons left apart count with theirs. Low threshold: every
    pair left apart is taken as one person. The interval is `corrected` by the precision and recall of
    the pair of lists; a verdict takes the mean of the pairs in its families. Where linkage states no
    probability or error the cells are null, never filled.
    """
    register_pair_verdicts(engine, policy)
    build_chances(engine)
    build_left_apart(engine)
    build_pair_errors(engine)
    frame = pd.concat([_by_pair(engine), _by_verdict(engine)], ignore_index=True)
    frame = pd.concat([frame, corrected(frame)], axis=1).drop(columns=ERROR.split(", "))
    frame["n_terpadankan"] = frame["n_terpadankan"].astype("Int64")
    engine.register("out_overlap_doubt", frame)
    engine.drop("_pair_verdict", "_chance", "_apart", "_pair_error")
    return ["out_overlap_doubt"]


# Probabilities are added as whole millionths, so that the sum does not depend on the order of rows.
def _million(expression: str) -> str:
    return f"CAST(round(1e6 * ({expression})) AS BIGINT)"


def _by_pair(engine: Engine) -> pd.DataFrame:
    return engine.frame(f"""
        WITH held_twice AS (
            SELECT p.programme AS a, q.programme AS b, count(*) AS n, count(*) FILTER (p.pasti AND q.pasti) AS pasti,
                CASE WHEN count(p.peluang * q.peluang) = count(*)
                     THEN sum({_million("p.peluang * q.peluang")}) END AS expected
            FROM _chance p JOIN _chance q ON q.family_id = p.family_id AND p.programme < q.programme GROUP BY ALL),
        apart AS (SELECT a, b, count(*) AS n, sum({_million("peluang")}) AS expected FROM _apart GROUP BY ALL)
        SELECT 'pasangan' AS jenis, e.a, e.b, e.verdict, coalesce(o.n, 0) AS n_terpadankan,
            coalesce(o.pasti, 0) AS n_pasti,
            round(CASE WHEN o.n IS NULL THEN 0 ELSE o.expected END / 1e6 + coalesce(m.expected, 0) / 1e6, 2) AS harapan,
            CASE WHEN o.n IS NULL OR o.expected IS NOT NULL THEN coalesce(o.n, 0) + coalesce(m.n, 0) END AS ambang_rendah,
            {ERROR}
        FROM _pair_error e LEFT JOIN held_twice o USING (a, b) LEFT JOIN apart m USING (a, b)
        WHERE o.n IS NOT NULL OR m.n IS NOT NULL ORDER BY e.a, e.b""")


def _by_verdict(engine: Engine) -> pd.DataFrame:
    mean = ", ".join(f"round(avg({name}), 6) AS {name}" for name in ERROR.split(", "))
    gravest = ", ".join(f"'{verdict.value}'" for verdict in Verdict)
    return engine.frame(f"""
        WITH families AS (
            SELECT o.family_id, o.verdict, bool_and(c.pasti) AS pasti,
                CASE WHEN count(c.peluang) = count(*) THEN min(c.peluang) END AS peluang
            FROM out_overlap o JOIN _chance c USING (family_id) GROUP BY ALL),
        counted AS (
            SELECT verdict, count(*) AS n, count(*) FILTER (pasti) AS pasti,
                CASE WHEN count(peluang) = count(*) THEN sum({_million("peluang")}) END AS expected
            FROM families GROUP BY verdict),
        apart AS (
            SELECT [{gravest}][1 + gravity] AS verdict, count(*) AS n, sum({_million("peluang")}) AS expected
            FROM (SELECT x, y, max(gravity) AS gravity, max(peluang) AS peluang
                  FROM _apart JOIN _pair_verdict USING (a, b) GROUP BY x, y) GROUP BY 1),
        error AS (
            SELECT o.verdict, {mean} FROM out_overlap o JOIN _chance p USING (family_id)
            JOIN _chance q ON q.family_id = p.family_id AND p.programme < q.programme
            JOIN _pair_error e ON e.a = p.programme AND e.b = q.programme GROUP BY o.verdict)
        SELECT 'putusan' AS jenis, '' AS a, '' AS b, c.verdict, c.n AS n_terpadankan, c.pasti AS n_pasti,
            round(c.expected / 1e6 + coalesce(a.expected, 0) / 1e6, 2) AS harapan,
            CASE WHEN c.expected IS NOT NULL THEN c.n + coalesce(a.n, 0) END AS ambang_rendah, {ERROR}
        FROM counted c LEFT JOIN apart a USING (verdict) LEFT JOIN error USING (verdict) ORDER BY c.verdict""")
