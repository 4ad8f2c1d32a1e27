"""The paper of Indonesian offices as Word has it: folio, letterhead, block of addressees, numbered points, signature."""

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from analysis.briefs.forms.facts import edition_line, mark, official
from analysis.briefs.opened import Brief

_FOLIO = (Cm(21.5), Cm(33))
_HEAD = (Cm(2.8), Cm(0.6), Cm(13.1))  # name, colon, text


def paper(brief: Brief):
    """A folio sheet with the edition above and below."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = _FOLIO
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    style.paragraph_format.space_after = Pt(4)
    language = (
        style.element.rPr.get_or_add_lang()
        if hasattr(style.element.rPr, "get_or_add_lang")
        else None
    )
    if language is not None:
        language.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val", "id-ID")
    for place in (section.header, section.footer):
        line = place.paragraphs[0].add_run(mark(brief) or edition_line(brief))
        line.bold, line.font.size, line.font.color.rgb = True, Pt(9), RGBColor(0xB3, 0x47, 0x00)
    return document


def _centred(document, text: str, size: int, bold: bool = True) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def head(document, brief: Brief, title: str, lines: list[tuple[str, str]]) -> None:
    """Kop, title, and the block Kepada / Dari / Tanggal / Nomor / Sifat / Lampiran / Hal."""
    _centred(document, "PEMERINTAH KOTA SUKABUMI", 13)
    _centred(document, "DINAS SOSIAL", 14)
    _centred(document, "_" * 70, 9, bold=False)
    _centred(document, title, 13)
    table = document.add_table(rows=0, cols=3)
    table.autofit = False
    for column, width in zip(table.columns, _HEAD, strict=True):
        column.width = width
    for name, text in lines:
        cells = table.add_row().cells
        for cell, words, width in zip(cells, (name, ":", text), _HEAD, strict=True):
            cell.text, cell.width = words, width
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    document.add_paragraph()


def role(brief: Brief, role: str) -> str:
    """The title of an official."""
    return official(brief, role)["jabatan"]


def numbered(document, items: list[str]) -> None:
    """Points with their numbers hanging."""
    for place, text in enumerate(items, start=1):
        paragraph = document.add_paragraph(f"{place}.\t{text}")
        shape = paragraph.paragraph_format
        shape.left_indent, shape.first_line_indent = Cm(0.8), Cm(-0.8)
        shape.tab_stops.add_tab_stop(Cm(0.8))


def signed(document, brief: Brief, role: str) -> None:
    """Place, day and room for a signature, with name and NIP where they are known."""
    person = official(brief, role)
    for text in ("", f"Sukabumi, {brief.day}", person["jabatan"], "", "", person["nama"] or "(nama)", person["pangkat"] or "(pangkat)",
                 f"NIP {person['nip'] or '…………………'}"):  # fmt: skip
        document.add_paragraph(text).paragraph_format.left_indent = Cm(9)
