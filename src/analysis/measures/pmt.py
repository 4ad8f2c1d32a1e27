"""Proxy means tests refitted on a survey, in nested cross-validation by area.

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

from analysis.measures.arrays import Floats
from analysis.measures.quota import exclusion_at_quota
from analysis.measures.ranking import poorest
from analysis.policy.targeting_models import ProxyTest

OLS, QUANTILE, TREES = "ols", "kuantil", "pohon"
MODELS = (OLS, QUANTILE, TREES)
FORBIDDEN = frozenset({
    "consumption", "treated", "rank", "consumption_ae", "food", "nonfood", "nonstaple", "diversity",
})  # fmt: skip


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
