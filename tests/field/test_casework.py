"""Work sheets for the field: out with evidence, back with answers, append-only, the same case after a re-run."""

import re
import zipfile
from datetime import date

import openpyxl
import pytest
from citykit import EDITION, A, B, enrolment, family, person, put

from analysis.engine import Engine, Store
from analysis.errors import InputFileError, UsageError
from analysis.field import Casework, office_key
from analysis.field.decisions import Decision, case_states, read_decisions
from analysis.measures import assess
from analysis.policy import load_rulebook
from analysis.release.rounding import rounding_key
from analysis.settings import Edition, Run

FAMILIES = [
    family("K1", 1), family("K2", 7, kode_wilayah=B), family("K3", 2), family("K4", 2, kode_wilayah=B), family("K5", None),
]  # fmt: skip
PERSONS = [person(f"J{n}", f"K{n}", kode_wilayah=A if n in (1, 3) else B) for n in range(1, 6)]
ROWS = [
    ("J1", "registri_individu", None, "Asep Contoh", "001"), ("J2", "registri_individu", None, "=cmd()", "002"),
    ("J3", "registri_individu", None, "Neng Contoh", "001"), ("J4", "registri_individu", None, "Ujang Contoh", "003"),
]  # fmt: skip


def store_in(folder, families=FAMILIES) -> Store:
    """K1: PKH and 12 PAS; K2: PKH above the limit, twice on the list; K3, K4: nothing recorded."""
    store = Store(folder)
    with Engine(threads=1) as engine:
        put(engine, "core_families", families)
        put(engine, "core_persons", PERSONS)
        put(engine, "core_enrolments", [
            enrolment("pkh", "K1", "K1", 750), enrolment("pas12", "J1", "K1", 1000, kepastian="lemah"),
            enrolment("pkh", "K2", "K2", 1500, n_records=2, manfaat_lebih_rp=750),
        ])  # fmt: skip
        put(engine, "core_records", [
            {"record_id": f"r{n}", "source": "dtsen_individu", "peran": role, "programme": code, "nama_asli": name, "rw": rw,
             "rt": "01", "alamat": "Jl. Uji", "nik": f"327202010180900{n}", "hubungan_keluarga": "kepala",
             "tgl_lahir": date(1980, 1, 1), "is_penerima": False, "baris": n}
            for n, (_, role, code, name, rw) in enumerate(ROWS)
        ])  # fmt: skip
        put(
            engine,
            "core_links",
            [{"record_id": f"r{n}", "person_id": row[0]} for n, row in enumerate(ROWS)],
        )
        put(engine, "core_files", [{"berkas": "log.csv", "source": "pas12", "baris_dibaca": 1, "baris_disimpan": 1,
                                    "baris_dikeluarkan": 0}])  # fmt: skip
        made = assess(engine, load_rulebook(), EDITION)
        for name in [
            *made,
            "core_families",
            "core_persons",
            "core_enrolments",
            "core_records",
            "core_links",
        ]:
            store.write(engine, name, "uji")
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_in(tmp_path_factory.mktemp("uji"))


@pytest.fixture
def work(store, tmp_path):
    return Casework(store, load_rulebook(), tmp_path / "keputusan", "0" * 64, "DATA SINTETIS")


def table(path, sheet: str) -> list[dict[str, str]]:
    rows = [
        [cell or "" for cell in row]
        for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    ]
    at = next(place for place, row in enumerate(rows) if "No. kasus" in row or "NOKK" in row)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


def fill(path, target, answers: dict[str, dict[str, str]]):
    """Write answers into the row of their case, as an officer would."""
    book = openpyxl.load_workbook(path)
    page = book["Verifikasi"]
    head = next(row for row in page.iter_rows() if any(cell.value == "No. kasus" for cell in row))
    columns = {cell.value: cell.column for cell in head}
    for row in page.iter_rows(min_row=head[0].row + 1):
        case = row[columns["No. kasus"] - 1].value
        for header, text in answers.get(case, answers.get("semua", {})).items():
            page.cell(row[0].row, columns[header], text)
    book.save(target)
    return target


ANSWER = {
    "Hasil": "tidak sesuai aturan atau syarat", "Tindak lanjut": "sanggah lewat SIKS-NG", "Tanggal": "2026-01-05",
    "Petugas": "PSM 1",
}  # fmt: skip


def test_each_kelurahan_has_its_cases_with_evidence_rule_and_what_to_check(work):
    files = work.export()
    assert [path.name for path in files] == [f"{A}_Cikole.xlsx", f"{B}_Baros.xlsx"]
    (case,) = table(files[0], "Verifikasi")
    assert re.fullmatch(r"K-[0-9a-f]{8}-[0-9a-f]{8}", case["No. kasus"])
    assert (case["Status"], case["Nama"], case["RW"], case["NIK (4 akhir)"]) == (
        "indikasi",
        "Asep Contoh",
        "001",
        "9000",
    )
    assert case["Petunjuk"] == "Tercatat pada daftar 12 PAS, PKH periode 2025-12."
    assert case["Kepastian padanan"] == "lemah"
    assert case["Aturan dan dasar"].startswith("pkh-pas12: ")
    assert case["Rp yang perlu ditelaah"] == 1750
    kinds = {row["Jenis"]: row["Petunjuk"] for row in table(files[1], "Verifikasi")}
    assert kinds == {
        "Orang yang sama tercatat lebih dari sekali": "2 baris pada daftar PKH periode 2025-12.",
        "Desil di atas batas program saat SK": "Desil 7 pada DTSEN saat SK; batas PKH desil 4.",
    }


def test_a_sheet_says_that_it_is_restricted_and_made_up_and_a_name_is_never_a_formula(work):
    path = work.export()[1]
    page = openpyxl.load_workbook(path)["Verifikasi"]
    assert page["A1"].value == "DATA SINTETIS"
    assert page["A2"].value.startswith("LEMBAR KERJA TERBATAS")
    assert "=cmd()" in {row["Nama"] for row in table(path, "Verifikasi")}
    assert "<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()


def test_answers_are_chosen_from_lists(work):
    sheet = zipfile.ZipFile(work.export()[0]).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == 3
    assert "salah padan" in sheet


def test_proposals_are_families_registered_without_a_programme_in_siks_order(work):
    (one,) = table(work.export()[0], "Usulan")
    assert list(one)[:7] == [
        "provinsi",
        "kabupaten",
        "kecamatan",
        "desa_kelurahan",
        "NOKK",
        "NIK",
        "Nama",
    ]
    assert (one["provinsi"], one["desa_kelurahan"], one["Nama"], one["NIK"]) == (
        "Jawa Barat", "Cikole", "Neng Contoh", "3272020101809002",
    )  # fmt: skip
    assert one["Keterangan"] == "Desil 2; belum tercatat menerima pada 2 daftar"


def test_nobody_is_objected_to_before_somebody_verified(work, tmp_path):
    files = work.export()
    assert table(files[1], "Sanggah") == []
    case = next(
        r["No. kasus"] for r in table(files[1], "Verifikasi") if r["Jenis"].startswith("Desil")
    )
    assert work.take_in([fill(files[1], tmp_path / "kembali.xlsx", {case: ANSWER})]) == 1
    (objection,) = table(work.export()[1], "Sanggah")
    assert objection["No. kasus"] == case
    assert objection["Alasan sanggah"].startswith("PKH: Desil 7")


def test_a_sheet_read_twice_adds_nothing_and_the_next_sheet_shows_what_was_answered(work, tmp_path):
    files = work.export()
    back = fill(files[0], tmp_path / "kembali.xlsx", {"semua": ANSWER})
    assert (work.take_in([back]), work.take_in([back])) == (1, 0)
    (case,) = table(work.export()[0], "Verifikasi")
    assert case["Status"] == "verifikasi"
    assert case["Jawaban sebelumnya"] == "2026-01-05 PSM 1: tidak_sesuai (verifikasi)"


def test_two_answers_on_one_case_are_kept_and_shown_as_differing(work, tmp_path):
    files = work.export()
    work.take_in([fill(files[0], tmp_path / "a.xlsx", {"semua": ANSWER})])
    other = ANSWER | {"Hasil": "sah: keadaan sesuai aturan", "Petugas": "TKSK", "Tahap": "final"}
    work.take_in([fill(files[0], tmp_path / "b.xlsx", {"semua": other})])
    third = other | {"Hasil": "tidak sesuai aturan atau syarat", "Petugas": "Kabid"}
    assert len(read_decisions(work.decisions)) == 2
    assert work.progress().query("jenis == 'kombinasi'")[
        ["status", "berbeda"]
    ].to_numpy().tolist() == [["final", 0]]
    work.take_in([fill(files[0], tmp_path / "c.xlsx", {"semua": third})])
    assert work.progress().query("jenis == 'kombinasi'")[
        ["status", "berbeda"]
    ].to_numpy().tolist() == [["verifikasi", 1]]
    (case,) = table(work.export()[0], "Verifikasi")
    assert case["Jawaban sebelumnya"].count(";") == 2


def test_every_wrong_row_is_named_and_nothing_is_taken_in(work, tmp_path):
    files = work.export()
    cases = [row["No. kasus"] for row in table(files[1], "Verifikasi")]
    wrong = fill(files[1], tmp_path / "salah.xlsx", {cases[0]: ANSWER | {"Hasil": "mungkin"}, cases[1]: {"Hasil": "sah: keadaan sesuai aturan"}})  # fmt: skip
    with pytest.raises(InputFileError) as refused:
        work.take_in([files[0], wrong])
    said = refused.value.text()
    assert "2 jawaban" in said
    assert "isi kolom Hasil tidak ada pada daftar pilihan" in said
    assert "kolom Tanggal, Petugas kosong" in said
    assert not work.decisions.exists()


def test_an_unknown_case_is_refused(work, tmp_path):
    book = openpyxl.load_workbook(work.export()[0])
    page = book["Verifikasi"]
    page.cell(page.max_row, 1, "K-00000000-00000000")
    book.save(tmp_path / "asing.xlsx")
    with pytest.raises(InputFileError, match="nomor kasus tidak dikenal"):
        work.take_in([fill(tmp_path / "asing.xlsx", tmp_path / "asing.xlsx", {"semua": ANSWER})])


def test_a_case_keeps_its_number_after_a_re_run_and_has_another_under_another_key(
    work, store, tmp_path
):
    def numbers(work: Casework) -> set[str]:
        return {row["No. kasus"] for path in work.export() for row in table(path, "Verifikasi")}

    first = numbers(work)
    renamed = [row | {"family_id": row["family_id"]} for row in FAMILIES] + [family("K0", 3)]
    again = Casework(store_in(tmp_path / "lagi", renamed), work.rulebook, work.decisions, work.key)
    assert numbers(again) == first
    other = Casework(store, work.rulebook, work.decisions, "1" * 64)
    assert not numbers(other) & first


def test_an_answer_on_a_case_found_no_more_is_kept_and_counted(work):
    from analysis.field.decisions import record_decisions

    record_decisions(
        work.decisions,
        [Decision("K-aaaaaaaa-bbbbbbbb", "final", "sah", "", "2025-11-01", "PSM", "", "x")],
    )
    assert work.progress().query("jenis == 'kasus lama'")["kasus"].tolist() == [1]


def test_the_same_bytes_every_time(work):
    once = [path.read_bytes() for path in work.export()]
    assert [path.read_bytes() for path in work.export()] == once


def test_a_filled_sheet_is_never_overwritten(work):
    path = work.export()[0]
    fill(path, path, {"semua": ANSWER})
    filled = path.read_bytes()
    work.export()
    aside = (path.parent / "sebelumnya").iterdir()
    kept = next(older for older in aside if older.read_bytes() == filled)
    assert work.take_in([kept]) == 1


def test_a_locked_sheet_opens_with_its_password_alone(work, tmp_path):
    path = work.export("rahasia uji")[0]
    assert path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    with pytest.raises(InputFileError):
        work.take_in([path])
    assert work.take_in([path], "rahasia uji") == 0


def test_field_work_before_the_run_says_what_to_do(tmp_path):
    with pytest.raises(UsageError, match="selaras run"):
        Casework(Store(tmp_path), load_rulebook(), tmp_path, "0" * 64).export()


def test_the_office_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "kantor" / "kunci"
    with pytest.raises(UsageError):  # a slip of the pen must not make a second key
        office_key(path)
    path.parent.mkdir()
    assert office_key(path) == office_key(path)
    assert len(office_key(path)) == 64
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("", encoding="ascii")
    with pytest.raises(UsageError):  # an empty key would hide nobody
        office_key(path)


def test_one_office_key_serves_rounding_and_case_ids_whichever_asks_first(tmp_path, monkeypatch):
    monkeypatch.setenv("SELARAS_KUNCI", str(tmp_path / "kunci"))
    real = Run("dinsos", "2025-12", Edition(date(2025, 12, 15)))
    drawn = rounding_key(real)
    key = office_key()
    assert drawn == rounding_key(real)
    assert key.encode() not in drawn
    monkeypatch.setenv("SELARAS_KUNCI", str(tmp_path / "lain"))
    assert rounding_key(real) != drawn


def test_an_unanswered_set_has_no_states():
    assert case_states([]).empty
