"""What the certainty of combinations rests on: probabilities of links, persons left apart, linkage error by pair of lists."""

from itertools import combinations

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy

ERROR = "precision, recall, false_sd, missed_sd"
_NO_ERROR = """SELECT NULL::VARCHAR AS source_a, NULL::VARCHAR AS source_b, 0 AS n_common, NULL::DOUBLE AS precision,
    NULL::DOUBLE AS recall, NULL::DOUBLE AS false_sd, NULL::DOUBLE AS missed_sd WHERE false"""


def register_pair_verdicts(engine: Engine, policy: Policy) -> None:
    """Make `_pair_verdict`: what the rules say of every two programmes."""
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


def build_chances(engine: Engine) -> None:
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


def build_left_apart(engine: Engine) -> None:
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


def build_pair_errors(engine: Engine) -> None:
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
            SELECT CASE WHEN source_a LIKE 'dtsen%' THEN source_b ELSE source_a END AS source, {ERROR} FROM measured
            WHERE (source_a LIKE 'dtsen%') <> (source_b LIKE 'dtsen%')
            QUALIFY row_number() OVER (PARTITION BY source ORDER BY n_common DESC, source_a, source_b) = 1),
        through AS (
            SELECT a.source AS x, b.source AS y, a.precision * b.precision AS precision, a.recall * b.recall AS recall,
                {_joined("precision", "false_sd")} AS false_sd, {_joined("recall", "missed_sd")} AS missed_sd
            FROM register a JOIN register b ON a.source < b.source)
        SELECT v.a, v.b, v.verdict, {", ".join(f"coalesce(r.{name}, e.{name}) AS {name}" for name in ERROR.split(", "))}
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
