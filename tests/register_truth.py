"""Register families beside what the sample city knows of them."""

import pandas as pd

from analysis.engine import Engine


def families_with_truth(office, programme: str = "sembako") -> pd.DataFrame:
    """Register families of the run, each with the true family most of its register rows speak of."""
    with Engine() as engine:
        for name in ("core_families", "core_persons", "core_links", "core_enrolments"):
            engine.attach(name, office.store / f"core/{name}.parquet")
        for name in ("truth_record", "truth_family", "truth_held"):
            engine.attach(name, office.root / f"data/truth/contoh/{name}.parquet")
        return engine.frame(
            """
            WITH said AS (
                SELECT p.family_id, r.family_id AS true_family, count(*) AS n FROM core_persons p JOIN core_links l USING (person_id)
                JOIN truth_record r USING (record_id) WHERE r.source LIKE 'dtsen%' GROUP BY ALL),
            best AS (SELECT family_id, arg_max(true_family, (n, -true_family)) AS true_family FROM said GROUP BY family_id)
            SELECT f.family_id, f.desil, t.consumption_rp,
                f.family_id IN (SELECT family_id FROM core_enrolments WHERE programme = $programme) AS tercatat,
                b.true_family IN (SELECT family_id FROM truth_held WHERE programme = $programme) AS menerima
            FROM core_families f JOIN best b USING (family_id) JOIN truth_family t ON t.family_id = b.true_family
            WHERE f.is_registri ORDER BY f.family_id""",
            programme=programme,
        )
