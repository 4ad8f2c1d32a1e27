"""Confidence intervals of proportions: logit inside, Korn–Graubard where the logit has none (measures.md 2.8)."""

import math

from scipy.special import betaincinv, expit, stdtrit

CONFIDENCE = 0.95
_UPPER = 0.5 + CONFIDENCE / 2


def quantile(df: float) -> float:
    """Student's t that leaves 2.5 % above."""
    return float(stdtrit(df, _UPPER))


def logit_interval(value: float, se: float, df: int) -> tuple[float | None, float | None]:
    """expit(logit p ± t·se/(p(1−p))); a census (se 0) has its own value as both ends.

    >>> [round(bound, 4) for bound in logit_interval(0.5, 0.05, 30)]
    [0.3993, 0.6007]
    """
    if not (0 < value < 1) or df < 1 or not math.isfinite(se):
        return None, None
    centre, reach = math.log(value / (1 - value)), quantile(df) * se / (value * (1 - value))
    return float(expit(centre - reach)), float(expit(centre + reach))


def korn_graubard(share: float, se: float, n: int, df: float) -> tuple[float, float]:
    """Clopper–Pearson at the effective sample size p(1−p)/se² × (t(n−1)/t(df))²; also for shares of 0 and 1.

    At 0 and 1 the standard error is 0 and tells nothing: the sample's own size stands in for the effective one.

    >>> [round(bound, 4) for bound in korn_graubard(0.0, 0.0, 50, 49)]
    [0.0, 0.0711]
    """
    design_effect_free = share * (1 - share) / se**2 if se > 0 else float(n)
    effective = design_effect_free * (quantile(n - 1) / quantile(df)) ** 2
    hits = effective * share
    low = 0.0 if share == 0 else float(betaincinv(hits, effective - hits + 1, 1 - _UPPER))
    high = 1.0 if share == 1 else float(betaincinv(hits + 1, effective - hits, _UPPER))
    return low, high
