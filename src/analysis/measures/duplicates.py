"""One person, or one family, more than once on the list of one programme: a lead, not a verdict."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy


def build_duplicates(engine: Engine, policy: Policy) -> list[str]:
    """Make out_duplicates. `orang_sama`: more rows than persons. `keluarga_sama`: several persons
    of one family, only where the programme is a family's or a rule speaks of the family.
    `rekening_sama`: several families paid into one account; no rule speaks of it.

    The amount beyond the first row is divided between the first two kinds, so that it is never
    counted twice; of a shared account it is what the families beyond the first receive.
    """
    _register_verdicts(engine, policy)
    engine.table("_repeated", f"{_REPEATED} UNION ALL {_shared_accounts(engine)}")
    engine.table(
        "out_duplicates",
        """
        SELECT printf('G-%s-%06d', r.programme, row_number() OVER (
                PARTITION BY r.programme ORDER BY r.jenis, r.family_id, r.unit_id)) AS case_id,
            r.programme, r.period, r.jenis, r.family_id, CAST(r.n_records AS INTEGER) AS n_records,
            CAST(r.lebih_rp AS BIGINT) AS manfaat_lebih_rp, coalesce(v.verdict, 'belum_diatur') AS verdict,
            coalesce(v.rules, '') AS rules, r.kepastian, f.kode_wilayah
        FROM _repeated r JOIN core_families f USING (family_id)
        LEFT JOIN _repeat_verdict v ON v.programme = r.programme AND v.unit = r.unit""",
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


def _shared_accounts(engine: Engine) -> str:
    """Families whose rows on one list name the same account; a masked number is weak evidence."""
    present = {"core_records", "core_links"} <= engine.names()
    if not present or "rekening" not in engine.columns("core_records"):
        return _NO_ACCOUNTS
    return _ACCOUNTS


_NO_ACCOUNTS = """
    SELECT '', '', '', '', '', '', 0, NULL::BIGINT, '' WHERE false"""
_ACCOUNTS = """
    SELECT programme, period, 'rekening_sama', 'rekening', family_id || ':' || md5(account)[:8], family_id, n,
        CASE WHEN row_number() OVER (PARTITION BY programme, account ORDER BY rp DESC, family_id) > 1 THEN rp ELSE 0 END,
        CASE WHEN contains(account, '*') THEN 'lemah' ELSE 'kuat' END
    FROM (
        SELECT r.programme, min(r.period) AS period, p.family_id, count(*) AS n, coalesce(sum(r.manfaat_rp), 0) AS rp,
            regexp_replace(upper(r.rekening), '[^0-9A-Z*]', '', 'g') AS account
        FROM core_records r JOIN core_links l USING (record_id) JOIN core_persons p USING (person_id)
        WHERE r.is_penerima AND r.programme IS NOT NULL AND r.rekening IS NOT NULL
        GROUP BY r.programme, p.family_id, account
        HAVING regexp_matches(account, '[0-9]{4}') QUALIFY count(*) OVER (PARTITION BY r.programme, account) > 1)"""


def _register_verdicts(engine: Engine, policy: Policy) -> None:
    """Make `_repeat_verdict`: what the rules say of receiving each programme twice, by unit."""
    rows = []
    for code, own in engine.rows("SELECT programme, unit FROM _programme ORDER BY 1"):
        for unit in dict.fromkeys((own, "keluarga")):
            ruling = policy.ruling((code, code), unit)
            rows.append((code, unit, ruling.verdict.value, ",".join(ruling.rules)))
    names = ["programme", "unit", "verdict", "rules"]
    engine.register("_repeat_verdict", pd.DataFrame(rows, columns=names, dtype="str"))
