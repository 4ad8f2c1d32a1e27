"""The technical annex: every released cell once, every topic named, everything found from the contents."""

import html
import re
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from analysis.briefs.cells import KEY, Cells
from analysis.briefs.labels import Labels
from analysis.briefs.pivot import grids

CODES = st.sampled_from(["", "a", "b", "c", "1", "2"])
PLACES = st.tuples(st.sampled_from(["32.72", "32.72.01", "32.72.01.1001"]), CODES, CODES, CODES)


@given(st.sets(PLACES, min_size=1, max_size=40))
def test_a_pivot_loses_no_cell_and_repeats_none(places):
    cells = [
        dict(zip(KEY, place, strict=True)) | {"n": at} for at, place in enumerate(sorted(places))
    ]
    shown = Counter(cell["n"] for grid in grids(cells) for cell in grid.cells.values())
    assert shown == Counter(range(len(cells)))
    for grid in grids(cells):
        assert {line for line, _ in grid.cells} == set(grid.lines)
        assert {head for _, head in grid.cells} == set(grid.heads)


def test_areas_stand_down_and_programmes_across():
    areas, programmes = ("32.72", "32.72.01", "32.72.01.1001"), ("pkh", "blts")
    cells = [
        {"wilayah": area, "baris": programme, "kolom": "", "ukuran": "keluarga"}
        for area in areas
        for programme in programmes
    ]
    (grid,) = grids(cells)
    assert grid.lines == tuple((("wilayah", area),) for area in areas)
    assert grid.heads == tuple((("baris", programme),) for programme in programmes)
    assert grid.common == (("ukuran", "keluarga"),)


@pytest.fixture(scope="module")
def page(finished) -> str:
    return (finished.edition / "lampiran_teknis.html").read_text(encoding="utf-8")


def test_every_released_cell_stands_in_it_once(finished, rulebook, page):
    tables = Cells.load(finished.store, rulebook).tables
    whole = pd.concat([table.assign(topik=topic) for topic, table in tables.items()])
    counted = whole[whole["status"] != "tidak_dapat_dihitung"]
    expected = Counter("/".join(row) for row in counted[["topik", *KEY]].itertuples(index=False))
    body = re.sub(r'<div class="box.*?</div>', "", page, flags=re.S)
    found = Counter(html.unescape(ref) for ref in re.findall(r'<data value="([^"#]+)">', body))
    assert found == expected


def test_every_topic_has_a_title_and_a_chapter(finished, rulebook):
    inside = [topic for chapter in rulebook.briefs["bab"] for topic in chapter["topik"]]
    assert len(inside) == len(set(inside))
    assert set(inside) == set(rulebook.briefs["topik"])
    assert set(Cells.load(finished.store, rulebook).tables) <= set(inside)


def test_the_contents_lead_somewhere(page):
    links = re.findall(r'<a href="#([^"]+)">', page)
    assert len(links) > 30
    assert set(links) <= set(re.findall(r'<h[23] id="([^"]+)"', page))
    assert len(re.findall(r' id="', page)) == len(set(re.findall(r' id="([^"]+)"', page)))


def test_it_is_a_document_one_can_carry(finished):
    paper = PdfReader(finished.edition / "lampiran_teknis.pdf")
    assert len(paper.pages) <= 45
    assert len(paper.outline) > 0
    first = paper.pages[0].extract_text()
    assert re.search(r"Wilayah[ .]+\d+", first)


def test_codes_are_words(rulebook):
    labels = Labels(rulebook)
    assert labels.code("program", "pkh") == "PKH"
    assert labels.code("jkn_segmen", "mandiri+pbi_apbn") == "mandiri + PBI APBN"
    assert labels.code("desil_program", "3", "baris") == "desil 3"
    assert labels.code("identitas", "tanpa") != labels.code("program", "tanpa")
    assert labels.code("pas12", "2025-12-08", "kolom") == "8 Desember 2025"
    assert labels.code("layanan_bulan", "2025-12", "kolom") == "Desember 2025"
    assert labels.area("32.72.02") == "Kecamatan Cikole"
