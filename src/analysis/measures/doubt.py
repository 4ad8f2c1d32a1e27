"""How sure the counts of combinations are: certain, expected, at the low threshold, with linkage error."""

from itertools import combinations

import pandas as pd

from analysis.engine import Engine
from analysis.measures.linkage_doubt import corrected
from analysis.policy import Policy, Verdict

_ERROR = "precision, recall, false_sd, missed_sd"
_NO_ERROR = """SELECT NULL::VARCHAR AS source_a, NULL::VARCHAR AS source_b, 0 AS n_common, NULL::DOUBLE AS precision,
    NULL::DOUBLE AS recall, NULL::DOUBLE AS false_sd, NULL::DOUBLE AS missed_sd WHERE false"""


def build_doubt(engine: Engine, policy: Policy) -> list[str]:
    """Make out_overlap_doubt: families by pair of programmes and by verdict.

    Certain: every link used is 'pasti'. Expected: a family counts with the probability that both of
    its surest links are true, and pairs of persons left apart count with theirs. Low threshold: every
    pair left apart is taken as one person. The interval is `corrected` by the precision and recall of
    the pair of lists; a verdict takes the mean of the pairs in its families. Where linkage states no
    probability or error the cells are null, never filled.
    """
    _register_pair_verdicts(engine, policy)
    _chances(engine)
    _left_apart(engine)
    _errors(engine)
    frame = pd.concat([_by_pair(engine), _by_verdict(engine)], ignore_index=True)
    frame = pd.concat([frame, corrected(frame)], axis=1).drop(columns=_ERROR.split(", "))
    frame["n_terpadankan"] = frame["n_terpadankan"].astype("Int64")
    engine.register("out_overlap_doubt", frame)
    engine.drop("_pair_verdict", "_chance", "_apart", "_pair_error")
    return ["out_overlap_doubt"]


def _register_pair_verdicts(engine: Engine, policy: Policy) -> None:
    codes = [code for (code,) in engine.rows("SELECT programme FROM _programme ORDER BY 1")]
    rows = []
    for a, b in combinations(codes, 2):
        verdict = policy.ruling((a, b), "keluarga").verdict
        rows.append((a, b, verdict.value, verdict.gravity))
    frame = pd.DataFrame(rows, columns=["a", "b", "verdict", "gravity"])
    engine.register(
        "_pair_verdict",
        frame.astype({"a": "str", "b": "str", "verdict": "str", "gravity": "int64"}),
    )


def _chances(engine: Engine) -> None:
    """Make `_chance`: family × programme, certain or not, and the probability of its surest link."""
    linked = {"core_records", "core_links"} <= engine.names()
    stated = (
        """SELECT p.family_id, r.programme, max(l.peluang) AS peluang FROM core_records r
        JOIN core_links l USING (record_id) JOIN core_persons p USING (person_id)
        WHERE r.is_penerima AND r.programme IS NOT NULL GROUP BY ALL"""
        if linked and "peluang" in engine.columns("core_links")
        else "SELECT '' AS family_id, '' AS programme, NULL::DOUBLE AS peluang WHERE false"
    )
    engine.table(
        "_chance",
        f"""
        WITH stated AS ({stated})
        SELECT e.family_id, e.programme, bool_and(e.kepastian = 'pasti') AS pasti, min(s.peluang) AS peluang
        FROM core_enrolments e LEFT JOIN stated s USING (family_id, programme) GROUP BY e.family_id, e.programme""",
    )


def _left_apart(engine: Engine) -> None:
    """Make `_apart`: pairs of programmes that would meet if two persons left apart were one."""
    if "core_maybe_links" not in engine.names():
        return engine.table(
            "_apart",
            "SELECT '' AS x, '' AS y, '' AS a, '' AS b, 0.0::DOUBLE AS peluang WHERE false",
        )
    engine.table(
        "_apart",
        """
        WITH families AS (
            SELECT least(p.family_id, q.family_id) AS x, greatest(p.family_id, q.family_id) AS y,
                max(m.peluang) AS peluang
            FROM core_maybe_links m JOIN core_persons p ON p.person_id = m.person_a
            JOIN core_persons q ON q.person_id = m.person_b WHERE p.family_id <> q.family_id GROUP BY ALL),
        met AS (
            SELECT DISTINCT f.x, f.y, least(p.programme, q.programme) AS a, greatest(p.programme, q.programme) AS b, f.peluang
            FROM families f JOIN _chance p ON p.family_id = f.x JOIN _chance q ON q.family_id = f.y
            WHERE p.programme <> q.programme)
        SELECT * FROM met WHERE NOT EXISTS (
            SELECT 1 FROM _chance u JOIN _chance v USING (family_id)
            WHERE u.family_id IN (met.x, met.y) AND u.programme = met.a AND v.programme = met.b)""",
    )


def _errors(engine: Engine) -> None:
    """Make `_pair_error`: precision and recall of each pair of programmes, by the lists they stand on.

    Families meet through the register: both links to it must be right and found. Two lists that do not
    both meet the register take the error between themselves.
    """
    measured = "core_linkage_error" if "core_linkage_error" in engine.names() else f"({_NO_ERROR})"
    sources = (
        """SELECT programme, min(source) AS source FROM core_records
        WHERE is_penerima AND programme IS NOT NULL GROUP BY programme"""
        if "core_records" in engine.names()
        else "SELECT programme, programme AS source FROM _programme"
    )
    engine.table(
        "_pair_error",
        f"""
        WITH sources AS ({sources}), measured AS (SELECT * FROM {measured}),
        register AS (
            SELECT CASE WHEN source_a LIKE 'dtsen%' THEN source_b ELSE source_a END AS source, {_ERROR} FROM measured
            WHERE (source_a LIKE 'dtsen%') <> (source_b LIKE 'dtsen%')
            QUALIFY row_number() OVER (PARTITION BY source ORDER BY n_common DESC, source_a, source_b) = 1),
        through AS (
            SELECT a.source AS x, b.source AS y, a.precision * b.precision AS precision, a.recall * b.recall AS recall,
                {_joined("precision", "false_sd")} AS false_sd, {_joined("recall", "missed_sd")} AS missed_sd
            FROM register a JOIN register b ON a.source < b.source)
        SELECT v.a, v.b, v.verdict, {", ".join(f"coalesce(r.{name}, e.{name}) AS {name}" for name in _ERROR.split(", "))}
        FROM _pair_verdict v
        LEFT JOIN sources s ON s.programme = v.a LEFT JOIN sources t ON t.programme = v.b
        LEFT JOIN measured e
            ON e.source_a = least(s.source, t.source) AND e.source_b = greatest(s.source, t.source)
        LEFT JOIN through r ON r.x = least(s.source, t.source) AND r.y = greatest(s.source, t.source)""",
    )


def _joined(share: str, sd: str) -> str:
    """Relative standard deviation of 1 − p·q, from those of 1 − p and 1 − q."""
    parts = [f"pow((1 - {x}.{share}) * {x}.{sd} * {y}.{share}, 2)" for x, y in ("ab", "ba")]
    return f"sqrt({' + '.join(parts)}) / greatest(1 - a.{share} * b.{share}, 1e-9)"


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
            {_ERROR}
        FROM _pair_error e LEFT JOIN held_twice o USING (a, b) LEFT JOIN apart m USING (a, b)
        WHERE o.n IS NOT NULL OR m.n IS NOT NULL ORDER BY e.a, e.b""")


def _by_verdict(engine: Engine) -> pd.DataFrame:
    mean = ", ".join(f"round(avg({name}), 6) AS {name}" for name in _ERROR.split(", "))
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
            CASE WHEN c.expected IS NOT NULL THEN c.n + coalesce(a.n, 0) END AS ambang_rendah, {_ERROR}
        FROM counted c LEFT JOIN apart a USING (verdict) LEFT JOIN error USING (verdict) ORDER BY c.verdict""")
