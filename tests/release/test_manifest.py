"""An edition's manifest names what it was made from and notices every change."""

import json
import re

import pytest
from citykit import EDITION

from analysis.errors import UsageError
from analysis.release import leak_gate, manifest

INPUTS = {"rilis_utama": "0123456789abcdef" * 4}


@pytest.fixture
def edition(tmp_path, rulebook):
    (tmp_path / "audiensi.html").write_text("<p>satu</p>", encoding="utf-8")
    (tmp_path / "lampiran").mkdir()
    (tmp_path / "lampiran" / "data.csv").write_text("a\n", encoding="utf-8")
    manifest.write(tmp_path, EDITION, rulebook, "f" * 64, INPUTS)
    return tmp_path


def test_an_untouched_edition_verifies(edition):
    assert manifest.verify(edition) == []
    assert manifest.is_fresh(edition, "f" * 64)
    assert not manifest.is_fresh(edition, "e" * 64)


def test_a_change_a_removal_and_an_addition_are_each_named(edition):
    (edition / "audiensi.html").write_text("<p>dua</p>", encoding="utf-8")
    (edition / "lampiran" / "data.csv").unlink()
    (edition / "baru.txt").write_text("x", encoding="utf-8")
    assert manifest.verify(edition) == ["audiensi.html", "baru.txt", "lampiran/data.csv"]
    assert not manifest.is_fresh(edition, "f" * 64)


def test_a_missing_or_broken_manifest_is_said_in_one_sentence(tmp_path):
    assert not manifest.is_fresh(tmp_path, "f" * 64)
    for text in (None, "{", "[]", "{}"):
        if text is not None:
            (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=re.escape("manifest.json")):
            manifest.verify(tmp_path)


def test_it_holds_no_clock_no_path_and_nothing_like_a_nik(edition, rulebook):
    text = (edition / "manifest.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert content["edisi"] == "uji-2025-12-15"
    assert content["masukan"]["rilis_utama"].startswith("01234567-89abcdef-01234567")
    assert str(edition) not in text
    assert not re.search(r"\d{15}|\d\d:\d\d", text)
    names = __import__("pandas").DataFrame({"jenis": [], "teks": []})
    assert leak_gate.inspect(edition, names, rulebook) == []


def test_the_same_edition_gives_the_same_bytes(edition, rulebook):
    before = (edition / "manifest.json").read_bytes()
    manifest.write(edition, EDITION, rulebook, "f" * 64, INPUTS)
    assert (edition / "manifest.json").read_bytes() == before
