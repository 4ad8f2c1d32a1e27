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
        WITH rows AS (
            SELECT u.uid, u.mute, u.nik IS NOT NULL AS told, l.cara <> 'sendiri' AS is_joined, l.peluang, h.missed,
                u.area, u.sex, {run.period[:4]} - u.year AS age
            FROM _unit_of o JOIN _units u USING (uid) JOIN core_links l USING (record_id)
            LEFT JOIN (SELECT uid, bool_or(missed) AS missed FROM _hidden WHERE told GROUP BY uid) h USING (uid)),
        placed AS (
            SELECT *, unnest([{{'d': 'kota', 'k': 'kota'}}, {{'d': 'kelurahan', 'k': coalesce(area, '?')}},
                {{'d': 'jenis_kelamin', 'k': coalesce(sex, '?')}}, {{'d': 'umur', 'k': {_age(rules)}}}]) AS g FROM rows),
        counted AS (
            SELECT g.d AS dimensi, g.k AS kelompok, count(*) AS n_catatan,
                avg(peluang) FILTER (is_joined) AS precision, count(*) FILTER (is_joined) AS n_joined,
                avg(CAST(mute AS INTEGER)) AS silent, 1 - avg(CAST(told AS INTEGER)) * {1 - wrong} AS untold,
                count(DISTINCT uid) FILTER (missed) AS n_luput, count(DISTINCT uid) FILTER (missed IS NOT NULL) AS n_uji
            FROM placed GROUP BY ALL),
        rates AS (
            SELECT *, silent + (1 - silent) * untold * (n_luput + 0.5) / (n_uji + 1) AS lost,
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


def _age(rules: Linkage) -> str:
    """SQL for the age group of `age`, named by its bounds."""
    edges = [0, *rules.kelompok_umur]
    spans = [f"{low}–{high - 1}" for low, high in pairwise(edges)] + [f"{edges[-1]}+"]
    cases = " ".join(
        f"WHEN age < {high} THEN '{span}'" for high, span in zip(edges[1:], spans, strict=False)
    )
    return f"CASE WHEN age IS NULL THEN '?' {cases} ELSE '{spans[-1]}' END"
