"""Rumah singgah against tables worked out by hand, and Kaplan–Meier against scipy's own documented example."""

from datetime import date

import numpy as np
import pytest
from servicekit import Town

from analysis.engine import Engine
from analysis.measures.services.survival import kaplan_meier, median_days


def day(number: int) -> date:
    return date(2025, 12, number)


@pytest.fixture(scope="module")
def town(rulebook):
    """Eight rows up to 15 December.

    guest  came  left                        nights
    a      1     4    pulang_keluarga        1 2 3
    b      2     2    rujuk_rs               none: left on the day of arrival
    c      3     –    (still there)          3 … 15
    d      10    20   pulang (not known yet) 10 … 15
    a      12    14   pergi_sendiri          12 13     second stay
    x, x   5     6    two rows, no identity, joined by name alone: two guests
    e      –     –    no date of arrival
    """
    town = Town()
    town.person("d", desil=1)
    town.stay(
        "a", day(1), day(4), hasil="pulang_keluarga", nik_status="sah", nik="3272010101909001"
    )
    town.stay("b", day(2), day(2), hasil="rujuk_rs", nik_status="sah", nik="3272010101909002")
    town.stay("c", day(3), hasil="nik_terbit", tgl_lahir=date(1980, 5, 6), tgl_lahir_presisi="hari")
    town.stay(
        "d", day(10), day(20), hasil="pulang_keluarga", nik_status="sah", nik="3272010101909003"
    )
    town.stay(
        "a", day(12), day(14), hasil="pergi_sendiri", nik_status="sah", nik="3272010101909001"
    )
    town.stay("x", day(5), day(6), hasil="rujuk_panti_provinsi", cara="nama_rt")
    town.stay("x", day(8), day(9), cara="nama_rt")
    town.stay("e", None)
    town.stay("f", day(16), day(17), hasil="rujuk_panti_provinsi")
    town.row(
        "c",
        "jkn_peserta",
        "kepesertaan",
        programme=None,
        segmen="pbpu_pemda",
        nik_status="sah",
        nik="3272010101909004",
    )
    town.others["core_places"] = [
        {"programme": "rumah_singgah", "nama": "Rumah Singgah", "kode_wilayah": "32.72.02.1001", "kapasitas": 3,
         "status": "berjalan", "berkas": "tempat.csv", "lembar": "csv", "baris": 1},
    ]  # fmt: skip
    with Engine() as engine:
        yield town.assess(engine, rulebook)


def test_occupancy_by_day_is_the_table_worked_out_by_hand(town):
    nights = town.rows("SELECT day(tanggal), menginap FROM out_occupancy ORDER BY tanggal")
    by_hand = [1, 1, 2, 1, 2, 1, 1, 2, 1, 2, 2, 3, 3, 2, 2]
    assert nights == list(zip(range(1, 16), by_hand, strict=True))


def test_arrivals_and_leavings_of_each_day_and_the_beds(town):
    moved = town.rows(
        "SELECT day(tanggal), masuk, keluar FROM out_occupancy WHERE masuk + keluar > 0 ORDER BY 1"
    )
    assert moved == [
        (1, 1, 0), (2, 1, 1), (3, 1, 0), (4, 0, 1), (5, 1, 0), (6, 0, 1), (8, 1, 0), (9, 0, 1), (10, 1, 0), (12, 1, 0),
        (14, 0, 1),
    ]  # fmt: skip
    assert town.rows("SELECT DISTINCT kapasitas FROM out_occupancy") == [(3,)]


def test_length_of_stay_is_the_table_worked_out_by_hand(town):
    told = town.rows(
        "SELECT person_id, status, lama_hari FROM out_stays ORDER BY tgl_masuk NULLS LAST"
    )
    assert told == [
        ("a", "selesai", 3), ("b", "selesai", 0), ("c", "menginap", 12), ("x", "selesai", 1), ("x", "selesai", 1),
        ("d", "menginap", 5), ("a", "selesai", 2), ("e", "tanpa_tanggal_masuk", None),
    ]  # fmt: skip


def test_what_is_not_known_on_the_day_is_not_told(town):
    assert town.rows("SELECT tgl_keluar, hasil FROM out_stays WHERE person_id = 'd'") == [
        (None, None)
    ]
    assert town.one("SELECT count(*) FROM out_stays WHERE person_id = 'f'") == 0


def test_guests_without_identity_are_counted_and_joined_by_review_alone(town):
    assert town.one("SELECT count(DISTINCT tamu) FROM out_stays WHERE person_id = 'x'") == 2
    assert town.rows("SELECT person_id FROM out_stays WHERE kunjungan_ke > 1") == [("a",)]
    baris, dengan_nik, sebagian, tanpa = town.rows(
        "SELECT baris, dengan_nik, sebagian, tanpa FROM out_service_identity WHERE source = 'rumah_singgah'"
    )[0]
    assert (baris, dengan_nik, sebagian, tanpa) == (8, 4, 1, 3)
    assert baris == town.one("SELECT count(*) FROM out_stays")


def test_from_no_nik_to_a_nik_to_jkn(town):
    chain = town.rows(
        "SELECT is_tanpa_nik, is_nik_terbit, is_jkn, is_registri FROM out_stays WHERE person_id = 'c'"
    )
    assert chain == [(True, True, True, False)]


def test_kaplan_meier_equals_the_documented_example_of_scipy():
    """scipy.stats.ecdf, example of ten fan belts: failed and still running."""
    broken, unbroken = [77, 47, 81, 56, 80], [62, 60, 43, 71, 37]
    curve = kaplan_meier(broken, unbroken)
    assert curve["hari"].tolist() == [37, 43, 47, 56, 60, 62, 71, 77, 80, 81]
    assert curve["bertahan"].tolist() == pytest.approx(
        [1, 1, 0.875, 0.75, 0.75, 0.75, 0.75, 0.5, 0.25, 0]
    )
    assert curve["n_berisiko"].tolist() == list(range(10, 0, -1))
    assert median_days(curve) == 77


def test_kaplan_meier_without_open_stays_is_the_plain_share_and_refuses_negative_days():
    curve = kaplan_meier([1, 2, 2, 5], [])
    assert curve["bertahan"].tolist() == pytest.approx([0.75, 0.25, 0])
    assert kaplan_meier([], []).empty
    assert median_days(kaplan_meier([], [3, 9])) is None
    with pytest.raises(ValueError, match="less than no day"):
        kaplan_meier([-1], [])


def test_the_curve_of_the_log_is_the_curve_of_its_stays(town):
    made = town.frame("SELECT * FROM out_stay_survival ORDER BY hari")
    expected = kaplan_meier([3, 0, 1, 1, 2], [12, 5])
    assert made["hari"].tolist() == expected["hari"].tolist()
    np.testing.assert_allclose(made["bertahan"], expected["bertahan"], atol=1e-6)
