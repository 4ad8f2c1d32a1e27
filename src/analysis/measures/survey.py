"""Targeting errors of a survey with measured consumption: the one place where poverty itself is known."""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.estimates import Estimate
from analysis.measures.targeting import (
    coverage,
    exclusion_error,
    inclusion_error,
    nonpoor_receipt,
    total_error,
)
from analysis.policy import Rulebook
from analysis.policy.targeting_models import SurveyLine

WHOLE = "semua"
_ERRORS = {
    "total_error": total_error,
    "exclusion_error": exclusion_error,
    "inclusion_error": inclusion_error,
    "nonpoor_receipt": nonpoor_receipt,
}


def build_survey(engine: Engine, rulebook: Rulebook, layout: str | None = None) -> list[str]:
    """Make out_survey: every measure for the whole sample and each arm of the trial.

    Poor is who consumes strictly less than the line the survey's `layout` names, else that of `targeting.toml`;
    households without measured consumption stay in the design and out of the measure.
    """
    households = engine.frame("SELECT * FROM core_survey ORDER BY household_id")
    line = line_of(rulebook, layout).rupiah
    arms = [WHOLE, *sorted(set(households["arm"]) - {WHOLE})]
    rows = [
        _row(arm, name, e) for arm in arms for name, e in _measures(households, arm, line).items()
    ]
    engine.register(
        "out_survey", pd.DataFrame(rows).astype({"arm": "str", "measure": "str", "method": "str"})
    )
    return ["out_survey"]


def line_of(rulebook: Rulebook, layout: str | None) -> SurveyLine:
    """The poverty line a survey of this layout is held against, with its source."""
    wanted = rulebook.layouts[layout].garis_kode if layout else None
    found = next((s for s in rulebook.statistics if s.kode == wanted), None)
    if found is None:
        return rulebook.targeting.garis_survei
    return SurveyLine(rupiah=found.nilai, sumber=found.sumber)


def _measures(households: pd.DataFrame, arm: str, line: float) -> dict[str, Estimate]:
    consumption = households["consumption_rp"].astype(float).to_numpy()
    received = households["is_penerima"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    inside = np.full(len(households), arm == WHOLE) | (households["arm"] == arm).to_numpy()
    poor = np.where(inside & np.isfinite(consumption), consumption < line, np.nan)
    known = np.where(np.isnan(poor), np.nan, received)
    sampled = {
        "weights": households["weight"].to_numpy(),
        "strata": households["stratum"].to_numpy(),
        "clusters": households["cluster"].to_numpy(),
    }
    found = {name: measure(known, poor, **sampled) for name, measure in _ERRORS.items()}
    return found | {"coverage": coverage(known, **sampled), "poor_share": coverage(poor, **sampled)}


def _row(arm: str, measure: str, e: Estimate) -> dict[str, object]:
    return {
        "arm": arm, "measure": measure, "value": e.value, "low": e.low, "high": e.high, "se": e.se, "df": e.df,
        "numerator": e.numerator, "denominator": e.denominator, "n": e.n, "method": e.method,
    }  # fmt: skip
