"""New rows against the registry: as good as a full run, with ids that stay, and the command that does it."""

import json
import shutil

import pandas as pd
import pyarrow.parquet as pq
import pytest
from linkage_rosters import rosters
from linkage_truth import pairwise
from rosterkit import RUN
from workspace import Office

from analysis.engine import Engine, Store
from analysis.launch import rule_overlays
from analysis.linkage.clusters import build_maybe_links, join_units
from analysis.linkage.decisions import bring_decisions
from analysis.linkage.increments.groups import group_new
from analysis.linkage.increments.known_rows import WholeNeeded, recognise
from analysis.linkage.increments.link import standing_now
from analysis.linkage.increments.links import build_links
from analysis.linkage.increments.names import name_increment
from analysis.linkage.increments.part import build_added, follow_changes
from analysis.linkage.keys import build_units
from analysis.linkage.parts import part_of
from analysis.linkage.person_keys import id_of, marks_of
from analysis.linkage.registry import name_persons
from analysis.linkage.registry_part import GROWING, WHOLE_PART, build_part
from analysis.policy import load_rulebook
from analysis.registry import Registry
from analysis.settings import Workspace

LEFT = ("_units", "_unit_of", "_node_of", "_nodes", "_clusters", "_cluster_of", "_persons", "_scored", "_over", "_together", "_apart")  # fmt: skip


def unpaid(rows):
    return rows.assign(manfaat_rp=pd.array([None] * len(rows), dtype="Int64"))


def full(engine, rules, rows):
    """Links of all rows, as `link` finds them."""
    engine.register("core_records", rows)
    build_units(engine)
    bring_decisions(engine)
    join_units(engine, rules)
    name_persons(engine, RUN)
    engine.table(
        "core_links",
        """SELECT record_id, person_id, cara, kepastian, peluang
        FROM _unit_of JOIN _clusters USING (uid) JOIN _persons USING (cluster)""",
    )
    build_maybe_links(engine, rules)
    engine.drop(*LEFT)
    return engine.frame("SELECT record_id, person_id FROM core_links ORDER BY record_id")


def grow(engine, rules, rows, records=None):
    """Links of `rows` by increments, on what `full` left in the engine."""
    for name in ("links", "maybe_links"):
        engine.table(f"base_{name}", f"SELECT * FROM core_{name}")
    build_part(engine, rules)
    for kind in ("model", "sources", "files", "stands", "apart", "none"):
        engine.table(f"base_{kind}", f"SELECT * FROM part_{kind}")
    for kind in GROWING:
        engine.table(f"_all_{kind}", f"SELECT * FROM part_{kind}")
    engine.table("base_marks", marks_of("registry_keys"))
    follow_changes(engine, 0)
    if records is not None:
        engine.register("base_records", records)
    engine.drop("core_links", "registry_model")
    engine.register("core_records", rows)
    recognise(engine, rules)
    group_new(engine, rules)
    name_increment(engine, rules, RUN)
    build_links(engine, rules)
    return engine.frame("SELECT * FROM core_links ORDER BY record_id")


@pytest.fixture(scope="module")
def grown(rulebook):
    rows = unpaid(rosters(30_000, seed=4))
    is_new = rows["baris"] % 10 == 0
    rules = rulebook.linkage
    with Engine() as engine:
        whole = full(engine, rules, rows)
    with Engine() as engine:
        before = full(engine, rules, rows[~is_new])
        after = grow(engine, rules, rows)
        moved = engine.frame(f"""SELECT {id_of("person")} AS person_id, {id_of("into_person")} AS into_id
            FROM _changed WHERE person <> into_person ORDER BY person_id""")
        lineage = engine.frame("SELECT * FROM registry_lineage WHERE event = 'gabung'")
    return rows.assign(is_new=is_new), whole, before, after, moved, lineage


def f1(rows, found):
    joined = rows.merge(found, on="record_id")
    assert len(joined) == len(rows)
    return pairwise(joined["truth"], joined["person_id"])[2]


def test_increment_is_as_good_as_a_full_run(grown):
    rows, whole, _, after, _, _ = grown
    assert f1(rows, after) >= f1(rows, whole)


def test_known_rows_keep_their_person_but_for_merges_that_lineage_tells(grown):
    _, _, before, after, moved, lineage = grown
    both = before.merge(after, on="record_id", suffixes=("", "_now"))
    assert len(both) == len(before)
    changed = both[both["person_id"] != both["person_id_now"]]
    assert set(changed["person_id"]) <= set(moved["person_id"])
    told = set(zip(lineage["person_id"], lineage["other_id"], strict=True))
    assert {(m.person_id, m.into_id) for m in moved.itertuples()} <= told
    assert (moved["into_id"] < moved["person_id"]).all()


def test_new_rows_take_known_ids_or_fresh_ones(grown):
    rows, _, before, after, _, _ = grown
    known = set(before["person_id"])
    new = after.merge(rows.loc[rows["is_new"], ["record_id", "truth"]], on="record_id")
    taken = new["person_id"].isin(known)
    seen = set(rows.loc[~rows["is_new"], "truth"])
    assert (new["truth"].isin(seen) == taken).mean() > 0.98
    assert new.loc[~taken, "person_id"].min() > max(known)
    assert after["peluang"].between(0.3, 1).all()


def test_the_same_month_again_says_nothing_new(rulebook):
    """Next month's file says what this month's said, in other rows: everybody is known by content."""
    rows = unpaid(rosters(12_000, seed=7))
    later = rows.assign(record_id=rows["record_id"].str.replace(":", ":lagi:"))
    with Engine() as engine:
        before = full(engine, rulebook.linkage, rows)
        after = grow(engine, rulebook.linkage, later, records=rows)
        new = engine.one("SELECT count(*) FROM _new")
    assert new < 0.02 * len(rows)  # only rows that are nobody's copy
    after["record_id"] = after["record_id"].str.replace(":lagi:", ":")
    same = before.merge(after, on="record_id", suffixes=("", "_now"))
    assert (same["person_id"] == same["person_id_now"]).mean() > 0.98


def test_a_second_increment_stands_on_the_first(rulebook):
    rows, rules = unpaid(rosters(20_000, seed=5)), rulebook.linkage
    turn = rows["baris"] % 10
    with Engine() as engine:
        whole = full(engine, rules, rows)
    with Engine() as engine:
        full(engine, rules, rows[turn > 1])
        first = grow(engine, rules, rows[turn > 0])
        build_added(engine, RUN, standing_now(engine))
        engine.table("base_links", "SELECT * FROM core_links")
        for kind in ("sources", "files", "stands"):
            engine.table(f"base_{kind}", f"SELECT * FROM part_{kind}")
        for kind in GROWING:
            engine.run(f"INSERT INTO _all_{kind} BY NAME SELECT * FROM part_{kind}")
        engine.table("_changed_0", "SELECT * FROM part_changed")
        follow_changes(engine, 1)
        engine.drop("core_links")
        engine.register("core_records", rows)
        recognise(engine, rules)
        group_new(engine, rules)
        name_increment(engine, rules, RUN)
        build_links(engine, rules)
        second = engine.frame("SELECT * FROM core_links")
        moved = engine.frame("SELECT * FROM _changed WHERE person <> into_person")
        now = standing_now(engine)
        counted = engine.frame(
            """WITH held AS (SELECT DISTINCT source, person_id FROM core_links JOIN core_records USING (record_id))
            SELECT a.source AS source_a, b.source AS source_b, count(*) AS n_common FROM held a JOIN held b
            ON a.person_id = b.person_id AND a.source < b.source GROUP BY ALL ORDER BY ALL"""
        )
    assert f1(rows, second) >= f1(rows, whole) - 0.001
    both = first.merge(second, on="record_id", suffixes=("", "_now"))
    assert len(both) == len(first)
    changed = both.loc[both["person_id"] != both["person_id_now"], "person_id"]
    assert set(changed.str[2:].astype(int)) <= set(moved["person"])
    pd.testing.assert_frame_equal(now.common(), counted)
    assert now.rows.sum() == len(rows)


def test_the_order_of_rows_changes_nothing(rulebook):
    rows = unpaid(rosters(10_000, seed=9))
    known = rows[rows["baris"] % 10 != 0]
    found = []
    for order in (rows, rows.sample(frac=1, random_state=1)):
        with Engine() as engine:
            full(engine, rulebook.linkage, known)
            found.append(grow(engine, rulebook.linkage, order))
            found.append(engine.frame("SELECT * FROM _changed ORDER BY person"))
    pd.testing.assert_frame_equal(found[0], found[2])
    pd.testing.assert_frame_equal(found[1], found[3])


def test_a_month_of_strangers_asks_for_a_full_run(rulebook):
    rows = unpaid(rosters(12_000, seed=8))
    with Engine() as engine:
        full(engine, rulebook.linkage, rows.iloc[:6000])
        with pytest.raises(WholeNeeded) as needed:
            grow(engine, rulebook.linkage, rows)
    assert needed.value.reason == "whole_too_many_new"


@pytest.fixture(scope="module")
def office(finished, tmp_path_factory):
    """The finished city, one list of it not delivered yet when it was linked."""
    root = tmp_path_factory.mktemp("bertahap") / "kota"
    shutil.copytree(finished.root / "data", root / "data")
    office = Office.furnished(root)
    late = next(office.raw.glob("PKH*"))
    held = root / late.name
    shutil.move(late, held)
    first = office.selaras("link", "--json")
    assert first.code == 0, first.err
    links = pd.read_parquet(office.store / "core/core_links.parquet")
    shutil.move(held, late)
    return office, links


def test_a_full_run_leaves_the_part_that_is_made_of_its_links(office, tmp_path):
    place, _ = office
    rulebook = load_rulebook(rule_overlays(Workspace(place.root), None, synthetic=True))
    registry = Store(place.store.parent)
    decisions = place.root / "data/keputusan/contoh"
    left = Registry(registry, rulebook, decisions)
    links = Store(place.store)
    part = part_of(links)
    anew = Registry(Store(tmp_path), rulebook, decisions)
    assert left.chain(part) == anew.make_ready(links) == [part]
    for kind in WHOLE_PART:
        name = f"registry_{kind}_{part}"
        assert registry.content(name) == anew.store.content(name), kind
    with Engine() as engine:
        left.attach_marks(engine)
        marks = engine.one("SELECT count(*) FROM base_marks")
    assert marks == len(registry.frame("registry_keys"))


def test_the_command_links_a_late_list_and_everything_else_stays(office, finished):
    place, before = office
    plan = json.loads(place.selaras("link", "--incremental", "--plan", "--json").out)
    assert (plan["way"], plan["base"]) == ("increment", "2025-12")
    done = place.selaras("link", "--incremental")
    assert done.code == 0, done.err
    assert "Memadankan baris baru terhadap 2025-12" in done.err
    assert "Menyiapkan registri" not in done.err  # the full run left it
    for name in (
        "records",
        "findings",
        "checks",
        "repairs",
        "files",
        "columns",
        "names",
        "references",
    ):
        cleaned = f"core/core_{name}.parquet"
        assert pq.read_table(place.store / cleaned).equals(
            pq.read_table(finished.store / cleaned)
        ), name
    after = pd.read_parquet(place.store / "core/core_links.parquet")
    whole = pd.read_parquet(finished.store / "core/core_links.parquet")
    assert sorted(after["record_id"]) == sorted(whole["record_id"])
    kept = before.merge(after, on="record_id", suffixes=("", "_now"))
    lineage = pd.read_parquet(place.store.parent / "registry/registry_lineage.parquet")
    changed = kept[kept["person_id"] != kept["person_id_now"]]
    assert set(changed["person_id"]) <= set(lineage["person_id"])
    truth = pd.read_parquet(place.root / "data/truth/contoh/truth_record.parquet")
    truth = truth[["record_id", "person_id"]].rename(columns={"person_id": "truth"})
    assert f1(truth[truth["record_id"].isin(set(whole["record_id"]))], after) >= f1(truth[truth["record_id"].isin(set(whole["record_id"]))], whole) - 0.001  # fmt: skip


def test_asked_again_nothing_is_done_and_the_run_goes_on_from_there(office):
    place, _ = office
    place.selaras("link", "--incremental")
    held = place.files("data/derived")
    again = place.selaras("link", "--incremental")
    assert "Tidak berubah: link" in again.err
    assert place.files("data/derived") == held
    on = place.selaras("assess")
    assert "Tidak berubah: link" in on.err
    assert on.code == 0, on.err
