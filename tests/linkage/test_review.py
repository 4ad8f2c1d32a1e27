"""Decisions of people: they outrank scores, survive re-runs and new files, can be undone; disagreement is shown."""

import pandas as pd
import pytest
from rosterkit import RUN, cleaned, workbook

from analysis.engine import Store
from analysis.errors import UsageError
from analysis.field import LinkReview, explain, read_link_decisions, standing
from analysis.linkage import link
from analysis.linkage.decisions import content_key
from analysis.linkage.keys import build_units

HEADER = ["NIK", "NO KK", "NAMA", "TGL LAHIR", "KELURAHAN"]
# serials that do not follow each other: a slip of the hand or two persons, people have to look
TWIN_A = ["3272010503109001", "3272010101159001", "HASAN BASRI", "05/03/2010", "Cikole"]
TWIN_B = ["3272010503109006", "3272010101159001", "HASAN BASRIE", "05/03/2010", "Cikole"]


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
    return LinkReview(store, tmp_path / "keputusan", rulebook)


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


def test_two_reviewers_who_differ_are_shown_and_decide_nothing(review):
    say(review, "sama", "Rina")
    say(review, "beda", "Ujang")
    state = standing(read_link_decisions(review.decisions)).iloc[0]
    assert (state["jawaban"], state["berbeda"], state["n_penelaah"]) == ("", True, 2)
    assert "Rina" in state["told"]
    assert "Ujang" in state["told"]


def relinked(review, folder, rulebook):
    """The review after linking again with what was answered, and the number of persons."""
    store, persons = linked(folder, rulebook, decided=decided(review.decisions))
    return LinkReview(store, review.decisions, rulebook), persons


def test_a_pair_reviewers_differ_on_stays_until_they_agree_and_stands_first(tmp_path, rulebook, review):  # fmt: skip
    number = review.pairs()["nomor"][0]
    say(review, "sama", "Rina")
    say(review, "beda", "Ujang")
    again, _ = relinked(review, tmp_path / "data", rulebook)
    shown = again.pairs()
    assert (shown["nomor"][0], bool(shown["berbeda"][0])) == (number, True)
    assert again.disputed() == [number]
    say(again, "sama", "Ujang")
    after, persons = relinked(again, tmp_path / "data", rulebook)
    assert persons == 1
    assert list(after.pairs()["jawaban"]) == ["sama"]  # in sight, though no longer compared


def test_a_joined_pair_is_told_by_its_answers_and_can_be_taken_back(tmp_path, rulebook, review):
    number, before = review.pairs()["nomor"][0], review.pairs()["digabung"][0]
    say(review, "sama")
    again, _ = relinked(review, tmp_path / "data", rulebook)
    with pytest.raises(UsageError, match="Rina: orang yang sama"):
        explain(again, again.store, rulebook, number)
    assert again.label(number, "batal", " rina ", "2025-12-10", "salah lihat") == 1
    after, _ = relinked(again, tmp_path / "data", rulebook)
    assert list(after.pairs()["digabung"]) == [before]


def test_a_word_counts_by_its_day_and_may_be_said_again_after_it_was_taken_back(review):
    answer = lambda: standing(read_link_decisions(review.decisions))["jawaban"].tolist()  # noqa: E731
    for word, count, stands in (("sama", 1, ["sama"]), ("sama", 0, ["sama"]), ("batal", 1, []), ("sama", 1, ["sama"])):  # fmt: skip
        assert say(review, word) == count
        assert answer() == stands
    review.label(review.pairs()["nomor"][0], "beda", "Rina", "2025-12-09", "lembar lama")
    assert answer() == ["sama"]  # said the day before, recorded late


@pytest.mark.parametrize(("said", "told"), [
    (("sama", "  ", "kartu keluarga"), "nama penelaah"),
    (("sama", "Rina", ""), "alasan"),
    (("batal", "Rina", "salah lihat"), "tidak ada jawaban Rina"),
])  # fmt: skip
def test_an_answer_names_who_and_why_and_takes_back_only_their_own(review, said, told):
    word, reviewer, reason = said
    with pytest.raises(UsageError, match=told):
        review.label(review.pairs()["nomor"][0], word, reviewer, "2025-12-10", reason)
    assert read_link_decisions(review.decisions) == []


def test_an_unknown_pair_is_refused(review):
    with pytest.raises(UsageError):
        review.label("P-00000000", "beda", "Rina", "2025-12-10", "x")


FAR = (
    ["3272011204789905", "", "MUMUH MUHIDIN", "12/04/1978", "Cikole"],
    ["", "", "ROHAETI", "01/09/1988", "Baros"],
)


@pytest.mark.parametrize(("rows", "scores", "answer"), [(FAR, 2, "sama"), ((TWIN_A, [TWIN_A[0], "", "HASAN", "", "Cikole"]), 1, "beda")])  # fmt: skip
def test_the_word_of_people_stands_above_scores_and_rules(tmp_path, rulebook, rows, scores, answer):
    """Two rows that nothing joins are one, two of one NIK are two, because somebody who looked says so."""
    assert linked(tmp_path, rulebook, rows)[1] == scores
    with cleaned(tmp_path, rulebook) as engine:
        build_units(engine)
        a, b = [row[0] for row in engine.rows(f"SELECT {content_key()} FROM _units ORDER BY uid")]
    said = pd.DataFrame([{"kunci_a": min(a, b), "kunci_b": max(a, b), "jawaban": answer}])
    store, persons = linked(tmp_path, rulebook, rows, decided=said)
    assert persons == 3 - scores
    if answer == "sama":
        assert set(store.frame("core_links")["cara"]) == {"keputusan"}
