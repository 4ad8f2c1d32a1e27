"""Patterns → probabilities by match weights, with the prior found from the patterns themselves."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.linkage.comparisons import Comparison

_ROUNDS = 200


@dataclass(frozen=True)
class Weights:
    """m (chance of a level among matches) and u (among others), by comparison."""

    m: dict[str, np.ndarray]
    u: dict[str, np.ndarray]


def log_odds(
    patterns: pd.DataFrame, comparisons: tuple[Comparison, ...], weights: Weights
) -> np.ndarray:
    """Sum of log Bayes factors a pattern; agreement on a value of share f weighs m / f instead of m / u."""
    total = np.zeros(len(patterns))
    for c in comparisons:
        level = patterns[c.name].to_numpy().astype(int)
        factor = np.log(weights.m[c.name] / weights.u[c.name])
        told = np.where(level >= 0, factor[np.maximum(level, 0)], 0.0)
        if c.frequency:
            rare = patterns[f"{c.name}_f"].to_numpy().astype(float)
            by_value = np.log(weights.m[c.name][0]) + (rare + 0.5) * np.log(4)
            told = np.where(rare >= 0, by_value, told)
        total += told
    return total


def prior_of(odds: np.ndarray, counts: np.ndarray, all_pairs: float) -> float:
    """Chance that two random rows are one person's, from the patterns themselves.

    Solves prior = Σ count · posterior(prior) / all_pairs by iteration from one match in a thousand
    pairs; pairs never compared are taken as no matches.
    """
    prior = min(1e-3, 0.5 * counts.sum() / all_pairs)
    for _ in range(_ROUNDS):
        found = float((counts * _posterior(odds, prior)).sum()) / all_pairs
        found = min(max(found, 0.5 / all_pairs), 0.5)
        if abs(found - prior) < 1e-9 * found:
            break
        prior = found
    return prior


def probabilities(odds: np.ndarray, prior: float) -> np.ndarray:
    """Posterior chance a pattern, to six decimals."""
    return np.round(_posterior(odds, prior), 6)


def _posterior(odds: np.ndarray, prior: float) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(odds + np.log(prior / (1 - prior)), -500, 500)))
