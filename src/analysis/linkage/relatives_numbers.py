"""A relative's NIK on a member's row: the name tells who is meant, the number which family.

Where nobody has a number at hand, clerks write the head's. Such a NIK speaks against the person the row is about,
though it says where they live. It is taken for a relative's only where the register bears it out: its owner is
named unlike the row, the birth date is not the owner's, and the owner's family card has somebody named like the row.
"""

from analysis.engine import Engine
from analysis.linkage.card_numbers import Owners
from analysis.linkage.sounds import alike
from analysis.rosters.identifiers import implied_birth

# as names are compared (indonesia.NAMA): no word in common and not even somewhat similar; the first word or nearly all
_UNLIKE = f"NOT ({alike('r', 'o', 2)}) AND r.first NOT IN (o.first, o.last) AND r.last NOT IN (o.first, o.last)"
_LIKE = f"(r.first = m.first OR {alike('r', 'm', 1)})"
_NAMED = """SELECT *, split_part(sound, ' ', 1) AS first, split_part(sound, ' ', -1) AS last FROM ({rows})"""


def find_relatives(engine: Engine, records: str, owners: Owners) -> None:
    """Add to `_cards` (record_id, card) the rows of `records` with a relative's NIK, and the family card of both.

    Reads `_sounds` (nama, sound) of `records`; owners and families are looked for in the register among `owners`.
    """
    # a NIK of which fifteen digits are known is anybody's of these
    engine.table(
        "_lent",
        f"""SELECT record_id, nama, sound, unnest(CASE WHEN nik IS NULL THEN [nik15 || digit FOR digit IN range(10)] ELSE [nik] END) AS nik
        FROM {records} JOIN _sounds USING (nama) WHERE peran <> 'registri_individu' AND nik15 IS NOT NULL
            AND NOT coalesce(strftime(tgl_lahir, '%d%m%y') = {implied_birth("nik15")}, false)""",
    )
    register = f"""(SELECT nik, no_kk, {owners.name} FROM {owners.rows}
        WHERE {owners.is_member} AND no_kk IS NOT NULL AND {owners.name} IS NOT NULL)"""
    engine.table(
        "_owned",
        f"""SELECT l.record_id, l.sound AS own, o.{owners.name}, o.no_kk AS card FROM _lent l JOIN {register} o USING (nik)
        WHERE l.{owners.name} <> o.{owners.name}""",
    )
    engine.table(
        "_of_family",
        f"SELECT DISTINCT no_kk AS card, {owners.name} FROM {register} SEMI JOIN _owned ON card = no_kk",
    )
    own, owner, family = (
        _NAMED.format(rows=rows)
        for rows in (
            "SELECT record_id, own AS sound, card FROM _owned",
            f"SELECT record_id, {owners.sound} AS sound FROM _owned",
            f"SELECT card, {owners.sound} AS sound FROM _of_family",
        )
    )
    engine.run(
        f"""INSERT INTO _cards SELECT r.record_id, min(r.card) AS card FROM ({own}) r JOIN ({owner}) o USING (record_id) JOIN ({family}) m USING (card)
        ANTI JOIN _cards c ON c.record_id = r.record_id
        WHERE {_UNLIKE} AND {_LIKE}
        GROUP BY r.record_id HAVING min(r.card) = max(r.card)"""
    )
    engine.drop("_lent", "_owned", "_of_family")
