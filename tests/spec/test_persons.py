"""Spec: when two rows speak of one person. Each pair is a picture; the answer stands beside it."""

import pytest
from rosterkit import RUN, cleaned, workbook

from analysis.linkage import link

# NIK, No KK, name, birth date, kelurahan – one row in each of two lists – then: one person?
SARI = ("3272014503809001", "3272010101159001", "SARI DEWI", "05/03/1980", "Cikole")
PAIRS = [
    ("same row", SARI, SARI, True),
    ("name with a title", SARI, (*SARI[:2], "Hj. Sari Dewi", "", "Cikole"), True),
    ("name with a typing error", SARI, (*SARI[:2], "SARY DEWI", "", "Cikole"), True),
    ("old spelling", ("", *SARI[1:2], "DJOEMENAH", *SARI[3:]), ("", SARI[1], "JUMENAH", *SARI[3:]), True),
    ("married name, same NIK and birth date", SARI, (SARI[0], "", "NENENG KURNIA", "05/03/1980", ""), True),
    ("husband typed with the wife's NIK", SARI, (SARI[0], SARI[1], "UJANG SUHERMAN", "01/02/1978", ""), False),
    ("NIK lost, card and name agree", SARI, ("", SARI[1], "SARI DEWI", "", "Cikole"), True),
    ("NIK and card lost, name, birth date and kelurahan agree", SARI, ("", "", *SARI[2:]), True),
    ("only the name agrees", SARI, ("", "", "SARI DEWI", "", "Cikole"), False),
    ("name and 1 January: that day means 'unknown'", ("", "", "SARI DEWI", "01/01/1980", "Cikole"),
     ("", "", "SARI DEWI", "01/01/1980", "Cikole"), False),
    ("a namesake born the same day elsewhere", SARI, ("", "", "SARI DEWI", "05/03/1980", "Baros"), False),
    ("a namesake with another NIK, same day and kelurahan", SARI,
     ("3272019905809876".replace("99", "45", 1), "3272010101159777", *SARI[2:]), False),
    ("twins: NIK differ in the last digit only", ("3272010503109001", SARI[1], "HASAN", "05/03/2010", "Cikole"),
     ("3272010503109002", SARI[1], "HUSEN", "05/03/2010", "Cikole"), False),
    ("father and son of one name", ("3272010503609001", SARI[1], "ASEP HIDAYAT", "05/03/1960", "Cikole"),
     ("3272010707909001", SARI[1], "ASEP HIDAYAT", "07/07/1990", "Cikole"), False),
    ("two people hold one NIK", SARI, (SARI[0], "3272010101159777", "UJANG SUHERMAN", "01/02/1978", "Baros"), False),
    ("the head's NIK on a member's row", ("3272010102789001", SARI[1], "UJANG SUHERMAN", "01/02/1978", "Cikole"),
     ("3272010102789001", SARI[1], "RINA LESTARI", "09/09/2009", "Cikole"), False),
    ("a placeholder NIK on both", ("1111111111111111", "", "ASEP", "", "Cikole"),
     ("1111111111111111", "", "ASEP", "", "Cikole"), False),
    ("family card typed as NIK", SARI, (SARI[1], SARI[1], "UJANG SUHERMAN", "01/02/1978", "Cikole"), False),
]  # fmt: skip
HEADER = ["NIK", "NO KK", "NAMA", "TGL LAHIR", "KELURAHAN"]


def persons(folder, rulebook, left, right):
    for name, row in (("PKH", left), ("SEMBAKO", right)):
        workbook(folder / f"{name}.xlsx", {"A": [[f"DAFTAR {name}"], HEADER, list(row)]})
    with cleaned(folder, rulebook) as engine:
        link(engine, rulebook, RUN)
        return engine.rows(
            "SELECT record_id, person_id, cara, kepastian FROM core_links ORDER BY record_id"
        )


@pytest.mark.parametrize(
    ("left", "right", "one"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS]
)
def test_two_rows_speak_of_one_person(tmp_path, rulebook, left, right, one):
    found = persons(tmp_path, rulebook, left, right)
    assert len({person for _, person, _, _ in found}) == (1 if one else 2)


def test_a_row_nobody_shares_is_a_person_of_its_own(tmp_path, rulebook):
    found = persons(tmp_path, rulebook, SARI, ("", "", "ORANG LAIN", "", "Baros"))
    assert [way for _, _, way, _ in found] == ["sendiri", "sendiri"]


def test_a_link_states_its_rule_and_its_certainty(tmp_path, rulebook):
    found = persons(tmp_path, rulebook, SARI, ("", SARI[1], "SARI DEWI", "", "Cikole"))
    assert {(way, sure) for _, _, way, sure in found} == {("model", "pasti")}


def test_ids_stay_when_the_lists_are_read_again_in_another_order(tmp_path, rulebook):
    (tmp_path / "a").mkdir()
    rows = [list(SARI), ["3272010503609001", "", "ASEP HIDAYAT", "05/03/1960", "Cikole"]]
    workbook(tmp_path / "a" / "pkh.xlsx", {"A": [["PKH"], HEADER, *rows]})
    with cleaned(tmp_path / "a", rulebook) as engine:
        link(engine, rulebook, RUN)
        before = dict(
            engine.rows(
                "SELECT r.nama, l.person_id FROM core_links l JOIN core_records r USING (record_id)"
            )
        )
        keys = engine.frame("SELECT * FROM registry_keys")
    (tmp_path / "b").mkdir()
    workbook(
        tmp_path / "b" / "pkh.xlsx",
        {"A": [["PKH"], HEADER, ["", "", "AAN BARU", "02/02/1999", "Baros"], *rows[::-1]]},
    )
    with cleaned(tmp_path / "b", rulebook) as engine:
        engine.register("registry_keys", keys)
        link(engine, rulebook, RUN)
        after = dict(
            engine.rows(
                "SELECT r.nama, l.person_id FROM core_links l JOIN core_records r USING (record_id)"
            )
        )
    assert before.items() <= after.items()
    assert after["AAN BARU"] not in before.values()


def family_lists(folder):
    (folder / "dtsen_keluarga.csv").write_text(
        "DTSEN KELUARGA;;;;\nNO_KK;NIK_KEPALA;NAMA_KEPALA;KELURAHAN;DESIL\n"
        f"{SARI[1]};3272010102789001;UJANG SUHERMAN;Cikole;2\n3272010101159002;3272010303709001;DADANG;Baros;\n"
    )
    (folder / "dtsen_individu.csv").write_text(
        "DTSEN INDIVIDU,,,,,\nNO_KK,NIK,NAMA,TGL_LAHIR,SHDK,KELURAHAN\n"
        f"{SARI[1]},3272010102789001,UJANG SUHERMAN,1978-02-01,KEPALA KELUARGA,Cikole\n"
        f"{SARI[1]},{SARI[0]},SARI DEWI,1980-03-05,ISTRI,Cikole\n"
        "3272010101159002,3272010303709001,DADANG,1970-03-03,KEPALA KELUARGA,Baros\n"
    )
    roster = [
        list(SARI),
        ["", "3272010101159999", "TAMU LAMA", "", "Cikole"],
        ["", "", "TANPA KARTU", "", "Baros"],
    ]
    workbook(folder / "pkh.xlsx", {"A": [["PKH"], HEADER, *roster]})


def test_families_rest_on_the_register_then_the_card_then_the_person(tmp_path, rulebook):
    family_lists(tmp_path)
    with cleaned(tmp_path, rulebook) as engine:
        link(engine, rulebook, RUN)
        found = engine.rows(
            "SELECT dasar, is_registri, desil, n_anggota FROM core_families ORDER BY ALL"
        )
        enrolled = engine.rows(
            "SELECT programme, unit, n_records, n_persons FROM core_enrolments ORDER BY unit_id"
        )
    assert found == [
        ("kk_daftar", False, None, 1),
        ("perorangan", False, None, 1),
        ("registri", True, 2, 2),
        ("registri", True, None, 1),
    ]
    assert enrolled == [("pkh", "keluarga", 1, 1)] * 3
