"""Decisions of people: they outrank scores, survive re-runs and new files, can be undone; disagreement is shown."""

import pytest
from rosterkit import RUN, cleaned, workbook

from analysis.engine import Store
from analysis.errors import InputFileError, UsageError
from analysis.field import LinkReview, read_link_decisions, standing
from analysis.linkage import link

HEADER = ["NIK", "NO KK", "NAMA", "TGL LAHIR", "KELURAHAN"]
TWIN_A = ["3272010503109001", "3272010101159001", "HASAN BASRI", "05/03/2010", "Cikole"]
TWIN_B = ["3272010503109002", "3272010101159001", "HASAN BASRIE", "05/03/2010", "Cikole"]


def linked(folder, rulebook, rows=(TWIN_A, TWIN_B), decided=None):
    """The pairs' store after linking two lists, and the number of persons."""
    for name, row in zip(("PKH", "SEMBAKO"), rows, strict=True):
        workbook(folder / f"{name}.xlsx", {"A": [[f"DAFTAR {name}"], HEADER, list(row)]})
    store = Store(folder / ".store")
    with cleaned(folder, rulebook, store.folder) as engine:
        if decided is not None:
            engine.register("linkage_decisions", decided.astype({"jawaban": "str"}))
        made = link(engine, rulebook, RUN)
        for name in made:
            store.write(engine, name, "uji")
        persons = engine.one("SELECT count(DISTINCT person_id) FROM core_links")
    return store, persons


def decided(folder):
    return standing(read_link_decisions(folder))[["kunci_a", "kunci_b", "jawaban"]]


@pytest.fixture
def review(tmp_path, rulebook):
    (tmp_path / "data").mkdir()
    store, _ = linked(tmp_path / "data", rulebook)
    return LinkReview(store, tmp_path / "keputusan")


def say(review, answer, reviewer="Rina"):
    return review.label(
        review.pairs()["nomor"][0], answer, reviewer, "2025-12-10", "kartu keluarga"
    )


def test_a_decision_outranks_the_score_survives_and_can_be_undone(tmp_path, rulebook, review):
    before = linked(tmp_path / "data", rulebook)[1]
    answer = "beda" if before == 1 else "sama"
    assert say(review, answer) == 1
    assert say(review, answer) == 0  # the same word twice is one word
    after = linked(tmp_path / "data", rulebook, decided=decided(review.decisions))[1]
    assert after == (2 if before == 1 else 1)
    # the file comes again with another row above: other record ids, the same people
    again = tmp_path / "lagi"
    again.mkdir()
    assert linked(again, rulebook, decided=decided(review.decisions))[1] == after
    say(review, "batal")
    assert linked(tmp_path / "data", rulebook, decided=decided(review.decisions))[1] == before


def test_a_sure_link_by_nik_gives_way_to_a_decision(tmp_path, rulebook):
    (tmp_path / "data").mkdir()
    same = (TWIN_A, [TWIN_A[0], "", "HASAN", "", "Cikole"])
    assert linked(tmp_path / "data", rulebook, same)[1] == 1
    with cleaned(tmp_path / "data", rulebook) as engine:
        from analysis.linkage.decisions import content_key
        from analysis.linkage.keys import build_units

        build_units(engine)
        a, b = [row[0] for row in engine.rows(f"SELECT {content_key()} FROM _units ORDER BY uid")]
        engine.drop("_units", "_unit_of")
        engine.table(
            "linkage_decisions", f"SELECT '{a}' AS kunci_a, '{b}' AS kunci_b, 'beda' AS jawaban"
        )
        link(engine, rulebook, RUN)
        assert engine.one("SELECT count(DISTINCT person_id) FROM core_links") == 2


def test_two_reviewers_who_differ_are_shown_and_decide_nothing(review):
    say(review, "sama", "Rina")
    say(review, "beda", "Ujang")
    state = standing(read_link_decisions(review.decisions)).iloc[0]
    assert (state["jawaban"], state["berbeda"], state["n_penelaah"]) == ("", True, 2)
    assert "Rina" in state["told"]
    assert "Ujang" in state["told"]


def test_a_sheet_goes_out_with_a_sentence_and_comes_back(review):
    import openpyxl

    path = review.export()
    book = openpyxl.load_workbook(path)
    page = book["Tinjau padanan"]
    heads = {
        cell.value: cell.column for row in page.iter_rows(max_row=6) for cell in row if cell.value
    }
    assert page.data_validations.dataValidation
    row = next(r for r in range(1, 9) if str(page.cell(r, 1).value).startswith("P-"))
    assert page.cell(row, heads["Penjelasan"]).value.startswith("Sama:")
    for head, value in (("Jawaban", "orang berbeda"), ("Penelaah", "Rina"), ("Tanggal", "2025-12-10"), ("Alasan", "kembar")):  # fmt: skip
        page.cell(row, heads[head]).value = value
    book.save(path)
    assert review.take_in(path) == 1
    page.cell(row, heads["Jawaban"]).value = "mungkin"
    book.save(path)
    with pytest.raises(InputFileError, match="daftar pilihan"):
        review.take_in(path)
    with pytest.raises(UsageError):
        review.label("P-00000000", "beda", "Rina", "2025-12-10", "x")
