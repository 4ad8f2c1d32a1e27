"""Rules of services name only what other rules know, and official figures only what the day knows."""

from datetime import date

from analysis.measures.services.usage import STATES


def test_every_programme_of_the_rules_of_services_is_a_programme(rulebook):
    rule, known = rulebook.services, {p.kode for p in rulebook.programmes}
    named = {code for codes in rule.ekstrem.intervensi.values() for code in codes}
    named |= {code for need in rule.kebutuhan for code in (*need.kota, *need.provinsi, *need.pusat)}
    named |= {rule.pas.program, rule.sekolah.program, rule.jkn.program, rule.jkn.program_kota}
    assert named <= known


def test_needs_ask_only_for_requests_there_are(rulebook):
    requests = {request.kode for request in rulebook.services.permintaan}
    assert {need.permintaan for need in rulebook.services.kebutuhan} - {""} <= requests


def test_the_26_older_types_belong_to_the_12_groups_once(rulebook):
    old = [name for group in rulebook.pas12 for name in group.jenis_lama]
    assert len(rulebook.pas12) == 12
    assert len(old) == len(set(old)) == 26
    assert {g.nomor for g in rulebook.pas12 if g.status == "perlu_dikonfirmasi"} == {10, 11, 12}


def test_status_words_belong_to_one_state(rulebook):
    words = [word.lower() for spelled in rulebook.codes["siks_ng"].values() for word in spelled]
    assert len(words) == len(set(words))
    assert set(rulebook.codes["siks_ng"]) | {"lainnya", "tanpa_status"} == set(STATES)


def test_the_public_figure_of_the_audiensi_day_is_at_least_110_and_nothing_later(rulebook):
    known = {
        s.kode: s
        for s in rulebook.statistics_known(date(2025, 12, 15))
        if s.kode.startswith("pas12") and s.cetak
    }
    assert {code: s.nilai for code, s in known.items()} == {"pas12_titik_20251205": 110}
    assert "sekurang-kurangnya" in known["pas12_titik_20251205"].label
    assert rulebook.services.pas.sasaran_statistik not in {
        s.kode for s in rulebook.statistics_known(date(2025, 12, 15))
    }
