"""Exclusion of every programme taken apart by reason."""

import numpy as np
import pandas as pd

from analysis.measures.arrays import Floats
from analysis.measures.register.sums import AGREEMENT, Sums, share, wide

TIES = f"{AGREEMENT}; kuota = satuan pada daftar periode ini, dipotong sekota menurut desil; seri: nilai harapan"


def terms(cells: pd.DataFrame, sums: Sums, inside: Floats) -> dict[str, pd.DataFrame]:
    """Exclusion = conditions + quota + implementation, signed, adding exactly; of single programmes in their own unit."""
    target = sums.hits + sums.missed
    own = cells["dengan_kuota"].fillna(False).to_numpy(dtype=bool) & (target > 0)
    eligible = (wide(cells, "memenuhi") * inside).sum(1)
    places, fewest, most = (
        (wide(cells, name) * inside).sum(1) for name in ("tempat", "tempat_min", "tempat_maks")
    )
    terms = {
        "suku_syarat": (target - eligible, target - eligible, target - eligible),
        "suku_kuota": (eligible - places, eligible - most, eligible - fewest),
        "suku_pelaksanaan": (places - sums.hits, fewest - sums.hits, most - sums.hits),
    }
    found = {}
    for name, (expected, least, greatest) in terms.items():
        shares = [
            np.where(own, share((part, target)), np.nan) for part in (expected, least, greatest)
        ]
        settled = np.isclose(least, greatest)
        found[name] = pd.DataFrame(
            {
                "nilai": shares[0], "bawah": np.where(settled, np.nan, shares[1]), "atas": np.where(settled, np.nan, shares[2]),
                "pembilang": np.where(own, expected, np.nan), "penyebut": np.where(own, target, np.nan), "metode": TIES,
            }
        )  # fmt: skip
    return found
