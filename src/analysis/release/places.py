"""Areas as an outsider adds them up: kelurahan to kecamatan to city."""

from collections.abc import Iterator

import pandas as pd

from analysis.release.topics import Release

UNPLACED = "tanpa"


def every_kelurahan(release: Release) -> list[str]:
    """All kelurahan and the place of those whose area is not known, empty ones too.

    That nobody is there is not known outside.
    """
    return [*release.parents, UNPLACED]


def places(release: Release, wilayah: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Code and atoms of each kelurahan and kecamatan, in print order; `wilayah` holds kelurahan."""
    for code in release.parents:
        yield code, wilayah == code
    above = wilayah.map(release.parents)
    for code in dict.fromkeys(release.parents.values()):
        yield code, above == code


def without_nobody(atoms: pd.DataFrame) -> pd.DataFrame:
    """Without the unplaced where there are none: an outsider may guess as much and add up to the city."""
    unplaced = atoms["wilayah"] == UNPLACED
    return atoms[~unplaced] if not atoms.loc[unplaced, "n"].sum() else atoms
