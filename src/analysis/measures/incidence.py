"""Who gets how much of it: incidence by group, adequacy, the Coady-Grosh-Hoddinott index (measures.md 2.3)."""

from dataclasses import replace

import pandas as pd
from numpy.typing import ArrayLike

from analysis.estimates import Estimate
from analysis.measures.columns import (
    RUPIAH,
    UNIT,
    amounts,
    benefits,
    by_group,
    memberships,
    numbers,
    together,
)
from analysis.measures.design import design
from analysis.measures.estimation import ratio, smooth, undefined
from analysis.measures.ranking import poorest

NOT_POSITIVE = "tidak dapat dihitung: jumlah kesejahteraan penerima tidak positif"
TOTAL = "jumlah rupiah; galat baku menurut rancangan survei; selang 95% t"


def beneficiary_incidence(
    received: ArrayLike, group: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> pd.Series:  # fmt: skip
    """Share of all recipients who are in each group; Series of Estimates by group. Nobody receives: NaN.

    >>> [round(float(e), 4) for e in beneficiary_incidence([1, 1, 1, 0], ["a", "a", "b", "b"])]
    [0.6667, 0.3333]
    """
    known, p = together(memberships(received))
    drawn = design(len(p), weights, strata, clusters, fpc)
    return by_group(group, len(p), lambda inside: ratio(known * p * inside, known * p, drawn, UNIT))


def benefit_incidence(
    benefit: ArrayLike, group: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> pd.Series:  # fmt: skip
    """Share of all benefit that goes to each group; Series of Estimates by group. No benefit: NaN.

    Raises ValueError for a negative benefit.
    """
    known, b = together(benefits(benefit))
    drawn = design(len(b), weights, strata, clusters, fpc)
    return by_group(
        group, len(b), lambda inside: ratio(known * b * inside, known * b, drawn, RUPIAH)
    )


def adequacy(
    benefit: ArrayLike, welfare_post: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Benefit as a share of recipients' welfare, the benefit included (generosity, as ASPIRE).

    >>> float(adequacy([10, 0, 30], [100, 50, 100]))
    0.2
    """
    known, b, y = together(benefits(benefit), amounts(welfare_post))
    drawn = design(len(b), weights, strata, clusters, fpc)
    recipient = known * (b > 0)
    if (drawn.weights @ (recipient * y)) <= 0:
        return undefined(RUPIAH, int((recipient > 0).sum()), NOT_POSITIVE)
    return replace(ratio(recipient * b, recipient * y, drawn, RUPIAH), kind="share")


def benefit_leakage(
    benefit: ArrayLike, poor: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Share of all benefit that goes to units that are not poor: Σw(1−T)b / Σwb. No benefit: NaN.

    >>> float(benefit_leakage([10, 0, 30], [1, 1, 0]))
    0.75
    """
    known, b, t = together(benefits(benefit), memberships(poor))
    drawn = design(len(b), weights, strata, clusters, fpc)
    return ratio(known * (1 - t) * b, known * b, drawn, RUPIAH)


def benefit_leakage_rp(
    benefit: ArrayLike, poor: ArrayLike, *, weights: ArrayLike | None = None, strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Rupiah that go to units that are not poor: Σw(1−T)b, of Σwb. No weighted unit known: NaN.

    >>> est = benefit_leakage_rp([10, 0, 30], [1, 1, 0]); (float(est), est.denominator)
    (30.0, 40.0)
    """
    known, b, t = together(benefits(benefit), memberships(poor))
    drawn = design(len(b), weights, strata, clusters, fpc)
    member = (known > 0) & (drawn.weights > 0)
    if not member.any():
        return undefined(RUPIAH, 0)
    lost = drawn.weights * known * (1 - t) * b
    found = smooth(float(lost.sum()), lost, member, drawn, RUPIAH, TOTAL, "total")
    return replace(found, numerator=found.value, denominator=float(drawn.weights @ (known * b)))


def cgh(
    benefit: ArrayLike, welfare: ArrayLike, poorest_share: float, *, weights: ArrayLike | None = None,
    strata: ArrayLike | None = None, clusters: ArrayLike | None = None, fpc: ArrayLike | None = None,
) -> Estimate:  # fmt: skip
    """Benefit share of the poorest over their population share: 1 is neutral, above 1 progressive.

    `welfare` before the benefit; a unit at the cut counts in part (Lorenz interpolation). At most
    1 ÷ max(poorest_share, share who receive) with equal benefits. The standard error takes the cut as
    fixed; `bootstrap.rao_wu` estimates it anew in each replicate. Raises ValueError for a share not in (0, 1].

    >>> float(cgh([1, 1, 0, 0], [1, 2, 3, 4], 0.25))
    2.0
    """
    if not 0 < poorest_share <= 1:
        raise ValueError("a share lies above 0 and at most at 1")
    y = numbers(welfare)
    known, b, _ = together(benefits(benefit), y)
    drawn = design(len(b), weights, strata, clusters, fpc)
    if (drawn.weights @ (known * b)) == 0:
        return undefined(RUPIAH, int(known.sum()))
    _, member = together(poorest(y, poorest_share, drawn.weights * known))
    share = ratio(known * b * member, known * b, drawn, RUPIAH)
    scaled = {
        name: None if (bound := getattr(share, name)) is None else bound / poorest_share
        for name in ("value", "low", "high", "se")
    }
    return replace(share, kind="ratio", **scaled)
