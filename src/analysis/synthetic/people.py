"""Families and their members, all at once: sizes, ages, roles, homes."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.policy import Area

ROLES = ("kepala", "istri", "anak", "cucu", "orang_tua", "menantu")
HEAD, SPOUSE, CHILD, GRANDCHILD, PARENT, INLAW = range(6)
_ISSUE_YEARS = (2008, 2024)


@dataclass(frozen=True)
class Dice:
    """Random numbers by part, so that adding a part later leaves the others as they were."""

    seed: int

    def part(self, name: str) -> np.random.Generator:
        """The generator of one part of the city, so that parts change apart."""
        return np.random.default_rng([self.seed, *name.encode()])


def make_families(count: int, kelurahan: list[Area], settings: dict, dice: Dice) -> pd.DataFrame:
    """One row a family: kelurahan, RT/RW, size, head's age and sex."""
    rng = dice.part("families")
    people = settings["penduduk_ribu"]
    share = rng.dirichlet(np.full(len(kelurahan), 40.0))
    weight = np.array([people[area.induk] for area in kelurahan]) * share
    kecamatan = np.array([area.induk for area in kelurahan])
    for code in people:  # a kecamatan keeps its own weight whatever its kelurahan drew
        weight[kecamatan == code] *= people[code] / weight[kecamatan == code].sum()
    area = np.sort(rng.choice(len(kelurahan), count, p=weight / weight.sum()))
    size = 1 + rng.choice(8, count, p=settings["ukuran_keluarga"])
    alone = size == 1
    age = np.clip(
        np.where(alone, rng.normal(58, 17, count), rng.normal(46, 12.5, count)), 19, 94
    ).astype(int)
    return pd.DataFrame(
        {
            "family": np.arange(count),
            "area": area,
            "size": size,
            "head_age": age,
            "head_female": rng.random(count) < np.where(alone, 0.58, 0.15),
            "rw": rng.integers(1, 13, count),
            "rt": rng.integers(1, 6, count),
        }
    )


def make_members(families: pd.DataFrame, settings: dict, dice: Dice, today: date) -> pd.DataFrame:
    """One row a person: family, place in it, role, sex, birth date, disability."""
    rng = dice.part("members")
    family = np.repeat(families["family"].to_numpy(), families["size"])
    count = len(family)
    place = (
        np.arange(count)
        - np.repeat(np.cumsum(families["size"]) - families["size"], families["size"]).to_numpy()
    )
    head_age = families["head_age"].to_numpy()[family]
    head_female = families["head_female"].to_numpy()[family]
    last = place == families["size"].to_numpy()[family] - 1
    role = np.full(count, 2)
    role[(place == 1) & ~head_female & (rng.random(count) < 0.9)] = 1
    role[last & (place >= 3) & (rng.random(count) < 0.16) & (head_age < 62)] = 4
    role[last & (place >= 2) & (role == 2) & (head_age > 58) & (rng.random(count) < 0.5)] = 3
    role[place == 0] = 0
    _add_inlaws(role, family, head_age, rng)
    age = _ages(role, head_age, rng)
    female = rng.random(count) < np.where(role == 4, 0.7, 0.49)
    female = np.where(role == 0, head_female, np.where(role == 1, True, female))
    born = np.datetime64(today) - (age * 365.25 + rng.integers(0, 365, count)).astype(
        "timedelta64[D]"
    )
    members = pd.DataFrame(
        {"family": family, "place": place, "role": role, "female": female, "born": born}
    )
    _make_twins(members, settings["kembar"], rng)
    return members


def _add_inlaws(
    role: np.ndarray, family: np.ndarray, head_age: np.ndarray, rng: np.random.Generator
) -> None:
    """Three generations: before a grandchild a child's spouse, where two children stand there."""
    before = np.r_[role[1:] == GRANDCHILD, False] & (role == CHILD)
    two = np.r_[False, (role[:-1] == CHILD) & (family[:-1] == family[1:])]
    role[before & two & (head_age > 45) & (rng.random(len(role)) < 0.6)] = INLAW


def _ages(role: np.ndarray, head_age: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    count = len(role)
    age = head_age.astype(float)
    age[role == 1] = (head_age - rng.normal(3.5, 4, count))[role == 1]
    age[role == 2] = (head_age - rng.uniform(19, 40, count))[role == 2]
    age[role == 3] = (head_age - rng.uniform(46, 62, count))[role == 3]
    age[role == 4] = (head_age + rng.uniform(19, 33, count))[role == 4]
    age[role == INLAW] = (head_age - rng.uniform(22, 32, count))[role == INLAW]
    lowest = np.where(role <= 1, 18, np.where(role == 4, 50, 0))
    spread = np.where(age < 0, rng.uniform(0, 6, count), age)
    return np.clip(np.maximum(spread, lowest), 0, 99)


def _make_twins(members: pd.DataFrame, share: float, rng: np.random.Generator) -> None:
    """A child of the birth date before it, in a few families."""
    child = (members["role"] == 2).to_numpy()
    after_child = child & np.r_[False, child[:-1]] & np.r_[False, np.diff(members["family"]) == 0]
    twin = np.flatnonzero(after_child & (rng.random(len(members)) < share * 2))
    born = members["born"].to_numpy().copy()
    born[twin] = born[twin - 1]
    members["born"], members["twin"] = born, False
    members.loc[np.r_[twin, twin - 1], "twin"] = True


def issue_dates(count: int, dice: Dice) -> np.ndarray:
    """When family cards were written."""
    rng = dice.part("issue")
    first, last = (np.datetime64(f"{year}-01-01") for year in _ISSUE_YEARS)
    return first + rng.integers(0, (last - first).astype(int), count).astype("timedelta64[D]")
