"""The mixture of pair classes learned by expectation maximisation from the patterns of all compared pairs.

Splink's EM knows two classes and trains each field on pairs that agree in another: with households or
streets in a file it takes them for the matches (tests/benchmarks/ANY_LISTS.md). Here chance agreement is
known from random pairs, pairs never compared count as unlike, and the prior is learned within and between
files apart.
"""

from collections.abc import Sequence

import numpy as np

from analysis.linkage.lists.bounds import as_a_person, spread
from analysis.linkage.lists.classes import Levels, Related, first_levels, related
from analysis.linkage.lists.coincidence import Coincidence
from analysis.linkage.lists.mixture import NEAR, Mixture
from analysis.linkage.lists.patterns import Patterns
from analysis.policy import KindOfField

_ROUNDS = 100
_FEW = 10  # pairs of people who moved, below which it may as well be nobody


def learned(
    patterns: Patterns,
    kinds: Sequence[KindOfField],
    chance: Sequence[Coincidence],
    crossed: tuple[int, ...],
    personal: Sequence[int],
    least: float,
) -> Mixture:
    """The likeliest mixture: with each field of `personal` as what tells people of one house apart, or with no houses.

    Where more pairs are of houses than of persons, models go first of which fewest fields differ as often as bounds let:
    the others take houses for persons. Houses must explain more than `least` log-likelihood a match: else they only take badly damaged matches.
    """
    found = _likeliest(patterns, kinds, chance, crossed, personal, least, 1.0)
    if found.counts[0].sum() >= _FEW:
        return found
    # nobody found: where most fields say nothing, persons are not seen from a start at which all fields agree
    other = _likeliest(patterns, kinds, chance, crossed, personal, least, 0.5)
    return max((found, other), key=lambda m: m.fit)


def _likeliest(
    patterns: Patterns, kinds: Sequence[KindOfField], chance: Sequence[Coincidence], crossed: tuple[int, ...],
    personal: Sequence[int], least: float, start: float,
) -> Mixture:  # fmt: skip
    """As `learned`, from a start at which a house's fields agree in a `start` of pairs and else by chance."""
    plain = _fitted(patterns, kinds, chance, crossed, None, start)
    tried = [_fitted(patterns, kinds, chance, crossed, one, start) for one in personal]
    crowded = [m for m in tried if m.crowded > 0.5]
    bound = min((m.bound for m in crowded), default=plain.bound)
    if bound < plain.bound:
        return max((m for m in crowded if m.bound == bound), key=lambda m: m.fit)
    best = max((m for m in tried if m.bound == bound or m not in crowded), key=lambda m: m.fit, default=plain)  # fmt: skip
    return best if best.fit > plain.fit + least * plain.counts[plain.one_person].sum() else plain


def _fitted(
    patterns: Patterns,
    kinds: Sequence[KindOfField],
    chance: Sequence[Coincidence],
    crossed: tuple[int, ...],
    personal: int | None,
    start: float,
) -> Mixture:
    part = [start if k.milik_rumah else 1.0 for k in kinds]
    match = [p * first_levels(len(c.levels)) + (1 - p) * c.levels / c.levels.sum() for p, c in zip(part, chance, strict=True)]  # fmt: skip
    others = related(kinds, chance, match, personal)
    usual = [k.beda_maks if not k.milik_rumah else 1.0 for k in kinds]
    model = Mixture(kinds, chance, match, others, crossed, personal, _first_counts(patterns, crossed, others), [c.spread for c in chance])  # fmt: skip
    before = -np.inf
    for number in range(_ROUNDS):
        told = _improve(model, patterns)
        if number > 10 and abs(told - before) < 1e-4 * max(model.counts[0].sum(), 1):
            break
        before = told
    model.fit, model.learning = round(told + _strain(model), 6), False
    model.bound = sum(m[-1] > 0.99 * most for m, most in zip(model.match, usual, strict=True))
    moved = [place for place, other in enumerate(model.related, 2) if other.one_person]
    if model.counts[moved].sum() < _FEW:
        model.counts[moved] = 0.0
    return model


def _first_counts(
    patterns: Patterns, crossed: tuple[int, ...], others: list[Related]
) -> np.ndarray:
    kinds = len(patterns.all_pairs)
    compared = np.bincount(patterns.files, patterns.n, minlength=kinds)
    rows = np.sqrt(2 * patterns.all_pairs.sum())
    match = np.maximum(np.minimum(0.3 * compared, 0.5 * rows / kinds), 1)
    turned = 0.03 * match if crossed else 0 * match
    return np.vstack(
        (match, turned, *((0.05 if other.one_person else 0.5) * match for other in others))
    )


def _improve(model: Mixture, patterns: Patterns) -> float:
    """One round of expectation maximisation; returns the log-likelihood before it."""
    found, ratio = model.posterior(patterns)
    by_chance = model.by_chance(patterns.all_pairs)
    as_one = model.ratios(model.match, by_chance)
    told = float((patterns.n * ratio).sum() - model.counts.sum()) + _baseline(
        model, by_chance, patterns
    )
    weight = found[:-1] * patterns.n
    for other, w in zip(model.related, weight[2:], strict=True):
        _relate(model, other, w, as_one, patterns)
    moved = weight[2] if model.one_person[2:].any() else 0 * weight[0]
    _match(model, weight[0], weight[1], moved, patterns)
    kinds = len(patterns.all_pairs)
    model.counts = np.array([np.bincount(patterns.files, w, minlength=kinds) for w in weight])
    return told


def _baseline(model: Mixture, by_chance: Levels, patterns: Patterns) -> float:
    """What ratios leave out: chance agreement differs between models, as each takes its classes out of it."""
    told = 0.0
    for cells, now, first in zip(patterns.cells, by_chance, model.chance, strict=True):
        seen = first.cells()
        told += float(
            (np.bincount(cells, patterns.n, minlength=len(now)) * np.log(now / seen)).sum()
        )
    return told


def _match(
    model: Mixture, weight: np.ndarray, turned: np.ndarray, moved: np.ndarray, patterns: Patterns
) -> None:
    for place, kind in enumerate(model.kinds):
        size = len(model.match[place])
        w = weight if place in model.crossed else weight + turned
        w = w if kind.milik_rumah else w + moved
        model.spread[place] = spread(model.chance[place].spread, patterns.cells[place], w)
        seen = patterns.by_level(place, w, size)
        levels = seen + (3 + 0.01 * seen.sum()) * first_levels(size)
        levels /= levels.sum()
        near = NEAR + (place in model.crossed)
        # a field of the house may say nothing of anybody; who is meant, no two persons' field says
        most = max(kind.beda_maks, model.chance[place].levels[-1] if kind.milik_rumah else 0)
        if (
            place == model.personal
        ):  # the more pairs of one house, the less a person's may look like theirs
            most -= max(most - kind.pembeda_maks, 0) * min(2 * model.crowded, 1)
        model.match[place] = np.maximum(as_a_person(levels, kind, near, most), 1e-7)


def _relate(model: Mixture, other: Related, weight: np.ndarray, as_one: Levels, patterns: Patterns) -> None:  # fmt: skip
    for place, kind in enumerate(model.kinds):
        if place in other.shared:
            size = len(model.match[place])
            by_chance = model.chance[place].levels
            seen = patterns.by_level(place, weight, size) + 2 * by_chance / by_chance.sum()
            other.shared[place] = np.maximum(seen / seen.sum(), 1e-7)
        elif other.most[place] > 0:
            a = other.alike[place]
            agree = a * np.exp(as_one[place])
            part = (agree / (agree + 1 - a))[patterns.cells[place]]
            told = weight * (patterns.levels[place] >= 0)
            found = ((told * part).sum() + 0.05 * kind.serumah) / (told.sum() + 0.05)
            other.alike[place] = min(found, other.most[place], 1 - 1e-6)


def _strain(model: Mixture) -> float:
    """What the likelihood is lessened by where one person's rows differ more than lists let expect."""
    first = [first_levels(len(m)) for m in model.match]
    far = sum(float((f * np.log(m / f)).sum()) for f, m in zip(first, model.match, strict=True))
    return 0.05 * float(model.counts[model.one_person].sum()) * far
