"""What lists say of each other moves pairs in doubt where lists hold or shun each other's people, and no others."""

import numpy as np
import pandas as pd
import pytest

from analysis.engine import Engine
from analysis.linkage.company import learn_company, weigh_company

REGISTER, ONE, OTHER = 1, 2, 4
ROWS = 600


def weighed(rulebook, lists_of_known, others):
    """Chances after weighing: each row of list ONE alone beside a person of each of two kinds, `others`, at 2 in 5."""
    known = np.array(lists_of_known)
    lone = np.full(ROWS, ONE)
    nodes = pd.DataFrame({"lists": np.r_[known, np.repeat(others, ROWS), lone]})
    nodes["node"], nodes["nik"] = np.arange(len(nodes)), np.arange(len(nodes)).astype(str)
    nodes.loc[nodes.index >= len(known), "nik"] = None
    first = len(known) + np.arange(2 * ROWS)
    row = len(known) + 2 * ROWS + np.tile(np.arange(ROWS), 2)
    pairs = pd.DataFrame({"l": first, "r": row, "pattern": 0, "peluang": 0.4})
    with Engine(threads=1) as engine:
        engine.register("_given_nodes", nodes)
        engine.table("_nodes", "SELECT * FROM _given_nodes")
        engine.register("_given_pairs", pairs)
        engine.table("_scored", "SELECT * FROM _given_pairs")
        learn_company(engine, rulebook.linkage)
        weigh_company(engine, rulebook.linkage, "_nodes", "_scored")
        chance = engine.frame("SELECT peluang FROM _scored ORDER BY l")["peluang"].to_numpy()
    return chance[:ROWS].mean(), chance[ROWS:].mean()


def test_who_stands_in_the_list_that_excludes_this_one_is_not_the_row(rulebook):
    free, shunned = weighed(
        rulebook, [REGISTER | ONE] * 2000 + [REGISTER | OTHER] * 2000, [REGISTER, REGISTER | OTHER]
    )
    assert free > 0.6
    assert shunned < free / 3


def test_lists_that_say_nothing_of_each_other_move_nothing(rulebook):
    mixed = [REGISTER, REGISTER | ONE, REGISTER | OTHER, REGISTER | ONE | OTHER] * 1000
    found = weighed(rulebook, mixed, [REGISTER, REGISTER | OTHER])
    assert found == pytest.approx((0.4, 0.4), abs=0.02)
