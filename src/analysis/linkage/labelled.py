"""Identifier agreement as noisy label: P(one person | everything but the NIK), then the NIK's own evidence.

Elkan & Noto (2008): among rows with a NIK, P(NIK equal | x) = c · P(match | x), where c is the chance that one
person's rows hold the same NIK. Both are found at once, by maximum likelihood: log odds of a match add up over
the levels x, as in Fellegi & Sunter, and c is the height at which agreement levels off. Levels that add up go on
past what the noise of the labels can show, where a freely fitted curve stops at c and calls sure pairs doubtful.
It works on counted patterns, never on pairs or values: what is stored can name nobody.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit, xlog1py, xlogy
from threadpoolctl import threadpool_limits

EQUAL, PARTIAL, NEAR, OTHER = 0, 1, 2, 3
_LIMIT = 1e-6
_HIDDEN = 0.02  # weight of the copy whose birth dates are hidden: little, where real gaps can teach
_RIDGE = 0.01  # keeps the weight of a level nobody shows at 0
_ROUNDS = 500


@dataclass(frozen=True)
class LabelledModel:
    """`weights` of `terms` (feature, level; level None: the feature as a number) after an intercept.

    `chances`: c for pairs of different and of one birth date; `c`: their mean over the matches;
    `ratio` [birth date equal?, NIK level] → factor.
    """

    terms: tuple[tuple[str, int | None], ...]
    weights: np.ndarray
    chances: np.ndarray
    c: float
    ratio: np.ndarray

    def probabilities(self, patterns: pd.DataFrame) -> np.ndarray:
        """Chance that the two rows of a pattern are one person."""
        chance = self.without_number(patterns)
        level = patterns["nik"].to_numpy().astype(int)
        factor = np.where(level >= 0, self.ratio[_same_day(patterns), np.maximum(level, 0)], 1.0)
        odds = chance / (1 - chance) * factor
        return np.round(odds / (1 + odds), 6)

    def without_number(self, patterns: pd.DataFrame) -> np.ndarray:
        """Chance by everything but the NIK."""
        with threadpool_limits(1):  # sums in one order, whatever the machine
            return np.clip(expit(_design(patterns, self.terms) @ self.weights), _LIMIT, 1 - _LIMIT)


def fit(patterns: pd.DataFrame, features: tuple[str, ...]) -> LabelledModel:
    """Fit on `patterns`: the features, `nik` (level) and `n` (pairs). Only pairs with both NIK teach.

    Equal NIK beside a name and a birth date that both differ is the head's number on a member's
    row: taught as no match. Birth dates are hidden in a light copy, else one filled from the NIK would
    never be missing beside a NIK.
    """
    told = patterns[patterns["nik"].isin([EQUAL, NEAR, OTHER])].reset_index(drop=True)
    contradicts = (told["nama"] >= 4) & (told["lahir"] >= 2)
    label = ((told["nik"] == EQUAL) & ~contradicts).to_numpy().astype(float)
    hidden = told.assign(**{name: -1 for name in features if name.startswith("lahir")})
    taught, n = pd.concat([told, hidden], ignore_index=True), told["n"].to_numpy(float)
    terms = _terms(taught, features)
    weights, chances = _most_likely(
        _design(taught, terms), np.r_[label, label], np.r_[n, n * _HIDDEN], np.r_[_same_day(told), _same_day(told)]
    )  # fmt: skip
    model = LabelledModel(terms, weights, chances, 1.0, np.ones((2, 4)))
    chance = model.without_number(told)
    c = float(np.average(chances[_same_day(told)], weights=n * chance))
    return replace(model, c=c, ratio=_ratios(told, chance, n))


def _same_day(patterns: pd.DataFrame) -> np.ndarray:
    return (patterns["lahir"].to_numpy() == 0).astype(int)


def _terms(patterns: pd.DataFrame, features: tuple[str, ...]) -> tuple[tuple[str, int | None], ...]:
    """Each level a feature shows; how rare an agreed value is (`…_f`) counts as a number."""
    levels = [
        (f, int(level))
        for f in features
        if not f.endswith("_f")
        for level in np.unique(patterns[f])
    ]
    return (*levels, *((f, None) for f in features if f.endswith("_f")))  # fmt: skip


def _design(patterns: pd.DataFrame, terms: tuple[tuple[str, int | None], ...]) -> np.ndarray:
    """A column of ones, then a column a term."""
    columns = [np.ones(len(patterns))]
    for feature, level in terms:
        value = patterns[feature].to_numpy()
        columns.append(
            (value == level) * 1.0 if level is not None else np.maximum(value + 0.5, 0) / 4
        )
    return np.column_stack(columns)  # fmt: skip


def _most_likely(
    x: np.ndarray, label: np.ndarray, n: np.ndarray, day: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Weights and c by day that maximise Σ n log P(label), P(1) = c·expit(x·w), with a slight ridge on w."""
    width = x.shape[1]

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        weights, chances = at[:width], expit(at[width:])
        match, c = expit(x @ weights), chances[day]
        p = np.clip(c * match, 1e-9, 1 - 1e-9)
        slope = n * (p - label) / (p * (1 - p))
        ridge = np.r_[0, weights[1:]]
        by_day = np.bincount(day, slope * match, minlength=2) * chances * (1 - chances)
        value = -(n * (xlogy(label, p) + xlog1py(1 - label, -p))).sum() + _RIDGE * ridge @ ridge
        return value, np.r_[x.T @ (slope * c * match * (1 - match)) + 2 * _RIDGE * ridge, by_day]

    start = np.r_[np.zeros(width), 3.5, 3.5]  # c = .97
    with threadpool_limits(1):
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x
    return found[:width], expit(found[width:])


def _ratios(told: pd.DataFrame, chance: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Likelihood ratio of the NIK's level, apart for equal and other birth dates."""
    ratio = np.ones((2, 4))
    same_day = (told["lahir"] == 0).to_numpy()
    level = told["nik"].to_numpy()
    for day in (0, 1):
        here = same_day == bool(day)
        matches = np.where(here & (chance > 0.5), n * chance, 0.0)
        others = np.where(here & (chance <= 0.5), n * (1 - chance), 0.0)
        for which in (EQUAL, NEAR, OTHER):
            at = level == which
            m = (matches[at].sum() + 0.5) / (matches.sum() + 1.5)
            u = (others[at].sum() + 0.5) / (others.sum() + 1.5)
            ratio[day, which] = m / u
    ratio[:, PARTIAL] = ratio[:, EQUAL] ** 0.75  # fifteen of sixteen digits
    return ratio
