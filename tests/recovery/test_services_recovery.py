"""What was planted in the service lists, found again: repeat aid, guests without NIK, open stays, log gaps, double payment."""

from datetime import date

import pandas as pd
import pytest

ON = date(2025, 12, 15)


@pytest.fixture(scope="module")
def table(finished):
    def read(name):
        return pd.read_parquet(finished.store / name.split("_")[0] / f"{name}.parquet")

    return read


@pytest.fixture(scope="module")
def truth(finished):
    folder = finished.root / "data/truth/contoh"
    return {
        name: pd.read_parquet(folder / f"truth_{name}.parquet") for name in ("record", "planted")
    }


@pytest.fixture(scope="module")
def rows(table, truth):
    """Rows of a source known on the edition's day, with the person they truly speak of."""
    records = table("core_records").merge(
        truth["record"][["record_id", "person_id"]], on="record_id", how="left"
    )

    def known(source):
        here = records[records["source"] == source]
        return here[
            here["tgl_peristiwa"].isna()
            | (pd.to_datetime(here["tgl_peristiwa"]) <= pd.Timestamp(ON))
        ]

    return known


def test_repeat_aid_is_found_wherever_the_log_gave_a_number(rows, table):
    log = rows("pas12")
    numbered = log[log["nik_status"] == "sah"]
    twice = numbered.groupby("person_id").size()
    links = table("core_links").set_index("record_id")["person_id"]
    found = set(table("out_pas12_repeats").query("jenis == 'orang'")["unit_id"])
    planted = numbered[numbered["person_id"].isin(twice[twice > 1].index)]
    assert len(planted)
    assert set(links[planted["record_id"]]) <= found


def test_visits_are_all_counted_with_or_without_a_number(rows, table):
    log = rows("pas12")
    assert (log["nik_status"] == "kosong").any()
    assert table("out_pas12")["titik"].sum() == len(log)
    assert (
        len(log) < (table("core_records")["source"] == "pas12").sum()
    )  # later visits are planted, and not known yet


def test_guests_without_a_number_are_in_every_total_and_named(rows, table):
    log, stays = rows("rumah_singgah"), table("out_stays")
    told = table("out_service_identity").set_index("source").loc["rumah_singgah"]
    without = int((log["nik_status"] == "kosong").sum())
    assert without > 0
    assert len(stays) == told["baris"] == len(log)
    assert stays["is_tanpa_nik"].sum() == told["tanpa_nik"] == without
    assert told["dengan_nik"] + told["sebagian"] + told["tanpa"] == len(log)


def test_guests_are_as_many_as_they_truly_are(rows, table):
    true = rows("rumah_singgah")["person_id"].nunique()
    assert abs(table("out_stays")["tamu"].nunique() - true) <= max(2, 0.1 * true)


def test_open_stays_are_those_the_log_left_open(rows, table):
    log = rows("rumah_singgah")
    left = pd.to_datetime(log["tgl_selesai"]).dt.date
    still = log[(left.isna() | (left > ON)) & log["hasil"].isna()]
    stays = table("out_stays")
    assert len(still)
    assert set(stays.query("status == 'menginap'")["record_id"]) == set(still["record_id"])
    last = table("out_occupancy").sort_values("tanggal").iloc[-1]
    assert (pd.Timestamp(last["tanggal"]).date(), last["menginap"]) == (ON, len(still))


def test_planted_gaps_of_the_logs_are_found(table):
    gaps = table("out_service_gaps")
    for source, inside in (("rumah_singgah", "2025-08-20"), ("pas12", "2025-11-09")):
        here, day = gaps[gaps["source"] == source], pd.Timestamp(inside)
        assert (
            (pd.to_datetime(here["tgl_sebelum"]) < day)
            & (pd.to_datetime(here["tgl_sesudah"]) > day)
        ).any()


def test_planted_double_payments_are_found(truth, table):
    planted = truth["planted"].query(
        "kind == 'ganda_orang' and period == '2025-12' and source in ['pkh', 'sembako', 'blts']"
    )
    links, persons = (
        table("core_links").set_index("record_id"),
        table("core_persons").set_index("person_id"),
    )
    records = table("core_records").set_index("record_id")
    paid = planted[records.loc[planted["record_id"], "is_penerima"].to_numpy()]
    families = persons.loc[links.loc[paid["record_id"], "person_id"], "family_id"]
    found = table("out_double_payment").query("jenis == 'unit_sama'")
    cases = set(zip(found["programme"], found["kunci"], strict=True))
    hits = [pair in cases for pair in zip(paid["source"], families, strict=True)]
    assert sum(hits) / len(hits) >= 0.8  # a second row whose payment failed is no double payment


def test_planted_differences_of_the_letters_are_what_nothing_explains(truth, table):
    rest = (
        table("out_reconciliation")
        .query("sebab == 'belum_dijelaskan'")
        .set_index(["programme", "langkah"])
    )
    assert rest.loc[("sembako", "sk_sp2d"), "n"] == 7
    assert rest.loc[("sembako", "sk_sp2d"), "manfaat_rp"] == 7 * 200_000
    assert (
        abs(rest.loc[("blts", "daftar_sk"), "n"] + 5) <= 2
    )  # five more in the letter, less what linkage missed of repeats
    assert rest.loc[("blts", "sk_sp2d"), "n"] == 5


def test_jkn_paid_twice_and_pbi_lost_are_found(rows, truth, table):
    jkn, links = (
        table("out_jkn").set_index("person_id"),
        table("core_links").set_index("record_id")["person_id"],
    )
    twice = truth["planted"].query("kind == 'jkn_ganda' and period == '2025-12'")["person_id"]
    members = rows("jkn_peserta").query("status_penyaluran == 'AKTIF'")
    planted = links[members[members["person_id"].isin(twice)]["record_id"]]
    assert len(planted)
    assert jkn.reindex(planted)["is_ganda"].eq(True).mean() > 0.85
    lost = truth["planted"].query("kind == 'pbi_nonaktif_desil_1_5'")
    assert abs(jkn["is_reaktivasi"].sum() - len(lost)) <= 0.35 * len(lost)


def test_desil_jumps_are_close_to_those_that_happened(truth, table):
    planted = truth["planted"].query("kind == 'lompat_desil'")
    assert abs(len(table("out_desil_jumps")) - len(planted)) <= 0.35 * len(planted)
