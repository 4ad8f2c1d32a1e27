"""Who works with whom, letters, beds and nights, as publishable cells.

topic       baris        kolom                  ukuran                                     unit
kolaborasi  need code    –                      dibutuhkan, terlayani, celah, rangkap      as the need
kolaborasi  need code    kota, provinsi, pusat  program (teks: codes with their status)    daftar
permohonan  request code –                      jumlah (teks: what is counted)             as the request
permohonan  request code –                      jawaban (teks: answer code; tanggal)       tempat
buku        programme    sk, sp2d               keluarga | jiwa, rupiah (exact book totals) keluarga | jiwa
hunian      programme    –                      malam_tamu, malam_tempat, bagian           kasus, tempat, share
tempat      programme    status                 kapasitas, lokasi                          tempat
"""

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.release.disclosure import PUBLISHED, SMALL, UNDEFINED, Guarded, Key, is_small
from analysis.release.topics import Release

_UNITS = {"orang": "jiwa", "kelurahan": "kelurahan"}
# Counts that other topics already decided are taken over, so that one figure never reads in two ways.
_SAME = {
    ("belum_tercatat", "dibutuhkan"): ("utama", "desil_prioritas", "", "keluarga"),
    ("belum_tercatat", "celah"): ("utama", "desil_prioritas", "", "tanpa_program"),
    ("perlu_verifikasi", "dibutuhkan"): ("utama", "telaah", "", "keluarga"),
    ("terlantar", "dibutuhkan"): ("layanan", "rumah_singgah", "", "tamu"),
    ("sekolah", "dibutuhkan"): ("sekolah_rakyat", "layak", "", "layak"),
}


def release_shared_work(
    engine: Engine, rulebook: Rulebook, release: Release, present: set[str]
) -> None:
    """Release needs, programmes of each level, requests with their answers, nights and places."""
    if "out_needs" in present:
        _release_needs(engine, rulebook, release)
        _release_levels(engine, release)
        _release_requests(engine, release)
    if "out_ladder" in present:
        _release_books(engine, release)
    if "out_occupancy" in present:
        _release_nights(engine, release)
    if "out_places" in present:
        _release_places(engine, release)


def _release_needs(engine: Engine, rulebook: Rulebook, release: Release) -> None:
    units = {need.kode: need.satuan for need in rulebook.services.kebutuhan}
    for code, *counts in engine.rows(
        "SELECT kebutuhan, dibutuhkan, terlayani, celah, rangkap FROM out_needs ORDER BY urut"
    ):
        for measure, value in zip(
            ("dibutuhkan", "terlayani", "celah", "rangkap"), counts, strict=True
        ):
            key = ("kolaborasi", release.city, code, "", measure)
            told = _told(release, code, measure, units[code], value)
            release.count(
                key,
                units[code],
                told,
                teks=rulebook.services.kebutuhan[list(units).index(code)].dasar,
            )


def _told(release: Release, code: str, measure: str, unit: str, value: int | None) -> Guarded:
    same = _SAME.get((code, measure))
    if same and (known := release.notes.get((same[0], release.city, *same[1:]))):
        return known
    if value is None:
        return Guarded(None, UNDEFINED)
    return release.guarded(("kolaborasi", release.city, code, "", measure), unit, value)


def _release_levels(engine: Engine, release: Release) -> None:
    rows = engine.rows("""SELECT kebutuhan, pihak, count(*), string_agg(programme || ':' || status, ' ' ORDER BY programme)
        FROM out_collaboration GROUP BY ALL ORDER BY ALL""")
    for code, level, count, told in rows:
        release.plain(
            ("kolaborasi", release.city, code, level, "program"), "daftar", count, teks=told
        )


def _release_requests(engine: Engine, release: Release) -> None:
    rows = engine.rows(
        "SELECT permintaan, jumlah, satuan, jawaban, tgl_jawaban, jumlah_jawaban FROM out_requests ORDER BY urut"
    )
    for code, amount, counted, answer, day, granted in rows:
        asked: Key = ("permohonan", release.city, code, "", "jumlah")
        unit = _UNITS.get(counted, "daftar")
        if amount is None:
            release.undefined(asked, unit, teks=counted)
        else:
            release.plain(asked, unit, amount, teks=counted)
        if answer:
            told = (
                Guarded(None, UNDEFINED) if granted is None else Guarded(float(granted), PUBLISHED)
            )
            release.count((*asked[:4], "jawaban"), "tempat", told, teks=answer, tanggal=day)


def _release_books(engine: Engine, release: Release) -> None:
    """Totals of SK and SP2D equal the office's books to the rupiah; a handful of units is still hidden."""
    for programme, step, unit, count, rupiah in engine.rows("""SELECT programme, langkah, unit, n, manfaat_rp FROM out_ladder
            WHERE asal = 'surat' AND n IS NOT NULL ORDER BY programme, langkah"""):  # fmt: skip
        key: Key = ("buku", release.city, programme, step, unit)
        small = is_small(count, None, release.rule)
        told = (
            Guarded(None, SMALL, true=float(count))
            if small
            else Guarded(float(count), PUBLISHED, float(count), float(count))
        )
        release.count(key, unit, told)
        if rupiah is not None:
            release.amount((*key[:4], "rupiah"), float(rupiah), told, exact=True)


def _release_nights(engine: Engine, release: Release) -> None:
    """Guest-nights against bed-nights: a share of a long time tells of no guest."""
    rows = engine.rows("""SELECT programme, sum(menginap), CASE WHEN count(*) = count(kapasitas) THEN sum(kapasitas) END
        FROM out_occupancy GROUP BY programme ORDER BY programme""")
    for programme, nights, beds in rows:
        key: Key = ("hunian", release.city, programme, "", "malam_tamu")
        guests = release.guarded(key, "kasus", nights)
        release.count(key, "kasus", guests)
        if beds:
            whole = Guarded(float(beds), PUBLISHED, float(beds), float(beds))
            release.count((*key[:4], "malam_tempat"), "tempat", whole)
            release.share((*key[:4], "bagian"), guests, whole)


def _release_places(engine: Engine, release: Release) -> None:
    rows = engine.rows(
        """SELECT programme, status, count(*), sum(kapasitas) FROM out_places GROUP BY ALL ORDER BY ALL"""
    )
    for programme, status, count, beds in rows:
        release.plain(("tempat", release.city, programme, status, "lokasi"), "tempat", count)
        key = ("tempat", release.city, programme, status, "kapasitas")
        if beds is None:
            release.undefined(key, "tempat")
        else:
            release.plain(key, "tempat", beds)
