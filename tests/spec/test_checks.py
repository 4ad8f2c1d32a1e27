"""Spec: one planted case a check, found on its row alone; what cannot be checked says so."""

import pytest
from rosterkit import cleaned, workbook

HEADER = [
    "NIK", "NO KK", "NAMA", "TGL LAHIR", "JENIS KELAMIN", "KELURAHAN", "KECAMATAN", "KAB/KOTA", "KOMPONEN", "NOMINAL", "STATUS",
]  # fmt: skip
FINE = [
    "3272010503809001", "3272010101159001", "SARI", "05-03-1980", "L", "Cikole", "Cikole", "KOTA SUKABUMI", "ANAK SD",
    "225000", "SUKSES SPM",
]  # fmt: skip


def row(**changed):
    given = dict(zip(HEADER, FINE, strict=True)) | changed
    return [given[name] for name in HEADER]


def other(serial, **changed):
    """Another person of another family."""
    return row(
        NIK=f"327201050380{serial}",
        **{"NO KK": f"327201010115{serial}", "NAMA": f"ORANG {_WORDS[serial]}"} | changed,
    )


_WORDS = {"9002": "DUA", "9003": "TIGA", "9004": "EMPAT", "9005": "LIMA"}

# check code → (rows under the header, rows that must bear the finding); the first data row is row 4.
CASES = {
    "C01": ([row(NIK="327201050380")], {4}),
    "C01K": ([row(NIK="")], {4}),
    "C01M": ([row(NIK="3272********9001")], {4}),
    "C02": ([row(**{"TGL LAHIR": "06-03-1980"})], {4}),
    "C02J": ([row(**{"JENIS KELAMIN": "P"})], {4}),
    "C03": ([row(), other("9002"), row()], {4, 6}),
    "C04": ([row(), other("9002"), row(NAMA="BUDIMAN")], {4, 6}),
    "C05": ([row(), other("9002", NAMA="SARIE")], {4, 5}),
    "C06": ([row(**{"NO KK": "12"})], {4}),
    "C06K": ([row(**{"NO KK": ""})], {4}),
    "C06N": ([row(**{"NO KK": "3272010503809001"})], {4}),
    "C07": ([row(), other("9002", **{"NO KK": FINE[1]}), other("9003")], {4, 5}),
    "C10": ([row(**{"KAB/KOTA": "KABUPATEN SUKABUMI"})], {4}),
    "C20": ([row(STATUS="TIDAK TRANSAKSI")], {4}),
    "C21": ([row(), other("9002", KOMPONEN="")], {5}),
    "A01": ([row(KELURAHAN="Antah Berantah")], {4}),
    "A02": ([row(KELURAHAN="")], {4}),
    "A03": ([row(KELURAHAN="Cisarue")], {4}),
    "D01": ([row(**{"TGL LAHIR": "31/02/1980"})], {4}),
    "D03": ([row(NIK="3272010101809001", **{"TGL LAHIR": "01-01-1980"})], {4}),
    "P03": ([row(NOMINAL="seratus")], {4}),
    "P06": ([row(STATUS="GAGAL BUREKOL")], {4}),
}
REFERENCES = {
    "C09": ("DAFTAR MENINGGAL", "meninggal"),
    "C10P": ("DAFTAR PINDAH KELUAR", "pindah"),
    "C11": ("DAFTAR ASN KOTA", "asn"),
    "C13": ("DAFTAR PENGURUS PERUSAHAAN", "perusahaan"),
    "C14": ("DAFTAR TKSK", "sdm_kesos"),
    "C17": ("DAFTAR DINONAKTIFKAN", "nonaktif"),
    "C18": ("DAFTAR GRADUASI", "graduasi"),
    "C19": ("DAFTAR PENYALAHGUNAAN", "penyalahgunaan"),
}


def pkh_rows(folder, rows):
    return workbook(folder / "pkh.xlsx", {"Cikole": [["DAFTAR PENERIMA PKH"], [], HEADER, *rows]})


def found(engine, code):
    return {
        baris
        for (baris,) in engine.rows(
            "SELECT baris FROM core_findings WHERE check_code = $code", code=code
        )
    }


@pytest.mark.parametrize("code", CASES)
def test_a_planted_case_is_found_on_its_rows_alone(tmp_path, rulebook, code):
    rows, where = CASES[code]
    pkh_rows(tmp_path, [*rows, other("9005")])
    with cleaned(tmp_path, rulebook) as engine:
        assert found(engine, code) == where
        assert engine.one(
            "SELECT n_baris FROM core_checks WHERE check_code = $code", code=code
        ) == len(where)


def test_a_sound_row_has_no_finding(tmp_path, rulebook):
    pkh_rows(tmp_path, [row()])
    with cleaned(tmp_path, rulebook) as engine:
        assert (
            engine.rows("SELECT check_code FROM core_findings WHERE disposisi = 'disimpan'") == []
        )


@pytest.mark.parametrize("code", REFERENCES)
def test_a_reference_list_names_a_recipient(tmp_path, rulebook, code):
    title, kind = REFERENCES[code]
    pkh_rows(tmp_path, [row(), other("9002")])
    workbook(
        tmp_path / "rujukan.xlsx",
        {"Sheet1": [[title], ["NIK", "NAMA"], [FINE[0], "SARI"], ["12", "BUDI"]]},
    )
    with cleaned(tmp_path, rulebook) as engine:
        assert found(engine, code) == {4}
        assert engine.rows("SELECT DISTINCT jenis FROM core_references") == [(kind,)]
        assert found(engine, "R01") == {4}  # the reference row whose NIK is no NIK
        assert engine.one("SELECT count(*) FROM core_records WHERE berkas = 'rujukan.xlsx'") == 0
        assert engine.one(
            "SELECT bool_and(baris_dibaca = baris_disimpan + baris_dikeluarkan) FROM core_files"
        )


def test_a_member_of_the_family_card_is_employed(tmp_path, rulebook):
    pkh_rows(tmp_path, [row(), other("9002", **{"NO KK": FINE[1]}), other("9003")])
    workbook(
        tmp_path / "rujukan.xlsx", {"Sheet1": [["DAFTAR ASN"], ["NIK", "NAMA"], [FINE[0], "SARI"]]}
    )
    with cleaned(tmp_path, rulebook) as engine:
        assert found(engine, "C12") == {5}


def test_without_a_reference_list_nothing_is_said_to_be_zero(tmp_path, rulebook):
    pkh_rows(tmp_path, [row()])
    with cleaned(tmp_path, rulebook) as engine:
        told = {
            code: (status, count)
            for code, status, count in engine.rows(
                "SELECT check_code, status, n_baris FROM core_checks"
            )
        }
    for code in (*REFERENCES, "C12"):
        assert told[code] == ("tidak_dapat_diperiksa", None)
    for code in ("C08", "C15", "C16", "C22"):
        assert told[code] == ("setelah_pemadanan", None)
    assert told["C01"] == ("diperiksa", 0)


def test_family_checks_only_speak_of_programmes_for_families(tmp_path, rulebook):
    """PBI-JK is given to persons: two in one family card are no lead."""
    header = ["NIK", "NO KK", "NAMA", "KELURAHAN"]
    rows = [[FINE[0], FINE[1], "SARI", "Cikole"], ["3272010503809002", FINE[1], "BUDI", "Cikole"]]
    workbook(tmp_path / "pbi.xlsx", {"Sheet1": [["DAFTAR PESERTA PBI-JK"], header, *rows]})
    with cleaned(tmp_path, rulebook) as engine:
        assert found(engine, "C07") == set()


def test_a_masked_number_keeps_what_it_shows(tmp_path, rulebook):
    pkh_rows(tmp_path, [row(NIK="3272********9001")])
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT nik, nik_pola FROM core_records") == [(None, "3272________9001")]


def test_the_finding_proposes_a_kelurahan_and_holds_no_value(tmp_path, rulebook):
    pkh_rows(tmp_path, [row(KELURAHAN="Cisarue")])
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT usulan FROM core_findings WHERE check_code = 'A03'") == [
            ("32.72.02.1005",)
        ]
        assert engine.one("SELECT kode_wilayah FROM core_records") == "32.72.02.1005"


def test_a_bps_code_and_another_regency(tmp_path, rulebook):
    header = ["NIK", "NAMA", "KELURAHAN", "KODE WILAYAH"]
    rows = [
        [FINE[0], "SARI", "Baros", "3272010009"],
        ["3272010503809002", "BUDI", "Cisarua", "32.02.10.2001"],
    ]
    workbook(tmp_path / "pkh.xlsx", {"Sheet1": [["PKH"], header, *rows]})
    with cleaned(tmp_path, rulebook) as engine:
        assert engine.rows("SELECT kode_wilayah FROM core_records ORDER BY baris") == [
            ("32.72.05.1001",),
            (None,),
        ]
        assert found(engine, "C10") == {4}


def test_every_check_has_a_case_here(rulebook):
    elsewhere = {
        "C01E",
        "C08",
        "C12",
        "C15",
        "C16",
        "C22",
        "D02",
        "N01",
        "P01",
        "P02",
        "P04",
        "P05",
        "R01",
    }
    elsewhere |= {code for code in rulebook.checks if code.startswith("B")}
    assert set(rulebook.checks) == set(CASES) | set(REFERENCES) | elsewhere


LOG_HEADER = [
    "NO",
    "TANGGAL",
    "KELURAHAN",
    "NAMA PENERIMA",
    "NIK",
    "KELOMPOK",
    "NOMINAL",
    "SUMBER DANA",
]
LOG_FINE = [1, "2025-10-05", "Cikole", "SARI", FINE[0], "Lansia Terlantar", "1000000", "Zakat"]
REGISTER_HEADER = ["NO KK", "NAMA KEPALA KELUARGA", "NIK KEPALA KELUARGA", "KELURAHAN", "DESIL"]
OTHER_CASES = {
    "D02": ("LOG 12 PAS", LOG_HEADER, LOG_FINE, {"TANGGAL": "entah"}),
    "P04": ("LOG 12 PAS", LOG_HEADER, LOG_FINE, {"KELOMPOK": "penari"}),
    "P05": ("LOG 12 PAS", LOG_HEADER, LOG_FINE, {"SUMBER DANA": "warisan"}),
    "P01": (
        "DTSEN KELUARGA",
        REGISTER_HEADER,
        [FINE[1], "SARI", FINE[0], "Cikole", "3"],
        {"DESIL": "tinggi"},
    ),
    "P02": (
        "DTSEN KELUARGA",
        REGISTER_HEADER,
        [FINE[1], "SARI", FINE[0], "Cikole", "3"],
        {"DESIL": None},
    ),
    "N01": ("DAFTAR PENERIMA PKH", HEADER, FINE, {"NAMA": None}),
}


@pytest.mark.parametrize("code", OTHER_CASES)
def test_a_planted_case_of_a_log_or_register(tmp_path, rulebook, code):
    title, header, fine, changed = OTHER_CASES[code]
    broken = [changed.get(name, value) for name, value in zip(header, fine, strict=True)]
    workbook(tmp_path / "daftar.xlsx", {"Sheet1": [[title], header, broken, fine]})
    with cleaned(tmp_path, rulebook) as engine:
        assert found(engine, code) == {3}
