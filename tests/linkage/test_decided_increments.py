"""What people decided holds in increments as it does in full runs, and the pairs they spoke of stay in sight."""

import shutil

import openpyxl
import pandas as pd
import pytest
from linkage_rosters import rosters
from test_incremental import full, grow, unpaid
from workspace import Office

from analysis.engine import Engine
from analysis.field.link_decisions import LinkDecision, record_link_decisions
from analysis.linkage.decisions import content_key
from analysis.linkage.keys import build_units

NIK, NEXT = "3272010503109001", "3272010503109006"
SAID = {"nama": "HASAN BASRI", "tgl_lahir": pd.Timestamp("2010-03-05"), "tgl_lahir_presisi": "hari", "jenis_kelamin": "L", "kode_wilayah": "32.72.01.1003"}  # fmt: skip


def row(place, source, nik, **said):
    return SAID | {
        "source": source, "peran": "penerima", "nik": nik, "nik15": nik and nik[:15], "no_kk": None, "rt": None, "rw": None,
        "berkas": f"{source}.csv", "lembar": "csv", "baris": place, "record_id": f"{source}:uji{place}",
    } | said  # fmt: skip


@pytest.fixture(scope="module")
def town():
    return rosters(2_000, seed=11).drop(columns=["truth", "twin"])


def with_rows(town, *rows):
    return unpaid(pd.concat([town, pd.DataFrame(rows)], ignore_index=True))


def decided(engine, rows, answer):
    """An answer on two rows, as linkage is told of it."""
    engine.register("_asked", rows)
    engine.register("core_records", rows)
    build_units(engine, "_asked")
    a, b = sorted(key for (key,) in engine.rows(f"SELECT {content_key()} FROM _units"))
    engine.drop("_asked", "_units", "_unit_of", "core_records")
    engine.register("linkage_decisions", pd.DataFrame([{"kunci_a": a, "kunci_b": b, "jawaban": answer}]))  # fmt: skip


# two rows and a new one like both
PARTED = [
    # the model takes all three for one person
    (row(1, "pkh", NIK), row(2, "sembako", None), row(3, "lansia", None, rt="001")),
    # one person before any model, by the number's first digits or by number and first name
    (row(1, "pkh", NIK), row(2, "sembako", NEXT), row(3, "lansia", NEXT, rt="001")),
    (row(1, "pkh", NIK), row(2, "sembako", NIK, nama="HASAN"), row(3, "lansia", NIK, nama="HASAN", rt="001")),
]  # fmt: skip


@pytest.mark.parametrize("rows", PARTED)
def test_a_new_row_joins_nobody_whom_people_parted_and_goes_where_a_full_run_puts_it(
    rulebook, town, rows
):
    names = [said["record_id"] for said in rows]
    known, every = with_rows(town, *rows[:2]), with_rows(town, *rows)
    found = {}
    for answer in ("", "beda"):
        with Engine() as engine:
            decided(engine, known.tail(2), answer)
            whole = full(engine, rulebook.linkage, every).set_index("record_id")["person_id"]
        with Engine() as engine:
            decided(engine, known.tail(2), answer)
            full(engine, rulebook.linkage, known)
            grown = grow(engine, rulebook.linkage, every).set_index("record_id")["person_id"]
        found[answer] = [list(pd.factorize(persons[names])[0]) for persons in (whole, grown)]
    assert found[""] == [[0, 0, 0], [0, 0, 0]]
    assert found["beda"][0] == found["beda"][1]
    assert found["beda"][1][:2] == [0, 1]


def test_a_pair_reviewers_differ_on_stays_in_sight_when_a_late_list_comes(finished, tmp_path):
    root = tmp_path / "kota"
    shutil.copytree(finished.root / "data", root / "data")
    office = Office.furnished(root)
    late = next(office.raw.glob("PKH*"))
    shutil.move(late, root / late.name)
    office.selaras("link")
    table = office.store / "core/core_review_pairs.parquet"
    pairs = pd.read_parquet(table).tail(20)
    words = (("Rina", "sama"), ("Ujang", "beda"))
    answers = [
        LinkDecision(pair.kunci_a, pair.kunci_b, answer, reviewer, "KK", "2025-12-10")
        for reviewer, answer in words
        for pair in pairs.itertuples()
    ]
    record_link_decisions(office.root / "data/keputusan/contoh", answers)
    assert office.selaras("link").code == 0
    shutil.move(root / late.name, late)
    done = office.selaras("link", "--incremental")
    assert done.code == 0, done.err
    assert "Memadankan baris baru terhadap 2025-12" in done.err
    keys = ["kunci_a", "kunci_b"]
    kept = pairs.merge(pd.read_parquet(table), on=keys, suffixes=("", "_now"))
    assert len(kept) == len(pairs)
    assert (kept["digabung"] == kept["digabung_now"]).all()
    assert (kept["sebab_now"] == "dijawab").any()
    office.selaras("review", "export")
    page = openpyxl.load_workbook(office.store / "tinjau/tinjau_padanan.xlsx").active
    told = [row[1] for row in page.iter_rows(values_only=True) if str(row[0]).startswith("P-")]
    assert set(told[:20]) == {"penelaah berbeda pendapat"}
    assert "penelaah berbeda pendapat" not in told[20:]
