"""Overlap arithmetic against published tables, and against counting row by row."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.combinations import conditional, marginal, overlap_matrix

CELLS = {
    "BLT_only": "B", "Raskin_only": "R", "Jamkesmas_only": "J", "BLT_Raskin": "B+R", "BLT_Jamkesmas": "B+J",
    "Raskin_Jamkesmas": "R+J", "all_three": "B+R+J", "none": "",
}  # fmt: skip
NAMES = {"P_BLT": "B", "P_Raskin": "R", "P_Jamkesmas": "J"}


@pytest.fixture(scope="module")
def published(shared_data):
    return json.loads((shared_data / "overlap_published.json").read_text())


@pytest.mark.parametrize("year", ["2005", "2009"])
def test_marginals_and_conditionals_as_printed(published, year):
    """Tohari, Parsons & Rammohan (2019), Tables 3 and 4: three programmes among poor households."""
    counts = pd.Series({CELLS[name]: share for name, share in published["joint"][year].items()})
    printed = published["conditional_published_table4"][year]
    for name, percent in printed.items():
        if name in NAMES:
            found = 100 * marginal(counts, [NAMES[name]]) / counts.sum()
        else:
            wanted, given_ = name.split("|")
            found = 100 * conditional(counts, wanted.split(","), given_.split(","))
        assert found == pytest.approx(percent, abs=0.05), name


def test_cells_of_every_year_add_up(published):
    for year, cells in published["joint"].items():
        assert sum(cells.values()) == pytest.approx(100, abs=0.05), year


ROWS = st.lists(st.sets(st.sampled_from("ABC")), min_size=1, max_size=40)


@given(ROWS)
def test_matrix_equals_counting_rows(rows):
    counts = pd.Series(["+".join(sorted(held)) for held in rows]).value_counts()
    for pair in overlap_matrix(counts).itertuples():
        a, b = (np.array([name in held for held in rows]) for name in (pair.a, pair.b))
        assert pair.bersama == (a & b).sum()
        assert pair.jaccard == pytest.approx((a & b).sum() / (a | b).sum())
        assert pair.bagian_terkecil == pytest.approx((a & b).sum() / min(a.sum(), b.sum()))
        assert pair.lift == pytest.approx((a & b).mean() / (a.mean() * b.mean()))
        if not (a.all() or b.all()):
            assert pair.phi == pytest.approx(np.corrcoef(a, b)[0, 1])


def test_nobody_holds_what_is_asked_for():
    assert np.isnan(conditional(pd.Series({"a": 3}), ["a"], ["b"]))
    assert overlap_matrix(pd.Series({"": 3})).empty
