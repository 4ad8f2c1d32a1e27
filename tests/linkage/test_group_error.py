"""Nobody is missed more often unnoticed: error by kelurahan, sex and age against known truth and a planted wrong."""

import numpy as np
import pandas as pd
import pytest
from linkage_rosters import rosters
from rosterkit import RUN

from analysis.engine import Engine
from analysis.engine.schemas import conforming_select
from analysis.linkage.link import link_persons


@pytest.fixture(scope="module")
def city(finished):
    """Per group of the sample city: the table's row and the true share of rows that meet their person."""
    core = finished.store / "core"
    told = pd.read_parquet(core / "core_linkage_groups.parquet")
    columns = ["record_id", "kode_wilayah", "jenis_kelamin"]
    rows = pd.read_parquet(core / "core_records.parquet", columns=columns)
    rows = rows.merge(pd.read_parquet(core / "core_links.parquet"), on="record_id")
    truth = pd.read_parquet(finished.root / "data/truth/contoh/truth_record.parquet")
    rows = rows.merge(truth[["record_id", "person_id"]].rename(columns={"person_id": "true"}))
    several = rows.groupby("true")["record_id"].transform("size") > 1
    rows["met"] = rows.groupby(["true", "person_id"])["record_id"].transform("size") > 1
    rows = rows[several].assign(kota="kota").rename(columns={"kode_wilayah": "kelurahan"})
    true = pd.concat(
        rows.groupby(rows[name].fillna("?"))["met"].agg(["mean", "size"]).reset_index(names="kelompok").assign(dimensi=name)
        for name in ("kota", "kelurahan", "jenis_kelamin")
    )  # fmt: skip
    return told.merge(true, on=["dimensi", "kelompok"])


def test_what_a_group_misses_is_told_truly(city):
    large = city[city["size"] >= 200]
    assert len(large) >= 30
    assert (large["recall"] - large["mean"]).abs().mean() <= 0.005
    told = large["mean"].between(large["recall_low"], large["recall_high"])
    assert told.mean() >= 0.7


def test_every_row_of_the_city_stands_once_in_every_dimension(finished):
    table = pd.read_parquet(finished.store / "core/core_linkage_groups.parquet")
    links = pd.read_parquet(finished.store / "core/core_links.parquet")
    assert (table.groupby("dimensi")["n_catatan"].sum() == len(links)).all()
    assert (table["recall_low"] <= table["recall"]).all()
    assert (table["recall"] <= table["recall_high"]).all()


def test_a_group_whose_rows_were_spoiled_stands_out(rulebook):
    """Women's numbers and birth dates are lost in half of the rows: their misses must show, the men's must not."""
    rows = rosters(30_000, seed=12).assign(berkas="uji.csv")
    rows["manfaat_rp"] = pd.array([None] * len(rows), dtype="Int64")
    lost = (rows["jenis_kelamin"] == "P") & (np.random.default_rng(3).random(len(rows)) < 0.5)
    rows.loc[lost, ["nik", "nik15", "no_kk"]] = None
    rows.loc[lost, "nama"] = rows.loc[lost, "nama"].str.slice(0, 4)
    with Engine() as engine:
        engine.register("core_records", rows)
        engine.table("linkage_exceptions", "SELECT 'nomor' AS gerbang, 'uji.csv' AS berkas")
        link_persons(engine, rulebook, RUN)
        conforming_select(engine, "core_linkage_groups")
        table = engine.frame(
            "SELECT * FROM core_linkage_groups WHERE dimensi IN ('kota', 'jenis_kelamin')"
        )
    recall = table.set_index("kelompok")
    assert recall.loc["P", "recall_high"] < recall.loc["kota", "recall"]
    assert recall.loc["L", "recall"] > 0.99


def test_the_notebook_s_tables_hold_no_small_cell(finished, rulebook):
    from analysis.field import open_links

    links, least = (
        open_links(str(finished.store), str(finished.root / "data/keputusan/contoh")),
        rulebook.disclosure.k_minimum,
    )
    assert links.by_way()["catatan"].min() >= least
    assert links.errors()["orang_bersama"].min() >= least
    groups = links.by_group()
    assert groups["catatan"].min() >= least
    assert groups["dimensi"].iloc[0] == "kota"
    assert set(groups["terhadap_kota"]) <= {
        "",
        "setara",
        "lebih sering luput",
        "lebih jarang luput",
    }


def test_reviewed_accuracy_is_told_by_group_where_enough_was_judged(finished, tmp_path, rulebook):
    from analysis.engine import Store
    from analysis.field import LinkReview, open_accuracy

    review = LinkReview(Store(finished.store), tmp_path, rulebook)
    drawn = review.pairs().query("bobot.notna()")
    for number, joined in zip(drawn["nomor"].head(60), drawn["digabung"].head(60), strict=True):
        review.label(number, "sama" if joined else "beda", "Rina", "2025-12-10", "uji")
    table = open_accuracy(str(finished.store), str(tmp_path), "").reviewed_by_group()
    assert (table["pasangan"] >= 10).all()
    assert {"jenis_kelamin", "umur", "daftar"} <= set(table["dimensi"])
    assert not table["kelompok"].str.match(r"32\.72").any()  # kelurahan by name
    assert table["presisi"].str.contains("%").any()
