"""A pair's log-odds taken apart, told in plain words."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import logit

from analysis.errors import message
from analysis.notation import percent, sentence
from analysis.policy import Linkage

_WORTH_SAYING = 0.5  # log-odds; less is no word in a sentence
ROUNDED = 2e-6  # chances are stored with six decimals
_LISTS = "daftar_lain"


@dataclass(frozen=True)
class Evidence:
    """A pair's log-odds taken apart: `start` (nothing told), `steps` (nama, judul, kata, diam, sumbangan), `chance`."""

    start: float
    steps: pd.DataFrame
    chance: float

    def sentence(self, lang: str = "id") -> str:
        """The strongest evidence on either side, and what a row leaves out, in one plain sentence."""
        told = self.steps[~self.steps["diam"] & (self.steps["sumbangan"].abs() >= _WORTH_SAYING)]
        for_it = told[told["sumbangan"] > 0].sort_values("sumbangan", ascending=False)["kata"]
        against = told[told["sumbangan"] < 0].sort_values("sumbangan")["kata"]
        silent = self.steps.loc[self.steps["diam"], "judul"]
        sides = (("for", for_it), ("against", against), ("silent", silent))
        parts = [
            message(f"evidence_{side}", lang, what=", ".join(which))
            for side, which in sides
            if len(which)
        ]
        told = sentence("; ".join(parts) or message("evidence_none", lang))
        return message("evidence_told", lang, chance=percent(self.chance, 1, lang), told=told)

    def with_lists(self, chance: float, rules: Linkage, lang: str = "id") -> "Evidence":
        """The evidence ending at `chance`, the pair's own: what was weighed after its pattern is a last step (company.py, rivals.py)."""
        if abs(chance - self.chance) < ROUNDED:
            return self
        step = round(float(log_odds(chance) - log_odds(self.chance)), 6)
        told = [_LISTS, *words_of(rules, _LISTS, int(step < 0), lang), False, step]
        last = pd.DataFrame([told], columns=self.steps.columns)
        return replace(self, steps=pd.concat([self.steps, last], ignore_index=True), chance=chance)


def words_of(rules: Linkage, name: str, level: int, lang: str) -> tuple[str, str]:
    """A comparison's name and what its level means."""
    told = rules.kata[name].told(lang)
    return told.judul, told.bungkam if level < 0 else told.tingkat[level]


def log_odds(chance: np.ndarray | float) -> np.ndarray:
    """Log-odds of chances, none of them beyond doubt."""
    return logit(np.clip(chance, 1e-6, 1 - 1e-6))
