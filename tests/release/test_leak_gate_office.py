"""A leak is found in any part of an office file or a picture, packed or not."""

import pytest
from leaks import HONEST, NIK, found, pdf


def word(path, body="Laporan", author="", comment="") -> None:
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in body.split("|"):
        paragraph.add_run(run).bold = run.istitle()
    document.core_properties.author, document.core_properties.comments = author, comment
    document.save(path)


def slides(path, text="Laporan", alt="", notes="", title="") -> None:
    import pptx
    from pptx.util import Cm

    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    box = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(9), Cm(2))
    box.text_frame.text = text
    box._element.nvSpPr.cNvPr.set("descr", alt)
    slide.notes_slide.notes_text_frame.text = notes
    deck.core_properties.title = title
    deck.save(path)


def sheets(
    path, cell: object = "Laporan", sheet="Data", company="", note="", header="", own=""
) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    book.set_properties({"company": company})
    if own:
        book.set_custom_property("Disusun", own)
    page = book.add_worksheet(sheet)
    page.set_header(header)
    page.write("A1", cell)
    page.write_comment("A1", note or "catatan")
    book.close()


PLANTS = {
    "kata.docx": lambda path: word(path, "Nama: As|ep Surya|na"),
    "penulis.docx": lambda path: word(path, author="Asep Suryana"),
    "komentar.docx": lambda path: word(path, comment="Asep Suryana"),
    "teks.pptx": lambda path: slides(path, "Bapak Asep Suryana"),
    "alt.pptx": lambda path: slides(path, alt="Foto Asep Suryana"),
    "catatan.pptx": lambda path: slides(path, notes="Asep Suryana"),
    "judul.pptx": lambda path: slides(path, title="Asep Suryana"),
    "sel.xlsx": lambda path: sheets(path, "Asep Suryana"),
    "lembar.xlsx": lambda path: sheets(path, sheet="Asep Suryana"),
    "sifat.xlsx": lambda path: sheets(path, company="Asep Suryana"),
    "komentar.xlsx": lambda path: sheets(path, note="Asep Suryana"),
}


@pytest.mark.parametrize("name", PLANTS)
def test_a_name_in_any_part_of_an_office_file_is_found_packed_twice_too(tmp_path, rulebook, name):
    import zipfile

    PLANTS[name](tmp_path / name)
    assert (name, "nama") in found(tmp_path, rulebook)
    with zipfile.ZipFile(tmp_path / "dalam.zip", "w") as inner:
        inner.write(tmp_path / name, name)
    with zipfile.ZipFile(tmp_path / "luar.zip", "w") as outer:
        outer.write(tmp_path / "dalam.zip", "dalam.zip")
    for gone in (name, "dalam.zip"):
        (tmp_path / gone).unlink()
    assert found(tmp_path, rulebook) == [("luar.zip", "nama")]


def test_honest_office_files_pass(tmp_path, rulebook):
    word(tmp_path / "a.docx", HONEST)
    slides(tmp_path / "a.pptx", HONEST)
    sheets(tmp_path / "a.xlsx", HONEST)
    assert found(tmp_path, rulebook) == []


@pytest.mark.parametrize("cell", [int(NIK), f"'{NIK}", "3272 0145 1280 9001"])
def test_a_number_in_a_workbook_is_found_as_number_and_as_text(tmp_path, rulebook, cell):
    sheets(tmp_path / "a.xlsx", cell)
    assert {kind for _, kind in found(tmp_path, rulebook)} & {"NIK atau nomor KK", "NIK 15 angka"}


def _with_part(path, name: str, text: str) -> None:
    import zipfile

    with zipfile.ZipFile(path, "a") as package:
        package.writestr(name, text)


def open_document(path, body="Laporan", creator="", note="") -> None:
    from odf.dc import Creator
    from odf.office import Annotation
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    document.meta.addElement(Creator(text=creator))
    table, row, cell = Table(name="Data"), TableRow(), TableCell()
    cell.addElement(P(text=body))
    remark = Annotation()
    remark.addElement(P(text=note))
    cell.addElement(remark)
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(path)


def headed(path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Laporan")
    document.sections[0].header.paragraphs[0].text = "Arsip Asep Suryana"
    document.save(path)


def remarked(path) -> None:
    import docx

    document = docx.Document()
    run = document.add_paragraph().add_run("Laporan")
    document.add_comment(run, text="tanyakan Asep Suryana", author="Analis")
    document.save(path)


def custom(path) -> None:
    word(path)
    _with_part(
        path,
        "docProps/custom.xml",
        "<Properties><property><vt:lpwstr>Asep Suryana</vt:lpwstr></property></Properties>",
    )


def pictured(path) -> None:
    """A picture whose pixels stand beside the file, as the forms have it, but not its text."""
    import docx
    from docx.shared import Cm
    from PIL import Image, PngImagePlugin

    told = PngImagePlugin.PngInfo()
    told.add_itxt("Description", "Asep Suryana", zip=True)
    picture = path.parent / "gambar.png"
    Image.new("RGB", (4, 4)).save(picture, pnginfo=told)
    picture.with_suffix(".svg").write_text("<svg><text>Laporan</text></svg>", encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("Laporan")
    document.add_picture(str(picture), width=Cm(2))
    document.save(path)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("sel.ods", lambda path: open_document(path, "Asep Suryana")),
        ("pembuat.ods", lambda path: open_document(path, creator="Asep Suryana")),
        ("komentar.ods", lambda path: open_document(path, note="Asep Suryana")),
        ("kepala.docx", headed),
        ("komentar.docx", remarked),
        ("sifat.docx", custom),
        ("kepala.xlsx", lambda path: sheets(path, header="&LAsep Suryana")),
        ("sifat.xlsx", lambda path: sheets(path, own="Asep Suryana")),
    ],
)
def test_comments_headers_and_own_properties_of_office_files_are_read(
    tmp_path, rulebook, name, make
):
    make(tmp_path / name)
    assert (name, "nama") in found(tmp_path, rulebook)


def test_what_a_picture_says_beside_its_pixels_is_read_packed_or_not(tmp_path, rulebook):
    pictured(tmp_path / "a.docx")
    assert {kind for _, kind in found(tmp_path, rulebook)} == {"nama"}


@pytest.mark.parametrize("kind", ["exif", "xmp"])
def test_camera_notes_and_xmp_of_a_picture_are_read(tmp_path, rulebook, kind):
    from PIL import Image, PngImagePlugin

    picture, told, exif = Image.new("RGB", (4, 4)), PngImagePlugin.PngInfo(), Image.Exif()
    if kind == "exif":
        exif[0x9C9D] = "Asep Suryana".encode("utf-16-le")  # XPAuthor
    else:
        told.add_itxt(
            "XML:com.adobe.xmp", "<x:xmpmeta><dc:creator>Asep Suryana</dc:creator></x:xmpmeta>"
        )
    picture.save(tmp_path / "a.png", pnginfo=told, exif=exif)
    (tmp_path / "a.svg").write_text("<svg><text>Laporan</text></svg>", encoding="utf-8")
    assert found(tmp_path, rulebook) == [("a.png", "nama")]


def test_a_pdf_with_an_attachment_or_a_name_in_its_xmp_is_stopped(tmp_path, rulebook):
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, StreamObject

    pdf(tmp_path, "Laporan")
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "a.pdf"))
    writer.add_attachment("daftar.txt", b"Asep Suryana")
    writer.write(tmp_path / "lampiran.pdf")
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "a.pdf"))
    told = StreamObject()
    told.set_data(
        b"<x:xmpmeta><rdf:Description><dc:creator>Asep Suryana</dc:creator></rdf:Description></x:xmpmeta>"
    )
    told[NameObject("/Type")], told[NameObject("/Subtype")] = (
        NameObject("/Metadata"),
        NameObject("/XML"),
    )
    writer.root_object[NameObject("/Metadata")] = writer._add_object(told)
    writer.write(tmp_path / "xmp.pdf")
    assert set(found(tmp_path, rulebook)) == {
        ("lampiran.pdf", "lampiran dalam PDF"),
        ("xmp.pdf", "nama"),
    }
