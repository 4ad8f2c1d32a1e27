"""The sample city's linkage against its truth, and what its tables may never hold."""

import re

import pandas as pd
import pytest
from linkage_truth import b_cubed, pairwise

from analysis.briefs.rendering import execute


@pytest.fixture(scope="module")
def joined(finished):
    truth = pd.read_parquet(finished.root / "data/truth/contoh/truth_record.parquet")[
        ["record_id", "person_id"]
    ]
    links = pd.read_parquet(finished.store / "core/core_links.parquet")
    return links.merge(truth, on="record_id", suffixes=("", "_truth"))


def test_pairs_and_clusters_are_right(joined):
    assert pairwise(joined["person_id_truth"], joined["person_id"])[2] >= 0.990
    assert b_cubed(joined["person_id_truth"], joined["person_id"]) >= 0.995


def test_persons_are_counted_close_to_the_truth(joined, finished):
    """Rows with neither number, card nor birth date go to review: they are counted, and joined to nobody."""
    columns = ["record_id", "nik", "no_kk", "tgl_lahir"]
    records = pd.read_parquet(finished.store / "core/core_records.parquet", columns=columns)
    told = records.loc[records[columns[1:]].notna().any(axis=1), "record_id"]
    rows = joined[joined["record_id"].isin(told)]
    assert abs(rows["person_id"].nunique() / rows["person_id_truth"].nunique() - 1) <= 0.005


def test_overlaps_of_two_lists_are_counted_close_to_the_truth(joined, finished):
    records = pd.read_parquet(
        finished.store / "core/core_records.parquet", columns=["record_id", "source"]
    )
    rows = joined.merge(records, on="record_id")

    def common(person: str) -> pd.Series:
        once = rows[[person, "source"]].drop_duplicates()
        both = once.merge(once, on=person)
        return both[both["source_x"] < both["source_y"]].groupby(["source_x", "source_y"]).size()

    truth = common("person_id_truth")
    large = truth[truth >= 500]
    errors = (common("person_id").reindex(large.index) / large - 1).abs()
    assert errors.mean() <= 0.01


def test_no_cluster_is_larger_than_three_rows_a_list_its_person_is_in(joined, finished):
    """By the letter; stays and visits are many rows of one list, so that a true person may have more alone."""
    records = pd.read_parquet(
        finished.store / "core/core_records.parquet", columns=["record_id", "source"]
    )
    rows = joined.merge(records, on="record_id").groupby("person_id")
    sizes = rows["source"].agg(["size", "nunique"]).join(rows["person_id_truth"].nunique())
    too_large = sizes[sizes["size"] > 3 * sizes["nunique"]]
    assert (too_large["person_id_truth"] == 1).all()
    assert len(too_large) <= 0.001 * len(sizes)


def test_the_model_holds_numbers_of_patterns_and_nothing_of_a_person(finished):
    model = pd.read_parquet(next(finished.store.parent.rglob("registry_model.parquet")))
    texts = [name for name in model.columns if not pd.api.types.is_numeric_dtype(model[name])]
    assert texts == ["metode"]
    assert set(model["metode"]) <= {"nik_sebagai_label", "bobot_kit"}
    assert model["peluang"].between(0, 1).all()


def test_doubt_is_stated_for_every_two_lists_that_share_persons(finished):
    error = pd.read_parquet(finished.store / "core/core_linkage_error.parquet")
    assert (error["source_a"] < error["source_b"]).all()
    assert (error["precision_low"] <= error["precision"]).all()
    assert (error["recall_low"] <= error["recall"]).all()
    assert (error["recall"] <= error["recall_high"]).all()
    maybe = pd.read_parquet(finished.store / "core/core_maybe_links.parquet")
    assert (maybe["person_a"] < maybe["person_b"]).all()


def test_the_notebook_tells_of_linkage_and_of_nobody(finished):
    decisions = str(finished.root / "data/keputusan/contoh")
    book = execute(
        finished.root / "notebooks/01_pemadanan.ipynb",
        {"store": str(finished.store), "decisions": decisions},
    )
    text = " ".join(str(o) for c in book.cells for o in c.get("outputs", []))
    assert "Belum ada pasangan acak yang ditinjau" in text
    assert not re.findall(r"\d{12,}", text)
    people = pd.read_parquet(finished.root / "data/truth/contoh/truth_person.parquet")
    assert not [name for name in people["nama"] if " " in name and name in text]
