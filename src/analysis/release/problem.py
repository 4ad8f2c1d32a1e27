"""One suppression problem of many systems: all that hangs together in one set of linear relations.

Unknowns are the atoms of all systems side by side. Relations between systems (the same people in
two tables, a part of them, stocks and flows) are rows over them. Where the figure that ties two
systems is exact anyway it is a known number in each, and the two fall apart again.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analysis.release.attack import Known
from analysis.release.guards import Count, Office, is_book, is_hidden
from analysis.release.systems import Mask, Name, System


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


@dataclass
class _Rows:
    """Rows of a sparse matrix as they are found."""

    at: list[tuple[NDArray, NDArray]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    source: list[Count | None] = field(default_factory=list)

    def add(
        self, columns: NDArray, factors: NDArray, low: float = 0.0, high: float = 0.0, source: Count | None = None
    ) -> None:  # fmt: skip
        """A row with `factors` at `columns`; `source`: the book total it rests on."""
        self.at.append((columns, factors))
        self.source.append(source)
        self.low.append(low)
        self.high.append(high)

    def matrix(self, width: int) -> sparse.csr_matrix:
        """The rows over `width` columns."""
        ends = np.cumsum([0, *(len(columns) for columns, _ in self.at)])
        columns = np.concatenate([c for c, _ in self.at]) if self.at else np.array([], int)
        factors = np.concatenate([f for _, f in self.at]) if self.at else np.array([], float)
        return sparse.csr_matrix((factors, columns, ends), shape=(len(self.at), width))


@dataclass(frozen=True)
class _Set:
    """A set of atoms with a name: columns of the joint matrix, how many units, and the count it is."""

    system: int
    columns: NDArray[np.intp]
    size: int
    count: int | None = None


class _Collapsed:
    """A system whose atoms that no figure tells apart are one."""

    def __init__(self, system: System, offset: int) -> None:
        masks = [count.atoms for count in system.counts]
        masks += [count.whole for count in system.counts if count.whole is not None]
        masks += [mask for _, mask in (*system.names, *system.parts)]
        every = np.array(masks, bool).reshape(len(masks), len(system.sizes))
        distinct, of = np.unique(every, axis=1, return_inverse=True)
        self.truth = np.bincount(of.ravel(), weights=system.sizes, minlength=distinct.shape[1])
        self.first, self.offset = np.unique(of.ravel(), return_index=True)[1], offset

    def columns(self, mask: Mask) -> NDArray[np.intp]:
        """Where the atoms of a mask stand in the joint matrix."""
        return np.flatnonzero(mask[self.first]) + self.offset


class _Assembly:
    """Everything of all systems, before it is parted into problems."""

    def __init__(self, systems: Sequence[System], office: Office) -> None:
        self.systems, self.office = systems, office
        self.parts: list[_Collapsed] = []
        for system in systems:
            self.parts.append(_Collapsed(system, sum(len(part.truth) for part in self.parts)))
        self.truth = [part.truth for part in self.parts]
        self.block = [np.full(len(part.truth), n) for n, part in enumerate(self.parts)]
        self.width = sum(len(truth) for truth in self.truth)
        self.counts: list[Count] = []
        self.owner: list[int] = []
        self.values: list[int] = []
        self.small: list[bool] = []
        self.sums, self.rests, self.books = _Rows(), _Rows(), _Rows()
        self.rest_of: list[int] = []
        self.alike: list[tuple[int, int]] = []
        self.linked: list[tuple[int, int]] = []
        self.named: dict[Name, list[_Set]] = defaultdict(list)
        for number, system in enumerate(systems):
            self._take(number, system)
        self._tie_names()
        for number, system in enumerate(systems):
            self._tie_parts(number, system)

    def _take(self, number: int, system: System) -> None:
        part, mine = self.parts[number], {}
        for count in system.counts:
            columns, place = part.columns(count.atoms), len(self.counts)
            value = int(system.sizes[count.atoms].sum())
            whole = None if count.whole is None else int(system.sizes[count.whole].sum())
            self.counts.append(count)
            self.owner.append(number)
            self.values.append(value)
            self.small.append(is_hidden(count, value, whole, self.office.rule))
            self.sums.add(columns, np.ones(len(columns)))
            if count.whole is not None:
                rest = part.columns(count.whole & ~count.atoms)
                self.rests.add(rest, np.ones(len(rest)))
                self.rest_of.append(place)
            self.named[count.key].append(_Set(number, columns, value, place))
            self.alike.append((mine.setdefault(columns.tobytes(), place), place))
        for name, mask in system.names:
            columns = part.columns(mask)
            found = _Set(
                number, columns, int(system.sizes[mask].sum()), mine.get(columns.tobytes())
            )
            self.named[name].append(found)

    def _equal(self, left: NDArray, right: NDArray, *more: int) -> None:
        factors = np.concatenate([np.ones(len(left)), -np.ones(len(right)), np.ones(len(more))])
        columns, of = np.unique(
            np.concatenate([left, right, np.array(more, int)]), return_inverse=True
        )
        summed = np.bincount(of, weights=factors)
        self.books.add(columns[summed != 0], summed[summed != 0])

    def _is_book(self, found: _Set) -> bool:
        count = found.count
        return (
            count is not None and not self.small[count] and is_book(self.counts[count], self.office)
        )

    def _tie_names(self) -> None:
        """Sets of one name and size are the same people; the first of each size stands for them."""
        for sets in self.named.values():
            firsts: dict[int, _Set] = {}
            for one in sorted(sets, key=lambda one: (not self._is_book(one), one.count is None)):
                first = firsts.setdefault(one.size, one)
                if one is not first:
                    self._tie(first, one)

    def _tie(self, first: _Set, other: _Set) -> None:
        if first.count is not None and other.count is not None:
            self.alike.append((first.count, other.count))
        if self._is_book(first):
            ones, book = np.ones(len(other.columns)), self.counts[first.count]
            self.books.add(other.columns, ones, first.size, first.size, book)
        else:
            self._equal(other.columns, first.columns)
            self.linked.append((first.system, other.system))

    def _tie_parts(self, number: int, system: System) -> None:
        """A part and the rest of its whole, an unknown of its own, are the whole."""
        for name, mask in system.parts:
            size = int(system.sizes[mask].sum())
            whole = next((one for one in self.named.get(name, ()) if one.size >= size), None)
            if whole is None:
                continue
            columns = self.parts[number].columns(mask)
            if self._is_book(whole):
                book = self.counts[whole.count]
                self.books.add(columns, np.ones(len(columns)), 0, whole.size, book)
                continue
            self.truth.append(np.array([whole.size - size], float))
            self.block.append(np.array([number]))
            self._equal(columns, whole.columns, self.width)
            self.linked.append((whole.system, number))
            self.width += 1

    def problems(self) -> Iterator[Problem]:
        """What hangs together, each by itself."""
        n, m = len(self.systems), len(self.counts)
        block, truth = np.concatenate(self.block), np.concatenate(self.truth)
        group, twin = _joined(n, self.linked), _joined(m, self.alike)
        sums, rests, books = (
            rows.matrix(self.width) for rows in (self.sums, self.rests, self.books)
        )
        low, high = np.array(self.books.low), np.array(self.books.high)
        of_count, rest_of = group[np.array(self.owner, int)], np.array(self.rest_of, int)
        of_book = _group_of(books, group[block])
        for one in dict.fromkeys(of_count):
            mine, columns = np.flatnonzero(of_count == one), np.flatnonzero(group[block] == one)
            held = np.flatnonzero(np.isin(rest_of, mine))
            rows = np.flatnonzero(of_book == one)
            yield Problem(
                [self.counts[place] for place in mine], np.array(self.values)[mine], np.array(self.small)[mine],
                truth[columns], sums[mine][:, columns], rests[held][:, columns],
                np.searchsorted(mine, rest_of[held]), Known(books[rows][:, columns], low[rows], high[rows]),
                [self.books.source[row] for row in rows], twin[mine], block[columns],
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


def problems(systems: Sequence[System], office: Office) -> Iterator[Problem]:
    """All systems as problems that know nothing of one another."""
    held = [system for system in systems if system.counts]
    return _Assembly(held, office).problems() if held else iter(())
