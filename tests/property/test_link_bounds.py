"""Intervals of released shares hold the true share, whatever rounding and linkage did to the counts."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.release.disclosure import Office, printed
from analysis.release.link_bounds import LinkBounds
from analysis.release.topics import Release

AREA = "32.72.02.1001"
RATE = st.floats(0.6, 1.0)


def published(office: Office, part: int, whole: int, rest: bool, doubt) -> dict | None:
    release = Release(office, "32.72")
    counts = [printed(value, AREA, False, office) for value in (part, whole)]
    release.share(("uji", AREA, "a", "", "bagian"), *counts, rest=rest, doubt=doubt)
    cell = release.cells["uji"][0]
    return cell if cell.status == "terbit" else None


@given(st.integers(20, 400), st.integers(20, 400), RATE, RATE, RATE, RATE, st.binary(min_size=4))
def test_a_share_of_a_target_is_inside(rulebook, on_list, off_list, recall, precision, r, q, key):
    """Of the truly listed a share r is found; found are q right, the others are false links in the target."""
    bounds = LinkBounds(min(recall, r), max(recall, r), min(precision, q))
    found = round(r * on_list / q)
    whole = on_list + off_list
    assume(found <= whole)
    slack = 1 / whole  # whole families are found
    office = Office(rulebook.disclosure, key)
    for rest, doubt, truth in ((False, bounds.reached, on_list), (True, bounds.missed, off_list)):
        cell = published(office, found, whole, rest, doubt)
        if cell is not None:
            assert cell.bawah - slack / r <= truth / whole <= cell.atas + slack / r
            assert cell.bawah <= cell.nilai <= cell.atas


@given(
    st.integers(20, 400), st.integers(20, 400), RATE, RATE, st.floats(0, 1), st.binary(min_size=4)
)
def test_a_share_of_recipients_is_inside(rulebook, beside, inside, precision, q, where, key):
    """Recall changes both sides alike; a share `where` of the false links lies beside the target."""
    bounds = LinkBounds(0.9, 1.0, min(precision, q))
    false = (beside + inside) * (1 - q) / q
    found = round(beside + false * where)
    total = found + round(inside + false * (1 - where))
    cell = published(Office(rulebook.disclosure, key), found, total, False, bounds.beside)
    if cell is not None:
        assert cell.bawah - 2 / total <= beside / (beside + inside) <= cell.atas + 2 / total


def test_without_linkage_error_only_rounding_widens(rulebook):
    exact = LinkBounds(1.0, 1.0, 1.0)
    cell = published(Office(rulebook.disclosure, b"kunci"), 40, 100, False, exact.reached)
    assert (cell.bawah, cell.atas) == pytest.approx((36 / 104, 44 / 96), abs=1e-6)
    assert "galat pemadanan" in cell.metode
    assert published(Office(rulebook.disclosure, b"kunci"), 40, 100, False, None).bawah is None
