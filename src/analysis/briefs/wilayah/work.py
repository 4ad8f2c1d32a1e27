"""Page 1 of a kelurahan brief, *Kerjakan*: how many to verify, which kinds, by whom, on what evidence."""

from analysis.briefs import figures, narrative, tiles
from analysis.briefs.blocks import Block, Box, Figure, Figures, Pair, Section, Table
from analysis.briefs.headed import Numbered, columns
from analysis.briefs.intervals import doubt
from analysis.briefs.narrative import PRIORITY
from analysis.briefs.opened import Brief
from analysis.briefs.wilayah.shared import (
    UNKNOWN,
    cases,
    headline,
    key_figures,
    own,
    position,
    shown,
    title,
)
from analysis.notation import sentence

BESIDE = (1, 1.6)  # the bars and the larger map


def work(brief: Brief) -> list[Block]:
    """Headline, key figures, the table of cases, the area against the city, who does what."""
    place = Numbered(brief)
    items = key_figures(brief)
    blocks: list[Block] = [
        headline(brief),
        *([Figures(items)] if items else []),
        Section(brief.say("kerjakan")),
    ]
    blocks.append(case_table(brief, place))
    blocks.append(Pair(against(brief, place), where(brief, place), BESIDE))
    return [*blocks, _roles(brief, place), how_to_read(brief)]


def _roles(brief: Brief, place: Numbered) -> Table:
    rows = tuple((r["siapa"], r["tugas"], r["hasil"]) for r in brief.entries("peran"))
    return Table(
        place.table(),
        brief.say("peran_judul"),
        "",
        columns(brief, "peran", "lll"),
        rows,
        "",
        (1.2, 3.2, 1.2),
    )


def case_rows(brief: Brief) -> list[tuple[dict, dict]]:
    """(entry of briefs.toml `jenis_kasus`, cell) of the kinds that were released here."""
    found = []
    for entry in brief.entries("jenis_kasus"):
        belum = entry["kode"] == "belum_tercatat"
        cell = own(brief, PRIORITY, "tanpa_program") if belum else cases(brief, entry["kode"])
        if cell is not None and cell["status"] != UNKNOWN:
            found.append((entry, cell))
    return found


def case_table(brief: Brief, place: Numbered) -> Table:
    """Kind of case | families | officer | evidence | deadline."""
    rows = tuple(
        (entry["label"], brief.cells.cited(cell), entry["petugas"], entry["bukti"], entry["batas"])
        for entry, cell in case_rows(brief)
    )
    return Table(
        place.table(), brief.say("kasus_judul"), brief.say("kasus_anak"), columns(brief, "kasus", "lrlll"), rows,
        brief.say("kasus_catatan"), (1.7, 0.7, 1.2, 1.9, 1.3),
    )  # fmt: skip


def against(brief: Brief, place: Numbered) -> Figure:
    """The share not recorded: this area, its kecamatan, the city."""
    share = own(brief, PRIORITY, "bagian_tanpa_program")
    rows = [(brief.area.nama, share, True)]
    above = next((a for a in brief.rulebook.areas if a.kode == brief.area.induk), None)
    if above is not None and above.tingkat == "kecamatan" and brief.cells.has("kecamatan"):
        rows.append(
            (title(brief, above), own(brief, PRIORITY, "bagian_tanpa_program", above), False)
        )
    rows.append(
        (brief.say("kota"), brief.cells.cell("utama", PRIORITY, "bagian_tanpa_program"), False)
    )
    svg, alt = figures.shares(brief.cells, rows, brief.say("banding_alt"), 190)
    name = brief.say("banding_judul", area=brief.area.nama, level=position(brief, share))
    return Figure(
        place.figure(),
        name,
        brief.say("banding_anak", month=brief.month),
        svg,
        alt,
        brief.source("daftar"),
    )


def where(brief: Brief, place: Numbered) -> Figure:
    """Where the area lies; no figures."""
    inside = {a.kode for a in brief.rulebook.kelurahan() if brief.area.kode in (a.kode, a.induk)}
    around = {a.kode for a in brief.rulebook.kelurahan() if a.induk == brief.area.induk} - inside
    svg, alt = tiles.locator(
        brief.rulebook, inside, around, brief.say("letak_alt", area=title(brief))
    )
    name = brief.say("letak_judul", area=brief.area.nama)
    return Figure(place.figure(), name, brief.say("letak_anak"), svg, alt, "")


def how_to_read(brief: Brief) -> Box:
    """What the words mean, and the doubt."""
    share = own(brief, PRIORITY, "bagian_tanpa_program")
    doubted = sentence(doubt(brief, share if shown(share) else None))
    return Box(
        brief.say("cara_membaca"),
        (brief.say("wilayah_cara", lists=narrative.lists(brief), doubt=doubted),),
    )
