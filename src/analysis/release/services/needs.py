"""Who works with whom: needs, programmes of each level of government, requests and their answers."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.release.disclosure import PUBLISHED, UNDEFINED, Guarded, Key
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


def release_needs(engine: Engine, rulebook: Rulebook, release: Release) -> Step:
    """Release needs, programmes of each level, requests with their answers."""
    needs = engine.rows(
        "SELECT kebutuhan, dibutuhkan, terlayani, celah, rangkap FROM out_needs ORDER BY urut"
    )
    requests = engine.rows(
        "SELECT permintaan, jumlah, satuan, jawaban, tgl_jawaban, jumlah_jawaban FROM out_requests ORDER BY urut"
    )
    units = {need.kode: need.satuan for need in rulebook.services.kebutuhan}
    for code, *counts in needs:
        _announce_need(release, code, units[code], counts)
    for code, amount, counted, *_ in requests:
        _announce_request(release, code, amount, _UNITS.get(counted, "daftar"))
    status = yield
    _release_needs(rulebook, release, status, needs)
    _release_levels(engine, release)
    _release_requests(release, status, requests)


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
