"""No sentence without its cell: every number of the brief is a published one, none that was held back."""

import html
import re

import pandas as pd
import pytest

from analysis.briefs import open_brief
from analysis.briefs.audiensi import achievements, collaboration, decision
from analysis.briefs.blocks import Pair
from analysis.briefs.cells import Cells
from analysis.briefs.cited import bare
from analysis.briefs.headed import Numbered
from analysis.briefs.topic_tables import TopicTables
from analysis.errors import UsageError

SECTIONS = (decision, achievements, collaboration)


def opened(store, **more):
    return open_brief(str(store), "2025-12", "2025-12-15", True, **more)


@pytest.fixture(scope="module")
def brief(finished):
    return opened(finished.store)


def prose(blocks) -> str:
    """All words of the blocks, without drawings."""
    found = " ".join(block._repr_mimebundle_()["text/html"] for block in blocks)
    found = re.sub(r"<svg.*?</svg>", " ", found, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", found))


def shown_numbers(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w./-])\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+", text))


def test_a_held_back_cell_is_never_printed(finished, brief):
    """The exact figures that were suppressed stand nowhere beside their labels."""
    exact = pd.read_parquet(finished.store / "out/out_duplicates.parquet")
    held = brief.cells.rows("ganda")
    held = held[held["status"] != "terbit"]
    assert len(held) > 0
    blocks = TopicTables(brief, "ganda").blocks(Numbered(brief))
    tables = [t for b in blocks for t in ((b.left, b.right) if isinstance(b, Pair) else (b,))]
    shown = {
        (at, row[0]): [bare(cell) for cell in row[1:]]
        for at, t in enumerate(tables)
        for row in t.rows
    }
    assert shown
    small = exact.groupby(["programme", "jenis"]).size()
    assert (small < 10).any()
    for cells in shown.values():
        assert all(not re.fullmatch(r"[1-9]", cell) for cell in cells)


def test_the_lead_is_short_and_the_headline_counts_in_hundreds(brief):
    headline = decision(brief)[0]
    assert len(bare(headline.lead).split()) <= 60
    share = brief.cells.value("utama", "desil_prioritas", "bagian_tanpa_program")
    assert bare(headline.text).startswith(f"{share * 100:.0f} dari 100 keluarga desil 1–2")


def test_without_its_table_a_section_is_not_there(brief):
    tables = {
        name: table
        for name, table in brief.cells.tables.items()
        if name not in ("kelurahan", "ganda", "pas12")
    }
    bare = type(brief)(
        **{**brief.__dict__, "cells": Cells(tables, brief.cells.city, brief.cells.smallest)}
    )
    words = prose(achievements(bare)) + prose(collaboration(bare))
    assert "Gambar 2" not in words
    assert "12 PAS sampai tanggal edisi" not in words
    assert "Tabel 3" in words
    assert "Tabel A" in words


def test_what_was_not_known_on_the_edition_date_is_not_in_the_box(finished, brief, rulebook):
    dates = {cell.tanggal for cell in brief.cells.rows("statistik").itertuples()}
    assert max(pd.Timestamp(day) for day in dates) <= pd.Timestamp("2025-12-15")
    late = [f for f in rulebook.statistics if pd.Timestamp(f.tanggal) > pd.Timestamp("2025-12-15")]
    printed = set(brief.cells.rows("statistik")["baris"])
    assert not printed & {fact.kode for fact in late}


def test_words_no_brief_may_use(brief):
    """readers.md §3: a lead is no verdict."""
    words = " ".join(prose(section(brief)) for section in SECTIONS).lower()
    for word in (
        "penerima ganda",
        "salah sasaran",
        "tidak layak menerima",
        "ilegal",
        "pelanggaran",
        "fiktif diduga",
    ):
        assert word not in words


def test_a_parameter_a_notebook_does_not_know_is_refused(finished):
    from analysis.briefs.rendering import execute

    with pytest.raises(UsageError) as refused:
        execute(finished.root / "notebooks/brief_audiensi.ipynb", {"periode": "2025-12"})
    assert refused.value.key == "parameter_unknown"
    assert "periode" in str(refused.value)


def test_notebooks_hold_no_output_and_no_number_of_their_own(finished):
    import nbformat

    for path in sorted((finished.root / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            assert not cell.get("outputs")
            if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
                assert not re.search(r"\d", re.sub(r"#.*", "", cell.source)), path.name
