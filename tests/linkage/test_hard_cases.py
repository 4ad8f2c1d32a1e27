"""The cases that break simple matching, each inside a city large enough that the model has learned from it."""

from datetime import date

import pandas as pd
import pytest
from linkage_rosters import rosters
from rosterkit import RUN

from analysis.engine import Engine
from analysis.linkage.link import link_persons

AREA, OTHER = "32.72.01.1001", "32.72.02.1001"
KK = "3272010101159901"


def row(
    name,
    nik,
    born,
    *,
    kk=KK,
    sex="L",
    area=AREA,
    source="pkh",
    door=("001", "002"),
    broken=None,
    role="penerima",
):
    """One row of a list; `nik` of 16 digits, 15 (the last lost) or none; `broken`: what is left of it where it is none."""
    return {
        "source": source, "peran": role, "nama": name, "nik": nik if nik and len(nik) == 16 else None,
        "nik15": nik[:15] if nik else None, "nik_sisa": broken, "no_kk": kk, "tgl_lahir": born, "tgl_lahir_presisi": "hari" if born else None,
        "jenis_kelamin": sex, "kode_wilayah": area, "rt": door[0], "rw": door[1],
    }  # fmt: skip


COMMON = (
    "?"  # stands for the city's commonest name: a rare one in one kelurahan is evidence of its own
)
HEAD = row("TATANG WIRADINATA", "3272010203659901", date(1965, 3, 2))
CASES = {
    "twins_named_alike": (
        row("HASAN SOLEHUDIN", "3272010709119911", date(2011, 9, 7), kk="3272010101159911"),
        row("HUSEN SOLEHUDIN", "3272010709119912", date(2011, 9, 7), kk="3272010101159911", source="pip"),
    ),
    "father_and_son_of_one_name": (
        row("YAYAN SOPANDI WIJAYA", "3272010503609903", date(1960, 3, 5)),
        row("YAYAN SOPANDI WIJAYA", "3272010707909904", date(1990, 7, 7), source="sembako"),
    ),
    "heads_nik_on_a_member": (
        HEAD,
        row("ENENG KARTINI", HEAD["nik"], date(1999, 8, 17), sex="P", source="sembako"),
    ),
    "two_people_with_one_nik": (
        row("MUMUH MUHIDIN", "3272011204789905", date(1978, 4, 12), kk="3272010101159905"),
        row("ROHAETI JUBAEDAH", "3272011204789905", date(1988, 9, 1), kk="3272020101159906", sex="P", area=OTHER, source="sembako"),
    ),
    "a_card_that_is_another_s_nik_by_chance": (
        row("DADANG SUHENDAR WIRYA", "3272010203709933", date(1970, 3, 2), kk="3272010101159934"),
        row("TINI KARTINI LESTARI", "3272015508759935", date(1975, 8, 15), kk="3272010203709933", sex="P", source="sembako"),
    ),
    "a_broken_number_of_somebody_else": (
        row("UJANG SURYANA PRATAMA", "3272011406779936", date(1977, 6, 14), kk="3272010101159936", area=OTHER),
        row("UJANG SURYANA PRATAMA", None, None, kk=None, source="sembako", door=(None, None), broken="327201230219541"),
    ),
    # a placeholder is no NIK once it is cleaned (tests/spec/test_persons.py types it as a clerk does)
    "placeholder_nik": (
        row(COMMON, None, None, kk=None, door=(None, None)),
        row(COMMON, None, None, kk=None, door=(None, None), source="sembako"),
    ),
    "first_of_january": (
        row(COMMON, None, date(1975, 1, 1), kk=None, door=(None, None)),
        row(COMMON, None, date(1975, 1, 1), kk=None, door=(None, None), source="sembako"),
    ),
    "first_of_january_elsewhere": (
        row("YUYUN SUPARMAN", None, date(1980, 1, 1), kk=None, door=(None, None)),
        row("YUYUN SUPARMAN", None, date(1980, 1, 1), kk=None, door=(None, None), area=OTHER, source="sembako"),
    ),
}  # fmt: skip
SAME = {
    "moved_to_another_kecamatan_a_letter_lost_no_number": (
        row("RINA DEWI USADA KOMALA", "3272015209039909", date(2003, 9, 12), kk="3272010101159909", sex="P"),
        row("RINA DWI USADA KOMALA", None, date(2003, 9, 12), kk=None, sex="P", area=OTHER, source="sembako", door=("004", "007")),
    ),
    "the_husband_s_nik_on_his_wife_s_row": (
        row("ENTIN SUKMAWATI", "3272014409769941", date(1976, 9, 4), kk="3272010101159941", sex="P", source="dtsen_individu", role="registri_individu"),
        row("ENTIN SUKMAWATI", "3272010508729940", None, kk=None, sex=None, source="sembako", door=(None, None)),
    ),
    "one_man_under_two_spellings": (
        row("DJOEMADI SOETISNA", "3272011108709907", date(1970, 8, 11), kk="3272010101159907"),
        row("JUMADI SUTISNA", "3272011108709907", date(1970, 8, 11), kk="3272010101159907", source="sembako"),
    ),
    "a_digit_lost_within_the_number": (
        row("WAWAN GUNAWAN KUSMAYADI", "3272011406779931", date(1977, 6, 14), kk="3272010101159931"),
        row("WAWAN GUNAWAN KUSMAYADI", None, None, kk=None, source="sembako", area=OTHER, door=(None, None), broken="327201140679931"),
    ),
    "a_nik_filled_up_with_zeros": (
        row("CECEP RUKMANA SAPUTRA", "3272010303759935", date(1975, 3, 3), kk="3272010101159935"),
        row("CECEP RUKMANA SAPUTRA", None, None, kk=None, source="sembako", broken="3272010000000000"),
    ),
    "the_card_s_number_where_the_nik_belongs": (
        row("IMAS MASITOH PERMANA", "3272015107829932", date(1982, 7, 11), kk="3272010101159932", sex="P"),
        row("IMAS MASITOH PERMANA", "3272010101159932", None, kk=None, source="sembako", area=OTHER, door=(None, None), sex="P"),
    ),
    "a_nik_that_is_another_family_s_card_by_chance": (
        row("DADANG SUHENDAR WIRYA", "3272010203709933", date(1970, 3, 2), kk="3272010101159934"),
        row("DADANG SUHENDAR WIRYA", "3272010203709933", None, kk=None, source="sembako", area=OTHER, door=(None, None)),
    ),
    "last_digit_mistyped": (
        row("JAJANG NURJAMAN", "3272010709119921", date(2011, 9, 7), kk="3272010101159921"),
        row("JAJANG NURJAMAN", "3272010709119922", date(2011, 9, 7), kk="3272010101159921", source="sembako"),
    ),
    "last_digit_lost_in_excel": (
        row("KOKOM KOMARIAH SULASTRI", "3272015205809908", date(1980, 5, 12), kk="3272010101159908", sex="P"),
        row("KOKOM KOMARIAH SULASTRI", "327201520580990", date(1980, 5, 12), kk=None, sex="P", source="sembako"),
    ),
}  # fmt: skip

HUSBAND = row("UDIN SARIPUDIN", "3272010508729940", date(1972, 8, 5), kk="3272010101159941", source="dtsen_individu", role="registri_individu")  # fmt: skip


@pytest.fixture(scope="module")
def persons(rulebook):
    """Persons of each case, the model's method, and whether each two twins of the city are joined."""
    city = rosters(20_000, seed=21, alike=0.6)
    common = city["nama"].mode()[0]
    added = [
        line
        | {"nama": line["nama"].replace(COMMON, common)}
        | {"record_id": f"{line['source']}:kasus:{name}:{side}", "baris": 0}
        for name, pair in (CASES | SAME).items()
        for side, line in enumerate(pair)
    ]
    added.append(HUSBAND | {"record_id": "dtsen_individu:suami", "baris": 0})
    rows = pd.concat([city, pd.DataFrame(added)], ignore_index=True).assign(berkas="uji.csv")
    rows["manfaat_rp"] = pd.array([None] * len(rows), dtype="Int64")
    with Engine() as engine:
        engine.register("core_records", rows.drop(columns=["truth", "twin"]))
        link_persons(engine, rulebook, RUN)
        links = engine.frame("SELECT record_id, person_id FROM core_links")
        method = engine.one("SELECT DISTINCT metode FROM registry_model")
    found = links[links["record_id"].str.contains(":kasus:")]
    sides = found.assign(name=found["record_id"].str.split(":").str[2])
    return sides.groupby("name")["person_id"].nunique(), method, twins_joined(city, links)


def twins_joined(city, links):
    """For each two twins of whom each has a row with a whole NIK: whether a person holds rows of both."""
    rows = city.merge(links, on="record_id")
    found = rows.groupby("truth")["person_id"].agg(set)
    told = set(rows.loc[rows["nik"].notna(), "truth"])
    pairs = rows.loc[rows["twin"] >= 0, ["truth", "twin"]].drop_duplicates()
    pairs = pairs[pairs["truth"].isin(told) & pairs["twin"].isin(told)]
    return [bool(found[a] & found[b]) for a, b in pairs.itertuples(index=False)]


def test_the_model_has_learned_from_the_city(persons):
    assert persons[1] == "nik_sebagai_label"


@pytest.fixture(scope="module")
def relatives(finished):
    """Persons of the sample city's truth, and which found persons each of them has."""
    truth = finished.root / "data/truth/contoh"
    people = pd.read_parquet(truth / "truth_person.parquet").drop_duplicates("person_id")
    rows = pd.read_parquet(truth / "truth_record.parquet")[["record_id", "person_id"]]
    links = pd.read_parquet(finished.store / "core/core_links.parquet")[["record_id", "person_id"]]
    found = (
        links.merge(rows.rename(columns={"person_id": "true"}), on="record_id")
        .groupby("true")["person_id"]
        .agg(set)
    )
    return people[people["family_id"] >= 0], found


def joined(pairs, found):
    """How many of the pairs of true persons share a found person."""
    return sum(bool(found.get(a, set()) & found.get(b, set())) for a, b in pairs)


def pairs_within(people, columns):
    groups = people.groupby(columns)["person_id"].agg(list)
    return [tuple(group[:2]) for group in groups if len(group) > 1]


def test_twins_are_two(relatives):
    """Twins of the sample city: one birth date, one card, and NIK that differ in a digit or two."""
    people, found = relatives
    pairs = pairs_within(people, ["family_id", "born"])
    assert len(pairs) >= 10
    assert joined(pairs, found) == 0


def test_relatives_of_one_name_are_two(relatives):
    people, found = relatives
    pairs = pairs_within(people, ["family_id", "nama"])
    assert len(pairs) >= 3
    assert joined(pairs, found) == 0


def test_twins_named_and_numbered_alike_are_two(persons):
    """Hasan and Husen, serials that follow each other: no slip of the hand looks so."""
    assert persons[0]["twins_named_alike"] == 2


def test_twins_of_a_city_are_two(persons):
    """Six of ten are named and numbered alike; what is left has a wrong NIK or none in most rows."""
    twins = persons[2]
    assert len(twins) >= 15
    assert sum(twins) <= 0.05 * len(twins)


def test_father_and_son_of_one_name_are_two(persons):
    assert persons[0]["father_and_son_of_one_name"] == 2


def test_the_heads_nik_on_a_member_joins_nobody(persons):
    assert persons[0]["heads_nik_on_a_member"] == 2


def test_a_placeholder_nik_joins_nobody(persons):
    assert persons[0]["placeholder_nik"] == 2


@pytest.mark.parametrize("name", ["first_of_january", "first_of_january_elsewhere"])
def test_a_first_of_january_joins_nobody(persons, name):
    assert persons[0][name] == 2


def test_two_people_with_one_nik_are_two(persons):
    assert persons[0]["two_people_with_one_nik"] == 2


@pytest.mark.parametrize("name", list(SAME))
def test_one_person_is_one(persons, name):
    assert persons[0][name] == 1
