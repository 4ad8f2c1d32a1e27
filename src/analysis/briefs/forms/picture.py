"""One picture for messaging apps: the finding and three figures, 1080 × 1350, marked where an app would not crop it."""

import json
import tempfile
from importlib import resources
from pathlib import Path

import typst

from analysis.briefs.forms.facts import edition_line, headline, key_figures, mark
from analysis.briefs.opened import Brief
from analysis.briefs.paper import typst_fonts


def write_picture(brief: Brief, target: Path) -> Path:
    """The PNG; its words stand beside it as text, for readers who cannot see it and for the leak gate."""
    words = {
        "office": brief.rulebook.briefs["naskah"]["audiensi"]["kantor"],
        "mark": mark(brief),
        "headline": headline(brief),
        "items": key_figures(brief),
        "edition": edition_line(brief),
        "note": "Indikasi, bukan putusan. Rincian: bahan audiensi.",
    }
    with tempfile.TemporaryDirectory(prefix="selaras-gambar-") as name:
        folder = Path(name)
        (folder / "data.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        template = resources.files("analysis").joinpath("briefs/templates/picture.typ")
        (folder / "picture.typ").write_bytes(template.read_bytes())
        typst.compile(
            folder / "picture.typ",
            output=target,
            root=folder,
            font_paths=typst_fonts(),
            format="png",
            ppi=144,
        )
    lines = [words["mark"], words["headline"], *(f"{v} {label} ({note})" for v, label, note in words["items"]),
             words["note"], words["office"], words["edition"]]  # fmt: skip
    target.with_suffix(".txt").write_text(
        "\n".join(line for line in lines if line) + "\n", encoding="utf-8"
    )
    return target
