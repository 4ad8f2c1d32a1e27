"""The prose of the rendered briefs read back: every number is a cell of rilis_*, or belongs to fixed words."""

import html
import re
from collections import Counter

import pandas as pd
import pytest

from analysis.briefs.cells import Cells
from analysis.notation import number, percent

# Numbers that are names: groups, deciles, laws, dates, the count of kelurahan in areas.csv, edition, thresholds in words.
FIXED = [
    r"12 PAS", r"[Dd]esil \d+(–\d+)?", r"(PP|UU|Inpres|Law) \d+/\d{4}", r"(pasal|ayat|article) \(?\d+\)?( ayat)?( \(\d\))*( dan \(\d\))?",
    r"\d{1,2} (Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember) \d{4}", r"dari 100 ",
    r"(Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember) \d{4}", r"\d+ kelurahan",
    r"Edisi \d+", r"selang 95%", r"kurang dari \d+", r"Triwulan [IV]+ \d{4}", r"Tabel [\dAB]+", r"Gambar \d+",
]  # fmt: skip


@pytest.fixture(scope="module")
def cells(finished, rulebook) -> Cells:
    return Cells.load(finished.store, rulebook)


def derived(cells: Cells, ref: str, how: str) -> set[str]:
    """What a derived number may read, worked out here anew."""
    topic, area, row, column, measure = ref.split("/")
    table = cells.tables[topic]
    if how.startswith("banyak_sumber"):
        return {number(table["baris"].nunique())}
    if how.startswith("banyak_"):
        some = table[(table["baris"] == row) & (table["ukuran"] == measure)]
        level = some["teks"].where(some["status"] == "terbit")
        hidden = ~level.isin(["di_atas", "setara", "di_bawah"])
        kind = how.removeprefix("banyak_")
        return {str(int(hidden.sum() if kind == "tersembunyi" else (level == kind).sum()))}
    if how == "jumlah":
        some = table[(table["ukuran"] == measure) & (table["status"] == "terbit")]
        return {number(some["nilai"].sum())}
    cell = cells.cell(topic, row, measure, column, area)
    if how == "seratus":
        return {number(cell["nilai"] * 100)}
    if how == "penyebut":
        return {number(cell["penyebut"])}
    if how == "sisa":
        return {number(cell["penyebut"] - cell["pembilang"])}
    if how == "selang":
        return {f"{number(cell['bawah'] * 100, 1)}–{number(cell['atas'] * 100, 1)}"}
    if how == "rentang":
        return {f"{number(cell['bawah'])}–{number(cell['atas'])}"}
    if how == "komplemen":
        return {percent(1 - cell["nilai"])}
    if how == "bagian_dari_jumlah":
        return {percent(cell["nilai"] / cells.value(topic, row, measure, "jumlah", area), 0)}
    raise AssertionError(how)


def pages(finished):
    return [
        path
        for path in sorted(finished.edition.rglob("*.html"))
        if path.name not in ("index.html", "perubahan.html") and not path.stem.endswith("_en")
    ]


def test_every_cited_number_is_its_cell(finished, cells):
    """HTML carries each number's source; the number must be what that cell prints."""
    seen = Counter()
    for path in pages(finished):
        for ref, shown in re.findall(
            r'<data value="([^"]+)">([^<]*)</data>', path.read_text(encoding="utf-8")
        ):
            source, _, how = html.unescape(ref).partition("#")
            shown = html.unescape(shown)
            seen[how or "cell"] += 1
            if how == "resmi":
                continue
            topic, area, row, column, measure = source.split("/")
            expected = (
                derived(cells, source, how)
                if how
                else {cells.text(topic, row, measure, column, area)}
            )
            assert shown in expected, (path.name, ref, shown)
    assert seen["cell"] > 1000
    assert seen["seratus"]
    assert seen["sisa"]


def test_no_number_of_the_prose_is_without_a_source(finished):
    """Headlines, leads, key figures and boxes: what is left after cited numbers and fixed words holds no digit."""
    for path in pages(finished):
        text = path.read_text(encoding="utf-8")
        prose = re.findall(
            r'<h1>(.*?)</h1>|<p class="lead">(.*?)</p>|<dl class="figures">(.*?)</dl>|<div class="box metode">(.*?)</div>',
            text,
            re.S,
        )
        for part in (piece for found in prose for piece in found if piece):
            left = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<data .*?</data>", "•", part)))
            for fixed in FIXED:
                left = re.sub(fixed, " ", left)
            if path.stem == "lampiran_teknis":
                left = re.sub(r"[\d.]+ tabel dengan [\d.]+ sel; [\d.]+ sel", " ", left)
            assert not re.search(r"\d", left), (path.name, left)


def test_paper_says_what_the_screen_says(finished):
    """The PDF's headline is the page's, its references gone."""
    from pypdf import PdfReader

    for path in (finished.edition / "audiensi.html", pages(finished)[-1]):
        head = re.search(r"<h1>(.*?)</h1>", path.read_text(encoding="utf-8"), re.S).group(1)
        head = html.unescape(re.sub(r"<[^>]+>", "", head))
        paper = PdfReader(path.with_suffix(".pdf")).pages[0].extract_text().replace("\n", " ")
        assert head.split(";")[0] in re.sub(r"\s+", " ", paper)
        assert not re.search("[\ue000-\ue002]", paper)


def test_kelurahan_pages_hold_no_other_kelurahan(finished):
    for path in sorted((finished.edition / "kelurahan").glob("*.html")):
        own = path.name.split("_")[0]
        areas = set(re.findall(r'value="[^/"]+/(32\.72[^/"]*)/', path.read_text(encoding="utf-8")))
        assert areas <= {own, own[:8], "32.72"}


def test_nothing_later_than_the_edition_is_printed(finished, rulebook):
    late = [
        s
        for s in rulebook.statistics
        if pd.Timestamp(s.diketahui_sejak) > pd.Timestamp("2025-12-15")
    ]
    assert late
    for path in sorted(finished.edition.rglob("*.html")):
        text = re.sub(r"<style>.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.S)
        for fact in late:
            assert f"/{fact.kode}/" not in text, (path.name, fact.kode)
        assert "2026-0" not in text
