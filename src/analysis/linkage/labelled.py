"""Identifier agreement as noisy label: P(one person | everything but the NIK), then the NIK's own evidence.

Elkan & Noto (2008): among rows with a NIK, P(NIK equal | x) = c · P(match | x), where c is the chance
that one person's rows hold the same NIK. So the model learns from equal NIK and is divided by c.
It works on counted patterns, never on pairs or values: what is stored can name nobody.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from threadpoolctl import threadpool_limits

EQUAL, PARTIAL, NEAR, OTHER = 0, 1, 2, 3
_LIMIT = 1e-6


@dataclass(frozen=True)
class LabelledModel:
    """`classifier`, levelled by `level`, gives P(NIK equal | x); `c` as above; `ratio` [birth date equal?, NIK level] → factor."""

    classifier: HistGradientBoostingClassifier
    level: IsotonicRegression
    features: tuple[str, ...]
    c: float
    ratio: np.ndarray

    def probabilities(self, patterns: pd.DataFrame) -> np.ndarray:
        """Chance that the two rows of a pattern are one person."""
        chance = self.without_number(patterns)
        level = patterns["nik"].to_numpy().astype(int)
        same_day = (patterns["lahir"].to_numpy() == 0).astype(int)
        factor = np.where(level >= 0, self.ratio[same_day, np.maximum(level, 0)], 1.0)
        odds = chance / (1 - chance) * factor
        return np.round(odds / (1 + odds), 6)

    def without_number(self, patterns: pd.DataFrame) -> np.ndarray:
        """Chance by everything but the NIK."""
        with threadpool_limits(1):  # two OpenMP threads spin on small data (linkage.md §8)
            raw = self.classifier.predict_proba(patterns[list(self.features)].to_numpy(float))[:, 1]
        return np.clip(self.level.predict(raw) / self.c, _LIMIT, 1 - 1e-4)


def fit(patterns: pd.DataFrame, features: tuple[str, ...]) -> LabelledModel:
    """Fit on `patterns`: the features, `nik` (level) and `n` (pairs). Only pairs with both NIK teach.

    Equal NIK beside a name and a birth date that both differ is the head's number on a member's
    row: taught as no match. Birth dates are hidden in a copy, else one filled from the NIK would
    never be missing beside a NIK.
    """
    told = patterns[patterns["nik"].isin([EQUAL, NEAR, OTHER])].reset_index(drop=True)
    contradicts = (told["nama"] >= 4) & (told["lahir"] >= 2)
    label = ((told["nik"] == EQUAL) & ~contradicts).to_numpy().astype(int)
    x, n = told[list(features)], told["n"].to_numpy(float)
    hidden = x.assign(**{name: -1 for name in features if name.startswith("lahir")})
    classifier = HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.1, min_samples_leaf=5, l2_regularization=1.0, max_leaf_nodes=31,
        early_stopping=False, random_state=0,
    )  # fmt: skip
    with threadpool_limits(1):
        classifier.fit(
            pd.concat([x, hidden]).to_numpy(float),
            np.r_[label, label],
            sample_weight=np.r_[n, n / 2],
        )
        raw = classifier.predict_proba(x.to_numpy(float))[:, 1]
    level = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(
        raw, label, sample_weight=n
    )
    c = _agreement(level.predict(raw), label, n)
    model = LabelledModel(classifier, level, features, c, np.ones((2, 4)))
    return replace(model, ratio=_ratios(told, model.without_number(told), n))


def _agreement(level: np.ndarray, label: np.ndarray, n: np.ndarray) -> float:
    """c: share of equal NIK among the surest half of the agreeing pairs, nearly all of them matches."""
    order = np.argsort(-level, kind="stable")
    agreeing = np.cumsum((n * label)[order])
    half = order[: int(np.searchsorted(agreeing, agreeing[-1] / 2)) + 1]
    return float((n * label)[half].sum() / n[half].sum())


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
