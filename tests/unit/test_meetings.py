"""Where programmes meet, whose desil counts, who shares an account: hand-made families, known answers."""

from datetime import date

import pytest
from citykit import EDITION, checked, enrolment, family, person, put

from analysis.engine import Engine
from analysis.measures.duplicates import build_duplicates
from analysis.measures.overlap import build_family_programmes
from analysis.measures.overlaps import build_meeting_tables
from analysis.measures.rules_as_tables import register_rules
from analysis.policy import Policy

ON = EDITION.edition.on


@pytest.fixture
def engine():
    with Engine(threads=1) as opened:
        yield opened


def assessed(engine, rulebook, **tables: list[dict]) -> None:
    for name, rows in tables.items():
        put(engine, name, rows)
    policy = Policy(rulebook, ON)
    register_rules(engine, policy)
    made = [*build_duplicates(engine, policy), *build_family_programmes(engine)]
    made += build_meeting_tables(engine, policy, EDITION)
    checked(engine, tuple(made))


FAMILIES = [family("K1", 1), family("K2", 7, kode_wilayah="32.72.05.1001"), family("K3", None)]
PERSONS = [person("J1", "K1"), person("J2", "K1"), person("J3", "K2"), person("J4", "K3")]


def test_person_with_person_person_with_family_and_members_with_each_other(engine, rulebook):
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[
            enrolment("pkh", "K1", "K1", 750), enrolment("sembako", "K1", "K1", 200),
            enrolment("pbi_jk", "J1", "K1", 42), enrolment("pip", "J1", "K1", 450),
            enrolment("bsu", "J2", "K1", 600),
        ],
    )  # fmt: skip
    met = engine.rows("SELECT unit, a, b, lintas FROM out_meetings ORDER BY ALL")
    assert met == [
        ("jiwa", "pbi_jk", "pip", "orang_orang"),
        ("keluarga", "bsu", "pbi_jk", "anggota_anggota"),
        ("keluarga", "bsu", "pip", "anggota_anggota"),
        ("keluarga", "bsu", "pkh", "orang_keluarga"),
        ("keluarga", "bsu", "sembako", "orang_keluarga"),
        ("keluarga", "pbi_jk", "pip", "anggota_anggota"),
        ("keluarga", "pbi_jk", "pkh", "orang_keluarga"),
        ("keluarga", "pbi_jk", "sembako", "orang_keluarga"),
        ("keluarga", "pip", "pkh", "orang_keluarga"),
        ("keluarga", "pip", "sembako", "orang_keluarga"),
        ("keluarga", "pkh", "sembako", "keluarga_keluarga"),
    ]


def test_what_was_held_earlier_meets_only_as_far_as_the_rule_s_window_reaches(engine, rulebook):
    """PKH in November: 12 PAS looks at the budget year, Sembako with PKH at the same month alone."""
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[enrolment("pas12", "J1", "K1", 1000), enrolment("sembako", "K2", "K2", 200)],
        prev_core_persons=[person("J1", "L1"), person("J3", "L2")],
        prev_core_enrolments=[
            enrolment("pkh", "L1", "L1", 750, period="2025-11"), enrolment("pkh", "L2", "L2", 750, period="2025-11"),
        ],
    )  # fmt: skip
    met = engine.rows("SELECT unit_id, a, b, waktu, verdict FROM out_meetings")
    assert met == [("K1", "pas12", "pkh", "tahun", "perlu_klarifikasi")]
    assert engine.rows("SELECT * FROM out_overlap") == []


def test_last_year_s_housing_grant_meets_this_year_s_but_not_last_year_s_bsu(engine, rulebook):
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[enrolment("rutilahu", "K1", "K1", 20), enrolment("pkh", "K1", "K1", 750)],
        prev_core_persons=[person("J1", "L1")],
        prev_core_enrolments=[
            enrolment("rst", "L1", "L1", 20, period="2024-12"), enrolment("bsu", "J1", "L1", 600, period="2024-12"),
        ],
    )  # fmt: skip
    met = engine.rows("SELECT a, b, waktu FROM out_meetings WHERE waktu <> 'periode'")
    assert met == [("rst", "rutilahu", "dahulu")]


@pytest.mark.parametrize(
    ("day", "verdict"),
    [(date(2025, 6, 1), "perlu_klarifikasi"), (None, "perlu_klarifikasi"), (date(2025, 12, 2), "belum_diatur")],
)  # fmt: skip
def test_what_is_said_of_the_time_after_graduation_waits_for_it(engine, rulebook, day, verdict):
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[enrolment("pena", "K1", "K1", 6000, tgl_pertama=day), enrolment("pkh", "K1", "K1", 750)],
    )  # fmt: skip
    assert engine.rows("SELECT verdict FROM out_overlap") == [(verdict,)]


def test_membership_of_an_insured_worker_meets_pbi_and_nothing_else(engine, rulebook):
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[
            enrolment("pbi_jk", "J1", "K1", 42), enrolment("pip", "J1", "K1", 450), enrolment("pip", "J3", "K2", 450),
        ],
        core_records=[
            {"record_id": f"r{n}", "peran": "kepesertaan", "programme": None, "segmen": "ppu", "is_penerima": False}
            for n in (1, 3)
        ],
        core_links=[{"record_id": "r1", "person_id": "J1"}, {"record_id": "r3", "person_id": "J3"}],
    )  # fmt: skip
    met = engine.rows("SELECT unit_id, a, b, verdict FROM out_meetings WHERE 'jkn_ppu' IN (a, b)")
    assert met == [("J1", "jkn_ppu", "pbi_jk", "perlu_klarifikasi")]
    assert engine.rows("SELECT programmes FROM out_overlap") == [("pbi_jk+pip",)]


def test_an_account_of_several_families_is_a_lead_and_a_masked_one_a_weak_one(engine, rulebook):
    rows = [
        ("J1", "1234-5678"),
        ("J3", "12345678"),
        ("J2", "0009"),
        ("J4", "XX**4321"),
        ("J3", "xx**4321"),
    ]
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[enrolment("sembako", k, k, 200) for k in ("K1", "K2", "K3")],
        core_records=[
            {"record_id": f"r{n}", "source": "sembako", "peran": "penerima", "programme": "sembako", "rekening": account,
             "manfaat_rp": 200}
            for n, (_, account) in enumerate(rows)
        ],
        core_links=[{"record_id": f"r{n}", "person_id": who} for n, (who, _) in enumerate(rows)],
    )  # fmt: skip
    found = engine.rows(
        "SELECT family_id, kepastian, manfaat_lebih_rp, verdict FROM out_duplicates WHERE jenis = 'rekening_sama' ORDER BY ALL"
    )
    assert found == [
        ("K1", "kuat", 0, "belum_diatur"),
        ("K2", "kuat", 200, "belum_diatur"),
        ("K2", "lemah", 0, "belum_diatur"),
        ("K3", "lemah", 200, "belum_diatur"),
    ]


DECIDED = {
    "programme": "pkh",
    "period": "2025-12",
    "tahap": "sk",
    "berkas": "s",
    "lembar": "s",
    "baris": 1,
}


@pytest.mark.parametrize(
    ("day", "known"),
    [(date(2025, 11, 20), (3, "sebelumnya")), (date(2025, 12, 3), (7, "periode")), (None, (7, "periode"))],
)  # fmt: skip
def test_eligibility_is_judged_on_the_register_of_the_decision(engine, rulebook, day, known):
    letters = [DECIDED | {"nomor": "1", "tanggal": day}]
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[enrolment("pkh", "K2", "K2", 750)], core_payments=letters,
        prev_core_persons=[person("J3", "L2")], prev_core_families=[family("L2", 3)],
    )  # fmt: skip
    assert engine.rows("SELECT desil, versi FROM _desil_at_decision") == [known]


def test_every_family_and_person_stands_in_one_combination(engine, rulebook):
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[
            enrolment("pkh", "K1", "K1", 750), enrolment("pbi_jk", "J1", "K1", 42), enrolment("pip", "J1", "K1", 450),
        ],
    )  # fmt: skip
    found = engine.rows(
        "SELECT unit, desil, programmes, n_programmes, jumlah, manfaat_rp FROM out_combinations ORDER BY ALL"
    )
    assert found == [
        ("jiwa", "1", "", 0, 1, 0),
        ("jiwa", "1", "pbi_jk+pip", 2, 1, 492),
        ("jiwa", "7", "", 0, 1, 0),
        ("jiwa", "tanpa", "", 0, 1, 0),
        ("keluarga", "1", "pbi_jk+pip+pkh", 3, 1, 1242),
        ("keluarga", "7", "", 0, 1, 0),
        ("keluarga", "tanpa", "", 0, 1, 0),
    ]  # fmt: skip


def test_zakat_stands_apart_and_each_programme_under_who_decides_on_it(engine, rulebook):
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[enrolment("pkh", "K1", "K1", 750), enrolment("pas12", "J1", "K1", 1000)],
    )  # fmt: skip
    found = engine.rows(
        "SELECT programme, kewenangan, sumber_dana, keluarga, manfaat_rp FROM out_telaah ORDER BY ALL"
    )
    assert found == [
        ("pas12", "kota", "zakat", 1, 1000),
        ("pkh", "usulan_pusat", "apbn", 1, 750),
    ]
    assert engine.rows("SELECT tingkat FROM out_overlap") == [("pusat+kota",)]


def test_a_family_s_rule_speaks_of_one_person_in_it_where_no_rule_on_persons_does(engine, rulebook):
    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[
            enrolment("pbi_jk", "J1", "K1", 42), enrolment("pip", "J1", "K1", 450), enrolment("bsu", "J3", "K2", 600),
            enrolment("pip", "J3", "K2", 450),
        ],
    )  # fmt: skip
    met = engine.rows(
        "SELECT unit_id, verdict, rules FROM out_meetings WHERE unit = 'jiwa' ORDER BY ALL"
    )
    assert met == [("J1", "komplementer", "pbi_jk-pip"), ("J3", "belum_diatur", "")]


def test_one_set_with_two_verdicts_counts_every_family_once_in_the_release(engine, rulebook):
    from analysis.release.family_atoms import atoms_of

    assessed(
        engine, rulebook, core_families=FAMILIES, core_persons=PERSONS,
        core_enrolments=[
            enrolment(code, home, home, 100, tgl_pertama=day)
            for home, day in (("K1", date(2025, 6, 1)), ("K2", date(2025, 12, 2))) for code in ("pena", "pkh")
        ],
    )  # fmt: skip
    engine.table("out_population", "SELECT unnest(['1', '7', 'tanpa']) AS desil")
    atoms = atoms_of(engine)
    assert atoms["n"].sum() == len(FAMILIES)
    held = atoms[(atoms["programmes"] == "pena+pkh") & (atoms["n"] > 0)]
    assert dict(zip(held["desil"], held["verdict"], strict=True)) == {
        "1": "perlu_klarifikasi", "7": "belum_diatur",
    }  # fmt: skip
