"""The same rows in any order, under any record ids, are the same persons."""

from collections import Counter

import pandas as pd
import pytest

from analysis.engine import Engine
from analysis.linkage.clusters import join_units
from analysis.linkage.keys import build_units


@pytest.fixture(scope="module")
def city(finished):
    return pd.read_parquet(finished.store / "core/core_records.parquet")


def persons(rows: pd.DataFrame, rules) -> pd.Series:
    """Cluster a record, by record id."""
    with Engine() as engine:
        engine.register("core_records", rows)
        build_units(engine)
        join_units(engine, rules)
        found = engine.frame("SELECT record_id, cluster FROM _unit_of JOIN _clusters USING (uid)")
    return found.set_index("record_id")["cluster"]


@pytest.fixture(scope="module")
def known(city, rulebook):
    return persons(city, rulebook.linkage)


def test_rows_in_another_order_are_the_same_persons(city, rulebook, known):
    again = persons(city.sample(frac=1, random_state=7), rulebook.linkage)
    pd.testing.assert_series_equal(again.sort_index(), known.sort_index())


def test_files_sorted_another_way_are_the_same_persons(city, rulebook, known):
    """Record ids hold a row's place in its file: they follow another order, and only they change."""
    turned = city.sample(frac=1, random_state=8).reset_index(drop=True)
    fresh = turned.assign(
        record_id=turned["source"] + ":" + turned.index.astype(str).str.zfill(9), old=turned["record_id"]
    )  # fmt: skip
    again = persons(fresh, rulebook.linkage)
    said = ["source", "nik", "nik15", "no_kk", "nama", "tgl_lahir", "kode_wilayah", "rt", "rw"]
    words = pd.util.hash_pandas_object(fresh[said].astype(str), index=False)
    before = words.groupby(fresh["old"].map(known)).apply(lambda w: tuple(sorted(w)))
    after = words.groupby(fresh["record_id"].map(again)).apply(lambda w: tuple(sorted(w)))
    assert Counter(before) == Counter(after)  # rows that say the same may change places
