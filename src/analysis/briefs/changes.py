"""perubahan.html: which published numbers differ from the edition before, cell by cell."""

import csv
import io
from pathlib import Path

from analysis.briefs.blocks import Block, Headline, Table
from analysis.briefs.cells import KEY, Cells
from analysis.briefs.edition import Maker
from analysis.briefs.screens import write_screen
from analysis.errors import message

_FIELDS = ("topik", *KEY, "satuan", "status", "cetak")
Place = tuple[str, ...]


def write_figures(maker: Maker, folder: Path) -> None:
    """Every published cell as printed: what the next edition is held against."""
    cells = Cells.load(maker.store, maker.rulebook)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_FIELDS)
    for topic in sorted(cells.tables):
        for row in cells.rows(topic).to_dict("records"):
            cell = row | {"topik": topic, "cetak": cells.shown(row)}
            writer.writerow([cell[name] for name in _FIELDS])
    (folder / _name(maker)).write_text(out.getvalue(), encoding="utf-8", newline="\n")


def _name(maker: Maker) -> str:
    return f"angka{'_DATA-SINTETIS' if maker.run.synthetic else ''}.csv"


def figures_of(folder: Path | None) -> dict[Place, str]:
    """Cell → print of an edition; empty where there is none."""
    path = next(iter(sorted(folder.glob("angka*.csv"))), None) if folder else None
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            tuple(row[name] for name in ("topik", *KEY)): row["cetak"]
            for row in csv.DictReader(stream)
        }


def changed(old: dict[Place, str], new: dict[Place, str]) -> list[tuple[Place, str, str]]:
    """Cells that differ, are new or are gone: (place, before, after), in the new edition's order."""
    gone = [place for place in old if place not in new]
    return [
        (place, old.get(place, "–"), new.get(place, "–"))
        for place in [*new, *gone]
        if old.get(place) != new.get(place)
    ]


def write_changes(maker: Maker, folder: Path, old: Path | None) -> None:
    """The page; without an edition before it says so."""
    title = message("perubahan_judul")
    if old is None:
        blocks: list[Block] = [Headline(title, message("perubahan_tanpa"))]
        return write_screen(maker, folder / "perubahan.html", title, blocks)
    new = figures_of(folder)
    found = changed(figures_of(old), new)
    blocks = [
        Headline(
            title, message("perubahan_isi", count=len(found), all=len(new), day=old.name[-10:])
        )
    ]
    titles = maker.rulebook.briefs["topik"]
    for topic in dict.fromkeys(place[0] for place, *_ in found):
        rows = tuple(
            (_label(maker, place), was, now) for place, was, now in found if place[0] == topic
        )
        heads = (
            (message("perubahan_sel"), "l"),
            (message("perubahan_lama"), "r"),
            (message("perubahan_baru"), "r"),
        )
        blocks.append(
            Table("", titles.get(topic, topic.replace("_", " ")), "", heads, rows, long=True)
        )
    write_screen(maker, folder / "perubahan.html", title, blocks)


def _label(maker: Maker, place: Place) -> str:
    labels = maker.rulebook.briefs["label"]
    areas = {area.kode: f"{area.tingkat} {area.nama}" for area in maker.rulebook.areas}
    _, area, *rest = place
    return " · ".join(
        [
            areas.get(area, area),
            *(labels.get(code, code.replace("_", " ")) for code in rest if code),
        ]
    )
