"""`selaras resolve` on made-up people of no country, each test with what once took some of them for one."""

import numpy as np
import pandas as pd
from layouts import PERSON
from linkage_truth import pairwise
from resolving import joined, made, resolved
from strangers import Dirt, People


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
