"""The sections of the audiensi brief (readers.md §8); a section without its table is no section."""

from analysis.briefs import figures, narrative
from analysis.briefs.blocks import (
    Block,
    Box,
    Break,
    Figure,
    Figures,
    Headline,
    Pair,
    Section,
    Signature,
    Steps,
    Table,
)
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


def collaboration(brief: Brief) -> list[Block]:
    """Page 3: where, who does what, options, next steps, quality and status."""
    rules = brief.rulebook.briefs
    columns = (
        ("Kebutuhan", "l"),
        ("Kota", "l"),
        ("Provinsi", "l"),
        ("Pusat", "l"),
        ("Langkah", "l"),
    )
    matrix = tuple(
        (k["kebutuhan"], k["kota"], k["provinsi"], k["pusat"], k["langkah"])
        for k in rules["kolaborasi"]
    )
    steps = tuple((f"{t['apa']}.", f"{t['siapa']}; {t['kapan']}.") for t in rules["tindak_lanjut"])
    blocks: list[Block] = [Break(), Section("Kolaborasi Kota dan Provinsi")]
    blocks.append(Table("Tabel 6", "Enam kebutuhan: siapa mengerjakan apa", "", columns, matrix,
                        "Pembagian di dalam dan di luar panti: PP 2/2018 pasal 10 ayat (2) dan (3).", (1.5, 1.3, 1.3, 1.3, 1.2)))  # fmt: skip
    if brief.cells.has("kelurahan"):
        blocks.append(Pair(_map(brief), _options(brief)))
    else:
        blocks.append(_options(brief))
    blocks += [Section("Tindak lanjut"), Steps(steps), _quality(brief), _status(brief)]
    return blocks


def _map(brief: Brief) -> Figure:
    svg, alt = figures.tile_map(brief.cells, brief.rulebook, brief.words["gambar"])
    share = brief.cells.text("utama", "desil_prioritas", "bagian_tanpa_program")
    return Figure(
        "Gambar 2",
        narrative.map_title(brief),
        f"Keluarga desil 1–2 belum tercatat, % per kelurahan; kota {share}",
        svg,
        alt,
        "Satu petak satu kelurahan; letak mendekati peta. Kelurahan tidak diperingkat. •: tidak dapat ditampilkan.",
    )


def _options(brief: Brief) -> Table:
    cells = brief.cells
    reach = {
        "tanpa_program": f"{cells.text('utama', 'desil_prioritas', 'tanpa_program')} keluarga",
        "telaah": f"{cells.text('utama', 'telaah', 'keluarga')} keluarga",
        "pas12": f"{cells.text('pas12', 'ringkas', 'kelurahan_belum')} kelurahan",
    }
    rows = tuple(
        (p["isi"], p["biaya"], reach[p["jangkauan"]], p["kewenangan"])
        for p in brief.rulebook.briefs["pilihan"]
    )
    columns = (("Pilihan", "l"), ("Biaya", "l"), ("Jangkauan", "l"), ("Kewenangan", "l"))
    return Table(
        "Tabel 7",
        "Tiga pilihan urutan kerja",
        "Dapat dijalankan bersama",
        columns,
        rows,
        "",
        (1.3, 1.3, 1, 1.2),
    )


def _quality(brief: Brief) -> Box:
    sentences = [
        narrative.rows_sentence(brief),
        f"Data {brief.month}; aturan dan angka resmi yang diketahui sampai {brief.day}.",
        "Orang dan keluarga dipadankan menurut NIK disertai nama atau tanggal lahir, nomor KK, dan alamat.",
        "Indikasi, bukan putusan. Tidak ada nama, NIK, nomor KK, tanggal lahir, atau alamat dalam naskah ini; "
        f"sel kurang dari {brief.cells.smallest} tidak ditampilkan.",
    ]
    return Box("Mutu data dan pelindungan", (" ".join(text for text in sentences if text),))


def _status(brief: Brief) -> Signature:
    return Signature(
        (
            f"Status: {brief.status} · Edisi {brief.number} · {brief.day} · Belum disetujui",
            "Disetujui oleh: ______________________   Jabatan: ______________________   Tanggal: ______________",
        )
    )
