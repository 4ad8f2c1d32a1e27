"""One person, or one family, more than once on the list of one programme: a lead, not a verdict."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy


def build_duplicates(engine: Engine, policy: Policy) -> list[str]:
    """Make out_duplicates. `orang_sama`: more rows than persons. `keluarga_sama`: several persons
    of one family, only where the programme is a family's or a rule speaks of the family.

    The amount beyond the first row is divided between both kinds, so that it is never counted twice.
    """
    _register_verdicts(engine, policy)
    engine.table("_repeated", _REPEATED)
    engine.table(
        "out_duplicates",
        """
        SELECT printf('G-%s-%06d', r.programme, row_number() OVER (
                PARTITION BY r.programme ORDER BY r.jenis, r.family_id, r.unit_id)) AS case_id,
            r.programme, r.period, r.jenis, r.family_id, CAST(r.n_records AS INTEGER) AS n_records,
            CAST(r.lebih_rp AS BIGINT) AS manfaat_lebih_rp, v.verdict, v.rules, r.kepastian,
            f.kode_wilayah
        FROM _repeated r JOIN core_families f USING (family_id)
        JOIN _repeat_verdict v ON v.programme = r.programme AND v.unit = r.unit""",
    )
    engine.drop("_repeated", "_repeat_verdict")
    return ["out_duplicates"]


# A family's surplus rows are n_records − 1: n_persons − 1 of them other persons, the rest repeats.
# Of a person's programme the family's surplus is counted without the repeats of each person.
_REPEATED = """
    WITH surplus AS (
        SELECT e.*, p.family_may_not_repeat,
            CASE WHEN e.unit = 'jiwa' THEN 0
                 ELSE coalesce(manfaat_lebih_rp, 0) * (n_persons - 1) // greatest(n_records - 1, 1)
            END AS family_rp
        FROM core_enrolments e JOIN _programme p USING (programme))
    SELECT programme, period, 'orang_sama' AS jenis, unit, unit_id, family_id, n_records,
        manfaat_lebih_rp - family_rp AS lebih_rp, kepastian
    FROM surplus WHERE n_records > n_persons
    UNION ALL
    SELECT programme, period, 'keluarga_sama', 'keluarga', unit_id, family_id, n_records,
        CASE WHEN manfaat_lebih_rp IS NOT NULL THEN family_rp END, kepastian
    FROM surplus WHERE unit = 'keluarga' AND n_persons > 1
    UNION ALL
    SELECT programme, min(period), 'keluarga_sama', 'keluarga', family_id, family_id, sum(n_records),
        sum(manfaat_rp - coalesce(manfaat_lebih_rp, 0)) - max(manfaat_rp - coalesce(manfaat_lebih_rp, 0)),
        CASE WHEN bool_or(kepastian = 'lemah') THEN 'lemah'
             WHEN bool_or(kepastian = 'kuat') THEN 'kuat' ELSE 'pasti' END
    FROM surplus WHERE unit = 'jiwa' AND family_may_not_repeat
    GROUP BY programme, family_id HAVING count(*) > 1"""


def _register_verdicts(engine: Engine, policy: Policy) -> None:
    """Make `_repeat_verdict`: what the rules say of receiving each programme twice, by unit."""
    rows = []
    for code, own in engine.rows("SELECT programme, unit FROM _programme ORDER BY 1"):
        for unit in dict.fromkeys((own, "keluarga")):
            ruling = policy.ruling((code, code), unit)
            rows.append((code, unit, ruling.verdict.value, ",".join(ruling.rules)))
    names = ["programme", "unit", "verdict", "rules"]
    engine.register("_repeat_verdict", pd.DataFrame(rows, columns=names, dtype="str"))
