"""Numbers that stand as a NIK in one row and as a family card in another: whose is which.

Both are made alike (area, a date, a serial that begins anew each day), so one number is often a person's and, apart
from it, a family's. Clerks also write the card's number where the NIK belongs. A NIK holds its owner's birth date:
that, or the name of a row where it does, tells a NIK; any other row wrote its family's card.
"""

from dataclasses import dataclass

from analysis.engine import Engine
from analysis.linkage.sounds import skeleton
from analysis.rosters.identifiers import implied_birth


@dataclass(frozen=True)
class Owners:
    """Where owners of numbers are looked for: the table `rows` (nik, no_kk, `name`), and SQL that speaks of it.

    `sound`: how the name sounds; `is_own`: the NIK is known for the row's own; `is_member`: a row of the register's
    members; `cards`: query of the family cards (number, as an integer).
    """

    rows: str
    name: str
    sound: str
    is_own: str
    is_member: str
    cards: str


_MEMBER = "peran = 'registri_individu'"
_OWN = f"({_MEMBER} OR (tgl_lahir_presisi = 'hari' AND strftime(tgl_lahir, '%d%m%y') = {implied_birth('nik')}))"
ALL_ROWS = Owners(
    "core_records", "nama", skeleton("nama"), _OWN, _MEMBER,
    "SELECT CAST(no_kk AS BIGINT) AS number FROM core_records",
)  # fmt: skip


def find_cards(engine: Engine, records: str, owners: Owners) -> None:
    """Make `_cards` (record_id, card): rows of `records` whose NIK is their family's card.

    Reads `_sounds` (nama, sound) of `records`; cards and owners of numbers are looked for among `owners`.
    """
    engine.table(
        "_both_kinds",
        f"""SELECT printf('%016d', number) AS nik FROM (SELECT DISTINCT CAST(nik AS BIGINT) AS number FROM {records})
        SEMI JOIN ({owners.cards}) USING (number)""",
    )
    engine.table(
        "_claimed",
        f"""SELECT nik, split_part({owners.sound}, ' ', 1) AS first, coalesce({owners.is_own}, false) AS is_own
        FROM {owners.rows} SEMI JOIN _both_kinds USING (nik)""",
    )
    engine.table(
        "_cards",
        f"""WITH told AS MATERIALIZED (
            SELECT record_id, nik, nama, peran, tgl_lahir, tgl_lahir_presisi FROM {records} SEMI JOIN _both_kinds USING (nik)),
        named AS (
            SELECT record_id, nik, split_part(sound, ' ', 1) AS first, coalesce({_OWN}, false) AS is_own
            FROM told LEFT JOIN (FROM _sounds SEMI JOIN told USING (nama)) USING (nama))
        SELECT record_id, nik AS card FROM named ANTI JOIN (SELECT nik, first FROM _claimed WHERE is_own) o USING (nik, first)
        WHERE NOT is_own""",
    )
    engine.drop("_both_kinds", "_claimed")
