"""From the list to the pocket, to the rupiah; what nobody can explain is said."""

import pytest
from servicekit import ON, Town

from analysis.engine import Engine

LIST = [
    ("a", "SUDAH TRANSAKSI", "111111"), ("b", "Tidak Transaksi", "222222"), ("c", "SUKSES SPM", "333333"),
    ("d", "GAGAL BUREKOL", None), ("e", "EXCLUDE MENINGGAL", None), ("f", "RETUR", "444444"), ("g", "PROSES BUREKOL", None),
    ("h", "SUDAH TRANSAKSI", "111111"), ("a", "SUDAH TRANSAKSI", "111111"), ("i", "kata baru", "555555"),
]  # fmt: skip


@pytest.fixture(scope="module")
def town(rulebook):
    town = Town()
    for name, status, account in LIST:
        town.person(name, desil=2)
        paid = status.split(" ")[0] not in ("GAGAL", "EXCLUDE", "PROSES")
        town.row(
            name,
            "sembako",
            "penerima",
            status_penyaluran=status,
            rekening=account,
            manfaat_rp=200_000,
            is_penerima=paid,
        )
    town.others["core_payments"] = [
        {"programme": "sembako", "period": "2025-12", "tahap": step, "nomor": number, "tanggal": day, "n_penerima": n,
         "rupiah": n * 200_000, "berkas": "sk.csv", "lembar": "csv", "baris": place}
        for place, (step, number, day, n) in enumerate(
            [("sk", "1", ON, 10), ("sp2d", "1", ON, 5), ("sp2d", "2", ON, 1), ("sp2d", "3", ON.replace(day=20), 90)], 1)
    ]  # fmt: skip
    town.others["core_references"] = [
        {
            "jenis": "penyalahgunaan",
            "nik": "3272010101909001",
            "berkas": "r.csv",
            "lembar": "csv",
            "baris": 1,
        }
    ]
    town.rows[0]["nik"] = town.rows[1]["nik"] = "3272010101909001"
    with Engine() as engine:
        yield town.assess(engine, rulebook)


def test_every_state_has_its_units_and_its_rupiah(town):
    steps = {row[0]: row[1:] for row in town.rows("SELECT langkah, n, manfaat_rp FROM out_ladder")}
    assert steps == {
        "sk": (10, 2_000_000), "sp2d": (6, 1_200_000), "daftar": (9, 2_000_000), "transaksi": (2, 600_000),
        "belum_transaksi": (1, 200_000), "salur": (1, 200_000), "gagal": (1, 200_000), "dikeluarkan": (1, 200_000),
        "dikembalikan": (1, 200_000), "proses": (1, 200_000), "lainnya": (1, 200_000),
    }  # fmt: skip


def test_start_less_causes_is_the_end_to_the_rupiah(town):
    for step in ("daftar_sk", "sk_sp2d", "sp2d_transaksi"):
        causes = dict(
            town.rows(
                "SELECT sebab, manfaat_rp FROM out_reconciliation WHERE langkah = $step", step=step
            )
        )
        start, end = causes.pop("awal"), causes.pop("akhir")
        assert start - sum(causes.values()) == end
    rest = dict(
        town.rows(
            "SELECT langkah, manfaat_rp FROM out_reconciliation WHERE sebab = 'belum_dijelaskan'"
        )
    )
    assert rest == {"daftar_sk": 0, "sk_sp2d": 200_000, "sp2d_transaksi": -200_000}


def test_a_letter_dated_after_the_edition_is_not_known(town):
    assert town.one("SELECT n FROM out_ladder WHERE langkah = 'sp2d'") == 6


def test_double_payment_by_unit_and_by_account(town):
    found = town.rows(
        "SELECT jenis, baris, manfaat_lebih_rp FROM out_double_payment ORDER BY jenis"
    )
    assert found == [("rekening_sama", 3, 200_000), ("unit_sama", 2, 200_000)]


def test_misuse_is_a_count_from_a_list_for_the_city_alone(town):
    assert town.rows("SELECT * FROM out_misuse") == [("sembako", 2, 2)]
    assert "kode_wilayah" not in town.columns("out_misuse")


def test_without_a_list_nothing_is_said_of_misuse_and_without_letters_nothing_of_books(rulebook):
    town = Town()
    town.row(town.person("a", desil=1), "sembako", "penerima", manfaat_rp=200_000)
    with Engine() as engine:
        made = town.assess(engine, rulebook).names()
        assert "out_misuse" not in made
        assert engine.rows("SELECT count(*) FROM out_reconciliation") == [(0,)]
        assert engine.rows("SELECT langkah, n FROM out_ladder ORDER BY 1") == [
            ("daftar", 1),
            ("tanpa_status", 1),
        ]


def test_repeated_rows_are_a_cause_where_the_letters_do_not_pay_them(rulebook):
    town = Town()
    for name in ("a", "b", "c", "a", "a"):
        if name not in town.persons:
            town.person(name, desil=2)
        town.row(name, "pkh", "penerima", manfaat_rp=225_000, status_penyaluran="SUDAH TRANSAKSI")
    town.others["core_payments"] = [
        {"programme": "pkh", "period": "2025-12", "tahap": step, "nomor": "1", "tanggal": ON, "n_penerima": 3,
         "rupiah": 3 * 225_000, "berkas": "sk.csv", "lembar": "csv", "baris": at}
        for at, step in enumerate(["sk", "sp2d"])
    ]  # fmt: skip
    with Engine() as engine:
        town.assess(engine, rulebook)
        told = engine.rows(
            "SELECT langkah, sebab, n, manfaat_rp FROM out_reconciliation WHERE n <> 0 ORDER BY langkah, urut"
        )
    assert told == [
        ("daftar_sk", "awal", 5, 1_125_000), ("daftar_sk", "ganda", 2, 450_000), ("daftar_sk", "akhir", 3, 675_000),
        ("sk_sp2d", "awal", 3, 675_000), ("sk_sp2d", "akhir", 3, 675_000), ("sp2d_transaksi", "awal", 3, 675_000),
        ("sp2d_transaksi", "akhir", 3, 675_000),
    ]  # fmt: skip
