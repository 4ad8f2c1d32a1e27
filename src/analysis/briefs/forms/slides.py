"""Slides for the audience: seven, editable, with native tables and a native chart; the finding is each slide's title."""

from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Cm, Pt

from analysis.briefs import narrative
from analysis.briefs.cited import bare
from analysis.briefs.figures import COUNTS, DESILS
from analysis.briefs.forms.deck import (
    BASE,
    INK,
    SOFT,
    frame,
    put_table,
    put_text,
    put_title,
    seal_charts,
)
from analysis.briefs.forms.facts import headline, key_figures, lead, mark, official
from analysis.briefs.forms.sealing import seal, write_sealed
from analysis.briefs.opened import Brief
from analysis.briefs.svg import PROGRAMMES
from analysis.notation import percent

_WIDTH, _HEIGHT = Cm(33.87), Cm(19.05)
_WIDE = 0.055  # of a bar, so that a percentage fits
WHITE = RGBColor(0xFF, 0xFF, 0xFF)


def write_slides(brief: Brief, target: Path) -> Path:
    """Cover, figures, by desil, verdicts, map in words, requests, follow-up."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    makers = (_cover, _figures, _by_desil, _verdicts, _areas, _requests, _follow_up)
    for number, make in enumerate(makers, start=1):
        slide = deck.slides.add_slide(deck.slide_layouts[5])  # title only
        frame(slide, brief, number, len(makers))
        make(slide, brief)
    title = f"Paparan audiensi {mark(brief)}".strip()
    seal(deck, title, brief.rulebook.briefs["naskah"]["audiensi"]["kantor"], brief.on)
    seal_charts(deck)
    write_sealed(deck, target)
    return target


def _cover(slide, brief: Brief) -> None:
    put_title(slide, headline(brief))
    put_text(slide, 1.4, 6.5, 30, 5, lead(brief), 22)
    who = official(brief, "kepala_dinas")
    put_text(
        slide,
        1.4,
        14.5,
        30,
        2,
        f"Bahan audiensi · {brief.month}\n{who['jabatan']}{' · ' + who['nama'] if who['nama'] else ''}",
        18,
        SOFT,
    )


def _figures(slide, brief: Brief) -> None:
    put_title(slide, "Tiga angka untuk diingat")
    for at, (value, label, note) in enumerate(key_figures(brief)):
        x = 1.4 + at * 10.6
        put_text(slide, x, 5, 10, 2.5, value, 48, BASE, bold=True)
        put_text(slide, x, 8, 10, 1.5, label, 20, bold=True)
        put_text(slide, x, 10, 10, 4, note, 16, SOFT)
    put_text(
        slide,
        1.4,
        15.5,
        30,
        1.5,
        "Indikasi, bukan putusan: setiap kasus diverifikasi di lapangan sebelum ditindaklanjuti.",
        16,
    )


def _by_desil(slide, brief: Brief) -> None:
    put_title(slide, bare(narrative.desil_title(brief)))
    if not brief.cells.has("desil_program"):
        return
    words = brief.words["gambar"]
    data = CategoryChartData(number_format="0%")
    data.categories = [
        words["tanpa_desil"] if d == "tanpa" else words["desil"].format(desil=d)
        for d in reversed(DESILS)
    ]
    for count in COUNTS:
        data.add_series(
            words["program"][count], [_share(brief, desil, count) for desil in reversed(DESILS)]
        )
    chart = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED, Cm(1.4), Cm(4), Cm(31), Cm(13), data
    ).chart
    chart.has_legend, chart.font.size = True, Pt(14)
    chart.legend.include_in_layout, chart.legend.position = False, XL_LEGEND_POSITION.TOP
    chart.plots[0].gap_width, chart.plots[0].overlap = 35, 100
    axis = chart.value_axis
    axis.maximum_scale, axis.has_major_gridlines, axis.visible = 1, False, False
    for series, count in zip(chart.plots[0].series, COUNTS, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(
            PROGRAMMES[count].lstrip("#").upper()
        )
        _label(series, brief, WHITE if count == "3+" else INK)
    put_text(
        slide,
        1.4,
        17.1,
        31,
        0.9,
        f"{brief.source('daftar')} Bagian yang kosong ditahan karena terlalu kecil.",
        12,
        SOFT,
    )


def _label(series, brief: Brief, colour) -> None:
    """The share within each part that is wide enough for it."""
    for point, share in enumerate(series.values):
        if share is not None and share >= _WIDE:
            words = series.points[point].data_label.text_frame
            words.text = percent(share, 0, brief.lang)
            font = words.paragraphs[0].runs[0].font
            font.size, font.color.rgb = Pt(12), colour


def _share(brief: Brief, desil: str, count: str) -> float | None:
    value = brief.cells.value("desil_program", desil, "keluarga", count)
    total = brief.cells.value("desil_program", desil, "keluarga", "jumlah")
    return None if value is None or not total else round(value / total, 4)


def _verdicts(slide, brief: Brief) -> None:
    put_title(slide, "Gabungan program menurut aturan yang berlaku")
    if not brief.cells.has("putusan"):
        return
    cells = brief.cells
    rows = [
        [text, cells.text("putusan", verdict, "keluarga", "semua"),
         "–" if verdict == "komplementer" else cells.text("putusan", verdict, "manfaat_telaah_rp", "semua")]
        for verdict, text in reversed(list(brief.words["putusan"].items()))
    ]  # fmt: skip
    put_table(
        slide,
        ["Gabungan dalam satu keluarga", "Keluarga", "Nilai yang perlu ditelaah"],
        rows,
        [17, 6, 8],
        size=20,
        figures=(1, 2),
    )
    put_text(
        slide,
        1.4,
        16,
        31,
        1.5,
        "Belum diatur: tidak ditemukan aturan; bukan izin dan bukan larangan.",
        14,
        SOFT,
    )


def _areas(slide, brief: Brief) -> None:
    put_title(slide, bare(narrative.map_title(brief)))
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
    put_table(
        slide,
        ["Bagian keluarga desil 1–2 belum tercatat", "Kelurahan (menurut abjad)"],
        rows,
        [9, 22],
        size=17,
    )
    put_text(slide, 1.4, 16.4, 31, 1.2, "Kelurahan tidak diperingkat.", 14, SOFT)


def _requests(slide, brief: Brief) -> None:
    asked = brief.entries("permohonan")
    put_title(
        slide,
        f"{narrative.sentence(narrative.number_word(len(asked)))} dukungan yang dimohon kepada Provinsi",
    )
    rows = [[r["isi"], r["dasar"], r["waktu"], r["kota"]] for r in asked]
    put_table(
        slide,
        ["Permohonan", "Dasar kewenangan", "Waktu", "Yang disiapkan Kota"],
        rows,
        [11, 8, 4, 8],
    )


def _follow_up(slide, brief: Brief) -> None:
    put_title(slide, "Tindak lanjut: apa, siapa, kapan")
    rows = [[t["apa"], t["siapa"], t["kapan"]] for t in brief.entries("tindak_lanjut")]
    put_table(slide, ["Apa", "Siapa", "Kapan"], rows, [14, 10, 7], size=18)
    put_text(
        slide,
        1.4,
        15.8,
        31,
        1.8,
        "Tidak ada nama, NIK, nomor KK, tanggal lahir, atau alamat dalam paparan ini.",
        14,
        SOFT,
    )
