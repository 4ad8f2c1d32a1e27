"""Why the poor are missed: programme conditions, too few places, the ranking, or what happened after it.

Four ladders' rungs, each serving the same number of places: every poor unit; those who meet the conditions; the
poorest of those by the truth, as far as the places go; the lowest by the score; who is really served. The share
missed on a rung less that on the rung before is its term, so that the terms are signed and add up exactly.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.measures.arrays import Floats
from analysis.measures.columns import groups_of, memberships, numbers, together
from analysis.measures.design import design
from analysis.measures.quota import served_bounds
from analysis.measures.ranking import poorest

TERMS = ("conditions", "quota", "ranking", "implementation")
WHOLE = "semua"


def exclusion_terms(
    received: ArrayLike, poor: ArrayLike, score: ArrayLike, *, welfare: ArrayLike | None = None,
    eligible: ArrayLike | None = None, quota: float | None = None, group: ArrayLike | None = None,
    weights: ArrayLike | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Terms of the exclusion error, a row 'semua' and one a group; columns `TERMS`, exclusion, n_poor, ….

    `poor` is the truth (consumption, a ground check), `score` what the register ranks by: low is served first,
    missing last of all. `welfare` orders the truly poor; without it all poor come before all others. `eligible`:
    meets the programme's conditions (default: everybody). `quota` in weight (default: as many as receive), cut
    once over all rows: a group's places are those that fall there. Where `poor` is the score's own target the
    ranking term is 0: the register agrees with itself. `ranking_low`/`_high`: over orders of equal scores; the
    implementation term moves the other way. Nobody poor in a group: NaN.

    >>> exclusion_terms([0, 1, 0, 1], [1, 1, 0, 0], [1, 2, 3, 4])[list(TERMS)].loc["semua"].tolist()
    [0.0, 0.0, 0.0, 0.5]
    """
    known, p, t = together(memberships(received), memberships(poor))
    w = design(len(p), weights).weights * known
    meets = np.ones(len(p)) if eligible is None else np.nan_to_num(memberships(eligible))
    places = float(w @ p) if quota is None else float(quota)
    truth = -t if welfare is None else numbers(welfare)
    ranked = np.where(np.isnan(numbers(score)), np.inf, numbers(score))
    by_truth = _filled(truth, w * meets, places) * meets
    by_score = _filled(ranked, w * meets, places) * meets
    share = min(places / max(float(w @ meets), 1e-300), 1.0)
    served = [np.ones(len(p)), meets, by_truth, by_score, p]
    groups = [(WHOLE, np.ones(len(p))), *([] if group is None else groups_of(group, len(p)))]
    rows = {}
    for key, inside in groups:  # the tied of a group stand first or last among all tied
        bounds = served_bounds(ranked, t * inside, w * meets, share)
        rows[key] = _terms(w * t * inside, served, *(part * meets for part in bounds))
    return pd.DataFrame.from_dict(rows, orient="index")


def _filled(order: Floats, w: Floats, places: float) -> Floats:
    """Who is served when the places go down the order; ties share what is left."""
    total = float(w.sum())
    if total <= 0:
        return np.zeros(len(w))
    return np.nan_to_num(poorest(np.where(w > 0, order, np.nan), min(places / total, 1.0), w))


def _terms(needy: Floats, served: list[Floats], first: Floats, last: Floats) -> dict[str, float]:
    total = float(needy.sum())
    if total <= 0:
        return dict.fromkeys((*TERMS, "exclusion", "ranking_low", "ranking_high"), np.nan) | {
            "n_poor": 0.0
        }
    missed = [1 - float(needy @ part) / total for part in served]
    steps = np.diff(missed)
    low, high = (1 - float(needy @ part) / total - missed[2] for part in (first, last))
    return {
        **dict(zip(TERMS, steps.tolist(), strict=True)), "exclusion": missed[-1], "ranking_low": min(low, high),
        "ranking_high": max(low, high), "n_poor": total,
    }  # fmt: skip
