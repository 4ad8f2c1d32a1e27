"""Names as lists write them → the words that tell who is meant. The raw name is kept beside."""

from analysis.engine import Engine
from analysis.policy import Rulebook


def clean_names(engine: Engine, rulebook: Rulebook, source: str, column: str, target: str) -> None:
    """Make `target` (teks, nama): each distinct name of `column` once, without titles and descent.

    Distinct names only: half of all rows repeat a name (linkage.md §5: 1.8 times faster).
    """
    words = rulebook.codes["nama"]
    engine.table(
        target,
        f"""
        WITH upper_names AS (
            SELECT DISTINCT {column} AS teks, strip_accents(upper({column})) AS n
            FROM {source} WHERE {column} IS NOT NULL),
        shortened AS (
            SELECT teks, regexp_replace(regexp_replace(n, ',.*$', ''), ' S[.] ?[A-Z]{{1,3}}[.]?$', '') AS n
            FROM upper_names),
        spaced AS (
            SELECT teks, trim(regexp_replace(regexp_replace(n, '[''`’-]', '', 'g'), '[^A-Z]+', ' ', 'g')) AS n
            FROM shortened),
        worded AS (
            SELECT teks, n, string_split(regexp_replace(n, ' ({_any(words["keturunan"])}) .*$', ''), ' ') AS w
            FROM spaced),
        bare AS (
            SELECT teks, n, list_filter(w, lambda x: x NOT IN ({_quoted(words["gelar"])})) AS w FROM worded)
        SELECT teks, nullif(CASE WHEN len(w) = 0 THEN n ELSE array_to_string(
            list_transform(w, lambda x, i: coalesce(
                CASE WHEN i = 1 AND len(w) > 1 THEN {_mapped(words["sama_depan"])} END,
                {_mapped(words["sama"])}, x)), ' ') END, '') AS nama
        FROM bare""",
    )


def _any(values: list[str]) -> str:
    return "|".join(values)


def _quoted(values: list[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _mapped(pairs: dict[str, str]) -> str:
    """A CASE that spells a word the usual way, null where it is already usual."""
    cases = " ".join(f"WHEN '{spelling}' THEN '{usual}'" for spelling, usual in pairs.items())
    return f"CASE x {cases} END"
