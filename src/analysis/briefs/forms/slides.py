"""Slides for the audience: seven, editable, with native tables and a native chart; the finding is each slide's title."""

from pathlib import Path

from pptx import Presentation
from pptx.util import Cm

from analysis.briefs.forms.deck import (
    BASE,
    SOFT,
    frame,
    put_note,
    put_table,
    put_text,
    put_title,
    seal_charts,
)
from analysis.briefs.forms.facts import headline, key_figures, lead, mark, official
from analysis.briefs.forms.sealing import seal, write_sealed
from analysis.briefs.forms.slide_findings import areas, by_desil, verdicts
from analysis.briefs.opened import Brief
from analysis.notation import number_word, sentence

_WIDTH, _HEIGHT = Cm(33.87), Cm(19.05)


def write_slides(brief: Brief, target: Path) -> Path:
    """Cover, figures, by desil, verdicts, map in words, requests, follow-up."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    makers = (_cover, _figures, by_desil, verdicts, areas, _requests, _follow_up)
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


def _requests(slide, brief: Brief) -> None:
    asked = brief.entries("permohonan")
    put_title(
        slide,
        f"{sentence(number_word(len(asked)))} dukungan yang dimohon kepada Provinsi",
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
    put_note(
        slide,
        15.8,
        1.8,
        "Tidak ada nama, NIK, nomor KK, tanggal lahir, atau alamat dalam paparan ini.",
    )
