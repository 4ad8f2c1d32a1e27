"""What every slide shares: colours, boxes, titles, tables, and charts without a clock."""

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Cm, Pt

from analysis.briefs.cited import bare
from analysis.briefs.forms.facts import edition_line, mark
from analysis.briefs.forms.sealing import members
from analysis.briefs.opened import Brief

BASE, INK, SOFT, ACCENT = (
    RGBColor.from_string(c) for c in ("0B4F6C", "1B2A34", "5A6B76", "B34700")
)


def seal_charts(deck) -> None:
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


def put_text(
    slide,
    x: float,
    y: float,
    w: float,
    h: float,
    words: str,
    size: int,
    colour=INK,
    bold: bool = False,
):
    """Words in a box at x, y of w × h cm."""
    box = slide.shapes.add_textbox(Cm(x), Cm(y), Cm(w), Cm(h)).text_frame
    box.word_wrap = True
    for place, line in enumerate(words.split("\n")):
        paragraph = box.paragraphs[0] if place == 0 else box.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold, run.font.color.rgb = line, Pt(size), bold, colour
        run.font.name = "Calibri"
    return box


def put_note(slide, y: float, h: float, words: str, size: int = 14) -> None:
    """A remark across the slide, softer than its findings."""
    put_text(slide, 1.4, y, 31, h, words, size, SOFT)


def frame(slide, brief: Brief, number: int, count: int) -> None:
    """Mark, office, edition and number around a slide."""
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Cm(1.4), Cm(1), Cm(31), Cm(2.4)
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    title.text_frame.word_wrap = True
    office = brief.rulebook.briefs["naskah"]["audiensi"]["kantor"]
    _band(slide, 0, 0.28)
    _band(slide, 17.95, 0.04)
    put_text(slide, 1.4, 0.3, 31, 0.8, mark(brief) or office, 11, ACCENT, bold=True)
    put_text(slide, 1.4, 18.1, 26, 0.8, f"{office} · {edition_line(brief)}", 11, SOFT)
    put_text(slide, 29.4, 18.1, 3.2, 0.8, f"{number} dari {count}", 11, SOFT)


def _band(slide, y: float, height: float) -> None:
    """A bar in the base colour across the slide."""
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, Cm(y), Cm(33.87), Cm(height))
    bar.fill.solid()
    bar.fill.fore_color.rgb = BASE
    bar.line.fill.background()


def put_title(slide, words: str) -> None:
    """The finding as the slide's title."""
    frame = slide.shapes.title.text_frame
    frame.text = words
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold, run.font.color.rgb, run.font.name = Pt(26), True, BASE, "Calibri"
    frame.paragraphs[0].alignment = 1


def put_table(
    slide,
    heads: list[str],
    rows: list[list[str]],
    widths: list[float],
    top: float = 4.2,
    size: int = 16,
    figures: tuple[int, ...] = (),
) -> None:
    """A native table, its header in the base colour; `figures` are its columns of numbers."""
    shape = slide.shapes.add_table(
        len(rows) + 1, len(heads), Cm(1.4), Cm(top), Cm(sum(widths)), Cm(1)
    )
    for row in shape.table.rows:
        row.height = Cm(1.5)
    for at, width in enumerate(widths):
        shape.table.columns[at].width = Cm(width)
    for line, row in enumerate([heads, *rows]):
        for at, words in enumerate(row):
            cell = shape.table.cell(line, at)
            cell.text = bare(words)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = (
                BASE
                if line == 0
                else RGBColor(0xFF, 0xFF, 0xFF)
                if line % 2
                else RGBColor(0xF1, 0xF5, 0xF7)
            )
            for paragraph in cell.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.RIGHT if at in figures else PP_ALIGN.LEFT
                for run in paragraph.runs:
                    run.font.size, run.font.bold, run.font.name = Pt(size), line == 0, "Calibri"
                    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF) if line == 0 else INK
