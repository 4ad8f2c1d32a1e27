"""What cannot be done is said in one sentence of the reader's language, wherever the words go."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rosterkit import workbook

import analysis
from analysis.cli.refusals import refused, speak_anywhere, spoken
from analysis.cli.summary import summarised
from analysis.errors import UsageError, refused_by_machine


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ((), "id"), (("run", "--lang", "en"), "en"), (("run", "--lang=en"), "en"), (("--lang", "en,id"), "en"),
        (("--lang", "fr"), "id"), (("run", "--lang"), "id"),
    ],
)  # fmt: skip
def test_the_language_is_the_one_asked_for(words, lang):
    assert spoken(words) == lang


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (OSError(errno.ENOSPC, "full"), "disk_full"),
        (
            OSError("No space left on device (os error 28)"),
            "disk_full",
        ),  # Typst tells by words alone
        (MemoryError(), "out_of_memory"),
        (PermissionError(errno.EACCES, "no", "/a/b"), "no_write_permission"),
        (IsADirectoryError(errno.EISDIR, "no", "/a/b"), "not_a_place"),
    ],
)
def test_what_the_machine_refuses_is_told(error, key):
    assert refused_by_machine(error).key == key
    assert refused(error, "en")[1] == 2


def test_what_the_engine_says_of_a_full_disk_is_understood():
    import duckdb

    error = duckdb.IOException('{"exception_message":"Could not write: No space left on device"}')
    assert refused_by_machine(error).key == "disk_full"
    assert refused_by_machine(duckdb.OutOfMemoryException("no")).key == "out_of_memory"


def test_a_bug_of_ours_is_no_refusal():
    assert refused(KeyError("x"), "id") is None
    assert refused(FileNotFoundError(errno.ENOENT, "no", "x"), "id") is None


def test_a_log_without_arrows_in_its_encoding_still_takes_every_sentence():
    log = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    speak_anywhere(log)
    log.write("a → b")
    log.flush()
    assert log.buffer.getvalue().decode("utf-8") == "a → b"


def test_the_summary_of_a_failed_run_names_its_reason(tmp_path):
    path = tmp_path / "log" / "ringkas.json"
    told = ""
    with pytest.raises(UsageError), summarised(path, "id"):
        raise UsageError("disk_full", before=(told := path.read_text(encoding="utf-8")))
    assert '"berjalan"' in told
    told = path.read_text(encoding="utf-8")
    assert '"kode": 2' in told
    assert "Penyimpanan penuh" in told


def test_the_summary_of_a_bug_quotes_nothing(tmp_path):
    path = tmp_path / "ringkas.json"
    with pytest.raises(ValueError), summarised(path, "id"):
        raise ValueError("3272010101010001")
    assert "3272010101010001" not in path.read_text(encoding="utf-8")
    assert '"kode": 1' in path.read_text(encoding="utf-8")


def test_the_summary_of_an_interrupted_run_says_so(tmp_path):
    path = tmp_path / "ringkas.json"
    with pytest.raises(KeyboardInterrupt), summarised(path, "en"):
        raise KeyboardInterrupt
    assert '"kode": 130' in path.read_text(encoding="utf-8")


def test_a_summary_that_has_no_place_is_refused_before_the_work(tmp_path):
    (tmp_path / "log").mkdir()
    with pytest.raises(UsageError), summarised(tmp_path / "log", "id"):
        pytest.fail("the work began")
    assert list(tmp_path.iterdir()) == [tmp_path / "log"]


@pytest.mark.skipif(os.name == "nt", reason="Windows names files in UTF-8 whatever its locale")
def test_a_folder_with_an_accent_is_found_in_the_c_locale(tmp_path):
    """UTF-8 mode switched off by hand, as some servers' job environments have it."""
    home = tmp_path / "café"
    month = home / "data/raw/uji/2025-12"
    month.mkdir(parents=True)
    row = ["3272010503109001", "ASEP HIDAYAT", "05/03/2010", "Cikole"]
    workbook(month / "PKH.xlsx", {"A": [["DAFTAR PKH"], ["NIK", "NAMA", "TGL LAHIR", "KELURAHAN"], row]})  # fmt: skip
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    said = subprocess.run(
        [sys.executable, "-m", "analysis", "check", "--set", "uji"],
        cwd=home,
        env=os.environ | bare | {"PYTHONPATH": str(Path(analysis.__file__).parents[1])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in said.stderr
    assert "PKH.xlsx" in said.stdout
