"""Service topics leave protected: sensitive groups as one, misuse for the city alone, answers from their day on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from citykit import EDITION, checked
from servicekit import ON, Town

from analysis.engine import Engine
from analysis.release import release_tables
from analysis.rosters import Answer, register_answers
from analysis.settings import Edition

TOPICS = {
    "pas12_kebutuhan", "pas12_kaitan", "layanan", "layanan_nik", "layanan_hasil", "layanan_bulan", "layanan_lama", "hunian", "tempat",
    "identitas", "sekolah_rakyat", "penyaluran", "buku", "penyalahgunaan", "ekstrem", "ekstrem_kelas", "jkn", "jkn_segmen",
    "pergerakan", "pergerakan_alasan", "transisi_desil", "lompat_desil", "kolaborasi", "permohonan",
}  # fmt: skip


def crowded(areas: list[str], now: bool) -> Town:
    """Four hundred families over the city with every service list."""
    town = Town()
    groups = ("lansia", "anak", "napza_hiv", "warga_binaan", "korban_kekerasan")
    for n in range(400):
        area, name = areas[n % len(areas)], f"p{n:03d}"
        desil = 1 + (n + (3 if now and n % 7 == 0 else 0)) % 10
        town.person(name, desil, kode_wilayah=area, tgl_lahir=date(2005 + n % 13, 1, 1))
        if n % 3 != int(now):
            status = ("SUDAH TRANSAKSI", "SUKSES SPM", "RETUR")[n % 3]
            town.row(
                name,
                "pkh",
                "penerima",
                manfaat_rp=225_000,
                status_penyaluran=status,
                nik=f"32720101019{n:05d}",
            )
        if not now:
            continue
        town.row(
            name,
            "jkn_peserta",
            "kepesertaan",
            programme=None,
            segmen=("pbpu_pemda", "ppu")[n % 2],
            status_penyaluran="AKTIF",
        )
        if n % 4 == 0:
            town.visit(
                name,
                date(2025, 9, 14) + timedelta(days=7 * (n % 12)),
                kelompok=groups[n // 4 % 5],
                kode_wilayah=area,
                manfaat_rp=1_000_000,
            )
        if n % 2 == 0:
            town.row(name, "ppks", "kebutuhan", programme=None, kelompok=groups[n // 2 % 5])
        town.stay(f"g{n % 300}", date(2025, 8, 1) + timedelta(days=n % 120), date(2025, 8, 9) + timedelta(days=n % 140),
                  hasil=("pulang_keluarga", "rujuk_panti_provinsi", "nik_terbit")[n % 3], tgl_lahir_presisi="hari")  # fmt: skip
        if desil <= 2:
            town.row(name, "sekolah_rakyat", "tahapan", tahap="diusulkan")
    return town


@pytest.fixture(scope="module")
def released(rulebook):
    areas = [area.kode for area in rulebook.kelurahan()]
    with Engine() as engine:
        before, town = crowded(areas, now=False), crowded(areas, now=True)
        before.put(engine, "prev_")
        place = {"berkas": "t.csv", "lembar": "csv", "baris": 1, "kode_wilayah": areas[0]}
        town.others["core_places"] = [
            place
            | {
                "programme": "rumah_singgah",
                "nama": "Rumah Singgah",
                "kapasitas": 40,
                "status": "berjalan",
            },
            place
            | {
                "programme": "kampung_sosial",
                "nama": "Calon",
                "kapasitas": None,
                "status": "calon",
            },
        ]
        town.others["core_payments"] = [
            {"programme": "pkh", "period": "2025-12", "tahap": step, "nomor": "1", "tanggal": ON, "n_penerima": n,
             "rupiah": n * 225_000, "berkas": "s.csv", "lembar": "csv", "baris": at}
            for at, (step, n) in enumerate([("sk", 267), ("sp2d", 178)])
        ]  # fmt: skip
        town.others["core_references"] = [
            {
                "jenis": "penyalahgunaan",
                "nik": f"32720101019{n:05d}",
                "berkas": "r.csv",
                "lembar": "csv",
                "baris": n,
            }
            for n in range(60)
        ]
        town.others["core_files"] = [
            {
                "berkas": "pkh.csv",
                "source": "pkh",
                "baris_dibaca": 300,
                "baris_disimpan": 290,
                "baris_dikeluarkan": 10,
            }
        ]
        register_answers(engine, [
            Answer(date(2025, 12, 10), "panti_provinsi", "sebagian", 4), Answer(date(2025, 12, 16), "panti_provinsi", "ditolak"),
        ])  # fmt: skip
        town.assess(engine, rulebook)
        made = release_tables(engine, rulebook, EDITION)
        checked(engine, made)
        topics = [name for name in made if name.startswith("rilis_")]
        engine.table(
            "_all",
            " UNION ALL ".join(f"SELECT '{name[6:]}' AS topik, * FROM {name}" for name in topics),
        )
        yield engine


def test_every_topic_is_made(released):
    assert {row[0] for row in released.rows("SELECT DISTINCT topik FROM _all")} >= TOPICS


def test_nobody_alone_is_published(released):
    assert released.one("""SELECT count(*) FROM _all WHERE satuan IN ('keluarga', 'jiwa', 'kasus') AND status = 'terbit'
        AND nilai BETWEEN 0.5 AND 9.5 AND topik NOT IN ('pas12', 'statistik')""") == 0  # fmt: skip


def test_sensitive_groups_are_one_row_for_the_city(released):
    assert released.rows("SELECT DISTINCT baris, wilayah FROM rilis_pas12_kebutuhan ORDER BY 1") == [
        ("anak", "32.72"), ("lansia", "32.72"), ("sensitif", "32.72"),
    ]  # fmt: skip


def test_misuse_is_told_for_the_city_alone(released):
    assert released.rows("SELECT DISTINCT wilayah FROM rilis_penyalahgunaan") == [("32.72",)]


def test_letters_are_exact_to_the_rupiah(released):
    books = dict(released.rows("SELECT kolom, nilai FROM rilis_buku WHERE satuan = 'keluarga'"))
    assert books == {"sk": 267, "sp2d": 178}
    assert (
        released.one("SELECT nilai FROM rilis_buku WHERE kolom = 'sp2d' AND satuan = 'rupiah'")
        == 178 * 225_000
    )


def test_an_answer_shows_from_its_day_on(released, rulebook):
    sql = "SELECT teks, nilai FROM rilis_permohonan WHERE baris = 'panti_provinsi' AND ukuran = 'jawaban'"
    assert released.rows(sql) == [("sebagian", 4.0)]
    with Engine() as engine:
        town = Town()
        town.row(town.person("a", desil=1), "pkh", "penerima", manfaat_rp=1)
        register_answers(engine, [
            Answer(date(2025, 12, 10), "panti_provinsi", "sebagian", 4), Answer(date(2025, 12, 16), "panti_provinsi", "ditolak"),
        ])  # fmt: skip
        town.assess(engine, rulebook, replace(EDITION, edition=Edition(date(2026, 1, 15))))
        assert engine.rows(
            "SELECT jawaban, jumlah_jawaban FROM out_requests WHERE permintaan = 'panti_provinsi'"
        ) == [("ditolak", None)]


def test_a_programme_that_is_only_named_says_so(released):
    told = released.one(
        "SELECT teks FROM rilis_kolaborasi WHERE baris = 'terlantar' AND kolom = 'provinsi'"
    )
    assert told == "kampung_sosial:calon nganjang:tidak_diketahui teman_sosial:tidak_diketahui"
