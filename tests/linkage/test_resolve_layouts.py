"""`selaras resolve`: a layout as people write it, and what is said of a wrong one."""

from pathlib import Path

import pytest
from layouts import FAKE
from resolving import resolved

SHORT_OF_NIK = 'identifier = "nik"\n[fields]\nnama = "name"\nlahir = "date"\n'


def test_the_guide_shows_a_layout_that_works(office):
    """PANDUAN's own example, and two files headed as it says."""
    guide = (Path(__file__).resolve().parents[2] / "docs" / "PANDUAN.md").read_text()
    layout = guide.split("### Memadankan daftar lain")[1].split("```toml\n")[1].split("```")[0]
    (office.root / "a.csv").write_text("nomor,Nama Lengkap,TGL LAHIR,nama ibu\n1,Ani Wati,05/03/1980,Siti Umi\n")  # fmt: skip
    (office.root / "b.csv").write_text("nomor,nama lengkap,tanggal_lahir,ibu depan,ibu belakang\n2,ANI WATI,1980-03-05,Siti,Umi\n")  # fmt: skip
    assert resolved(office, layout, "a.csv", "b.csv")["person_id"].nunique() == 1


def test_a_layout_as_people_write_it(office):
    """Headers as they stand, a kind alone, a date and a name from parts, a NIK without a profile."""
    (office.root / "a.csv").write_text("NIK KTP;Nama Depan;Nama Belakang;THN;BLN;TGL\n3272014503809001;Siti;Aminah;1980;3;5\n")  # fmt: skip
    (office.root / "b.csv").write_text("姓名,Tanggal Lahir\nSiti Aminah,5 Maret 1980\nBudi Hartono,7 Juli 1971\n")  # fmt: skip
    layout = """identifier = "none"
[fields]
nama = { kind = "name", columns = ["姓名", ["Nama Depan", "Nama Belakang"]] }
"Tanggal Lahir" = { kind = "date", columns = [["THN", "BLN", "TGL"]] }
"""
    found = resolved(office, layout, "a.csv", "b.csv")["person_id"].tolist()
    assert found[0] == found[1] != found[2]
    nik = 'identifier = "nik"\n[fields]\n"NIK KTP" = "identifier"\n"Nama Depan" = "name"\n'
    assert len(resolved(office, nik, "a.csv")) == 1


@pytest.mark.parametrize(
    ("layout", "code", "told"),
    [
        (SHORT_OF_NIK, 4, 'kind = "identifier"'),
        (FAKE.replace('"date"', '"day"'), 4, "fields.dob.kind: must be one of"),
        (FAKE.replace("[fields]", 'alasan = "x"\n[fields]'), 4, "alasan"),
    ],
)
def test_a_wrong_layout_is_told_in_english_too(office, layout, code, told):
    (office.root / "a.csv").write_text("nama,lahir\nAni,1980-01-02\n")
    (office.root / "l.toml").write_text(layout)
    said = office.selaras("resolve", "--layout", "l.toml", "a.csv", "--out", "o.parquet", "--lang", "en")  # fmt: skip
    assert said.code == code
    assert told in said.err
    assert "harus" not in said.err


def test_a_field_in_no_file_is_named(office):
    (office.root / "a.csv").write_text("nama,lahir\nAni,1980-01-02\n")
    (office.root / "l.toml").write_text('identifier = "none"\n[fields]\nnama = "name"\nlahri = "date"\n')  # fmt: skip
    said = office.selaras("resolve", "--layout", "l.toml", "a.csv", "--out", "o.parquet")
    assert said.code == 0
    assert "lahri" in said.out
