"""`selaras resolve` on files as they come."""

import pandas as pd
import pytest
from layouts import FAKE
from resolving import resolved

NIK = """
identifier = "nik"
profile = "id"
record = "no"
[fields]
nik = { kind = "identifier", columns = ["NIK KTP"] }
nama = { kind = "name", columns = ["NAMA PENERIMA"] }
tgl_lahir = { kind = "date" }
kode_wilayah = { kind = "code" }
"""


def test_lists_with_a_nik_in_csv_and_parquet(office):
    (office.root / "a.csv").write_text(
        "no,NIK KTP,NAMA PENERIMA,tgl_lahir\na1,3272014503809001,Hj. Siti Aminah,05/03/1980\n"
        "a2,3272010503609001,ASEP,05/03/1960\n"
    )
    pd.DataFrame({"no": ["b1"], "nik": ["3272014503809001"], "nama": ["SITI AMINAH"]}).to_parquet(office.root / "b.parquet")  # fmt: skip
    found = resolved(office, NIK, "a.csv", "b.parquet").set_index("record")
    assert found.loc["a1", "person_id"] == found.loc["b1", "person_id"]
    assert found.loc["a2", "person_id"] != found.loc["b1", "person_id"]
    assert found["peluang"].between(0.5, 1).all()


@pytest.mark.parametrize(
    ("files", "layout", "code"),
    [
        (("hilang.csv",), FAKE, 3),
        (("lain.txt",), FAKE, 3),
        (("asing.csv",), FAKE, 3),
        (("asing.csv",), FAKE.replace("none", "angka"), 4),
        (("asing.csv",), FAKE.replace('"date"', '"tanggal"'), 4),
    ],
)
def test_what_cannot_be_resolved_says_why(office, files, layout, code):
    (office.root / "lain.txt").write_text("x")
    (office.root / "asing.csv").write_text("satu,dua\n1,2\n")
    (office.root / "l.toml").write_text(layout)
    said = office.selaras("resolve", "--layout", "l.toml", *files, "--out", "o.parquet")
    assert (said.code, "Traceback" in said.err) == (code, False)
    assert not (office.root / "o.parquet").exists()


@pytest.mark.parametrize("rows", [0, 1, 40])
def test_lists_that_teach_nothing(office, rows):
    """No row, one row, and one row many times."""
    (office.root / "a.csv").write_text("nama,lahir\n" + "Ani,1980-01-02\n" * rows)
    found = resolved(office, 'identifier = "none"\n[fields]\nnama = {kind = "name"}\nlahir = {kind = "date"}\n', "a.csv")  # fmt: skip
    assert len(found) == rows


SHORT = 'identifier = "none"\n[fields]\nnama = {kind = "name"}\nlahir = {kind = "date"}\nkota = {kind = "text"}\n'


CELLS = "nama{0}lahir{0}kota\nJosé Álvarez{0}05/03/1980{0}Bogor\nJose Alvarez{0}5.3.1980{0}NA\nMax Müller{0}NULL{0}Depok\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", CELLS.format(";").encode("cp1252")),
        ("a.csv", CELLS.format(",").encode("utf-8-sig")),
        ("a.tsv", CELLS.format("\t").encode("utf-16")),
        ("a.csv", (CELLS.format(",") + "\nAni,1990-01-01\n").encode()),
    ],
)
def test_files_as_they_come(office, name, content):
    """Any separator, any usual encoding, a row too short: read, and two notes of one date are one person."""
    (office.root / name).write_bytes(content)
    found = resolved(office, SHORT, name).set_index("record")["person_id"]
    assert found["1"] == found["2"] != found["3"]


def test_a_workbook_and_two_files_of_one_name(office):
    rows = pd.DataFrame({"nama": ["Ani Wati", "Budi"], "lahir": pd.to_datetime(["1980-03-05", "1970-01-02"]), "kota": "Bogor"})  # fmt: skip
    for month in ("jan", "feb"):
        (office.root / month).mkdir()
        rows.to_excel(office.root / month / "a.xlsx", index=False)
    found = resolved(office, SHORT, "jan/a.xlsx", "feb/a.xlsx")
    assert found["source"].tolist() == ["feb/a.xlsx"] * 2 + ["jan/a.xlsx"] * 2
    assert found["person_id"].nunique() == 2


def test_a_file_named_twice_is_refused(office):
    (office.root / "a.csv").write_text(CELLS.format(","))
    (office.root / "l.toml").write_text(SHORT)
    said = office.selaras("resolve", "--layout", "l.toml", "a.csv", "./a.csv", "--out", "o.parquet")
    assert said.code == 3
    assert "a.csv" in said.err
