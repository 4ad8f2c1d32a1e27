"""How far proxy means tests miss: errors at a quota beside OLS's, calibration, what a score loses with age.

For analysts, never in a brief.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis.measures.arrays import Floats
from analysis.measures.bootstrap import rao_wu
from analysis.measures.pmt import OLS
from analysis.measures.quota import QuotaErrors, exclusion_at_quota
from analysis.measures.rank_correlation import spearman
from analysis.measures.ranking import auc, poorest


def errors_by_model(
    scores: pd.DataFrame, welfare: Floats, quota: float, *, weights: Floats, strata: Sequence, areas: Sequence,
    replicates: int = 200, seed: int = 1,
) -> pd.DataFrame:  # fmt: skip
    """A row a model: exclusion at the quota (= inclusion) with its interval, and its difference to OLS with its own.

    Truth and cut are the poorest `quota` of weight, drawn anew in each replicate of areas (Rao–Wu). Columns model,
    eksklusi, bawah, atas, selisih, selisih_bawah, selisih_atas (paired; below 0: better than OLS), spearman, auc.
    """
    drawn = {
        "weights": weights, "strata": strata, "clusters": areas, "replicates": replicates, "seed": seed,
    }  # fmt: skip

    def missed(model: str) -> Callable[[Floats], float]:
        score = scores[model].to_numpy()
        return lambda w: (
            exclusion_at_quota(score, poorest(welfare, quota, w), quota, weights=w).expected
        )

    rows = []
    for model in scores.columns:
        own = rao_wu(missed(model), len(scores), **drawn)
        gain = rao_wu(
            lambda w, m=model: missed(m)(w) - missed(OLS)(w),
            len(scores),
            **drawn,
            kind="difference",
        )
        poor = poorest(welfare, quota, weights)
        rows.append(
            (model, own.value, own.low, own.high, gain.value, gain.low, gain.high,
             spearman(scores[model], welfare, weights=weights), float(auc(scores[model], poor, weights=weights)))
        )  # fmt: skip
    names = [
        "model", "eksklusi", "bawah", "atas", "selisih", "selisih_bawah", "selisih_atas", "spearman", "auc",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def at_desil(
    score: Floats, welfare: Floats, quota: float, *, weights: Floats, levels: int = 10
) -> QuotaErrors:
    """Exclusion if only the score's tenth (desil) were known: what the tied at the cut leave open."""
    rank = np.zeros(len(score))
    for level in range(1, levels):
        rank += 1 - np.nan_to_num(poorest(score, level / levels, weights))
    return exclusion_at_quota(
        np.floor(rank + 0.5), poorest(welfare, quota, weights), quota, weights=weights
    )


def calibration(score: Floats, welfare: Floats, *, weights: Floats, bins: int = 10) -> pd.DataFrame:
    """Predicted and true mean log welfare in each tenth of the score: columns bagian, ramalan, nyata, n."""
    order = np.argsort(score, kind="stable")
    middle = np.empty(len(score))
    middle[order] = (np.cumsum(weights[order]) - weights[order] / 2) / weights.sum()
    table = pd.DataFrame({"bagian": np.minimum((middle * bins).astype(int), bins - 1) + 1, "w": weights,
                          "p": weights * score, "t": weights * np.log(welfare)})  # fmt: skip
    sums = table.groupby("bagian")[["w", "p", "t"]].sum()
    found = pd.DataFrame({"ramalan": sums["p"] / sums["w"], "nyata": sums["t"] / sums["w"]})
    return found.assign(n=table["bagian"].value_counts()).reset_index()


def ageing(
    exclusion: float, years: Sequence[int], points_a_year: tuple[float, float]
) -> pd.DataFrame:
    """Exclusion after so many years without a new survey, if accuracy falls by the literature's points a year.

    >>> ageing(0.4, [0, 4], (1.5, 1.9))["paling_banyak"].round(3).tolist()
    [0.4, 0.476]
    """
    low, high = (exclusion + np.array(years) * points / 100 for points in points_a_year)
    return pd.DataFrame(
        {
            "tahun": list(years),
            "paling_sedikit": np.minimum(low, 1),
            "paling_banyak": np.minimum(high, 1),
        }
    )


def aged(score: Floats, later: dict[str, Floats], quota: float, *, weights: Floats) -> pd.DataFrame:
    """The same score against welfare measured later: columns saat, eksklusi, spearman; what ageing did where it is known."""
    rows = [
        (
            when,
            exclusion_at_quota(score, poorest(y, quota, weights), quota, weights=weights).expected,
            spearman(score, y, weights=weights),
        )
        for when, y in later.items()
    ]
    return pd.DataFrame(rows, columns=["saat", "eksklusi", "spearman"])
