"""Several cities like the one, for measurements: its kelurahan again, under regencies that Jawa Barat has not."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.policy import Area, Rulebook

# Kabupaten are numbered from 01 (18 of them), cities from 71 (9): these numbers are nobody's.
_FREE = (*range(31, 70), *range(80, 100))
MOST_CITIES = 1 + len(_FREE)


def rulebooks(rulebook: Rulebook, count: int) -> list[Rulebook]:
    """The rules of each of `count` cities: the first is the one we know, the others have area codes of their own."""
    codes = [f"32.{number}" for number in _FREE[: count - 1]]
    return [rulebook] + [replace(rulebook, areas=_renumbered(rulebook, code)) for code in codes]


def together(cities: Sequence[Rulebook]) -> Rulebook:
    """The rules of all those cities: the first's, with the areas of each."""
    return replace(cities[0], areas=tuple(area for city in cities for area in city.areas))


def settings_of_all(settings: dict, areas: Sequence[Area]) -> dict:
    """What rules/synthetic.toml says of the one city's kecamatan, said of every city's among `areas`."""
    cities = [area.kode for area in areas if area.tingkat == "kota"]
    people = {
        city + code[5:]: count
        for code, count in settings["penduduk_ribu"].items()
        for city in cities
    }
    dirt = {
        name: rates | {"excel": [(*where, city + code[5:]) for *where, code in rates["excel"] for city in cities]}
        for name, rates in settings["kotor"].items()
    }  # fmt: skip
    return settings | {"penduduk_ribu": people, "kotor": dirt}


def kelurahan_each(kelurahan: Sequence[Area]) -> int:
    """How many kelurahan one of the cities has."""
    return sum(area.kode[:5] == kelurahan[0].kode[:5] for area in kelurahan)


def moved_within(homes: np.ndarray, new: np.ndarray, each: int) -> np.ndarray:
    """The kelurahan `new`, or the one of that place in the city where `homes` is: who moves stays in its city."""
    return homes // each * each + new % each


def _renumbered(rulebook: Rulebook, code: str) -> tuple[Area, ...]:
    old = rulebook.city().kode
    return tuple(
        area.model_copy(
            update={
                "kode": area.kode.replace(old, code, 1),
                "induk": area.induk.replace(old, code, 1),
                "bps": None,
            }
        )
        for area in rulebook.areas
    )
