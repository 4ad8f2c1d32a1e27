"""Nothing changed is told by looking, not by reading; and no change is ever overlooked."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from analysis.engine import memory
from analysis.engine.memory import recalled, remembered, sha256_of


def true_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def old_file(tmp_path) -> Path:
    """Written long enough ago for its times to be relied on."""
    path = tmp_path / "daftar.csv"
    path.write_text("satu")
    time.sleep(memory._TICK_NS / 1e9 + 0.03)
    return path


@pytest.fixture
def place(tmp_path) -> Path:
    return tmp_path / ".ingatan.json"


def hashed(path: Path, place: Path, **how: bool) -> str:
    with remembered(place, **how):
        return sha256_of(path)


def test_a_file_that_did_not_change_is_not_read_again(old_file, place, monkeypatch):
    before = hashed(old_file, place)
    monkeypatch.setattr(memory, "_read", lambda _: pytest.fail("read again"))
    assert hashed(old_file, place) == before == true_hash(old_file)


def test_another_content_of_the_same_size_and_date_is_noticed(old_file, place):
    hashed(old_file, place)
    times = old_file.stat()
    old_file.write_text("dua.")
    os.utime(old_file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert hashed(old_file, place) == true_hash(old_file)


def test_another_file_put_in_its_place_is_noticed(old_file, place, tmp_path):
    hashed(old_file, place)
    times, other = old_file.stat(), tmp_path / "lain.csv"
    other.write_text("dua.")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    os.replace(other, old_file)
    assert hashed(old_file, place) == true_hash(old_file)


def test_writes_in_quick_succession_are_each_noticed(tmp_path, place):
    path = tmp_path / "daftar.csv"
    for text in ("satu", "dua.", "tiga", "ampt") * 25:
        path.write_text(text)
        assert hashed(path, place) == hashlib.sha256(text.encode()).hexdigest()


def test_a_disk_that_counts_whole_seconds_is_not_relied_on_for_two(tmp_path, place, monkeypatch):
    path = tmp_path / "daftar.csv"
    path.write_text("satu")
    second = time.time_ns() // 10**9 * 10**9
    os.utime(path, ns=(second, second))
    facts = path.stat()
    monkeypatch.setattr(memory.time, "time_ns", lambda: facts.st_ctime_ns + 10**9)
    hashed(path, place)
    assert not place.exists() or '"files":{}' in place.read_text()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"files": 3, "told": {}}', '{"files": {"a": 5}, "told": {}}']
)
def test_a_damaged_memory_is_no_memory(old_file, place, text):
    place.write_text(text)
    assert hashed(old_file, place) == true_hash(old_file)


def test_what_is_not_believed_is_read(old_file, place, monkeypatch):
    hashed(old_file, place)
    monkeypatch.setattr(memory, "_read", lambda _: "dibaca")
    assert hashed(old_file, place, believe=False) == "dibaca"


def test_looking_writes_nothing(old_file, place):
    hashed(old_file, place, keep=False)
    assert not place.exists()


def test_an_answer_holds_for_its_key_alone(place):
    with remembered(place):
        assert recalled("a", lambda: {"x": 1}) == {"x": 1}
    with remembered(place):
        assert recalled("a", lambda: pytest.fail("asked again")) == {"x": 1}
        assert recalled("b", lambda: "lain") == "lain"
