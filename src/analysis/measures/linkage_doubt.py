"""A count of "in both lists" corrected for links that are false and links that were missed."""

import numpy as np
import pandas as pd

METHOD = "n × presisi ÷ recall pasangan daftar; interval 95 % pada skala log"
UNKNOWN = "galat pemadanan belum dihitung"


def corrected(counts: pd.DataFrame) -> pd.DataFrame:
    """Columns perkiraan, bawah, atas, metode for counts with the linkage error of their pair of lists.

    `counts`: n_terpadankan with precision, recall and their 95 % bounds. Of n found, n·P are truly in
    both, and they are the share R of all who are: N = n·P/R (Ding and Fienberg 1994; Di Consiglio and
    Tuoto 2015). P and R are measured apart, so that variances add on the log scale; a bound that is
    not known makes no interval. Null where precision or recall is null or 0.
    """
    found = counts["n_terpadankan"].astype(float)
    sides = {side: counts[side].astype(float) for side in ("precision", "recall")}
    factor = sides["precision"] / sides["recall"].where(sides["recall"] > 0)
    half = np.hypot(*(_half_width(counts, side) for side in sides))
    value = found * factor
    return pd.DataFrame(
        {
            "perkiraan": value.round(2),
            "bawah": (value * np.exp(-half)).round(2),
            "atas": (value * np.exp(half)).round(2),
            "metode": np.where(value.isna(), UNKNOWN, METHOD),
        },
        index=counts.index,
    )


def _half_width(counts: pd.DataFrame, side: str) -> np.ndarray:
    """Half of the 95 % interval of a share on the log scale; NaN where it is not known."""
    low, high = (counts[f"{side}_{end}"].astype(float) for end in ("low", "high"))
    return np.log(high.where(high > 0) / low.where(low > 0)).to_numpy() / 2
