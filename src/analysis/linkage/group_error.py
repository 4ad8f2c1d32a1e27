"""Who is missed more often: linkage error by kelurahan, sex and age group, so that nobody is overlooked unnoticed.

As linkage_error.py does for lists: precision from calibrated chances, misses by hiding the NIK and
linking again. `recall` is the chance that a row finds its person where that person stands elsewhere.
"""

from itertools import pairwise

from analysis.engine import Engine
from analysis.policy import Linkage
from analysis.settings import Run


def build_group_error(engine: Engine, rules: Linkage, run: Run, agreement: float) -> None:
    """Make core_linkage_groups (see its schema) from `_units`, `_unit_of`, `_hidden` and core_links.

    `agreement`: chance that one person's two rows hold one NIK, so that (1 - agreement) / 2 is wrong.
    """
    wrong = (1 - agreement) / 2
    engine.table(
        "core_linkage_groups",
        f"""
        WITH people AS (
            SELECT uid, area, sex, {run.period[:4]} - year AS age, mute,
                alone IS NOT NULL AND NOT mute AS thin, digits IS NOT NULL AS told FROM _units),
        tried AS (SELECT uid, bool_or(missed) AS missed, bool_or(missed_wrong) AS missed_wrong, bool_or(missed_thin) AS missed_thin FROM _hidden WHERE told AND drawn GROUP BY uid),
        rows AS (
            SELECT area, sex, {age_group(rules)} AS span, count(*) AS n, count(*) FILTER (mute) AS n_mute, count(*) FILTER (thin) AS n_thin,
                count(*) FILTER (told) AS n_told,
                count(*) FILTER (l.cara <> 'sendiri') AS n_joined,
                sum(CAST(round(1e6 * l.peluang) AS BIGINT)) FILTER (l.cara <> 'sendiri') AS millionths,
                0 AS n_uji, 0 AS n_luput, 0 AS n_semua, 0 AS n_luput_salah, 0 AS n_luput_tipis
            FROM core_links l JOIN _unit_of USING (record_id) JOIN people USING (uid) GROUP BY ALL
            UNION ALL SELECT area, sex, {age_group(rules)}, 0, 0, 0, 0, 0, 0, count(missed), count(*) FILTER (missed), count(*),
                count(*) FILTER (missed_wrong), count(*) FILTER (missed_thin)
            FROM tried JOIN people USING (uid) GROUP BY ALL),
        placed AS (
            SELECT *, unnest([{{'d': 'kota', 'k': 'kota'}}, {{'d': 'kelurahan', 'k': coalesce(area, '?')}},
                {{'d': 'jenis_kelamin', 'k': coalesce(sex, '?')}}, {{'d': 'umur', 'k': span}}]) AS g FROM rows),
        counted AS (
            SELECT g.d AS dimensi, g.k AS kelompok, CAST(sum(n) AS BIGINT) AS n_catatan, sum(n_joined) AS n_joined,
                sum(millionths) / 1e6 / nullif(sum(n_joined), 0) AS precision, sum(n_mute) / sum(n) AS silent, sum(n_thin) / sum(n) AS thin,
                coalesce(sum(n_told) / nullif(sum(n) - sum(n_mute) - sum(n_thin), 0), 0) AS told,
                (sum(n_luput_tipis) + 0.5) / (sum(n_semua) + 1) AS lost_thin, (sum(n_luput_salah) + 0.5) / (sum(n_semua) + 1) AS lost_wrong,
                CAST(sum(n_luput) AS BIGINT) AS n_luput, CAST(sum(n_uji) AS BIGINT) AS n_uji
            FROM placed GROUP BY ALL HAVING sum(n) > 0),
        rates AS (
            SELECT *, silent + thin * lost_thin + (1 - silent - thin) * ((1 - told) * (n_luput + 0.5) / (n_uji + 1) + told * {wrong} * lost_wrong) AS lost,
                exp(1.96 * sqrt({rules.transport**2} + 1 / (n_luput + 0.5))) AS spread,
                exp(1.96 * sqrt({rules.galat_peluang**2} + 1 / ((1 - precision) * n_joined + 1))) AS spread_false FROM counted)
        SELECT dimensi, kelompok, n_catatan, n_uji, n_luput, round(precision, 6) AS precision,
            round(greatest(1 - (1 - precision) * spread_false, 0), 6) AS precision_low,
            round({_whole("(1 - precision) / spread_false", "n_joined")}, 6) AS precision_high, round(1 - lost, 6) AS recall,
            round(greatest(1 - lost * spread, 0), 6) AS recall_low, round({_whole("lost / spread", "n_catatan")}, 6) AS recall_high
        FROM rates""",
    )


def _whole(share: str, rows: str) -> str:
    """SQL for 1 less an error's lower bound; less than half a row in error may be none."""
    return f"CASE WHEN {share} * {rows} < 0.5 THEN 1.0 ELSE 1 - {share} END"


def age_group(rules: Linkage) -> str:
    """SQL for the age group of `age`, named by its bounds."""
    edges = [0, *rules.kelompok_umur]
    spans = [f"{low}–{high - 1}" for low, high in pairwise(edges)] + [f"{edges[-1]}+"]
    cases = " ".join(
        f"WHEN age < {high} THEN '{span}'" for high, span in zip(edges[1:], spans, strict=False)
    )
    return f"CASE WHEN age IS NULL THEN '?' {cases} ELSE '{spans[-1]}' END"
