"""Two ways to run a notebook, one result; markdown is text; parameters are checked before anything runs."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.briefs.cited import bare, cited, traced
from analysis.briefs.markdown import markdown_blocks
from analysis.briefs.parameters import check_parameters
from analysis.briefs.rendering import as_blocks, execute
from analysis.errors import SelarasError, UsageError

PROGRAM = [
    "import sys\nx = 1\nprint('satu')\nprint('salah', file=sys.stderr)\nx + 1",
    "from IPython.display import display, Markdown\ndisplay(Markdown('*a*'))\nprint('dua')\ndisplay({'b': 2})",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
    "await __import__('asyncio').sleep(0)\n'selesai'",
]


def written(path, cells):
    notebook = new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "p"}},
    )
    nbformat.write(notebook, path)
    return path


def shown(notebook):
    """Outputs of each cell, without the pixels' own metadata."""
    return [
        [(o.output_type, o.get("name"), o.get("text"), sorted(o.get("data", {})), o.get("data", {}).get("text/plain"),
          o.get("execution_count")) for o in cell.get("outputs", [])]
        for cell in notebook.cells
    ]  # fmt: skip


def test_both_kernels_give_the_same_outputs(tmp_path):
    parameters = new_code_cell("angka = 1", metadata={"tags": ["parameters"]})
    path = written(
        tmp_path / "uji.ipynb", [parameters, *map(new_code_cell, PROGRAM), new_code_cell("angka")]
    )
    here, there = (execute(path, {"angka": 5}, kernel) for kernel in ("lokal", "nbclient"))
    assert shown(here) == shown(there)
    assert shown(here)[-1][0][4] == "5"


def test_a_namespace_does_not_outlive_its_notebook(tmp_path):
    execute(written(tmp_path / "a.ipynb", [new_code_cell("rahasia = 1")]), {}, "lokal")
    with pytest.raises(SelarasError) as failed:
        execute(written(tmp_path / "b.ipynb", [new_code_cell("rahasia")]), {}, "lokal")
    assert "NameError" in str(failed.value)


def test_a_brief_is_the_same_from_both_kernels(finished):
    from analysis.briefs.blocks import MIME

    parameters = {"store": str(finished.store), "wilayah": "32.72.02.1001"}
    notebook = finished.root / "notebooks/brief_kelurahan.ipynb"
    here, there = (
        as_blocks(execute(notebook, parameters, kernel), "uji") for kernel in ("lokal", "nbclient")
    )
    pairs = [
        [cell.outputs[0].data[key] for cell in made.cells for key in (MIME, "text/html")]
        for made in (here, there)
    ]
    assert pairs[0] == pairs[1]
    assert len(here.cells) > 8


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("wilayah", "32.72.99"),
        ("edition", "kemarin"),
        ("period", "2025-13"),
        ("lang", "fr"),
        ("status", "RESMI"),
        ("number", 0),
    ],
)
def test_a_value_that_cannot_be_is_refused_before_running(finished, name, value):
    with pytest.raises(UsageError) as refused:
        check_parameters(finished.root / "notebooks/brief_kelurahan.ipynb", {name: value})
    assert refused.value.key == "parameter_value"


def test_markdown_is_text_and_never_markup():
    source = "# Judul\n\nHarga #strong[tebal] $x$ @rujukan <b>miring</b> **ya** `kode`\n\n- satu\n- dua\n\n| a | b |\n|---|--:|\n| #x | 2 |\n"
    heading, text, table = markdown_blocks(source)
    assert heading.text == "Judul"
    said = "".join(word for line in text.lines for _, word in line["isi"])
    assert "Harga #strong[tebal] $x$ @rujukan <b>miring</b> ya kode" in said
    assert ["tebal", "ya"] in text.lines[0]["isi"]
    assert [line["tanda"] for line in text.lines] == ["", "•", "•"]
    assert table.rows == (("#x", "2"),)
    assert "<b>" not in text._repr_mimebundle_()["text/html"]


def test_markdown_with_markup_reaches_paper_as_it_stands(tmp_path):
    from datetime import date

    from pypdf import PdfReader

    from analysis.briefs.blocks import MIME, Headline
    from analysis.briefs.paper import write_pdf

    source = '#panic("dijalankan") dan #import "x" serta $e^2$ \\n_garis_'
    blocks = [
        block._repr_mimebundle_()[MIME]
        for block in [Headline("Uji", "Uji."), *markdown_blocks(source)]
    ]
    meta = dict.fromkeys(("title", "office", "kind", "edition", "mark", "footer"), "uji") | {
        "lang": "id"
    }
    write_pdf(blocks, meta, date(2025, 12, 15), tmp_path / "uji.pdf")
    assert '#panic("dijalankan")' in PdfReader(tmp_path / "uji.pdf").pages[
        0
    ].extract_text().replace("\n", " ")


def test_an_output_that_is_no_block_is_refused(tmp_path):
    path = written(tmp_path / "c.ipynb", [new_code_cell("'<script>alert(1)</script>'")])
    with pytest.raises(SelarasError) as refused:
        as_blocks(execute(path, {}, "lokal"), path.name)
    assert refused.value.key == "output_no_block"


def test_notes_for_analysts_are_not_printed(tmp_path):
    cells = [
        new_markdown_cell("catatan dalam", metadata={"tags": ["catatan"]}),
        new_markdown_cell("tercetak"),
    ]
    made = as_blocks(execute(written(tmp_path / "d.ipynb", cells), {}, "lokal"), "d")
    assert len(made.cells) == 1
    assert "tercetak" in made.cells[0].outputs[0].data["text/html"]


def test_a_cited_number_shows_its_source_on_screen_only():
    text = f"ada {cited('5', 'utama/32.72/a//b')} orang"
    assert bare(text) == "ada 5 orang"
    assert str(traced(text)) == 'ada <data value="utama/32.72/a//b">5</data> orang'
