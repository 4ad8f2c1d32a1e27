"""Which programmes meet in one family, and what the dated rules say of that."""

import pandas as pd

from analysis.engine import Engine
from analysis.measures.rules_as_tables import nearest_authority
from analysis.policy import Policy, Verdict
from analysis.settings import Run

LEVELS = ("pusat", "provinsi", "kota")


def build_family_programmes(engine: Engine) -> list[str]:
    """Make out_family_programmes, and `_family_programme` with the rupiah of each programme."""
    engine.table(
        "_family_programme",
        """
        SELECT family_id, programme, CAST(coalesce(sum(manfaat_rp), 0) AS BIGINT) AS manfaat_rp
        FROM core_enrolments GROUP BY family_id, programme""",
    )
    engine.table(
        "out_family_programmes",
        """
        SELECT f.family_id, f.kode_wilayah, f.desil, f.is_registri, f.n_anggota,
            coalesce(string_agg(p.programme, '+' ORDER BY p.programme), '') AS programmes,
            CAST(count(p.programme) AS INTEGER) AS n_programmes,
            CAST(coalesce(sum(p.manfaat_rp), 0) AS BIGINT) AS manfaat_rp
        FROM core_families f LEFT JOIN _family_programme p USING (family_id)
        GROUP BY ALL""",
    )
    return ["out_family_programmes"]


def build_overlap(engine: Engine, policy: Policy, run: Run) -> list[str]:
    """Make out_overlap: one ruling a distinct set of programmes, joined to its families.

    What a rule says of the time after an event (graduation) counts only where the event is dated
    before the period; an undated one is taken as past, so that the lead is not lost. The amount to
    look into is that of the programmes in the deciding pairs; none where the programmes complement
    each other. `_ruling_matter` keeps those programmes, by set.
    """
    _mark_events_to_come(engine, policy, run)
    _register_rulings(engine, policy)
    engine.table(
        "_held",
        """
        SELECT f.*, coalesce(e.not_past, '') AS not_past FROM out_family_programmes f
        LEFT JOIN _to_come e USING (family_id) WHERE n_programmes > 1""",
    )
    engine.table(
        "_matter",
        """
        SELECT h.family_id, m.programme, p.manfaat_rp
        FROM _held h JOIN _ruling_matter m USING (programmes, not_past)
        JOIN _family_programme p ON p.family_id = h.family_id AND p.programme = m.programme""",
    )
    engine.table(
        "out_overlap",
        """
        WITH amounts AS (SELECT family_id, sum(manfaat_rp) AS rp FROM _matter GROUP BY family_id)
        SELECT h.family_id, h.kode_wilayah, h.desil, h.programmes, r.verdict, r.rules, r.kewenangan,
            r.tingkat, CAST(coalesce(a.rp, 0) AS BIGINT) AS manfaat_telaah_rp
        FROM _held h JOIN _ruling r USING (programmes, not_past) LEFT JOIN amounts a USING (family_id)""",
    )
    engine.drop("_held", "_to_come")
    return ["out_overlap"]


def _mark_events_to_come(engine: Engine, policy: Policy, run: Run) -> None:
    """Make `_to_come`: families whose event of a rule is dated in the period or later."""
    engine.register("_events", pd.DataFrame({"programme": sorted(policy.events())}, dtype="str"))
    engine.table(
        "_to_come",
        """
        SELECT family_id, string_agg(programme, '+' ORDER BY programme) AS not_past FROM (
            SELECT family_id, programme FROM core_enrolments JOIN _events USING (programme)
            GROUP BY family_id, programme HAVING min(tgl_pertama) >= CAST($month || '-01' AS DATE))
        GROUP BY family_id""",
        month=run.period,
    )
    engine.drop("_events")


def _register_rulings(engine: Engine, policy: Policy) -> None:
    """Make `_ruling` (a row a set) and `_ruling_matter` (the programmes to be looked into)."""
    sets = engine.rows("""
        SELECT DISTINCT programmes, coalesce(not_past, '') FROM out_family_programmes
        LEFT JOIN _to_come USING (family_id) WHERE n_programmes > 1 ORDER BY ALL""")
    rulings = {
        (held, early): policy.ruling(held.split("+"), "keluarga", early.split("+"))
        for held, early in sets
    }
    rows = [
        (*key, r.verdict.value, ",".join(r.rules), nearest_authority(policy, r.programmes), _levels(policy, key[0]))
        for key, r in rulings.items()
    ]  # fmt: skip
    matter = [
        (*key, code)
        for key, r in rulings.items()
        if r.verdict is not Verdict.KOMPLEMENTER
        for code in r.programmes
    ]
    names = ["programmes", "not_past", "verdict", "rules", "kewenangan", "tingkat"]
    engine.register("_ruling", pd.DataFrame(rows, columns=names, dtype="str"))
    columns = ["programmes", "not_past", "programme"]
    engine.register("_ruling_matter", pd.DataFrame(matter, columns=columns, dtype="str"))


def _levels(policy: Policy, held: str) -> str:
    """Levels of government that give a set, from the centre down, joined by '+'."""
    given = {policy.programme(code).tingkat for code in held.split("+")}
    return "+".join(level for level in LEVELS if level in given)
