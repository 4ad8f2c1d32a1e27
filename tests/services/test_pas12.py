"""The 12 PAS log: first visits, weeks, kelurahan, need by group, funds; nothing dated later counts."""

from datetime import date

import pytest
from citykit import A, B
from servicekit import Town

from analysis.engine import Engine


@pytest.fixture(scope="module")
def town(rulebook):
    """Sunday 14 September: p1, p2 in A · 28 September: p3 (of p1's family) in A, p1 again · 12 October: n (no identity) in B."""
    town = Town()
    town.person("p1", desil=1, family="F1")
    town.person("p3", desil=1, family="F1")
    town.person("p2", desil=7)
    town.visit("p1", date(2025, 9, 14), kelompok="lansia", sumber_dana="zakat")
    town.visit(
        "p2", date(2025, 9, 14), kelompok="disabilitas", sumber_dana="apbd_kota", manfaat_rp=500_000
    )
    town.visit("p1", date(2025, 9, 28), kelompok="lansia", sumber_dana="zakat")
    town.visit("p3", date(2025, 9, 28), kelompok="lansia", sumber_dana="zakat")
    town.visit("n", date(2025, 10, 12), kode_wilayah=B, nik_status="kosong")
    town.visit("late", date(2025, 12, 16), kelompok="lansia", sumber_dana="zakat")
    town.visit("undated", None, kelompok="lansia")
    town.row("p1", "pkh", "penerima", manfaat_rp=225_000)
    for name in ("p1", "q1", "q2"):
        town.row(name, "ppks", "kebutuhan", programme=None, kelompok="lansia")
    with Engine() as engine:
        yield town.assess(engine, rulebook)


def test_persons_and_families_count_once_and_visits_always(town):
    assert town.rows("SELECT sum(titik), sum(orang), sum(keluarga) FROM out_pas12") == [(5, 4, 3)]
    assert town.rows(
        "SELECT sum(orang_desil12), sum(orang_registri), sum(orang_nasional) FROM out_pas12"
    ) == [(2, 3, 2)]


def test_weeks_begin_on_monday_run_to_the_edition_and_show_the_empty_ones(town):
    weeks = town.rows(
        "SELECT minggu, titik, orang_kumulatif, kelurahan_kumulatif FROM out_pas12_weeks ORDER BY minggu"
    )
    assert weeks[:5] == [
        (date(2025, 9, 8), 2, 2, 1), (date(2025, 9, 15), 0, 2, 1), (date(2025, 9, 22), 2, 3, 1),
        (date(2025, 9, 29), 0, 3, 1), (date(2025, 10, 6), 1, 4, 2),
    ]  # fmt: skip
    assert weeks[-1] == (date(2025, 12, 15), 0, 4, 2)
    assert town.one("SELECT count(*) FROM out_pas12_weeks WHERE is_kosong") == len(weeks) - 3


def test_every_kelurahan_stands_with_its_visits_or_without(town):
    assert town.one("SELECT count(*) FROM out_pas12_areas") == 33
    assert town.rows(
        "SELECT kode_wilayah, orang FROM out_pas12_areas WHERE titik > 0 ORDER BY 1"
    ) == [(A, 3), (B, 1)]


def test_the_same_person_and_the_same_family_are_two_leads(town):
    assert town.rows("SELECT jenis, unit_id, n_kunjungan FROM out_pas12_repeats ORDER BY 1") == [
        ("keluarga", "F1", 2),
        ("orang", "p1", 2),
    ]


def test_need_comes_from_the_list_and_is_not_known_where_the_list_is_silent(town):
    groups = {
        row[0]: row[1:]
        for row in town.rows(
            "SELECT kelompok, orang, kebutuhan, kebutuhan_terlayani, kebutuhan_belum FROM out_pas12_groups"
        )
    }
    assert groups["lansia"] == (2, 3, 1, 2)
    assert groups["disabilitas"] == (1, None, None, None)
    assert groups["tanpa"] == (1, None, None, None)


def test_zakat_stands_apart_from_the_budget(town):
    assert dict(town.rows("SELECT sumber_dana, sum(manfaat_rp) FROM out_pas12 GROUP BY 1")) == {
        "zakat": 3_000_000, "apbd_kota": 500_000, "tanpa": 1_000_000,
    }  # fmt: skip


def test_rows_without_identity_or_date_are_told(town):
    row = town.rows(
        "SELECT baris, tanpa, tanpa_nik, tanpa_tanggal FROM out_service_identity WHERE source = 'pas12'"
    )
    assert row == [(6, 1, 1, 1)]


def test_a_log_that_stops_is_a_gap(town):
    gaps = town.rows("SELECT tgl_sebelum, tgl_sesudah, hari FROM out_service_gaps ORDER BY 1")
    assert gaps == [
        (date(2025, 9, 14), date(2025, 9, 28), 14), (date(2025, 9, 28), date(2025, 10, 12), 14),
        (date(2025, 10, 12), None, 64),
    ]  # fmt: skip
