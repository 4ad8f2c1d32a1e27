"""Page 1: the finding, three numbers, what is asked of the province, official figures apart."""

from analysis.briefs import narrative
from analysis.briefs.blocks import Block, Box, Figures, Headline, Section, Table
from analysis.briefs.opened import Brief
from analysis.notation import number, plain_date, rupiah
from analysis.policy import Statistic


def decision(brief: Brief) -> list[Block]:
    """Page 1: finding, lead, three numbers, what is asked of the province."""
    return [
        Headline(narrative.headline(brief), narrative.lead(brief)),
        Figures(narrative.key_figures(brief)),
        Section("Dukungan yang dimohon kepada Pemerintah Provinsi"),
        _requests(brief),
        *_official(brief),
        _how_to_read(brief),
    ]


def _requests(brief: Brief) -> Table:
    rows = tuple(
        (r["isi"], _amount(brief, r["jumlah"]), r["dasar"], r["satuan"], r["waktu"], r["kota"])
        for r in brief.rulebook.briefs["permohonan"]
    )
    columns = (
        ("Permohonan", "l"), ("Jumlah", "l"), ("Dasar kewenangan", "l"), ("Satuan", "l"), ("Waktu", "l"),
        ("Yang disiapkan Kota", "l"),
    )  # fmt: skip
    note = "Kota mengusulkan dan memverifikasi; penetapan mengikuti kewenangan masing-masing."
    return Table(
        "Tabel 1",
        "Tiga permohonan, dasar, dan kesiapan Kota",
        "",
        columns,
        rows,
        note,
        (2.5, 1.1, 2, 0.85, 1, 2),
    )


def _amount(brief: Brief, word: str) -> str:
    if word != "kelurahan_di_atas":
        return word
    count = narrative.positions(brief)["di_atas"]
    return f"{count} calon" if count else "ditetapkan bersama"


def _official(brief: Brief) -> list[Block]:
    """Real official figures in a box of their own, each with its date and source."""
    if not brief.cells.has("statistik"):
        return []
    known = {s.kode: s for s in brief.rulebook.statistics}
    rows = []
    for cell in brief.cells.rows("statistik").itertuples():
        fact = known[cell.baris]
        value = _with_unit(cell.nilai, fact)
        rows.append((fact.label, value, f"({plain_date(fact.tanggal)}; {fact.sumber})"))
    text = "Angka nyata dari penerbitnya, terpisah dari hasil padanan di halaman ini; angka kemiskinan BPS dan desil DTSEN adalah ukuran yang berbeda."
    return [Box("Angka resmi sebagai pembanding", (text,), "resmi", tuple(rows))]


def _with_unit(value: float, fact: Statistic) -> str:
    """Rp678.258 per orang sebulan, 7,20 persen, 24.100 jiwa."""
    if fact.satuan.startswith("rupiah"):
        return rupiah(value) + fact.satuan.removeprefix("rupiah")
    return f"{number(value, fact.desimal)} {fact.satuan}"


def _how_to_read(brief: Brief) -> Box:
    lists = brief.cells.text("utama", "daftar", "program")
    text = (
        f"“Belum tercatat” berarti belum tercatat menerima pada {lists} daftar yang dipadankan; keluarga itu dapat "
        "menerima program lain. Desil dari DTSEN adalah peringkat, bukan garis kemiskinan. Angka adalah "
        f"{brief.words['tanpa_interval']}. Setiap indikasi diverifikasi di lapangan sebelum ditindaklanjuti."
    )
    return Box("Cara membaca", (text,))
