"""Area names spelled otherwise: which of a parent's areas is meant, or none. A guess is never silent."""

from analysis.engine import Engine
from analysis.policy import Rulebook

# Old and spoken spellings of one sound, longest first; applied to squeezed names on both sides.
_SOUNDS = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("sj", "sy"),
    ("ie", "i"),
    ("kh", "k"),
    ("h$", ""),
)
_NUMERALS = (("(satu|1)$", "i"), ("(dua|2)$", "ii"), ("(tiga|3)$", "iii"), ("^kep(ulauan)?", "kep"))


def folded(text: str) -> str:
    """SQL for a name as it sounds: lower case, letters and digits alone, old spelling, no doubles."""
    folded_text = f"regexp_replace(lower({text}), '[^a-z0-9]', '', 'g')"
    for old, new in (*_NUMERALS, *_SOUNDS):
        folded_text = f"regexp_replace({folded_text}, '{old}', '{new}', 'g')"
    for sign in "abdegklmnoprstu":  # not i: II is a number
        folded_text = f"replace({folded_text}, '{sign * 2}', '{sign}')"
    return folded_text


def match_names(engine: Engine, rulebook: Rulebook, target: str) -> None:
    """Make `target` (parent, nama, kode) from `_given` (parent, nama) and `_candidates` (parent, nama, kode).

    `kode` is the one candidate of the parent that sounds the same or nearly so, where no other is as
    near; null where that cannot be said.
    """
    share, least = rulebook.reading.wilayah_jarak_maks, rulebook.reading.wilayah_jarak_selisih
    engine.table(
        target,
        f"""
        WITH g AS (SELECT DISTINCT parent, nama, {folded("nama")} AS f FROM _given),
        c AS (SELECT DISTINCT parent, kode, {folded("nama")} AS f FROM _candidates),
        pairs AS (
            SELECT g.parent, g.nama, c.kode, min(levenshtein(g.f, c.f)) AS far, max(length(g.f)) AS size
            FROM g JOIN c USING (parent) WHERE g.f <> '' GROUP BY ALL),
        ranked AS (
            SELECT *, row_number() OVER by_nearness AS place, lead(far) OVER by_nearness AS next
            FROM pairs WINDOW by_nearness AS (PARTITION BY parent, nama ORDER BY far, kode))
        SELECT parent, nama, CASE WHEN coalesce(next - far >= {least}, true)
            AND far <= greatest(1, {share} * size) THEN kode END AS kode
        FROM ranked WHERE place = 1""",
    )
