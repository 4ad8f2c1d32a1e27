"""Files that name no person: SK and SP2D totals → core_payments, places of service → core_places."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.areas import resolve_areas
from analysis.rosters.dates import read_dates
from analysis.settings import Run

UNREADABLE = "rekap_tak_terbaca"  # row kind of a book's row that lacks what its table needs
TABLES = ("core_payments", "core_places")
_PLAIN = "trim(regexp_replace(lower({0}), '[^a-z0-9]+', ' ', 'g'))"
_DIGITS = (
    "nullif(regexp_replace(regexp_replace({0}, '[.,][0-9]{{1,2}}$', ''), '[^0-9]', '', 'g'), '')"
)
_MONEY = f"try_cast({_DIGITS.format('d.manfaat_rp_t')} AS BIGINT)"


def build_books(engine: Engine, rulebook: Rulebook, run: Run) -> None:
    """Make core_payments and core_places from the rows of role 'rekap' and 'tempat' in `_fields`.

    A row without a known programme, step or number, or one that repeats another's, is set aside in
    `_fields` so that its owner is told: a total is never guessed.
    """
    engine.view("_books", "SELECT *, kode_wilayah_t AS kode_t FROM _fields WHERE jenis = 'data' AND peran IN ('rekap', 'tempat')")  # fmt: skip
    read_dates(engine, rulebook, "_books", "tgl_peristiwa_t", "_book_days", "2099-12-31")
    resolve_areas(engine, rulebook, "_books", "_book_areas")
    engine.register("_book_words", _words(rulebook))
    engine.table("core_payments", _PAYMENTS, period=run.period)
    engine.table("core_places", _PLACES)
    if engine.one("SELECT count(*) FROM _books"):
        kept = " UNION ALL ".join(f"SELECT berkas, lembar, baris FROM {table}" for table in TABLES)
        engine.run(
            f"""UPDATE _fields SET jenis = '{UNREADABLE}' WHERE jenis = 'data' AND peran IN ('rekap', 'tempat')
            AND (berkas, lembar, baris) NOT IN (SELECT (berkas, lembar, baris) FROM ({kept}))"""
        )
    engine.drop("_books", "_book_days", "_book_areas", "_book_words")


def _words(rulebook: Rulebook) -> pd.DataFrame:
    """Plain spelling → code of a programme, of a step of payment, of a place's state."""
    rows = [
        ("program", " ".join("".join(s if s.isalnum() else " " for s in text.lower()).split()), p.kode)
        for p in rulebook.programmes
        for text in (p.kode, p.nama, p.singkatan)
    ]  # fmt: skip
    rows += [
        (field, word, code)
        for field, spelled in rulebook.codes["buku"].items()
        for code, words in spelled.items()
        for word in words
    ]
    return pd.DataFrame(rows, columns=["medan", "teks", "kode"], dtype="str").drop_duplicates(["medan", "teks"])  # fmt: skip


def _code(field: str, column: str) -> str:
    return f"LEFT JOIN _book_words {field} ON {field}.medan = '{field}' AND {field}.teks = {_PLAIN.format('d.' + column)}"  # fmt: skip


_PAYMENTS = f"""
    SELECT program.kode AS programme, CAST($period AS VARCHAR) AS period, langkah.kode AS tahap, trim(d.nomor_t) AS nomor,
        b.tanggal, try_cast({_DIGITS.format("d.n_penerima_t")} AS INTEGER) AS n_penerima, {_MONEY} AS rupiah,
        d.berkas, d.lembar, d.baris
    FROM _books d LEFT JOIN _book_days b ON b.teks = d.tgl_peristiwa_t
    {_code("program", "program_teks_t")} {_code("langkah", "tahap_t")}
    WHERE d.peran = 'rekap' AND program.kode IS NOT NULL AND langkah.kode IS NOT NULL AND d.nomor_t IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY programme, langkah.kode, nomor ORDER BY d.berkas, d.lembar, d.baris) = 1"""
_PLACES = f"""
    SELECT program.kode AS programme, trim(d.nama_t) AS nama, coalesce(a.kode, 'luar') AS kode_wilayah,
        try_cast({_DIGITS.format("d.kapasitas_t")} AS INTEGER) AS kapasitas,
        coalesce(keadaan.kode, 'tidak_diketahui') AS status, b.tanggal, d.berkas, d.lembar, d.baris
    FROM _books d LEFT JOIN _book_days b ON b.teks = d.tgl_peristiwa_t
    LEFT JOIN _book_areas a ON a.kode_t IS NOT DISTINCT FROM d.kode_t AND a.kelurahan_t IS NOT DISTINCT FROM d.kelurahan_t
        AND a.kecamatan_t IS NOT DISTINCT FROM d.kecamatan_t AND a.kabupaten_t IS NOT DISTINCT FROM d.kabupaten_t
    {_code("program", "program_teks_t")} {_code("keadaan", "status_penyaluran_t")}
    WHERE d.peran = 'tempat' AND program.kode IS NOT NULL AND d.nama_t IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY programme, trim(d.nama_t), coalesce(a.kode, 'luar') ORDER BY d.berkas, d.lembar, d.baris) = 1"""
