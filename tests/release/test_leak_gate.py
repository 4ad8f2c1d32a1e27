"""Every kind of leak is found in pages and texts, and an honest report passes."""

import base64
import json

import pytest
import typst
from leaks import HONEST, NAMES, NIK, PLANTED, found, page, pdf

from analysis.release import leak_gate


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


@pytest.mark.parametrize(
    "text", ["dibuat oleh pengguna: asep_s", "user=asep_s", "asep_s@LAPTOP-01"]
)
def test_a_user_of_this_machine_is_told_nowhere(tmp_path, rulebook, monkeypatch, text):
    monkeypatch.setattr("getpass.getuser", lambda: "asep_s")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert found(tmp_path, rulebook) == [("a.txt", "nama pengguna komputer")]
