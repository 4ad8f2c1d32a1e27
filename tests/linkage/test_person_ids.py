"""Ids that stay and the lineage that tells when they cannot: whatever the model joins, from run to run and month to month."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from rosterkit import RUN

from analysis.engine import Engine
from analysis.linkage.keys import build_units
from analysis.linkage.registry import name_persons

LEFT = ("_units", "_unit_of", "_clusters", "_persons", "core_records")
NUMBERS = ("3272010503809001", "3272010503809002", "3272014707909003")
WORDS = ["source", "nik", "no_kk", "nama", "tgl_lahir", "kode_wilayah"]
ROWS = st.fixed_dictionaries({
    "source": st.sampled_from(["pkh", "sembako"]),
    "nik": st.sampled_from([None, *NUMBERS]),
    "no_kk": st.sampled_from([None, "3272010101159001", "3272010101159002"]),
    "nama": st.sampled_from(["UNDANG SUPENA", "ENENG KARTINI", "ASEP"]),
    "tgl_lahir": st.sampled_from([None, date(1980, 3, 5), date(1990, 7, 7)]),
    "kode_wilayah": st.sampled_from([None, "32.72.01.1001"]),
    "person": st.integers(0, 3),
})  # fmt: skip
MONTH = st.lists(ROWS, min_size=1, max_size=8)


class Registry:
    """One registry and the linkings made on it; who is whom is said by each row's `person`."""

    def __init__(self) -> None:
        self.engine = Engine(threads=1)

    def __enter__(self) -> "Registry":
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.close()

    def link(self, rows: list[dict], period: str = "2025-12") -> pd.DataFrame:
        """The rows with their person_id; rows the linkage cannot tell apart are one person's, the smallest's."""
        table = records(rows, period)
        self.engine.register("core_records", table.drop(columns="person"))
        build_units(self.engine)
        self.engine.register("_said", table[["record_id", "person"]])
        self.engine.table(
            "_clusters",
            "SELECT uid, min(person) AS cluster FROM _unit_of JOIN _said USING (record_id) GROUP BY uid",
        )
        name_persons(self.engine, replace(RUN, period=period))
        found = self.engine.frame(
            """SELECT record_id, uid, cluster, person_id FROM _unit_of
            JOIN _clusters USING (uid) JOIN _persons USING (cluster)"""
        )
        self.engine.drop(*LEFT)
        return table.merge(found, on="record_id").set_index("record_id").sort_index()

    def kept(self) -> tuple[list, list]:
        """Everything in the registry."""
        return tuple(
            self.engine.rows(f"SELECT * FROM {name} ORDER BY ALL")
            for name in ("registry_keys", "registry_lineage")
        )

    def leads_to(self, person: str) -> set[str]:
        """The ids that lineage leads to from one."""
        after = defaultdict(set)
        for _, who, event, other in self.kept()[1]:
            after[who if event == "gabung" else other].add(other if event == "gabung" else who)
        found, ahead = {person}, [person]
        while ahead:
            fresh = after[ahead.pop()] - found
            found |= fresh
            ahead += fresh
        return found


def records(rows: list[dict], period: str) -> pd.DataFrame:
    """core_records of the rows; a row's place in its file is its place in `rows`, unless it names one."""
    made = [{"baris": place, "berkas_sha": "0a1b2c3d"} | row for place, row in enumerate(rows)]
    table = pd.DataFrame(made)
    table["record_id"] = (
        table["source"] + f":{period}:" + table["berkas_sha"] + ":A:" + table["baris"].astype(str)
    )
    return table.assign(
        peran="penerima", nik15=table["nik"].str[:15], jenis_kelamin=None, rt=None, rw=None,
        tgl_lahir=pd.to_datetime(table["tgl_lahir"]), tgl_lahir_presisi=table["tgl_lahir"].map(lambda day: "hari" if day else None),
    ).astype({"nik": "str", "no_kk": "str", "kode_wilayah": "str", "jenis_kelamin": "str", "rt": "str", "rw": "str"})  # fmt: skip


def groups(found: pd.DataFrame) -> dict[str, frozenset]:
    """Rows of each person id."""
    return {person: frozenset(rows.index) for person, rows in found.groupby("person_id")}


@limits(max_examples=25)
@given(MONTH, MONTH)
def test_the_same_input_again_gives_the_same_ids_and_nothing_more_to_tell(first, second):
    with Registry() as registry:
        registry.link(first)
        once = registry.link(second)
        kept = registry.kept()
        again = registry.link(second)
        pd.testing.assert_frame_equal(once, again)
        assert registry.kept() == kept


@limits(max_examples=25)
@given(MONTH, MONTH)
def test_an_old_month_again_after_a_new_one_keeps_its_ids(first, second):
    with Registry() as registry:
        old = registry.link(first, "2025-11")
        new = registry.link(second, "2025-12")
        pd.testing.assert_frame_equal(registry.link(first, "2025-11"), old)
        pd.testing.assert_frame_equal(registry.link(second, "2025-12"), new)


@limits(max_examples=25)
@given(MONTH, MONTH, st.randoms(use_true_random=False), st.integers(0, 8))
def test_unchanged_persons_keep_their_id_when_rows_come_go_or_are_shuffled(
    rows, more, shuffle, gone
):
    """The added rows are of other persons; each row keeps its file and place."""
    stay = [row | {"baris": place} for place, row in enumerate(rows)]
    added = [
        row | {"baris": 100 + place, "person": 10 + row["person"]} for place, row in enumerate(more)
    ]
    with Registry() as registry:
        before = groups(registry.link(stay))
        now = stay[gone:] + added
        shuffle.shuffle(now)
        after = groups(registry.link(now)) if now else {}
    same = {rows: person for person, rows in before.items()}
    for person, held in after.items():
        assert same.get(held, person) == person


@limits(max_examples=25)
@given(
    st.lists(
        st.tuples(MONTH, st.sampled_from(["2025-10", "2025-11", "2025-12"])), min_size=2, max_size=5
    )
)
def test_lineage_leads_from_every_id_a_row_had_to_its_present_one(linkings):
    """Whatever is joined or parted, in whatever order months are linked."""
    held: dict[str, dict[str, str]] = defaultdict(dict)
    with Registry() as registry:
        for rows, period in linkings:
            found = registry.link(rows, period)
            assert found.groupby("cluster")["person_id"].nunique().eq(1).all()
            assert found["person_id"].nunique() == found["cluster"].nunique()
            words = found.index + found[WORDS].map(str).agg("|".join, axis=1)
            for word, person in zip(words, found["person_id"], strict=True):
                earlier = held[period].get(word)
                assert earlier is None or person in registry.leads_to(earlier)
                held[period][word] = person


def undang(**said) -> dict:
    """A row that says a name and a kelurahan, of which there are many."""
    return dict.fromkeys(("nik", "no_kk", "tgl_lahir")) | {
        "source": "pkh", "nama": "UNDANG SUPENA", "kode_wilayah": "32.72.01.1001", "person": 0,
    } | said  # fmt: skip


def test_a_row_without_any_key_keeps_its_id_by_its_words_in_its_list(registry):
    first = registry.link([undang()], "2025-11")["person_id"].item()
    other = undang(nama="ENENG KARTINI", person=1)
    second = registry.link([other, undang(berkas_sha="ffffffff", baris=7)])
    assert second.loc[second["nama"] == "UNDANG SUPENA", "person_id"].item() == first


def test_namesakes_in_two_lists_are_two_and_stay_who_they_were(registry):
    two = [undang(), undang(source="sembako", person=1)]
    first = registry.link(two, "2025-11")["person_id"]
    assert first.nunique() == 2
    second = registry.link([row | {"berkas_sha": "ffffffff"} for row in two])["person_id"]
    assert list(first) == list(second)


def test_two_namesakes_of_one_list_never_take_each_others_id(registry):
    """In a new file nobody can tell which of them is which: both are new; in the old one each is who it was."""
    two = [undang(baris=3), undang(baris=9, person=1)]
    first = registry.link(two)
    assert first["person_id"].nunique() == 2
    moved = registry.link(
        [row | {"berkas_sha": "ffffffff", "baris": row["baris"] + 6} for row in two]
    )
    assert not set(moved["person_id"]) & set(first["person_id"])
    assert registry.link(two)["person_id"].to_dict() == first["person_id"].to_dict()
    left = registry.link([undang(berkas_sha="eeeeeeee")])
    assert left["person_id"].item() not in {*first["person_id"], *moved["person_id"]}


def test_a_son_does_not_take_his_fathers_id_by_card_and_name(registry):
    card = {"no_kk": "3272010101159001", "nama": "YAYAN SOPANDI"}
    father = undang(**card, nik=NUMBERS[0], tgl_lahir=date(1960, 3, 5))
    son = undang(**card, nik=NUMBERS[2], tgl_lahir=date(1990, 7, 7))
    assert registry.link([father], "2025-11")["person_id"].item() != registry.link([son])["person_id"].item()  # fmt: skip


def test_parted_and_joined_again_gives_the_ids_back(registry):
    """As when a reviewer says "two persons", takes it back and says it again."""
    one = [undang(nik=NUMBERS[0]), undang(nik=NUMBERS[1])]
    two = [one[0], one[1] | {"person": 1}]
    joined, parted = (registry.link(rows)["person_id"].tolist() for rows in (one, two))
    assert joined == ["J-0000001", "J-0000001"]
    assert set(parted) == {"J-0000001", "J-0000002"}
    assert registry.link(one)["person_id"].tolist() == joined
    told = registry.kept()[1]
    assert told == [("2025-12", "J-0000002", "gabung", "J-0000001"), ("2025-12", "J-0000002", "pisah", "J-0000001")]  # fmt: skip
    assert registry.link(two)["person_id"].tolist() == parted
    assert registry.kept()[1] == told


@given(MONTH)
@limits(max_examples=15)
def test_keys_hold_no_value_of_a_row(rows):
    with Registry() as registry:
        registry.link(rows)
        keys, _ = registry.kept()
    assert keys
    for key, period, person in keys:
        assert re.fullmatch(r"[a-z](-[0-9a-f]{8}){4}", key)
        assert (period, bool(re.fullmatch(r"(J-\d{7})?", person))) == ("2025-12", True)


@pytest.fixture
def registry():
    with Registry() as made:
        yield made
