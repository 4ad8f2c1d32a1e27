"""A system: a partition of units, the counts published over it, and what ties it to other systems."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.release.guards import Count, Key

Name = tuple[str, ...]
Mask = NDArray[np.bool_]
# Where one of several counts must go to protect another, these go last: the brief stands on them.
_WORTH = {
    "utama": 3,
    "program": 2,
    "kelurahan": 2,
    "kecamatan": 2,
    "putusan": 2,
    "buku": 2,
    "desil_program": 1,
}


class System:
    """Counts over one partition of units, to be protected together with all they hang together with."""

    def __init__(self, atoms: pd.DataFrame) -> None:
        self.atoms = atoms.reset_index(drop=True)
        self.sizes = self.atoms["n"].to_numpy(dtype=np.int64)
        self.counts: list[Count] = []
        self.names: list[tuple[Name, Mask]] = []
        self.parts: list[tuple[Name, Mask]] = []

    def count(
        self, key: Key, unit: str, where: pd.Series, whole: pd.Series | None = None, exact: bool = False, entire: bool = False
    ) -> None:  # fmt: skip
        """Announce a count of the atoms `where` holds, a share of those where `whole` holds; see `Count`."""
        of = None if whole is None else _mask(whole)
        self.counts.append(Count(key, unit, _mask(where), of, exact, _WORTH.get(key[0], 0), entire))

    def same(self, name: Name, where: pd.Series) -> None:
        """An outsider takes these for the units of another system's count (or set) `name`.

        Used where the two are equally many, as he is right only then; the same figure then reads
        the same in both places, or in neither.
        """
        self.names.append((name, _mask(where)))

    def inside(self, name: Name, where: pd.Series) -> None:
        """These are among the units of another system's count `name`: never more than it."""
        self.parts.append((name, _mask(where)))


def _mask(where: pd.Series) -> Mask:
    return np.asarray(where, dtype=bool)
