"""The PDF as a reader, a screen reader and an archive meet it."""

import io
import re
import subprocess

import pytest
from pypdf import PdfReader
from workspace import paper_text, tool


@pytest.fixture(scope="module")
def paper(finished) -> PdfReader:
    return PdfReader(io.BytesIO((finished.edition / "audiensi.pdf").read_bytes()))


@pytest.fixture(scope="module")
def pages(finished) -> list[str]:
    """The text of each page in reading order."""
    return paper_text(finished.edition / "audiensi.pdf").split("\f")[:-1]


def test_three_pages_of_a4(paper):
    assert len(paper.pages) == 3
    for page in paper.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_every_page_is_marked_and_numbered(pages):
    for number, text in enumerate(pages, start=1):
        assert "DATA SINTETIS – kota contoh, bukan angka resmi" in text
        assert f"Halaman {number} dari 3" in text
        assert "Senin, 15 Desember 2025" in text


def test_each_page_has_its_sections(pages):
    assert all(w in pages[0] for w in ("Dukungan yang dimohon", "Angka resmi", "Cara membaca"))
    assert all(f"Tabel {n}" in pages[1] for n in (2, 3, 4))
    assert all(w in pages[2] for w in ("Gambar 2", "Tindak lanjut", "Mutu data", "Disetujui oleh"))


def test_an_interval_stays_on_one_line(finished):
    papers = sorted(finished.edition.rglob("*.pdf"))
    texts = {path.name: paper_text(path) for path in papers}
    assert sum(len(re.findall(r"\d–\d", text)) for text in texts.values()) > len(texts)
    broken = {name for name, text in texts.items() if re.search(r"\d%?–(\s|$)", text)}
    assert not broken


def test_every_font_is_inside(finished):
    listed = subprocess.run(
        [tool("pdffonts"), finished.edition / "audiensi.pdf"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[2:]
    assert len(listed) >= 3
    for line in listed:
        assert re.search(r" yes +yes +yes ", line), line


def test_it_is_tagged_archival_and_speaks_indonesian(paper):
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert "/StructTreeRoot" in root
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r'pdfuaid:part(>|=")1', xmp)
    assert re.search(r'pdfaid:part(>|=")2', xmp)
    assert re.search(r'pdfaid:conformance(>|=")A', xmp)
    assert paper.metadata.title.startswith("Bahan audiensi: ")


def test_figures_have_their_values_as_alternative_text(paper):
    told = list(_alternatives(paper.trailer["/Root"]["/StructTreeRoot"]))
    assert any("desil 5 (0: " in text for text in told)
    assert any("Peta petak 33 kelurahan" in text for text in told)


def _alternatives(node, seen=None):
    seen = set() if seen is None else seen
    node = node.get_object()
    if id(node) in seen or not hasattr(node, "get"):
        return
    seen.add(id(node))
    if "/Alt" in node:
        yield str(node["/Alt"])
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if hasattr(kid, "get_object") and hasattr(kid.get_object(), "get"):
            yield from _alternatives(kid, seen)
