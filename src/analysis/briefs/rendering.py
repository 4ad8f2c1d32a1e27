"""One job → its files: notebook through papermill, blocks to HTML by nbconvert and to PDF by Typst."""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.briefs.blocks import MIME
from analysis.briefs.cited import bare_all
from analysis.briefs.jobs import Job
from analysis.briefs.parameters import check_parameters
from analysis.errors import SelarasError
from analysis.notation import long_date, month_year
from analysis.policy import Rulebook
from analysis.settings import Run

if TYPE_CHECKING:  # papermill and nbformat take seconds to import; only rendering waits for them
    from nbformat import NotebookNode

KERNELS = ("lokal", "nbclient")


def render(job: Job, run: Run, rulebook: Rulebook, folder: Path, kernel: str = "lokal") -> str:
    """Write the job's files below `folder`; returns its headline.

    The executed notebook holds paths of this machine and never enters `folder`.
    """
    executed = execute(job.notebook, job.parameters, kernel)
    return write_files(job, run, rulebook, executed, folder)


def write_files(
    job: Job, run: Run, rulebook: Rulebook, executed: "NotebookNode", folder: Path
) -> str:
    """HTML and PDF of an executed notebook; each is swapped in whole."""
    from analysis.briefs.fonts import font_css
    from analysis.briefs.pages import page_html
    from analysis.briefs.paper import write_pdf

    printable = as_blocks(executed, job.notebook.name)
    blocks = [cell.outputs[0].data[MIME] for cell in printable.cells]
    meta = page_meta(run, rulebook, job.name, blocks, job.lang)
    target = folder / job.stem
    target.parent.mkdir(parents=True, exist_ok=True)
    if "html" in job.formats:
        _swap(target, ".html", page_html(printable, meta, font_css()).encode())
    if "pdf" in job.formats:
        write_pdf(blocks, meta, run.edition.on, target.with_name(target.name + ".pdf"))
    return _headline(blocks, "")


def _swap(target: Path, ending: str, content: bytes) -> None:
    temporary = target.with_name(target.name + ".tmp")
    temporary.write_bytes(content)
    os.replace(temporary, target.with_name(target.name + ending))


def execute(notebook: Path, parameters: dict, kernel: str = "nbclient") -> "NotebookNode":
    """Run a notebook with parameters it knows. Raises UsageError for others, SelarasError where a cell fails."""
    import papermill

    check_parameters(notebook, parameters)
    if kernel == "lokal":
        from analysis.briefs.kernel import register

        more = {"engine_name": register()}
    else:  # its one warning, about TCP on this machine alone, is none of an official's
        more = {"extra_arguments": ["--IPKernelApp.log_level=ERROR"]}
    with tempfile.TemporaryDirectory(prefix="selaras-nb-") as name:
        try:
            return papermill.execute_notebook(
                str(notebook), None, parameters, kernel_name="python3", progress_bar=False, cwd=name,
                request_save_on_cell_execute=False, **more,
            )  # fmt: skip
        except papermill.PapermillExecutionError as error:
            raise SelarasError(
                "notebook_failed", file=notebook.name, detail=f"{error.ename}: {error.evalue}"
            ) from error


def as_blocks(executed: "NotebookNode", name: str) -> "NotebookNode":
    """The notebook with one block a cell: markdown converted, code's outputs kept, sources gone.

    Raises SelarasError for an output that is no block: paper could not show it, and HTML would show it unescaped.
    """
    from nbformat.v4 import new_notebook

    from analysis.briefs.markdown import UNPRINTED, markdown_blocks

    outputs = []
    for place, cell in enumerate(executed.cells, start=1):
        if UNPRINTED in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            bundles = [block._repr_mimebundle_() for block in markdown_blocks(cell.source)]
            shown = ({"output_type": "display_data", "data": b, "metadata": {}} for b in bundles)
            outputs.extend(shown)
            continue
        for output in cell.get("outputs", []):
            if MIME not in output.get("data", {}):
                raise SelarasError("output_no_block", file=name, cell=place)
            outputs.append(output)
    printable = new_notebook()
    printable.cells = [_cell(output, place) for place, output in enumerate(outputs)]
    return printable


def _cell(output: dict, place: int) -> "NotebookNode":
    """A cell of one output, its source gone."""
    from nbformat import from_dict

    return from_dict(
        {
            "cell_type": "code",
            "id": f"sel-{place}",
            "source": "",
            "metadata": {},
            "execution_count": None,
            "outputs": [output],
        }
    )


def _headline(blocks: list[dict], otherwise: str) -> str:
    return next((block["text"] for block in blocks if block["kind"] == "headline"), otherwise)


def page_meta(
    run: Run, rulebook: Rulebook, name: str, blocks: list[dict], lang: str = "id"
) -> dict:
    """What stands around the blocks on every page."""
    entry, words = rulebook.briefs["naskah"][name], rulebook.briefs["kata"]
    words = words | words.get(lang, {})
    title = entry.get(f"judul_{lang}", entry["judul"])
    mark = words["tanda_sintetis"] if run.synthetic else ""
    edition = f"{words['edisi']} {run.edition.number} · {long_date(run.edition.on, lang)}"
    short = [words["tanda_pendek"]] if mark else []
    parts = [title, month_year(run.period, lang), run.edition.status, *short]
    meta = {
        "lang": lang,
        "title": f"{title}: {_headline(blocks, title)}",
        "office": entry.get(f"kantor_{lang}", entry["kantor"]),
        "kind": title,
        "edition": edition,
        "mark": mark,
        "footer": " · ".join(parts),
    }
    return bare_all(meta)
