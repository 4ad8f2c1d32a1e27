"""Every page for everyone: axe-core in real Chromium, outloud on every PDF, page counts, header and page numbers."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from pypdf import PdfReader
from workspace import ROOT, tool

AXE = ROOT / "tests/.cache/node_modules/axe-core/axe.min.js"
# What a page is shown on: width and medium; 794 px is A4.
SCREENS = {"desk": (1280, "screen"), "telephone": (390, "screen"), "paper": (794, "print")}


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's script; .ci/run fetches it, at home its tests are skipped."""
    if not AXE.exists() and os.environ.get("CI") != "true":
        pytest.skip("axe-core is not fetched: npm install --prefix tests/.cache axe-core")
    return AXE.read_text(encoding="utf-8")


def every_kind(finished) -> list[Path]:
    """All pages but the areas', of which the tests take two each: they share one template."""
    folder = finished.edition
    areas = [
        path
        for name in ("kecamatan", "kelurahan")
        for path in sorted((folder / name).glob("*.html"))[:2]
    ]
    return [*sorted(folder.glob("*.html")), *areas]


@pytest.mark.parametrize(("width", "medium"), SCREENS.values(), ids=SCREENS)
def test_axe_finds_no_violation_and_no_page_asks_for_anything(finished, axe, width, medium):
    path = tool("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for page_path in every_kind(finished):
            page = chromium.new_page(viewport={"width": width, "height": 900})
            page.emulate_media(media=medium)
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(page_path.as_uri())
            assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page_path.name
            page.evaluate(axe)
            found = page.evaluate(
                "axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"
            )
            assert found == [], (page_path.name, found[:3])
            page.close()
        chromium.close()


def test_pages_are_readable_without_javascript(finished):
    path = tool("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = chromium.new_context(java_script_enabled=False).new_page()
        page.goto((finished.edition / "index.html").as_uri())
        page.get_by_role("link", name=re.compile("Kelurahan Karamat, HTML")).click()
        assert "Kelurahan Karamat" in page.locator("h1").inner_text()
        chromium.close()


def test_outloud_finds_no_error_in_any_paper(finished, tmp_path):
    papers = sorted(finished.edition.rglob("*.pdf"))
    assert len(papers) >= 43
    report = tmp_path / "outloud.json"
    done = subprocess.run(
        [Path(sys.executable).with_name("outloud"), "-q", "--json", report, "--fail-on", "error", *map(str, papers)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert json.loads(report.read_text(encoding="utf-8"))


def test_every_paper_has_its_pages_its_mark_and_its_numbers(finished):
    expected = {"audiensi": (3,), "kecamatan": (1, 2), "kelurahan": (2,)}
    for path in sorted(finished.edition.rglob("*.pdf")):
        paper = PdfReader(path)
        kind = (
            path.parent.name if path.parent != finished.edition else path.stem.removesuffix("_en")
        )
        assert len(paper.pages) in expected.get(kind, (len(paper.pages),)), path.name
        root = paper.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == ("en" if path.stem.endswith("_en") else "id")
        words = ("Page", "of") if path.stem.endswith("_en") else ("Halaman", "dari")
        for number in (1, len(paper.pages)):
            text = re.sub(r"\s+", " ", paper.pages[number - 1].extract_text())
            assert "DATA SINTETIS" in text, path.name
            assert f"{words[0]} {number} {words[1]} {len(paper.pages)}" in text, path.name


def test_every_paper_claims_and_holds_what_archives_and_screen_readers_need(finished):
    """PDF/UA-1 and PDF/A-2a are claimed; fonts are inside, figures have words, tables a header a column."""
    for path in sorted(finished.edition.rglob("*.pdf")):
        paper = PdfReader(path)
        root = paper.trailer["/Root"]
        claims = root["/Metadata"].get_data().decode()
        assert re.search(r'pdfuaid:part(>|=")1', claims), path.name
        assert re.search(r'pdfaid:part(>|=")2', claims), path.name
        assert re.search(r'pdfaid:conformance(>|=")A', claims), path.name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], path.name
        for page in paper.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                (own,) = font.get_object()["/DescendantFonts"]
                assert any(n.startswith("/FontFile") for n in own["/FontDescriptor"]), path.name
        kinds = [(node["/S"], node) for node in _nodes(root["/StructTreeRoot"]["/K"])]
        assert all(str(node.get("/Alt", "")).strip() for kind, node in kinds if kind == "/Figure")
        assert sum(kind == "/H1" for kind, _ in kinds) == 1, path.name
        tables, heads = (sum(kind == name for kind, _ in kinds) for name in ("/Table", "/TH"))
        assert heads >= 2 * tables, path.name


def _nodes(kids):
    """Every element of the structure tree."""
    for kid in kids if isinstance(kids, list) else [kids]:
        node = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(node, "get") and "/S" in node:
            yield node
            yield from _nodes(node.get("/K", []))
