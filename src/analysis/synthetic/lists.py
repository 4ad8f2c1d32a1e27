"""The lists as rows: who stands on each, duplicates and strangers planted, then soiled."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.synthetic.dirt import soil
from analysis.synthetic.people import Dice


@dataclass(frozen=True)
class ListRows:
    """A list's dirty rows, the member each speaks of, and what was planted (row, kind)."""

    source: str
    rows: pd.DataFrame
    planted: pd.DataFrame


def compose(
    source: str,
    member: np.ndarray,
    people: pd.DataFrame,
    settings: dict,
    dirtiness: str,
    dice: Dice,
) -> ListRows:
    """The list of `member` numbers with planted repeats and people outside the register, soiled."""
    rng = dice.part(f"list-{source}")
    planted = []
    parts = [member]
    for kind, pool in (
        ("ganda_orang", member),
        ("ganda_keluarga", _second_members(member, people, source)),
    ):
        share = settings["tanam"][kind].get(source, 0)
        chosen = rng.choice(pool, min(round(share * len(member)), len(pool)), replace=False)
        planted += [(len(np.concatenate(parts)) + place, kind) for place in range(len(chosen))]
        parts.append(chosen)
    whole = np.concatenate(parts)
    rows = people.iloc[whole].reset_index(drop=True)
    order = np.argsort(rows["area"].to_numpy() + 0.5 * rng.random(len(rows)), kind="stable")
    position = np.empty(len(order), dtype=int)
    position[order] = np.arange(len(order))
    marks = pd.DataFrame(planted, columns=["row", "kind"]).assign(
        row=lambda m: position[m["row"].to_numpy(dtype=int)]
    )
    dirty, defects = soil(
        rows.iloc[order].reset_index(drop=True), settings["kotor"][dirtiness], source, dice
    )
    return ListRows(source, dirty, pd.concat([marks, defects], ignore_index=True))


def _second_members(member: np.ndarray, people: pd.DataFrame, source: str) -> np.ndarray:
    """The spouse of a listed head: a second row of the same family under another name."""
    if source == "pbi_jk":
        return np.array([], dtype=int)
    after = member + 1
    after = after[after < len(people)]
    same = people["family"].to_numpy()[after] == people["family"].to_numpy()[after - 1]
    adult = people["role"].to_numpy()[after] == 1
    return after[same & adult]
