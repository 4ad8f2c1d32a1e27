"""What people decided is never lost: not on a full disk, not by a spreadsheet that saved the file again."""

import os

import pytest

from analysis.engine.ledger import append_to_ledger, read_ledger
from analysis.errors import InputFileError

COLUMNS = ("siapa", "apa")


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "keputusan" / "buku.csv"
    append_to_ledger(path, COLUMNS, [("Rina", "sama"), ("Budi", 'kata "ragu", lalu\nbaris dua')])
    return path


def test_rows_come_back_as_written_and_older_bytes_stay(ledger):
    before = ledger.read_bytes()
    append_to_ledger(ledger, COLUMNS, [("Sari", "beda")])
    assert ledger.read_bytes().startswith(before)
    assert read_ledger(ledger, COLUMNS) == [
        ["Rina", "sama"], ["Budi", 'kata "ragu", lalu\nbaris dua'], ["Sari", "beda"],
    ]  # fmt: skip


def test_an_empty_file_left_by_a_full_disk_still_gets_its_header(tmp_path):
    path = tmp_path / "buku.csv"
    path.write_bytes(b"")
    assert read_ledger(path, COLUMNS) == []
    append_to_ledger(path, COLUMNS, [("Rina", "sama")])
    assert read_ledger(path, COLUMNS) == [["Rina", "sama"]]


def test_a_last_line_left_open_by_an_editor_is_closed_first(ledger):
    ledger.write_bytes(ledger.read_bytes() + b"Tuti,sama")
    append_to_ledger(ledger, COLUMNS, [("Sari", "beda")])
    assert read_ledger(ledger, COLUMNS)[-2:] == [["Tuti", "sama"], ["Sari", "beda"]]


def test_a_mark_before_the_header_is_none_of_it(ledger):
    ledger.write_bytes(b"\xef\xbb\xbf" + ledger.read_bytes())
    assert read_ledger(ledger, COLUMNS)[0] == ["Rina", "sama"]


@pytest.mark.parametrize(
    "spoilt", [b"siapa;apa\nRina;sama\n", b"siapa,apa\nRin\xe9,sama\n", b"Rina,sama\n"]
)
def test_a_file_saved_again_otherwise_is_refused_not_read_as_nothing(ledger, spoilt):
    ledger.write_bytes(spoilt)
    with pytest.raises(InputFileError) as refused:
        read_ledger(ledger, COLUMNS)
    assert "siapa,apa" in refused.value.text()


def test_a_disk_that_fills_up_leaves_what_was_there(ledger, monkeypatch):
    before = ledger.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        append_to_ledger(ledger, COLUMNS, [("Sari", "beda")])
    assert ledger.read_bytes() == before
