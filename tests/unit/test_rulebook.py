"""Rule files are read all at once; whatever is wrong is said together, and nothing is ignored."""

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import RulesError
from analysis.policy import load_list_layout, load_rulebook

EDITION = date(2025, 12, 15)
PAIR = """[[overlap]]
kode = "{code}"
program = ["pkh", "{other}"]
satuan = "keluarga"
jendela = "periode_sama"
putusan = "{verdict}"
alasan = "uji"
dasar_hukum = "uji"
sumber = "uji"
status_naskah = "dikutip"
berlaku_mulai = {start}
"""


def pair(
    code: str, other: str = "rutilahu", verdict: str = "komplementer", start: str = "2025-01-01"
) -> str:
    return PAIR.format(code=code, other=other, verdict=verdict, start=start)


def overlay(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def mistakes(folder: Path) -> str:
    with pytest.raises(RulesError) as refused:
        load_rulebook([folder])
    assert refused.value.exit_code == 4
    return refused.value.text("en")


def test_two_rules_in_force_together_that_disagree_are_an_error(tmp_path):
    said = mistakes(
        overlay(tmp_path, overlap=pair("a") + pair("b", verdict="bersyarat", start="2025-03-01"))
    )
    assert "overlap a bertentangan dengan b" in said


def test_rules_that_follow_each_other_in_time_may_differ(tmp_path):
    first = pair("a") + "berlaku_sampai = 2025-06-30\n"
    rules = load_rulebook(
        [overlay(tmp_path, overlap=first + pair("a", verdict="bersyarat", start="2025-07-01"))]
    )
    assert [rule.putusan.value for rule in rules.overlap if rule.kode == "a"] == [
        "komplementer",
        "bersyarat",
    ]


def test_all_mistakes_are_reported_together(tmp_path):
    broken = overlay(
        tmp_path,
        overlap=pair("a", other="tidak_ada") + pair("c", verdict="boleh"),
        disclosure="k_minimum = 1\n",
        targeting="garis = [\n",
        pas12='[[pas]]\nkode = "x"\n',
    )
    said = mistakes(broken)
    for part in (
        "tidak_ada",
        "overlap c: putusan",
        "k_minimum",
        "targeting.toml",
        "bagian [[pas]] tidak dikenal",
    ):
        assert part in said
    assert "5 mistakes" in said


def test_a_rule_without_basis_is_an_error(tmp_path):
    for name in ("dasar_hukum", "sumber", "alasan"):
        text = pair("a").replace(f'{name} = "uji"', f'{name} = "  "')
        assert f"overlap a: {name}" in mistakes(overlay(tmp_path, overlap=text))


def test_a_rule_whose_text_was_not_found_can_only_ask_for_clarification(tmp_path):
    text = pair("a").replace('"dikutip"', '"belum"')
    assert "hanya dapat perlu_klarifikasi" in mistakes(overlay(tmp_path, overlap=text))


def test_overlapping_validity_is_an_error_even_where_the_verdicts_agree(tmp_path):
    twice = pair("a") + pair("a", start="2025-03-01")
    assert "overlap a: dua versi berlaku bersamaan" in mistakes(overlay(tmp_path, overlap=twice))
    other = pair("a") + pair("b", start="2025-03-01")
    assert "overlap a dan b: dua aturan bagi hal yang sama" in mistakes(
        overlay(tmp_path, overlap=other)
    )


def test_a_rule_older_than_every_version_of_its_programme_is_an_error(tmp_path):
    text = pair("a", start="2001-01-01") + "berlaku_sampai = 2002-01-01\n"
    said = mistakes(overlay(tmp_path, overlap=text))
    assert "program pkh tidak berlaku selama aturan ini berlaku" in said


def test_a_rule_that_ends_before_it_begins_is_an_error(tmp_path):
    text = pair("a") + "berlaku_sampai = 2024-01-01\n"
    assert "berlaku_sampai mendahului berlaku_mulai" in mistakes(overlay(tmp_path, overlap=text))


def test_what_comes_after_an_event_is_said_of_two_programmes(tmp_path):
    text = pair("a").replace("periode_sama", "setelah_peristiwa")
    overlay(tmp_path, overlap=text.replace('"rutilahu"', '"rutilahu", "sembako"'))
    assert "setelah_peristiwa berlaku bagi dua program" in mistakes(tmp_path)


def test_amounts_stand_by_component_and_conditions_with_their_source(rulebook):
    pkh = rulebook.programme("pkh", EDITION)
    by_component = {item.komponen: item.rupiah * item.kali_setahun for item in pkh.besaran}
    assert by_component["ibu hamil atau nifas"] == 3_000_000
    assert by_component["anak SMA sederajat"] == 2_000_000
    assert by_component["korban pelanggaran HAM berat"] == 10_800_000
    assert {item.kode for item in pkh.syarat} == {"komponen", "lansia", "komponen_maks"}
    assert all(item.sumber for code in rulebook.programmes for item in code.syarat)


def test_the_register_s_desil_rules_begin_with_the_register(rulebook):
    assert rulebook.programme("pkh", date(2024, 6, 1)).desil_maks is None
    assert rulebook.programme("pkh", EDITION).desil_maks == 4


def test_a_code_written_twice_in_one_file_is_an_error(tmp_path):
    assert "kode tertulis dua kali" in mistakes(overlay(tmp_path, overlap=pair("a") + pair("a")))


def test_an_office_s_code_replaces_every_version_of_the_kit_s(tmp_path):
    rules = load_rulebook([overlay(tmp_path, overlap=pair("prakerja-pkh"))])
    assert [rule.program for rule in rules.overlap if rule.kode == "prakerja-pkh"] == [
        ("pkh", "rutilahu")
    ]


def test_two_versions_of_a_programme_in_force_on_one_day_are_an_error(tmp_path):
    one = """[[programmes]]
kode = "uji"
nama = "Uji"
singkatan = "Uji"
tingkat = "kota"
satuan = "keluarga"
kewenangan = "kota"
sumber_dana = "lainnya"
dasar_hukum = "uji"
sumber = "uji"
status_naskah = "belum"
berlaku_mulai = {start}
"""
    text = one.format(start="2025-01-01") + one.format(start="2025-02-01")
    assert "dua versi berlaku bersamaan" in mistakes(overlay(tmp_path, programmes=text))


def test_an_edition_knows_nothing_of_what_became_known_later(rulebook):
    december = {figure.kode: figure.nilai for figure in rulebook.statistics_known(EDITION)}
    february = {
        figure.kode: figure.nilai for figure in rulebook.statistics_known(date(2026, 2, 28))
    }
    later = {
        "miskin_persen_jabar_202509",
        "pas12_keluarga_20260118",
        "pas12_sasaran_2026",
        "jkn_persen_2025",
    }
    assert not later & set(december)
    assert later <= set(february)
    assert december["pas12_titik_20251205"] == 110
    assert (december["miskin_persen_2024"], december["miskin_jiwa_2024"]) == (7.20, 24100)


def test_a_figure_known_on_the_edition_s_own_day_may_be_printed(rulebook):
    assert "pas12_titik_20251205" in {f.kode for f in rulebook.statistics_known(date(2025, 12, 5))}
    assert "pas12_titik_20251205" not in {
        f.kode for f in rulebook.statistics_known(date(2025, 12, 4))
    }


def test_the_twelve_groups_hold_the_26_older_types_once_each(rulebook):
    types = [kind for group in rulebook.pas12 for kind in group.jenis_lama]
    assert [group.nomor for group in rulebook.pas12] == list(range(1, 13))
    assert len(types) == len(set(types)) == 26
    assert {g.nomor for g in rulebook.pas12 if g.sensitif} == {7, 8, 9, 10}
    assert {g.nomor for g in rulebook.pas12 if g.status == "perlu_dikonfirmasi"} == {10, 11, 12}


def test_the_four_programmes_of_the_sample_are_as_agreed(rulebook):
    on = rulebook.programmes_on(EDITION)
    agreed = {
        "pkh": ("keluarga", 4),
        "sembako": ("keluarga", 5),
        "pbi_jk": ("jiwa", 5),
        "pas12": ("jiwa", None),
    }
    assert {code: (on[code].satuan, on[code].desil_maks) for code in agreed} == agreed
    assert on["pas12"].sumber_dana == "zakat"


def test_a_programme_known_only_later_is_not_in_force(rulebook):
    assert "kampung_sosial" not in rulebook.programmes_on(EDITION)
    assert "kampung_sosial" in rulebook.programmes_on(date(2026, 2, 10))


@pytest.mark.parametrize(
    ("program", "told"), [("", "tanpa program"), ('program = "bansos_x"', "bansos_x")]
)
def test_a_recipient_list_of_no_known_programme_is_refused(tmp_path, program, told):
    layouts = tmp_path / "layouts"
    layouts.mkdir()
    (layouts / "beras.toml").write_text(
        f'kode = "beras"\nperan = "penerima"\nlabel = "Beras"\n{program}\nwajib = ["nik"]\n[kolom]\nnik = ["NIK"]\n',
        encoding="utf-8",
    )
    with pytest.raises(RulesError, match=told):
        load_rulebook([tmp_path])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('identifier = "nic"', "identifier: harus salah satu dari 'nik', 'opaque', 'none'"),
        ('identifier = "none"\nrekord = "no"', "rekord: nama ini tidak dikenal"),
        ('identifier = "none"\nrecord = 7', "record: harus teks"),
        ('identifier = "none"\nunique_within_file = "mungkin"', "harus true atau false"),
        ("", "identifier: belum diisi"),
    ],
)
def test_a_slip_in_a_list_layout_is_told_in_the_readers_words(tmp_path, line, told):
    layout = tmp_path / "l.toml"
    layout.write_text(f'{line}\n[fields]\nnama = {{ kind = "name" }}\n', encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        load_list_layout(layout)
    assert told in refused.value.text()
    assert "mungkin" not in refused.value.text()  # a value may be anything


def test_a_rule_file_that_windows_saved_otherwise_is_told_or_read(tmp_path):
    (tmp_path / "targeting.toml").write_bytes(b"\xef\xbb\xbf")
    assert load_rulebook([tmp_path]).programmes
    (tmp_path / "overlap.toml").write_bytes("# é".encode("cp1252"))
    with pytest.raises(RulesError, match=r"overlap\.toml"):
        load_rulebook([tmp_path, tmp_path / "."])
