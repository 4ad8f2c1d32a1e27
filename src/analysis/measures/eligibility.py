"""Eligibility is judged on the register's version in force when the list was decided, not on today's desil."""

from analysis.engine import Engine
from analysis.settings import Run

CURRENT, EARLIER = "periode", "sebelumnya"


def build_desil_at_decision(engine: Engine, run: Run) -> None:
    """Make `_desil_at_decision` (family_id, programme, desil, is_registri, versi), a row an enrolled family.

    `versi` 'sebelumnya': the programme's latest decision letter (core_payments, tahap 'sk') is dated
    before the period, and the register of the earlier period (prev_core_*) ranked the family; the
    desil is then the earlier one. A family is followed by its persons: the earlier family that most
    of them were in. Without letters or an earlier period the desil is the period's own.
    """
    present = engine.names()
    _decisions(engine, run, "core_payments" in present)
    _earlier_desil(engine, {"prev_core_persons", "prev_core_families"} <= present)
    engine.table(
        "_desil_at_decision",
        f"""
        SELECT p.family_id, p.programme,
            CASE WHEN d.before_period AND b.is_registri THEN b.desil ELSE f.desil END AS desil,
            CASE WHEN d.before_period AND b.is_registri THEN true ELSE f.is_registri END AS is_registri,
            CASE WHEN d.before_period AND b.is_registri THEN '{EARLIER}' ELSE '{CURRENT}' END AS versi
        FROM _family_programme p JOIN core_families f USING (family_id)
        LEFT JOIN _decided d USING (programme) LEFT JOIN _earlier_desil b USING (family_id)""",
    )
    engine.drop("_decided", "_earlier_desil")


def _decisions(engine: Engine, run: Run, letters: bool) -> None:
    """Make `_decided`: programmes whose latest letter is dated before the period."""
    if not letters:
        return engine.table(
            "_decided", "SELECT '' AS programme, false AS before_period WHERE false"
        )
    engine.table(
        "_decided",
        """
        SELECT programme, max(tanggal) < CAST($month || '-01' AS DATE) AS before_period
        FROM core_payments WHERE tahap = 'sk' AND tanggal IS NOT NULL GROUP BY programme""",
        month=run.period,
    )


def _earlier_desil(engine: Engine, earlier: bool) -> None:
    """Make `_earlier_desil` (family_id, desil, is_registri) of the earlier period's register."""
    if not earlier:
        engine.table(
            "_earlier_desil",
            "SELECT '' AS family_id, NULL::TINYINT AS desil, false AS is_registri WHERE false",
        )
        return
    engine.table(
        "_earlier_desil",
        """
        WITH shared AS (
            SELECT p.family_id, b.family_id AS earlier, count(*) AS n
            FROM core_persons p JOIN prev_core_persons b USING (person_id) GROUP BY ALL),
        followed AS (SELECT family_id, arg_min(earlier, (-n, earlier)) AS earlier FROM shared GROUP BY family_id)
        SELECT w.family_id, f.desil, f.is_registri
        FROM followed w JOIN prev_core_families f ON f.family_id = w.earlier""",
    )
