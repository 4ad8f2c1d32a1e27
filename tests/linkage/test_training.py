"""What the model learns from: of many pairs as many are drawn as it needs, and they count for the rest."""

import pytest
from linkage_rosters import rosters

from analysis.engine import Engine
from analysis.linkage import indonesia
from analysis.linkage.keys import build_units
from analysis.linkage.meeting_keys import build_hash_keys
from analysis.linkage.prelink import build_nodes
from analysis.linkage.training import hidden_pairs


@pytest.fixture(scope="module")
def learned(rulebook):
    """Patterns of all pairs, and of about 4,000 drawn from them."""
    with Engine() as engine:
        engine.register("core_records", rosters(40_000, seed=31))
        build_units(engine)
        build_nodes(engine, rulebook.linkage)
        build_hash_keys(engine, "_hash_keys")
        given = (rulebook.linkage.model_copy(update={"latih_pasangan": n}) for n in (10**9, 4_000))
        return [hidden_pairs(engine, rules) for rules in given]


def test_of_many_pairs_some_are_compared_and_count_for_all(learned):
    every, some = (patterns[~patterns["own"]] for patterns in learned)
    assert len(some) < 0.6 * len(every)
    assert every["n"].sum() > 20_000
    assert some["n"].sum() == pytest.approx(every["n"].sum(), rel=0.05)


def test_a_level_keeps_its_share_among_the_drawn(learned):
    """A comparison's frequent level is as frequent among the drawn, within six standard errors of 4,000 draws."""
    every, some = (patterns[~patterns["own"]] for patterns in learned)
    for name in ("nama", "lahir", "kelamin"):
        before, after = (told.groupby(name)["n"].sum() / told["n"].sum() for told in (every, some))
        error = 6 * (before * (1 - before) / 4_000) ** 0.5
        assert ((after.reindex(before.index, fill_value=0) - before).abs() <= error + 1e-4).all()


def test_ones_own_record_and_equal_numbers_are_all_compared(learned):
    every, some = (
        patterns[patterns["own"] | (patterns["nik"] == indonesia.EQUAL)] for patterns in learned
    )
    columns = ["pattern", "own", "twice_l", "twice_r", "n"]
    assert len(every) > 50
    assert every[columns].to_numpy().tolist() == some[columns].to_numpy().tolist()
