"""Beds and nights: what places there are and how full they were."""

from analysis.engine import Engine
from analysis.release.disclosure import PUBLISHED, Guarded, Key
from analysis.release.topics import Release, Step


def release_places(engine: Engine, release: Release, present: set[str]) -> Step:
    """Release nights and places; neither is a count of people that others could be held against."""
    yield
    if "out_occupancy" in present:
        _release_nights(engine, release)
    if "out_places" in present:
        _release_places(engine, release)


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
