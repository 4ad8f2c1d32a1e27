"""Which rows the registry has seen: the same row again, or a row that says what a linked row said."""

from analysis.engine import Engine
from analysis.linkage.keys import ALONE, exact
from analysis.policy import Linkage

_SAYS = "peran, nik, nik15, no_kk, nama, tgl_lahir, tgl_lahir_presisi, jenis_kelamin, kode_wilayah, rt, rw"
_LINK = "person_id, cara, kepastian, peluang"


class WholeNeeded(Exception):
    """The rows cannot be linked by increments; `reason` is a message key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def recognise(engine: Engine, rules: Linkage) -> None:
    """Make `_known` (record_id, source, in_register and its link) and `_new` (the other rows of `core_records`).

    Reads `base_links`, and `base_records` where the base is another period: then a row is known by
    what it says. Rows that are nobody's copy (keys.py) are never known by that. Raises WholeNeeded
    where more rows are new than a month changes.
    """
    if "base_records" in engine.names():
        engine.table("_known", _SAME_WORDS)
    else:
        engine.view("_known", _SAME_ROW)
    met = "_known" if "base_records" in engine.names() else "base_links"
    engine.table(
        "_new",
        f"SELECT record_id, source, {_SAYS}, manfaat_rp FROM core_records ANTI JOIN {met} USING (record_id)",
    )
    new, rows = engine.rows(
        "SELECT (SELECT count(*) FROM _new), (SELECT count(*) FROM core_records)"
    )[0]
    if new > rules.bertahap.bagian_baru * rows:
        raise WholeNeeded("whole_too_many_new")


_SAME_ROW = f"""
    SELECT record_id, source, peran = 'registri_individu' AS in_register, {_LINK} FROM base_links JOIN core_records USING (record_id)"""
_TEXTS = ("nama", "rt", "rw", "kode_wilayah")
# two 64-bit hashes stand for the words, the second reads texts backwards
_HASHES = ", ".join(
    f"hash({exact(_SAYS, _TEXTS, turn)}) AS {name}"
    for name, turn in (("h", "{0}"), ("h2", "reverse({0})"))
)
_SAME_WORDS = f"""
    WITH said AS (
        SELECT h, h2, min(record_id) AS record_id FROM (
            SELECT record_id, {_HASHES} FROM base_records WHERE NOT ({ALONE}))
        GROUP BY h, h2)
    SELECT r.record_id, source, in_register, {_LINK}
    FROM (SELECT record_id, source, peran = 'registri_individu' AS in_register, {_HASHES} FROM core_records WHERE NOT ({ALONE})) r
    JOIN said s USING (h, h2) JOIN base_links l ON l.record_id = s.record_id"""
