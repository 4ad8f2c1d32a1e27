"""What is hidden first, what is refused, what stands exact: single cases of disclosure control."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from secrecy import KEY, OFFICE, RULE, assert_safe, attacked, key, two_way

from analysis.errors import ReleaseRefused
from analysis.release.disclosure import (
    COMPLEMENTARY,
    SMALL,
    UNDER,
    Count,
    Guarded,
    Office,
    protect,
    protect_all,
)
from analysis.release.rounding import rounded
from analysis.release.systems import System


def test_a_count_hidden_for_another_stays_hidden_in_the_next_edition():
    place = np.arange(3)
    counts = [Count(key(i), "keluarga", place == i) for i in place]
    counts += [Count(key("jumlah"), "keluarga", place >= 0, exact=True)]
    before = {key(1): Guarded(None, COMPLEMENTARY)}
    found = protect(np.array([40, 30, 50]), counts, Office(RULE, KEY, before))
    assert not found[key(1)].is_published


def test_a_city_figure_that_moved_a_little_between_editions_is_rounded():
    one = ("utama", "32.72", "a", "", "keluarga")
    counts = [Count(one, "keluarga", np.array([True]))]
    rule = RULE.model_copy(update={"topik_persis": ("utama",)})
    first = protect(np.array([1234]), counts, Office(rule, KEY))
    assert first[one].value == 1234
    second = protect(np.array([1237]), counts, Office(rule, KEY, first))
    assert second[one].value in (1235, 1240)
    third = protect(np.array([1334]), counts, Office(rule, KEY, first))
    assert third[one].value == 1334


def test_a_table_the_primal_simplex_method_gets_stuck_on_is_protected_by_the_dual():
    """HiGHS 1.16 ends this one as "unknown", which counts as exposed: the edition had been refused."""
    sizes, counts = two_way(np.array([[178, 3, 47], [21, 2, 4], [0, 4, 25]]))
    found = protect(sizes, counts, OFFICE)
    assert_safe(sizes, counts, found)
    assert found[key("jumlah", "jumlah")].value == 284


def test_what_the_brief_stands_on_goes_last():
    """Three exact figures under an exact total: one must go with the small one."""
    place = np.arange(3)
    counts = [Count(key(i), "keluarga", place == i, worth=3 * (i == 1)) for i in place]
    counts += [Count(key("jumlah"), "keluarga", place >= 0, exact=True)]
    office = Office(RULE.model_copy(update={"pembulatan_basis": 1}), KEY)
    found = protect(np.array([4, 30, 50]), counts, office)
    status = [found[count.key].status for count in counts]
    assert status == [SMALL, "terbit", COMPLEMENTARY, "terbit"]


def test_a_total_below_the_threshold_is_not_published_even_if_it_should_be_exact():
    found = protect(
        np.array([4]),
        [Count(key("jumlah"), "keluarga", np.array([True]), exact=True)],
        OFFICE,
    )
    assert found[key("jumlah")].status == SMALL


def test_exact_figures_that_give_a_small_cell_away_stop_the_release():
    place = np.arange(2)
    counts = [
        Count(key("a"), "keluarga", place == 0, exact=True),
        Count(key("semua"), "keluarga", place >= 0, exact=True),
    ]
    counts += [Count(key("b"), "keluarga", place == 1)]
    with pytest.raises(ReleaseRefused, match="dihitung ulang") as refused:
        protect(np.array([40, 4]), counts, OFFICE)
    assert refused.value.exit_code == 6


def test_a_letter_that_gives_a_small_cell_away_is_hidden_and_the_edition_goes_on():
    """39 on the list and 39 in the letter: nobody failed, so the letter's total must go, the list's stays."""
    whole, letter, failed = (
        ("program", "32.72", "pkh", "", "penerima"), ("buku", "32.72", "pkh", "sp2d", "keluarga"),
        ("penyaluran", "32.72", "pkh", "gagal", "keluarga"),
    )  # fmt: skip
    states = System(pd.DataFrame({"n": [39, 0]}))
    paid = states.atoms.index == 0
    states.count(whole, "keluarga", states.atoms["n"] >= 0, exact=True)
    states.count(failed, "keluarga", ~paid)
    states.same(letter, paid)
    order = System(pd.DataFrame({"n": [39]}))
    order.count(letter, "keluarga", order.atoms["n"] >= 0, exact=True)
    found = protect_all([states, order], OFFICE)
    assert (found[whole].value, found[letter].status) == (39, COMPLEMENTARY)
    counts = [Count(whole, "keluarga", np.ones(2, bool), exact=True)]
    counts += [Count(letter, "keluarga", paid, exact=True), Count(failed, "keluarga", ~paid)]
    assert attacked(~paid, counts, found) == (0, 39)
    stern = dataclasses.replace(OFFICE, rule=RULE.model_copy(update={"buku_mengalah": ()}))
    with pytest.raises(ReleaseRefused, match="dihitung ulang"):
        protect_all([states, order], stern)


def test_an_earlier_edition_that_told_the_letter_stops_the_release():
    """Hiding now what was printed before protects nobody."""
    place = np.arange(2)
    letter = ("buku", "32.72", "pkh", "sp2d", "keluarga")
    counts = [
        Count(letter, "keluarga", place == 0, exact=True),
        Count(key("b"), "keluarga", place == 1),
    ]
    counts += [Count(("uji", "32.72", "semua", "", "keluarga"), "keluarga", place >= 0, exact=True)]
    sizes = np.array([40, 4])
    assert protect(sizes, counts, OFFICE)[letter].status == COMPLEMENTARY
    before = {letter: Guarded(40.0, "terbit", 40.0, 40.0, 40.0)}
    with pytest.raises(ReleaseRefused, match="dihitung ulang"):
        protect(sizes, counts, dataclasses.replace(OFFICE, earlier=before))


def test_a_unit_the_rules_do_not_name_is_refused():
    with pytest.raises(ReleaseRefused, match="tidak dikenal"):
        protect(np.array([40]), [Count(key("a"), "ekor", np.array([True]))], OFFICE)


@pytest.mark.parametrize(("value", "shown"), [(0, False), (1, False), (9, False), (10, True)])
def test_the_threshold_and_zero_alike(value, shown):
    found = protect(np.array([value]), [Count(key("a"), "jiwa", np.array([True]))], OFFICE)
    assert found[key("a")].is_published is shown


def test_less_than_ten_is_said_only_where_the_rules_allow_it():
    rule = RULE.model_copy(update={"kurang_dari": ("uji",)})
    counts = [Count(key("a"), "jiwa", np.array([True]))]
    assert protect(np.array([3]), counts, Office(rule, KEY))[key("a")].status == UNDER
    assert protect(np.array([3]), counts, OFFICE)[key("a")].status == SMALL


def test_areas_are_no_persons_and_need_no_guard():
    found = protect(np.array([3]), [Count(key("a"), "kelurahan", np.array([True]))], OFFICE)
    assert found[key("a")].value == 3


def test_a_recorded_exception_stands_exact_however_small():
    one = ("pas12", "32.72.02.1001", "wilayah", "", "orang")
    found = protect(np.array([3]), [Count(one, "jiwa", np.array([True]))], OFFICE)
    assert found[one].value == 3
    assert all(e.alasan and e.oleh for e in RULE.pengecualian)


def test_rounding_adds_nothing_on_average_and_follows_the_key():
    values = np.arange(10, 4010)
    shown = np.array([rounded(int(v), "32.72.01.1001", 5, KEY) for v in values])
    assert abs((shown - values).mean()) < 0.15
    other = np.array([rounded(int(v), "32.72.01.1001", 5, b"lain") for v in values])
    assert (shown != other).mean() > 0.2


def test_frames_of_atoms_may_come_in_any_index():
    from analysis.release.systems import System
    from analysis.release.topics import Release

    system = System(pd.DataFrame({"area": ["a", "b"], "n": [40, 50]}, index=[7, 3]))
    system.count(key("a"), "keluarga", system.atoms["area"] == "a")
    release = Release(OFFICE, "32.72")
    release.announce(system)
    assert release.settle()[key("a")].value == 40


def test_a_letters_total_stands_exact_or_not_at_all():
    """270 on the list, 270 ordered to be paid: nobody failed, which is nobody's business."""
    from analysis.release.disclosure import protect_all
    from analysis.release.systems import System

    states = System(pd.DataFrame({"keadaan": ["gagal", "tanpa_status"], "n": [0, 270]}))
    for state in ("gagal", "tanpa_status"):
        states.count(key("list", state), "keluarga", states.atoms["keadaan"] == state)
    states.count(key("list", "jumlah"), "keluarga", states.atoms["n"] >= 0, exact=True)
    states.same(key("sp2d"), states.atoms["keadaan"] == "tanpa_status")
    letter = System(pd.DataFrame({"n": [270]}))
    letter.count(key("sp2d"), "keluarga", letter.atoms["n"] >= 0, entire=True)
    found = protect_all([states, letter], OFFICE)
    assert found[key("list", "jumlah")].value == 270
    assert not found[key("sp2d")].is_published
    alone = protect_all([letter], OFFICE)
    assert (alone[key("sp2d")].value, alone[key("sp2d")].low) == (270, 270)
