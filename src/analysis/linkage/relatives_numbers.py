"""A relative's NIK on a member's row: the name tells who is meant, the number which family.

Where nobody has a number at hand, clerks write the head's. Such a NIK speaks against the person the row is about,
though it says where they live. It is taken for a relative's only where the register bears it out: its owner is
named unlike the row, the birth date is not the owner's, and the owner's family card has somebody named like the row.
"""

from analysis.engine import Engine
from analysis.rosters.identifiers import implied_birth

_LONGEST = "greatest(length({a}.sound), length({b}.sound))"
_EDITS = "levenshtein({a}.sound, {b}.sound)"
_UNLIKE = f"""{_EDITS} * 5 > {_LONGEST} * 2 AND {{a}}.first NOT IN ({{b}}.first, {{b}}.last)
    AND {{a}}.last NOT IN ({{b}}.first, {{b}}.last)"""
_LIKE = f"({{a}}.first = {{b}}.first OR {_EDITS} * 5 <= {_LONGEST})"
_NAMED = """SELECT t.*, split_part(sound, ' ', 1) AS first, split_part(sound, ' ', -1) AS last
    FROM (SELECT *, {sound} AS sound FROM {table}) t"""


def find_relatives(engine: Engine, records: str, sound: str) -> None:
    """Add to `_cards` (record_id, card) the rows of `records` with a relative's NIK, and the family card of both.

    `sound`: SQL for the sound of `nama`. Owners and families are looked for in the register of all rows, core_records.
    """
    engine.table(
        "_lent",
        f"""SELECT record_id, nik, nik15, nama FROM {records} WHERE peran <> 'registri_individu' AND nik15 IS NOT NULL
            AND nama IS NOT NULL AND NOT coalesce(strftime(tgl_lahir, '%d%m%y') = {implied_birth("nik15")}, false)""",
    )
    register = """(SELECT nik, nik15, no_kk, nama FROM core_records
        WHERE peran = 'registri_individu' AND no_kk IS NOT NULL AND nama IS NOT NULL)"""
    # whose NIK has its fifteen digits in common is its owner; a NIK of which no more is known is anybody's of these
    engine.table(
        "_owned",
        f"""SELECT l.record_id, l.nama, o.nama AS owner, o.no_kk AS card FROM _lent l JOIN {register} o USING (nik15)
        WHERE (l.nik = o.nik OR l.nik IS NULL) AND l.nama <> o.nama""",
    )
    engine.table(
        "_of_family",
        f"SELECT DISTINCT no_kk AS card, nama FROM {register} SEMI JOIN _owned ON card = no_kk",
    )
    own, owner, family = (
        _NAMED.format(sound=sound, table=table)
        for table in ("_owned", "(SELECT record_id, owner AS nama FROM _owned)", "_of_family")
    )
    engine.run(
        f"""INSERT INTO _cards SELECT r.record_id, min(r.card) AS card FROM ({own}) r JOIN ({owner}) o USING (record_id) JOIN ({family}) m USING (card)
        ANTI JOIN _cards c ON c.record_id = r.record_id
        WHERE {_UNLIKE.format(a="r", b="o")} AND {_LIKE.format(a="r", b="m")}
        GROUP BY r.record_id HAVING min(r.card) = max(r.card)"""
    )
    engine.drop("_lent", "_owned", "_of_family")
