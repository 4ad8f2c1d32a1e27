"""Dates in every form officials type, → DATE with its precision (domain.md §5)."""

from analysis.engine import Engine
from analysis.policy import Rulebook

_ISO = "'^([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})'"
_NUMERIC = "'^([0-9]{1,2})[ /.-]+([0-9]{1,2})[ /.-]+([0-9]{4}|[0-9]{2})$'"
_WRITTEN = "'^([0-9]{1,2})[ .-]+([a-z]+)[ .-]+([0-9]{2,4})$'"


def read_dates(
    engine: Engine, rulebook: Rulebook, source: str, column: str, target: str, latest: str
) -> None:
    """Make `target` (teks, tanggal, presisi): each distinct text of `column` once.

    `latest` (ISO) bounds two-digit years and refuses dates after it; what cannot be read stays null.
    Day before month, as in Indonesia; five digits are an Excel serial.
    """
    year, month, day = _parts(rulebook.codes["bulan"])
    engine.table(
        target,
        f"""
        WITH texts AS (SELECT DISTINCT {column} AS teks, lower(trim({column}, ' ''')) AS t
                       FROM {source} WHERE {column} IS NOT NULL),
        parts AS (SELECT teks, t, {year} AS y, {month} AS m, {day} AS d FROM texts),
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


def _parts(months: dict[str, int]) -> tuple[str, str, str]:
    """Year, month and day of `t` by the first form it has; a year alone is its first day."""
    named = " ".join(f"WHEN '{name}' THEN {number}" for name, number in months.items())
    year, month, day = _groups(_WRITTEN, 3, 2, 1)
    forms = [
        (f"regexp_matches(t, {_ISO})", *_groups(_ISO, 1, 2, 3)),
        (f"regexp_matches(t, {_NUMERIC})", *_groups(_NUMERIC, 3, 2, 1)),
        (f"regexp_matches(t, {_WRITTEN})", year, f"CAST(CASE {month} {named} END AS VARCHAR)", day),
        ("regexp_full_match(t, '(19|20)[0-9]{6}')", "t[1:4]", "t[5:6]", "t[7:8]"),
        ("regexp_full_match(t, '[0-9]{8}')", "t[5:8]", "t[3:4]", "t[1:2]"),
        ("regexp_full_match(t, '(19|20)[0-9]{2}')", "t", "'1'", "'1'"),
    ]
    year, month, day = (
        f"CASE {' '.join(f'WHEN {form[0]} THEN {form[part]}' for form in forms)} END"
        for part in (1, 2, 3)
    )
    return year, month, day


def _groups(pattern: str, *places: int) -> list[str]:
    return [f"regexp_extract(t, {pattern}, {place})" for place in places]
