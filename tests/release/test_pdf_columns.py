"""In a PDF the figures of a table's row are not one number; a number cut by style or line is."""

import pytest
import typst

from analysis.release.identifiers import find_identifiers
from analysis.release.text.pdf import read_pdf

PROVINCES = frozenset({"32"})
NIK = "3272014512809001"


def kinds(markup: str) -> list[str]:
    pages = read_pdf(typst.compile(markup.encode(), pdf_standards=["a-2a"]))
    return [kind for passage in pages for kind in find_identifiers(passage.text, PROVINCES)]


def page(body: str) -> str:
    return f'#set document(title: "Uji")\n#set text(lang: "id")\n{body}'


@pytest.mark.parametrize("size", ["8pt", "10pt"])
@pytest.mark.parametrize(
    "cells",
    [["3272", "01", "45", "1280", "9001"], ["3.272", "014", "512", "809", "001"], ["32", "72", "01", "45", "12", "80", "90", "01"]],
)  # fmt: skip
def test_the_cells_of_a_row_are_not_one_number(cells, size):
    row = ", ".join(f"[{cell}]" for cell in cells)
    table = f"#set text({size})\n#table(columns: {len(cells)}, inset: 3.5pt, {row})"
    assert kinds(page(table)) == []


@pytest.mark.parametrize(
    "body",
    [NIK, "3272#strong[01]45#emph[1280]9001", "32#text(fill: red)[72]014512809001", "#box(width: 40pt)[32720145-\\ 12809001]"],
)  # fmt: skip
def test_a_number_in_several_pieces_is_one(body):
    assert "NIK atau nomor KK" in kinds(page(body))
