"""Page 3: where, who does what, options, next steps, quality of the data and status."""

from analysis.briefs import figures, narrative
from analysis.briefs.blocks import Block, Box, Break, Figure, Pair, Section, Signature, Steps, Table
from analysis.briefs.opened import Brief


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
        if not reach[p["jangkauan"]].startswith("tidak dapat")
    )
    columns = (("Pilihan", "l"), ("Biaya", "l"), ("Jangkauan", "l"), ("Kewenangan", "l"))
    return Table(
        "Tabel 7",
        f"{narrative.number_word(len(rows)).capitalize()} pilihan urutan kerja",
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
