"""Pairs with probabilities → clusters by average link, never bare connected components.

One false pair joins two people in a connected component, and at a million rows such chains grow
to thousands (linkage.md §3). Average link joins two groups only where their pairs agree on average.
"""

from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


@dataclass(frozen=True)
class Clusters:
    """`label` per node; `over_guard` marks nodes of components too large to cluster, left to review."""

    label: np.ndarray
    over_guard: np.ndarray


def components(size: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Label of the connected component of each node."""
    ones = np.ones(len(left), dtype=np.int8)
    graph = coo_array((ones, (left, right)), shape=(size, size))
    return connected_components(graph, directed=False)[1]


def average_link(
    size: int,
    left: np.ndarray,
    right: np.ndarray,
    chance: np.ndarray,
    cut: float,
    guard: int,
    sure: float,
) -> Clusters:
    """Cluster nodes 0…size-1 from pairs with chance; pairs not given count as chance 0.

    Components larger than `guard` are first cut to their pairs of at least `sure`; what is still
    larger stays apart, marked for review. Deterministic: pairs are put in order first.
    """
    order = np.lexsort((right, left))
    left, right, chance = left[order], right[order], chance[order]
    above = chance >= cut
    label = components(size, left[above], right[above])
    sizes = np.bincount(label, minlength=size)
    kept = above & ((sizes[label[left]] <= guard) | (chance >= sure))
    label = components(size, left[kept], right[kept])
    sizes = np.bincount(label, minlength=size)
    over = sizes[label] > guard
    several = (sizes[label] > 2) & ~over
    result = np.where(over, size + np.arange(size), label)
    inside = several[left] & (label[left] == label[right])
    _split(result, label, left[inside], right[inside], chance[inside], several, cut)
    return Clusters(np.unique(result, return_inverse=True)[1], over)


def _split(
    result: np.ndarray,
    label: np.ndarray,
    left: np.ndarray,
    right: np.ndarray,
    chance: np.ndarray,
    several: np.ndarray,
    cut: float,
) -> None:
    """Average link inside every component of three nodes or more; writes new labels to `result`."""
    nodes = np.flatnonzero(several)
    nodes = nodes[np.argsort(label[nodes], kind="stable")]
    place = np.empty(len(label), dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, np.diff(label[nodes]) != 0]) if len(nodes) else []
    order = np.argsort(label[left], kind="stable")
    left, right, chance = left[order], right[order], chance[order]
    edge_starts = np.searchsorted(label[left], label[nodes[starts]]) if len(nodes) else []
    fresh = 2 * len(label)
    for which, start in enumerate(starts):
        end = starts[which + 1] if which + 1 < len(starts) else len(nodes)
        first = edge_starts[which]
        last = edge_starts[which + 1] if which + 1 < len(edge_starts) else len(left)
        members = nodes[start:end]
        n = len(members)
        if last - first == n * (n - 1) // 2 and chance[first:last].min() >= cut:
            continue  # every pair agrees: nothing to split
        place[members] = np.arange(n)
        apart = np.ones((n, n))
        a, b = place[left[first:last]], place[right[first:last]]
        apart[a, b] = apart[b, a] = 1.0 - chance[first:last]
        parts = fcluster(linkage(apart[np.triu_indices(n, 1)], "average"), 1.0 - cut, "distance")
        result[members] = fresh + parts
        fresh += n + 1
