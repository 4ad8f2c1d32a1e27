"""`selaras resolve` on public sets it was never tuned to, and on files as they come."""

import pandas as pd
import pytest
from layouts import FAKE, FEBRL
from linkage_truth import pairwise
from workspace import Office


@pytest.fixture
def office(tmp_path):
    return Office.furnished(tmp_path / "kantor")


def resolved(office, layout, *files):
    (office.root / "l.toml").write_text(layout)
    said = office.selaras("resolve", "--layout", "l.toml", *map(str, files), "--out", "o.parquet")
    assert said.code == 0, said.err
    return pd.read_parquet(office.root / "o.parquet")


def f1(found, truth):
    joined = found.merge(truth, on="record")
    assert len(joined) == len(truth)
    return pairwise(joined["truth"], joined["person_id"])[2]


def fake(shared_data):
    return pd.read_csv(shared_data / "fake_1000.csv", dtype=str)


def test_fake_1000_beats_an_oracle_threshold_of_splink(office, shared_data):
    rows = fake(shared_data).rename(columns={"unique_id": "record", "cluster": "truth"})
    found = resolved(office, FAKE, shared_data / "fake_1000.csv")
    assert f1(found, rows[["record", "truth"]]) >= 0.93


def test_rows_in_another_order_are_the_same_persons(office, shared_data):
    rows = fake(shared_data)
    found = []
    for seed in (1, 2):
        rows.sample(frac=1, random_state=seed).to_csv(office.root / "a.csv", index=False)
        found.append(resolved(office, FAKE, "a.csv").set_index("record").sort_index())
    pd.testing.assert_frame_equal(*found)


def febrl_truth(shared_data, *names):
    rows = [pd.read_csv(shared_data / name, dtype=str, skipinitialspace=True) for name in names]
    record = pd.concat(rows, ignore_index=True)["rec_id"]
    return pd.DataFrame({"record": record, "truth": record.str.extract(r"rec-(\d+)")[0]})


def test_febrl3(office, shared_data):
    found = resolved(office, FEBRL, shared_data / "febrl3.csv")
    assert f1(found, febrl_truth(shared_data, "febrl3.csv")) >= 0.985


@pytest.mark.slow
def test_febrl4_two_files(office, shared_data):
    files = ("febrl4a.csv", "febrl4b.csv")
    found = resolved(office, FEBRL, *(shared_data / name for name in files))
    assert f1(found, febrl_truth(shared_data, *files)) >= 0.998


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
