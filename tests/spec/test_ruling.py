"""What the rules say of programmes held together: one readable table a test."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.errors import RulesError
from analysis.policy import OverlapRule, Policy, Verdict, load_rulebook

DAY = date(2025, 12, 15)
RULES = Path(__file__).resolve().parents[2] / "src" / "analysis" / "rules"


def rule(code: str, programmes: str, verdict: str, **more: object) -> OverlapRule:
    forbids = (
        {"status_naskah": "dibaca", "pasal": "1"}
        if verdict == "dilarang"
        else {"status_naskah": "dikutip"}
    )
    return OverlapRule(**{
        "kode": code, "program": tuple(programmes.split("+")), "satuan": "keluarga", "jendela": "periode_sama",
        "putusan": verdict, "alasan": f"alasan {code}.", "dasar_hukum": "uji", "sumber": "uji",
        "berlaku_mulai": date(2025, 1, 1),
    } | forbids | more)  # fmt: skip


def ruled_otherwise(
    rulebook, rules: list[OverlapRule], table: str, on: date = DAY, unit: str = "keluarga"
) -> list[str]:
    """Lines of `table` (programmes | verdict | deciding rules) that the policy does not rule so, with what it says."""
    policy = Policy(replace(rulebook, overlap=tuple(rules)), on)
    differing = []
    for line in table.strip().splitlines():
        held, verdict, codes = (cell.strip() for cell in line.split("|"))
        found = policy.ruling(held.split("+"), unit)
        if (found.verdict.value, ",".join(found.rules)) != (verdict, codes):
            differing.append(f"{line.strip()} → {found.verdict.value} | {','.join(found.rules)}")
    return differing


def test_a_rule_speaks_of_its_pair_and_a_pair_without_a_rule_is_not_ruled(rulebook):
    assert not ruled_otherwise(rulebook, [rule("a", "pkh+sembako", "komplementer")], """
        pkh+sembako | komplementer | a
        sembako+pkh | komplementer | a
        pkh+pas12   | belum_diatur |
        pkh+sembako+pas12 | belum_diatur |
    """)  # fmt: skip


def test_the_gravest_pair_decides_and_names_its_rules(rulebook):
    assert not ruled_otherwise(rulebook, [
        rule("a", "pkh+sembako", "komplementer"), rule("b", "pkh+pas12", "perlu_klarifikasi"),
        rule("c", "sembako+pas12", "perlu_klarifikasi"), rule("d", "pas12+pbi_jk", "bersyarat"),
        rule("e", "pkh+pbi_jk", "dilarang"),
    ], """
        pkh+sembako+pas12        | perlu_klarifikasi | b,c
        pas12+pbi_jk             | bersyarat         | d
        pas12+pbi_jk+sembako     | perlu_klarifikasi | c
        pas12+pbi_jk+pkh+sembako | dilarang          | e
    """)  # fmt: skip


def test_a_rule_on_a_larger_set_replaces_the_rules_on_its_subsets_for_the_pairs_it_covers(rulebook):
    assert not ruled_otherwise(rulebook, [
        rule("pair", "pkh+sembako", "perlu_klarifikasi"), rule("triple", "pkh+sembako+pas12", "bersyarat"),
        rule("other", "pas12+pbi_jk", "komplementer"),
    ], """
        pkh+sembako              | perlu_klarifikasi | pair
        pkh+sembako+pas12        | bersyarat         | triple
        pas12+pbi_jk             | komplementer      | other
        pkh+sembako+pas12+pbi_jk | bersyarat         | triple
    """)  # fmt: skip


def test_two_larger_sets_that_do_not_contain_each_other_both_speak(rulebook):
    assert not ruled_otherwise(rulebook, [
        rule("x", "pkh+sembako+pas12", "komplementer"), rule("y", "pkh+sembako+pbi_jk", "perlu_klarifikasi"),
        rule("z", "pas12+pbi_jk", "komplementer"),
    ], "pkh+sembako+pas12+pbi_jk | perlu_klarifikasi | y")  # fmt: skip


def test_a_programme_named_twice_speaks_of_receiving_it_twice(rulebook):
    rules = [rule("a", "pkh+pkh", "perlu_klarifikasi"), rule("b", "pkh+sembako", "komplementer")]
    assert not ruled_otherwise(rulebook, rules, """
        pkh+pkh         | perlu_klarifikasi | a
        pkh+sembako     | komplementer      | b
        pkh+pkh+sembako | perlu_klarifikasi | a
        sembako+sembako | belum_diatur      |
    """)  # fmt: skip


def test_a_rule_speaks_only_while_in_force_and_only_of_its_unit(rulebook):
    rules = [rule("a", "pkh+sembako", "komplementer", berlaku_sampai=date(2025, 6, 30))]
    assert not ruled_otherwise(
        rulebook, rules, "pkh+sembako | komplementer | a", on=date(2025, 6, 30)
    )
    assert not ruled_otherwise(rulebook, rules, "pkh+sembako | belum_diatur |", on=date(2025, 7, 1))
    assert not ruled_otherwise(
        rulebook, rules, "pkh+sembako | belum_diatur |", on=date(2025, 6, 30), unit="jiwa"
    )


def test_a_rule_on_what_comes_after_an_event_is_silent_until_it_happened(rulebook):
    rules = [rule("a", "pena+pkh", "perlu_klarifikasi", jendela="setelah_peristiwa")]
    policy = Policy(replace(rulebook, overlap=tuple(rules)), DAY)
    assert policy.events() == {"pena"}
    assert policy.ruling(["pkh", "pena"], "keluarga").rules == ("a",)
    early = policy.ruling(["pkh", "pena"], "keluarga", not_past=["pena"])
    assert early.verdict is Verdict.BELUM_DIATUR
    assert early.reason.endswith("Aturan a baru berbicara setelah peristiwanya.")


def test_the_reason_names_the_pairs_nobody_ruled_on_and_never_says_allowed(rulebook):
    found = Policy(replace(rulebook, overlap=()), DAY).ruling(["pas12", "pbi_jk"], "keluarga")
    assert (
        found.reason == "Belum ada aturan untuk pas12 + pbi_jk; belum diatur tidak berarti boleh."
    )
    assert found.programmes == ("pas12", "pbi_jk")


def test_an_unknown_programme_or_one_not_in_force_is_refused(rulebook):
    for code in ("bansos_x", "kampung_sosial"):
        with pytest.raises(RulesError, match="program"):
            Policy(rulebook, DAY).ruling([code, "pkh"], "keluarga")


def test_one_programme_is_no_combination(rulebook):
    with pytest.raises(ValueError, match="two programmes"):
        Policy(rulebook, DAY).ruling(["pkh"], "keluarga")


def test_the_kit_s_own_rules_say(rulebook):
    assert not ruled_otherwise(rulebook, list(rulebook.overlap), """
        pkh+sembako        | komplementer      | pkh-sembako
        pbi_jk+pkh+sembako | komplementer      | pkh-pbi_jk,pkh-sembako,sembako-pbi_jk
        pas12+pbi_jk       | belum_diatur      |
        pas12+pkh          | perlu_klarifikasi | pkh-pas12
        pkh+pkh            | perlu_klarifikasi | pkh-ganda
        pas12+pas12        | perlu_klarifikasi | pas12-dua_kali-keluarga
        blts+pkh           | komplementer      | blts-pkh
        bsps+rutilahu      | perlu_klarifikasi | bsps-rutilahu
    """)  # fmt: skip


def test_nothing_in_the_kit_s_own_rules_forbids_because_no_text_was_read(rulebook):
    assert {item.putusan for item in rulebook.overlap} == {
        Verdict.KOMPLEMENTER, Verdict.BERSYARAT, Verdict.PERLU_KLARIFIKASI,
    }  # fmt: skip
    assert not [item.kode for item in rulebook.overlap if item.contoh]


def test_the_sample_city_s_overlay_is_marked_as_fiction_and_shows_every_verdict():
    sample = load_rulebook([RULES / "contoh"])
    own = [item for item in sample.overlap if item.contoh]
    assert own
    assert all(
        item.alasan.startswith("CONTOH FIKTIF") and item.dasar_hukum.startswith("CONTOH FIKTIF")
        for item in own
    )
    sets = ("pkh+sembako", "pas12+pbi_jk", "pas12+pkh", "pas12+sembako", "pas12+pkh+sembako")
    found = {Policy(sample, DAY).ruling(held.split("+"), "keluarga").verdict for held in sets}
    assert found == set(Verdict)


def test_only_a_read_text_with_its_article_may_forbid():
    for missing in ({"status_naskah": "dikutip"}, {"pasal": ""}):
        with pytest.raises(ValueError, match="hanya naskah yang dibaca"):
            rule("a", "pkh+sembako", "dilarang", **missing)
