"""The kecamatan brief: its kelurahan in alphabetical order, their programmes, the kecamatan's own steps."""

from analysis.briefs.audiensi.achievements import programmes, side_by_side
from analysis.briefs.audiensi.collaboration import status
from analysis.briefs.blocks import Block, Break, Figures, Pair, Section, Table
from analysis.briefs.extra import extra_tables
from analysis.briefs.headed import Numbered, columns
from analysis.briefs.narrative import PRIORITY
from analysis.briefs.opened import Brief
from analysis.briefs.wilayah.shared import cases, headline, key_figures, own, position, shown
from analysis.briefs.wilayah.understanding import programme_table, steps
from analysis.briefs.wilayah.work import BESIDE, against, case_table, how_to_read, where
from analysis.policy import Area


def kecamatan(brief: Brief) -> list[Block]:
    """Two pages: what to coordinate and where; programmes and steps."""
    place = Numbered(brief)
    items = key_figures(brief)
    blocks: list[Block] = [
        headline(brief),
        *([Figures(items)] if items else []),
        Section(brief.say("kerjakan")),
    ]
    blocks += [
        _by_kelurahan(brief, place),
        *([case_table(brief, place)] if brief.cells.has("kasus") else []),
        Pair(against(brief, place), where(brief, place), BESIDE),
    ]
    blocks += [how_to_read(brief), Break(), Section(brief.say("pahami"))]
    if brief.cells.has("kecamatan") and brief.cells.has("program"):
        blocks.append(programme_table(brief, place))
    blocks += [_recipients(brief, place), *side_by_side(extra_tables(brief, "kecamatan", place))]
    return [
        *blocks,
        Section(brief.say("langkah_kecamatan")),
        steps(brief, "langkah_kecamatan"),
        status(brief),
    ]


def _inside(brief: Brief) -> list[Area]:
    found = [area for area in brief.rulebook.kelurahan() if area.induk == brief.area.kode]
    return sorted(found, key=lambda area: area.nama)


def _by_kelurahan(brief: Brief, place: Numbered) -> Table:
    cells, rows = brief.cells, []
    for area in _inside(brief):
        share = own(brief, PRIORITY, "bagian_tanpa_program", area)
        flagged = cases(brief, "semua", area)
        shares = cells.cited(share) if shown(share) else "–"
        counts = (
            cells.cited(own(brief, PRIORITY, name, area)) for name in ("keluarga", "tanpa_program")
        )
        rows.append(
            (
                area.nama,
                *counts,
                shares,
                position(brief, share),
                cells.cited(flagged) if flagged else "–",
            )
        )
    heads = columns(brief, "daftar", "lrrrlr")
    return Table(
        place.table(), brief.say("daftar_judul", area=brief.area.nama), brief.say("daftar_anak"), heads, tuple(rows),
        brief.source("daftar"), (1.5, 1, 1, 0.9, 1.2, 0.9),
    )  # fmt: skip


def _recipients(brief: Brief, place: Numbered) -> Table:
    held = [
        p
        for p in programmes(brief)
        if any(own(brief, p.kode, "penerima", a) for a in _inside(brief))
    ]
    rows = tuple(
        (area.nama, *(brief.cells.cited(own(brief, p.kode, "penerima", area)) for p in held[:9]))
        for area in _inside(brief)
    )
    heads = (("Kelurahan", "l"), *((p.singkatan, "r") for p in held[:9]))
    under = brief.say("penerima_anak", month=brief.month)
    return Table(
        place.table(),
        brief.say("penerima_judul"),
        under,
        heads,
        rows,
        brief.source("daftar"),
        (1.6, *[1.0] * (len(heads) - 1)),
    )
