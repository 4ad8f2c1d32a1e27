"""The reviewers' sheet and what offices do to it: sorted, widened, shortened, late, half filled; nothing wrong is ever taken in."""

import datetime as dt
import random
import re
import shutil
from types import SimpleNamespace

import openpyxl
import pytest

from analysis.engine import Store
from analysis.errors import InputFileError
from analysis.field import LinkReview, read_link_decisions, standing
from analysis.field.review_sheet import SIDES, sentence

ANSWER = {
    "Jawaban": "orang berbeda",
    "Penelaah": "Rina",
    "Tanggal": "2025-12-10",
    "Alasan": "kartu keluarga",
}


class Sheet:
    """An exported sheet in a reviewer's hands."""

    def __init__(self, path, home) -> None:
        self.book = openpyxl.load_workbook(path)
        self.page, self.target = self.book.active, home / "kembali.xlsx"
        self.top = next(n for n in range(1, 12) if self.page.cell(n, 1).value == "No. pasangan")

    def column(self, head: str) -> int:
        return next(cell.column for cell in self.page[self.top] if cell.value == head)

    def fill(self, row: int = 1, **said) -> str:
        """Answer the pair in line `row` below the header; returns its number."""
        for head, value in (ANSWER | said).items():
            self.page.cell(self.top + row, self.column(head)).value = value
        return self.page.cell(self.top + row, self.column("No. pasangan")).value

    def saved(self):
        self.book.save(self.target)
        return self.target


@pytest.fixture(scope="module")
def linked(finished, tmp_path_factory):
    """The finished city's pairs, in a folder that may be written to."""
    folder = tmp_path_factory.mktemp("tinjau") / "2025-12"
    (folder / "core").mkdir(parents=True)
    for name in ("core_review_pairs", "core_records"):
        shutil.copy(finished.store / f"core/{name}.parquet", folder / "core")
    return Store(folder)


@pytest.fixture
def review(linked, rulebook, tmp_path):
    return LinkReview(linked, tmp_path / "keputusan", rulebook)


@pytest.fixture
def sheet(review, tmp_path):
    return Sheet(review.export(), tmp_path)


def said(review):
    return [(d.penelaah, d.jawaban, d.tanggal) for d in read_link_decisions(review.decisions)]


def shuffle(page, top):
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=top + 1)]
    random.Random(3).shuffle(rows)
    for number, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            page.cell(number, column).value = value


def number_lines(page, top):
    page.insert_cols(1)
    page.cell(top, 1).value = "No."
    for number in range(top + 1, page.max_row + 1):
        page.cell(number, 1).value = number - top


@pytest.mark.parametrize("change", [
    lambda page, top: shuffle(page, top),
    lambda page, top: page.insert_cols(3),
    lambda page, top: number_lines(page, top),
    lambda page, top: page.delete_rows(top + 1, 3),
    lambda page, top: setattr(page, "title", "Sheet1"),
])  # fmt: skip
def test_a_sheet_may_be_sorted_widened_shortened_and_renamed(review, sheet, change):
    change(sheet.page, sheet.top)
    number = sheet.fill(2)
    assert review.take_in(sheet.saved()) == 1
    pairs = review.pairs()
    assert list(pairs.loc[pairs["jawaban"] != "", "nomor"]) == [number]
    assert said(review) == [("Rina", "beda", "2025-12-10")]


@pytest.mark.parametrize("given", ["2025-12-10", "10/12/2025", "10 Desember 2025", dt.date(2025, 12, 10)])  # fmt: skip
def test_dates_and_answers_as_people_type_them(review, sheet, given):
    sheet.fill(Tanggal=given, Jawaban=" Orang  Berbeda", Penelaah=" Rina ")
    assert review.take_in(sheet.saved()) == 1
    assert said(review) == [("Rina", "beda", "2025-12-10")]


@pytest.mark.parametrize(("wrong", "told"), [
    ({"Jawaban": "mungkin"}, "daftar pilihan"),
    ({"Alasan": None}, "kolom Alasan kosong"),
    ({"Penelaah": None, "Tanggal": None}, "kolom Penelaah, Tanggal kosong"),
    ({"Tanggal": "kemarin"}, "Tanggal tidak terbaca"),
    ({"Tanggal": "2099-01-01"}, "sesudah hari ini"),
    ({"Jawaban": None}, "Jawaban kosong"),
    ({"No. pasangan": None}, "no. pasangan kosong"),
    ({"No. pasangan": "P-00000000"}, "tidak dikenal"),
])  # fmt: skip
def test_one_wrong_row_is_named_and_nothing_is_kept(review, sheet, wrong, told):
    sheet.fill(1)
    sheet.fill(2, **wrong)
    with pytest.raises(InputFileError, match=told) as refused:
        review.take_in(sheet.saved())
    assert f"baris {sheet.top + 2}" in str(refused.value)
    assert not [name for name in review.pairs()["nama_asli_a"] if name in str(refused.value)]
    assert said(review) == []


def test_what_is_wrong_is_told_in_english_where_that_is_asked(review, sheet):
    sheet.fill(1, Jawaban="mungkin")
    sheet.fill(2, Penelaah=None, Tanggal=None)
    sheet.fill(3, Tanggal="kemarin")
    with pytest.raises(InputFileError) as refused:
        review.take_in(sheet.saved(), lang="en")
    told = refused.value.text("en")
    for words in (
        f"row {sheet.top + 2}: empty columns: Penelaah, Tanggal",
        "none of the choices",
        "cannot be read",
        "Choices of column",
    ):
        assert words in told
    assert not re.search(r"baris|kolom|kosong|Pilihan|tidak", told)


@pytest.mark.parametrize(("head", "told"), [("Jawaban", "kolom Jawaban tidak ada"), ("No. pasangan", "tidak ada lembar berjudul kolom No. pasangan")])  # fmt: skip
def test_a_header_written_over_is_asked_for(review, sheet, head, told):
    sheet.fill(1)
    sheet.page.cell(sheet.top, sheet.column(head)).value = "Lain"
    with pytest.raises(InputFileError, match=told):
        review.take_in(sheet.saved())


def test_one_reviewer_has_one_word_a_pair(review, sheet):
    number = sheet.fill(1)
    sheet.fill(2, Jawaban="orang yang sama", Penelaah="RINA", **{"No. pasangan": number})
    with pytest.raises(InputFileError, match="dua kali dengan jawaban berbeda"):
        review.take_in(sheet.saved())


def test_reviewers_who_differ_are_named_by_pair_and_the_pair_is_asked_again(
    review, sheet, tmp_path
):
    number = sheet.fill(1)
    review.take_in(sheet.saved())
    sheet.fill(1, Penelaah="Ujang", Jawaban="orang yang sama")
    review.take_in(sheet.saved())
    assert review.disputed() == [number]
    again = Sheet(review.export(), tmp_path)
    line = next(
        n for n in range(again.top, again.page.max_row + 1) if again.page.cell(n, 1).value == number
    )
    before = again.page.cell(line, again.column("Jawaban sebelumnya")).value
    assert "Rina: orang berbeda" in before
    assert "Ujang: orang yang sama" in before
    review.label(number, "beda", "UJANG", "2025-12-11", "kartu dilihat bersama")
    assert review.disputed() == []


def test_an_older_sheet_and_a_word_taken_back_find_their_pair_after_the_rows_were_joined(review, sheet, linked, rulebook, tmp_path):  # fmt: skip
    """A pair that people joined is compared no more, and a new file asks about others."""
    number, late = sheet.fill(1, Jawaban="orang yang sama"), sheet.fill(2, Penelaah="Ujang")
    empty = Store(tmp_path / "kemudian/2025-12")
    shutil.copytree(linked.folder / "core", empty.folder / "core")
    pairs = linked.frame("core_review_pairs")
    gone = review.pairs().set_index("nomor").loc[[number, late], "kunci_a"]
    pairs[~pairs["kunci_a"].isin(gone)].to_parquet(empty.path("core_review_pairs"))
    after = LinkReview(empty, review.decisions, rulebook)
    assert after.take_in(sheet.saved()) == 2
    assert after.label(number, "batal", "Rina", "2025-12-12", "salah lihat") == 1
    state = standing(read_link_decisions(review.decisions))
    assert list(state["jawaban"]) == ["beda"]


def test_what_was_filled_in_is_not_written_over(review, sheet):
    path = review.store.folder / "tinjau/tinjau_padanan.xlsx"
    sheet.fill(1)
    sheet.book.save(path)
    review.export()
    kept = [openpyxl.load_workbook(old) for old in (path.parent / "sebelumnya").glob("*.xlsx")]
    assert any("kartu keluarga" in {cell.value for row in book.active for cell in row} for book in kept)  # fmt: skip


def test_the_sheet_tells_neither_chance_nor_state_and_every_difference(review, sheet):
    cells = [cell.value for row in sheet.page.iter_rows(min_row=sheet.top) for cell in row]
    assert not [text for text in cells if text and ("digabung" in text or "%" in text)]
    told = [sheet.page.cell(n, 3).value for n in range(sheet.top + 1, sheet.page.max_row + 1)]
    assert all("nama" in text and "NIK" in text for text in told)
    assert any("NIK (1 angka)" in text for text in told)
    assert not any("32.72." in (text or "") for text in cells)


@pytest.mark.parametrize(("a", "b", "told"), [
    ("3272010503109001", "3272010503109001", "Sama: NIK."),
    ("3272010503109001", "3272010503109006", "Berbeda: NIK (1 angka)."),
    ("327201050310900?", "3272010503109006", "Sama: 15 angka pertama NIK."),
    ("327201050310900?", "3272010503109116", "Berbeda: NIK"),
    ("kosong", "3272010503109006", "Tidak ada pada salah satunya:"),
])  # fmt: skip
def test_the_sentence_says_how_two_numbers_stand_to_each_other(a, b, told):
    pair = SimpleNamespace(**{f"{name}_{side}": None for name in SIDES for side in "ab"})
    pair.nik_t_a, pair.nik_t_b = a, b
    assert sentence(pair).startswith(told)
