"""What a ground check found: design-based errors, and how wrong the register alone was (measures.md 2.9 b).

The sample was stratified by class of desil × receipt × kecamatan; each interview stands for families of its stratum.
Strata with fewer than two interviews are joined with their neighbours, and that is told. Families outside the
register are not in it: capture–recapture speaks of those.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.estimates import Estimate
from analysis.measures.decomposition import TERMS, WHOLE, exclusion_terms
from analysis.measures.targeting import (
    coverage,
    exclusion_error,
    inclusion_error,
    targeting_differential,
    total_error,
)

UNIT = "keluarga"
ERRORS = {
    "salah_eksklusi": exclusion_error,
    "salah_inklusi": inclusion_error,
    "salah_total": total_error,
    "selisih_sasaran": targeting_differential,
}
BIAS = "angka register dikurangi cek lapangan; galat baku cek lapangan; selang 95% t"


@dataclass(frozen=True)
class Findings:
    """`errors`: ukuran → Estimate by the ground check; `register`: the register-only figures.

    `bias`: register less ground check. `terms`: conditions, quota, ranking, implementation of exclusion.
    `bounds`: least and greatest exclusion if all not interviewed were such as to move it most.
    `interviews`, `visits`, `joined` (strata joined for want of interviews).
    """

    errors: dict[str, Estimate]
    register: dict[str, float]
    bias: dict[str, Estimate]
    terms: pd.Series
    bounds: tuple[float, float]
    interviews: int
    visits: int
    joined: int


def estimate(cases: pd.DataFrame, frame: pd.DataFrame, last_desil: int) -> Findings:
    """Errors of the whole register from visited `cases`, beside what the register says of itself.

    `cases`: stratum, n_keluarga, kelas, terima, desil, miskin (1, 0; NaN = not interviewed), optional
    pengeluaran and memenuhi. `frame`: desil, terima and count n of all register families. `last_desil`: of the target.
    """
    told = cases[cases["miskin"].notna()].reset_index(drop=True)
    stratum, size, joined = collapsed(cases, told)
    weights = size / told.groupby(stratum)["miskin"].transform("size")
    sampled = {"weights": weights, "strata": stratum, "fpc": size}
    received, poor = told["terima"], told["miskin"]
    errors = {name: measure(received, poor, **sampled) for name, measure in ERRORS.items()}
    errors["miskin"] = coverage(poor, **sampled)
    register = register_only(frame, last_desil)
    return Findings(
        errors, register, {name: _bias(register[name], errors[name]) for name in register},
        _terms(told, weights), _bounds(cases), len(told), len(cases), joined,
    )  # fmt: skip


def collapsed(cases: pd.DataFrame, told: pd.DataFrame) -> tuple[pd.Series, pd.Series, int]:
    """Stratum and families in it of each interview, after joining strata with fewer than two interviews.

    First over kecamatan within class and receipt, then over classes within receipt, then all. A stratum of which
    every family was visited and interviewed may stand alone.
    """
    frame = cases.drop_duplicates("stratum")[["stratum", "n_keluarga", "kelas", "terima"]]
    levels = {
        0: frame["stratum"],
        1: frame["kelas"] + "|" + frame["terima"].astype(str),
        2: frame["terima"].astype(str),
        3: pd.Series(WHOLE, index=frame.index),
    }
    count = frame["stratum"].map(told["stratum"].value_counts()).fillna(0).to_numpy()
    code = levels[0].copy()
    for level in (1, 2, 3):
        held = (
            pd.DataFrame({"code": code, "n": count, "size": frame["n_keluarga"]})
            .groupby("code")
            .sum()
        )
        short = held.index[(held["n"] < 2) & (held["n"] < held["size"])]
        if short.empty:
            break
        # the short one takes its neighbours of the coarser level with it
        pulled = levels[level].isin(levels[level][code.isin(short)])
        code = code.mask(pulled, levels[level])
    size = frame["n_keluarga"].groupby(code).transform("sum")
    by_stratum = pd.DataFrame({"code": code, "size": size}).set_index(frame["stratum"])
    joined = int((code != levels[0]).sum())
    at = by_stratum.loc[told["stratum"]].reset_index(drop=True)
    return at["code"], at["size"].astype(float), joined


def register_only(frame: pd.DataFrame, last_desil: int) -> dict[str, float]:
    """The same errors with the register's desil as if it were the truth: a complete count, and a biased one."""
    ranked = frame[frame["desil"].notna()]
    target = ranked["desil"] <= last_desil
    values = {
        name: measure(ranked["terima"], target, weights=ranked["n"])
        for name, measure in ERRORS.items()
    }
    return {name: float(value) for name, value in values.items()}


def _bias(register: float, found: Estimate) -> Estimate:
    low, high = (None, None) if found.low is None else (register - found.high, register - found.low)
    return Estimate(
        register - found.value,
        None,
        None,
        UNIT,
        BIAS,
        low,
        high,
        found.se,
        found.df,
        found.n,
        "difference",
    )


def _terms(told: pd.DataFrame, weights: pd.Series) -> pd.Series:
    welfare = (
        told["pengeluaran"] if "pengeluaran" in told and told["pengeluaran"].notna().all() else None
    )
    eligible = told.get("memenuhi")
    found = exclusion_terms(
        told["terima"],
        told["miskin"],
        told["desil"],
        welfare=welfare,
        eligible=eligible,
        weights=weights,
    )
    return found.loc[WHOLE, [*TERMS, "exclusion", "ranking_low", "ranking_high"]]


def _bounds(cases: pd.DataFrame) -> tuple[float, float]:
    """Exclusion if of those not interviewed the recipients alone were poor, and if the others alone were."""
    weights = cases["n_keluarga"] / cases.groupby("stratum")["miskin"].transform("size")
    received, poor = cases["terima"].astype(bool), cases["miskin"].astype(float)
    ends = [
        float(exclusion_error(received, poor.where(poor.notna(), missing), weights=weights))
        for missing in (received.astype(float), (~received).astype(float))
    ]
    return min(ends), max(ends)
