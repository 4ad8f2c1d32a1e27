"""Topics whose cells add up to nothing else: duplicates, headline, quality, official figures, surveys."""

import pandas as pd

from analysis.engine import Engine
from analysis.estimates import PERSONS_LINKED
from analysis.policy import Policy, Rulebook
from analysis.release.disclosure import PUBLISHED, SMALL, UNDEFINED, Guarded, Key, is_small
from analysis.release.rows import Cell
from analysis.release.systems import System
from analysis.release.topics import SHARE, Release, Step
from analysis.settings import Run


def release_duplicates(engine: Engine, policy: Policy, release: Release) -> None:
    """Release cases by programme and kind; every programme received has its row, be it 0."""
    rows = engine.rows("""
        SELECT p.programme, k.jenis, count(d.case_id), coalesce(sum(d.manfaat_lebih_rp), 0)
        FROM (SELECT DISTINCT programme FROM out_coverage) p
        CROSS JOIN (SELECT unnest(['orang_sama', 'keluarga_sama']) AS jenis) k
        LEFT JOIN out_duplicates d ON d.programme = p.programme AND d.jenis = k.jenis
        GROUP BY p.programme, k.jenis ORDER BY p.programme, k.jenis DESC""")
    for programme, kind, cases, rupiah in rows:
        if kind == "keluarga_sama" and not _speaks_of_families(policy, programme):
            continue
        key = ("ganda", release.city, programme, kind, "kasus")
        guarded = release.guarded(key, "kasus", cases)
        release.count(key, "kasus", guarded)
        release.amount((*key[:4], "manfaat_lebih_rp"), float(rupiah), guarded)


def _speaks_of_families(policy: Policy, programme: str) -> bool:
    own = policy.programme(programme).satuan == "keluarga"
    return own or policy.has_rule((programme, programme), "keluarga")


def release_headline(engine: Engine, release: Release) -> Step:
    """Release the size of the register, of what was read, and of what is to be looked into."""
    city = release.city
    families, persons, everyone = engine.rows("""
        SELECT coalesce(sum(keluarga) FILTER (desil <> 'luar'), 0), coalesce(sum(jiwa) FILTER (desil <> 'luar'), 0),
            sum(jiwa) FROM out_population""")[0]
    cases, rupiah = engine.rows(
        "SELECT count(DISTINCT family_id), coalesce(sum(manfaat_telaah_rp), 0) FROM out_review"
    )[0]
    review = ("utama", city, "telaah", "", "keluarga")
    books = [(("utama", city, "kota", "", "orang"), "jiwa", everyone)]
    if families:
        register = (("keluarga", families), ("jiwa", persons))
        books = [*((("utama", city, "kota", "", unit), unit, n) for unit, n in register), *books]
    for key, unit, n in [*books, (review, "keluarga", cases)]:
        system = System(pd.DataFrame({"n": [n]}))
        system.count(key, unit, system.atoms["n"] >= 0, exact=key != review)
        release.announce(system)
    status = yield
    for key, unit, _ in [*books, (review, "keluarga", cases)]:
        doubt = _doubt_of_persons(engine) if key[4] == "orang" else {}
        release.count(key, unit, status[key], **(doubt if status[key].is_published else {}))
    release.amount(("utama", city, "telaah", "", "rupiah"), float(rupiah), status[review])
    lists, rows = engine.rows(
        "SELECT count(DISTINCT programme), sum(baris_dibaca) FROM out_quality"
    )[0]
    release.plain(("utama", city, "daftar", "", "program"), "daftar", lists)
    release.plain(("utama", city, "daftar", "", "baris"), "baris", rows)


def _doubt_of_persons(engine: Engine) -> dict[str, object]:
    """The interval of the number of persons; it rests on rates of all rows, and tells nothing of any of them."""
    if "out_person_count" not in engine.names():
        return {}
    found = engine.rows("SELECT bawah, atas FROM out_person_count WHERE perkiraan IS NOT NULL")
    return {"bawah": found[0][0], "atas": found[0][1], "metode": PERSONS_LINKED} if found else {}


def release_quality(engine: Engine, rulebook: Rulebook, release: Release) -> None:
    """Release row accounting a source; the share of readable NIK counts persons, so it is guarded."""
    rows = engine.rows("""SELECT source, programme, baris_disimpan, baris_dikeluarkan, nik_sah
        FROM out_quality ORDER BY source""")
    for source, programme, kept, aside, valid in rows:
        label = rulebook.layouts[source].label if source in rulebook.layouts else source
        # Rounded rows still add up: what was read is printed as the sum of what became of it.
        place = ("mutu", release.city, source, "")
        stored = _stored(release, (*place, "baris_disimpan"), programme, kept)
        left = release.guarded((*place, "baris_dikeluarkan"), "baris", aside)
        total = Guarded(stored.value + left.value, PUBLISHED) if stored.is_published else stored
        found = (("baris_dibaca", total), ("baris_disimpan", stored), ("baris_dikeluarkan", left))
        for measure, guarded in found:
            release.count((*place, measure), "baris", guarded, teks=label)
        if valid is None:
            release.undefined((*place, "nik_sah"), SHARE, teks=label)
        else:
            part = release.guarded((*place, "nik_sah"), "baris", valid)
            release.share((*place, "nik_sah"), part, stored, teks=label)


def _stored(release: Release, key: Key, programme: str | None, kept: int) -> Guarded:
    """Rows less recipients are the repeated ones, and rows of a service log are guarded as its cases are."""
    cases = release.notes.get(("identitas", key[1], key[2], "", "baris"))
    if cases is not None:
        return cases
    told, base = release.guarded(key, "baris", kept), release.rule.baris_basis
    total = release.notes.get(("program", key[1], str(programme), "", "penerima"))
    if total is None or not total.is_published or kept < total.value:
        return told
    # So low a print would say that hardly a row is repeated: it goes up to the next multiple instead.
    low = told.value + base - 1 < total.value + release.rule.k_minimum
    value = -(-kept // base) * base if low else told.value
    if value + base - 1 < total.value + release.rule.k_minimum:
        value += base
    return Guarded(value, PUBLISHED, value, value)


def release_statistics(rulebook: Rulebook, run: Run, release: Release) -> None:
    """Release official figures an edition of that day may know, with their source."""
    for figure in rulebook.statistics_known(run.edition.on):
        if figure.cetak:
            release.add("statistik", Cell(
                figure.wilayah, figure.kode, "", "nilai", figure.satuan, figure.nilai, PUBLISHED,
                metode="angka resmi", teks=figure.sumber, tanggal=figure.tanggal,
            ))  # fmt: skip


def release_survey(engine: Engine, release: Release) -> None:
    """Release survey estimates with the households they rest on; too few, and one is held back."""
    rows = engine.rows(
        "SELECT arm, measure, value, low, high, n, method FROM out_survey ORDER BY arm <> 'semua', arm, measure"
    )
    for arm, measure, value, low, high, n, method in rows:
        undefined = value is None or value != value
        small = not undefined and is_small(value * n, n, release.rule)
        status = UNDEFINED if undefined else SMALL if small else PUBLISHED
        shown = (
            (round(value, 6), _short(low), _short(high))
            if status == PUBLISHED
            else (None, None, None)
        )
        release.add("survei", Cell(
            release.city, arm, "", measure, SHARE, shown[0], status, bawah=shown[1], atas=shown[2], metode=method,
            penyebut=float(n) if status == PUBLISHED else None,
        ))  # fmt: skip


def _short(bound: float | None) -> float | None:
    return None if bound is None else round(bound, 6)
