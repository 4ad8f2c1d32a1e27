"""Page 3: where, who does what, options, next steps, quality of the data and status."""

from analysis.briefs import narrative, tiles
from analysis.briefs.audiensi.shared_work import identity_sentence, need_line
from analysis.briefs.blocks import Block, Box, Break, Figure, Pair, Section, Signature, Steps, Table
from analysis.briefs.headed import columns
from analysis.briefs.opened import Brief
from analysis.briefs.positions import map_title
from analysis.notation import number_word, sentence


def collaboration(brief: Brief) -> list[Block]:
    """Page 3: where, who does what, options, next steps, quality and status."""
    steps = tuple(
        (f"{t['apa']}.", f"{t['siapa']}; {t['kapan']}.") for t in brief.entries("tindak_lanjut")
    )
    blocks: list[Block] = [Break(), Section(brief.say("kolaborasi")), _matrix(brief)]
    options = _options(brief)
    checked = quality(brief)
    blocks.append(Pair(_map(brief), checked, (2, 1)) if brief.cells.has("kelurahan") else checked)
    return [*blocks, options, Section(brief.say("tindak_lanjut")), Steps(steps), status(brief)]


def _matrix(brief: Brief) -> Table:
    needs = brief.entries("kolaborasi")
    rows = tuple(
        (need_line(brief, k), k["kota"], k["provinsi"], k["pusat"], k["langkah"]) for k in needs
    )
    count = sentence(number_word(len(needs), brief.lang))
    title = brief.say("kolaborasi_judul", count=count)
    heads = columns(brief, "kolaborasi", "lllll")
    return Table(
        _label(brief, "kolaborasi"),
        title,
        "",
        heads,
        rows,
        brief.say("kolaborasi_catatan"),
        (1.9, 1.25, 1.2, 1.25, 1.25),
    )


def _label(brief: Brief, which: str) -> str:
    """Page 2 numbers what was released; page 3 goes on in letters, whatever that came to."""
    return brief.say("tabel", number={"kolaborasi": "A", "pilihan": "B"}[which])


def _map(brief: Brief) -> Figure:
    svg, alt = tiles.tile_map(brief.cells, brief.rulebook, brief.words["gambar"])
    share = brief.cells.cite("utama", "desil_prioritas", "bagian_tanpa_program")
    title, under = map_title(brief), brief.say("peta_anak", share=share)
    return Figure(brief.say("gambar", number=2), title, under, svg, alt, brief.say("peta_catatan"))


def _options(brief: Brief) -> Table:
    cells = brief.cells
    reach = {
        "tanpa_program": ("keluarga", cells.cell("utama", "desil_prioritas", "tanpa_program")),
        "telaah": ("keluarga", cells.cell("utama", "telaah", "keluarga")),
        "pas12": ("banyak_kelurahan", cells.cell("pas12", "ringkas", "kelurahan_belum")),
    }
    rows = []
    for option in brief.entries("pilihan"):
        unit, cell = reach[option["jangkauan"]]
        if cell is not None and cell["status"] != "tidak_dapat_dihitung":
            shown = brief.say(unit, count=cells.cited(cell))
            rows.append((option["isi"], option["biaya"], shown, option["kewenangan"]))
    count = sentence(number_word(len(rows), brief.lang))
    title, heads = brief.say("pilihan_judul", count=count), columns(brief, "pilihan", "llll")
    return Table(
        _label(brief, "pilihan"),
        title,
        brief.say("pilihan_anak"),
        heads,
        tuple(rows),
        "",
        (1.5, 1.7, 0.7, 1.7),
    )


def quality(brief: Brief) -> Box:
    """Rows in and out, dates, how people were matched, what is protected."""
    sentences = [
        narrative.rows_sentence(brief),
        narrative.persons_sentence(brief),
        brief.say("mutu_tanggal", month=brief.month, day=brief.day),
        brief.say("mutu_padanan"),
        identity_sentence(brief),
        brief.say("mutu_galat") if brief.cells.has("pemadanan") else "",
        brief.say("mutu_indikasi", smallest=brief.cells.smallest),
    ]
    return Box(brief.say("mutu"), (" ".join(text for text in sentences if text),))


def status(brief: Brief) -> Signature:
    """Status, edition and, on a draft, the blanks of the approving official."""
    approved = brief.say("final" if brief.status == "FINAL" else "belum_disetujui")
    line = brief.say(
        "status", status=brief.status, number=brief.number, day=brief.day, approved=approved
    )
    return Signature((line, brief.say("tanda_tangan")))
