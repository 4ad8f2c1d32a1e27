"""Next month's rows against the registry: as good as a full run, faster, with ids that stay."""

import time

import pandas as pd
import pytest
from linkage_rosters import rosters
from linkage_truth import pairwise

from analysis.engine import Engine
from analysis.linkage.clusters import build_clusters
from analysis.linkage.incremental import index_registry, link_increment
from analysis.linkage.keys import build_units
from analysis.linkage.model import scored_pairs, trained
from analysis.linkage.prelink import build_nodes


def full(engine, rules, rows):
    engine.register("core_records", rows)
    build_units(engine)
    build_nodes(engine, rules)
    model = trained(engine, rules)
    model.store(engine)
    build_clusters(engine, scored_pairs(engine, rules), rules, model.sure_of)
    engine.table(
        "_persons",
        "SELECT DISTINCT cluster, printf('J-%07d', cluster + 1) AS person_id FROM _clusters",
    )
    return engine.frame(
        """SELECT record_id, person_id FROM _unit_of JOIN _clusters USING (uid) JOIN _persons USING (cluster)"""
    )


@pytest.fixture(scope="module")
def grown(rulebook):
    rows = rosters(30_000, seed=4)
    new = rows["baris"] % 11 == 0
    rules = rulebook.linkage
    with Engine() as engine:
        start = time.process_time()
        whole = full(engine, rules, rows)
        whole_seconds = time.process_time() - start
    with Engine() as engine:
        before = full(engine, rules, rows[~new])
        index_registry(engine)
        engine.drop(
            "_units",
            "_unit_of",
            "_node_of",
            "_nodes",
            "_clusters",
            "_cluster_of",
            "_persons",
            "_scored",
        )
        engine.register("core_records", rows[new])
        start = time.process_time()
        link_increment(engine, rules)
        seconds = time.process_time() - start
        after = engine.frame("SELECT * FROM new_links")
        merges = engine.frame("SELECT * FROM new_merges")
    return rows, whole, before, after, merges, (whole_seconds, seconds)


def together(before, after, merges):
    into = dict(zip(merges["person_id"], merges["into_id"], strict=True))
    old = before.assign(person_id=[into.get(person, person) for person in before["person_id"]])
    return pd.concat([old, after[["record_id", "person_id"]]])


def f1(rows, found):
    joined = rows.merge(found, on="record_id")
    assert len(joined) == len(rows)
    return pairwise(joined["truth"], joined["person_id"])[2]


def test_increment_is_as_good_as_a_full_run(grown):
    rows, whole, before, after, merges, _ = grown
    assert f1(rows, together(before, after, merges)) >= f1(rows, whole) - 0.002


def test_new_rows_take_known_ids_or_fresh_ones(grown):
    rows, _, before, after, _, _ = grown
    known = set(before["person_id"])
    taken = after["person_id"].isin(known)
    truth = rows.set_index("record_id")["truth"]
    seen = set(truth[before["record_id"]])
    assert (truth[after["record_id"]].isin(seen).to_numpy() == taken.to_numpy()).mean() > 0.98
    assert after.loc[~taken, "person_id"].min() > max(known)
    assert after["peluang"].between(0.5, 1).all()


def test_a_merge_names_the_id_that_stays(grown):
    _, _, before, _, merges, _ = grown
    assert set(merges["person_id"]) <= set(before["person_id"])
    assert (merges["into_id"] < merges["person_id"]).all()
    assert set(merges["into_id"]) <= set(before["person_id"])
