"""Blocks → PDF by Typst: tagged, archival (PDF/UA-1 and PDF/A-2a), the same bytes every time."""

import datetime as dt
import json
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path

import typst

from analysis.briefs.fonts import font_folder
from analysis.errors import SelarasError


def write_pdf(blocks: list[dict], meta: dict, on: dt.date, target: Path) -> None:
    """Compile the blocks into `target`. Raises SelarasError where Typst refuses, such as a missing alt text."""
    with tempfile.TemporaryDirectory(prefix="selaras-typst-") as name:
        folder = Path(name)
        placed = [_placed(block, folder, str(at)) for at, block in enumerate(blocks)]
        dated = meta | {"year": on.year, "month": on.month, "day": on.day}
        (folder / "data.json").write_text(
            json.dumps({"meta": dated, "blocks": placed}, ensure_ascii=False), encoding="utf-8"
        )
        template = resources.files("analysis").joinpath("briefs/templates/brief.typ")
        (folder / "brief.typ").write_bytes(template.read_bytes())
        moment = int(dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC).timestamp())
        try:
            typst.compile(
                folder / "brief.typ",
                output=target,
                root=folder,
                font_paths=typst_fonts(),
                pdf_standards=["ua-1", "a-2a"],
                timestamp=moment,
            )
        except typst.TypstError as error:
            raise SelarasError("pdf_refused", file=target.name, detail=str(error)) from error


@cache
def typst_fonts() -> typst.Fonts:
    """Our fonts and none of the machine's, read once a process."""
    return typst.Fonts(include_system_fonts=False, font_paths=[font_folder()])


def _placed(block: dict, folder: Path, name: str) -> dict:
    """Figures go beside the template as files; everything else stays data."""
    if block["kind"] == "pair":
        sides = {side: _placed(block[side], folder, f"{name}-{side}") for side in ("left", "right")}
        return block | sides
    if block["kind"] != "figure":
        return block
    (folder / f"{name}.svg").write_text(block["svg"], encoding="utf-8")
    return {key: value for key, value in block.items() if key != "svg"} | {"file": f"{name}.svg"}
