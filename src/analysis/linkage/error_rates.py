"""Counts of what was found, tried and missed between two lists → precision and recall with their doubt."""

import numpy as np
import pandas as pd

from analysis.linkage.realised import realised
from analysis.policy import Linkage

METHOD = "NIK disembunyikan lalu dipadankan lagi; peluang terkalibrasi"


def error_rates(
    pairs: pd.DataFrame, tried: pd.DataFrame, rules: Linkage, agreement: float
) -> pd.DataFrame:
    """core_linkage_error: precision, recall, their 95 % bounds and what is uncertain about them, a row a pair of lists.

    `pairs`: source_a, source_b, n_common, precision, and per side told (share with a NIK, be it broken, of rows that are
    neither thin nor mute), thin (share of rows of a name and a kelurahan alone) and mute (share of rows nobody can
    link). `tried`: source, other ('' = any), missed of tried, and so missed_wrong, missed_thin. `agreement`: chance that one
    person's two rows hold one NIK.
    """
    sides = [_lost(pairs, side, other, tried, rules, agreement) for side, other in ("ab", "ba")]
    (lost_a, own_a, shared_a), (lost_b, own_b, shared_b) = sides
    recall = (1 - lost_a) * (1 - lost_b)
    # what is assumed of both sides alike moves them together, what each was counted on moves it alone
    together = (1 - lost_b) * shared_a + (1 - lost_a) * shared_b
    spread = np.sqrt(together**2 + ((1 - lost_b) * own_a) ** 2 + ((1 - lost_a) * own_b) ** 2)
    missed_sd = spread / np.maximum(1 - recall, 1e-9)
    return _bounded(pairs, recall, missed_sd, rules.galat_peluang)


def _lost(
    pairs: pd.DataFrame, side: str, other: str, tried: pd.DataFrame, rules: Linkage, agreement: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Chance that a row of this side loses its person, and its sd: from few trials, and from what is assumed.

    The miss rate of a pair of lists is drawn towards that of the list with any other, as if
    `periksa_bobot` rows of it had been tried: pairs of small lists have few trials of their own.
    """
    counts = tried.set_index(["source", "other"])
    keys = pairs[[f"source_{side}", f"source_{other}"]]
    pair = counts.reindex(pd.MultiIndex.from_frame(keys)).fillna(0).reset_index(drop=True)
    whole = counts.reindex(pd.MultiIndex.from_arrays([keys[f"source_{side}"], [""] * len(keys)]))
    whole = whole.fillna(0).reset_index(drop=True)
    rate, sd = _drawn("", pair, whole, rules)
    wrong_rate, wrong_sd = _drawn("_wrong", pair, whole, rules)
    thin_rate, thin_sd = _drawn("_thin", pair, whole, rules)
    wrong = (1 - agreement) / 2
    mute, thin = pairs[f"mute_{side}"], pairs[f"thin_{side}"]
    untold = (1 - mute - thin) * (1 - pairs[f"told_{side}"])
    mistold = (1 - mute - thin) * pairs[f"told_{side}"] * wrong
    lost = mute + thin * thin_rate + untold * rate + mistold * wrong_rate
    own = np.sqrt((untold * sd) ** 2 + (mistold * wrong_sd) ** 2 + (thin * thin_sd) ** 2)
    return lost.to_numpy(), own.to_numpy(), (rules.transport * lost).to_numpy()


def _drawn(
    kind: str, pair: pd.DataFrame, whole: pd.DataFrame, rules: Linkage
) -> tuple[pd.Series, pd.Series]:
    """A pair of lists' miss rate with what the list's other pairs lend it, and its sd: from its own trials, and from the list's."""
    missed, tried = f"missed{kind}", f"tried{kind}"
    usual = (whole[missed] + 0.5) / (whole[tried] + 1)
    hits, n = pair[missed] + rules.periksa_bobot * usual, pair[tried] + rules.periksa_bobot
    of_list = rules.periksa_bobot / n * usual / np.sqrt(whole[missed] + 0.5)
    return hits / n, np.hypot(hits / n / np.sqrt(hits + 0.5), of_list)


def _bounded(
    pairs: pd.DataFrame, recall: np.ndarray, missed_sd: np.ndarray, false_sd: float
) -> pd.DataFrame:
    """Bounds hold the number of links that came to be false or missed, not its expectation alone."""
    n, precision = pairs["n_common"].to_numpy(float), pairs["precision"].to_numpy(float)
    right = n * precision
    missed = realised(right * (1 / np.maximum(recall, 1e-9) - 1), missed_sd)
    false = realised(n * (1 - precision), false_sd)
    told = {
        "precision": precision, "precision_low": np.minimum(1 - false[1] / n, precision).clip(0),
        "precision_high": np.maximum(1 - false[0] / n, precision), "recall": recall,
        "recall_low": np.minimum(right / (right + missed[1]), recall),
        "recall_high": np.maximum(right / (right + missed[0]), recall),
        "false_sd": np.full(len(n), false_sd), "missed_sd": missed_sd,
    }  # fmt: skip
    table = pairs[["source_a", "source_b", "n_common"]].assign(
        **{name: np.round(values, 6) for name, values in told.items()}
    )
    return table.assign(metode=pd.Series(METHOD, index=table.index, dtype="str"))
