"""Pages of an edition that come from no notebook: the same template, the same marks."""

from collections.abc import Sequence
from pathlib import Path

from analysis.briefs.blocks import Block
from analysis.briefs.edition import Maker
from analysis.notation import long_date, month_year


def write_screen(maker: Maker, target: Path, title: str, blocks: Sequence[Block]) -> None:
    """Write blocks as one self-contained HTML page."""
    from nbformat import from_dict
    from nbformat.v4 import new_notebook

    from analysis.briefs.fonts import font_css
    from analysis.briefs.pages import page_html

    page = new_notebook()
    page.cells = [from_dict(_cell(block, place)) for place, block in enumerate(blocks)]
    run, words = maker.run, maker.rulebook.briefs["kata"]
    mark = words["tanda_sintetis"] if run.synthetic else ""
    meta = {
        "lang": "id", "title": title, "office": maker.rulebook.briefs["naskah"]["audiensi"]["kantor"], "kind": title,
        "edition": f"{words['edisi']} {run.edition.number} · {long_date(run.edition.on)}", "mark": mark,
        "footer": " · ".join(part for part in (title, month_year(run.period), run.edition.status, words["tanda_pendek"] if mark else "") if part),
    }  # fmt: skip
    target.write_text(page_html(page, meta, font_css()), encoding="utf-8", newline="\n")


def _cell(block: Block, place: int) -> dict:
    output = {"output_type": "display_data", "data": block._repr_mimebundle_(), "metadata": {}}
    return {
        "cell_type": "code", "id": f"sel-{place}", "source": "", "metadata": {}, "execution_count": None, "outputs": [output],
    }  # fmt: skip
