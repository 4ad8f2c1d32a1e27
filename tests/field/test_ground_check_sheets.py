"""A ground check from sample to estimate through real workbooks: what goes out, what comes back, what is refused."""

import numpy as np
import pandas as pd
import pytest
from citykit import A, B, enrolment, family, person, put
from openpyxl import load_workbook

from analysis.engine import Engine, Store
from analysis.errors import InputFileError, UsageError
from analysis.field.check_sheets import SHEET
from analysis.field.ground_check import open_check
from analysis.field.ground_findings import findings_table

N = 400
LINE = 678258


@pytest.fixture(scope="module")
def truth():
    """Poor or not, by family: every third of desil 1–5 and every tenth above."""
    return {f"K{i:03d}": (i % 3 == 0) if i % 10 < 5 else (i % 11 == 0) for i in range(N)}


@pytest.fixture
def check(tmp_path, rulebook):
    store = Store(tmp_path / "2025-12")
    with Engine() as engine:
        put(engine, "core_families", [
            family(f"K{i:03d}", 1 + i % 10, kode_wilayah=A if i % 2 else B, n_anggota=2) for i in range(N)
        ])  # fmt: skip
        put(engine, "core_persons", [person(f"P{i:03d}", f"K{i:03d}") for i in range(N)])
        put(engine, "core_enrolments", [
            enrolment("sembako", f"K{i:03d}", f"K{i:03d}", 600000) for i in range(N) if i % 10 < 4 and i % 4
        ])  # fmt: skip
        put(engine, "core_records", [
            {"record_id": f"r{i:03d}", "source": "dtsen_individu", "peran": "registri_individu", "programme": None,
             "hubungan_keluarga": "kepala", "nama_asli": f"=ASEP {i}", "alamat": "JL CONTOH", "rt": "001", "rw": "002", "baris": i}
            for i in range(N)
        ])  # fmt: skip
        put(
            engine,
            "core_links",
            [{"record_id": f"r{i:03d}", "person_id": f"P{i:03d}"} for i in range(N)],
        )
        for name in (
            "core_families",
            "core_persons",
            "core_enrolments",
            "core_records",
            "core_links",
        ):
            store.write(engine, name, "uji")
    return open_check(
        store, rulebook, tmp_path / "keputusan", "sembako", "sembako-uji", "DATA SINTETIS · "
    )


def fill(check, truth, spoil=None):
    """An officer's answers: 2 of 20 are not at home; spending per head half or double the line."""
    cases = check.cases().set_index("kasus")
    for place, path in enumerate(sorted(check.sheets.glob("*.xlsx"))):
        book = load_workbook(path)
        page = book[SHEET]
        head = next(row for row in page.iter_rows() if row[0].value == "Kasus")
        at = {cell.value: cell.column for cell in head}
        questions = {q.kode: at[q.tanya] for q in check.rulebook.targeting.cek_lapangan.pertanyaan}
        for row in range(head[0].row + 1, page.max_row + 1):
            case = page.cell(row, 1).value
            if int(case[-3:]) % 10 == 7:
                page.cell(row, questions["kunjungan"]).value = "tidak di rumah"
                continue
            poor = truth[cases.loc[case, "family_id"]]
            page.cell(row, questions["kunjungan"]).value = "Diwawancarai"
            page.cell(row, questions["anggota"]).value = 2
            page.cell(row, questions["makanan_seminggu"]).value = "Rp 100.000" if poor else 400000
            page.cell(row, questions["bukan_makanan_sebulan"]).value = (
                "200.000,00" if poor else "800000"
            )
            page.cell(row, questions["simpulan"]).value = "ya" if poor else "tidak"
            page.cell(row, questions["catatan"]).value = "NIK 3272011234560001"
        if spoil and place == 0:
            spoil(page, head[0].row + 1, questions)
        book.save(path)


def test_the_sheets_show_no_desil_and_no_receipt_and_print_on_one_width(check):
    made, files = check.sample(seed=1, margin=0.08)
    assert [f.name for f in files] == [
        "cek_32.72.02.1001_Cikole.xlsx",
        "cek_32.72.05.1001_Baros.xlsx",
    ]
    page = load_workbook(files[0])[SHEET]
    heads = [
        cell.value for cell in next(row for row in page.iter_rows() if row[0].value == "Kasus")
    ]
    assert heads[:5] == ["Kasus", "Nama kepala keluarga", "Alamat", "RT", "RW"]
    text = " ".join(
        str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell
    ).lower()
    assert "desil" not in text
    assert "menerima" not in text
    assert "data sintetis" in text
    assert page["B5"].value.startswith("=ASEP")
    assert page["B5"].data_type == "s"  # a name is never a formula
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert len(page.data_validations.dataValidation) == 5
    assert made.visits == len(check.cases())


def test_answers_come_back_as_the_truth_they_were_given(check, truth):
    check.sample(seed=3, margin=0.05)
    fill(check, truth)
    check.take_in()
    cases = check.verified()
    told = cases[cases["miskin"].notna()]
    assert (told["miskin"] == told["family_id"].map(truth)).all()
    assert (told["miskin"] == 1).sum() > 10
    assert cases["miskin"].isna().sum() == (cases["kunjungan"] == "tidak di rumah").sum() > 0
    assert not cases["catatan"].astype(str).str.contains(r"\d{12}").any()
    found, simply = check.findings(), check.findings("simpulan")
    assert float(found.errors["salah_eksklusi"]) == pytest.approx(
        float(simply.errors["salah_eksklusi"])
    )
    poor = pd.Series(truth)
    received = poor.index.to_series().str[1:].astype(int).map(lambda i: i % 10 < 4 and i % 4 > 0)
    ee = found.errors["salah_eksklusi"]
    assert ee.low <= 1 - received[poor].mean() <= ee.high
    table = findings_table(found).set_index("ukuran")
    assert table.loc["salah_eksklusi", "selisih"] == pytest.approx(
        table.loc["salah_eksklusi", "register_saja"] - table.loc["salah_eksklusi", "cek_lapangan"]
    )
    assert np.isnan(table.loc["miskin", "register_saja"])


def test_reading_twice_adds_nothing_and_a_corrected_sheet_counts_last(check, truth):
    check.sample(seed=1)
    fill(check, truth)
    once = len(check.take_in())
    assert len(check.take_in()) == once
    fill(check, dict.fromkeys(truth, True))
    assert len(check.take_in()) > once
    assert check.verified()["miskin"].dropna().eq(1).all()


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("kunjungan", "entahlah", "bukan pilihan"),
        ("makanan_seminggu", "kira-kira 5rb", "bukan bilangan"),
        ("kunjungan", None, "kosong"),
    ],
)
def test_wrong_answers_are_named_and_nothing_is_kept(check, truth, column, value, told):
    check.sample(seed=1)
    fill(check, truth, lambda page, row, at: setattr(page.cell(row, at[column]), "value", value))
    with pytest.raises(InputFileError, match=told):
        check.take_in()
    with pytest.raises(UsageError, match="belum ada jawaban"):
        check.findings()


def test_an_unknown_case_and_a_foreign_workbook_are_refused(check, truth):
    check.sample(seed=1)
    fill(check, truth, lambda page, row, at: setattr(page.cell(row, 1), "value", "X-1"))
    with pytest.raises(InputFileError, match="tidak dikenal"):
        check.take_in()
    book = load_workbook(next(check.sheets.glob("*.xlsx")))
    book[SHEET].title = "Lain"
    book.save(next(check.sheets.glob("*.xlsx")))
    with pytest.raises(InputFileError, match="Cek lapangan tidak ada"):
        check.take_in()


def test_a_check_with_answers_keeps_its_sample(check, truth):
    check.sample(seed=1)
    fill(check, truth)
    check.take_in()
    with pytest.raises(UsageError, match="sudah ada jawabannya"):
        check.sample(seed=2)


def test_programmes_chosen_by_need_are_never_checked_by_desil(check, rulebook):
    for programme in ("pas12", "rumah_singgah", "kampung_sosial"):
        with pytest.raises(UsageError, match="tidak memilih menurut desil"):
            open_check(check.store, rulebook, check.folder, programme, "x")
    with pytest.raises(UsageError, match="tidak ada"):
        open_check(check.store, rulebook, check.folder, "pkh", "lain").findings()


def test_the_poverty_line_is_an_official_figure_with_date_and_source(check):
    line = check.line()
    assert (line.nilai, line.tanggal.year) == (LINE, 2024)
    assert "BPS" in line.sumber


def test_sheets_and_answers_are_the_offices_alone_and_say_so_on_every_page(check, truth):
    _, files = check.sample(seed=1)
    fill(check, truth)
    check.take_in()
    kept = [
        *files,
        *(check.folder / name for name in ("sampel.csv", "rancangan.csv", "jawaban.csv")),
    ]
    assert {path.stat().st_mode & 0o077 for path in kept} == {0}
    for path in files:
        book = load_workbook(path)
        assert "RAHASIA" in book[SHEET]["A2"].value
        assert all("RAHASIA" in page.oddFooter.center.text for page in book)
    assert not any("reports" in path.parts for path in files)


def test_locked_sheets_open_with_their_password_alone(check, monkeypatch):
    _, files = check.sample(seed=1, password="kunci-uji")
    assert all(not path.read_bytes().startswith(b"PK") for path in files)
    with pytest.raises(InputFileError):
        check.take_in()
    with pytest.raises(UsageError):  # read, and nobody has answered yet
        check.take_in(password="kunci-uji")


def test_a_new_sample_puts_filled_sheets_aside(check, truth):
    check.sample(seed=1)
    fill(check, truth)
    filled = {path.read_bytes() for path in check.sheets.glob("cek_*.xlsx")}
    check.sample(seed=2)
    assert {path.read_bytes() for path in check.sheets.glob("sebelumnya/*.xlsx")} == filled
