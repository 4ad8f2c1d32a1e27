"""Who somebody is: NIK, name, birth, sex, disability; and where families live, with their cards."""

import numpy as np
import pandas as pd

from analysis.policy import Area, Rulebook
from analysis.synthetic.events import Fates
from analysis.synthetic.names import give_names
from analysis.synthetic.numbers import area_prefixes, card_numbers, niks
from analysis.synthetic.people import Dice, issue_dates
from analysis.synthetic.province import kelurahan_each, moved_within


def persons(
    first: pd.DataFrame, families: pd.DataFrame, kelurahan: list[Area], rulebook: Rulebook,
    settings: dict, dice: Dice,
) -> pd.DataFrame:  # fmt: skip
    """What never changes of a person."""
    rng = dice.part("identity")
    kecamatan = np.array([area.induk for area in kelurahan])
    home = families["area"].to_numpy()[first["family"]]
    prefix = area_prefixes(kecamatan[home], settings["migran"], rng)
    born, female = first["born"].to_numpy(), first["female"].to_numpy()
    age = (np.datetime64("2025-12-01") - born).astype("timedelta64[D]").astype(int) / 365.25
    severe = rng.random(len(first)) < settings["disabilitas"] * (0.6 + 0.02 * age)
    nik = niks(prefix, born, female).astype(object)
    nik = _shared_numbers(nik, settings["nik_berdua"], rng)
    names = give_names(first, rulebook.codes["nama_sunda"], settings, dice.part("names"))
    return pd.DataFrame(
        {"person": first["person"].to_numpy(), "nik": nik, "nama": names, "born": born, "female": female,
         "disabled": severe, "age": age, "twin": first["twin"].fillna(False).to_numpy(dtype=bool)}
    )  # fmt: skip


def _shared_numbers(nik: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """A few people carry the number of another, as Dukcapil itself finds."""
    takers = np.flatnonzero(rng.random(len(nik)) < share)
    givers = np.setdiff1d(rng.permutation(len(nik))[: 2 * len(takers)], takers)[: len(takers)]
    nik[takers[: len(givers)]] = nik[givers]
    return nik


def addresses(
    families: pd.DataFrame, fates: Fates, kelurahan: list[Area], rulebook: Rulebook, dice: Dice
) -> list[pd.DataFrame]:
    """Home, RT, RW, address, card number of every family number, before and now."""
    rng, count = dice.part("homes"), len(families)
    kecamatan = np.array([area.induk for area in kelurahan])
    streets = np.array(rulebook.codes["nama_sunda"]["jalan"], dtype=object)
    before = pd.DataFrame({"home": families["area"].to_numpy(), "rt": families["rt"].to_numpy(), "rw": families["rw"].to_numpy()})  # fmt: skip
    before["alamat"] = _doors(streets, count, rng)
    now = before.copy()
    moved = fates.moved
    old = before["home"].to_numpy()
    each = kelurahan_each(kelurahan)
    now.loc[moved, "home"] = moved_within(old[moved], rng.permutation(old)[moved], each)
    now.loc[moved, "rt"], now.loc[moved, "rw"] = rng.integers(1, 6, len(moved)), rng.integers(1, 13, len(moved))  # fmt: skip
    now.loc[moved, "alamat"] = _doors(streets, len(moved), rng)
    for homes in (before, now):
        homes["kecamatan"] = kecamatan[homes["home"]]
    homes = np.r_[before["home"].to_numpy(), now["home"].to_numpy()]
    prefix = np.char.replace(kecamatan[homes].astype(str), ".", "")
    issued = np.r_[
        issue_dates(count, dice), np.datetime64("2025-09-05") + rng.integers(0, 80, count)
    ]
    cards = card_numbers(prefix, issued).astype(object)
    before["no_kk"], now["no_kk"] = cards[:count], cards[:count]
    now.loc[fates.new_card, "no_kk"] = cards[count:][fates.new_card]
    return [before, now]


def _doors(streets: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    doors = rng.integers(1, 200, count).astype(str).astype(object)
    return streets[rng.integers(0, len(streets), count)] + " NO. " + doors
