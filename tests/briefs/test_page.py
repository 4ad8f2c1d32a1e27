"""The HTML page opened in real Chromium, without a network, on a desk and on a telephone."""

import re

import pytest
from playwright.sync_api import sync_playwright
from workspace import tool

WIDTHS = {"desk": 1280, "telephone": 390}


@pytest.fixture(scope="module")
def html(finished) -> str:
    return (finished.edition / "audiensi.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser():
    path = tool("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def test_nothing_outside_the_file_is_referred_to(html):
    bare = re.sub(r'xmlns(:\w+)?="[^"]*"|url\(data:[^)]*\)', "", html)
    assert not re.findall(
        r"""(?:src|href)=["'](?!#|data:)|url\((?!#|["']?#)|@import|https?://""", bare
    )
    assert "<script" not in bare
    assert "<link" not in bare


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_it_opens_without_a_network_and_without_sideways_scrolling(browser, finished, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: complaints.append(line.text))
    page.goto((finished.edition / "audiensi.html").as_uri())
    page.wait_for_function("document.fonts.status === 'loaded'")
    outside = [url for url in asked if not url.startswith(("file:", "data:"))]
    assert (outside, complaints) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.fonts.check('700 20px \"Plus Jakarta Sans\"')")
    page.close()


def test_it_is_built_for_a_screen_reader(browser, finished):
    page = browser.new_page()
    page.goto((finished.edition / "audiensi.html").as_uri())
    assert page.evaluate("document.documentElement.lang") == "id"
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.locator("table").count() == page.locator("table caption").count() >= 6
    assert page.locator("th:not([scope])").count() == 0
    assert page.locator("svg").count() == page.locator("[role=img][aria-label]").count() == 2
    assert page.locator("[role=note]").inner_text().startswith("DATA SINTETIS")
    page.close()


def test_words_of_a_drawing_are_words(browser, finished):
    """Text in figures stays text: a reader can search for a kelurahan."""
    page = browser.new_page()
    page.goto((finished.edition / "audiensi.html").as_uri())
    assert "Warudoyong" in page.locator("svg").nth(1).text_content()
    page.close()
