"""Chances mean what they say on rosters of another generator than the sample city's (tests/recovery has the city's)."""

import pandas as pd
import pytest
from linkage_rosters import rosters

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.clusters import with_inner_pairs
from analysis.linkage.comparisons import all_patterns, decoded
from analysis.linkage.keys import build_units
from analysis.linkage.model import scored_pairs, trained
from analysis.linkage.prelink import build_nodes

_PERSONS = """SELECT node, mode(r.truth) AS person FROM _unit_of JOIN _node_of USING (uid)
    JOIN core_records r USING (record_id) GROUP BY node"""


@pytest.fixture(scope="module")
def linked(rulebook):
    """The model; pairs with `true`, are they one person's, and `met`, did a key let them meet."""
    rules = rulebook.linkage
    with Engine(threads=1) as engine:
        engine.register("core_records", rosters(30_000, seed=5))
        build_units(engine)
        build_nodes(engine, rules)
        model = trained(engine, rules)
        model.store(engine)
        met = scored_pairs(engine, rules).assign(met=True)
        pairs = with_inner_pairs(engine, met, rules)
        person = engine.frame(_PERSONS).set_index("node")["person"]
    pairs = pairs.merge(met[["l", "r", "met"]], how="left", on=["l", "r"])
    true = person.reindex(pairs["l"]).to_numpy() == person.reindex(pairs["r"]).to_numpy()
    return model, pairs.assign(true=true, met=pairs["met"].notna())


def test_expected_matches_are_the_true_ones(linked):
    pairs = linked[1][linked[1]["met"]]
    assert pairs["true"].sum() > 1000
    assert pairs["peluang"].sum() == pytest.approx(pairs["true"].sum(), rel=0.02)


def test_two_nik_that_two_lists_tell_speak_against_one_person_most(linked):
    """A slip stands alone: two records of two lists each, with two NIK, are two persons whatever else agrees."""
    cells = linked[0].cells.sort_values("pattern")["peluang"].to_numpy()
    level = decoded(all_patterns(indonesia.ALL), indonesia.ALL)["nik"].to_numpy()
    twice, other = cells[level == indonesia.TWICE], cells[level == indonesia.OTHER]
    assert (twice <= other).all()
    assert (other <= cells[level == -1]).all()
    assert twice[(other > 0.3) & (other < 0.7)].max() < 0.2


def test_pairs_of_a_chain_that_no_key_let_meet_are_compared(linked, rulebook):
    """Average link would count them as two persons' unseen."""
    pairs: pd.DataFrame = linked[1]
    likely = pairs[~pairs["met"] & (pairs["peluang"] >= rulebook.linkage.ambang)]
    assert len(likely) > 0
    assert likely["true"].mean() > 0.8
