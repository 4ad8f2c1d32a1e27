"""Why two rows are, or are not, one person: what each comparison adds to the log-odds.

The model weighs comparisons together (a NIK holds the birth date), so that none has a weight of its
own. Shapley's value (1953) shares the sum out fairly: a comparison's mean contribution over every
order in which the comparisons could be told. What is not told yet is what pairs show on average, half
of them one person's and half two persons' (the kit's m and u), so that evidence points either way.
The start and the contributions add up to the pair's log-odds exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from scipy.special import expit

from analysis.linkage import indonesia
from analysis.linkage.comparisons import Comparison, cells_of, decoded
from analysis.linkage.evidence import ROUNDED, Evidence, log_odds, words_of
from analysis.policy import Linkage


@dataclass(frozen=True)
class Background:
    """The model as a grid of log-odds, an axis a comparison, and how often pairs show each cell."""

    grid: np.ndarray
    one: tuple[np.ndarray, ...]
    two: tuple[np.ndarray, ...]

    def scored(self, patterns: pd.Series, chances: pd.Series, rules: Linkage) -> bool:
        """Whether it is what gave `patterns` their `chances`: a later linking leaves a model of its own.

        What lists say of each other moves chances in doubt alone; the others tell.
        """
        plain = expit(self.grid.ravel(order="F")[patterns.to_numpy(int)])
        sure = (plain < rules.ambang_mungkin) | (plain > rules.ambang_pasti)
        return bool((np.abs(chances.to_numpy(float) - plain)[sure] < ROUNDED).all())


def background(chances: pd.Series, rules: Linkage) -> Background:
    """`chances`: peluang by pattern, the whole model (registry_model)."""
    cells = [cells_of(c) for c in indonesia.ALL]
    odds = log_odds(chances.sort_index().to_numpy(float))
    grid = odds.reshape(cells[::-1]).transpose(range(len(cells) - 1, -1, -1))
    weights = {name: rules.bobot[name] for name in rules.bobot} | {
        "nik": rules.bobot["nik_lain_hari"]
    }
    return Background(
        grid,
        tuple(_by_cell(c, weights[c.name].m) for c in indonesia.ALL),
        tuple(_by_cell(c, weights[c.name].u) for c in indonesia.ALL),
    )


def _by_cell(c: Comparison, levels: Sequence[float]) -> np.ndarray:
    """Shares of the cells of a comparison: silence first, exact agreement spread over its rarities."""
    exact = cells_of(c) - c.size
    shares = np.r_[0.0, np.full(exact, levels[0] / exact), levels[1:]]
    return shares / shares.sum()


def taken_apart(pattern: int, model: Background, rules: Linkage, lang: str = "id") -> Evidence:
    """The evidence of one pattern."""
    size = len(indonesia.ALL)
    at = np.unravel_index(pattern, model.grid.shape, order="F")
    places = range(size)
    subsets = [frozenset(s) for n in range(size + 1) for s in combinations(places, n)]
    values = {
        s: (_told(model.grid, at, model.one, s) + _told(model.grid, at, model.two, s)) / 2
        for s in subsets
    }
    levels = decoded(np.array([pattern]), indonesia.ALL).iloc[0]
    words = [words_of(rules, c.name, int(levels[c.name]), lang) for c in indonesia.ALL]
    steps = pd.DataFrame(
        {
            "nama": [c.name for c in indonesia.ALL],
            "judul": [head for head, _ in words],
            "kata": [level for _, level in words],
            "diam": [bool(levels[c.name] < 0) for c in indonesia.ALL],
            "sumbangan": np.round([_share(place, values, size) for place in places], 6),
        }
    )
    return Evidence(values[frozenset()], steps, round(float(expit(model.grid[at])), 6))


def _told(grid: np.ndarray, at: tuple, shares: tuple[np.ndarray, ...], told: frozenset) -> float:
    """Mean log-odds where the comparisons `told` are the pair's and the others as pairs show them."""
    for place in range(grid.ndim - 1, -1, -1):  # from the last axis on, so that places stay
        grid = (
            grid.take(at[place], place)
            if place in told
            else np.tensordot(grid, shares[place], (place, 0))
        )
    return float(grid)


def _share(place: int, values: dict[frozenset, float], size: int) -> float:
    return sum(
        (values[subset | {place}] - value) / (size * comb(size - 1, len(subset)))
        for subset, value in values.items()
        if place not in subset
    )


def mean_evidence(patterns: pd.DataFrame, model: Background, rules: Linkage) -> pd.DataFrame:
    """Mean contribution of each comparison, and of what other people and lists say, for pairs joined and kept apart; names nobody.

    `patterns`: pola, peluang, digabung and bobot (pairs one stands for). Returns digabung, judul, sumbangan.
    """
    parts = []
    for pola, rows in patterns.groupby("pola"):
        evidence = taken_apart(int(pola), model, rules)
        for (chance, joined), own in rows.groupby(["peluang", "digabung"]):
            steps = evidence.with_lists(float(chance), rules).steps
            parts.append(steps.assign(digabung=joined, bobot=own["bobot"].sum()))
    if not parts:
        return pd.DataFrame({"digabung": [], "judul": [], "sumbangan": []})
    told = pd.concat(parts)
    told["berat"] = told["sumbangan"] * told["bobot"]
    # a step that some pairs lack adds nothing to theirs
    weight = told[told["nama"] == indonesia.ALL[0].name].groupby("digabung")["bobot"].sum()
    sums = told.groupby(["digabung", "judul"], sort=False)["berat"].sum()
    return sums.div(weight, level="digabung").rename("sumbangan").reset_index()
