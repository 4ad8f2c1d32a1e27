"""Page 2: programmes by desil, targeting by programme, verdicts, 12 PAS, services (readers.md §8)."""

from analysis.briefs import figures, narrative
from analysis.briefs.blocks import Block, Break, Figure, Pair, Section, Table
from analysis.briefs.extra import extra_tables
from analysis.briefs.headed import Numbered, columns
from analysis.briefs.intervals import is_linked, span
from analysis.briefs.opened import Brief

_PAS = ("orang", "kelurahan", "orang_desil12")
_PROGRAMME = ("penerima", "exclusion_error", "inclusion_error", "di_atas_batas", "manfaat_rp")
_UNKNOWN = "tidak_dapat_dihitung"


def achievements(brief: Brief) -> list[Block]:
    """Page 2: programmes by desil, targeting by programme, verdicts, 12 PAS and what else was released."""
    place = Numbered(brief, tables=1)
    blocks: list[Block] = [Break(), Section(brief.say("capaian"))]
    if brief.cells.has("desil_program"):
        blocks.append(_by_desil(brief, place))
    if brief.cells.has("program"):
        blocks.append(_by_programme(brief, place))
    if brief.cells.has("putusan"):
        blocks.append(_verdicts(brief, place))
    small = [_pas12(brief, place)] if brief.cells.has("pas12") else []
    return blocks + side_by_side([*small, *extra_tables(brief, "audiensi", place)])


def side_by_side(blocks: list[Block]) -> list[Block]:
    """Two and two; the last of an odd number alone."""
    pairs = zip(blocks[::2], blocks[1::2], strict=False)
    return [Pair(*two) for two in pairs] + ([blocks[-1]] if len(blocks) % 2 else [])


def _by_desil(brief: Brief, place: Numbered) -> Figure:
    svg, alt = figures.programmes_by_desil(brief.cells, brief.words["gambar"])
    note = f"{brief.say('desil_catatan', smallest=brief.cells.smallest)} {brief.source('daftar')}"
    title, under = narrative.desil_title(brief), brief.say("desil_anak", month=brief.month)
    return Figure(place.figure(), title, under, svg, alt, note)


def _by_programme(brief: Brief, place: Numbered) -> Table:
    cells, rows = brief.cells, []
    for programme in (
        p for p in programmes(brief) if p.desil_maks
    ):  # by need: never judged by desil
        if not any(cells.value("program", programme.kode, name) is not None for name in _PROGRAMME):
            continue
        unit = cells.cell("program", programme.kode, "penerima")["satuan"]
        limit = programme.desil_maks
        aim = brief.say("sasaran_desil", limit=limit) if limit else brief.say("sasaran_kebutuhan")
        shown = (_cell(brief, programme.kode, name) for name in _PROGRAMME)
        rows.append((f"{programme.singkatan} ({unit_word(brief, unit)})", aim, *shown))
    note = f"{brief.say('program_catatan')} {brief.source('daftar')}"
    return Table(
        place.table(), brief.say("program_judul"), _what_intervals_hold(brief), columns(brief, "program", "llrrrrr"),
        tuple(rows), note, (1.5, 0.95, 0.8, 1.35, 1.35, 0.9, 1.2),
    )  # fmt: skip


def _what_intervals_hold(brief: Brief) -> str:
    told = any(is_linked(cell) for cell in brief.cells.rows("program").to_dict("records"))
    return brief.words["dalam_kurung" if told else "tanpa_interval"]


def unit_word(brief: Brief, unit: str) -> str:
    """keluarga, jiwa: in the brief's language."""
    return brief.words["satuan"].get(unit, unit)


def _cell(brief: Brief, programme: str, measure: str) -> str:
    cell = brief.cells.cell("program", programme, measure)
    in_kind = measure == "manfaat_rp"  # where the sum is 0: a service, not a sum of nothing
    if cell is None or cell["status"] == _UNKNOWN or (in_kind and cell["nilai"] == 0):
        return "–"
    shown = brief.cells.cited(cell)
    return f"{shown} ({span(brief, cell)})" if is_linked(cell) else shown


def programmes(brief: Brief):
    """Programmes that were released, in the order of the rules, as they stood on the edition's date."""
    held = set(brief.cells.rows("program")["baris"])
    return [p for p in brief.rulebook.programmes if p.kode in held and p.in_force(brief.on)]


def _verdicts(brief: Brief, place: Numbered) -> Table:
    cells, words = brief.cells, brief.words
    rows = []
    for verdict, text in reversed(list(words["putusan"].items())):
        families = cells.cell("putusan", verdict, "keluarga", "semua")
        nothing = verdict == "komplementer" or families is None or families["nilai"] == 0
        money = cells.cite("putusan", verdict, "manfaat_telaah_rp", "semua")
        decided = [who for key, who in words["pemutus"].items() if _some(cells, verdict, key)]
        rows.append(
            (text, cells.cited(families), "–" if nothing else money, "; ".join(decided) or "–")
        )
    note = f"{brief.say('putusan_catatan', smallest=cells.smallest)} {brief.source('aturan')}"
    note += brief.say("putusan_fiktif") if brief.synthetic else ""
    under = brief.say("putusan_anak", day=brief.day)
    heads = columns(brief, "putusan", "lrrl")
    return Table(
        place.table(),
        brief.say("putusan_judul"),
        under,
        heads,
        tuple(rows),
        note,
        (2.2, 0.8, 1.3, 1.6),
    )


def _some(cells, verdict: str, authority: str) -> bool:
    cell = cells.cell("putusan", verdict, "keluarga", authority)
    return cell is not None and cell["status"] == "terbit" and cell["nilai"] != 0


def _pas12(brief: Brief, place: Numbered) -> Table:
    cells = brief.cells
    found = [(name, cells.cell("pas12", "ringkas", name)) for name in _PAS]
    rows = [
        (brief.say(f"pas_{name}"), cells.cited(cell))
        for name, cell in found
        if cell is not None and cell["status"] != _UNKNOWN
    ]
    for row in cells.rows("pas12").to_dict("records"):
        if row["baris"] == "dana" and row["ukuran"] == "rupiah":
            fund = brief.say("dana", fund=brief.say(f"dana_{row['kolom']}"))
            rows.append((fund, cells.cited(row | {"topik": "pas12"})))
    heads = columns(brief, "pas", "lr")
    return Table(
        place.table(),
        brief.say("pas_judul"),
        brief.say("pas_anak"),
        heads,
        tuple(rows),
        "",
        (2.2, 1),
    )
