"""Rules that say two records speak of one person, surest first; each block is bounded."""

from analysis.engine import Engine
from analysis.policy import Linkage

_CONTRADICT = "(a.nik IS NOT NULL AND b.nik IS NOT NULL AND a.nik <> b.nik)"
_SAME_SEX = "coalesce(a.sex = b.sex, true)"


def _names_agree(edits: int) -> str:
    """Shared first or last word, or few edits: NIK equality needs no more beside it."""
    return f"""(a.sound IS NULL OR b.sound IS NULL OR a.first = b.first OR a.last = b.last
        OR a.first = b.last OR a.last = b.first OR levenshtein(a.sound, b.sound) <= {edits})"""


def _names_same(edits: int) -> str:
    """Few edits, or one name holds the other whole (a dropped word)."""
    return f"""(levenshtein(a.sound, b.sound) <= {edits} OR (length(least(a.sound, b.sound)) >= 4 AND
        (contains(' ' || a.sound || ' ', ' ' || b.sound || ' ')
         OR contains(' ' || b.sound || ' ', ' ' || a.sound || ' '))))"""


def _rules(edits: int) -> tuple[tuple[str, str, str, str], ...]:
    """(name, certainty, block key, condition); twins share KK, birth date and NIK but for the last digit."""
    heap = "(month(a.born) = 1 AND day(a.born) = 1)"
    near = "levenshtein(a.nik, b.nik) <= 2"
    return (
        ("nik_nama", "pasti", "nik", _names_agree(edits)),
        ("nik_lahir", "pasti", "nik", f"a.born = b.born AND {_SAME_SEX}"),
        ("kk_nama_lahir", "pasti", "no_kk", "a.sound = b.sound AND a.born = b.born"),
        (
            "nik15",
            "kuat",
            "nik15",
            f"NOT {_CONTRADICT} AND {_names_same(1)} AND coalesce(a.born = b.born, true)",
        ),
        (
            "kk_lahir",
            "kuat",
            "no_kk",
            f"a.born = b.born AND {_SAME_SEX} AND {_names_same(edits)} AND NOT {_CONTRADICT}",
        ),
        (
            "kk_nama",
            "kuat",
            "no_kk",
            f"a.sound = b.sound AND (a.born IS NULL OR b.born IS NULL) AND (NOT {_CONTRADICT} OR {near})",
        ),
        (
            "nama_lahir",
            "kuat",
            "sound, born, area",
            f"NOT {heap} AND {_SAME_SEX} AND (NOT {_CONTRADICT} OR {near})",
        ),
        (
            "nama_rt",
            "lemah",
            "sound, area, rt, rw",
            f"a.last IS NOT NULL AND {_SAME_SEX} AND NOT {_CONTRADICT} AND coalesce(a.born = b.born, true)"
            " AND (a.no_kk IS NULL OR b.no_kk IS NULL OR a.no_kk = b.no_kk)",
        ),
    )


def build_edges(engine: Engine, guards: Linkage) -> None:
    """Make `_edges` (l, r, cara, kepastian): each pair once, by its surest rule."""
    parts = [
        _pairs(place, *rule, guards) for place, rule in enumerate(_rules(guards.jarak_nama_maks))
    ]
    for place, part in enumerate(parts):
        engine.table(f"_edges_{place}", part)
    union = " UNION ALL ".join(f"SELECT * FROM _edges_{place}" for place in range(len(parts)))
    engine.table(
        "_edges",
        f"""
        SELECT l, r, arg_min(cara, rank) AS cara, arg_min(kepastian, rank) AS kepastian
        FROM ({union}) GROUP BY l, r""",
    )
    engine.drop(*(f"_edges_{place}" for place in range(len(parts))))


def _pairs(rank: int, name: str, certainty: str, keys: str, condition: str, guards: Linkage) -> str:
    columns = keys.split(", ")
    given = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    same = " AND ".join(f"a.{column} = b.{column}" for column in columns)
    return f"""
        WITH block AS (
            SELECT * FROM _units WHERE {given}
            QUALIFY count(*) OVER (PARTITION BY {keys}) BETWEEN 2 AND {guards.blok_maks})
        SELECT a.uid AS l, b.uid AS r, '{name}' AS cara, '{certainty}' AS kepastian, {rank} AS rank
        FROM block a JOIN block b ON {same} AND a.uid < b.uid WHERE {condition}"""
