"""perubahan.html: which published numbers differ from the edition before, cell by cell."""

import csv
import io
from pathlib import Path

from analysis.briefs.blocks import Block, Headline, Table
from analysis.briefs.cells import KEY, Cells
from analysis.briefs.edition import Maker, day_of
from analysis.briefs.labels import Labels
from analysis.briefs.screens import write_screen
from analysis.errors import message
from analysis.notation import number

_FIELDS = ("topik", *KEY, "satuan", "status", "cetak")
_NONE = "–"
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
    """Cells that print otherwise, or do not print any more: (place, before, after), in the new edition's order."""
    gone = [place for place in old if place not in new]
    found = [(place, old.get(place, _NONE), new.get(place, _NONE)) for place in [*new, *gone]]
    return [(place, was, now) for place, was, now in found if was != now]


def write_changes(maker: Maker, folder: Path, old: Path | None) -> None:
    """The page; without an edition before it says so."""
    title = message("perubahan_judul")
    if old is None:
        blocks: list[Block] = [Headline(title, message("perubahan_tanpa"))]
        return write_screen(maker, folder / "perubahan.html", title, blocks)
    new = figures_of(folder)
    found = changed(figures_of(old), new)
    counts = {"count": number(len(found), 0), "all": number(len(new), 0)}
    lead = message("perubahan_isi", **counts, day=day_of(old))
    write_screen(
        maker, folder / "perubahan.html", title, [Headline(title, lead), *_tables(maker, found)]
    )


def _tables(maker: Maker, found: list[tuple[Place, str, str]]) -> list[Table]:
    """A table a topic, in the annex's order."""
    labels, known = Labels(maker.rulebook), list(maker.rulebook.briefs["topik"])
    topics = dict.fromkeys(place[0] for place, *_ in found)
    heads = tuple(
        (message(f"perubahan_{name}"), side)
        for name, side in (("sel", "l"), ("lama", "r"), ("baru", "r"))
    )
    blocks = []
    for topic in sorted(
        topics, key=lambda name: known.index(name) if name in known else len(known)
    ):
        rows = tuple(
            (_label(labels, place), was, now) for place, was, now in found if place[0] == topic
        )
        blocks.append(Table("", labels.topic(topic), "", heads, rows, long=True))
    return blocks


def _label(labels: Labels, place: Place) -> str:
    topic, area, *codes = place
    told = [
        labels.code(topic, code, what) for what, code in zip(KEY[1:], codes, strict=True) if code
    ]
    return " · ".join([labels.area(area), *told])
