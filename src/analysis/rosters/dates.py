"""Dates in every form officials type, → DATE with its precision (domain.md §5)."""

from analysis.engine import Engine
from analysis.policy import Rulebook


def read_dates(
    engine: Engine, rulebook: Rulebook, source: str, column: str, target: str, latest: str
) -> None:
    """Make `target` (teks, tanggal, presisi): each distinct text of `column` once.

    `latest` (ISO) bounds two-digit years and refuses dates after it; what cannot be read stays null.
    Day before month, as in Indonesia; five digits are an Excel serial.
    """
    months = " ".join(
        f"WHEN '{name}' THEN {number}" for name, number in rulebook.codes["bulan"].items()
    )
    written = "'^([0-9]{1,2})[ .-]+([a-z]+)[ .-]+([0-9]{2,4})$'"
    numeric = "'^([0-9]{1,2})[ /.-]+([0-9]{1,2})[ /.-]+([0-9]{4}|[0-9]{2})$'"
    iso = "'^([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})'"
    engine.table(
        target,
        f"""
        WITH texts AS (SELECT DISTINCT {column} AS teks, lower(trim({column}, ' ''')) AS t
                       FROM {source} WHERE {column} IS NOT NULL),
        parts AS (
            SELECT teks, t,
                CASE WHEN regexp_matches(t, {iso}) THEN regexp_extract(t, {iso}, 1)
                     WHEN regexp_matches(t, {numeric}) THEN regexp_extract(t, {numeric}, 3)
                     WHEN regexp_matches(t, {written}) THEN regexp_extract(t, {written}, 3)
                     WHEN regexp_full_match(t, '(19|20)[0-9]{{6}}') THEN t[1:4]
                     WHEN regexp_full_match(t, '[0-9]{{8}}') THEN t[5:8]
                     WHEN regexp_full_match(t, '(19|20)[0-9]{{2}}') THEN t END AS y,
                CASE WHEN regexp_matches(t, {iso}) THEN regexp_extract(t, {iso}, 2)
                     WHEN regexp_matches(t, {numeric}) THEN regexp_extract(t, {numeric}, 2)
                     WHEN regexp_matches(t, {written})
                        THEN CAST(CASE regexp_extract(t, {written}, 2) {months} END AS VARCHAR)
                     WHEN regexp_full_match(t, '(19|20)[0-9]{{6}}') THEN t[5:6]
                     WHEN regexp_full_match(t, '[0-9]{{8}}') THEN t[3:4] ELSE '1' END AS m,
                CASE WHEN regexp_matches(t, {iso}) THEN regexp_extract(t, {iso}, 3)
                     WHEN regexp_matches(t, {numeric}) THEN regexp_extract(t, {numeric}, 1)
                     WHEN regexp_matches(t, {written}) THEN regexp_extract(t, {written}, 1)
                     WHEN regexp_full_match(t, '(19|20)[0-9]{{6}}') THEN t[7:8]
                     WHEN regexp_full_match(t, '[0-9]{{8}}') THEN t[1:2] ELSE '1' END AS d
            FROM texts),
        whole AS (
            SELECT teks, t, d, m, CASE
                WHEN length(y) = 2 AND try_cast('20' || y AS INTEGER) <= year(DATE '{latest}') THEN '20' || y
                WHEN length(y) = 2 THEN '19' || y ELSE y END AS y FROM parts),
        dated AS (
            SELECT teks, t, CASE WHEN regexp_full_match(t, '[0-9]{{5}}')
                THEN DATE '1899-12-30' + try_cast(t AS INTEGER)
                ELSE try_strptime(y || '-' || m || '-' || d, '%Y-%m-%d')::DATE END AS tanggal FROM whole)
        SELECT teks,
            CASE WHEN tanggal <= DATE '{latest}' AND year(tanggal) >= {rulebook.reading.tahun_lahir_minimum}
                 THEN tanggal END AS tanggal,
            CASE WHEN tanggal IS NULL THEN NULL WHEN regexp_full_match(t, '(19|20)[0-9]{{2}}') THEN 'tahun'
                 ELSE 'hari' END AS presisi
        FROM dated""",
    )
