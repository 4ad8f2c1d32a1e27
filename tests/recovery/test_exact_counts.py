"""A city small enough to count by hand: every out_* table must say what the hand says."""

from datetime import date

import pytest
from citykit import EDITION, A, B, checked, enrolment, family, person, put

from analysis.engine import Engine, Store
from analysis.measures import assess

FAMILIES = [
    family("K1", 1),
    family("K2", 2, kode_wilayah=B),
    family("K3", 4),
    family("K4", 7, kode_wilayah=B),
    family("K5", None),
    family("K6", None, is_registri=False, dasar="perorangan", kode_wilayah=None),
    family("K7", 1),
]
PERSONS = [
    person("J1", "K1"), person("J2", "K1"), person("J3", "K2", kode_wilayah=B), person("J4", "K3"),
    person("J5", "K4", kode_wilayah=B), person("J6", "K5"), person("J7", "K6", is_registri=False, kode_wilayah=None),
    person("J8", "K7"),
]  # fmt: skip
ENROLMENTS = [
    enrolment("pkh", "K1", "K1", 900, n_records=3, n_persons=2, manfaat_lebih_rp=600),
    enrolment("pkh", "K4", "K4", 300),
    enrolment("pkh", "K5", "K5", 300),
    enrolment("pkh", "K6", "K6", 300),
    enrolment("sembako", "K1", "K1", 200),
    enrolment("sembako", "K3", "K3", 200),
    enrolment("pbi_jk", "J1", "K1", 42),
    enrolment("pbi_jk", "J2", "K1", 42),
    enrolment("pbi_jk", "J5", "K4", 84, n_records=2, manfaat_lebih_rp=42),
    enrolment("pas12", "J1", "K1", 1000, tgl_pertama=date(2025, 10, 1)),
    enrolment("pas12", "J2", "K1", 1000, tgl_pertama=date(2025, 10, 8)),
    enrolment("pas12", "J7", "K6", 1000, tgl_pertama=date(2025, 10, 8)),
]
LOG = [
    ("a", "J1", date(2025, 10, 1), "lansia", A, 1000),
    ("b", "J2", date(2025, 10, 8), "anak", A, 1000),
    ("c", "J7", date(2025, 10, 8), None, None, 1000),
    ("d", "J1", date(2025, 11, 1), "lansia", B, 1000),
    ("e", "J8", date(2026, 1, 3), "lansia", A, 1000),
    ("f", "J8", None, "lansia", A, 1000),
]


@pytest.fixture(scope="module")
def city(rulebook, tmp_path_factory):
    with Engine() as engine:
        put(engine, "core_families", FAMILIES)
        put(engine, "core_persons", PERSONS)
        put(engine, "core_enrolments", ENROLMENTS)
        put(engine, "core_records", [
            {"record_id": key, "tgl_peristiwa": day, "kelompok": group, "kode_wilayah": area, "manfaat_rp": rp,
             "sumber_dana": "zakat"}
            for key, _, day, group, area, rp in LOG
        ])  # fmt: skip
        put(engine, "core_links", [{"record_id": key, "person_id": who} for key, who, *_ in LOG])
        put(engine, "core_files", [
            {"berkas": "log.csv", "source": "pas12", "baris_dibaca": 9, "baris_disimpan": 6, "baris_dikeluarkan": 3},
            {"berkas": "dtsen.csv", "source": "dtsen_keluarga", "baris_dibaca": 8, "baris_disimpan": 7,
             "baris_dikeluarkan": 1},
        ])  # fmt: skip
        made = assess(engine, rulebook, EDITION)
        checked(engine, made)
        store = Store(tmp_path_factory.mktemp("uji"))
        for name in made:
            store.write(engine, name, "uji")
        yield engine


def test_every_table_whose_inputs_exist_is_made(rulebook, city):
    made = {name for name in city.names() if name.startswith("out_")}
    assert made >= {
        "out_quality", "out_duplicates", "out_family_programmes", "out_overlap", "out_coverage",
        "out_population", "out_targeting", "out_review", "out_pas12", "out_findings", "out_combinations",
        "out_telaah", "out_meetings", "out_overlap_doubt",
    }  # fmt: skip


def test_a_family_s_surplus_is_split_between_same_person_and_same_family_and_adds_up(city):
    rows = city.rows(
        "SELECT programme, jenis, family_id, n_records, manfaat_lebih_rp FROM out_duplicates ORDER BY ALL"
    )
    assert rows == [
        ("pas12", "keluarga_sama", "K1", 2, 1000),
        ("pbi_jk", "orang_sama", "K4", 2, 42),
        ("pkh", "keluarga_sama", "K1", 3, 300),
        ("pkh", "orang_sama", "K1", 3, 300),
    ]


def test_a_duplicate_carries_what_the_rules_say_of_receiving_twice(city):
    rows = city.rows("SELECT DISTINCT programme, verdict, rules FROM out_duplicates ORDER BY ALL")
    assert rows == [
        ("pas12", "perlu_klarifikasi", "pas12-dua_kali-keluarga"),
        ("pbi_jk", "perlu_klarifikasi", "pbi_jk-ganda"),
        ("pkh", "perlu_klarifikasi", "pkh-ganda"),
    ]


def test_every_family_has_its_sorted_set_of_programmes(city):
    rows = city.rows(
        "SELECT family_id, programmes, n_programmes, manfaat_rp FROM out_family_programmes ORDER BY 1"
    )
    assert rows == [
        ("K1", "pas12+pbi_jk+pkh+sembako", 4, 2000 + 84 + 900 + 200),
        ("K2", "", 0, 0),
        ("K3", "sembako", 1, 200),
        ("K4", "pbi_jk+pkh", 2, 384),
        ("K5", "pkh", 1, 300),
        ("K6", "pas12+pkh", 2, 1300),
        ("K7", "", 0, 0),
    ]


def test_overlap_states_verdict_authority_and_the_amount_of_the_deciding_pair_only(city):
    rows = city.rows(
        "SELECT family_id, verdict, kewenangan, manfaat_telaah_rp FROM out_overlap ORDER BY 1"
    )
    assert rows == [
        ("K1", "perlu_klarifikasi", "kota", 2000 + 900 + 200),
        ("K4", "komplementer", "usulan_pusat", 0),
        ("K6", "perlu_klarifikasi", "kota", 1300),
    ]


def test_targeting_counts_only_ranked_register_units_and_sets_the_others_apart(city):
    rows = city.rows("""SELECT programme, unit, tp, fn, fp, tn, tanpa_desil_terima, luar_registri_terima
        FROM out_targeting WHERE kode_wilayah = '32.72' ORDER BY 1""")
    assert rows == [
        ("pbi_jk", "jiwa", 2, 3, 1, 0, 0, 0),
        ("pkh", "keluarga", 1, 3, 1, 0, 1, 1),
        ("sembako", "keluarga", 2, 2, 0, 1, 0, 0),
        ("semua", "keluarga", 1, 2, 2, 0, 1, 1),
    ]


def test_need_based_programmes_are_never_scored_by_desil(city):
    assert city.one("SELECT count(*) FROM out_targeting WHERE programme = 'pas12'") == 0


def test_areas_add_up_to_the_city_and_an_unknown_area_has_its_own_row(city):
    rows = city.rows("""SELECT kode_wilayah, tp + fn + fp + tn + tanpa_desil_terima + luar_registri_terima
        FROM out_targeting WHERE programme = 'semua' ORDER BY 1""")
    assert rows == [
        ("32.72", 7), ("32.72.02", 4), (A, 4), ("32.72.05", 2), (B, 2), ("tanpa", 1),
    ]  # fmt: skip


def test_coverage_gives_every_desil_even_without_units(city):
    rows = {
        desil: (units, got)
        for desil, units, got in city.rows(
            "SELECT desil, n_units, n_penerima FROM out_coverage WHERE programme = 'pkh'"
        )
    }
    assert len(rows) == 12
    assert rows["1"] == (2, 1)
    assert rows["10"] == (0, 0)
    assert (rows["tanpa"], rows["luar"]) == ((1, 1), (1, 1))


def test_12_pas_counts_a_person_once_at_the_first_date_and_nothing_after_the_edition(city):
    rows = city.rows(
        "SELECT tgl_peristiwa, kode_wilayah, kelompok, orang, orang_desil12, orang_registri, manfaat_rp FROM out_pas12 ORDER BY 1, 2"
    )
    assert rows == [
        (date(2025, 10, 1), A, "lansia", 1, 1, 1, 1000),
        (date(2025, 10, 8), A, "anak", 1, 1, 1, 1000),
        (date(2025, 10, 8), "tanpa", "tanpa", 1, 0, 0, 1000),
        (date(2025, 11, 1), B, "lansia", 0, 0, 0, 1000),
    ]


def test_review_counts_each_family_and_programme_once(city):
    rows = city.rows(
        "SELECT family_id, programme, is_ganda, is_kombinasi, is_di_atas_batas, manfaat_telaah_rp FROM out_review ORDER BY 1, 2"
    )
    assert rows == [
        ("K1", "pas12", True, True, False, 2000),
        ("K1", "pkh", True, True, False, 900),
        ("K1", "sembako", False, True, False, 200),
        ("K4", "pbi_jk", True, False, True, 84),
        ("K4", "pkh", False, False, True, 300),
        ("K6", "pas12", False, True, False, 1000),
        ("K6", "pkh", False, True, False, 300),
    ]


def test_population_and_quality_account_for_everybody(city):
    assert city.rows("SELECT sum(keluarga), sum(jiwa) FROM out_population") == [(7, 8)]
    assert city.rows("SELECT keluarga, jiwa FROM out_population WHERE desil = 'luar'") == [(1, 1)]
    assert city.rows(
        "SELECT source, programme, baris_dibaca, nik_sah FROM out_quality ORDER BY 1"
    ) == [
        ("dtsen_keluarga", None, 8, None),
        ("pas12", "pas12", 9, 6),
    ]
