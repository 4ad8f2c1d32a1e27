"""Sekolah Rakyat, JKN and the lowest desil on hand-made towns."""

from datetime import date

import pytest
from citykit import B
from servicekit import Town

from analysis.engine import Engine


@pytest.fixture
def engine():
    with Engine() as engine:
        yield engine


def test_sekolah_rakyat_from_eligible_to_accepted(engine, rulebook):
    town = Town()
    for name, desil, born in (
        ("sd", 1, date(2016, 3, 1)), ("smp", 2, date(2012, 12, 16)), ("sma", 2, date(2007, 12, 15)), ("young", 1, date(2018, 12, 16)),
        ("old", 1, date(2006, 12, 15)), ("rich", 3, date(2014, 1, 1)), ("unranked", None, date(2014, 1, 1)),
    ):  # fmt: skip
        town.person(name, desil, tgl_lahir=born, is_registri=True)
    for name, stage in (
        ("sd", "diusulkan"),
        ("smp", "layak"),
        ("sma", "diterima"),
        ("sma", "diusulkan"),
        ("rich", "diusulkan"),
    ):
        town.row(name, "sekolah_rakyat", "tahapan", tahap=stage, is_penerima=stage == "diterima")
    town.row("sd", "sekolah_rakyat", "tahapan", tahap="diterima", tgl_peristiwa=date(2025, 12, 16))
    town.row("sd", "pip", "penerima", manfaat_rp=450_000)
    town.row("smp", "dtsen_individu", "registri_individu", programme=None, komponen="Putus Sekolah")
    town.assess(engine, rulebook)
    told = engine.rows("""SELECT person_id, jenjang, status_sekolah, is_layak, is_diusulkan, is_diterima FROM out_school
        ORDER BY person_id""")
    assert told == [
        ("rich", "SD", "tidak_diketahui", False, True, False), ("sd", "SD", "bersekolah", True, True, False),
        ("sma", "SMA", "tidak_diketahui", True, True, True), ("smp", "SD", "tidak_bersekolah", True, False, False),
    ]  # fmt: skip


def test_jkn_segments_proposals_early_warning_and_twice_paid(engine, rulebook):
    town, before = Town(), Town()
    for name, desil in (
        ("city", 3),
        ("cityhigh", 7),
        ("off", 2),
        ("gone", 5),
        ("both", 4),
        ("own", 1),
        ("unranked", None),
    ):
        town.person(name, desil, is_registri=True)
    for name, segment, status in (
        ("city", "pbpu_pemda", "AKTIF"), ("cityhigh", "pbpu_pemda", "AKTIF"), ("off", "pbi_apbn", "NON AKTIF"),
        ("both", "pbpu_pemda", "AKTIF"), ("own", "mandiri", "AKTIF"), ("own", "ppu", "AKTIF"), ("unranked", "pbpu_pemda", "AKTIF"),
        ("gone", "mandiri", "AKTIF"),
    ):  # fmt: skip
        town.row(
            name,
            "jkn_peserta",
            "kepesertaan",
            programme=None,
            segmen=segment,
            status_penyaluran=status,
        )
    town.row("both", "pbi_jk", "penerima", manfaat_rp=42_000)
    for name in ("gone", "both"):
        before.row(before.person(name, 5), "pbi_jk", "penerima", manfaat_rp=42_000)
    before.put(engine, "prev_")
    town.assess(engine, rulebook)
    flags = ("is_usul_pbi", "is_pbi_putus", "is_reaktivasi", "is_tanpa_segmen", "is_ganda")
    told = {
        flag: [
            row[0] for row in engine.rows(f"SELECT person_id FROM out_jkn WHERE {flag} ORDER BY 1")
        ]
        for flag in flags
    }
    assert told == {
        "is_usul_pbi": ["city"], "is_pbi_putus": ["gone", "off"], "is_reaktivasi": ["gone", "off"],
        "is_tanpa_segmen": ["off"], "is_ganda": ["both"],
    }  # fmt: skip
    assert engine.rows("SELECT segmen, n_segmen FROM out_jkn WHERE person_id = 'both'") == [
        ("pbi_apbn+pbpu_pemda", 2)
    ]


def test_the_lowest_desil_and_the_old_list_by_programmes_and_classes(engine, rulebook):
    town = Town()
    for name, desil in (("none", 1), ("one", 1), ("several", 1), ("listed", 6), ("other", 2)):
        town.person(name, desil)
    town.row("one", "pkh", "penerima", manfaat_rp=225_000)
    town.row("several", "sembako", "penerima", manfaat_rp=200_000)
    town.row("several", "pena", "penerima", manfaat_rp=5_000_000)
    town.row("several", "rutilahu", "penerima", manfaat_rp=20_000_000)
    town.row("listed", "p3ke", "kebutuhan", programme=None)
    town.row("listed", "ppks", "kebutuhan", programme=None, kelompok="lansia")
    town.assess(engine, rulebook)
    assert engine.rows("""SELECT family_id, is_desil, is_daftar, n_programmes, kurangi_beban, naikkan_pendapatan, kurangi_kantong
        FROM out_extreme ORDER BY 1""") == [
        ("K-listed", False, True, 0, False, False, False), ("K-none", True, False, 0, False, False, False),
        ("K-one", True, False, 1, True, False, False), ("K-several", True, False, 3, True, True, True),
    ]  # fmt: skip


@pytest.fixture
def two_months(engine, rulebook):
    """November → December: stays, moves, leaves (dead, excluded, no reason), new; a payment that failed."""
    before, now = Town(), Town()
    for name in ("stays", "moves", "dead", "excluded", "silent", "fails", "head"):
        before.row(before.person(name, 2), "pkh", "penerima", manfaat_rp=225_000)
    before.person("spouse", 2, family="K-head")
    before.row(before.person("only_then", 2), "blts", "penerima", manfaat_rp=300_000)
    before.persons["head"]["family_id"] = "K-head"
    for name in ("stays", "fails"):
        now.person(name, 2)
    now.person("moves", 2, kode_wilayah=B)
    now.person("spouse", 2, family="K-head")
    for name in ("stays", "moves", "fails", "spouse", "fresh"):
        now.row(
            name,
            "pkh",
            "penerima",
            manfaat_rp=225_000,
            status_penyaluran="RETUR" if name == "fails" else "SUDAH TRANSAKSI",
        )
    now.row(
        now.person("excluded", 2),
        "pkh",
        "penerima",
        status_penyaluran="EXCLUDE PEKERJAAN",
        is_penerima=False,
    )
    now.row(
        now.person("dead", 2),
        "ppks",
        "kebutuhan",
        programme=None,
        kelompok="lansia",
        nik="3272010101909001",
    )
    now.person("silent", 2)
    now.others["core_references"] = [
        {
            "jenis": "meninggal",
            "nik": "3272010101909001",
            "berkas": "r.csv",
            "lembar": "csv",
            "baris": 1,
        }
    ]
    before.put(engine, "prev_")
    return now.assess(engine, rulebook)


def test_new_left_moved_and_failed_with_reasons(two_months):
    rows = two_months.rows(
        "SELECT unit_id, jenis, is_pindah, is_gagal_salur, alasan FROM out_movement WHERE programme = 'pkh' ORDER BY 1"
    )
    assert rows == [
        ("K-fails", "tetap", False, True, "RETUR"), ("K-fresh", "baru", False, False, ""), ("K-head", "tetap", False, False, ""),
        ("K-moves", "tetap", True, False, ""), ("K-stays", "tetap", False, False, ""), ("lalu:K-dead", "keluar", False, False, "meninggal"),
        ("lalu:K-excluded", "keluar", False, False, "EXCLUDE PEKERJAAN"), ("lalu:K-silent", "keluar", False, False, "tidak_diketahui"),
    ]  # fmt: skip


def test_a_roster_that_did_not_come_moves_nobody(two_months):
    assert two_months.rows("SELECT DISTINCT programme FROM out_movement") == [("pkh",)]


def test_transition_counts_each_family_once_and_jumps_of_three(engine, rulebook):
    before, now = Town(), Town()
    for name, then, later in (
        ("up", 2, 5),
        ("down", 6, 2),
        ("same", 3, 3),
        ("lost", 4, None),
        ("little", 1, 3),
    ):
        before.person(name, then)
        if later:
            now.person(name, later)
    before.person("child", 2, family="K-up")
    now.person("child", 5, family="K-up")
    now.person("bride", 7)
    before.person("bride", 2, family="K-up")
    now.person("new", 9)
    now.person("unranked", None, is_registri=True)
    before.put(engine, "prev_")
    now.row("up", "pkh", "penerima", manfaat_rp=1)
    now.assess(engine, rulebook)
    matrix = {
        (a, b): (jiwa, families)
        for a, b, jiwa, families in engine.rows("SELECT * FROM out_transition")
    }
    assert matrix == {
        ("2", "5"): (2, 1), ("6", "2"): (1, 1), ("3", "3"): (1, 1), ("4", "luar"): (1, 1), ("1", "3"): (1, 1),
        ("2", "7"): (1, 1), ("luar", "9"): (1, 1), ("luar", "tanpa"): (1, 1),
    }  # fmt: skip
    jumps = engine.rows("SELECT family_id, loncatan FROM out_desil_jumps ORDER BY 1")
    assert jumps == [("K-bride", 5), ("K-down", -4), ("K-up", 3)]
