"""From weighted sums to an Estimate: ratios with design-based standard errors (measures.md 2.8)."""

import math

import numpy as np
from numpy.typing import NDArray

from analysis.estimates import Estimate
from analysis.measures.arrays import Floats
from analysis.measures.design import Design, degrees_of_freedom, variance
from analysis.measures.intervals import korn_graubard, logit_interval, quantile

UNIT, RUPIAH = "unit", "rupiah"
TAYLOR = "rasio; galat baku linearisasi Taylor menurut rancangan survei; selang 95% t-logit"
TAYLOR_DIFFERENCE = "selisih dua rasio; galat baku linearisasi Taylor; selang 95% t"
NO_INTERVAL = "selang tidak dihitung"
AT_THE_END = "bagian 0 atau 1; selang 95% Korn–Graubard"
CENSUS = "sensus: tanpa galat penarikan sampel"
UNDEFINED = "tidak dapat dihitung: penyebut kosong"


def ratio(u: Floats, v: Floats, drawn: Design, unit: str) -> Estimate:
    """Σwu / Σwv with z = w(u − Rv)/Σwv; rows outside the domain have u = v = 0 and stay in the design.

    An empty denominator gives NaN with the reason, never 0. The interval is the logit's; for a share
    of exactly 0 or 1, where the logit has none, Korn–Graubard's. Shares of rupiah have none there.
    """
    numerator, denominator = float(drawn.weights @ u), float(drawn.weights @ v)
    member = (v != 0) & (drawn.weights > 0)
    if denominator == 0 or not math.isfinite(denominator):
        return Estimate(math.nan, numerator, denominator, unit, UNDEFINED, n=int(member.sum()))
    value = numerator / denominator
    se = math.sqrt(variance(drawn.weights * (u - value * v) / denominator, drawn))
    df = degrees_of_freedom(member, drawn)
    low, high, method = _interval(value, se, df, member, drawn, unit)
    return Estimate(
        value, numerator, denominator, unit, method, low, high, _known(se), df, int(member.sum())
    )


def _interval(
    value: float, se: float, df: int, member: NDArray[np.bool_], drawn: Design, unit: str
) -> tuple[float | None, float | None, str]:
    """Low, high and how they arose."""
    kind = TAYLOR.split(";")[0]
    if np.all(drawn.fraction[member] == 1):
        return value, value, f"{kind}; {CENSUS}"
    low, high = logit_interval(value, se, df)
    if low is not None:
        return low, high, TAYLOR
    if value in (0.0, 1.0) and unit != RUPIAH and df > 0 and math.isfinite(se):
        low, high = korn_graubard(value, 0.0, int(member.sum()), df)
        return low, high, f"{kind}; {AT_THE_END}"
    return None, None, f"{kind}; {NO_INTERVAL}"


def smooth(
    value: float,
    influence: Floats,
    member: NDArray[np.bool_],
    drawn: Design,
    unit: str,
    method: str,
    kind: str,
) -> Estimate:
    """Any smooth statistic by the influence of its rows (weights inside), with a plain t interval.

    A complete sample (fraction 1) has no sampling error: both ends are the value itself.
    """
    se, df = math.sqrt(variance(influence, drawn)), degrees_of_freedom(member, drawn)
    return around(value, se, df, member, unit, method, kind)


def around(
    value: float, se: float, df: int, member: NDArray[np.bool_], unit: str, method: str, kind: str
) -> Estimate:
    """A value with its standard error and the plain t interval they give."""
    low, high = (None, None)
    if df > 0 and math.isfinite(se):
        reach = quantile(df) * se
        low, high = float(value - reach), float(value + reach)
    return Estimate(
        float(value), None, None, unit, method, low, high, _known(se), df, int(member.sum()), kind
    )


def undefined(unit: str, n: int, reason: str = UNDEFINED) -> Estimate:
    """No value, and why."""
    return Estimate(math.nan, None, None, unit, reason, n=n)


def difference(
    value: float, influence: Floats, member: NDArray[np.bool_], drawn: Design, unit: str
) -> Estimate:
    """A difference of two shares, in [−1, 1]."""
    return smooth(value, influence, member, drawn, unit, TAYLOR_DIFFERENCE, "difference")


def _known(se: float) -> float | None:
    return se if math.isfinite(se) else None
