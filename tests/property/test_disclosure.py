"""Whatever the counts, nobody can work a hidden one out of what is published."""

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from secrecy import KEY, OFFICE, SIZES, assert_safe, key, two_way

from analysis.errors import ReleaseRefused
from analysis.release.disclosure import (
    Count,
    printed,
    protect,
)
from analysis.release.rounding import rounded


@settings(max_examples=25, deadline=None)
@given(st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(SIZES, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]).map(
        lambda cells: np.array(cells).reshape(shape)
    )
))  # fmt: skip
def test_no_small_cell_of_a_table_can_be_recomputed_from_its_margins(table):
    sizes, counts = two_way(table)
    assert_safe(sizes, counts, protect(sizes, counts, OFFICE))


@settings(max_examples=25, deadline=None)
@given(st.lists(SIZES, min_size=3, max_size=6), st.lists(SIZES, min_size=3, max_size=6))
def test_a_hierarchy_of_areas_protects_each_level(first, second):
    """Kelurahan, kecamatan of two kelurahan, and the city's book total, which stands in two tables."""
    sizes = np.array(first + second)
    place = np.arange(len(sizes))
    counts = [Count(key("kel", i), "keluarga", place == i) for i in place]
    counts += [Count(key("kec", i // 2), "keluarga", place // 2 == i // 2) for i in place[::2]]
    counts += [Count(key("kota"), "keluarga", place >= 0, exact=True)]
    counts += [Count(key("kota", "lain"), "keluarga", place >= 0, exact=True)]
    assert_safe(sizes, counts, protect(sizes, counts, OFFICE))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(SIZES, SIZES), min_size=2, max_size=6))
def test_groups_of_nearly_everybody_or_nearly_nobody_are_hidden_on_both_sides(areas):
    """Kelurahan with receiving and missed families, and the city's totals."""
    sizes = np.array([n for pair in areas for n in pair])
    place, is_missed = np.arange(len(sizes)) // 2, np.arange(len(sizes)) % 2 == 1
    counts = []
    for i in range(len(areas)):
        here = place == i
        counts += [Count(key(i, "semua"), "keluarga", here)]
        counts += [Count(key(i, "luput"), "keluarga", here & is_missed, whole=here)]
    counts += [Count(key("kota", "semua"), "keluarga", place >= 0, exact=True)]
    assert_safe(sizes, counts, protect(sizes, counts, OFFICE))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(SIZES, min_size=6, max_size=6),
    st.lists(st.sampled_from([0, 0, 0, 1, -1, 4]), min_size=6, max_size=6),
)
def test_two_editions_of_one_period_protect_each_other(cells, moved):
    """A second edition with the same or nearly the same data, and a coarser table than the first.

    Where nothing has moved an outsider may lay both prints side by side.
    """
    sizes, counts = two_way(np.array(cells).reshape(2, 3))
    first = protect(sizes, counts, OFFICE)
    later = np.maximum(sizes + np.array(moved), 0)
    try:
        second = protect(later, counts, dataclasses.replace(OFFICE, earlier=first))
    except ReleaseRefused:
        return
    if (later == sizes).all():
        assert_safe(sizes, counts, first, second)
        assert {k: g.value for k, g in first.items()} == {k: g.value for k, g in second.items()}
    else:
        assert_safe(later, counts, second)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(10, 300), min_size=2, max_size=12))
def test_a_table_without_small_cells_is_published_whole(cells):
    sizes, counts = two_way(np.array([cells, cells]))
    found = protect(sizes, counts, OFFICE)
    assert all(guarded.is_published for guarded in found.values())
    assert found[key("jumlah", "jumlah")].value == 2 * sum(cells)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(9)), st.lists(SIZES, min_size=9, max_size=9))
def test_the_order_of_atoms_changes_nothing(order, cells):
    sizes, counts = two_way(np.array(cells).reshape(3, 3))
    order = list(order)
    moved = [dataclasses.replace(count, atoms=count.atoms[order]) for count in counts]
    assert protect(sizes[order], moved, OFFICE) == protect(sizes, counts, OFFICE)


@settings(max_examples=60, deadline=None)
@given(st.integers(10, 5000), st.sampled_from(["32.72.01.1001", "32.72.02.1003"]))
def test_rounding_is_to_the_base_beside_the_count_and_the_same_each_time(value, area):
    shown = rounded(value, area, 5, KEY)
    assert shown % 5 == 0
    assert abs(shown - value) < 5
    assert shown == rounded(value, area, 5, KEY)
    guarded = printed(value, area, False, OFFICE)
    assert guarded.low <= value <= guarded.high
