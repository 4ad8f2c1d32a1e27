"""Whatever the counts, nobody can work a suppressed one out of what is published."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.errors import ReleaseRefused
from analysis.policy import load_rulebook
from analysis.release.disclosure import COMPLEMENTARY, PUBLISHED, SMALL, Count, protect

RULE = load_rulebook().disclosure
SIZES = st.one_of(st.integers(0, 12), st.integers(0, 200))


def key(*parts: object) -> tuple:
    return ("uji", "32.72", *(str(part) for part in parts), "keluarga")


def two_way(table: np.ndarray, exact_total: bool = True) -> tuple[np.ndarray, list[Count]]:
    """Every cell of a table, its margins and its total, as counts over the cells."""
    n_rows, n_columns = table.shape
    row, column = (axis.ravel() for axis in np.indices(table.shape))
    counts = [
        Count(key(i, j), "keluarga", (row == i) & (column == j))
        for i, j in product(range(n_rows), range(n_columns))
    ]
    counts += [Count(key(i, "jumlah"), "keluarga", row == i) for i in range(n_rows)]
    counts += [Count(key("jumlah", j), "keluarga", column == j) for j in range(n_columns)]
    counts += [Count(key("jumlah", "jumlah"), "keluarga", row >= 0, exact=exact_total)]
    return table.ravel(), counts


def attacked(place: int, counts: list[Count], found: dict, n_atoms: int) -> float:
    """Width of what an outsider can infer, set up apart from the code: free integers ≥ 0 an atom."""
    known = [
        (count.atoms.astype(float), found[count.key].value)
        for count in counts
        if found[count.key].is_published
    ]
    rows = np.array([atoms for atoms, _ in known]).reshape(len(known), n_atoms)
    values = [value for _, value in known]
    ends = []
    for sign in (1, -1):
        goal = sign * counts[place].atoms.astype(float)
        answer = linprog(
            goal, A_eq=rows if values else None, b_eq=values or None, bounds=[(0, None)] * n_atoms
        )
        if answer.status == 3:
            return np.inf
        ends.append(sign * answer.fun)
    return ends[1] - ends[0]


@settings(max_examples=60, deadline=None)
@given(st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(SIZES, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]).map(
        lambda cells: np.array(cells).reshape(shape)
    )
))  # fmt: skip
def test_no_suppressed_small_cell_of_a_table_can_be_recomputed_from_its_margins(table):
    sizes, counts = two_way(table)
    found = protect(sizes, counts, RULE)
    for place, count in enumerate(counts):
        value = int(sizes[count.atoms].sum())
        guarded = found[count.key]
        assert guarded.is_published == (guarded.value is not None)
        if guarded.is_published:
            assert guarded.value == value
            assert not 0 < value < 10
        if guarded.status == SMALL:
            assert 0 < value < 10
            assert attacked(place, counts, found, len(sizes)) >= 10


@settings(max_examples=40, deadline=None)
@given(st.lists(SIZES, min_size=3, max_size=6), st.lists(SIZES, min_size=3, max_size=6))
def test_two_tables_that_share_cells_protect_each_other(first, second):
    """The same units by area and, merged in pairs, by district: a hierarchy."""
    sizes = np.array(first + second)
    place = np.arange(len(sizes))
    counts = [Count(key("kel", i), "keluarga", place == i) for i in place]
    counts += [Count(key("kec", i // 2), "keluarga", place // 2 == i // 2) for i in place[::2]]
    counts += [Count(key("kota"), "keluarga", place >= 0, exact=True)]
    counts += [Count(key("kota", "lain"), "keluarga", place >= 0, exact=True)]
    found = protect(sizes, counts, RULE)
    small = [i for i, count in enumerate(counts) if found[count.key].status == SMALL]
    assert all(attacked(i, counts, found, len(sizes)) >= 10 for i in small)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(SIZES, SIZES), min_size=2, max_size=6))
def test_shares_are_published_only_where_part_and_rest_are_both_large_enough(areas):
    """Kelurahan with receiving and missed families, and the city's totals."""
    sizes = np.array([n for pair in areas for n in pair])
    place, is_missed = np.arange(len(sizes)) // 2, np.arange(len(sizes)) % 2 == 1
    counts = []
    for i in range(len(areas)):
        here = place == i
        counts += [Count(key(i, "semua"), "keluarga", here)]
        counts += [Count(key(i, "luput"), "keluarga", here & is_missed, whole=here)]
    counts += [Count(key("kota", "semua"), "keluarga", place >= 0, exact=True)]
    found = protect(sizes, counts, RULE)
    for i, (got, missed) in enumerate(areas):
        if found[key(i, "luput")].is_published and got + missed:
            assert missed >= 10
            assert got >= 10
        if found[key(i, "luput")].status == SMALL:
            spread = attacked(2 * i + 1, counts, found, len(sizes))
            assert spread >= 10


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(10, 300), min_size=2, max_size=12))
def test_a_table_without_small_cells_is_published_whole_and_adds_up(cells):
    sizes, counts = two_way(np.array([cells, cells]))
    found = protect(sizes, counts, RULE)
    assert {guarded.status for guarded in found.values()} == {PUBLISHED}
    assert found[key("jumlah", "jumlah")].value == 2 * sum(cells)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(9)), st.lists(SIZES, min_size=9, max_size=9))
def test_the_order_of_atoms_changes_nothing(order, cells):
    sizes, counts = two_way(np.array(cells).reshape(3, 3))
    order = list(order)
    moved = [
        Count(count.key, count.unit, count.atoms[order], exact=count.exact) for count in counts
    ]
    assert protect(sizes[order], moved, RULE) == protect(sizes, counts, RULE)


def test_one_small_cell_takes_a_second_one_with_it():
    place = np.arange(3)
    counts = [Count(key(i), "keluarga", place == i) for i in place]
    counts += [Count(key("jumlah"), "keluarga", place >= 0, exact=True)]
    found = protect(np.array([4, 30, 50]), counts, RULE)
    assert [found[count.key].status for count in counts] == [
        SMALL,
        COMPLEMENTARY,
        PUBLISHED,
        PUBLISHED,
    ]


def test_what_the_brief_stands_on_goes_last():
    place = np.arange(3)
    counts = [Count(key(0), "keluarga", place == 0), Count(key(1), "keluarga", place == 1, worth=3)]
    counts += [
        Count(key(2), "keluarga", place == 2),
        Count(key("jumlah"), "keluarga", place >= 0, exact=True),
    ]
    found = protect(np.array([4, 30, 50]), counts, RULE)
    assert (found[key(1)].status, found[key(2)].status) == (PUBLISHED, COMPLEMENTARY)


def test_a_total_below_the_threshold_is_not_published_even_if_it_should_be_exact():
    found = protect(
        np.array([4]),
        [Count(key("jumlah"), "keluarga", np.array([True]), exact=True)],
        RULE,
    )
    assert found[key("jumlah")].status == SMALL


def test_exact_figures_that_give_a_small_cell_away_stop_the_release():
    place = np.arange(2)
    counts = [
        Count(key("a"), "keluarga", place == 0, exact=True),
        Count(key("semua"), "keluarga", place >= 0, exact=True),
    ]
    counts += [Count(key("b"), "keluarga", place == 1)]
    with pytest.raises(ReleaseRefused, match="dihitung ulang"):
        protect(np.array([40, 4]), counts, RULE)


def test_a_unit_the_rules_do_not_name_is_refused():
    with pytest.raises(ReleaseRefused, match="tidak dikenal"):
        protect(np.array([40]), [Count(key("a"), "ekor", np.array([True]))], RULE)


@pytest.mark.parametrize(("value", "shown"), [(0, True), (1, False), (9, False), (10, True)])
def test_the_threshold(value, shown):
    found = protect(np.array([value]), [Count(key("a"), "jiwa", np.array([True]))], RULE)
    assert found[key("a")].is_published is shown


def test_areas_are_no_persons_and_need_no_guard():
    found = protect(np.array([3]), [Count(key("a"), "kelurahan", np.array([True]))], RULE)
    assert found[key("a")].value == 3


def test_frames_of_atoms_may_come_in_any_index():
    from analysis.release.topics import System

    system = System(pd.DataFrame({"area": ["a", "b"], "n": [40, 50]}, index=[7, 3]))
    system.count(key("a"), "keluarga", system.atoms["area"] == "a")
    assert system.protected(RULE)[key("a")].value == 40
