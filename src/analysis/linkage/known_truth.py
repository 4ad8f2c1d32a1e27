"""Links held against the truth where it is known, as of a made-up city: over pairs of rows, and row by row (B³).

Nothing of a run reads this: it tells an analyst how far the label-free figures can be trusted.
"""

import pandas as pd

from analysis.engine import Engine
from analysis.linkage.group_error import age_group
from analysis.policy import Linkage


def accuracy_by_lists(engine: Engine) -> pd.DataFrame:
    """Pairs of rows of two lists, all lists together first: daftar_a, daftar_b, orang_bersama, pasangan, presisi, kelengkapan, f1.

    Reads core_records, core_links and truth_record. `orang_bersama`: true persons in both; `pasangan`: true pairs of rows.
    """
    engine.view("_judged", _JUDGED)
    return engine.frame(
        f"""WITH whole AS ({_WHOLE}), pairs AS ({_two_lists("found")} UNION ALL {_two_lists("truth")} UNION ALL {_two_lists("found, truth")}),
        counted AS (
            SELECT source_a AS daftar_a, source_b AS daftar_b, sum(n) FILTER (kind = 'truth') AS pasangan, sum(n) FILTER (kind = 'found') AS ketemu,
                sum(n) FILTER (kind = 'found, truth') AS benar, count(*) FILTER (kind = 'truth') AS orang_bersama FROM pairs GROUP BY ALL
            UNION ALL SELECT 'semua', 'semua', pasangan, ketemu, benar, NULL FROM whole)
        SELECT daftar_a, daftar_b, orang_bersama, CAST(coalesce(pasangan, 0) AS BIGINT) AS pasangan, round(coalesce(benar, 0) / ketemu, 6) AS presisi,
            round(coalesce(benar, 0) / pasangan, 6) AS kelengkapan,
            round(2 * coalesce(benar, 0) / (coalesce(ketemu, 0) + coalesce(pasangan, 0)), 6) AS f1
        FROM counted ORDER BY daftar_a <> 'semua', pasangan DESC, daftar_a, daftar_b"""
    )


def accuracy_by_groups(engine: Engine, rules: Linkage) -> pd.DataFrame:
    """Rows by city, kelurahan, sex and age: dimensi, kelompok, catatan, presisi, kelengkapan and f1 of B³, luput.

    A row's precision is the share of its found person's rows that are truly its person's; its recall the share of its true
    person's rows that are found. `luput`: of rows whose person has other rows, those that found none of them.
    """
    engine.view("_judged", _JUDGED)
    return engine.frame(
        f"""WITH sized AS (
            SELECT area, sex, {age_group(rules)} AS span, count(*) OVER (PARTITION BY found) AS n_found,
                count(*) OVER (PARTITION BY truth) AS n_truth, count(*) OVER (PARTITION BY found, truth) AS n_both FROM _judged),
        placed AS (
            SELECT *, unnest([{{'d': 'kota', 'k': 'kota'}}, {{'d': 'kelurahan', 'k': coalesce(area, '?')}},
                {{'d': 'jenis_kelamin', 'k': coalesce(sex, '?')}}, {{'d': 'umur', 'k': span}}]) AS g FROM sized),
        told AS (
            SELECT g.d AS dimensi, g.k AS kelompok, count(*) AS catatan, avg(n_both / n_found) AS presisi, avg(n_both / n_truth) AS kelengkapan,
                count(*) FILTER (n_truth > 1 AND n_both = 1) / nullif(count(*) FILTER (n_truth > 1), 0) AS luput FROM placed GROUP BY ALL)
        SELECT dimensi, kelompok, catatan, round(presisi, 6) AS presisi, round(kelengkapan, 6) AS kelengkapan,
            round(2 * presisi * kelengkapan / (presisi + kelengkapan), 6) AS f1, round(luput, 6) AS luput FROM told
        ORDER BY array_position(['kota', 'jenis_kelamin', 'umur', 'kelurahan'], dimensi), kelompok = '?', kelompok"""
    )


_JUDGED = """
    SELECT r.source, l.person_id AS found, t.person_id AS truth, kode_wilayah AS area, jenis_kelamin AS sex,
        CAST(left(r.period, 4) AS INTEGER) - year(tgl_lahir) AS age
    FROM core_records r JOIN core_links l USING (record_id) JOIN truth_record t USING (record_id)"""


_PAIRS = "(SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*) AS n FROM _judged GROUP BY {}))"
_WHOLE = f"SELECT {_PAIRS.format('truth')} AS pasangan, {_PAIRS.format('found')} AS ketemu, {_PAIRS.format('found, truth')} AS benar"


def _two_lists(person: str) -> str:
    """Query (kind, source_a, source_b, n): pairs of rows of two lists that are one person by `person`, a row a person."""
    rows = f"(SELECT source, {person}, count(*) AS n FROM _judged GROUP BY source, {person})"
    return f"""SELECT '{person}' AS kind, a.source AS source_a, b.source AS source_b, a.n * b.n AS n
        FROM {rows} a JOIN {rows} b USING ({person}) WHERE a.source < b.source"""
