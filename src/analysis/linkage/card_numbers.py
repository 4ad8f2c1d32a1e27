"""Numbers that stand as a NIK in one row and as a family card in another: whose is which.

Both are made alike (area, a date, a serial that begins anew each day), so one number is often a person's and, apart
from it, a family's. Clerks also write the card's number where the NIK belongs. A NIK holds its owner's birth date:
that, or the name of a row where it does, tells a NIK; any other row wrote its family's card.
"""

from analysis.engine import Engine
from analysis.rosters.identifiers import implied_birth

_OWN = f"(peran = 'registri_individu' OR (tgl_lahir_presisi = 'hari' AND strftime(tgl_lahir, '%d%m%y') = {implied_birth('nik')}))"


def find_cards(engine: Engine, records: str, sound: str) -> None:
    """Make `_cards` (record_id, card): rows of `records` whose NIK is their family's card.

    `sound`: SQL for the sound of `nama`. Cards and owners are looked for among all rows, core_records.
    """
    engine.table(
        "_both_kinds",
        f"""SELECT DISTINCT number FROM (SELECT CAST(nik AS BIGINT) AS number FROM {records})
        SEMI JOIN (SELECT DISTINCT CAST(no_kk AS BIGINT) AS number FROM core_records) USING (number)""",
    )
    engine.table(
        "_claimed",
        f"""SELECT record_id, nik, split_part({sound}, ' ', 1) AS first, coalesce({_OWN}, false) AS is_own
        FROM core_records SEMI JOIN _both_kinds ON number = CAST(nik AS BIGINT)""",
    )
    engine.table(
        "_cards",
        f"""SELECT record_id, nik AS card FROM _claimed SEMI JOIN {records} USING (record_id) ANTI JOIN (SELECT nik, first FROM _claimed WHERE is_own) o USING (nik, first)
        WHERE NOT is_own""",
    )
    engine.drop("_both_kinds", "_claimed")
