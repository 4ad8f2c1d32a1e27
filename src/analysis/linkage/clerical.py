"""Precision and recall of links from pairs that reviewers judged: the random ones, weighted by what they stand for."""

from statistics import NormalDist

import pandas as pd

from analysis.estimates import Estimate

_Z = NormalDist().inv_cdf(0.975)
METHOD = "tinjauan acak berlapis menurut peluang (Boyd dkk.)"


def reviewed_accuracy(answers: pd.DataFrame) -> dict[str, Estimate | None]:
    """`presisi` and `kelengkapan` of pairs from judged random pairs; None where nothing was judged.

    `answers`: jawaban (sama | beda), digabung, lapisan, bobot (pairs one stands for). Stratified means
    with binomial variance by stratum, half a count added (a stratum without error is not free of it).
    Kelengkapan sees matches among the compared pairs only; hidden-NIK relinking tells of the others.

    >>> frame = pd.DataFrame({"jawaban": ["sama"] * 9 + ["beda"], "digabung": [True] * 10, "lapisan": 4, "bobot": 20.0})
    >>> print(reviewed_accuracy(frame)["presisi"])
    86,4% (65,1–100,0)
    """
    judged = answers[answers["jawaban"].isin(["sama", "beda"])]
    if judged.empty:
        return {"presisi": None, "kelengkapan": None}
    judged = judged.assign(sama=judged["jawaban"] == "sama")
    joined, apart = judged[judged["digabung"]], judged[~judged["digabung"]]
    right, right_var, all_joined = _matches(joined)
    missed, missed_var, _ = _matches(apart)
    found = {"presisi": None, "kelengkapan": None}
    if all_joined:
        found["presisi"] = _estimate(
            right / all_joined, right_var**0.5 / all_joined, right, all_joined, len(joined)
        )
    if right + missed:
        total = right + missed
        se = (right_var * (missed / total**2) ** 2 + missed_var * (right / total**2) ** 2) ** 0.5
        found["kelengkapan"] = _estimate(right / total, se, right, total, len(judged))
    return found


def _matches(rows: pd.DataFrame) -> tuple[float, float, float]:
    """Matches the rows stand for, the variance of that, and the pairs they stand for."""
    total = variance = pairs = 0.0
    for _, stratum in rows.groupby("lapisan"):
        n, weight = len(stratum), stratum["bobot"].mean()
        share = (stratum["sama"].sum() + 0.5) / (n + 1)
        total += n * weight * share
        variance += (n * weight) ** 2 * share * (1 - share) / n
        pairs += n * weight
    return total, variance, pairs


def _estimate(value: float, se: float, above: float, below: float, n: int) -> Estimate:
    low, high = max(value - _Z * se, 0.0), min(value + _Z * se, 1.0)
    return Estimate(value, above, below, "pasangan", METHOD, low, high, se, None, n)
