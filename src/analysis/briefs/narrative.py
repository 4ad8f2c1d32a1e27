"""Every sentence with a number: filled from cells, in variants that follow the data.

A sentence whose cell may not be shown is not written; none claims a difference the cells do not show.
"""

from analysis.briefs.opened import Brief
from analysis.notation import number, percent, plain_date


def headline(brief: Brief) -> str:
    """The finding of page 1, in natural frequencies."""
    share = brief.cells.value("utama", "desil_prioritas", "bagian_tanpa_program")
    requests = number_word(len(brief.rulebook.briefs["permohonan"]))
    if share is None:
        return f"{requests.capitalize()} dukungan Provinsi mempercepat bantuan tepat sasaran"
    of_hundred = number(share * 100)
    return (
        f"{of_hundred} dari 100 keluarga desil 1–2 belum tercatat menerima program; "
        f"{requests} dukungan Provinsi mempercepatnya"
    )


def lead(brief: Brief) -> str:
    """At most 50 words, opening with the achievement."""
    cells, parts = brief.cells, []
    people = cells.value("utama", "pas12", "orang")
    if people is not None:
        areas = cells.text("utama", "pas12", "kelurahan")
        parts.append(
            f"12 PAS telah menjangkau {cells.text('utama', 'pas12', 'orang')} orang di {areas} dari "
            f"{len(brief.rulebook.kelurahan())} kelurahan."
        )
    received = _covered(brief)
    if received:
        parts.append(received)
    if cells.value("utama", "telaah", "keluarga") is not None:
        parts.append(
            f"{cells.text('utama', 'telaah', 'keluarga')} keluarga terindikasi – perlu diverifikasi; "
            "indikasi bukan putusan."
        )
    return " ".join(parts)


def _covered(brief: Brief) -> str:
    """The complement of the headline: families of desil 1–2 that are on a list."""
    cell = brief.cells.cell("utama", "desil_prioritas", "bagian_tanpa_program")
    if cell is None or cell["status"] != "terbit":
        return ""
    covered = cell["penyebut"] - cell["pembilang"]
    lists = brief.cells.text("utama", "daftar", "program")
    which = f"sedikitnya satu dari {lists} program" if lists != "1" else "satu-satunya program"
    return (
        f"Dari {number(cell['penyebut'])} keluarga desil 1–2 (DTSEN), {number(covered)} tercatat menerima "
        f"{which} yang dipadankan."
    )


def key_figures(brief: Brief) -> tuple[tuple[str, str, str], ...]:
    """Three numbers of page 1: (value, label, note)."""
    cells, items = brief.cells, []
    pas = cells.cell("utama", "pas12", "orang")
    if pas is not None:
        day = plain_date(pas["tanggal"]) if pas["tanggal"] is not None else brief.day
        areas = f"{cells.text('utama', 'pas12', 'kelurahan')} dari {len(brief.rulebook.kelurahan())} kelurahan"
        items.append((cells.shown(pas), "orang menerima 12 PAS", f"{areas}; tercatat sampai {day}"))
    if cells.cell("utama", "desil_prioritas", "tanpa_program") is not None:
        share = cells.text("utama", "desil_prioritas", "bagian_tanpa_program")
        lists = cells.text("utama", "daftar", "program")
        items.append(
            (
                cells.text("utama", "desil_prioritas", "tanpa_program"),
                "keluarga desil 1–2 belum tercatat",
                f"{share} keluarga desil 1–2, pada {lists} daftar yang dipadankan ({brief.words['tanpa_interval']})",
            )
        )
    money = cells.text("utama", "telaah", "rupiah")
    items.append(
        (
            cells.text("utama", "telaah", "keluarga"),
            "keluarga perlu diverifikasi",
            f"nilai yang perlu ditelaah {money}; indikasi, bukan putusan",
        )
    )
    return tuple(items)


def desil_title(brief: Brief) -> str:
    """What the figure shows: compare desil 1 with desil 10 only where both can be shown."""
    low, high = (_share_without(brief, desil) for desil in ("1", "5"))
    if low is None or high is None:
        return "Banyaknya program yang tercatat diterima, menurut desil"
    if low < high:
        return f"{percent(low, 0)} keluarga desil 1 belum tercatat pada satu daftar pun, pada desil 5 {percent(high, 0)}"
    return f"Desil 1 tidak lebih terjangkau daripada desil 5: {percent(low, 0)} dan {percent(high, 0)} belum tercatat"


def _share_without(brief: Brief, desil: str) -> float | None:
    none = brief.cells.value("desil_program", desil, "keluarga", "0")
    total = brief.cells.value("desil_program", desil, "keluarga", "jumlah")
    return None if none is None or not total else none / total


def positions(brief: Brief) -> dict[str, int]:
    """How many kelurahan lie above, level with and below the city."""
    found = dict.fromkeys(("di_atas", "setara", "di_bawah"), 0)
    for area in brief.rulebook.kelurahan():
        cell = brief.cells.cell(
            "kelurahan", "desil_prioritas", "bagian_tanpa_program", area=area.kode
        )
        if cell is not None and cell["status"] == "terbit" and cell["teks"] in found:
            found[cell["teks"]] += 1
    return found


def map_title(brief: Brief) -> str:
    """Counts of kelurahan by position; never a rank."""
    found = positions(brief)
    hidden = len(brief.rulebook.kelurahan()) - sum(found.values())
    unseen = f", {hidden} tidak ditampilkan" if hidden else ""
    if not found["di_atas"] and not hidden:
        return "Tidak ada kelurahan yang bagiannya di atas kota"
    return f"{found['di_atas']} kelurahan di atas kota, {found['setara']} setara, {found['di_bawah']} di bawah{unseen}"


def rows_sentence(brief: Brief) -> str:
    """Rows read = rows kept + rows set aside, summed over the files."""
    table = brief.cells.rows("mutu")
    sums = table[table["status"] == "terbit"].groupby("ukuran")["nilai"].sum()
    read, kept, aside = (
        sums.get(f"baris_{name}") for name in ("dibaca", "disimpan", "dikeluarkan")
    )
    if read is None or read != kept + aside:
        return ""
    return (
        f"{number(read)} baris dibaca dari {table['baris'].nunique()} sumber = {number(kept)} catatan + {number(aside)} baris "
        "bukan penerima (judul, kepala tabel, jumlah, tanda tangan); tidak ada baris yang hilang."
    )


_WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def number_word(count: int) -> str:
    """Small numbers written out, as in running text.

    >>> number_word(3)
    'tiga'
    """
    return _WORDS[count] if count < len(_WORDS) else number(count)
