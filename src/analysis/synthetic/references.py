"""What other offices know: who died, moved, is employed by the state, owns a company, was stopped."""

import numpy as np
import pandas as pd

from analysis.synthetic.people import HEAD, Dice
from analysis.synthetic.population import Population
from analysis.synthetic.receipt import MONTHS, Receipt


def reference_lists(city: Population, receipt: Receipt, entries: dict, settings: dict, dice: Dice) -> dict:  # fmt: skip
    """Entries of rujukan_* by (source, period); deaths and moves become known with the month."""
    rng, roll, families = dice.part("references"), city.now.roll, city.now.families
    job = families["job"].to_numpy()[roll["family"]]
    heads = (roll["role"] == HEAD).to_numpy() & roll["here"].to_numpy()
    paid = np.unique(np.r_[entries["pkh", MONTHS[0]]["person"], entries["sembako", MONTHS[0]]["person"]])  # fmt: skip
    adults = np.flatnonzero(roll["here"] & roll["age"].between(25, 58))
    stopped = _some(paid, max(settings["nonaktif"] * len(families), 6), rng)
    known = {
        "meninggal": city.fates.died[rng.random(len(city.fates.died)) < 0.9],
        "pindah": city.fates.left[rng.random(len(city.fates.left)) < 0.85],
        "asn": np.flatnonzero(
            (heads & (job == 4)) | (heads & (job == 5) & (rng.random(len(roll)) < 0.3))
        ),
        "perusahaan": np.flatnonzero(heads & (job == 2) & (rng.random(len(roll)) < 0.012)),
        "sdm_kesos": _some(adults, max(settings["sdm_kesos"] * len(families), 5), rng),
        "nonaktif": stopped,
        "graduasi": entries["pena", MONTHS[1]]["person"].to_numpy(),
        "penyalahgunaan": _some(paid, settings["penyalahgunaan"] * len(paid), rng),
    }
    lists = {(f"rujukan_{kind}", MONTHS[1]): pd.DataFrame({"person": np.sort(who)}) for kind, who in known.items()}  # fmt: skip
    for kind in ("meninggal", "pindah"):
        whole = lists[f"rujukan_{kind}", MONTHS[1]]
        half = whole[rng.random(len(whole)) < 0.6].reset_index(drop=True)
        lists[f"rujukan_{kind}", MONTHS[0]] = half if len(half) else whole.iloc[:1]
    return lists


def _some(pool: np.ndarray, wanted: float, rng: np.random.Generator) -> np.ndarray:
    return np.sort(rng.choice(pool, min(round(wanted), len(pool)), replace=False))
