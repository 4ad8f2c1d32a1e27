"""Every kind of leak is found in every kind of file, and an honest report passes."""

import base64
import json

import pandas as pd
import pytest
import typst

from analysis.release import leak_gate

NAMES = pd.DataFrame(
    [
        ("nama", "ASEP SURYANA"), ("nama", "SITI NURJANAH BINTI MAMUN"), ("nama", "KARTINI"),
        ("nama", "GUNUNG PUYUH"), ("nama", "JULI"), ("alamat", "JL PELABUHAN II NO 17"), ("alamat", "CIKOLE"),
    ],
    columns=["jenis", "teks"],
)  # fmt: skip
NIK = "3272014512809001"
LEAKS = {
    "NIK atau nomor KK": [
        f"NIK {NIK}.",
        "3272 0145 1280 9001",
        "327201-451280-9001",
        "32.72.01.451280.9001",
    ],
    "NIK 15 angka": [f"kode {NIK[:15]}"],
    "NIK disamarkan": ["3272********0001"],
    "nama": ["Bapak Asep  Suryana, RT 01", "siti nurjanah binti ma'mun", "KARTINI"],
    "alamat": ["Jl. Pelabuhan II No. 17"],
    "tanggal lahir": ["Kartini (12-05-1980)", "lahir 5 Mei 1980 Kartini"],
}
PLANTED = [(kind, text) for kind, texts in LEAKS.items() for text in texts]
HONEST = """Kelurahan Gunung Puyuh dan Cikole, Juli 2025: 1.234.567 jiwa, Rp6.930.000.000.000, 37,4% (35,1–39,8).
Senin, 15 Desember 2025. Wilayah 32.72.02.1001. Seri 2.017 2.018 2.019 2.020 2.021. Kartu keluarga. 0,374219"""


def found(folder, rulebook) -> list[tuple[str, str]]:
    return [(leak.file, leak.kind) for leak in leak_gate.inspect(folder, NAMES, rulebook)]


def page(body: str) -> str:
    return f"<!doctype html><html lang='id'><body>{body}</body></html>"


def pdf(folder, text: str, name: str = "a.pdf", size: str = "12cm") -> None:
    source = folder / "a.typ"
    body = text if "#image" in text else text.replace("*", "\\*").replace("#", "\\#")
    source.write_text(f"#set page(width: {size})\n{body}\n", encoding="utf-8")
    typst.compile(source, output=folder / name)
    source.unlink()


@pytest.mark.parametrize(("kind", "text"), PLANTED)
def test_a_leak_in_html_is_found(tmp_path, rulebook, kind, text):
    (tmp_path / "a.html").write_text(
        page(f"<p>Laporan</p><table><tr><td>{text}</td></tr></table>"), encoding="utf-8"
    )
    assert ("a.html", kind) in found(tmp_path, rulebook)


@pytest.mark.parametrize(("kind", "text"), PLANTED)
def test_a_leak_in_pdf_is_found(tmp_path, rulebook, kind, text):
    pdf(tmp_path, f"Laporan\n\n{text}\n\nSelesai")
    assert ("a.pdf", kind) in found(tmp_path, rulebook)


@pytest.mark.parametrize(
    "body",
    [
        "<p title='{}'>x</p>", "<!-- {} -->", "<script>var data = {{\"a\": \"{}\"}}</script>", "<svg><text>{}</text></svg>",
        "<img alt='{}' src=''>", "<svg><desc>{}</desc></svg>", "<p data-asal='{}'>x</p>", "<style>/* {} */</style>",
    ],
)  # fmt: skip
def test_html_hides_nothing_in_attributes_comments_scripts_or_drawings(tmp_path, rulebook, body):
    (tmp_path / "a.html").write_text(page(body.format(f"Asep Suryana {NIK}")), encoding="utf-8")
    assert {kind for _, kind in found(tmp_path, rulebook)} == {"nama", "NIK atau nomor KK"}


def test_a_name_cut_by_tags_entities_or_escapes_is_still_a_name(tmp_path, rulebook):
    for number, body in enumerate((
        "<b>Asep</b> <i>Suryana</i>", "Asep&nbsp;Suryana", "A&#115;ep Suryana",
        '<script>{"n": "\\u0041sep Suryana"}</script>', "<text>Asep</text><text>Suryana</text>",
    )):  # fmt: skip
        (tmp_path / f"{number}.html").write_text(page(body), encoding="utf-8")
    assert len(found(tmp_path, rulebook)) == 5


def test_a_name_cut_by_a_line_of_a_pdf_is_still_a_name(tmp_path, rulebook):
    pdf(tmp_path, "Keluarga yang perlu diverifikasi ialah Asep Suryana", size="6.2cm")
    assert ("a.pdf", "nama") in found(tmp_path, rulebook)


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.svg", "a.txt", "a.md"])
def test_every_other_text_file_is_read_too(tmp_path, rulebook, name):
    text = {
        "a.csv": f"nama;nik\nAsep Suryana;{NIK}\n",
        "a.json": json.dumps({"Asep Suryana": [int(NIK)]}),
        "a.svg": f"<svg><text>Asep Suryana</text><title>{NIK}</title></svg>",
    }.get(name, f"Asep Suryana\n{NIK}\n")
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert set(found(tmp_path, rulebook)) == {(name, "nama"), (name, "NIK atau nomor KK")}


def test_an_embedded_drawing_is_opened(tmp_path, rulebook):
    drawing = base64.b64encode(b"<svg><text>Asep Suryana</text></svg>").decode()
    (tmp_path / "a.html").write_text(
        page(f"<img src='data:image/svg+xml;base64,{drawing}'>"), encoding="utf-8"
    )
    assert found(tmp_path, rulebook) == [("a.html", "nama")]


def test_pdf_metadata_is_read(tmp_path, rulebook):
    source = tmp_path / "a.typ"
    source.write_text('#set document(title: "Asep Suryana")\nLaporan', encoding="utf-8")
    typst.compile(source, output=tmp_path / "a.pdf")
    source.unlink()
    assert found(tmp_path, rulebook) == [("a.pdf", "nama")]


@pytest.mark.parametrize("name", ["a.xls", "a.png", "a.rar", "tanpa_akhiran", "a.parquet"])
def test_a_file_type_the_gate_cannot_read_stops_the_report(tmp_path, rulebook, name):
    (tmp_path / name).write_bytes(b"apa saja")
    assert found(tmp_path, rulebook) == [(name, "jenis berkas yang tidak dapat diperiksa")]


def test_a_broken_pdf_a_picture_of_pixels_and_bad_encoding_stop_the_report(tmp_path, rulebook):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 rusak")
    (tmp_path / "b.html").write_text(
        page("<img src='data:image/png;base64,iVBORw0KGgo='>"), encoding="utf-8"
    )
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe\x00Asep")
    (tmp_path / "d.json").write_text("{", encoding="utf-8")
    assert len(found(tmp_path, rulebook)) == 4


@pytest.mark.parametrize("make", ["html", "pdf", "txt"])
def test_figures_areas_months_and_codes_are_no_leak(tmp_path, rulebook, make):
    if make == "pdf":
        pdf(tmp_path, HONEST)
    else:
        body = (
            page(f"<p>{HONEST}</p><td>Juli</td><path d='M10.123456 3272014512809001'/>")
            if make == "html"
            else HONEST
        )
        (tmp_path / f"a.{make}").write_text(body, encoding="utf-8")
    assert found(tmp_path, rulebook) == []


def test_a_leak_says_where_and_how_often_and_never_what(tmp_path, rulebook):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.txt").write_text(
        f"satu\nAsep Suryana\n{NIK}\nASEP SURYANA\n", encoding="utf-8"
    )
    leaks = leak_gate.inspect(tmp_path, NAMES, rulebook)
    assert [(leak.file, leak.kind, leak.count, leak.place) for leak in leaks] == [
        ("b/a.txt", "NIK atau nomor KK", 1, "baris 3"),
        ("b/a.txt", "nama", 2, "baris 2"),
    ]
    assert not any(word in repr(leaks).upper() for word in ("ASEP", "SURYANA", NIK))


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


@pytest.mark.parametrize(
    "name", ["Asep_Suryana.txt", "Asep Suryana/a.txt", "laporan-asep-suryana.svg"]
)
def test_a_file_name_that_tells_is_found_and_not_repeated(tmp_path, rulebook, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("<svg/>", encoding="utf-8")
    leaks = leak_gate.inspect(tmp_path, NAMES, rulebook)
    assert [leak.kind for leak in leaks] == ["nama"]
    assert "suryana" not in repr(leaks).lower()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tertulis 12-05-1980 di kartu", "tanggal lahir"),
        ("tgl 5 Mei 1980", "tanggal lahir"),
        ("1980/05/12", "tanggal lahir"),
        ("lihat C:\\Users\\asep\\daftar.xlsx", "jalur folder komputer"),
        ("lihat /home/asep/daftar.xlsx", "jalur folder komputer"),
        ("file:///daftar", "jalur folder komputer"),
        ("As\u00adep Sur\u200byana", "nama"),
        (
            "\uff13\uff12\uff17\uff12\uff10\uff11\uff14\uff15\uff11\uff12\uff18\uff10\uff19\uff10\uff10\uff11",
            "NIK atau nomor KK",
        ),
    ],
)
def test_birth_dates_paths_and_disguises(tmp_path, rulebook, text, kind):
    (tmp_path / "a.html").write_text(page(f"<p>{text}</p>"), encoding="utf-8")
    assert found(tmp_path, rulebook) == [("a.html", kind)]


def test_a_declared_date_is_no_birth_date(tmp_path, rulebook):
    from datetime import date

    (tmp_path / "a.txt").write_text("Keputusan 12-05-1980", encoding="utf-8")
    assert leak_gate.inspect(tmp_path, NAMES, rulebook, [date(1980, 5, 12)]) == []


def test_a_notebook_is_read_cell_by_cell_and_may_hold_no_pixels(tmp_path, rulebook):
    cell = {"cell_type": "markdown", "source": ["Bapak Asep ", "Suryana"]}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    output = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}}
    (tmp_path / "b.ipynb").write_text(
        json.dumps({"cells": [{"outputs": [output]}]}), encoding="utf-8"
    )
    assert found(tmp_path, rulebook) == [
        ("b.ipynb", "gambar yang tidak dapat diperiksa"),
        ("a.ipynb", "nama"),
    ]


def test_a_picture_may_stand_beside_its_text_and_its_own_text_is_read(tmp_path, rulebook):
    from PIL import Image, PngImagePlugin

    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Asep Suryana")
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png", pnginfo=told)
    Image.new("RGB", (4, 4)).save(tmp_path / "b.png")
    for name in "ab":
        (tmp_path / f"{name}.svg").write_text("<svg><text>Laporan</text></svg>", encoding="utf-8")
    assert found(tmp_path, rulebook) == [("a.png", "nama")]


def test_a_label_of_a_drawing_in_a_pdf_is_read_whatever_sets_its_letters(tmp_path, rulebook):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="20">12 Asep Suryana</text></svg>'
    (tmp_path / "g.svg").write_text(svg, encoding="utf-8")
    pdf(tmp_path, 'Laporan\n\n#image("g.svg")')
    (tmp_path / "g.svg").unlink()
    assert found(tmp_path, rulebook) == [("a.pdf", "nama")]


def test_an_empty_list_of_names_still_guards_identifiers(tmp_path, rulebook):
    (tmp_path / "a.txt").write_text(NIK, encoding="utf-8")
    assert len(leak_gate.inspect(tmp_path, NAMES.head(0), rulebook)) == 1


def test_a_report_day_is_declared_by_the_run_and_still_no_excuse_beside_a_name(tmp_path, rulebook):
    from datetime import date

    from analysis.settings import Edition, Run

    days = leak_gate.report_days(Run("uji", "2019-02", Edition(date(2019, 3, 15))))
    assert days == {date(2019, 3, 15), date(2019, 2, 1), date(2019, 2, 28)}
    (tmp_path / "a.txt").write_text("Edisi 15 Maret 2019, data 28-02-2019", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Kartini, 15 Maret 2019", encoding="utf-8")
    (tmp_path / "c.txt").write_text("Lahir 16 Maret 2009", encoding="utf-8")
    leaks = leak_gate.inspect(tmp_path, NAMES, rulebook, days)
    assert [(leak.file, leak.kind) for leak in leaks] == [
        ("b.txt", "tanggal lahir"), ("c.txt", "tanggal lahir"),
    ]  # fmt: skip


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


@pytest.mark.parametrize(
    "text", ["dibuat oleh pengguna: asep_s", "user=asep_s", "asep_s@LAPTOP-01"]
)
def test_a_user_of_this_machine_is_told_nowhere(tmp_path, rulebook, monkeypatch, text):
    monkeypatch.setattr("getpass.getuser", lambda: "asep_s")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert found(tmp_path, rulebook) == [("a.txt", "nama pengguna komputer")]
