"""Files that come after a linking: which rows are theirs, where their links stand, and what a list says that nobody knew."""

import pytest
from linkage_rosters import rosters
from test_incremental import f1, full, grow, unpaid

from analysis.engine import Engine
from analysis.linkage import model
from analysis.linkage.increments import groups
from analysis.linkage.increments.late_files import files_of, late_rows
from analysis.linkage.rivals import weigh_rivals


def delivered(rows):
    """The rows, each with the file it came in: a file a list."""
    return rows.assign(file_sha8="5ha8" + rows["source"].str[:4]).sort_values("record_id")


@pytest.fixture(scope="module")
def city():
    return delivered(unpaid(rosters(30_000, seed=4)))


def late_list(rulebook, city, lists, sha8=True):
    """Links where `lists` come late, by their files or row by row; how many rows were found new, and how many are."""
    rows = city if sha8 else city.drop(columns="file_sha8")
    is_new = rows["source"].isin(lists)
    with Engine() as engine:
        full(engine, rulebook.linkage, rows[~is_new])
        engine.table("core_links", "FROM core_links ORDER BY record_id")  # as they are stored
        grow(engine, rulebook.linkage, rows)
        links = engine.frame("FROM core_links")
        new = engine.one("SELECT (SELECT count(*) FROM _new) + (SELECT count(*) FROM _again)")
    return links, new, is_new.sum()


@pytest.mark.parametrize("lists", [["sembako"], ["bltdd", "pip"]])
def test_links_are_the_same_by_files_and_row_by_row_and_in_order(rulebook, city, lists):
    by_file, found, new = late_list(rulebook, city, lists)
    by_row, found_by_row, _ = late_list(rulebook, city, lists, sha8=False)
    assert found == found_by_row == new
    assert by_file.equals(by_row)
    assert list(by_file["record_id"]) == list(city["record_id"])


def test_what_a_list_that_nobody_knew_says_is_learned_from_its_rows(rulebook, city, monkeypatch):
    """How many of its rows stand in no other list: as the linking of all rows finds it, which has the model besides."""
    seen = []

    def weigh(engine, *given):
        seen.append(engine.frame("FROM _none ORDER BY place").set_index("place")["tanpa"])
        weigh_rivals(engine, *given)

    for room in (groups, model):
        monkeypatch.setattr(room, "weigh_rivals", weigh)
    links, _, _ = late_list(rulebook, city, ["sembako"])
    with Engine() as engine:
        whole = full(engine, rulebook.linkage, city)
    before, now, at_once = seen
    last = city["source"].nunique() - 1
    assert before[last] == 1  # nobody had a row of it
    assert now[last] == pytest.approx(at_once[last], abs=0.05)
    assert now[:last].equals(before[:last])
    assert f1(city, links) >= f1(city, whole) - 0.00005


def asked(known, now):
    """The ids of late rows, or '' where files do not tell them."""
    with Engine() as engine:
        engine.register("core_records", known)
        engine.table("base_links", "SELECT record_id FROM core_records")
        engine.table("base_files", files_of(engine, "core_records"))
        engine.register("core_records", now)
        engine.table("_files", files_of(engine, "core_records"))
        query = late_rows(engine)
        return query and sorted(engine.frame(f"SELECT record_id FROM ({query})")["record_id"])


def test_files_tell_which_rows_are_late_only_where_each_linked_one_is_here_whole(city):
    city = city[["record_id", "source", "peran", "file_sha8"]]
    some = city[city["source"].isin(["lansia", "bltdd"])]
    first = some[some["source"] == "lansia"]
    late = list(some.loc[some["source"] == "bltdd", "record_id"])
    assert asked(first, some) == late
    assert asked(some, some) == []
    # a file gone, a file with fewer rows, the same list in another file, rows that do not tell their file
    assert asked(some, first) == ""
    assert asked(some, some.iloc[1:]) == ""
    assert asked(some, some.assign(file_sha8=some["file_sha8"].replace("5ha8lans", "anew"))) == ""
    assert asked(first.drop(columns="file_sha8"), some.drop(columns="file_sha8")) == ""


def test_one_file_may_hold_two_lists_of_which_one_was_linked(city):
    city = city[["record_id", "source", "peran", "file_sha8"]].assign(file_sha8="one")
    some = city[city["source"].isin(["lansia", "bltdd"])]
    assert asked(some[some["source"] == "lansia"], some) == list(
        some.loc[some["source"] == "bltdd", "record_id"]
    )
