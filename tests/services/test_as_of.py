"""Property: rows dated after the edition's day change no figure of any service table."""

from datetime import date, timedelta

from citykit import EDITION
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from servicekit import ON, Town

from analysis.engine import Engine
from analysis.linkage.enrolments import build_enrolments

KINDS = st.sampled_from(["log", "layanan", "tahapan", "kebutuhan"])
NAMES = st.sampled_from(["a", "b", "c", "d"])
ROWS = st.lists(
    st.tuples(KINDS, NAMES, st.integers(-40, 0), st.integers(0, 30)), min_size=4, max_size=12
)
LATER = st.lists(
    st.tuples(KINDS, NAMES, st.integers(1, 90), st.integers(0, 30)), min_size=1, max_size=6
)
TABLES = (
    "out_pas12", "out_pas12_visits", "out_pas12_weeks", "out_pas12_areas", "out_pas12_repeats", "out_pas12_groups", "out_stays",
    "out_occupancy", "out_stay_survival", "out_service_identity", "out_service_gaps", "out_school", "out_needs", "out_requests",
    "out_collaboration", "out_extreme",
)  # fmt: skip


def town_of(rows: list[tuple]) -> Town:
    town = Town()
    for name, desil in (("a", 1), ("b", 2), ("c", 5), ("d", None)):
        town.person(name, desil, tgl_lahir=date(2013, 1, 1), is_registri=True)
    for kind, name, start, length in rows:
        day = ON + timedelta(days=start)
        if kind == "log":
            town.visit(name, day, kelompok="lansia", manfaat_rp=1_000_000)
        elif kind == "layanan":
            town.stay(
                name, day, day + timedelta(days=length), hasil="pulang_keluarga", nik_status="sah"
            )
        elif kind == "tahapan":
            town.row(name, "sekolah_rakyat", "tahapan", tahap="diusulkan", tgl_peristiwa=day)
        else:
            town.row(
                name, "ppks", "kebutuhan", programme=None, kelompok="lansia", tgl_peristiwa=day
            )
    town.enrolments.clear()  # linkage makes them up to the edition's day; here only later rows differ
    return town


def figures(rows: list[tuple], rulebook) -> dict:
    with Engine() as engine:
        present = town_of(rows).assess(engine, rulebook).names()
        return {
            name: engine.rows(f"SELECT * FROM {name} ORDER BY ALL")
            for name in TABLES
            if name in present
        }


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS, later=LATER)
def test_what_is_dated_later_changes_nothing(rulebook, rows, later):
    assert figures(rows, rulebook) == figures(rows + later, rulebook)


def test_the_leaving_of_an_open_stay_is_not_known_before_it_happens(rulebook):
    open_stay = [("layanan", "a", -5, 30)]
    known = figures(open_stay, rulebook)
    assert known["out_stays"][0][7] == "menginap"
    assert known["out_occupancy"][-1][4] == 1
    assert "out_stays" not in figures([("layanan", "a", 1, 3)], rulebook)


def test_who_is_accepted_later_receives_nothing_yet(rulebook):
    town = Town()
    for name, day in (("before", ON), ("later", ON + timedelta(days=1)), ("undated", None)):
        town.row(
            town.person(name, 1),
            "sekolah_rakyat",
            "tahapan",
            tahap="diterima",
            is_penerima=True,
            tgl_peristiwa=day,
        )
    with Engine() as engine:
        town.put(engine)
        engine.table(
            "_seen",
            "SELECT r.*, l.person_id, l.kepastian FROM core_records r JOIN core_links l USING (record_id)",
        )
        build_enrolments(engine, rulebook, EDITION)
        assert engine.rows("SELECT unit_id FROM core_enrolments ORDER BY 1") == [
            ("before",),
            ("undated",),
        ]
