"""Letters: totals of SK and SP2D as the office's books have them."""

import pandas as pd

from analysis.engine import Engine
from analysis.release.disclosure import SMALL, Guarded, Key, is_small
from analysis.release.systems import System
from analysis.release.topics import Release, Statuses, Step


def release_books(engine: Engine, release: Release) -> Step:
    """Release totals of SK and SP2D."""
    books = _books(engine, release)
    _announce_books(release, books)
    status = yield
    _release_books(release, status, books)


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
