"""An edition's briefs: notebook → papermill → HTML and PDF in an empty folder."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.briefs.blocks import MIME
from analysis.briefs.fonts import font_css
from analysis.briefs.pages import page_html
from analysis.briefs.paper import write_pdf
from analysis.errors import SelarasError, UsageError
from analysis.notation import long_date, month_year
from analysis.policy import Rulebook
from analysis.settings import Run

if TYPE_CHECKING:  # papermill and nbformat take seconds to import; only rendering waits for them
    from nbformat import NotebookNode


def render_edition(
    run: Run,
    rulebook: Rulebook,
    store_folder: Path,
    notebooks: Path,
    folder: Path,
    briefs: Sequence[str],
    progress: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Render each brief whose topic was released into `folder`; returns the files written.

    The executed notebook holds paths of this machine and never enters `folder`.
    Raises UsageError where none of the briefs has data, SelarasError where a cell fails.
    """
    written = []
    for name in briefs:
        entry = rulebook.briefs["naskah"][name]
        if (store_folder / "rilis" / f"rilis_{entry['perlu']}.parquet").exists():
            progress(name)
            written += _render(
                run, rulebook, store_folder, notebooks / entry["notebook"], folder, name
            )
    if not written:
        raise UsageError("brief_without_data", briefs=", ".join(briefs))
    return written


def _render(
    run: Run, rulebook: Rulebook, store: Path, notebook: Path, folder: Path, name: str
) -> list[Path]:
    parameters = {
        "store": str(store),
        "period": run.period,
        "edition": run.edition.on.isoformat(),
        "synthetic": run.synthetic,
        "status": run.edition.status,
        "number": run.edition.number,
        "rules": [str(path) for path in run.overlays],
    }
    executed = execute(notebook, parameters)
    blocks = [output.data[MIME] for output in _outputs(executed) if MIME in output.get("data", {})]
    meta = _meta(run, rulebook, name, blocks)
    html, pdf = folder / f"{name}.html", folder / f"{name}.pdf"
    html.write_text(page_html(executed, meta, font_css()), encoding="utf-8", newline="\n")
    write_pdf(blocks, meta, run.edition.on, pdf)
    return [html, pdf]


def execute(notebook: Path, parameters: dict) -> "NotebookNode":
    """Run a notebook with parameters it knows. papermill only warns of others; here they are refused."""
    import nbformat
    import papermill

    if not notebook.exists():
        raise UsageError("notebook_missing", file=notebook.name)
    known = set(papermill.inspect_notebook(str(notebook)))
    if unknown := set(parameters) - known:
        raise UsageError("parameter_unknown", file=notebook.name, names=", ".join(sorted(unknown)))
    with tempfile.TemporaryDirectory(prefix="selaras-nb-") as name:
        target = Path(name) / notebook.name
        try:
            papermill.execute_notebook(
                str(notebook),
                str(target),
                parameters,
                kernel_name="python3",
                progress_bar=False,
                cwd=name,
                # its one warning, about TCP on this machine alone, is none of an official's
                extra_arguments=["--IPKernelApp.log_level=ERROR"],
            )
        except papermill.PapermillExecutionError as error:
            raise SelarasError(
                "notebook_failed", file=notebook.name, detail=f"{error.ename}: {error.evalue}"
            ) from error
        return nbformat.read(target, as_version=4)


def _outputs(notebook: "NotebookNode"):
    return (output for cell in notebook.cells for output in cell.get("outputs", []))


def _meta(run: Run, rulebook: Rulebook, name: str, blocks: list[dict]) -> dict:
    """What stands around the blocks on every page."""
    entry, words = rulebook.briefs["naskah"][name], rulebook.briefs["kata"]
    headline = next(
        (block["text"] for block in blocks if block["kind"] == "headline"), entry["judul"]
    )
    mark = words["tanda_sintetis"] if run.synthetic else ""
    edition = f"{words['edisi']} {run.edition.number} · {long_date(run.edition.on)}"
    parts = [
        entry["judul"],
        month_year(run.period),
        run.edition.status,
        *([words["tanda_pendek"]] if mark else []),
    ]
    return {
        "lang": "id",
        "title": f"{entry['judul']}: {headline}",
        "office": entry["kantor"],
        "kind": entry["judul"],
        "edition": edition,
        "mark": mark,
        "footer": " · ".join(parts),
    }
