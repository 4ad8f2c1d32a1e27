"""Assets, housing, education, job → true consumption a person → the register's imperfect score → desil."""

import numpy as np
import pandas as pd

from analysis.synthetic.people import Dice

JOBS = ("tidak bekerja", "buruh harian", "usaha kecil", "karyawan swasta", "asn/tni/polri", "pensiunan")  # fmt: skip
SCHOOLS = ("tidak tamat SD", "SD", "SMP", "SMA", "diploma/sarjana")
_CIVIL_SERVANT, _PENSIONER = 4, 5
_JOB_WORTH = np.array([-0.5, -0.45, 0.05, 0.3, 0.8, 0.35])
# What a census taker sees of a house: (column, threshold on wealth, slope).
_SEEN = (
    ("own_house", -0.9, 0.5), ("tiled_floor", -1.2, 1.3), ("brick_wall", -1.6, 1.2), ("piped_water", -0.1, 0.7),
    ("own_toilet", -1.5, 1.2), ("power_900", -0.6, 1.1), ("gas_stove", -2.2, 0.9), ("motorcycle", -0.8, 1.3),
    ("fridge", -0.4, 1.5), ("car", 2.4, 1.9), ("gold", 1.3, 1.2),
)  # fmt: skip


def draw_wealth(
    families: pd.DataFrame, members: pd.DataFrame, kelurahan: int, settings: dict, dice: Dice
) -> pd.DataFrame:
    """A row a family number: education and job of the head, what is seen of the house, `wealth`.

    `families` counts everybody who ever lived here; a new family resembles its parents'.
    `members` are those of the first day the family is seen.
    """
    rng, count = dice.part("welfare"), len(families)
    place = dice.part("welfare-place").normal(0, settings["beda_kelurahan"], kelurahan)
    place = place[families["area"]]
    age = families["head_age"].to_numpy()
    education = np.clip(rng.poisson(np.where(age > 60, 1.1, 2.1)) + (place > 0), 0, 4)
    job = _jobs(age, education, rng)
    share = _dependants(members, count)
    wealth = (
        0.75 * place + 0.22 * (education - 2) + 0.55 * _JOB_WORTH[job] - 0.5 * share
        - 0.07 * (families["size"].to_numpy() - 3) + rng.normal(0, 0.34, count)
    )  # fmt: skip
    new = np.flatnonzero(families["parents"].to_numpy() >= 0)
    wealth[new] = 0.6 * wealth[families["parents"].to_numpy()[new]] + 0.4 * wealth[new]
    wealth = (wealth - wealth.mean()) / wealth.std()
    seen = pd.DataFrame({"education": education, "job": job, "dependants": share, "wealth": wealth})
    seen["floor_m2"] = np.clip(np.exp(3.7 + 0.25 * wealth + rng.normal(0, 0.35, count)), 9, 300).round()  # fmt: skip
    for name, threshold, slope in _SEEN:
        seen[name] = rng.random(count) < 1 / (1 + np.exp(-slope * (wealth - threshold)))
    return seen


def _jobs(age: np.ndarray, education: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    chance = rng.random(len(age))
    steps = np.array([[0.12, 0.62, 0.9, 0.995, 1], [0.1, 0.52, 0.84, 0.99, 1], [0.09, 0.36, 0.66, 0.97, 1],
                      [0.08, 0.2, 0.5, 0.93, 1], [0.06, 0.09, 0.32, 0.78, 1]])[education]  # fmt: skip
    job = (chance[:, None] > steps).sum(axis=1)
    retired = age >= 60
    job[retired & (job == _CIVIL_SERVANT)] = _PENSIONER
    job[retired & (job == 3)] = 0
    return job


def _dependants(members: pd.DataFrame, count: int) -> np.ndarray:
    """Share of each family younger than 15 or older than 64."""
    young = members["born"] > np.datetime64("2010-12-31")
    old = members["born"] < np.datetime64("1960-12-31")
    here = members["family"] >= 0
    family = members["family"].to_numpy()[here]
    sums = np.bincount(family, weights=(young | old)[here].astype(float), minlength=count)
    return sums / np.maximum(np.bincount(family, minlength=count), 1)


def draw_consumption(
    wealth: np.ndarray, persons: np.ndarray, settings: dict, line: float, poor: float
) -> np.ndarray:
    """Rupiah per person a month, lognormal; exactly the share `poor` of persons is below `line`."""
    order = np.argsort(wealth, kind="stable")
    reached = np.cumsum(persons[order]) / persons.sum()
    edge = wealth[order][np.searchsorted(reached, poor)]
    return (np.exp(np.log(line) + settings["sebaran_konsumsi"] * (wealth - edge)) / 100).round() * 100  # fmt: skip


def proxy_score(seen: pd.DataFrame, settings: dict, dice: Dice) -> np.ndarray:
    """What a proxy means test says: least squares of log consumption on what is seen, with errors.

    Noise is added until score and consumption correlate with `korelasi_pmt` (Spearman).
    """
    rng = dice.part("pmt")
    truth = seen["wealth"].to_numpy()
    columns = [name for name, *_ in _SEEN] + ["education", "dependants", "floor_m2"]
    told = seen[columns].astype(float).to_numpy()
    wrong = rng.random(told.shape) < settings["salah_catat"]
    told = np.where(wrong, rng.permutation(told), told)
    design = np.column_stack([np.ones(len(told)), told])
    fitted = design @ np.linalg.lstsq(design, truth, rcond=None)[0]
    wanted = 2 * np.sin(np.pi * settings["korelasi_pmt"] / 6)  # Pearson of a normal pair
    reached = np.corrcoef(fitted, truth)[0, 1]
    extra = max((reached / wanted) ** 2 - 1, 0) * fitted.var()
    score = fitted + np.sqrt(extra) * rng.normal(0, 1, len(fitted))
    return (score - score.mean()) / score.std()


def like(truth: np.ndarray, correlation: float, rng: np.random.Generator) -> np.ndarray:
    """A standard variable that correlates with `truth` by `correlation`."""
    standard = (truth - truth.mean()) / truth.std()
    return correlation * standard + np.sqrt(1 - correlation**2) * rng.normal(0, 1, len(truth))


def next_score(score: np.ndarray, settings: dict, dice: Dice) -> np.ndarray:
    """The next quarter's score: mostly the same; a few families' jump by several tenths."""
    rng = dice.part("pmt-next")
    after = score + rng.normal(0, settings["geser_skor"], len(score))
    jump = rng.random(len(score)) < settings["lompat_desil"]
    sides = np.where(score > 0, -1, 1)
    after[jump] += (sides * rng.uniform(1.1, 1.9, len(score)))[jump]
    return after


def desil_bounds(score: np.ndarray, settings: dict) -> np.ndarray:
    """The national thresholds, such that the city's families divide by `desil_bagian`."""
    return np.quantile(score, np.cumsum(settings["desil_bagian"])[:-1])


def desil(score: np.ndarray, bounds: np.ndarray, unranked: np.ndarray) -> np.ndarray:
    """1–10; −1 = not ranked."""
    return np.where(unranked, -1, 1 + np.searchsorted(bounds, score))
