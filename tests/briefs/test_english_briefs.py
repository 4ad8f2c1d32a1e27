"""Area briefs and the annex in English: no Indonesian word is left in them but names and terms, and figures are the same."""

import re
from dataclasses import replace

import pytest

from analysis.briefs.jobs import plan
from analysis.briefs.labels import Labels
from analysis.briefs.rendering import render
from analysis.policy import load_rulebook
from analysis.settings import Edition, Run

# Words that stand in almost every Indonesian sentence, and units and codes of the released tables.
INDONESIAN = re.compile(
    r"\b(dan|yang|untuk|dengan|tidak|pada|menurut|keluarga|jiwa|orang|wilayah|jumlah|belum|sebelum|bulan|bagian|penerima|"
    r"sasaran|cakupan|kasus|indikasi|lembar|daftar|selang)\b"
)


@pytest.fixture(scope="module")
def briefs(finished, tmp_path_factory):
    """Name → language → the page's text."""
    from datetime import date

    folder = tmp_path_factory.mktemp("inggris")
    contoh = next((finished.root / "data/raw/contoh").glob("**/aturan"), None)
    overlays = (contoh,) if contoh else ()
    rulebook = load_rulebook(list(overlays))
    run = Run("contoh", "2025-12", Edition(date(2025, 12, 15)), True, overlays)
    names = ["kelurahan", "kecamatan", "lampiran_teknis"]
    found = {}
    for lang in ("id", "en"):
        jobs = plan(run, rulebook, finished.store, finished.root / "notebooks", names, ("html",), [lang])  # fmt: skip
        firsts = {job.name: job for job in reversed(jobs)}
        for name, job in firsts.items():
            render(replace(job, formats=("html",)), run, rulebook, folder)
            page = (folder / f"{job.stem}.html").read_text(encoding="utf-8")
            found.setdefault(name, {})[lang] = page
    return found


def told(page: str) -> str:
    """What a reader sees: no markup, styles or sources."""
    body = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("name", ["kelurahan", "kecamatan", "lampiran_teknis"])
def test_an_english_brief_is_english(briefs, name):
    assert '<html lang="en"' in briefs[name]["en"]
    left = INDONESIAN.findall(told(briefs[name]["en"]))
    assert left == []
    assert INDONESIAN.findall(told(briefs[name]["id"]))


@pytest.mark.parametrize("name", ["kelurahan", "kecamatan", "lampiran_teknis"])
def test_both_languages_cite_the_same_cells(briefs, name):
    cited = {
        lang: sorted(re.findall(r'<data value="([^"]+)"', page))
        for lang, page in briefs[name].items()
    }
    assert cited["id"]
    assert cited["id"] == cited["en"]


def test_every_title_and_code_named_in_indonesian_is_named_in_english(rulebook):
    for name in ("topik", "label"):
        assert set(rulebook.briefs[name]) <= set(rulebook.briefs[f"{name}_en"])
    assert Labels(rulebook, "en").code("transisi_desil", "3", "baris") == "from decile 3"
    assert Labels(rulebook, "en").code("jkn", "keluarga") == "families"
