"""The sample city knows consumption: what we tell of errors against it, by recorded receipt, is what is true."""

import pytest
from register_truth import families_with_truth

from analysis.measures.decomposition import TERMS, exclusion_terms
from analysis.measures.ranking import poorest
from analysis.measures.targeting import exclusion_error, inclusion_error

POOREST = 0.2  # of families, by true consumption a person


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
