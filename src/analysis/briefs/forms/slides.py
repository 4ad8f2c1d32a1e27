"""Slides for the audience: seven, editable, with native tables and a native chart; the finding is each slide's title."""

from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Cm, Pt

from analysis.briefs import narrative
from analysis.briefs.cited import bare
from analysis.briefs.figures import COUNTS, DESILS
from analysis.briefs.forms.facts import edition_line, headline, key_figures, lead, mark, official
from analysis.briefs.forms.sealing import members, seal, write_sealed
from analysis.briefs.opened import Brief
from analysis.briefs.svg import PROGRAMMES

_BASE, _INK, _SOFT, _ACCENT = (
    RGBColor.from_string(c) for c in ("0B4F6C", "1B2A34", "5A6B76", "B34700")
)
_WIDTH, _HEIGHT = Cm(33.87), Cm(19.05)


def write_slides(brief: Brief, target: Path) -> Path:
    """Cover, figures, by desil, verdicts, map in words, requests, follow-up."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    makers = (_cover, _figures, _by_desil, _verdicts, _areas, _requests, _follow_up)
    for number, make in enumerate(makers, start=1):
        slide = deck.slides.add_slide(deck.slide_layouts[5])  # title only
        _frame(slide, brief, number, len(makers))
        make(slide, brief)
    title = f"Paparan audiensi {mark(brief)}".strip()
    seal(deck, title, brief.rulebook.briefs["naskah"]["audiensi"]["kantor"], brief.on)
    _seal_charts(deck)
    write_sealed(deck, target)
    return target


def _seal_charts(deck) -> None:
    """A chart's workbook holds the time it was made; pack it again without."""
    import io

    from analysis.briefs.forms.sealing import write_zip

    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                part = shape.chart.part.chart_workbook.xlsx_part
                held, content = io.BytesIO(), members(part.blob)
                content["docProps/core.xml"] = _without_clock(content["docProps/core.xml"])
                write_zip(held, content)
                part._blob = held.getvalue()


def _without_clock(core: bytes) -> bytes:
    import re

    return re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", core)


def _text(
    slide,
    x: float,
    y: float,
    w: float,
    h: float,
    words: str,
    size: int,
    colour=_INK,
    bold: bool = False,
):
    box = slide.shapes.add_textbox(Cm(x), Cm(y), Cm(w), Cm(h)).text_frame
    box.word_wrap = True
    for place, line in enumerate(words.split("\n")):
        paragraph = box.paragraphs[0] if place == 0 else box.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold, run.font.color.rgb = line, Pt(size), bold, colour
        run.font.name = "Calibri"
    return box


def _frame(slide, brief: Brief, number: int, count: int) -> None:
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Cm(1.4), Cm(1), Cm(31), Cm(2.4)
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    title.text_frame.word_wrap = True
    office = brief.rulebook.briefs["naskah"]["audiensi"]["kantor"]
    _text(slide, 1.4, 0.3, 31, 0.8, mark(brief) or office, 11, _ACCENT, bold=True)
    _text(slide, 1.4, 18.1, 26, 0.8, f"{office} · {edition_line(brief)}", 11, _SOFT)
    _text(slide, 29.4, 18.1, 3.2, 0.8, f"{number} dari {count}", 11, _SOFT)


def _title(slide, words: str) -> None:
    frame = slide.shapes.title.text_frame
    frame.text = words
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold, run.font.color.rgb, run.font.name = Pt(26), True, _BASE, "Calibri"
    frame.paragraphs[0].alignment = 1


def _table(
    slide,
    heads: list[str],
    rows: list[list[str]],
    widths: list[float],
    top: float = 4.2,
    size: int = 14,
) -> None:
    shape = slide.shapes.add_table(
        len(rows) + 1, len(heads), Cm(1.4), Cm(top), Cm(sum(widths)), Cm(1)
    )
    for at, width in enumerate(widths):
        shape.table.columns[at].width = Cm(width)
    for line, row in enumerate([heads, *rows]):
        for at, words in enumerate(row):
            cell = shape.table.cell(line, at)
            cell.text = bare(words)
            cell.fill.solid()
            cell.fill.fore_color.rgb = (
                _BASE
                if line == 0
                else RGBColor(0xFF, 0xFF, 0xFF)
                if line % 2
                else RGBColor(0xF1, 0xF5, 0xF7)
            )
            for paragraph in cell.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size, run.font.bold, run.font.name = Pt(size), line == 0, "Calibri"
                    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF) if line == 0 else _INK


def _cover(slide, brief: Brief) -> None:
    _title(slide, headline(brief))
    _text(slide, 1.4, 6.5, 30, 5, lead(brief), 22)
    who = official(brief, "kepala_dinas")
    _text(
        slide,
        1.4,
        14.5,
        30,
        2,
        f"Bahan audiensi · {brief.month}\n{who['jabatan']}{' · ' + who['nama'] if who['nama'] else ''}",
        18,
        _SOFT,
    )


def _figures(slide, brief: Brief) -> None:
    _title(slide, "Tiga angka untuk diingat")
    for at, (value, label, note) in enumerate(key_figures(brief)):
        x = 1.4 + at * 10.6
        _text(slide, x, 5, 10, 2.5, value, 48, _BASE, bold=True)
        _text(slide, x, 8, 10, 1.5, label, 20, bold=True)
        _text(slide, x, 10, 10, 4, note, 16, _SOFT)
    _text(
        slide,
        1.4,
        15.5,
        30,
        1.5,
        "Indikasi, bukan putusan: setiap kasus diverifikasi di lapangan sebelum ditindaklanjuti.",
        16,
    )


def _by_desil(slide, brief: Brief) -> None:
    _title(slide, bare(narrative.desil_title(brief)))
    if not brief.cells.has("desil_program"):
        return
    words = brief.words["gambar"]
    data = CategoryChartData(number_format="0%")
    data.categories = [
        words["tanpa_desil"] if d == "tanpa" else f"Desil {d}" for d in reversed(DESILS)
    ]
    for count in COUNTS:
        data.add_series(
            words["program"][count], [_share(brief, desil, count) for desil in reversed(DESILS)]
        )
    chart = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED, Cm(1.4), Cm(4), Cm(31), Cm(13), data
    ).chart
    chart.has_legend, chart.font.size = True, Pt(14)
    chart.legend.include_in_layout = False
    chart.plots[0].gap_width, chart.plots[0].overlap = 35, 100
    chart.value_axis.maximum_scale, chart.value_axis.has_major_gridlines = 1, False
    for series, count in zip(chart.plots[0].series, COUNTS, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(
            PROGRAMMES[count].lstrip("#").upper()
        )
    _text(
        slide,
        1.4,
        17.1,
        31,
        0.9,
        f"{brief.source('daftar')} Bagian yang kosong ditahan karena terlalu kecil.",
        12,
        _SOFT,
    )


def _share(brief: Brief, desil: str, count: str) -> float | None:
    value = brief.cells.value("desil_program", desil, "keluarga", count)
    total = brief.cells.value("desil_program", desil, "keluarga", "jumlah")
    return None if value is None or not total else round(value / total, 4)


def _verdicts(slide, brief: Brief) -> None:
    _title(slide, "Gabungan program menurut aturan yang berlaku")
    if not brief.cells.has("putusan"):
        return
    cells = brief.cells
    rows = [
        [text, cells.text("putusan", verdict, "keluarga", "semua"),
         "–" if verdict == "komplementer" else cells.text("putusan", verdict, "manfaat_telaah_rp", "semua")]
        for verdict, text in reversed(list(brief.words["putusan"].items()))
    ]  # fmt: skip
    _table(
        slide,
        ["Gabungan dalam satu keluarga", "Keluarga", "Nilai yang perlu ditelaah"],
        rows,
        [17, 6, 8],
        size=18,
    )
    _text(
        slide,
        1.4,
        16,
        31,
        1.5,
        "Belum diatur: tidak ditemukan aturan; bukan izin dan bukan larangan.",
        14,
        _SOFT,
    )


def _areas(slide, brief: Brief) -> None:
    _title(slide, bare(narrative.map_title(brief)))
    if not brief.cells.has("kelurahan"):
        return
    names: dict[str, list[str]] = {
        position: [] for position in ("di_atas", "setara", "di_bawah", "")
    }
    for area in brief.rulebook.kelurahan():
        cell = brief.cells.cell(
            "kelurahan", "desil_prioritas", "bagian_tanpa_program", area=area.kode
        )
        position = (
            cell["teks"]
            if cell is not None and cell["status"] == "terbit" and cell["teks"] in names
            else ""
        )
        names[position].append(area.nama)
    words = brief.words["gambar"]["posisi"] | {"": "tidak ditampilkan"}
    rows = [[words[p], ", ".join(sorted(found)) or "–"] for p, found in names.items()]
    _table(
        slide,
        ["Bagian keluarga desil 1–2 belum tercatat", "Kelurahan (menurut abjad)"],
        rows,
        [9, 22],
        size=15,
    )
    _text(slide, 1.4, 16.4, 31, 1.2, "Kelurahan tidak diperingkat.", 14, _SOFT)


def _requests(slide, brief: Brief) -> None:
    asked = brief.entries("permohonan")
    _title(
        slide,
        f"{narrative.sentence(narrative.number_word(len(asked)))} dukungan yang dimohon kepada Provinsi",
    )
    rows = [[r["isi"], r["dasar"], r["waktu"], r["kota"]] for r in asked]
    _table(
        slide,
        ["Permohonan", "Dasar kewenangan", "Waktu", "Yang disiapkan Kota"],
        rows,
        [11, 8, 4, 8],
    )


def _follow_up(slide, brief: Brief) -> None:
    _title(slide, "Tindak lanjut: apa, siapa, kapan")
    rows = [[t["apa"], t["siapa"], t["kapan"]] for t in brief.entries("tindak_lanjut")]
    _table(slide, ["Apa", "Siapa", "Kapan"], rows, [14, 10, 7], size=16)
    _text(
        slide,
        1.4,
        15.8,
        31,
        1.8,
        "Tidak ada nama, NIK, nomor KK, tanggal lahir, atau alamat dalam paparan ini.",
        14,
        _SOFT,
    )
