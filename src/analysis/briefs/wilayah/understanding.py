"""Page 2 of a kelurahan brief, *Pahami*: programmes against the city, what else was released, the meeting, a form."""

from analysis.briefs.audiensi.achievements import programmes, side_by_side, unit_word
from analysis.briefs.audiensi.collaboration import status
from analysis.briefs.blocks import Block, Break, Section, Steps, Table
from analysis.briefs.extra import extra_tables
from analysis.briefs.headed import Numbered, columns
from analysis.briefs.opened import Brief
from analysis.briefs.wilayah.shared import UNKNOWN, own, position, shown, title
from analysis.briefs.wilayah.work import case_rows
from analysis.notation import percent


def understand(brief: Brief) -> list[Block]:
    """Programmes, further tables, the steps of the meeting, the form to fill in, status."""
    place = Numbered(brief, tables=2, figures=2)
    blocks: list[Block] = [Break(), Section(brief.say("pahami"))]
    if brief.cells.has("program"):
        blocks.append(programme_table(brief, place))
    blocks += side_by_side(extra_tables(brief, "kelurahan", place))
    blocks += [
        Section(brief.say("musyawarah")),
        steps(brief, "musyawarah"),
        _form(brief, place),
        status(brief),
    ]
    return blocks


def programme_table(brief: Brief, place: Numbered) -> Table:
    """Recipients, coverage of the target and its place against the city; a programme not released here is left out."""
    cells, rows = brief.cells, []
    for programme in programmes(brief):
        count, share = (own(brief, programme.kode, name) for name in ("penerima", "cakupan"))
        if count is None or count["status"] == UNKNOWN:
            continue
        if not any(shown(own(brief, programme.kode, name)) for name in ("penerima", "cakupan")):
            continue
        above = own(brief, programme.kode, "di_atas_batas")
        label = f"{programme.singkatan} ({unit_word(brief, count['satuan'])})"
        rows.append(
            (
                label,
                cells.cited(count),
                _or_dash(cells, share),
                _city(cells, programme.kode),
                position(brief, share),
                _or_dash(cells, above),
            )
        )
    note = f"{brief.say('wprogram_catatan')} {brief.source('daftar')}"
    name, under = (
        brief.say("wprogram_judul", area=title(brief)),
        brief.say("wprogram_anak", month=brief.month),
    )
    heads = columns(brief, "wprogram", "lrrrlr")
    return Table(place.table(), name, under, heads, tuple(rows), note, (1.7, 0.9, 1, 0.9, 1.2, 1.2))


def _or_dash(cells, cell: dict | None) -> str:
    return "–" if cell is None or cell["status"] == UNKNOWN else cells.cited(cell)


def _city(cells, code: str) -> str:
    """The city's coverage: what its exclusion error leaves."""
    cell = cells.cell("program", code, "exclusion_error")
    if not shown(cell):
        return "–"
    return cells.derived(percent(1 - cell["nilai"], 1, cells.lang), cell, "komplemen")


def steps(brief: Brief, which: str) -> Steps:
    """The steps of briefs.toml: (who or what, how)."""
    return Steps(tuple((f"{s['apa']}.", s["cara"]) for s in brief.entries(which)))


def _form(brief: Brief, place: Numbered) -> Table:
    """A form of blanks, one row a kind of case: counts only."""
    blank = "........."
    rows = tuple((entry["label"], *[blank] * 5) for entry, _ in case_rows(brief))
    heads = columns(brief, "isian", "llllll")
    return Table(
        place.table(),
        brief.say("isian_judul"),
        brief.say("isian_anak"),
        heads,
        rows,
        "",
        (2, 1, 1, 1, 1, 1),
        tall=True,
    )
