"""What the run finds against what was planted: people, duplicates, missed families, overlaps."""

from collections import Counter

import pandas as pd
import pytest
from linkage_quality import quality

from analysis.engine import Engine


@pytest.fixture(scope="module")
def truth(finished):
    folder = finished.root / "data/truth/contoh"
    tables = {
        name: pd.read_parquet(folder / f"truth_{name}.parquet")
        for name in ("record", "planted", "family")
    }
    record, planted = tables["record"], tables["planted"]
    now = planted["record_id"].isin(record[record["period"] == "2025-12"]["record_id"])
    return tables | {
        "record": record[record["period"] == "2025-12"],
        "planted": planted[now | ((planted["record_id"] == "") & (planted["period"] == "2025-12"))],
    }


@pytest.fixture(scope="module")
def table(finished):
    def read(name):
        return pd.read_parquet(finished.store / name.split("_")[0] / f"{name}.parquet")

    return read


def test_people_are_found_again_better_than_by_nik_alone(finished):
    with Engine() as engine:
        for name in ("core_records", "core_links"):
            engine.attach(name, finished.store / f"core/{name}.parquet")
        engine.attach("truth_record", finished.root / "data/truth/contoh/truth_record.parquet")
        precision, recall, persons = quality(
            engine, "l.person_id", "JOIN core_links l USING (record_id)"
        )
        nik_precision, nik_recall, nik_persons = quality(engine, "r.nik")
    assert precision > 0.995
    assert recall > 0.98
    assert abs(persons - 1) < 0.02  # guests of the shelter without number or name
    assert precision > nik_precision
    assert recall > nik_recall + 0.05
    assert abs(persons - 1) < abs(nik_persons - 1)


def test_planted_repeats_are_found_as_duplicates(truth, table):
    planted = truth["planted"]
    found = table("out_duplicates")
    records = table("core_records").set_index("record_id")
    repeated = planted[planted["kind"] == "ganda_orang"]
    repeated = repeated[records["is_penerima"].reindex(repeated["record_id"]).to_numpy()]
    links = table("core_links").set_index("record_id")["person_id"]
    families = table("core_persons").set_index("person_id")["family_id"]
    family_of = families[links[repeated["record_id"]]].to_numpy()
    cases = set(zip(found["programme"], found["family_id"], strict=True))
    hits = [(p, f) in cases for p, f in zip(repeated["source"], family_of, strict=True)]
    assert sum(hits) / len(hits) > 0.9
    same_person = found[found["jenis"] == "orang_sama"]
    assert len(same_person) >= 0.9 * len(repeated)
    rows = truth["record"][records["is_penerima"].reindex(truth["record"]["record_id"]).to_numpy()]
    rows = rows.assign(family=families[links[rows["record_id"]]].to_numpy())
    twice = rows[rows.duplicated(["source", "person_id"], keep=False)]
    true_cases = set(zip(twice["source"], twice["family"], strict=True))
    named = list(zip(same_person["programme"], same_person["family_id"], strict=True))
    assert sum(case in true_cases for case in named) / len(named) >= 0.98


def test_missed_families_are_counted_close_to_the_truth(truth, table):
    """The brief's second headline against the truth; families outside the register cannot be seen."""
    seen = truth["family"][truth["family"]["in_register"]]["family_id"]
    planted = truth["planted"]
    missed = planted[(planted["kind"] == "terlewat") & planted["family_id"].isin(seen)][
        "family_id"
    ].nunique()
    families = table("core_families")
    held = set(table("core_enrolments")["family_id"])
    poorest = families[families["is_registri"] & families["desil"].between(1, 2)]
    found = (~poorest["family_id"].isin(held)).sum()
    assert abs(found - missed) / missed < 0.05


def test_combinations_are_counted_close_to_the_truth(truth, table):
    kinds = truth["planted"]["kind"].value_counts()
    planted = Counter()
    for kind, count in kinds.items():
        if kind.startswith("gabungan:"):
            planted[_but_the_log(kind.removeprefix("gabungan:"))] += count
    found = Counter(map(_but_the_log, table("out_overlap")["programmes"]))
    for held in [held for held in (*planted, *found) if len(held) < 2]:
        planted.pop(held, None)
        found.pop(held, None)
    for programmes, count in planted.items():
        if count >= 100:
            assert abs(found[programmes] - count) / count < 0.06, programmes
    assert abs(found.total() - planted.total()) / planted.total() < 0.05


def _but_the_log(programmes: str) -> frozenset:
    """The set without 12 PAS: a third of the log's rows carry no number, and rightly stay unlinked."""
    return frozenset(programmes.split("+")) - {"pas12"}


def test_every_verdict_is_met(table):
    assert set(table("out_overlap")["verdict"]) == {
        "komplementer", "bersyarat", "perlu_klarifikasi", "belum_diatur", "dilarang",
    }  # fmt: skip


def test_every_planted_repeat_of_a_family_shows_in_its_family(truth, table):
    planted = truth["planted"]
    spouses = planted[planted["kind"] == "ganda_keluarga"]
    records = table("core_links").set_index("record_id")["person_id"]
    families = table("core_persons").set_index("person_id")["family_id"]
    found = table("out_duplicates")
    cases = set(zip(found["programme"], found["family_id"], strict=True))
    hits = [
        (source, families[records[record]]) in cases
        for source, record in zip(spouses["source"], spouses["record_id"], strict=True)
    ]
    assert sum(hits) / len(hits) > 0.8


def test_findings_of_linkage_stand_on_the_rows_that_were_planted(truth, table):
    """C16 on the rows of families above the programme's desil, C22 on the register's row of families missed."""
    found, planted = table("out_findings"), truth["planted"]
    record = truth["record"].set_index("record_id")["family_id"]
    for code, kind, source in (
        ("C16", "di_atas_batas:sembako", "sembako"),
        ("C22", "terlewat", "dtsen_keluarga"),
    ):
        families = set(planted[planted["kind"] == kind]["family_id"])
        rows = found[(found["check_code"] == code) & (found["source"] == source)]
        named = record[rows["record_id"]]
        assert named.isin(families).mean() > 0.93, code
        seen = families & set(record[record.index.str.startswith(source + ":")])
        assert len(set(named) & seen) / len(seen) > 0.9, code
    unknown = found[found["check_code"] == "C15"]
    register = set(truth["family"][truth["family"]["in_register"]]["family_id"])
    assert (~record[unknown["record_id"]].isin(register)).mean() > 0.5


def test_forbidden_combinations_stand_on_the_rows_of_their_programmes(table):
    """C08: every recipient row of a family whose set is forbidden, of a programme of that set, and no other."""
    overlap = table("out_overlap")
    forbidden = overlap[overlap["verdict"] == "dilarang"].set_index("family_id")["programmes"]
    links = table("core_links").set_index("record_id")["person_id"]
    families = table("core_persons").set_index("person_id")["family_id"]
    records = table("core_records")
    records = records[records["is_penerima"]].assign(
        family=lambda r: families[links[r["record_id"]]].to_numpy()
    )
    concerned = records[records["family"].isin(forbidden.index)]
    expected = {
        row.record_id
        for row in concerned.itertuples()
        if row.programme in forbidden[row.family].split("+")
    }
    told = table("out_findings")
    assert set(told[told["check_code"] == "C08"]["record_id"]) == expected
    assert len(expected) >= 20
