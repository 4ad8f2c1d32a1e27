"""Which forms an edition has, and how their files are named."""

from pathlib import Path

from analysis.briefs.forms.letters import write_letters
from analysis.briefs.forms.picture import write_picture
from analysis.briefs.forms.slides import write_slides
from analysis.briefs.forms.tables import write_tables
from analysis.briefs.forms.talking import write_talking
from analysis.briefs.opened import Brief, open_brief
from analysis.settings import Run

FOLDER = "bentuk_lain"


def write_forms(run: Run, store: Path, folder: Path) -> list[Path]:
    """Slides, picture, talking points, letters and tables below `folder`/bentuk_lain; none without a register."""
    brief = open_brief(
        str(store), run.period, run.edition.on.isoformat(), run.synthetic, run.edition.status, run.edition.number,
        "id", tuple(str(path) for path in run.overlays),
    )  # fmt: skip
    if not brief.cells.has("utama"):
        return []
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    written = [
        write_slides(brief, place / named(brief, "paparan", "pptx")),
        write_picture(brief, place / named(brief, "gambar_pesan", "png")),
        *write_talking(brief, place / named(brief, "poin_bicara", "pdf")),
        *write_letters(brief, place),
        write_tables(brief, place / named(brief, "tabel_rilis", "zip")),
    ]
    return written


def named(brief: Brief, stem: str, ending: str) -> str:
    """paparan_DATA-SINTETIS.pptx where the data are made up."""
    mark = "_DATA-SINTETIS" if brief.synthetic else ""
    return f"{stem}{mark}.{ending}"
