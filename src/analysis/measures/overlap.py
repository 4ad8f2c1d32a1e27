"""Which programmes meet in one family, and what the dated rules say of that."""

import pandas as pd

from analysis.engine import Engine
from analysis.measures.rules_as_tables import nearest_authority
from analysis.policy import Policy, Verdict


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


def build_overlap(engine: Engine, policy: Policy) -> list[str]:
    """Make out_overlap: one ruling a distinct set of programmes, joined to its families.

    The amount to look into is that of the programmes in the deciding pairs; none where the
    programmes complement each other.
    """
    _register_rulings(engine, policy)
    engine.table(
        "out_overlap",
        """
        WITH amounts AS (
            SELECT p.family_id, sum(p.manfaat_rp) AS rp
            FROM out_family_programmes o JOIN _ruling_matter m USING (programmes)
            JOIN _family_programme p ON p.family_id = o.family_id AND p.programme = m.programme
            GROUP BY p.family_id)
        SELECT o.family_id, o.kode_wilayah, o.desil, o.programmes, r.verdict, r.rules, r.kewenangan,
            CAST(coalesce(a.rp, 0) AS BIGINT) AS manfaat_telaah_rp
        FROM out_family_programmes o JOIN _ruling r USING (programmes)
        LEFT JOIN amounts a USING (family_id)""",
    )
    return ["out_overlap"]


def _register_rulings(engine: Engine, policy: Policy) -> None:
    """Make `_ruling` (a row a set) and `_ruling_matter` (the programmes to be looked into)."""
    sets = engine.rows(
        "SELECT DISTINCT programmes FROM out_family_programmes WHERE n_programmes > 1 ORDER BY 1"
    )
    rulings = {held: policy.ruling(held.split("+"), "keluarga") for (held,) in sets}
    rows = [
        (held, r.verdict.value, ",".join(r.rules), nearest_authority(policy, r.programmes))
        for held, r in rulings.items()
    ]
    matter = [
        (held, code)
        for held, r in rulings.items()
        if r.verdict is not Verdict.KOMPLEMENTER
        for code in r.programmes
    ]
    names = ["programmes", "verdict", "rules", "kewenangan"]
    engine.register("_ruling", pd.DataFrame(rows, columns=names, dtype="str"))
    engine.register(
        "_ruling_matter", pd.DataFrame(matter, columns=["programmes", "programme"], dtype="str")
    )
