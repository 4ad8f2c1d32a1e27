"""A ground check's sample: which families of the register to visit, how many, at what cost.

Strata are class of desil × recorded receipt × kecamatan, so that the few who decide the errors are visited often
enough. Size by Neyman's allocation for a wanted half width of the exclusion error; the expected shares of poor
(`targeting.toml`) shape the size alone, never the result.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.measures.intervals import quantile
from analysis.policy.targeting_models import GroundCheck

UNRANKED = "tanpa"
_LARGE = 1e6  # degrees of freedom of the plan's interval: the normal's


@dataclass(frozen=True)
class Plan:
    """`strata`: stratum, kelas, terima, kecamatan, n_keluarga, interviews wanted, visits to make.

    `margin`: the half width expected; larger than wanted only where the whole city would be too few.
    """

    strata: pd.DataFrame
    margin: float
    visits: int
    kelurahan: int
    rupiah: int


def build_frame(engine: Engine, programme: str, rules: GroundCheck) -> None:
    """Make `_check_frame`: every register family with its stratum, from core_families and core_enrolments.

    A family receives where it or one of its members is enrolled. Families of unknown kelurahan are a
    kecamatan of their own.
    """
    cases, first = [], 1
    for last in rules.kelas_desil:
        cases.append(f"WHEN f.desil BETWEEN {first} AND {last} THEN '{_span(first, last)}'")
        first = last + 1
    engine.table(
        "_check_frame",
        f"""
        WITH units AS (
            SELECT f.family_id, f.desil, f.kode_wilayah AS kelurahan, coalesce(left(f.kode_wilayah, 8), 'tanpa') AS kecamatan,
                CASE {" ".join(cases)} ELSE '{UNRANKED}' END AS kelas, e.family_id IS NOT NULL AS terima
            FROM core_families f LEFT JOIN (SELECT DISTINCT family_id FROM core_enrolments WHERE programme = $programme) e
            USING (family_id) WHERE f.is_registri)
        SELECT *, concat_ws('|', kelas, CASE WHEN terima THEN 'terima' ELSE 'tidak' END, kecamatan) AS stratum FROM units""",
        programme=programme,
    )


def _span(first: int, last: int) -> str:
    return f"{first}–{last}" if first < last else str(first)


def plan(engine: Engine, rules: GroundCheck, margin: float | None = None) -> Plan:
    """Visits by stratum for the wanted half width (default: the rules'), with the cost of making them."""
    strata = engine.frame(
        """SELECT stratum, kelas, terima, kecamatan, count(*) AS n_keluarga, count(DISTINCT kelurahan) AS n_kelurahan
        FROM _check_frame GROUP BY ALL ORDER BY stratum"""
    )
    names = [
        _span(a, b)
        for a, b in zip((1, *(d + 1 for d in rules.kelas_desil)), rules.kelas_desil, strict=False)
    ]
    expected = dict(zip([*names, UNRANKED], rules.miskin_perkiraan, strict=True))
    needed, reached = allocate(
        strata["n_keluarga"].to_numpy(dtype=float), strata["kelas"].map(expected).to_numpy(dtype=float),
        strata["terima"].to_numpy(dtype=float), margin or rules.margin, rules.minimum_strata,
    )  # fmt: skip
    visits = np.minimum(np.ceil(needed / rules.tanggapan), strata["n_keluarga"]).astype(int)
    kelurahan = int(engine.one("SELECT count(DISTINCT kelurahan) FROM _check_frame"))
    total = int(visits.sum())
    cost = total * rules.rupiah_kunjungan + kelurahan * rules.rupiah_kelurahan
    strata = strata.assign(wawancara=needed.astype(int), kunjungan=visits)
    return Plan(strata, reached, total, kelurahan, cost)


def allocate(
    size: np.ndarray, poor: np.ndarray, received: np.ndarray, margin: float, least: int
) -> tuple[np.ndarray, float]:
    """Interviews a stratum and the half width of the exclusion error they reach.

    With t poor and r received, EE = Σt(1−r)/Σt has the linearised value t·((1−r) − EE)/Σt; within a
    stratum r is constant, so its variance is p(1−p)((1−r) − EE)²/Y² (Cochran 1977, ch. 5).

    >>> needed, reached = allocate(np.array([500.0, 500]), np.array([.5, .1]), np.array([0.0, 1]), 0.05, 4)
    >>> needed.tolist(), round(reached, 3)
    ([75.0, 224.0], 0.05)
    """
    total = float(size @ poor)
    missed = float(size @ (poor * (1 - received))) / total
    spread = np.sqrt(poor * (1 - poor)) * np.abs((1 - received) - missed) / total
    floor = np.minimum(size, least)
    if not spread.any():
        return floor, 0.0
    z = quantile(_LARGE)
    allowed, chosen = (margin / z) ** 2, float(size @ spread)
    whole = chosen**2 / (allowed + float(size @ spread**2))
    for _ in range(
        60
    ):  # minima and full strata take from the others; a little more until the width holds
        needed = np.clip(np.ceil(whole * size * spread / chosen), floor, size)
        variance = float(np.sum(size**2 * (1 / needed - 1 / size) * spread**2))
        if variance <= allowed or (needed == size).all():
            break
        whole *= 1.05
    return needed, z * math.sqrt(max(variance, 0.0))


def draw(engine: Engine, strata: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The families to visit, by hash of seed and family within each stratum: the same for the same seed.

    Columns kasus (kelurahan and running number: it tells nothing of the family), family_id, kelurahan, stratum,
    kelas, terima, desil, n_keluarga.
    """
    engine.register("_visits", strata[["stratum", "n_keluarga", "kunjungan"]])
    return engine.frame(
        """
        WITH ranked AS (
            SELECT f.*, row_number() OVER (PARTITION BY stratum ORDER BY md5($seed || ':' || family_id), family_id) AS place
            FROM _check_frame f),
        chosen AS (SELECT r.*, v.n_keluarga FROM ranked r JOIN _visits v USING (stratum) WHERE place <= v.kunjungan)
        SELECT coalesce(kelurahan, 'tanpa') || '-' || printf('%03d', row_number() OVER (
                PARTITION BY kelurahan ORDER BY md5($seed || '/' || family_id), family_id)) AS kasus,
            family_id, coalesce(kelurahan, 'tanpa') AS kelurahan, stratum, kelas, terima, desil, n_keluarga
        FROM chosen ORDER BY kasus""",
        seed=str(seed),
    )
