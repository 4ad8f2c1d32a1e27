"""Gates of linkage (exit 7): the broken file and no other is named, with its figure and remedy, and somebody may answer for it."""

import re

import numpy as np
import pandas as pd
import pytest
from linkage_rosters import rosters
from rosterkit import RUN

from analysis.engine import Engine
from analysis.errors import LinkageGateError
from analysis.linkage.gates import inspect_standing
from analysis.linkage.link import link_persons
from analysis.linkage.standing import Standing

SAID = ["nik", "nik15", "no_kk", "nama", "tgl_lahir", "jenis_kelamin", "kode_wilayah", "rt", "rw"]


@pytest.fixture(scope="module")
def city():
    rows = rosters(6000, seed=12).drop(columns="truth")
    return rows.assign(manfaat_rp=pd.array([None] * len(rows), dtype="Int64"))


def linked(rulebook, rows, excused=(), before=None) -> str:
    """What the gates say of the rows; '' where they pass. `before`: rows of the month before."""
    with Engine() as engine:
        if before is not None:
            engine.register("core_records", before)
            link_persons(engine, rulebook, RUN)
            for name in ("core_links", "core_records"):
                engine.table(f"prev_{name}", f"SELECT * FROM {name}")
        engine.register("core_records", rows)
        pairs = pd.DataFrame(excused, columns=["gerbang", "berkas"], dtype="str")
        engine.register("linkage_exceptions", pairs)
        try:
            link_persons(engine, rulebook, RUN)
        except LinkageGateError as refused:
            return str(refused)
    return ""


def copied_down(rows, source, starts, height):
    """The list with what one row says dragged down over the rows below it."""
    rows = rows.copy()
    own = rows.index[rows["source"] == source]
    for start in starts:
        block = own[start : start + height]
        rows.loc[block, SAID] = rows.loc[own[start], SAID].to_numpy()
    return rows


def without_keys(rows, source, share=1.0):
    """The list with other names and no numbers, in `share` of its rows."""
    rows = rows.copy()
    own = rows.index[rows["source"] == source]
    hit = own[: int(len(own) * share)]
    rows.loc[hit, ["nik", "nik15", "no_kk"]] = None
    return _renamed(rows, hit)


def with_other_keys(rows, source, share=1.0):
    """The list with other names and numbers of nobody, in `share` of its rows."""
    rows = rows.copy()
    own = rows.index[rows["source"] == source]
    hit = own[: int(len(own) * share)]
    rows.loc[hit, "nik"] = [f"32720101018{n:05d}" for n in range(len(hit))]
    rows.loc[hit, "nik15"] = rows.loc[hit, "nik"].str[:15]
    rows.loc[hit, "no_kk"] = None
    return _renamed(rows, hit)


def _renamed(rows, hit):
    letters = np.array(list("ABCDEFGHIJ"))
    rows.loc[hit, "nama"] = [
        "QX" + "".join(letters[[int(d) for d in f"{k:05d}"]]) for k in range(len(hit))
    ]
    return rows


def test_a_sound_city_passes(rulebook, city):
    assert linked(rulebook, city, before=city) == ""


@pytest.mark.parametrize(("gate", "source", "broken", "figures"), [
    ("gugus", "pbi_jk", lambda rows: copied_down(rows, "pbi_jk", [0], 450), ("45", "400")),
    ("gugus", "pbi_jk", lambda rows: copied_down(rows, "pbi_jk", [0, 200, 400], 100), ("%", "1,0%")),
    ("terpisah", "sembako", lambda rows: with_other_keys(rows, "sembako"), ("610",)),
    # in its first month there is nothing before it to jump from
    ("nomor", "dtsen_individu", lambda rows: without_keys(rows, "dtsen_individu", 0.2), ("90%",)),
    ("jarang", "sembako", lambda rows: with_other_keys(rows, "sembako", 0.5), ("610", "60%")),
])  # fmt: skip
def test_a_broken_list_is_named_and_can_be_answered_for(
    rulebook, city, gate, source, broken, figures
):
    rows = broken(city)
    told = linked(rulebook, rows)
    assert told.startswith(f"Berkas {source}.csv: ")
    assert f"`selaras kecualikan {gate}`" in told
    assert "Perbaikan:" in told
    assert all(figure in told for figure in figures)
    assert linked(rulebook, rows, [(gate, f"{source}.csv")]) == ""
    assert linked(rulebook, rows, [(gate, "daerah.csv")]) == told


def test_a_list_of_names_and_addresses_alone_passes(rulebook, city):
    rows = city.copy()
    rows.loc[rows["source"] == "sembako", ["nik", "nik15", "no_kk"]] = None
    assert linked(rulebook, rows) == ""


def test_a_list_that_met_others_and_no_longer_does(rulebook, city):
    rows = with_other_keys(city, "sembako", 0.3)
    told = linked(rulebook, rows, before=city)
    rates = [int(text) for text in re.findall(r"(\d+)%", told)]
    assert told.startswith("Berkas sembako.csv: ")
    assert rates[0] < rates[1] - 15
    assert linked(rulebook, rows, [("lonjakan", "sembako.csv")], before=city) == ""


@pytest.mark.parametrize("sizes", [[450], [40] * 8])
def test_persons_found_by_increments_are_judged_the_same(rulebook, sizes):
    """One person of 450 rows of one file, or eight of forty, among a thousand of one row."""
    sizes = np.array([*sizes, *[1] * 1000])
    person = np.repeat(np.arange(1, len(sizes) + 1), sizes)
    rows = pd.DataFrame(
        {
            "record_id": [f"pkh:{n}" for n in range(len(person))],
            "source": "pkh",
            "peran": "penerima",
            "berkas": "pkh.csv",
        }
    )
    counts = np.r_[0, sizes].astype(np.int32)[None, :]
    with Engine() as engine:
        engine.register("core_records", rows)
        engine.register(
            "core_links", rows[["record_id"]].assign(person_id=[f"J-{n:07d}" for n in person])
        )
        with pytest.raises(LinkageGateError, match=r"Berkas pkh\.csv: .*kecualikan gugus"):
            inspect_standing(engine, Standing(counts, ("pkh",)), rulebook.linkage)
        engine.table("linkage_exceptions", "SELECT 'gugus' AS gerbang, 'pkh.csv' AS berkas")
        inspect_standing(engine, Standing(counts, ("pkh",)), rulebook.linkage)
