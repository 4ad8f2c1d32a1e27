"""True consumption a person, the register's imperfect score, and the desil that follows from it."""

import numpy as np
import pandas as pd

from analysis.synthetic.people import Dice


def add_welfare(
    families: pd.DataFrame, members: pd.DataFrame, kelurahan: int, settings: dict, dice: Dice
) -> None:
    """Adds education, house and assets, consumption_rp, score, old_score and desil to `families`.

    The score is what a proxy means test would see: it follows consumption only with
    `korelasi_pmt`. `old_score` is what the lists were drawn by, some quarters ago.
    """
    rng, count = dice.part("welfare"), len(families)
    dependants = members.assign(
        dependant=(members["born"] > np.datetime64("2010-12-31"))
        | (members["born"] < np.datetime64("1960-12-31"))
    )
    share = dependants.groupby("family")["dependant"].mean().to_numpy()
    place = rng.normal(0, settings["beda_kelurahan"], kelurahan)[families["area"]]
    education = np.clip(rng.poisson(1.9, count) + (place > 0), 0, 4)
    wealth = (
        place
        + 0.28 * (education - 2)
        - 0.45 * share
        - 0.08 * (families["size"] - 3)
        + rng.normal(0, 0.42, count)
    )
    families["education"] = education
    families["floor_m2"] = np.clip(
        np.exp(3.6 + 0.25 * wealth + rng.normal(0, 0.3, count)), 9, 300
    ).round()
    families["own_house"] = rng.random(count) < 0.68
    families["motorcycle"] = rng.random(count) < 1 / (1 + np.exp(-(1.2 + 1.4 * wealth)))
    families["fridge"] = rng.random(count) < 1 / (1 + np.exp(-(0.6 + 1.6 * wealth)))
    families["consumption_rp"] = (np.exp(14.0 + 0.62 * wealth) / 1000).round() * 1000
    families["score"] = _like(wealth, settings["korelasi_pmt"], rng)
    families["old_score"] = _like(families["score"].to_numpy(), settings["korelasi_lama"], rng)
    families["desil"] = _desil(families["score"].to_numpy(), settings, rng)
    disabled = rng.random(len(members)) < settings["disabilitas"]
    members["disabled"] = disabled


def _like(truth: np.ndarray, correlation: float, rng: np.random.Generator) -> np.ndarray:
    standard = (truth - truth.mean()) / truth.std()
    return correlation * standard + np.sqrt(1 - correlation**2) * rng.normal(0, 1, len(truth))


def _desil(score: np.ndarray, settings: dict, rng: np.random.Generator) -> np.ndarray:
    """1–10 by national thresholds (the city is a little better off); −1 = not ranked."""
    bounds = np.quantile(score, np.cumsum(settings["desil_bagian"])[:-1])
    desil = 1 + np.searchsorted(bounds, score)
    desil[rng.random(len(score)) < settings["non_desil"]] = -1
    return desil
