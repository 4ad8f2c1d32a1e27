"""How long guests stay, those who are still there among them: Kaplan–Meier by scipy."""

import warnings
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import CensoredData, ecdf

from analysis.engine import Engine

_COLUMNS = ["hari", "bertahan", "bawah", "atas", "n_berisiko", "n_selesai"]


def kaplan_meier(ended: ArrayLike, still: ArrayLike) -> pd.DataFrame:
    """Share of stays longer than each observed number of days, with a 95 % interval (Greenwood, log-log).

    `ended`: days of finished stays; `still`: days so far of open ones. `bawah` and `atas` are
    missing where the interval is not defined (share 1 or 0). Raises ValueError for negative days.
    """
    ended, still = np.asarray(ended, float), np.asarray(still, float)
    everyone = np.concatenate([ended, still])
    if (everyone < 0).any():
        raise ValueError("a stay does not last less than no day")
    if not len(everyone):
        return pd.DataFrame(columns=_COLUMNS)
    curve = ecdf(CensoredData(uncensored=ended, right=still)).sf
    with (
        warnings.catch_warnings()
    ):  # it is undefined at shares of 1 and 0, which the table says by a gap
        warnings.simplefilter("ignore", RuntimeWarning)
        interval = curve.confidence_interval(0.95, method="log-log")
    days = curve.quantiles
    return pd.DataFrame(
        {
            "hari": days.astype(int),
            "bertahan": curve.probabilities,
            "bawah": interval.low.probabilities,
            "atas": interval.high.probabilities,
            "n_berisiko": [int((everyone >= day).sum()) for day in days],
            "n_selesai": [int((ended == day).sum()) for day in days],
        }
    )


def median_days(curve: pd.DataFrame) -> int | None:
    """The first number of days that half of the stays do not exceed; None where it is not reached yet."""
    reached = curve.loc[curve["bertahan"] <= 0.5, "hari"]
    return None if reached.empty else int(reached.iloc[0])


def build_survival(engine: Engine, on: date) -> None:
    """Make out_stay_survival from out_stays: a curve a programme; open stays are censored on the edition's day."""
    stays = engine.frame("""SELECT programme, status, lama_hari FROM out_stays
        WHERE status IN ('selesai', 'menginap') ORDER BY programme, status, lama_hari""")
    curves = [
        kaplan_meier(
            held.loc[held["status"] == "selesai", "lama_hari"],
            held.loc[held["status"] == "menginap", "lama_hari"],
        ).assign(programme=programme)
        for programme, held in stays.groupby("programme", sort=True)
    ]
    empty = pd.DataFrame(columns=["programme", *_COLUMNS])
    engine.register("_curve", pd.concat([empty, *curves]).astype({"programme": "str"}))
    engine.table(
        "out_stay_survival",
        """SELECT CAST(programme AS VARCHAR) AS programme, CAST(hari AS INTEGER) AS hari,
            round(CAST(bertahan AS DOUBLE), 6) AS bertahan,
            CASE WHEN NOT isnan(CAST(bawah AS DOUBLE)) THEN round(CAST(bawah AS DOUBLE), 6) END AS bawah,
            CASE WHEN NOT isnan(CAST(atas AS DOUBLE)) THEN round(CAST(atas AS DOUBLE), 6) END AS atas,
            CAST(n_berisiko AS INTEGER) AS n_berisiko, CAST(n_selesai AS INTEGER) AS n_selesai FROM _curve""",
    )
    engine.drop("_curve")
