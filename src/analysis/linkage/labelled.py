"""Identifier agreement as noisy label: P(one person | everything but the NIK).

Elkan & Noto (2008): among rows with a NIK, P(NIK equal | x) = c · P(match | x), where c is the chance that one
person's row and record hold the same NIK. Both are found at once, by maximum likelihood: log odds of a match add
up over the levels x, as in Fellegi & Sunter, and c is the height at which agreement levels off. Levels that add up
go on past what the noise of the labels can show, where a freely fitted curve stops at c and calls sure pairs
doubtful. A record that stands in one list is often one because its NIK is wrong: it has a c of its own.
What a small city cannot tell is drawn from the kit's weights: each level's weight is normal about theirs.
It works on counted patterns, never on pairs or values: what is stored can name nobody.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, xlog1py, xlogy
from threadpoolctl import threadpool_limits

from analysis.linkage.fellegi_sunter import Weights
from analysis.linkage.indonesia import EQUAL, PARTIAL

_LIMIT = 1e-6
_HIDDEN = 0.02  # weight of the copy whose birth dates are hidden: little, where real gaps can teach
_ROUNDS = 500
_RARE = 4 * np.log(
    4
)  # by theory, log odds grow with the log of how rare a value is; a class is a factor 4

Terms = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class LabelledModel:
    """`weights` of `terms` (feature, level; level None: the feature as a number) after an intercept.

    `chances` [birth date equal?, record in two lists?]: c; `slip`: chance that a row's NIK is wrong.
    """

    terms: Terms
    weights: np.ndarray
    chances: np.ndarray
    slip: float

    def without_number(self, patterns: pd.DataFrame) -> np.ndarray:
        """Chance that the two of a pattern are one person, by everything but the NIK."""
        with threadpool_limits(1):  # sums in one order, whatever the machine
            return np.clip(expit(_design(patterns, self.terms) @ self.weights), _LIMIT, 1 - _LIMIT)


def fit(
    patterns: pd.DataFrame, features: tuple[str, ...], usual: Weights, sd: float
) -> LabelledModel:
    """Fit on `patterns`: the features, `nik` (level), `twice_r` and `n` (pairs). Only pairs with both NIK teach.

    Birth dates are hidden in a light copy, else one filled from the NIK would never be missing beside a
    NIK. `usual`: what weights are drawn towards, with standard deviation `sd` in log odds.
    """
    told = patterns[told_by(patterns)].reset_index(drop=True)
    label = ((told["nik"] == EQUAL) & ~contradicts(told)).to_numpy().astype(float)
    hidden = told.assign(**{name: -1 for name in features if name.startswith("lahir")})
    taught, n = pd.concat([told, hidden], ignore_index=True), told["n"].to_numpy(float)
    terms = _terms(taught, features)
    kind = 2 * same_day(told) + told["twice_r"].to_numpy().astype(int)
    weights, chances = _most_likely(
        _design(taught, terms), np.r_[label, label], np.r_[n, n * _HIDDEN], np.r_[kind, kind], _expected(terms, usual), sd
    )  # fmt: skip
    model = LabelledModel(terms, weights, chances.reshape(2, 2), 0.0)
    matches = n * model.without_number(told) * told["twice_r"].to_numpy()
    slip = float(np.average(1 - chances[kind], weights=matches + 1e-9))
    return LabelledModel(terms, weights, chances.reshape(2, 2), slip)


def told_by(patterns: pd.DataFrame) -> pd.Series:
    """Which patterns have two whole NIK."""
    return (patterns["nik"] >= 0) & (patterns["nik"] != PARTIAL)


def contradicts(patterns: pd.DataFrame) -> pd.Series:
    """Equal NIK beside a name and a birth date that both differ: the head's number on a member's row."""
    return (patterns["nik"] == EQUAL) & (patterns["nama"] >= 4) & (patterns["lahir"] >= 2)


def same_day(patterns: pd.DataFrame) -> np.ndarray:
    """1 where the birth dates agree, else 0: a NIK holds one."""
    return (patterns["lahir"].to_numpy() == 0).astype(int)


def _terms(patterns: pd.DataFrame, features: tuple[str, ...]) -> Terms:
    """Each level a feature shows; how rare an agreed value is (`…_f`) counts as a number."""
    levels = [
        (f, int(level))
        for f in features
        if not f.endswith("_f")
        for level in np.unique(patterns[f])
    ]
    return (*levels, *((f, None) for f in features if f.endswith("_f")))  # fmt: skip


def _design(patterns: pd.DataFrame, terms: Terms) -> np.ndarray:
    """A column of ones, then a column a term. A name tells the sex: beside equal names an equal sex says nothing more."""
    columns = [np.ones(len(patterns))]
    named = ((patterns["nama"] == 0) & (patterns["kelamin"] == 0)).to_numpy()
    for feature, level in terms:
        value = patterns[feature].to_numpy()
        value = np.where(named, -1, value) if feature == "kelamin" else value
        columns.append(
            (value == level) * 1.0 if level is not None else np.maximum(value + 0.5, 0) / 4
        )
    return np.column_stack(columns)  # fmt: skip


def _expected(terms: Terms, usual: Weights) -> np.ndarray:
    """The weights to be drawn towards, the intercept's first: log m/u; of a value that is weighed by its rarity log m."""
    rare = {feature.removesuffix("_f") for feature, level in terms if level is None}

    def of(feature: str, level: int | None) -> float:
        if level is None:
            return _RARE
        if level < 0:
            return 0.0
        m = usual.m[feature][level]
        return float(np.log(m if level == 0 and feature in rare else m / usual.u[feature][level]))

    return np.array([0.0, *(of(*term) for term in terms)])


def _most_likely(
    x: np.ndarray, label: np.ndarray, n: np.ndarray, kind: np.ndarray, expected: np.ndarray, sd: float
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Weights and c by kind that maximise Σ n log P(label), P(1) = c·expit(x·w), with w normal about `expected`; the intercept is free."""
    from scipy.optimize import minimize  # no increment learns, and each would load it

    width, kinds = x.shape[1], int(kind.max()) + 1
    ridge = np.r_[0.0, np.full(width - 1, 0.5 / sd**2)]

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        weights, chances = at[:width], expit(at[width:])
        match, c, away = expit(x @ weights), chances[kind], weights - expected
        p = np.clip(c * match, 1e-9, 1 - 1e-9)
        slope = n * (p - label) / (p * (1 - p))
        by_kind = np.bincount(kind, slope * match, minlength=kinds) * chances * (1 - chances)
        value = -(n * (xlogy(label, p) + xlog1py(1 - label, -p))).sum() + (ridge * away) @ away
        return value, np.r_[x.T @ (slope * c * match * (1 - match)) + 2 * ridge * away, by_kind]

    start = np.r_[expected, np.full(kinds, 3.5)]  # c = .97
    with threadpool_limits(1):
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x
    return found[:width], expit(found[width:])
