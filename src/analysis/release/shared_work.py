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

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.release.disclosure import PUBLISHED, SMALL, UNDEFINED, Guarded, Key, is_small
from analysis.release.systems import System
from analysis.release.topics import Release, Statuses, Step

_UNITS = {"orang": "jiwa", "kelurahan": "kelurahan"}
_MEASURES = ("dibutuhkan", "terlayani", "celah", "rangkap")
# Counts of other topics that are the same people: one figure never reads in two ways.
_SAME = {
    ("belum_tercatat", "dibutuhkan"): [("utama", "desil_prioritas", "", "keluarga")],
    ("belum_tercatat", "celah"): [("utama", "desil_prioritas", "", "tanpa_program")],
    ("perlu_verifikasi", "dibutuhkan"): [("utama", "telaah", "", "keluarga")],
    ("terlantar", "dibutuhkan"): [("layanan", "rumah_singgah", "", "tamu")],
    ("sekolah", "dibutuhkan"): [("sekolah_rakyat", "layak", "", "layak")],
    ("sekolah", "terlayani"): [
        ("sekolah_rakyat", "layak", "", "diusulkan"), ("sekolah_rakyat", "diusulkan", "", "diterima"),
        ("program", "sekolah_rakyat", "", "penerima"),
    ],
}  # fmt: skip
_REQUESTED = {
    "panti_provinsi": [
        ("layanan_hasil", "rumah_singgah", "rujuk_panti_provinsi", "kedatangan"), ("kolaborasi", "terlantar", "", "celah"),
    ],
}  # fmt: skip


def release_shared_work(
    engine: Engine, rulebook: Rulebook, release: Release, present: set[str]
) -> Step:
    """Release needs, programmes of each level, requests with their answers, nights and places."""
    if "out_needs" in present:
        needs = engine.rows(
            "SELECT kebutuhan, dibutuhkan, terlayani, celah, rangkap FROM out_needs ORDER BY urut"
        )
        units = {need.kode: need.satuan for need in rulebook.services.kebutuhan}
        for code, *counts in needs:
            _announce_need(release, code, units[code], counts)
        requests = engine.rows(
            "SELECT permintaan, jumlah, satuan, jawaban, tgl_jawaban, jumlah_jawaban FROM out_requests ORDER BY urut"
        )
        for code, amount, counted, *_ in requests:
            _announce_request(release, code, amount, _UNITS.get(counted, "daftar"))
    books = _books(engine, release) if "out_ladder" in present else []
    _announce_books(release, books)
    status = yield
    if "out_needs" in present:
        _release_needs(rulebook, release, status, needs)
        _release_levels(engine, release)
        _release_requests(release, status, requests)
    _release_books(release, status, books)
    if "out_occupancy" in present:
        _release_nights(engine, release)
    if "out_places" in present:
        _release_places(engine, release)


def _announce_need(release: Release, code: str, unit: str, counts: list[int | None]) -> None:
    """What is served and what is not are the need; who is served twice is among the served."""
    held = dict(zip(_MEASURES, counts, strict=True))
    if held["dibutuhkan"] is None:
        return
    system = System(pd.DataFrame(_classes(held)))
    for measure, value in held.items():
        if value is not None:
            where = system.atoms[measure]
            key = ("kolaborasi", release.city, code, "", measure)
            system.count(key, unit, where)
            for topic, *rest in _SAME.get((code, measure), ()):
                system.same((topic, release.city, *rest), where)
    release.announce(system)


def _classes(held: dict[str, int | None]) -> list[dict]:
    """Disjoint classes of a need, with the measures each belongs to; measures that do not fit stand alone."""
    whole, served, left, twice = (held[measure] or 0 for measure in _MEASURES)
    if held["terlayani"] is None:
        served, left = whole, 0
    if served + left != whole or twice > served:
        return [{"n": n or 0} | {m: m == name for m in _MEASURES} for name, n in held.items()]
    parts = (
        ("rangkap", "terlayani", "dibutuhkan"),
        ("terlayani", "dibutuhkan"),
        ("celah", "dibutuhkan"),
    )
    return [
        {"n": n} | {measure: measure in part for measure in _MEASURES}
        for n, part in zip((twice, served - twice, left), parts, strict=True)
    ]


def _announce_request(release: Release, code: str, amount: int | None, unit: str) -> None:
    """What is asked for may be those counted elsewhere."""
    if amount is None:
        return
    system = System(pd.DataFrame({"n": [amount]}))
    everyone = system.atoms["n"] >= 0
    system.count(("permohonan", release.city, code, "", "jumlah"), unit, everyone)
    for topic, *rest in _REQUESTED.get(code, ()):
        system.same((topic, release.city, *rest), everyone)
    release.announce(system)


def _release_needs(
    rulebook: Rulebook, release: Release, status: Statuses, needs: list[tuple]
) -> None:
    known = {need.kode: need for need in rulebook.services.kebutuhan}
    for code, *counts in needs:
        for measure, value in zip(_MEASURES, counts, strict=True):
            key = ("kolaborasi", release.city, code, "", measure)
            told = Guarded(None, UNDEFINED) if value is None else status[key]
            release.count(key, known[code].satuan, told, teks=known[code].dasar)


def _release_levels(engine: Engine, release: Release) -> None:
    rows = engine.rows("""SELECT kebutuhan, pihak, count(*), string_agg(programme || ':' || status, ' ' ORDER BY programme)
        FROM out_collaboration GROUP BY ALL ORDER BY ALL""")
    for code, level, count, told in rows:
        release.plain(
            ("kolaborasi", release.city, code, level, "program"), "daftar", count, teks=told
        )


def _release_requests(release: Release, status: Statuses, requests: list[tuple]) -> None:
    for code, amount, counted, answer, day, granted in requests:
        asked: Key = ("permohonan", release.city, code, "", "jumlah")
        unit = _UNITS.get(counted, "daftar")
        if amount is None:
            release.undefined(asked, unit, teks=counted)
        else:
            release.count(asked, unit, status[asked], teks=counted)
        if answer:
            told = (
                Guarded(None, UNDEFINED) if granted is None else Guarded(float(granted), PUBLISHED)
            )
            release.count((*asked[:4], "jawaban"), "tempat", told, teks=answer, tanggal=day)


def _books(engine: Engine, release: Release) -> list[tuple[Key, str, int, int | None, bool]]:
    """Key, unit, units, rupiah of each total of SK and SP2D, and whether it is hidden.

    A handful of units is hidden, and so is a total a handful away from another that stands exact:
    their difference would be a small count.
    """
    known: dict[str, list[int]] = {}
    if "out_coverage" in engine.names():
        totals = "SELECT programme, CAST(sum(n_penerima) AS BIGINT) FROM out_coverage GROUP BY 1"
        known = {programme: [total] for programme, total in engine.rows(totals)}
    found, least = [], release.rule.k_minimum
    for programme, step, unit, count, rupiah in engine.rows("""SELECT programme, langkah, unit, n, manfaat_rp FROM out_ladder
            WHERE asal = 'surat' AND n IS NOT NULL ORDER BY programme, langkah"""):  # fmt: skip
        others = known.setdefault(programme, [])
        hidden = is_small(count, None, release.rule) or any(
            0 < abs(n - count) < least for n in others
        )
        if not hidden:
            others.append(count)
        found.append((("buku", release.city, programme, step, unit), unit, count, rupiah, hidden))
    return found


def _announce_books(release: Release, books: list[tuple]) -> None:
    for key, unit, count, _, hidden in books:
        if not hidden:
            system = System(pd.DataFrame({"n": [count]}))
            system.count(key, unit, system.atoms["n"] >= 0, entire=True)
            release.announce(system)


def _release_books(release: Release, status: Statuses, books: list[tuple]) -> None:
    """Totals of SK and SP2D equal the office's books to the rupiah, or stay there where they give a cell away."""
    for key, unit, count, rupiah, hidden in books:
        told = Guarded(None, SMALL, true=float(count)) if hidden else status[key]
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
