"""Proxy means tests refitted on a survey, in nested cross-validation by area.

For analysts, never in a brief. Households of one area are never in training and test together: random folds flatter
(measures.md §0.5, §4). Scores are logarithms of predicted welfare; low is poor.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

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
    every = _Households(
        features.to_numpy(dtype=float), np.log(welfare), pd.factorize(np.asarray(areas))[0], weights
    )
    scores = pd.DataFrame(np.nan, index=features.index, columns=list(models))
    with threadpool_limits(1):
        for train, test in every.folds(rules.lipatan, seed):
            for model in models:
                fit = _fitted(model, every.part(train), quota, rules, seed)
                scores.iloc[test, scores.columns.get_loc(model)] = fit(every.x[test])
    return scores


@dataclass(frozen=True)
class _Households:
    """Features, log welfare, area and weight of each."""

    x: Floats
    y: Floats
    area: np.ndarray
    w: Floats

    def part(self, rows: np.ndarray) -> "_Households":
        """Only these."""
        return _Households(self.x[rows], self.y[rows], self.area[rows], self.w[rows])

    def folds(self, count: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Rows to train on and to test on, an area always on one side."""
        cut = GroupKFold(count, shuffle=True, random_state=seed)
        return cut.split(self.x, self.y, self.area)


def _fitted(
    model: str, train: _Households, quota: float, rules: ProxyTest, seed: int
) -> Callable[[Floats], Floats]:
    """The model's prediction after fitting on these rows alone, imputation and scaling included."""
    if model == TREES:
        best = min(rules.kisi, key=lambda setting: _inner_error(setting, train, quota, rules, seed))
        return _trees(best, seed).fit(train.x, train.y, sample_weight=train.w).predict
    at_quota = QuantileRegressor(quantile=quota, alpha=0, solver="highs")
    core = LinearRegression() if model == OLS else at_quota
    line = make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), core)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        weighted = {f"{line.steps[-1][0]}__sample_weight": train.w}
        return line.fit(train.x, train.y, **weighted).predict


def _inner_error(
    setting: dict, train: _Households, quota: float, rules: ProxyTest, seed: int
) -> float:
    """Exclusion at the quota over folds by area within the training rows."""
    score = np.empty(len(train.y))
    for inner, left in train.folds(rules.lipatan_dalam, seed):
        part = train.part(inner)
        fit = _trees(setting, seed).fit(part.x, part.y, sample_weight=part.w)
        score[left] = fit.predict(train.x[left])
    poor = poorest(train.y, quota, train.w)
    return exclusion_at_quota(score, poor, quota, weights=train.w).expected


def _trees(setting: dict, seed: int) -> HistGradientBoostingRegressor:
    whole = {
        name: int(value) if float(value).is_integer() else value for name, value in setting.items()
    }
    return HistGradientBoostingRegressor(random_state=seed, early_stopping=False, **whole)
