"""At an increment as in a full run: the register's words come first, and groups are looked at again as wholes."""

import pandas as pd
import pytest
from linkage_rosters import rosters
from rosterkit import RUN
from test_incremental import full, grow, unpaid

from analysis.engine import Engine
from analysis.linkage.increments.groups import group_new
from analysis.linkage.increments.known_rows import recognise
from analysis.linkage.increments.link import standing_now
from analysis.linkage.increments.links import build_links
from analysis.linkage.increments.names import name_increment
from analysis.linkage.increments.pairs import gold
from analysis.linkage.increments.part import build_added, follow_changes, still_told
from analysis.linkage.registry_part import FIELDS

NIK, CARD, DAY = "3272111806779395", "3272110101150921", "1977-06-18"


def row(rows, source, place, **said):
    """A row of `source` as lists have it, of somebody no list has: what is not `said` is not told."""
    usual = rows[rows["source"] == source].iloc[[0]].copy()
    silent = [
        "nik",
        "nik15",
        "nik_sisa",
        "no_kk",
        "tgl_lahir",
        "tgl_lahir_presisi",
        "jenis_kelamin",
    ]
    for name in silent:
        usual[name] = None
    told = said | {"record_id": f"{source}:uji{place}", "truth": -1, "baris": 10_000_000 + place}
    if "tgl_lahir" in said:
        told |= {"tgl_lahir": pd.Timestamp(said["tgl_lahir"]), "tgl_lahir_presisi": "hari"}
    if "nik" in said:
        told["nik15"] = said["nik"][:15]
    for name, value in told.items():
        usual[name] = value
    return usual


@pytest.fixture(scope="module")
def people():
    return rosters(30_000, seed=14)


def together(people, handmade):
    return unpaid(pd.concat([people, *handmade], ignore_index=True).astype(people.dtypes))


def of_hand(engine):
    """Person of each handmade row, by record."""
    found = engine.frame(
        "SELECT record_id, person_id FROM core_links WHERE record_id LIKE '%:uji%' ORDER BY record_id"
    )
    assert found["record_id"].is_unique
    return dict(zip(found["record_id"], found["person_id"], strict=True))


def joined(rules, people, known, new):
    """Person of each handmade row where `known` were linked before and `new` are not."""
    with Engine() as engine:
        full(engine, rules, together(people, known))
        grow(engine, rules, together(people, [*known, *new]))
        return of_hand(engine)


def go_on(engine):
    """What the last increment left is what the next one stands on (registry.py)."""
    engine.table("base_links", "SELECT * FROM core_links")
    for kind in ("sources", "files", "stands"):
        engine.table(f"base_{kind}", f"SELECT * FROM part_{kind}")
    for name in ("changed_0", "parted_1"):
        engine.table(f"_{name}", f"SELECT * FROM part_{name[:-2]}")
    for kind in ("nodes", "index", "sure", "words", "cards", "families"):
        engine.table(f"_{kind}_0", f"SELECT * FROM _all_{kind}")
        engine.table(f"_{kind}_1", f"SELECT * FROM part_{kind}")
        engine.drop(f"_all_{kind}")
        engine.view(f"_all_{kind}", still_told(kind, 2))
    follow_changes(engine, 1)
    engine.drop("core_links")


def test_a_row_unlike_one_record_of_a_person_is_joined_to_the_person_as_a_whole(rulebook, people):
    """Average link alone would leave it: it is surely the first record's, surely not like the second's."""
    home = {"kode_wilayah": "32.72.11.1004", "rt": "004", "rw": "007"}
    moved = home | {"kode_wilayah": "32.72.11.1005"}
    name = "KAKURAN RODITA"
    known = [
        row(people, "dtsen_individu", 1, nik=NIK, no_kk=CARD, tgl_lahir=DAY, nama=name, **home),
        row(people, "sembako", 2, nik=NIK, no_kk=CARD, tgl_lahir=DAY, nama=name, **home),
        row(people, "pkh", 3, no_kk=CARD, tgl_lahir=DAY, nama="KAKURAN", **moved),
    ]
    new = [row(people, "pbi_jk", 4, nik15=NIK[:15], tgl_lahir=DAY, nama="KAKURNA RODITA", **home)]
    found = joined(rulebook.linkage, people, known, new)
    assert len(set(found.values())) == 1, found


def test_a_row_surely_of_two_known_persons_parts_neither(rulebook, people):
    """By its NIK it is one's, by its card and birth date the other's: no part of either goes over to the other."""
    home = {"kode_wilayah": "32.72.11.1004", "rt": "004", "rw": "007"}
    away = {"kode_wilayah": "32.72.12.1001", "rt": "001", "rw": "002"}
    name, other = "KAKURAN RODITA", "3272120203140007"
    known = [
        row(people, "sembako", 1, nik=NIK, no_kk=CARD, tgl_lahir=DAY, nama=name, **home),
        row(people, "pkh", 2, no_kk=CARD, nama=name, **home),
        row(people, "pbi_jk", 3, no_kk=other, tgl_lahir="1951-02-03", nama=name, **away),
        row(people, "lansia", 4, no_kk=other, nama=name, **away),
    ]
    both = {"nik": NIK, "no_kk": other, "tgl_lahir": "1951-02-03", "nama": name}
    found = joined(rulebook.linkage, people, known, [row(people, "daerah", 5, **both, **away)])
    assert found["pkh:uji2"] == found["sembako:uji1"]
    assert found["lansia:uji4"] == found["pbi_jk:uji3"]
    assert found["pbi_jk:uji3"] != found["sembako:uji1"]


def test_what_the_register_says_comes_before_what_was_known():
    told = {name: [None, None] for name in FIELDS.split(", ")}
    told |= {"node": [1, 2], "one": [1, 1], "sound": ["WICE", "WICE HANISA"], "area": ["A", "B"]}
    told |= {"in_register": [False, True], "mute": [False, False], "lists": [2, 1]}
    with Engine() as engine:
        engine.register("_told", pd.DataFrame(told))
        found = engine.frame(gold("_told"))
    assert list(found["node"]) == [1]
    assert list(found["sound"]) == ["WICE HANISA"]
    assert list(found["area"]) == ["B"]
    assert list(found["area2"]) == ["A"]


HERS, MOTHERS, FAMILY = "3272044303649825", "3272040304589419", "3272040101156963"


def test_a_member_of_the_register_who_comes_late_parts_who_was_taken_for_another(rulebook, people):
    """A row with a relative's NIK made two sisters one; when her own entry comes they are two, also for the next increment."""
    home = {"kode_wilayah": "32.72.04.1005", "rt": "002", "rw": "003", "no_kk": FAMILY}
    one = home | {"nama": "FATASE TASU", "tgl_lahir": "1958-04-03", "nik": MOTHERS}
    other = home | {"nama": "FAINMA TASU", "tgl_lahir": "1964-03-03"}
    known = [
        row(people, "dtsen_individu", 1, **one),
        row(people, "pbi_jk", 2, **one),
        row(people, "sembako", 3, nik=HERS, **other),
        row(people, "bltdd", 4, nik=MOTHERS, **other),
    ]
    late = row(people, "dtsen_individu", 5, nik=HERS, **other)
    later = row(people, "lansia", 6, nik=HERS, **other | {"nama": "FAINMATASU"})
    rules = rulebook.linkage
    with Engine() as engine:
        full(engine, rules, together(people, known))
        before = of_hand(engine)
        after = grow(engine, rules, together(people, [*known, late]))
        found = of_hand(engine)
        lineage = engine.frame("FROM registry_lineage")
        build_added(engine, RUN, standing_now(engine))
        go_on(engine)
        recognise(engine, rules)
        again = engine.frame("SELECT record_id, person FROM _again")
        engine.register("core_records", together(people, [*known, late, later]))
        recognise(engine, rules)
        group_new(engine, rules)
        name_increment(engine, rules, RUN)
        build_links(engine, rules)
        last = of_hand(engine)
    (was,) = set(before.values())
    mother, hers = found["pbi_jk:uji2"], found["dtsen_individu:uji5"]
    assert found["dtsen_individu:uji1"] == mother != hers == found["sembako:uji3"], found
    assert found["bltdd:uji4"] == hers
    assert was in (mother, hers)
    assert len(after) == len(people) + 5
    parted = lineage[lineage["event"] == "pisah"]
    new = mother if was == hers else hers
    assert (new, was) in set(zip(parted["person_id"], parted["other_id"], strict=True))
    assert not len(again)
    assert {record: last[record] for record in found} == found
    assert last["lansia:uji6"] == hers
