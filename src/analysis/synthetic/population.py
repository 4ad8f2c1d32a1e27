"""Everybody who lives in the city in either quarter: persons, families, and where each stood when."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.policy import Area, Rulebook
from analysis.synthetic.events import Fates, a_quarter_later
from analysis.synthetic.names import give_names
from analysis.synthetic.numbers import area_prefixes, card_numbers, niks
from analysis.synthetic.people import Dice, issue_dates, make_families, make_members
from analysis.synthetic.welfare import (
    desil,
    desil_bounds,
    draw_consumption,
    draw_wealth,
    like,
    next_score,
    proxy_score,
)

BEFORE, NOW = "2025-09", "2025-12"
_FIRST_DAY = date(2025, 9, 1)


@dataclass(frozen=True)
class Quarter:
    """A quarter of the city.

    `roll`: a row a person number: here, family, place, role, home (kelurahan), rt, rw, alamat, no_kk, head_nik
    and what never changes (nik, nama, born, female, disabled). Who is not here keeps the last place known.
    `families`: a row a family number: here, size, consumption_rp, score, desil and the house.
    """

    label: str
    roll: pd.DataFrame
    families: pd.DataFrame


@dataclass(frozen=True)
class Population:
    """Both quarters, with what happened between them."""

    before: Quarter
    now: Quarter
    fates: Fates
    kelurahan: list[Area]

    def at(self, label: str) -> Quarter:
        """The quarter of that name."""
        return self.before if label == BEFORE else self.now


def populate(rulebook: Rulebook, count: int, settings: dict, dice: Dice) -> Population:
    """`count` families in September, and what the quarter made of them by December."""
    kelurahan = rulebook.kelurahan()
    arrivals = round(count * settings["triwulan"]["pindah_masuk"])
    families = make_families(count + arrivals, kelurahan, settings, dice).assign(parents=-1)
    members = make_members(families, settings, dice, _FIRST_DAY)
    members.insert(0, "person", np.arange(len(members)))
    arriving = np.sort(dice.part("arrivals").choice(len(families), arrivals, replace=False))
    every, after, fates = a_quarter_later(families, members, arriving, settings, dice)
    first = _first_seen(members, after)
    statics = _persons(first, every, kelurahan, rulebook, settings, dice)
    addresses = _addresses(every, fates, kelurahan, rulebook, dice)
    rolls = _rolls(members, after, arriving, statics, addresses)
    told = _welfare(every, first, rolls, rulebook, settings, dice)
    quarters = [
        Quarter(label, roll, families_now)
        for label, roll, families_now in zip((BEFORE, NOW), rolls, told, strict=True)
    ]
    return Population(*quarters, fates, kelurahan)


def _first_seen(members: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Everybody once, in the family first seen in; members of new families in those."""
    newborn = after.iloc[len(members) :]
    return pd.concat([members, newborn], ignore_index=True)


def _persons(
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


def _addresses(
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
    now.loc[moved, "home"] = rng.permutation(before["home"].to_numpy())[moved]
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


def _rolls(
    members: pd.DataFrame, after: pd.DataFrame, arriving: np.ndarray, statics: pd.DataFrame,
    addresses: list[pd.DataFrame],
) -> list[pd.DataFrame]:  # fmt: skip
    """The two rolls; before the quarter the newborn and the arriving are not here."""
    newborn = after.iloc[len(members) :]
    was = pd.concat([members, newborn], ignore_index=True)
    was["here"] = np.r_[~members["family"].isin(arriving), np.zeros(len(newborn), dtype=bool)]
    gone = (after["family"] < 0).to_numpy()
    is_now = after.assign(here=~gone)
    for name in ("family", "place", "role"):
        is_now[name] = np.where(gone, was[name], is_now[name])
    rolls = []
    for state, homes in zip((was, is_now), addresses, strict=True):
        family = state["family"].to_numpy()
        roll = pd.concat([statics, homes.iloc[family].reset_index(drop=True)], axis=1)
        for name in ("here", "family", "place", "role"):
            roll[name] = state[name].to_numpy()
        heads = roll[roll["here"] & (roll["role"] == 0)]
        of_head = pd.Series(heads["nik"].to_numpy(), index=heads["family"].to_numpy())
        roll["head_nik"] = of_head.reindex(family).fillna(roll["nik"].set_axis(family)).to_numpy()
        rolls.append(roll)
    return rolls


def _welfare(
    families: pd.DataFrame, first: pd.DataFrame, rolls: list[pd.DataFrame], rulebook: Rulebook,
    settings: dict, dice: Dice,
) -> list[pd.DataFrame]:  # fmt: skip
    """The families of both quarters, with true consumption, score and desil."""
    figures = {figure.kode: figure.nilai for figure in rulebook.statistics}
    line, poor = figures["garis_kemiskinan_2024"], figures["miskin_persen_2024"] / 100
    seen = draw_wealth(families, first, len(rulebook.kelurahan()), settings, dice)
    rng, count = dice.part("quarter"), len(families)
    unranked = rng.random(count) < settings["non_desil"]
    score = proxy_score(seen, settings, dice)
    later = seen["wealth"] + rng.normal(0, settings["geser_kesejahteraan"], count)
    told, bounds = [], None
    for roll, wealth, points in zip(
        rolls, (seen["wealth"], later), (score, next_score(score, settings, dice)), strict=True
    ):
        size = np.bincount(roll["family"][roll["here"]], minlength=count)
        spent = draw_consumption(wealth.to_numpy(), size, settings, line, poor)
        bounds = desil_bounds(points[size > 0], settings) if bounds is None else bounds
        table = seen.assign(
            family=np.arange(count), here=size > 0, size=size, consumption_rp=spent, score=points,
            desil=desil(points, bounds, unranked),
        )  # fmt: skip
        told.append(table)
    old = like(score, settings["korelasi_lama"], dice.part("old-score"))
    return [table.assign(old_score=old) for table in told]
