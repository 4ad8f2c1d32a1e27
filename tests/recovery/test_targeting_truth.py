"""The sample city knows consumption: what we tell of errors against it, by recorded receipt, is what is true."""

import pandas as pd
import pytest

from analysis.engine import Engine
from analysis.measures.decomposition import TERMS, exclusion_terms
from analysis.measures.ranking import poorest
from analysis.measures.targeting import exclusion_error, inclusion_error

POOREST = 0.2  # of families, by true consumption a person


def families_with_truth(office) -> pd.DataFrame:
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
            programme="sembako",
        )


@pytest.fixture(scope="module")
def families(finished):
    return families_with_truth(finished)


def test_errors_by_recorded_receipt_are_the_true_errors(families):
    poor = poorest(families["consumption_rp"], POOREST)
    for measure in (exclusion_error, inclusion_error):
        recorded, truly = (
            float(measure(families[name], poor)) for name in ("tercatat", "menerima")
        )
        assert recorded == pytest.approx(truly, abs=0.04)


def test_the_register_only_figure_is_biased_and_the_ranking_is_a_term_of_its_own(families):
    poor = poorest(families["consumption_rp"], POOREST)
    naive = float(exclusion_error(families["tercatat"], (families["desil"] <= 2).fillna(False)))
    found = exclusion_terms(
        families["tercatat"], poor, families["desil"], welfare=families["consumption_rp"]
    ).loc["semua"]
    assert abs(naive - found["exclusion"]) > 0.02
    assert sum(found[list(TERMS)]) == pytest.approx(found["exclusion"])
    assert found["ranking"] > 0.05
    assert found["ranking_low"] <= found["ranking"] <= found["ranking_high"]
