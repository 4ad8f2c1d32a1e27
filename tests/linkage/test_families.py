"""Who lives with whom: cards first, then a door with kin behind it; two families that qualify, and nobody is chosen."""

import pandas as pd
import pytest
from linkage_truth import pairwise
from rosterkit import RUN, cleaned, workbook

from analysis.linkage import link

HEADER = ["NIK", "NO KK", "NAMA", "TGL LAHIR", "ALAMAT", "RT", "RW", "KELURAHAN"]
DOOR = ["JL MELATI NO 9", "002", "004", "Cikole"]
HEAD = ["3272010503709001", "3272010101159001", "ASEP SURYANA", "05/03/1970", *DOOR]
KIN = ["", "", "DEDI SURYANA", "17/08/2001", *DOOR]


def family(folder, rulebook, *rows):
    """dasar_keluarga and family of each row's person, by row."""
    folder.mkdir()
    workbook(folder / "PKH.xlsx", {"A": [["DAFTAR PKH"], HEADER, *[list(row) for row in rows]]})
    with cleaned(folder, rulebook) as engine:
        link(engine, rulebook, RUN)
        found = engine.frame(
            """SELECT dasar_keluarga, family_id, f.n_anggota FROM core_records JOIN core_links USING (record_id)
            JOIN core_persons USING (person_id) JOIN core_families f USING (family_id) ORDER BY baris"""
        )
    return found


def test_a_namesake_at_the_door_is_of_the_family(tmp_path, rulebook):
    found = family(tmp_path / "a", rulebook, HEAD, KIN)
    assert found["dasar_keluarga"].tolist() == ["kk_daftar", "alamat_kerabat"]
    assert found["family_id"].nunique() == 1
    assert found["n_anggota"].tolist() == [2, 2]


@pytest.mark.parametrize(
    "stranger",
    [
        ["", "", "DEDI KOSWARA", "17/08/2001", *DOOR],  # no name in common
        [
            "",
            "",
            "DEDI SURYANA",
            "17/08/2001",
            "JL MELATI NO 9",
            "003",
            "004",
            "Cikole",
        ],  # another RT
        [
            "",
            "",
            "DEDI SURYANA",
            "17/08/2001",
            "JL MELATI NO 9",
            "002",
            "004",
            "Selabatu",
        ],  # another kelurahan
        [
            "",
            "",
            "DEDI SURYANA",
            "17/08/2001",
            "JL MELATI NO 8",
            "002",
            "004",
            "Cikole",
        ],  # another house
    ],
)
def test_door_or_name_alone_is_not_enough(tmp_path, rulebook, stranger):
    found = family(tmp_path / "a", rulebook, HEAD, stranger)
    assert found["dasar_keluarga"].tolist() == ["kk_daftar", "sendiri"]
    assert found["family_id"].nunique() == 2


def test_two_families_of_the_name_behind_one_door_and_nobody_is_chosen(tmp_path, rulebook):
    other = ["3272010506729002", "3272010101159002", "UJANG SURYANA", "05/06/1972", *DOOR]
    found = family(tmp_path / "a", rulebook, HEAD, other, KIN)
    assert found["dasar_keluarga"].tolist() == ["kk_daftar", "kk_daftar", "sendiri"]


def test_families_of_the_city_are_those_of_its_truth(finished):
    core, truth = finished.store / "core", finished.root / "data/truth/contoh/truth_record.parquet"
    persons = pd.read_parquet(core / "core_persons.parquet")
    links = pd.read_parquet(core / "core_links.parquet")
    true = pd.read_parquet(truth)[["record_id", "family_id"]].rename(columns={"family_id": "true"})
    rows = (
        links.merge(persons, on="person_id")
        .merge(true, on="record_id")
        .drop_duplicates("person_id")
    )
    precision, _, f1 = pairwise(rows["true"], rows["family_id"])
    assert precision >= 0.999
    assert f1 >= 0.98
    by_card = rows[rows["dasar_keluarga"] == "registri"]
    assert pairwise(by_card["true"], by_card["family_id"])[2] >= 0.999
