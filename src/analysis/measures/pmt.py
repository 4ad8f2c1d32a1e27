"""Proxy means tests refitted on a survey: nested cross-validation by area, errors at a quota, what a model gains over OLS.

For analysts, never in a brief. Households of one area are never in training and test together: random folds flatter
(measures.md §0.5, §4). Scores are logarithms of predicted welfare; low is poor.
"""

import warnings
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, QuantileRegressor
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from analysis.measures.bootstrap import rao_wu
from analysis.measures.design import Floats
from analysis.measures.quota import QuotaErrors, exclusion_at_quota
from analysis.measures.rank_correlation import spearman
from analysis.measures.ranking import auc, poorest
from analysis.policy.targeting_models import ProxyTest

OLS, QUANTILE, TREES = "ols", "kuantil", "pohon"
MODELS = (OLS, QUANTILE, TREES)
FORBIDDEN = frozenset(
    {
        "consumption",
        "treated",
        "rank",
        "consumption_ae",
        "food",
        "nonfood",
        "nonstaple",
        "diversity",
    }
)


def out_of_fold(
    features: pd.DataFrame, welfare: Floats, areas: Sequence, *, weights: Floats, quota: float, rules: ProxyTest,
    models: Sequence[str] = MODELS, seed: int = 1,
) -> pd.DataFrame:  # fmt: skip
    """A column of scores a model, each household scored by a fit that saw none of its area.

    The boosted trees choose from `rules.kisi` by exclusion at `quota` in folds within the training areas; the
    quantile regression fits the quota's own quantile. Raises ValueError for welfare that is not positive or for
    features that would tell the answer.
    """
    told = FORBIDDEN & set(features.columns)
    if told or not np.all(welfare > 0):
        raise ValueError(
            f"welfare must be positive and no feature may tell it: {', '.join(sorted(told))}"
        )
    x, y, area = features.to_numpy(dtype=float), np.log(welfare), pd.factorize(np.asarray(areas))[0]
    scores = pd.DataFrame(np.nan, index=features.index, columns=list(models))
    outer = GroupKFold(rules.lipatan, shuffle=True, random_state=seed)
    with threadpool_limits(1):
        for train, test in outer.split(x, y, area):
            for model in models:
                fit = _fitted(
                    model, x[train], y[train], area[train], weights[train], quota, rules, seed
                )
                scores.iloc[test, scores.columns.get_loc(model)] = fit(x[test])
    return scores


def _fitted(
    model: str,
    x: Floats,
    y: Floats,
    area: np.ndarray,
    w: Floats,
    quota: float,
    rules: ProxyTest,
    seed: int,
) -> Callable[[Floats], Floats]:
    """The model's prediction after fitting on these rows alone, imputation and scaling included."""
    if model != TREES:
        core = (
            LinearRegression()
            if model == OLS
            else QuantileRegressor(quantile=quota, alpha=0, solver="highs")
        )
        line = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), core)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return line.fit(x, y, **{f"{line.steps[-1][0]}__sample_weight": w}).predict
    best = min(
        rules.kisi, key=lambda setting: _inner_error(setting, x, y, area, w, quota, rules, seed)
    )
    return _trees(best, seed).fit(x, y, sample_weight=w).predict


def _inner_error(
    setting: dict,
    x: Floats,
    y: Floats,
    area: np.ndarray,
    w: Floats,
    quota: float,
    rules: ProxyTest,
    seed: int,
) -> float:
    """Exclusion at the quota over folds by area within the training rows."""
    score = np.empty(len(y))
    for train, test in GroupKFold(rules.lipatan_dalam, shuffle=True, random_state=seed).split(
        x, y, area
    ):
        score[test] = (
            _trees(setting, seed).fit(x[train], y[train], sample_weight=w[train]).predict(x[test])
        )
    return exclusion_at_quota(score, poorest(y, quota, w), quota, weights=w).expected


def _trees(setting: dict, seed: int) -> HistGradientBoostingRegressor:
    whole = {
        name: int(value) if float(value).is_integer() else value for name, value in setting.items()
    }
    return HistGradientBoostingRegressor(random_state=seed, early_stopping=False, **whole)


def errors_by_model(
    scores: pd.DataFrame, welfare: Floats, quota: float, *, weights: Floats, strata: Sequence, areas: Sequence,
    replicates: int = 200, seed: int = 1,
) -> pd.DataFrame:  # fmt: skip
    """A row a model: exclusion at the quota (= inclusion) with its interval, and its difference to OLS with its own.

    Truth and cut are the poorest `quota` of weight, drawn anew in each replicate of areas (Rao–Wu). Columns model,
    eksklusi, bawah, atas, selisih, selisih_bawah, selisih_atas (paired; below 0: better than OLS), spearman, auc.
    """
    drawn = {
        "weights": weights,
        "strata": strata,
        "clusters": areas,
        "replicates": replicates,
        "seed": seed,
    }

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
        "model",
        "eksklusi",
        "bawah",
        "atas",
        "selisih",
        "selisih_bawah",
        "selisih_atas",
        "spearman",
        "auc",
    ]
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
