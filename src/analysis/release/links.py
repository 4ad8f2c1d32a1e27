"""Which cells of one table are the people of another: what an outsider lays side by side."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.release.disclosure import level_of
from analysis.release.systems import Mask, Name, System

Where = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class Link:
    """The atoms `where` (wilayah, baris, kolom, bagian, pisah → which) of an area and row are the units `name`.

    `name` may hold {row}, {area} and {level} ('kelurahan', 'kecamatan', 'program' for the city);
    with {city} or none it is the city's. `inside`: they are only among them. `over_rows`: of all rows
    together.
    """

    name: Name
    where: Where = lambda atoms: atoms["n"] >= 0
    inside: bool = False
    over_rows: bool = False

    def speaks_of(self, area: str) -> bool:
        """Whether it holds for an area, or for the city alone."""
        return level_of(area) == "kota" or any("{area}" in part for part in self.name)


def tie(system: System, links: Iterable[Link], places: Iterable[tuple[str, Mask]]) -> None:
    """Tell a system of all its links in each of the `places` (area, its atoms)."""
    rows = list(system.atoms["baris"].unique())
    marked = [(link, link.where(system.atoms).to_numpy(bool)) for link in links]
    for area, here in places:
        for link, where in marked:
            if not link.speaks_of(area):
                continue
            for row in [""] if link.over_rows else rows:
                mask = here & where
                mask = mask if link.over_rows else mask & (system.atoms["baris"] == row).to_numpy()
                name = tuple(
                    part.format(area=area, city=area, row=row, level=_level(area))
                    for part in link.name
                )
                if mask.any():  # nobody by rule, whatever the data, is nobody's like
                    (system.inside if link.inside else system.same)(name, mask)


def _level(area: str) -> str:
    level = level_of(area)
    return "program" if level == "kota" else level
