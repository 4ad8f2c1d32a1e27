"""The files of a finished edition under attack: an outsider has them, and nothing but them."""

import csv
import io
import re
import zipfile

import pytest
from attacker import PEOPLE, Attacker, key_of

from analysis.engine import Engine, Store

SMALLEST, SAMPLE = 10, 80


@pytest.fixture(scope="module")
def printed(finished) -> list[dict]:
    """Cells of people as the edition prints them in its list of figures."""
    path = next(finished.edition.glob("angka*.csv"))
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    kept = [row for row in rows if row["satuan"] in PEOPLE and row["topik"] != "statistik"]
    return [row | {"nilai": _number(row["cetak"])} for row in kept]


@pytest.fixture(scope="module")
def truth(finished) -> dict:
    """The true counts, which the office's release record alone knows."""
    store = Store(finished.store.parent)
    with Engine() as engine:
        store.attach(engine, "registry_release")
        rows = engine.rows(
            "SELECT topik, wilayah, baris, kolom, ukuran, asli FROM registry_release WHERE asli IS NOT NULL"
        )
    return {tuple(key): true for *key, true in rows}


def _number(shown: str) -> float | None:
    return float(shown.replace(".", "")) if re.fullmatch(r"\d[\d.]*", shown) else None


def test_no_hidden_cell_can_be_placed_from_what_the_edition_prints(printed, truth, rulebook):
    targets = {p.kode: p.desil_maks for p in rulebook.programmes}
    attacker = Attacker(printed, truth, targets)
    hidden = sorted(
        key_of(row) for row in printed
        if row["status"] != "terbit" and truth.get(key_of(row), SMALLEST) < SMALLEST
    )  # fmt: skip
    assert len(hidden) > 1000
    for key, (low, high) in attacker.intervals(hidden[:: len(hidden) // SAMPLE]).items():
        assert low - 1e-6 <= truth[key] <= high + 1e-6, key
        assert high - low >= SMALLEST - 1e-6, (key, low, high)
        assert high >= SMALLEST - 1e-6, (key, low, high)


def test_what_is_hidden_prints_alike_and_what_is_printed_is_never_finer_than_its_rounding(
    printed, truth
):
    assert {row["cetak"] for row in printed if row["status"] == "ditekan"} == {"–"}
    for row in printed:
        is_exact = row["topik"] in (
            "buku",
            "pas12",
            "utama",
            "kolaborasi",
            "program",
            "pas12_kaitan",
        )
        if row["nilai"] is not None and not is_exact:
            assert row["nilai"] % 5 == 0, key_of(row)


def test_tables_and_charts_of_the_other_forms_hold_the_same_figures(finished, printed):
    """Open data: the zip's tables; hidden data: the workbook and the points behind a slide's chart."""
    shown = {key_of(row): row["nilai"] for row in printed}
    with zipfile.ZipFile(next(finished.edition.rglob("tabel_rilis*.zip"))) as package:
        for name in [name for name in package.namelist() if name.endswith(".csv")]:
            topic = re.match(r"csv/(.*?)_DATA", name).group(1)
            text = package.read(name).decode("utf-8-sig").split("\n", 1)[1]
            for row in csv.DictReader(io.StringIO(text)):
                if row["satuan"] in PEOPLE and topic != "statistik":
                    value = float(row["nilai"]) if row["nilai"] else None
                    assert value == shown[key_of(row | {"topik": topic})], (name, row)
                    assert (value is None) == (row["status"] != "terbit")
    assert_charts_show(finished, {value for value in shown.values() if value is not None})


def assert_charts_show(finished, figures: set[float]) -> None:
    """Whole numbers above a hundred behind a chart are printed figures (below, they may be percent)."""
    with zipfile.ZipFile(next(finished.edition.rglob("*.pptx"))) as deck:
        charts = [
            name for name in deck.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)
        ]
        points = [
            float(value) for name in charts
            for value in re.findall(r"<c:v>(-?[\d.]+)</c:v>", deck.read(name).decode("utf-8"))
        ]  # fmt: skip
    assert all(point in figures for point in points if point > 100)


def test_a_bar_of_a_drawing_is_as_long_as_its_print(finished, printed, truth):
    """No attribute of a page (coordinates, tooltips, data) holds a rounded figure's true count as its own text."""
    hidden_digits = {
        str(int(truth[key_of(row)])) for row in printed
        if row["nilai"] and row["nilai"] > 1000 and truth.get(key_of(row)) not in (None, row["nilai"])
    } - {str(int(row["nilai"])) for row in printed if row["nilai"]}  # fmt: skip
    assert hidden_digits
    for path in finished.edition.rglob("*.html"):
        page = re.sub(r'="data:font[^"]*"|url\(data:[^)]*\)', "", path.read_text(encoding="utf-8"))
        text = re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", page)
        found = set(re.findall(r"(?<![\d.,\w-])\d{4,6}(?![\d.,\w%-])", text)) & hidden_digits
        assert not found, (path.name, len(found))
