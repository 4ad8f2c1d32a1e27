"""Slides of findings: by desil as a native chart, verdicts and kelurahan as native tables."""

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Cm, Pt

from analysis.briefs import narrative
from analysis.briefs.cited import bare
from analysis.briefs.colours import PROGRAMMES
from analysis.briefs.figures import COUNTS, DESILS
from analysis.briefs.forms.deck import INK, put_note, put_table, put_title
from analysis.briefs.opened import Brief
from analysis.briefs.positions import POSITIONS, map_title, position
from analysis.notation import percent

_WIDE = 0.055  # of a bar, so that a percentage fits
WHITE = RGBColor(0xFF, 0xFF, 0xFF)


def by_desil(slide, brief: Brief) -> None:
    """Families of each desil by number of programmes, as a native chart."""
    put_title(slide, bare(narrative.desil_title(brief)))
    if not brief.cells.has("desil_program"):
        return
    data = _chart_data(brief)
    chart = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED, Cm(1.4), Cm(4), Cm(31), Cm(13), data
    ).chart
    _dress(chart, brief)
    put_note(
        slide,
        17.1,
        0.9,
        f"{brief.source('daftar')} Bagian yang kosong ditahan karena terlalu kecil.",
        12,
    )


def _chart_data(brief: Brief) -> CategoryChartData:
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
    return data


def _dress(chart, brief: Brief) -> None:
    """Legend, colours and labels."""
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


def verdicts(slide, brief: Brief) -> None:
    """Combinations by verdict: families and rupiah to look into."""
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
    put_note(slide, 16, 1.5, "Belum diatur: tidak ditemukan aturan; bukan izin dan bukan larangan.")


def areas(slide, brief: Brief) -> None:
    """Kelurahan by position to the city, in alphabetical order: no rank."""
    put_title(slide, bare(map_title(brief)))
    if not brief.cells.has("kelurahan"):
        return
    names: dict[str, list[str]] = {where: [] for where in (*POSITIONS, "")}
    for area in brief.rulebook.kelurahan():
        names[position(brief, area)].append(area.nama)
    words = brief.words["gambar"]["posisi"] | {"": "tidak ditampilkan"}
    rows = [[words[p], ", ".join(sorted(found)) or "–"] for p, found in names.items()]
    put_table(
        slide,
        ["Bagian keluarga desil 1–2 belum tercatat", "Kelurahan (menurut abjad)"],
        rows,
        [9, 22],
        size=17,
    )
    put_note(slide, 16.4, 1.2, "Kelurahan tidak diperingkat.")
