"""All systems side by side: their counts, and which of their sets are the same people or a part of them."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.release.guards import Count, Office, is_book, is_hidden
from analysis.release.protection.relations import Collapsed, NamedSet, Rows
from analysis.release.systems import Name, System


class Assembly:
    """Everything of all systems, before it is parted into problems."""

    def __init__(self, systems: Sequence[System], office: Office) -> None:
        self.systems, self.office = systems, office
        self.parts: list[Collapsed] = []
        for system in systems:
            self.parts.append(Collapsed(system, sum(len(part.truth) for part in self.parts)))
        self.truth = [part.truth for part in self.parts]
        self.block = [np.full(len(part.truth), n) for n, part in enumerate(self.parts)]
        self.width = sum(len(truth) for truth in self.truth)
        self.counts: list[Count] = []
        self.owner: list[int] = []
        self.values: list[int] = []
        self.small: list[bool] = []
        self.sums, self.rests, self.books = Rows(), Rows(), Rows()
        self.rest_of: list[int] = []
        self.alike: list[tuple[int, int]] = []
        self.linked: list[tuple[int, int]] = []
        self.named: dict[Name, list[NamedSet]] = defaultdict(list)
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
            self.named[count.key].append(NamedSet(number, columns, value, place))
            self.alike.append((mine.setdefault(columns.tobytes(), place), place))
        for name, mask in system.names:
            columns = part.columns(mask)
            found = NamedSet(
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

    def _is_book(self, found: NamedSet) -> bool:
        count = found.count
        return (
            count is not None and not self.small[count] and is_book(self.counts[count], self.office)
        )

    def _tie_names(self) -> None:
        """Sets of one name and size are the same people; the first of each size stands for them."""
        for sets in self.named.values():
            firsts: dict[int, NamedSet] = {}
            for one in sorted(sets, key=lambda one: (not self._is_book(one), one.count is None)):
                first = firsts.setdefault(one.size, one)
                if one is not first:
                    self._tie(first, one)

    def _tie(self, first: NamedSet, other: NamedSet) -> None:
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
