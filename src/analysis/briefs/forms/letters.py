"""Telaahan staf and nota dinas (.docx) in the forms of Indonesian offices (domain.md §7)."""

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from analysis.briefs import narrative
from analysis.briefs.cited import bare
from analysis.briefs.forms.facts import edition_line, headline, key_figures, lead, mark, official
from analysis.briefs.forms.sealing import seal, write_sealed
from analysis.briefs.opened import Brief
from analysis.notation import sentence

_FOLIO = (Cm(21.5), Cm(33))
_HEAD = (Cm(2.8), Cm(0.6), Cm(13.1))  # name, colon, text


def write_letters(brief: Brief, folder: Path) -> list[Path]:
    """Both letters; their blanks (number, signature) stay for the office."""
    suffix = "_DATA-SINTETIS" if brief.synthetic else ""
    made = ((_telaahan, "telaahan_staf", "Telaahan staf"), (_nota, "nota_dinas", "Nota dinas"))
    written = []
    for write, stem, title in made:
        document = _paper(brief)
        write(document, brief)
        seal(
            document,
            f"{title} {mark(brief)}".strip(),
            brief.rulebook.briefs["naskah"]["audiensi"]["kantor"],
            brief.on,
        )
        target = folder / f"{stem}{suffix}.docx"
        write_sealed(document, target)
        written.append(target)
    return written


def _paper(brief: Brief):
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


def _head(document, brief: Brief, title: str, lines: list[tuple[str, str]]) -> None:
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


def _role(brief: Brief, role: str) -> str:
    return official(brief, role)["jabatan"]


def _numbered(document, items: list[str]) -> None:
    for place, text in enumerate(items, start=1):
        paragraph = document.add_paragraph(f"{place}.\t{text}")
        shape = paragraph.paragraph_format
        shape.left_indent, shape.first_line_indent = Cm(0.8), Cm(-0.8)
        shape.tab_stops.add_tab_stop(Cm(0.8))


def _facts(brief: Brief) -> list[str]:
    told = [f"{sentence(label)}: {value} ({note})." for value, label, note in key_figures(brief)]
    rows = bare(narrative.rows_sentence(brief))
    return [*told, rows] if rows else told


def _lower(text: str) -> str:
    """The first letter small, the rest as it is (PAS stays PAS, Rp stays Rp)."""
    return text[:1].lower() + text[1:]


def _requests(brief: Brief) -> list[str]:
    return [f"{r['isi']} ({r['dasar']}; {r['waktu']})." for r in brief.entries("permohonan")]


def _telaahan(document, brief: Brief) -> None:
    _head(document, brief, "TELAAHAN STAF", [
        ("Kepada", f"{_role(brief, 'kepala_daerah')} melalui Sekretaris Daerah"), ("Dari", _role(brief, "kepala_dinas")),
        ("Tanggal", brief.day), ("Nomor", "…………………"), ("Sifat", "Biasa"), ("Lampiran", "Bahan audiensi dan lampiran teknis"),
        ("Hal", "Permohonan dukungan Pemerintah Provinsi"),
    ])  # fmt: skip
    parts = {
        "I. PERSOALAN": [f"{headline(brief)}."],
        "II. PRAANGGAPAN": [
            "Belum tercatat pada daftar yang dipadankan tidak berarti tidak menerima bantuan lain.",
            "Setiap indikasi diverifikasi di lapangan sebelum ditindaklanjuti; penetapan program nasional ada pada Kementerian Sosial.",
        ],
        "III. FAKTA YANG MEMPENGARUHI": _facts(brief),
        "IV. ANALISIS": [
            bare(narrative.lead(brief)),
            "Layanan di dalam panti bagi PPKS adalah kewenangan Provinsi, di luar panti kewenangan Kota (PP 2/2018 pasal 10).",
            *[
                f"Pilihan: {_lower(p['isi'])} ({_lower(p['biaya'])}; {p['kewenangan']})."
                for p in brief.entries("pilihan")
            ],
        ],
        "V. KESIMPULAN": [
            "Verifikasi lapangan dapat dimulai Kota; percepatannya memerlukan dukungan Provinsi sesuai kewenangan."
        ],
        "VI. SARAN": _requests(brief),
    }
    for title, items in parts.items():
        heading = document.add_paragraph()
        heading.add_run(title).bold = True
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.space_before = Pt(6)
        _numbered(document, items)
    _signed(document, brief, "kepala_dinas")


def _nota(document, brief: Brief) -> None:
    _head(document, brief, "NOTA DINAS", [
        ("Kepada", _role(brief, "kepala_dinas")), ("Dari", _role(brief, "kepala_bidang")),
        ("Tembusan", _role(brief, "sekretaris")), ("Tanggal", brief.day), ("Nomor", "…………………"), ("Sifat", "Segera"),
        ("Lampiran", "1 (satu) berkas"), ("Hal", "Bahan audiensi dengan Dinas Sosial Provinsi"),
    ])  # fmt: skip
    document.add_paragraph(
        f"Bersama ini disampaikan bahan audiensi ({edition_line(brief)}). {lead(brief)}"
    )
    document.add_paragraph("Pokok permohonan kepada Pemerintah Provinsi:")
    _numbered(document, _requests(brief))
    document.add_paragraph(
        "Mohon arahan. Angka adalah indikasi, bukan putusan; nama hanya ada pada lembar kerja terbatas."
    )
    _signed(document, brief, "kepala_bidang")


def _signed(document, brief: Brief, role: str) -> None:
    person = official(brief, role)
    for text in ("", f"Sukabumi, {brief.day}", person["jabatan"], "", "", person["nama"] or "(nama)", person["pangkat"] or "(pangkat)",
                 f"NIP {person['nip'] or '…………………'}"):  # fmt: skip
        document.add_paragraph(text).paragraph_format.left_indent = Cm(9)
