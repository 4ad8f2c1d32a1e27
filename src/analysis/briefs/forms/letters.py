"""Telaahan staf and nota dinas (.docx) in the forms of Indonesian offices (domain.md §7)."""

from pathlib import Path

from docx.shared import Pt

from analysis.briefs import narrative
from analysis.briefs.cited import bare
from analysis.briefs.forms.facts import edition_line, headline, key_figures, lead, mark
from analysis.briefs.forms.office_paper import head, numbered, paper, role, signed
from analysis.briefs.forms.sealing import seal, write_sealed
from analysis.briefs.opened import Brief
from analysis.notation import sentence


def write_letters(brief: Brief, folder: Path) -> list[Path]:
    """Both letters; their blanks (number, signature) stay for the office."""
    suffix = "_DATA-SINTETIS" if brief.synthetic else ""
    made = ((_telaahan, "telaahan_staf", "Telaahan staf"), (_nota, "nota_dinas", "Nota dinas"))
    written = []
    for write, stem, title in made:
        document = paper(brief)
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
    head(document, brief, "TELAAHAN STAF", [
        ("Kepada", f"{role(brief, 'kepala_daerah')} melalui Sekretaris Daerah"), ("Dari", role(brief, "kepala_dinas")),
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
        numbered(document, items)
    signed(document, brief, "kepala_dinas")


def _nota(document, brief: Brief) -> None:
    head(document, brief, "NOTA DINAS", [
        ("Kepada", role(brief, "kepala_dinas")), ("Dari", role(brief, "kepala_bidang")),
        ("Tembusan", role(brief, "sekretaris")), ("Tanggal", brief.day), ("Nomor", "…………………"), ("Sifat", "Segera"),
        ("Lampiran", "1 (satu) berkas"), ("Hal", "Bahan audiensi dengan Dinas Sosial Provinsi"),
    ])  # fmt: skip
    document.add_paragraph(
        f"Bersama ini disampaikan bahan audiensi ({edition_line(brief)}). {lead(brief)}"
    )
    document.add_paragraph("Pokok permohonan kepada Pemerintah Provinsi:")
    numbered(document, _requests(brief))
    document.add_paragraph(
        "Mohon arahan. Angka adalah indikasi, bukan putusan; nama hanya ada pada lembar kerja terbatas."
    )
    signed(document, brief, "kepala_bidang")
