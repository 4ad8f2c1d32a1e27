"""Three small cities in CI: intervals of linkage error hold the truth, chances mean what they say. `make recovery` has 44."""

import pandas as pd
import pytest
from sample_cities import City

CITIES = (City(11, 1500, "biasa"), City(12, 1500, "kotor"), City(13, 2000, "biasa"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return [city.made(tmp_path_factory.mktemp(city.dirtiness)) for city in CITIES]


@pytest.fixture(scope="module")
def cells(made, rulebook) -> pd.DataFrame:
    parts = [city.cells().assign(city=place) for place, city in enumerate(made)]
    table = pd.concat(parts)
    return table[table["n"] >= rulebook.disclosure.k_minimum]


@pytest.mark.parametrize("kind", ["orang", "keluarga"])
def test_intervals_of_overlap_counts_hold_the_truth(cells, kind):
    part = cells[cells["jenis"] == kind]
    assert (part.groupby("city").size() >= 15).all()
    assert part["covered"].mean() >= 0.9
    assert (part.groupby("city")["covered"].mean() >= 0.8).all()
    assert abs((part["value"] / part["truth"] - 1).median()) < 0.01
    assert ((part["high"] - part["low"]) / part["value"]).median() < 0.15


def test_intervals_of_coverage_hold_the_truth(cells):
    part = cells[cells["jenis"] == "sasaran"]
    assert len(part) >= 12
    assert part["covered"].mean() >= 0.75


def test_large_overlaps_are_told_within_one_per_cent(cells):
    """The issue asks this of 500 true persons in common; a city of 1,500 families has few such pairs: 200 here."""
    large = cells[(cells["jenis"] == "orang") & (cells["truth"] >= 200)]
    assert len(large) >= 30
    for told in ("n", "value"):
        assert (large[told] / large["truth"] - 1).abs().mean() <= 0.01


def test_persons_are_as_many_as_told(cells):
    """The interval holds how many they are, and the estimate lies nearer than the count of those found."""
    told = cells[cells["jenis"] == "jiwa"]
    assert len(told) == len(CITIES)
    assert told["covered"].all()
    assert ((told["high"] - told["low"]) / told["truth"] < 0.02).all()
    found, estimated = ((told[name] - told["truth"]).abs().sum() for name in ("n", "value"))
    assert 0 < estimated < found


def test_expected_matches_are_the_true_ones(made):
    """Within 2 % over all bands, a city of 1,500 families within 3; in each band as far as its few pairs tell."""
    tables = [city.reliability() for city in made]
    for own in tables:
        assert own["expected"].sum() == pytest.approx(own["true"].sum(), rel=0.03)
    table = sum(tables)
    assert table["expected"].sum() == pytest.approx(table["true"].sum(), rel=0.02)
    chance, seen = table["expected"] / table["n"], table["true"] / table["n"]
    rank = chance.notna() & (table["n"] >= 20)
    assert (seen[rank] - chance[rank] > -0.1).all()  # a chance may be cautious, never bold
