"""Spec: two-row headers, unknown files proposed from headers and values, tables of years, names of areas."""

import pandas as pd
import pytest
from rosterkit import cleaned, workbook

from analysis.engine import Engine
from analysis.errors import InputFileError
from analysis.rosters import as_toml, check_series, propose, read_sheets, series_table
from analysis.rosters.spelling import match_names

NIK, KK = "3272010503809001", "3272010101159001"


def test_a_header_of_two_rows_is_read_as_one(tmp_path, rulebook):
    rows = [
        ["DAFTAR PENERIMA PKH"], [],
        ["NO", "IDENTITAS", None, "NAMA", "ALAMAT", None, None, "NOMINAL"],
        [None, "NIK", "NO KK", None, "RT", "RW", "KELURAHAN", None],
        [1, NIK, KK, "SARI", "001", "002", "Cikole", 600000],
    ]  # fmt: skip
    workbook(tmp_path / "pkh.xlsx", {"Sheet1": rows})
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows(
            "SELECT nik, no_kk, nama, rt, rw, kode_wilayah, manfaat_rp, baris FROM core_records"
        ) == [(NIK, KK, "SARI", "001", "002", "32.72.02.1001", 600000, 5)]
        assert engine.rows("SELECT baris, check_code FROM core_findings WHERE disposisi = 'dikeluarkan' ORDER BY baris") == [
            (1, "B01"), (2, "B03"), (3, "B01"), (4, "B02"),
        ]  # fmt: skip


def test_the_first_row_of_data_is_no_second_header(tmp_path, rulebook):
    rows = [
        ["PKH"],
        ["NIK", "NAMA", "KELURAHAN"],
        [NIK, "SARI", None],
        ["3272010503809002", "BUDI", "Cikole"],
    ]
    workbook(tmp_path / "pkh.xlsx", {"Sheet1": rows})
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT baris FROM core_records ORDER BY baris") == [(3,), (4,)]


def test_the_row_that_numbers_the_columns_is_nobody(tmp_path, rulebook):
    rows = [
        ["PKH"],
        ["NIK", "NAMA", "KELURAHAN"],
        ["(1)", "(2)", "(3)"],
        [NIK, "SARI", "Cikole"],
        [None, "2", "Cikole"],
    ]
    workbook(tmp_path / "pkh.xlsx", {"Sheet1": rows})
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT baris FROM core_records ORDER BY baris") == [(4,), (5,)]
        assert ("B07",) in engine.rows("SELECT check_code FROM core_findings WHERE baris = 3")


UNKNOWN = ["No", "Identitas", "Kartu", "Siapa", "Lahir", "Tempat", "Wil", "L/P", "Rp", "Ket"]
MEANT = {
    "Identitas": "nik", "Kartu": "no_kk", "Siapa": "nama", "Lahir": "tgl_lahir", "Tempat": "alamat", "Wil": "kelurahan",
    "L/P": "jenis_kelamin", "Rp": "manfaat_rp", "No": None, "Ket": None,
}  # fmt: skip


def unknown_rows(n=40):
    people = ["UJANG SUHERMAN", "NENENG KURNIASIH", "ASEP SUNANDAR", "SITI MAEMUNAH"]
    return [["BANTUAN BERAS 2025"], [], UNKNOWN] + [
        [
            i + 1, f"3272010503{50 + i % 40:02d}{9000 + i}", f"327201010115{9000 + i // 2}", f"{people[i % 4]} {chr(65 + i % 26)}{chr(65 + i // 26)}",
            f"05/03/19{50 + i % 40}", f"Jl. Mawar No. {i}", ["Cikole", "Selabatu", "Gunungparang"][i % 3], "LP"[i % 2], "300.000", None,
        ]
        for i in range(n)
    ]  # fmt: skip


@pytest.fixture
def proposal(tmp_path, rulebook):
    path = workbook(tmp_path / "bantuan.xlsx", {"Data": unknown_rows()})
    sheet = read_sheets(path)[0]
    with Engine() as engine:
        return propose(engine, rulebook, path.name, sheet.name, sheet.cells)


def test_columns_are_placed_by_what_they_hold(proposal):
    assert proposal.header_row == 3
    assert {c.header: c.field for c in proposal.columns} == MEANT
    assert proposal.unplaced == ["No", "Ket"]
    assert {c.basis for c in proposal.columns if c.header == "L/P"} == {"judul"}


def test_a_proposal_holds_no_value_of_a_row(proposal):
    text = repr(proposal) + as_toml(proposal, "beras", None, "penerima", "Beras", ["BERAS"])
    for row in unknown_rows()[3:]:
        assert not [cell for cell in row[1:6] if cell in text]


def test_a_confirmed_proposal_reads_the_file(tmp_path, rulebook, proposal):
    from analysis.policy import load_rulebook

    (tmp_path / "aturan/layouts").mkdir(parents=True)
    text = as_toml(proposal, "beras", "pkh", "penerima", "Beras", ["BANTUAN BERAS"])
    (tmp_path / "aturan/layouts/beras.toml").write_text(text)
    folder = tmp_path / "raw"
    folder.mkdir()
    workbook(folder / "bantuan.xlsx", {"Data": unknown_rows()})
    with cleaned(folder, load_rulebook([tmp_path / "aturan"])) as engine:
        assert (
            engine.one(
                "SELECT count(*) FROM core_records WHERE nik IS NOT NULL AND source = 'beras'"
            )
            == 40
        )


def test_a_header_that_its_cells_contradict_is_not_believed(tmp_path, rulebook):
    rows = [
        ["NIK", "TANGGAL LAHIR"],
        *([f"05/03/19{50 + i}", f"3272010503{50 + i}{9000 + i}"] for i in range(30)),
    ]
    sheet = read_sheets(workbook(tmp_path / "x.xlsx", {"a": rows}))[0]
    with Engine() as engine:
        found = propose(engine, rulebook, "x.xlsx", "a", sheet.cells)
    assert {c.header: (c.field, c.basis) for c in found.columns} == {
        "NIK": ("tgl_lahir", "isi"), "TANGGAL LAHIR": ("nik", "isi"),
    }  # fmt: skip


def test_the_published_series_of_pkh_names_its_broken_cells(shared_data, rulebook):
    """Open Data Jabar 20731: lost zeros from 2017 on, labels permuted in 2022 and 2023."""
    sheet = read_sheets(shared_data / "pkh_jabar_od_20731.csv")[0]
    found = check_series(series_table(sheet.cells, rulebook), rulebook.reading.deret)
    zeros = {(f.wilayah, f.tahun) for f in found if f.jenis == "nol_hilang"}
    assert zeros >= {
        ("KABUPATEN BANDUNG", 2017), ("KABUPATEN SUBANG", 2018), ("KOTA BANJAR", 2018), ("KABUPATEN KUNINGAN", 2019),
        ("KOTA CIREBON", 2019), ("KABUPATEN BANDUNG BARAT", 2019), ("KABUPATEN BANDUNG BARAT", 2020), ("KABUPATEN CIANJUR", 2021),
        ("KABUPATEN GARUT", 2021), ("KABUPATEN TASIKMALAYA", 2021), ("KABUPATEN CIAMIS", 2021), ("KABUPATEN KARAWANG", 2021),
    }  # fmt: skip
    assert {f.tahun for f in found if f.jenis == "label_tertukar" and not f.wilayah} == {2022, 2023}
    permuted = {(f.wilayah, f.tahun) for f in found if f.jenis == "label_tertukar"}
    assert {
        ("KOTA SUKABUMI", 2022),
        ("KABUPATEN SUKABUMI", 2022),
        ("KOTA BANJAR", 2023),
    } <= permuted
    assert not [f for f in found if f.tahun == 2024]
    assert all(f.bukti for f in found)


def test_a_sound_series_has_no_finding(rulebook):
    table = pd.DataFrame(
        [(area, year, base * 1.03 ** (year - 2018)) for area, base in (("A", 5000), ("B", 52000), ("C", 9000)) for year in range(2018, 2025)],
        columns=["wilayah", "tahun", "nilai"],
    )  # fmt: skip
    assert check_series(table, rulebook.reading.deret) == []
    table.loc[3, "nilai"] *= 4
    assert [(f.jenis, f.wilayah, f.tahun) for f in check_series(table, rulebook.reading.deret)] == [
        ("loncatan", "A", 2021)
    ]


def test_official_spellings_are_matched_to_their_siblings(shared_data, rulebook):
    """422 codes with two official spellings: at least 85 % found, none wrong but names that are a sibling's own."""
    pairs = pd.read_csv(shared_data / "area_spelling_pairs.csv", dtype="str")
    pairs["parent"] = pairs["kode"].str.rsplit(".", n=1).str[0]
    with Engine() as engine:
        engine.register(
            "_candidates",
            pairs.rename(columns={"nama_cahyadsn": "nama"})[["parent", "nama", "kode"]],
        )
        engine.register(
            "_given", pairs.rename(columns={"nama_idn_area_data": "nama"})[["parent", "nama"]]
        )
        match_names(engine, rulebook, "found")
        found = engine.frame("SELECT parent, nama AS nama_idn_area_data, kode AS got FROM found")
    both = pairs.merge(found, on=["parent", "nama_idn_area_data"], how="left")
    assert (both["got"] == both["kode"]).mean() >= 0.85
    wrong = both[both["got"].notna() & (both["got"] != both["kode"])]
    siblings = set(zip(pairs["kode"], pairs["nama_cahyadsn"].str.lower(), strict=True))
    assert all((w.got, w.nama_idn_area_data.lower()) in siblings for w in wrong.itertuples())


def test_a_locked_workbook_asks_for_its_password(tmp_path, rulebook):
    import io

    from msoffcrypto.format.ooxml import OOXMLFile

    plain = workbook(
        tmp_path / "terbuka.xlsx", {"a": [["PKH"], ["NIK", "NAMA"], [NIK, "SARI"]]}
    ).read_bytes()
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt("rahasia", locked)
    path = tmp_path / "pkh.xlsx"
    path.write_bytes(locked.getvalue())
    with pytest.raises(InputFileError) as asked:
        read_sheets(path)
    assert asked.value.key == "password_needed"
    with pytest.raises(InputFileError) as wrong:
        read_sheets(path, "salah")
    assert wrong.value.key == "password_wrong"
    assert read_sheets(path, "rahasia")[0].cells.num_rows == 3
