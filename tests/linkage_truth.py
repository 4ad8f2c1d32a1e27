"""Pairwise precision, recall and F1, and B³ F, of found persons against true ones."""

import numpy as np
import pandas as pd


def pairwise(truth, found) -> tuple[float, float, float]:
    """Over all pairs of rows."""
    frame = pd.DataFrame({"t": np.asarray(truth), "f": np.asarray(found)})

    def pairs(by) -> float:
        sizes = frame.groupby(by).size()
        return float((sizes * (sizes - 1) / 2).sum())

    both, found_pairs, true_pairs = pairs(["t", "f"]), pairs("f"), pairs("t")
    precision, recall = both / max(found_pairs, 1), both / max(true_pairs, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def b_cubed(truth, found) -> float:
    """F of B³ (Bagga & Baldwin 1998): each row's cluster against its person, averaged over rows."""
    frame = pd.DataFrame({"t": np.asarray(truth), "f": np.asarray(found)})
    both = frame.groupby(["t", "f"])["t"].transform("size")
    precision = (both / frame.groupby("f")["t"].transform("size")).mean()
    recall = (both / frame.groupby("t")["t"].transform("size")).mean()
    return 2 * precision * recall / (precision + recall)
