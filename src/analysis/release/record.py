"""The release record: what every edition printed of a period, so that the next one can be held against it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.engine import Engine, Store
from analysis.release.basis import RECORD
from analysis.release.disclosure import Guarded, Key, is_excepted
from analysis.release.rows import write_cells
from analysis.release.topics import Release
from analysis.settings import Run

_KEY = ("topik", "wilayah", "baris", "kolom", "ukuran")


@dataclass(frozen=True)
class Noted:
    """One printed or hidden count of an edition: why it was hidden, and what its print tells."""

    edisi: date
    nomor: int
    period: str
    topik: str
    wilayah: str
    baris: str
    kolom: str
    ukuran: str
    nilai: float | None
    status: str
    bawah: float
    atas: float | None
    pengecualian: str
    asli: float | None


def earlier_counts(engine: Engine, run: Run) -> dict[Key, Guarded]:
    """What editions before this one printed of the same period; the latest speaks for each count."""
    if RECORD not in engine.names():
        return {}
    asli = "asli" if "asli" in engine.columns(RECORD) else "NULL"  # older records do not know it
    rows = engine.rows(
        f"""SELECT {", ".join(_KEY)}, nilai, status, bawah, atas, {asli} FROM {RECORD}
        WHERE {_BEFORE} ORDER BY edisi, nomor""",
        **_which(run),
    )
    return {
        (t, w, b, k, u): Guarded(value, status, low, np.inf if high is None else high, true)
        for t, w, b, k, u, value, status, low, high, true in rows
    }


def told_before(registry: Store, run: Run) -> str:
    """A mark of all that earlier editions printed of the period."""
    with Engine() as engine:
        registry.attach(engine, *(name for name in registry.names("registry") if name == RECORD))
        told = repr(sorted(earlier_counts(engine, run).items(), key=lambda item: item[0]))
    return hashlib.sha256(told.encode()).hexdigest()


def keep_record(engine: Engine, run: Run, release: Release) -> None:
    """Make `registry_release`: the record so far, with this edition's own rows renewed."""
    own = [_noted(run, release, key, guarded) for key, guarded in release.notes.items()]
    had = RECORD in engine.names()
    if had:
        known = "*" if "asli" in engine.columns(RECORD) else "*, NULL::DOUBLE AS asli"
        engine.table("_record", f"SELECT {known} FROM {RECORD}")
        engine.drop(RECORD)
    write_cells(engine, "_own", own)
    others = """SELECT * FROM _record WHERE NOT (edisi = $edisi AND nomor = $nomor AND period = $period)
        UNION ALL """  # fmt: skip
    if had:
        engine.table(RECORD, others + "SELECT * FROM _own", **_which(run))
    else:
        engine.table(RECORD, "SELECT * FROM _own")


_BEFORE = "period = $period AND (edisi < $edisi OR (edisi = $edisi AND nomor < $nomor))"


def _which(run: Run) -> dict[str, object]:
    return {"period": run.period, "edisi": run.edition.on, "nomor": run.edition.number}


def _noted(run: Run, release: Release, key: Key, guarded: Guarded) -> Noted:
    excepted = guarded.is_published and is_excepted(key, release.rule)
    high = None if np.isinf(guarded.high) else guarded.high
    return Noted(
        run.edition.on, run.edition.number, run.period, *key, guarded.value, guarded.status,
        guarded.low, high, _reason(release, key) if excepted else "", guarded.true,
    )  # fmt: skip


def _reason(release: Release, key: Key) -> str:
    found: Iterable[str] = (
        f"{e.alasan} ({e.oleh})"
        for e in release.rule.pengecualian
        if (e.topik, e.ukuran) == (key[0], key[4])
    )
    return next(iter(found), "")
