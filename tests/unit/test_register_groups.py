"""Errors by group on a hand-made city: against a slow count in pandas, and what linkage and old desils do."""

import pandas as pd
import pytest
from citykit import EDITION, checked, enrolment, family, person, put, random_city

from analysis.engine import Engine
from analysis.measures import assess
from analysis.measures.decomposition import exclusion_terms

KEYS = ["programme", "satuan", "dimensi", "kelompok"]


@pytest.fixture(scope="module")
def city(rulebook):
    with Engine() as engine:
        random_city(engine, [a.kode for a in rulebook.kelurahan()][:6], 1200)
        checked(engine, assess(engine, rulebook, EDITION))
        names = (
            "out_targeting_group",
            "out_targeting_measure",
            "core_families",
            "core_enrolments",
            "out_targeting",
        )
        yield {name: engine.frame(f"SELECT * FROM {name}") for name in names}


def test_counts_are_those_of_the_older_table(city):
    """out_targeting counts the same families and persons by another road."""
    old = city["out_targeting"].rename(columns={"kode_wilayah": "kelompok", "unit": "satuan"})
    new = city["out_targeting_group"]
    new = new[new["dimensi"].isin(["kota", "kecamatan", "kelurahan"])]
    both = old.merge(new, on=["programme", "kelompok", "satuan"], suffixes=("", "_new"))
    assert len(both) == len(old)
    for name in ("tp", "fn", "fp", "tn", "tanpa_desil_terima", "luar_registri_terima"):
        assert (both[name] == both[f"{name}_new"]).all(), name
    assert (
        both["manfaat_rp"] - both["manfaat_rp_new"]
    ).abs().max() <= 12  # shares of persons are rounded


def test_each_dimension_sums_to_the_city(city):
    sums = (
        city["out_targeting_group"]
        .groupby(["programme", "satuan", "dimensi"])[["tp", "fn", "fp", "tn"]]
        .sum()
    )
    for (programme, unit), part in sums.groupby(level=[0, 1]):
        whole = part.xs("kota", level=2).iloc[0]
        for dimension, row in part.droplevel([0, 1]).iterrows():
            if not (unit == "keluarga" and dimension == "umur"):  # a family has no age
                assert row.tolist() == whole.tolist(), (programme, unit, dimension)


def test_measures_are_their_counts(city):
    table = city["out_targeting_measure"].pivot(index=KEYS, columns="ukuran", values="nilai")
    counts = city["out_targeting_group"].set_index(KEYS).loc[table.index]
    target = counts["tp"] + counts["fn"]
    known = target > 0
    assert table["salah_eksklusi"][known].tolist() == pytest.approx(
        (counts["fn"] / target)[known].tolist()
    )
    served = counts["tp"] + counts["fp"]
    assert table["salah_inklusi"][served > 0].tolist() == pytest.approx(
        (counts["fp"] / served)[served > 0].tolist()
    )
    assert table["salah_inklusi"][served == 0].isna().all()


def test_terms_are_those_of_the_rows(city):
    """SQL over counts and numpy over families give the same terms, city and kelurahan alike."""
    families, table = city["core_families"], city["out_targeting_measure"]
    held = city["core_enrolments"].query("programme == 'sembako'")["family_id"]
    ranked = families["desil"].where(families["is_registri"])
    found = exclusion_terms(
        families["family_id"].isin(held), (ranked <= 5).fillna(False), ranked, group=families["kode_wilayah"],
    )  # fmt: skip
    mine = table[(table["programme"] == "sembako") & (table["satuan"] == "keluarga")]
    for key, row in found.iterrows():
        kelompok = "32.72" if key == "semua" else key
        place = mine[mine["kelompok"] == kelompok].set_index("ukuran")["nilai"]
        assert place["suku_syarat"] == pytest.approx(row["conditions"])
        # the register's own target has no truth beside its ranking: quota and the cut are one term
        assert place["suku_kuota"] == pytest.approx(row["quota"] + row["ranking"])
        assert place["suku_pelaksanaan"] == pytest.approx(row["implementation"])


def test_terms_add_up_in_every_group(city):
    table = city["out_targeting_measure"].pivot(index=KEYS, columns="ukuran", values="nilai")
    terms = table[["suku_syarat", "suku_kuota", "suku_pelaksanaan"]].dropna()
    assert len(terms) > 20
    assert terms.sum(axis=1).tolist() == pytest.approx(
        table["salah_eksklusi"][terms.index].tolist()
    )


def test_every_row_says_that_desil_is_agreement_not_poverty(city):
    assert city["out_targeting_measure"]["metode"].str.contains("bukan kemiskinan").all()


def test_programmes_chosen_by_need_are_not_scored(city):
    assert not set(city["out_targeting_group"]["programme"]) & {
        "pas12",
        "rumah_singgah",
        "kampung_sosial",
    }


SMALL = {
    "core_families": [family(f"K{i}", d, n_anggota=2) for i, d in enumerate([1, 1, 3, 4, 6, 8, None], 1)],
    "core_persons": [
        person(f"P{i}{j}", f"K{i}", tgl_lahir=born, jenis_kelamin="L" if j == 1 else "P")
        for i in range(1, 8)
        for j, born in ((1, "1980-06-01"), (2, "2022-12-16" if i == 1 else "1985-01-01"))
    ],
    "core_enrolments": [enrolment("pkh", f"K{i}", f"K{i}", 750000) for i in (1, 5)],
    "core_records": [
        {"record_id": f"r{i}", "source": "dtsen_individu", "peran": "registri_individu", "programme": None,
         "hubungan_keluarga": "kepala", "kelompok": None, "baris": i}
        for i in range(1, 8)
    ] + [{"record_id": "cacat", "source": "ppks", "peran": "kebutuhan", "programme": None, "kelompok": "disabilitas"}],
    "core_links": [{"record_id": f"r{i}", "person_id": f"P{i}1"} for i in range(1, 8)]
    + [{"record_id": "cacat", "person_id": "P32"}],
}  # fmt: skip


def small(rulebook, **more):
    with Engine() as engine:
        for name, rows in (SMALL | more).items():
            put(engine, name, rows)
        checked(engine, assess(engine, rulebook, EDITION))
        group, measure = (
            engine.frame(f"SELECT * FROM {n} WHERE programme = 'pkh'")
            for n in ("out_targeting_group", "out_targeting_measure")
        )
        return group.set_index(KEYS[1:]), measure.set_index([*KEYS[1:], "ukuran"])


def test_disability_is_yes_where_any_list_says_so_no_where_the_register_does_and_else_not_known(
    rulebook,
):
    """K2: both members told 'no'; K4: one of two; P31: 'no' in the register; P32: a need list's 'yes' outweighs a 'no'."""
    said = {
        "P21": "tidak",
        "P22": "tidak",
        "P41": "tidak",
        "P31": "tidak",
        "P32": "tidak",
        "P51": "ya",
    }
    more = [
        {"record_id": f"d{p}", "source": "dtsen_individu", "peran": "registri_individu", "programme": None,
         "kelompok": None, "disabilitas": word, "baris": 100 + i}
        for i, (p, word) in enumerate(said.items())
    ]  # fmt: skip
    group, _ = small(
        rulebook,
        core_records=SMALL["core_records"] + more,
        core_links=SMALL["core_links"] + [{"record_id": f"d{p}", "person_id": p} for p in said],
    )
    units = group[["tp", "fn", "fp", "tn"]].sum(axis=1)
    told = units.xs("disabilitas", level="dimensi")
    assert told.loc["jiwa"].to_dict() == {"tidak": 4, "tidak tercatat": 6, "ya": 2}
    assert told.loc["keluarga"].to_dict() == {"tidak": 1, "tidak tercatat": 3, "ya": 2}


def test_seven_families_by_hand(rulebook):
    """Target: K1–K4 (desil 1–4). Components: K1 has a child of two, K3 a disabled member. Places: two."""
    group, measure = small(rulebook)
    whole = group.loc[("keluarga", "kota", "32.72")]
    assert whole[["tp", "fn", "fp", "tn", "sasaran_memenuhi", "tempat_sasaran"]].tolist() == [
        1,
        3,
        1,
        1,
        2,
        2,
    ]
    at = measure.loc[("keluarga", "kota", "32.72")]["nilai"]
    assert (at["suku_syarat"], at["suku_kuota"], at["suku_pelaksanaan"]) == (0.5, 0, 0.25)
    persons = group.loc[("jiwa", "umur", "0–5")]
    assert persons[["tp", "fn", "fp", "tn"]].tolist() == [1, 0, 0, 0]
    assert group.loc[("jiwa", "disabilitas", "ya")][["tp", "fn"]].tolist() == [0, 1]
    assert group.loc[("keluarga", "kepala", "laki-laki")]["tp"] == 1
    assert group.loc[("keluarga", "ukuran", "2–3")]["fn"] == 3


def test_linkage_error_is_the_only_interval_and_holds_the_count(rulebook):
    _, plain = small(rulebook)
    assert (
        plain.loc[("keluarga", "kota", "32.72", "salah_eksklusi")][["bawah", "atas"]].isna().all()
    )
    assert "galat pemadanan belum dihitung" in plain["metode"].iloc[0]
    error = {"source_a": "dtsen_individu", "source_b": "pkh", "n_common": 2, "precision": 0.99, "precision_low": 0.97,
             "precision_high": 1.0, "false_sd": 0.5, "missed_sd": 0.5, "recall": 0.9, "recall_low": 0.8, "recall_high": 0.95, "metode": "uji"}  # fmt: skip
    outside = [family("K9", None, is_registri=False, dasar="kk_daftar")]
    _, doubt = small(
        rulebook, core_linkage_error=[error], core_families=SMALL["core_families"] + outside,
        core_enrolments=[*SMALL["core_enrolments"], enrolment("pkh", "K9", "K9", 750000)],
    )  # fmt: skip
    row = doubt.loc[("keluarga", "kota", "32.72", "salah_eksklusi")]
    assert row["bawah"] < row["nilai"] <= row["atas"]
    # one of four is found; of the one found outside the register it may be said that he is a second
    assert (row["bawah"], row["nilai"], row["atas"]) == (0.5, 0.75, 0.75)
    assert "galat pemadanan" in row["metode"]


def test_who_was_in_the_target_when_the_list_was_decided_is_counted_apart(rulebook):
    before = {
        "prev_core_persons": [person("P51", "B5")],
        "prev_core_families": [family("B5", 4, period="2025-11")],
    }
    with Engine() as engine:
        for name, rows in SMALL.items():
            put(engine, name, rows)
        for name, rows in before.items():
            put(engine, name.removeprefix("prev_"), rows)
            engine.run(f'ALTER TABLE "{name.removeprefix("prev_")}" RENAME TO "{name}"')
            put(engine, name.removeprefix("prev_"), SMALL[name.removeprefix("prev_")])
        assess(engine, rulebook, EDITION)
        found = engine.rows("""SELECT fp, fp_layak_versi_lalu FROM out_targeting_group
            WHERE programme = 'pkh' AND dimensi = 'kota' AND satuan = 'keluarga'""")
    assert found == [(1, 1)]


def test_a_register_without_recipients_or_target_has_no_silent_zero(rulebook):
    _, measure = small(
        rulebook, core_families=[family(f"K{i}", 9, n_anggota=2) for i in range(1, 8)]
    )
    row = measure.loc[("keluarga", "kota", "32.72", "salah_eksklusi")]
    assert pd.isna(row["nilai"])
    assert row["metode"].startswith("tidak dapat dihitung")
