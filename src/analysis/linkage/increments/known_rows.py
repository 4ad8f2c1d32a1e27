"""Which rows the registry has seen: the same row again, or a row that says what a linked row said."""

from analysis.engine import Engine
from analysis.linkage.increments.late_files import IN_REGISTER, files_of, late_rows
from analysis.linkage.keys import ALONE, exact
from analysis.policy import Linkage

SAYS = "peran, nik, nik15, nik_sisa, no_kk, nama, tgl_lahir, tgl_lahir_presisi, jenis_kelamin, kode_wilayah, rt, rw"
_TEXTS = ("nama", "rt", "rw", "kode_wilayah")


class WholeNeeded(Exception):
    """The rows cannot be linked by increments; `reason` is a message key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _words(text: str) -> str:
    """SQL: a 64-bit hash of what a row says; null for a row that is nobody's copy (keys.py)."""
    said = exact(SAYS.replace("peran", IN_REGISTER), _TEXTS, text)
    return f"CASE WHEN NOT ({ALONE}) THEN hash({said}) END"


# two hashes stand for the words, the second reads texts backwards
WORDS = f"{_words('{0}')} AS h, {_words('reverse({0})')} AS h2"


def build_words(engine: Engine) -> None:
    """Make `part_words` (h, h2, person and its link) and `part_stands` (person, place, n) of core_records and core_links.

    Rows of the same words have the same link.
    """
    engine.table(
        "part_words",
        f"""SELECT h, h2, CAST(min(person_id[3:]) AS INTEGER) AS person, min(cara) AS cara, min(peluang) AS peluang
        FROM (SELECT record_id, {WORDS} FROM core_records) JOIN core_links USING (record_id)
        WHERE h IS NOT NULL GROUP BY h, h2""",
    )
    engine.table("part_stands", _stands("core_links", "part_sources"))


def _stands(links: str, sources: str) -> str:
    return f"""
        SELECT CAST(person_id[3:] AS INTEGER) AS person, CAST(place AS UTINYINT) AS place, CAST(count(*) AS INTEGER) AS n
        FROM core_records JOIN {links} USING (record_id) JOIN {sources} USING (source) GROUP BY ALL"""


def recognise(engine: Engine, rules: Linkage) -> None:
    """Make `_kept` (links of rows seen before), `_again` (rows known by what they say) and `_new` (the other rows of `core_records`).

    And `_sources`, and `_stands` (person, place, n): where known rows stand. Reads `base_links`,
    `base_words`, `base_stands` and `base_sources`; where the base is another period (`base_records` is there)
    every row is known by what it says or not at all. Raises WholeNeeded where more rows are new than a month changes.
    """
    engine.table("_files", files_of(engine, "core_records"))
    engine.table("_sources", _SOURCES)
    engine.table("_parted", "SELECT 0::BIGINT AS person, '' AS person_id WHERE false")  # parting.py
    with engine.on_one_thread():
        (_meet_words if "base_records" in engine.names() else _meet_rows)(engine)
    new, rows = engine.rows(
        "SELECT (SELECT count(*) FROM _new), (SELECT count(*) FROM core_records)"
    )[0]
    if new > rules.bertahap.bagian_baru * rows:
        raise WholeNeeded("whole_too_many_new")
    engine.view(
        "_stands",
        """FROM (SELECT person, place, n FROM _kept_stands
        UNION ALL SELECT person, CAST(place AS UTINYINT), 1 FROM _again JOIN _sources USING (source))
        ANTI JOIN _parted USING (person)""",
    )


# known lists keep their bit; new ones take the next
_SOURCES = """
    SELECT source, place, in_register FROM base_sources
    UNION ALL SELECT source, last + row_number() OVER (ORDER BY source), in_register
    FROM (SELECT source, bool_or(in_register) AS in_register FROM _files ANTI JOIN base_sources USING (source) GROUP BY source),
        (SELECT coalesce(max(place), -1) AS last FROM base_sources)"""


def _meet_rows(engine: Engine) -> None:
    """The same period: most rows are the same rows, told by their file, else by a hash of their id; where any is missing, by the id itself."""
    hashed = "(SELECT *, hash(record_id) AS id FROM core_records)"
    known = "(SELECT hash(record_id) AS id FROM base_links)"
    engine.table("_new", saying(late_rows(engine) or f"{hashed} ANTI JOIN {known} USING (id)"))
    met, linked = engine.rows(
        """SELECT (SELECT count(*) FROM core_records) - (SELECT count(*) FROM _new), (SELECT count(*) FROM base_links)"""
    )[0]
    if met == linked:
        engine.view("_kept", "SELECT * FROM base_links")
        engine.view("_kept_stands", "SELECT * FROM base_stands")
    else:  # a file was delivered again, or taken away
        engine.table("_new", saying("core_records ANTI JOIN base_links USING (record_id)"))
        engine.table("_kept", "SELECT * FROM base_links SEMI JOIN core_records USING (record_id)")
        engine.view("_kept_stands", _stands("_kept", "_sources"))
    engine.table(
        "_again",
        """SELECT record_id, source, person, cara, peluang
        FROM (SELECT record_id, source, h, h2 FROM _new) JOIN base_words USING (h, h2)""",
    )
    engine.run("DELETE FROM _new WHERE record_id IN (SELECT record_id FROM _again)")


def saying(rows: str) -> str:
    """Query of `rows` of core_records as `_new` has them."""
    return f"SELECT record_id, source, {SAYS}, manfaat_rp, {WORDS} FROM {rows}"


def _meet_words(engine: Engine) -> None:
    """Another period: a row is known by what it says."""
    engine.table(
        "_met",
        f"""SELECT record_id, source, person, cara, peluang
        FROM (SELECT record_id, source, {WORDS} FROM core_records) LEFT JOIN base_words USING (h, h2)""",
    )
    engine.view("_again", "SELECT * FROM _met WHERE person IS NOT NULL")
    unmet = "(SELECT record_id FROM _met WHERE person IS NULL)"
    engine.table("_new", saying(f"core_records SEMI JOIN {unmet} USING (record_id)"))
    engine.view("_kept", "SELECT * FROM base_links WHERE false")
    engine.view("_kept_stands", "SELECT * FROM base_stands WHERE false")
