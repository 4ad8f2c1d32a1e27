"""A count of "in both lists" corrected for links that are false and links that were missed."""

import numpy as np
import pandas as pd

from analysis.linkage import realised

METHOD = (
    "n × presisi ÷ recall pasangan daftar; interval 95% atas banyaknya padanan salah dan terlewat"
)
UNKNOWN = "galat pemadanan belum dihitung"
Expected = tuple[np.ndarray, np.ndarray]


def corrected(counts: pd.DataFrame) -> pd.DataFrame:
    """Columns perkiraan, bawah, atas, metode for counts with the linkage error of their pair of lists.

    `counts`: n_terpadankan with precision, recall, and the relative standard deviations false_sd and missed_sd.
    Of n found, n·P are truly in both, and they are the share R of all who are: N = n·P/R (Ding and Fienberg
    1994; Di Consiglio and Tuoto 2015). So N = n − F + M with F false links, expected n(1−P), and M missed ones,
    expected n·P(1/R−1). Both are counts, few or none as often as not: each has the interval of an overdispersed
    count (`realised`), and the two are joined end by end (MOVER: Zou and Donner 2008), out to whole units
    but never past what both ends together allow. Null where precision or recall is null or 0.
    """
    found, precision, recall, false_sd, missed_sd = (
        counts[name].astype(float).to_numpy()
        for name in ("n_terpadankan", "precision", "recall", "false_sd", "missed_sd")
    )
    recall = np.where(recall > 0, recall, np.nan)
    false, missed = found * (1 - precision), found * precision * (1 / recall - 1)
    told = mended(found, (false, false_sd), (missed, missed_sd), counts.index)
    return told.assign(metode=np.where(told["perkiraan"].isna(), UNKNOWN, METHOD))


def mended(found: np.ndarray, less: Expected, more: Expected, index: pd.Index) -> pd.DataFrame:
    """Columns perkiraan, bawah, atas of counts `found`, less some that should not be there, and more that are not.

    `less`, `more`: how many are expected, and the relative standard deviation of that.
    """
    (false, _), (missed, _) = less, more
    (false_low, false_high), (missed_low, missed_high) = realised(*less), realised(*more)
    value = found - false + missed
    least = value - np.hypot(false_high - false, missed - missed_low)
    most = value + np.hypot(false - false_low, missed_high - missed)
    return pd.DataFrame(
        {
            "perkiraan": value.round(2),
            "bawah": np.maximum(np.floor(least), found - false_high + missed_low).clip(0),
            "atas": np.minimum(np.ceil(most), found - false_low + missed_high),
        },
        index=index,
    )
