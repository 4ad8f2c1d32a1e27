"""Sets of people that stand in more than one system, as rows of a sparse matrix over the atoms of all systems."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.release.guards import Count
from analysis.release.systems import Mask, System


@dataclass
class Rows:
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
class NamedSet:
    """A set of atoms with a name: columns of the joint matrix, how many units, and the count it is."""

    system: int
    columns: NDArray[np.intp]
    size: int
    count: int | None = None


class Collapsed:
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
