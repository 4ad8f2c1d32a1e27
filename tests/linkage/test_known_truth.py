"""Accuracy against the truth, set-based, is what counting pairs and rows one by one gives."""

from itertools import combinations

import pandas as pd
import pytest
from linkage_truth import b_cubed, pairwise

from analysis.engine import Engine
from analysis.field import open_accuracy
from analysis.linkage import accuracy_by_groups, accuracy_by_lists

# list, found person, true person, sex
ROWS = [
    ("pkh", "J-1", 1, "L"), ("sembako", "J-1", 1, "L"), ("sembako", "J-1", 1, "L"), ("blt", "J-1", 2, "P"),
    ("pkh", "J-2", 2, "P"), ("sembako", "J-3", 3, "L"), ("blt", "J-4", 3, "L"), ("blt", "J-5", 4, None),
]  # fmt: skip


@pytest.fixture
def engine():
    rows = pd.DataFrame(ROWS, columns=["source", "person_id", "truth", "jenis_kelamin"])
    rows["record_id"] = [f"r{place}" for place in range(len(rows))]
    rows = rows.assign(period="2025-12", tgl_lahir=pd.Timestamp("1980-01-01"), kode_wilayah="32.72.01.1003")  # fmt: skip
    with Engine() as engine:
        engine.register("core_records", rows.drop(columns=["person_id", "truth"]))
        engine.register("core_links", rows[["record_id", "person_id"]])
        truth = rows[["record_id", "truth"]].rename(columns={"truth": "person_id"})
        engine.register("truth_record", truth)
        yield engine


def test_pairs_of_rows_are_counted_by_pair_of_lists(engine):
    found = accuracy_by_lists(engine).set_index(["daftar_a", "daftar_b"])
    counted = {}
    for a, b in combinations(ROWS, 2):
        for key in {("semua", "semua"), tuple(sorted((a[0], b[0])))}:
            if key[0] != key[1] or key[0] == "semua":
                same = (a[1] == b[1], a[2] == b[2])
                seen = counted.setdefault(key, [0, 0, 0])
                counted[key] = [n + hit for n, hit in zip(seen, (*same, all(same)), strict=True)]
    for key, (joined, true, both) in counted.items():
        row = found.loc[key]
        assert row["pasangan"] == true
        assert row["kelengkapan"] == pytest.approx(both / true, abs=1e-6)
        assert row["presisi"] == pytest.approx(both / joined, abs=1e-6, nan_ok=True) if joined else True  # fmt: skip


def test_rows_are_judged_one_by_one_and_by_group(engine, rulebook):
    found = accuracy_by_groups(engine, rulebook.linkage).set_index(["dimensi", "kelompok"])
    city = found.loc[("kota", "kota")]
    frame = pd.DataFrame(ROWS, columns=["source", "found", "truth", "sex"])
    assert city["f1"] == pytest.approx(b_cubed(frame["truth"], frame["found"]), abs=1e-6)
    assert city["luput"] == pytest.approx(4 / 7, abs=1e-6)  # both rows of persons 2 and 3
    assert found.loc[("jenis_kelamin", "P"), "luput"] == 1
    assert found.loc[("jenis_kelamin", "?"), "catatan"] == 1


def test_the_city_s_truth_stands_beside_what_is_told_without_it(finished, tmp_path):
    truth = finished.root / "data/truth/contoh"
    accuracy = open_accuracy(str(finished.store), str(tmp_path), str(truth))
    assert accuracy.knows_truth
    links = pd.read_parquet(finished.store / "core/core_links.parquet")
    rows = links.merge(pd.read_parquet(truth / "truth_record.parquet"), on="record_id")
    whole = accuracy.true_by_lists().iloc[0]
    expected = pairwise(rows["person_id_y"], rows["person_id_x"])
    assert list(whole[["presisi", "kelengkapan", "f1"]]) == pytest.approx(expected, abs=1e-6)
    told = accuracy.links.by_group().set_index("dimensi").loc["kota"]
    true = accuracy.true_by_group().set_index("dimensi").loc["kota"]
    assert told["luput_bawah"] <= true["luput"] <= max(told["luput_atas"], 0.002)
    assert not open_accuracy(str(finished.store), str(tmp_path), str(tmp_path)).knows_truth
