"""A row is at most one of the persons it resembles: rivals speak against each other, and the only candidate is likelier."""

import pandas as pd
import pytest

from analysis.engine import Engine
from analysis.linkage.rivals import learn_none, weigh_rivals

REGISTER, LIST = 1, 2
KNOWN, ROW = 1000, 2000  # a record of the register, a row of the list without a number


def weighed(rulebook, pairs, shared=0.99):
    """Chances after weighing; of 400 rows of LIST with a NIK the share `shared` stands in the register too."""
    told = [
        (n, REGISTER | LIST if n < 400 * shared else LIST, n < 400 * shared, f"{n:016d}")
        for n in range(400)
    ]
    told += [(n, REGISTER, True, f"{n:016d}") for n in range(KNOWN, KNOWN + 40)]
    told += [(n, LIST, False, None) for n in range(ROW, ROW + 20)]
    nodes = pd.DataFrame(told, columns=["name", "lists", "in_register", "nik"])
    nodes["node"] = range(len(nodes))
    units = nodes.assign(uid=nodes["node"], lists=LIST, in_register=False).query("name < 400")
    at = nodes.set_index("name")["node"]
    scored = pd.DataFrame(pairs, columns=["l", "r", "peluang"])
    scored["l"], scored["r"] = at.loc[scored["l"]].to_numpy(), at.loc[scored["r"]].to_numpy()
    with Engine(threads=1) as engine:
        for name, frame in {"_nodes": nodes.drop(columns="name"), "_units": units[["uid", "lists", "in_register", "nik"]],
                            "_node_of": units[["uid", "node"]], "_scored": scored.assign(pattern=0)}.items():  # fmt: skip
            engine.register(name, frame)
        learn_none(engine, rulebook.linkage)
        weigh_rivals(engine, rulebook.linkage)
        found = engine.frame("SELECT l, r, peluang FROM _scored")
    return scored[["l", "r"]].merge(found, on=["l", "r"])["peluang"].tolist()


def test_the_only_candidate_is_likelier_than_its_pair_alone(rulebook):
    assert weighed(rulebook, [(KNOWN, ROW, 0.4)])[0] > 0.8


def test_two_candidates_alike_speak_against_each_other(rulebook):
    chances = weighed(rulebook, [(KNOWN, ROW, 0.6), (KNOWN + 1, ROW, 0.6), (KNOWN + 2, ROW, 0.6)])
    assert max(chances) < 0.35
    assert sum(chances) <= 1


def test_a_rival_that_is_surer_takes_it(rulebook):
    better, worse = weighed(rulebook, [(KNOWN, ROW, 0.95), (KNOWN + 1, ROW, 0.6)])
    assert better > 0.85
    assert worse < 0.1


def test_records_that_are_likely_one_person_are_no_rivals(rulebook):
    pair = [(KNOWN, ROW, 0.4), (KNOWN + 1, ROW, 0.4)]
    apart, one = weighed(rulebook, pair), weighed(rulebook, [*pair, (KNOWN, KNOWN + 1, 0.9)])
    assert apart[0] < 0.5 < one[0]
    assert one[2] == 0.9


def test_where_lists_share_nobody_a_pair_is_what_it_is_alone(rulebook):
    assert weighed(rulebook, [(KNOWN, ROW, 0.4)], shared=0)[0] == pytest.approx(0.4, abs=0.01)


def test_what_is_sure_stays_and_nothing_becomes_sure(rulebook):
    sure, doubt = weighed(rulebook, [(KNOWN, ROW, 0.999), (KNOWN + 1, ROW + 1, 0.98)])
    assert sure == 0.999
    assert 0.98 < doubt <= rulebook.linkage.ambang_pasti
