"""`selaras resolve` on public sets it was never tuned to, and on files as they come."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from layouts import FAKE, FEBRL, PERSON, generic
from linkage_truth import pairwise
from strangers import Dirt, People
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


SHORT_OF_NIK = 'identifier = "nik"\n[fields]\nnama = "name"\nlahir = "date"\n'
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


def joined(office, fields, *lists, identifier="none", more=""):
    """Lists as CSV, and whose each row is (`truth`) and is found to be (`person_id`)."""
    names, truth = [], []
    for place, rows in enumerate(lists):
        rows = rows.assign(row=[f"{place}-{i}" for i in range(len(rows))])
        truth.append(rows[["row", "truth"]].set_axis(["record", "truth"], axis=1))
        names.append(f"list{place}.csv")
        rows.drop(columns="truth").to_csv(office.root / names[-1], index=False)
    layout = generic(identifier, "row", **fields).replace("[fields]", f"{more}[fields]")
    found = resolved(office, layout, *names)
    return found.merge(pd.concat(truth), on="record", validate="1:1")


def made(office, fields, *lists, **more):
    """F1 of the pairs found in lists."""
    found = joined(office, fields, *lists, **more)
    return pairwise(found["truth"], found["person_id"])[2]


def test_people_of_one_house_are_not_one_person(office):
    """Name, door and telephone shared by households: Splink's EM took houses for persons (F1 .27)."""
    people = People(1500, 3)
    repeat = people.random.choice([1, 2, 3], 1500, p=[0.5, 0.35, 0.15])
    rows = people.rows(np.repeat(np.arange(1500), repeat), Dirt())
    assert made(office, PERSON, rows) >= 0.97


def test_full_names_in_one_column(office):
    """A slip in each word, names turned round, members of one house: .93 when compared as one text."""
    people = People(1500, 3)
    rows = people.rows(np.repeat(np.arange(1500), people.random.choice([1, 2, 3], 1500)), Dirt())
    names = rows[["given", "middle", "family"]].fillna("").agg(" ".join, axis=1)
    rows["nama"] = names.str.split().str.join(" ")
    fields = {"nama": "name", "born": "date", "city": "text"}
    assert made(office, fields, rows) >= 0.95


def test_full_names_with_the_last_name_first(office):
    """Two of five rows written the other way round: three words in other places parted them (F1 .73)."""
    people = People(1000, 21)
    rows = people.rows(np.repeat(np.arange(1000), 2), Dirt())
    turned = people.random.random(len(rows)) < 0.4
    usual, other = ("given", "middle", "family"), ("family", "given", "middle")
    names = [rows[[*order]].fillna("").agg(" ".join, axis=1) for order in (usual, other)]
    rows["nama"] = np.where(turned, names[1], names[0])
    rows["nama"] = rows["nama"].str.split().str.join(" ")
    assert made(office, {"nama": "name", "born": "date", "phone": "contact"}, rows) >= 0.92


def test_twins_of_a_large_list_are_not_doubles_of_a_small_one(office):
    """A register in which nobody stands twice, and a short list: twins are its only likely pairs (precision .46)."""
    people = People(6000, 22)
    people.table.loc[4::40, ["family", "born"]] = people.table.loc[3::40, ["family", "born"]].to_numpy()  # fmt: skip
    lists = people.rows(np.arange(6000)), people.rows(np.arange(5900, 6000), Dirt(married=0))
    fields = {name: PERSON[name] for name in ("given", "family", "born")}
    found = joined(office, fields, *lists)
    assert pairwise(found["truth"], found["person_id"])[0] >= 0.8


def test_fields_that_say_nothing(office):
    """Ten columns of noise beside names, city and telephone: nobody was found to stand twice (F1 0)."""
    people = People(1500, 23)
    rows = people.rows(np.repeat(np.arange(1500), people.random.choice([1, 2, 3], 1500)), Dirt())
    noise = {f"n{k}": ("code", "text")[k % 2] for k in range(10)}
    for name in noise:
        rows[name] = people.random.integers(0, 20, len(rows)).astype(str)
    fields = {name: PERSON[name] for name in ("given", "family", "city", "phone")}
    assert made(office, fields | noise, rows) >= 0.8


def test_thin_rows_of_a_person_with_many(office):
    """Rows with holes speak against each other row of their person, not against what is known of it (F1 .78)."""
    people = People(300, 24)
    rows = people.rows(np.repeat(np.arange(300), 8), Dirt(hole=0.25))
    fields = {name: PERSON[name] for name in ("given", "family", "born", "city")}
    assert made(office, fields, rows) >= 0.82


def test_who_moved_is_one_person(office):
    """All that belongs to a house changes at once: taken one by one, that parted every third person (F1 .93)."""
    people = People(1500, 11)
    repeat = np.repeat(np.arange(1500), 2)
    rows = people.rows(repeat, Dirt(moved=0.3))
    assert made(office, PERSON, rows) >= 0.975


def test_any_number_of_fields(office):
    people = People(400, 12)
    rows = people.rows(np.repeat(np.arange(400), 2), Dirt())
    more = {f"kode{k}": "code" for k in range(14)}
    for name in more:
        own = people.random.integers(0, 50, 400)[np.repeat(np.arange(400), 2)].astype(str)
        rows[name] = np.where(people.random.random(len(rows)) < 0.2, "51", own)
    assert made(office, PERSON | more, rows) >= 0.95


def test_numbers_saved_with_a_fraction(office):
    """A Parquet file of pandas holds postcodes beside empty cells as 4011.0."""
    pd.DataFrame({"nama": ["Ani", "Budi"], "pos": [43111.0, None]}).to_parquet(office.root / "a.parquet")  # fmt: skip
    (office.root / "b.csv").write_text("nama,pos\nAni,43111\n")
    found = resolved(office, 'identifier = "none"\n[fields]\nnama = "name"\npos = "code"\n', "a.parquet", "b.csv")  # fmt: skip
    assert found["person_id"].nunique() == 2


def test_sexes_by_any_word(office):
    (office.root / "a.csv").write_text("nama,jk\nAni,Perempuan\n")
    (office.root / "b.csv").write_text("nama,jk\nAni,F\n")
    found = resolved(office, 'identifier = "none"\n[fields]\njk = "sex"\nnama = "name"\n', "a.csv", "b.csv")  # fmt: skip
    assert found["person_id"].nunique() == 1


def test_two_lists_of_one_street_with_half_the_people_in_common(office):
    people = People(1500, 4, "zh")
    first, second = people.rows(np.arange(1000)), people.rows(np.arange(500, 1500), Dirt())
    assert made(office, PERSON, first, second) >= 0.96


def test_lists_without_anybody_in_common_have_no_matches(office):
    people = People(1200, 5, "de")
    lists = people.rows(np.arange(600)), people.rows(np.arange(600, 1200), Dirt())
    assert joined(office, PERSON, *lists)["person_id"].nunique() >= 0.995 * 1200


def test_dates_in_the_notation_of_each_list(office):
    people = People(800, 6)
    first, second = people.rows(np.arange(500)), people.rows(np.arange(300, 800))
    third = people.rows(np.arange(100, 600))
    second["born"] = pd.to_datetime(second["born"]).dt.strftime("%m/%d/%Y")
    third["born"] = pd.to_datetime(third["born"]).dt.strftime("%-d %b %y")
    fields = {"given": "name", "family": "name", "born": "date"}
    assert made(office, fields, first, second, third) >= 0.985


def test_swapped_names_are_one_person(office):
    people = People(700, 8, "ar")
    rows = people.rows(np.repeat(np.arange(700), 2), Dirt(swapped=0.5, typo=0.03, hole=0))
    fields = {name: PERSON[name] for name in ("given", "middle", "family", "born")}
    assert made(office, fields, rows) >= 0.95


@pytest.mark.parametrize("rows", [0, 1, 40])
def test_lists_that_teach_nothing(office, rows):
    """No row, one row, and one row many times."""
    (office.root / "a.csv").write_text("nama,lahir\n" + "Ani,1980-01-02\n" * rows)
    found = resolved(office, 'identifier = "none"\n[fields]\nnama = {kind = "name"}\nlahir = {kind = "date"}\n', "a.csv")  # fmt: skip
    assert len(found) == rows


def test_a_field_may_have_any_name(office):
    """`source`, `record`, `node`, `l` and a pair of names that would meet with a suffix."""
    people = People(300, 9)
    rows = people.rows(np.repeat(np.arange(300), 2))
    names = {
        "given": "source",
        "family": "record",
        "born": "node",
        "street": "record_s",
        "city": "l",
    }
    fields = {names[k]: PERSON[k] for k in names}
    assert made(office, fields, rows.rename(columns=names)) >= 0.93


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
