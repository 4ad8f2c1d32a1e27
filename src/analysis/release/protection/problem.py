"""One suppression problem of many systems: all that hangs together in one set of linear relations.

Unknowns are the atoms of all systems side by side. Relations between systems (the same people in
two tables, a part of them, stocks and flows) are rows over them. Where the figure that ties two
systems is exact anyway it is a known number in each, and the two fall apart again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analysis.release.guards import Count, Office
from analysis.release.protection.assembly import Assembly
from analysis.release.protection.solver import Known
from analysis.release.systems import System


@dataclass(frozen=True)
class Problem:
    """Counts and relations over the atoms of one or more systems (`block` of each atom).

    `sums`: count × atom; `rests`: what the counts `rest_of` leave of their wholes; `books`: what
    anybody knows besides the counts, of `sources` (book totals) where not None; `twin`: counts with the same label read the same.
    """

    counts: list[Count]
    values: NDArray[np.int64]
    small: NDArray[np.bool_]
    truth: NDArray[np.float64]
    sums: sparse.csr_matrix
    rests: sparse.csr_matrix
    rest_of: NDArray[np.intp]
    books: Known
    sources: list[Count | None]
    twin: NDArray[np.intp]
    block: NDArray[np.intp]


def problems(systems: Sequence[System], office: Office) -> Iterator[Problem]:
    """All systems as problems that know nothing of one another."""
    held = [system for system in systems if system.counts]
    return _parted(Assembly(held, office)) if held else iter(())


def _parted(whole: Assembly) -> Iterator[Problem]:
    """What hangs together, each by itself."""
    n, m = len(whole.systems), len(whole.counts)
    block, truth = np.concatenate(whole.block), np.concatenate(whole.truth)
    group, twin = _joined(n, whole.linked), _joined(m, whole.alike)
    sums, rests, books = (
        rows.matrix(whole.width) for rows in (whole.sums, whole.rests, whole.books)
    )
    low, high = np.array(whole.books.low), np.array(whole.books.high)
    of_count, rest_of = group[np.array(whole.owner, int)], np.array(whole.rest_of, int)
    of_book = _group_of(books, group[block])
    for one in dict.fromkeys(of_count):
        mine, columns = np.flatnonzero(of_count == one), np.flatnonzero(group[block] == one)
        held = np.flatnonzero(np.isin(rest_of, mine))
        rows = np.flatnonzero(of_book == one)
        yield Problem(
            [whole.counts[place] for place in mine], np.array(whole.values)[mine], np.array(whole.small)[mine],
            truth[columns], sums[mine][:, columns], rests[held][:, columns],
            np.searchsorted(mine, rest_of[held]), Known(books[rows][:, columns], low[rows], high[rows]),
            [whole.books.source[row] for row in rows], twin[mine], block[columns],
        )  # fmt: skip


def _joined(n: int, pairs: list[tuple[int, int]]) -> NDArray[np.intp]:
    """A label for each of `n`, equal where a chain of pairs joins them."""
    left, right = np.array(pairs, int).reshape(-1, 2).T
    graph = sparse.csr_matrix((np.ones(len(left)), (left, right)), (n, n))
    return connected_components(graph, directed=False)[1]


def _group_of(rows: sparse.csr_matrix, group: NDArray) -> NDArray[np.intp]:
    """The group of each row's first column; of an empty row none."""
    filled = np.flatnonzero(np.diff(rows.indptr) > 0)
    found = np.full(rows.shape[0], -1)
    found[filled] = group[rows.indices[rows.indptr[filled]]]
    return found
