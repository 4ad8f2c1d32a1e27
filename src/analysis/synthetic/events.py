"""What a quarter does to a city: births, deaths, moves, marriages, new family cards."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.synthetic.people import CHILD, GRANDCHILD, HEAD, PARENT, SPOUSE, Dice

_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Fates:
    """What became of persons and families between the quarters, by number."""

    died: np.ndarray
    left: np.ndarray
    born: np.ndarray
    arrived: np.ndarray  # families
    moved: np.ndarray  # families that changed kelurahan or address within the city
    new_card: np.ndarray  # families whose card number changed or is new


def a_quarter_later(
    families: pd.DataFrame, members: pd.DataFrame, arriving: np.ndarray, settings: dict, dice: Dice
) -> tuple[pd.DataFrame, pd.DataFrame, Fates]:
    """Families, members (person, family, role, female, born; family −1 = no more here) and fates.

    `arriving` families come from elsewhere during the quarter. New families stand at the end of the
    family table, the newborn at the end of the members: every number keeps its meaning.
    """
    rng, rates = dice.part("events"), settings["triwulan"]
    members, first = members.copy(), int(families["family"].max()) + 1
    died = _dead(members, rates["kematian"], rng)
    leaving = _drawn(families["family"].to_numpy(), rates["pindah_keluar"], rng)
    leaving = np.setdiff1d(leaving, arriving)
    left = np.flatnonzero(members["family"].isin(leaving) & ~members["person"].isin(died))
    members.loc[members["person"].isin(died), "family"] = -1
    members.loc[left, "family"] = -1
    couples = _married(members, rates["nikah"] * len(families), rng)
    alone = _independent(members, couples, rates["pisah"] * len(families), rng)
    new = _found(families, members, couples, alone, first)
    families = pd.concat([families, new], ignore_index=True)
    _take_in_elders(members, families, rates["gabung"], rng)
    babies = _babies(members, rates["kelahiran"], rng)
    members = _with_heads(pd.concat([members, babies], ignore_index=True))
    moved = np.setdiff1d(_drawn(np.arange(first), rates["pindah_dalam"], rng), arriving)
    changed = _drawn(np.arange(first), rates["kk_baru"], rng)
    fates = Fates(
        died, members["person"].to_numpy()[left], babies["person"].to_numpy(), arriving, moved,
        np.unique(np.r_[moved, changed, new["family"].to_numpy()]),
    )  # fmt: skip
    return families, members, fates


def _drawn(numbers: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    return numbers[rng.random(len(numbers)) < share]


def _age(members: pd.DataFrame) -> np.ndarray:
    return (np.datetime64("2025-12-01") - members["born"].to_numpy()).astype("timedelta64[D]").astype(int) / 365.25  # fmt: skip


def _dead(members: pd.DataFrame, base: float, rng: np.random.Generator) -> np.ndarray:
    """Mortality doubles every eight years after forty (Gompertz), a quarter's worth."""
    hazard = base * 2 ** (np.clip(_age(members) - 40, -8, 60) / 8)
    return members["person"].to_numpy()[rng.random(len(members)) < np.clip(hazard, 0, 0.2)]


def _married(members: pd.DataFrame, wanted: float, rng: np.random.Generator) -> np.ndarray:
    """Pairs (groom, bride) of grown children of two families."""
    age = _age(members)
    single = (members["role"] == CHILD).to_numpy() & (age > 19) & (age < 35) & (members["family"] >= 0)  # fmt: skip
    men, women = (np.flatnonzero(single & (members["female"] == sex)) for sex in (False, True))
    count = min(round(wanted), len(men), len(women))
    pairs = np.stack([rng.permutation(men)[:count], rng.permutation(women)[:count]], axis=1)
    family = members["family"].to_numpy()
    return pairs[family[pairs[:, 0]] != family[pairs[:, 1]]]


def _independent(
    members: pd.DataFrame, couples: np.ndarray, wanted: float, rng: np.random.Generator
) -> np.ndarray:
    """Grown children who take a card of their own."""
    age = _age(members)
    able = (members["role"] == CHILD).to_numpy() & (age > 23) & (members["family"] >= 0).to_numpy()
    able[couples.ravel()] = False
    return rng.permutation(np.flatnonzero(able))[: round(wanted)]


def _found(
    families: pd.DataFrame,
    members: pd.DataFrame,
    couples: np.ndarray,
    alone: np.ndarray,
    first: int,
) -> pd.DataFrame:
    """New families at the groom's (or own) parents' place; changes `members` in place."""
    heads = np.r_[couples[:, 0], alone]
    numbers = first + np.arange(len(heads))
    home = members["family"].to_numpy()[heads]
    new = families.iloc[home].copy()
    new["family"], new["parents"] = numbers, home
    new["head_female"] = members["female"].to_numpy()[heads]
    new["size"] = np.r_[np.full(len(couples), 2), np.ones(len(alone), dtype=int)]
    family, role = members["family"].to_numpy().copy(), members["role"].to_numpy().copy()
    family[heads], role[heads] = numbers, HEAD
    family[couples[:, 1]], role[couples[:, 1]] = numbers[: len(couples)], SPOUSE
    members["family"], members["role"] = family, role
    return new


def _take_in_elders(
    members: pd.DataFrame, families: pd.DataFrame, share: float, rng: np.random.Generator
) -> None:
    """Some elderly who lived alone join a family of their kelurahan; their own card ends."""
    here = members[members["family"] >= 0]
    size = here.groupby("family")["person"].transform("size")
    old = here.index[(size == 1) & (_age(here) > 68)].to_numpy()
    old = old[rng.random(len(old)) < share]
    area = families["area"].to_numpy()
    roomy = here.loc[(size > 2) & (here["role"] == HEAD), "family"].to_numpy()
    family, role = members["family"].to_numpy().copy(), members["role"].to_numpy().copy()
    for place in np.unique(area[family[old]]):
        mine, hosts = old[area[family[old]] == place], roomy[area[roomy] == place]
        if len(hosts):
            family[mine], role[mine] = rng.choice(hosts, len(mine)), PARENT
    members["family"], members["role"] = family, role


def _babies(members: pd.DataFrame, rate: float, rng: np.random.Generator) -> pd.DataFrame:
    age = _age(members)
    able = members["female"].to_numpy() & (age > 19) & (age < 41) & (members["family"] >= 0)
    able &= (members["role"].isin([HEAD, SPOUSE, CHILD]) & (rng.random(len(members)) < rate)).to_numpy()  # fmt: skip
    mothers = members[able]
    mothers = mothers[(mothers["role"] != CHILD) | (rng.random(len(mothers)) < 0.25)]
    count = len(mothers)
    return pd.DataFrame(
        {
            "person": len(members) + np.arange(count),
            "family": mothers["family"].to_numpy(),
            "role": np.where(mothers["role"] == CHILD, GRANDCHILD, CHILD),
            "female": rng.random(count) < 0.49,
            "born": np.datetime64("2025-09-10", "us") + rng.integers(0, 80, count) * _DAY,
        }
    )


def _with_heads(members: pd.DataFrame) -> pd.DataFrame:
    """Where the head is gone the next by role and age takes the place; `place` numbers the members."""
    order = members.assign(rank=members["role"].map({0: 0, 1: 1, 2: 3, 3: 5, 4: 2, 5: 4}))
    order = order.sort_values(["family", "rank", "born", "person"], kind="stable")
    place = order.groupby("family").cumcount()
    members = members.assign(place=place.sort_index())
    leads = (members["place"] == 0) & (members["family"] >= 0)
    members["role"] = np.where(leads, HEAD, np.where(members["role"] == HEAD, SPOUSE, members["role"]))  # fmt: skip
    return members
