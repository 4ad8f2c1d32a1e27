"""Page 2: programmes by desil, targeting by programme, verdicts, duplicates, 12 PAS."""

from analysis.briefs import figures, narrative
from analysis.briefs.blocks import Block, Break, Figure, Pair, Section, Table
from analysis.briefs.opened import Brief


def achievements(brief: Brief) -> list[Block]:
    """Page 2: 12 PAS, programmes by desil, targeting by programme, verdicts, duplicates."""
    blocks: list[Block] = [Break(), Section("Capaian dan kawal program")]
    if brief.cells.has("desil_program"):
        blocks.append(_by_desil(brief))
    if brief.cells.has("program"):
        blocks.append(_by_programme(brief))
    if brief.cells.has("putusan"):
        blocks.append(_verdicts(brief))
    sides = [_duplicates(brief)] if brief.cells.has("ganda") else []
    sides += [_pas12(brief)] if brief.cells.has("pas12") else []
    blocks += [Pair(*sides)] if len(sides) == 2 else sides
    return blocks


def _by_desil(brief: Brief) -> Figure:
    svg, alt = figures.programmes_by_desil(brief.cells, brief.words["gambar"])
    return Figure(
        "Gambar 1",
        narrative.desil_title(brief),
        f"Bagian keluarga terdaftar DTSEN menurut banyaknya program yang tercatat diterima, {brief.month}",
        svg,
        alt,
        f"Arsir: sel kurang dari {brief.cells.smallest} keluarga atau pelindungnya. "
        + brief.source("DTSEN dan daftar program"),
    )


def _by_programme(brief: Brief) -> Table:
    cells, rows = brief.cells, []
    for programme in _programmes(brief):
        unit = cells.cell("program", programme.kode, "penerima")["satuan"]
        aim = f"desil 1–{programme.desil_maks}" if programme.desil_maks else "menurut kebutuhan"
        rows.append(
            (
                f"{programme.singkatan} ({unit})",
                aim,
                *(_cell(cells, programme.kode, name) for name in _PROGRAMME_MEASURES),
            )
        )
    columns = (
        ("Program (satuan)", "l"), ("Sasaran", "l"), ("Penerima", "r"), ("Sasaran belum tercatat", "r"),
        ("Penerima di atas batas desil", "r"), ("Jumlah di atas batas", "r"), ("Manfaat tercatat", "r"),
    )  # fmt: skip
    note = (
        "Sasaran belum tercatat = bagian sasaran yang tidak tercatat (kesalahan eksklusi), termasuk karena syarat dan kuota. "
        "Di atas batas = bagian penerima berperingkat di atas batas desil (kesalahan inklusi terhadap peringkat, bukan kemiskinan). "
        + brief.source("DTSEN dan daftar program")
    )
    return Table("Tabel 2", "Jangkauan dan ketepatan menurut program", brief.words["tanpa_interval"], columns, tuple(rows), note,
                 (1.55, 1.15, 0.9, 1.05, 1.15, 1.05, 1.2))  # fmt: skip


_PROGRAMME_MEASURES = (
    "penerima",
    "exclusion_error",
    "inclusion_error",
    "di_atas_batas",
    "manfaat_rp",
)


def _cell(cells, programme: str, measure: str) -> str:
    text = cells.text("program", programme, measure)
    return "–" if text == "tidak dapat dihitung" else text


def _programmes(brief: Brief):
    """Programmes that were released, in the order of the rules, as they stood on the edition's date."""
    held = set(brief.cells.rows("program")["baris"])
    return [p for p in brief.rulebook.programmes if p.kode in held and p.in_force(brief.on)]


def _verdicts(brief: Brief) -> Table:
    cells, words = brief.cells, brief.words
    rows = []
    for verdict, text in reversed(list(words["putusan"].items())):
        decided = [
            words["kewenangan"][who]
            for who in words["kewenangan"]
            if cells.text("putusan", verdict, "keluarga", who) not in ("0", "tidak dapat dihitung")
        ]
        families = cells.text("putusan", verdict, "keluarga", "semua")
        money = cells.text("putusan", verdict, "manfaat_telaah_rp", "semua")
        nothing = verdict == "komplementer" or families == "0"
        rows.append((text, families, "–" if nothing else money, "; ".join(decided) or "–"))
    columns = (
        ("Gabungan program dalam satu keluarga", "l"),
        ("Keluarga", "r"),
        ("Nilai yang perlu ditelaah", "r"),
        ("Siapa memutuskan", "l"),
    )
    note = (
        "Menerima lebih dari satu program umumnya sah. “Belum diatur” berarti tidak ditemukan aturan; bukan izin dan bukan larangan. "
        f"•: dilindungi karena sel lain kurang dari {cells.smallest}. "
        + brief.source("daftar program dan aturan bertanggal")
    )
    if brief.synthetic:
        note += " Sebagian aturan kota contoh fiktif."
    return Table(
        "Tabel 3",
        "Gabungan program menurut aturan yang berlaku",
        f"Aturan per {brief.day}",
        columns,
        tuple(rows),
        note,
        (2.3, 0.8, 1.3, 1.9),
    )


def _duplicates(brief: Brief) -> Table:
    cells, kinds = (
        brief.cells,
        {"orang_sama": "Orang yang sama", "keluarga_sama": "Keluarga yang sama"},
    )
    rows = [
        (f"{programme.singkatan}: {label.lower()}", cells.text("ganda", programme.kode, "kasus", kind),
         cells.text("ganda", programme.kode, "manfaat_lebih_rp", kind))
        for programme in _programmes(brief)
        for kind, label in kinds.items()
        if cells.text("ganda", programme.kode, "kasus", kind) not in ("0", "tidak dapat dihitung")
    ]  # fmt: skip
    columns = (("Tercatat lebih dari sekali", "l"), ("Kasus", "r"), ("Perlu ditelaah", "r"))
    return Table(
        "Tabel 4",
        "Terindikasi ganda dalam satu daftar",
        "Perlu diverifikasi",
        columns,
        tuple(rows),
        "",
        (1.9, 0.7, 1.1),
    )


def _pas12(brief: Brief) -> Table:
    cells = brief.cells
    labels = {
        "orang": "Orang menerima", "kelurahan": "Kelurahan dikunjungi", "kelurahan_belum": "Kelurahan belum dikunjungi",
        "orang_registri": "Ditemukan dalam DTSEN", "orang_desil12": "Dari keluarga desil 1–2", "dua_kali": "Terindikasi dua kali",
    }  # fmt: skip
    rows = [(label, cells.text("pas12", "ringkas", name)) for name, label in labels.items()]
    rows = [row for row in rows if row[1] != "tidak dapat dihitung"]
    funds = [
        c for c in cells.rows("pas12").itertuples() if c.baris == "dana" and c.ukuran == "rupiah"
    ]
    names = {
        "zakat": "zakat (Baznas)",
        "lainnya": "mitra",
        "apbd_kota": "APBD Kota",
        "tanpa": "sumber tidak disebut",
    }
    rows += [(f"Dana {names.get(c.kolom, c.kolom)}", cells.shown(c._asdict())) for c in funds]
    columns = (("12 PAS, dari baris bertanggal", "l"), ("Jumlah", "r"))
    return Table(
        "Tabel 5",
        "12 PAS sampai tanggal edisi",
        "Dipilih menurut kebutuhan, tidak dinilai dengan desil",
        columns,
        tuple(rows),
        "",
        (2.2, 1),
    )
