"""The two quarters of the sample city: who is where, and how every family fares."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.policy import Rulebook
from analysis.synthetic.people import Dice
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


def first_seen(members: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Everybody once, in the family first seen in; members of new families in those."""
    newborn = after.iloc[len(members) :]
    return pd.concat([members, newborn], ignore_index=True)


def rolls(
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


def welfare(
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
