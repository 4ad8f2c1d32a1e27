"""The city against official figures, its dirt against the two fixed settings, read from the raw files as delivered."""

import io
import re

import msoffcrypto
import numpy as np
import pandas as pd
import pytest

from analysis.rosters import read_sheets
from analysis.settings import Workspace
from analysis.synthetic import write_city
from analysis.synthetic.calibration import calibration
from analysis.synthetic.offices import PASSWORD

# Source → (file name begins with, header of NIK, of birth date, of No KK), December.
LISTS = {
    "pkh": ("PKH_", "NIK", "TANGGAL LAHIR", "NO KK"),
    "sembako": ("Sembako", "NIK KTP", "TGL LAHIR", "NO KK"),
    "blts": ("BLTS", "NIK", "TANGGAL LAHIR", "NKK"),
    "pbi_jk": ("PBI_JK", "NIK", "TANGGAL LAHIR", "NOMOR KK"),
    "jkn_peserta": ("Kepesertaan", "NIK", "TGL_LAHIR", "NO_KK"),
    "ppks": ("PPKS", "NIK", "TANGGAL LAHIR", "NO KK"),
}
FIXED = {  # share of rows: NIK not 16 digits, birth date missing, KK missing, name altered, address stale
    "biasa": (0.068, 0.066, 0.16, 0.12, 0.08),
    "kotor": (0.23, 0.12, 0.16, 0.25, 0.15),
}


@pytest.fixture(scope="module", params=list(FIXED))
def city(request, tmp_path_factory, rulebook):
    workspace = Workspace(tmp_path_factory.mktemp(request.param))
    write_city(workspace, rulebook, families=5000, dirtiness=request.param)
    return request.param, workspace


def raw_rows(workspace: Workspace, source: str) -> pd.DataFrame:
    """A list as a third party reads it: the cells below its header, sheet beside them."""
    start, nik, born, card = LISTS[source]
    folder = workspace.raw("contoh", "2025-12")
    path = next(p for p in sorted(folder.iterdir()) if p.name.startswith(start))
    parts = []
    for sheet in read_sheets(path, PASSWORD):
        cells = sheet.cells.to_pandas()
        at = cells.index[(cells == nik).any(axis=1)][0]
        table = cells.loc[at + 1 :].set_axis(cells.loc[at].astype(str).str.strip(), axis=1)
        table = table.rename(columns={nik: "nik", born: "born", card: "card"})[["nik", "born", "card"]]  # fmt: skip
        parts.append(table[table.notna().sum(axis=1) > 0].assign(sheet=sheet.name))
    return pd.concat(parts)


def test_raw_files_hold_the_fixed_rates(city):
    dirtiness, workspace = city
    rows = pd.concat([raw_rows(workspace, source) for source in LISTS])
    digits = rows["nik"].fillna("").str.strip(" '")
    not_16, no_birth, no_card, *_ = FIXED[dirtiness]
    assert (~digits.str.fullmatch(r"\d{16}")).mean() == pytest.approx(not_16, abs=0.012)
    assert rows["born"].isna().mean() == pytest.approx(no_birth, abs=0.012)
    assert rows["card"].isna().mean() == pytest.approx(no_card, abs=0.012)


def test_excel_rounded_whole_sheets_about_a_twentieth_of_all_rows(city, rulebook):
    """Sheets in which most 16-digit NIK end in 0, as rows of all lists of both months."""
    _, workspace = city
    damaged = whole = 0
    for _source, (start, *_) in LISTS.items():
        for period in ("2025-11", "2025-12"):
            found = [
                p for p in workspace.raw("contoh", period).iterdir() if p.name.startswith(start)
            ]
            for sheet in (sheet for path in found for sheet in read_sheets(path, PASSWORD)):
                texts = np.concatenate([c.to_pylist() for c in sheet.cells.columns[1:]]).astype(str)
                numbers = [t for t in texts if re.fullmatch(r"32\d{14}|33\d{14}|31\d{14}", t)]
                niks = [t for t in numbers if int(t[6:8]) % 40 <= 31 and t[12] in "9"]
                rows = sheet.cells.num_rows
                whole += rows
                zero = sum(t.endswith("0") for t in niks) / max(len(niks), 1)
                damaged += rows if zero > 0.4 else 0
    assert damaged / whole == pytest.approx(0.05, abs=0.012)


def test_names_and_addresses_are_altered_at_the_fixed_rates(city):
    dirtiness, workspace = city
    folder = workspace.truth("contoh")
    planted, record = (pd.read_parquet(folder / f"truth_{name}.parquet") for name in ("planted", "record"))  # fmt: skip
    rows = record["source"].isin(LISTS).sum()
    counts = planted[planted["source"].isin(LISTS)]["kind"].value_counts()
    *_, name, address = FIXED[dirtiness]
    assert counts["nama_berubah"] / rows == pytest.approx(name, abs=0.012)
    assert counts["alamat_lama"] / rows == pytest.approx(address, abs=0.012)


def test_an_altered_name_is_written_otherwise(city):
    """What the truth calls altered is altered in the file, and nothing else is."""
    _, workspace = city
    folder = workspace.truth("contoh")
    planted, record, person = (pd.read_parquet(folder / f"truth_{n}.parquet") for n in ("planted", "record", "person"))  # fmt: skip
    path = next(p for p in workspace.raw("contoh", "2025-12").iterdir() if p.name.startswith("Kepesertaan"))  # fmt: skip
    cells = read_sheets(path)[0].cells.to_pandas()
    named = cells.iloc[2:].set_index("baris")["c003"]
    rows = record[record["source"] == "jkn_peserta"]
    at = rows["record_id"].str.rsplit(":", n=1).str[1].astype(int)
    true = person.set_index("person_id")["nama"].reindex(rows["person_id"]).to_numpy()
    differs = named.reindex(at).to_numpy() != true
    told = rows["record_id"].isin(planted[planted["kind"] == "nama_berubah"]["record_id"])
    assert (differs == told.to_numpy()).all()


def test_the_city_lies_within_published_ranges(city, rulebook, capsys):
    """Prints the table with its sources; what is assumed is listed, never passed off as known."""
    dirtiness, workspace = city
    if dirtiness != "biasa":
        pytest.skip("the dirt changes no figure of the city")
    lines, assumed = calibration(workspace.truth("contoh"), rulebook)
    with capsys.disabled():
        print()
        for line in lines:
            print(f"{line.label}: acuan {line.reference:g}, kota contoh {line.city:.4g} [{line.low:g}–{line.high:g}]; {line.source}")  # fmt: skip
        print("Anggapan:", "; ".join(assumed))
    assert [line.label for line in lines if not line.fits] == []
    assert len(assumed) >= 5
    assert all(line.source for line in lines)


def test_every_kind_of_file_is_there_and_one_is_locked(city):
    _, workspace = city
    files = [
        p for period in ("2025-11", "2025-12") for p in workspace.raw("contoh", period).iterdir()
    ]
    starts = {path.suffix: set() for path in files}
    for path in files:
        starts[path.suffix].add(path.read_bytes()[:4])
    assert b"<htm" in starts[".xls"]
    assert b"\xd0\xcf\x11\xe0" in starts[".xls"]
    assert {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"} <= starts[".xlsx"]
    assert b"PK\x03\x04" in starts[".ods"]
    locked = next(p for p in files if p.name.startswith("PPKS"))
    office = msoffcrypto.OfficeFile(io.BytesIO(locked.read_bytes()))
    assert office.is_encrypted()


def test_no_number_of_a_real_person_and_no_officials_name(city, rulebook):
    """Serials 9000–9999 in every long number of every file; no name of an official in force."""
    _, workspace = city
    officials = {"AYEP ZAKI", "BOBBY MAULANA", "EEN RUKMINI", "NONENG KOMARA"}
    for period in ("2025-11", "2025-12"):
        for path in workspace.raw("contoh", period).iterdir():
            if path.suffix == ".toml":
                continue
            for sheet in read_sheets(path, PASSWORD):
                texts = "\n".join(str(c) for col in sheet.cells.columns[1:] for c in col.to_pylist() if c)  # fmt: skip
                numbers = re.findall(r"(?<!\d)\d{16}(?!\d)", texts)
                assert all(number[12] == "9" for number in numbers), path.name
                assert not [name for name in officials if name in texts.upper()]


def test_truth_plants_a_case_for_every_measure(city):
    _, workspace = city
    counts = pd.read_parquet(workspace.truth("contoh") / "truth_count.parquet")
    kinds = set(counts["kind"].str.replace(r":-?\d+$", "", regex=True))
    wanted = {
        "nik_kepala", "nik_karangan", "nik_kk", "nik_berdua", "nik_bukan_16", "nik_rusak_excel", "tgl_tertukar", "tgl_0101",
        "kembar", "senama_sekeluarga", "ganda_orang", "ganda_keluarga", "meninggal", "pindah_keluar", "rekening_bersama",
        "pbi_nonaktif_desil_1_5", "lompat_desil", "jkn_ganda", "terlewat", "di_atas_batas:pkh", "di_atas_batas_saat_sk:pkh",
        "baru:pkh", "keluar:pkh", "baru:pbi_jk", "keluar:pbi_jk", "selisih_sp2d", "selisih_sk", "wafat", "lahir", "kk_baru",
    }  # fmt: skip
    assert wanted <= kinds
