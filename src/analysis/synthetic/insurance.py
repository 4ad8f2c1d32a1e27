"""JKN of everybody who is not PBI: paid by employer, by the city, or by themselves; some are paid twice."""

import numpy as np
import pandas as pd

from analysis.synthetic.people import Dice
from analysis.synthetic.population import Population
from analysis.synthetic.receipt import MONTHS, Receipt

_RUPIAH = {"PPU": 0, "PBPU PEMDA": 37_800, "PBPU MANDIRI": 42_000, "BUKAN PEKERJA": 0}
_EMPLOYED = (3, 4)
_RETIRED = 5


def members_of_jkn(city: Population, receipt: Receipt, settings: dict, dice: Dice) -> tuple[pd.DataFrame, np.ndarray]:  # fmt: skip
    """(rows of December, persons paid twice): segments other than PBI APBN, whole families alike."""
    rng, roll, families = dice.part("jkn"), city.now.roll, city.now.families
    insured = np.zeros(len(roll), dtype=bool)
    insured[receipt.chosen["pbi_jk", MONTHS[1]]] = True
    segment = _segments(families, rng)[roll["family"].to_numpy()]
    without = rng.random(len(roll)) < settings["tanpa_jkn"] * len(roll) / max((~insured).sum(), 1)
    newborn = np.isin(roll["person"], city.fates.born)
    listed = roll["here"].to_numpy() & ~insured & ~without & ~newborn
    twice = roll["here"].to_numpy() & insured & (rng.random(len(roll)) < np.where(segment == "PPU", settings["ganda_ppu"], settings["ganda_pemda"]))  # fmt: skip
    segment = np.where(twice & (segment != "PPU"), "PBPU PEMDA", segment)
    who = np.flatnonzero(listed | twice)
    rows = pd.DataFrame({"person": who, "segmen": segment[who], "status": np.where(rng.random(len(who)) < 0.06, "NON AKTIF", "AKTIF")})  # fmt: skip
    rows["rupiah"] = rows["segmen"].map(_RUPIAH)
    return rows, np.flatnonzero(twice)


def _segments(families: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """By the head's job; without an employer the poorer are paid by the city."""
    job = families["job"].to_numpy()
    rank = families["consumption_rp"].rank(pct=True).to_numpy()
    own = np.where(rng.random(len(families)) < 0.9 - 0.75 * rank, "PBPU PEMDA", "PBPU MANDIRI")
    return np.where(np.isin(job, _EMPLOYED), "PPU", np.where(job == _RETIRED, "BUKAN PEKERJA", own))
