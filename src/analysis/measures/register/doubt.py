"""How far missed and false links move a register's errors: a complete register has no other doubt but this one.

Of the recipients found in a group, (1−q)·R·h are expected to be false, with q the precision of links between the
list and the register, R the recipients found and h the group's share of the register: a false link falls on
anybody. Of those who truly receive, the share r is found. What came to be false and missed is a count
(`linkage_doubt.corrected`), in the target and beside it apart; missed recipients are at most those found outside
the register.
"""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.measures.arrays import Floats
from analysis.measures.linkage_doubt import corrected

NOT_KNOWN = "sensus register; galat pemadanan belum dihitung"
KNOWN = "sensus register; selang 95% = galat pemadanan (banyaknya padanan salah dan terlewat)"
BOUNDS = ("recall_low", "recall_high", "precision_low", "precision_high")
RATES = ("recall", "precision", "missed_sd", "false_sd")


def link_bounds(engine: Engine) -> pd.DataFrame:
    """Rates of linkage error of each programme's list against the register; empty where not measured.

    Programme codes equal layout codes. Of several registers the one with most persons in common counts, and the
    weakest bounds. The row without a programme is for sets: all lists of recipients, weighted by the persons
    found on them.
    """
    if "core_linkage_error" not in engine.names():
        return pd.DataFrame(columns=["programme", *BOUNDS, *RATES])
    pooled = ", ".join(f"sum(n_common * {name}) / sum(n_common)" for name in (*BOUNDS, *RATES))
    best = ", ".join(f"arg_max({name}, (n_common, register)) AS {name}" for name in RATES)
    return engine.frame(
        f"""
        WITH pairs AS (
            SELECT CASE WHEN source_a LIKE 'dtsen%' THEN source_b ELSE source_a END AS programme,
                CASE WHEN source_a LIKE 'dtsen%' THEN source_a ELSE source_b END AS register,
                n_common, recall, precision, coalesce(recall_low, recall) AS recall_low,
                coalesce(recall_high, recall) AS recall_high, coalesce(precision_low, precision) AS precision_low,
                coalesce(precision_high, precision) AS precision_high, coalesce(missed_sd, 0) AS missed_sd,
                coalesce(false_sd, 0) AS false_sd
            FROM core_linkage_error
            WHERE (source_a LIKE 'dtsen%') <> (source_b LIKE 'dtsen%') AND recall IS NOT NULL AND precision IS NOT NULL)
        SELECT programme, min(recall_low) AS recall_low, max(recall_high) AS recall_high,
            min(precision_low) AS precision_low, max(precision_high) AS precision_high, {best}
        FROM pairs GROUP BY programme
        UNION ALL
        SELECT NULL, {pooled}
        FROM pairs WHERE programme IN (SELECT programme FROM core_enrolments) AND n_common > 0
        HAVING count(*) > 0 ORDER BY programme"""
    )


def spread(
    found: Floats, all_found: Floats, part: Floats, whole: Floats, outside: Floats, links: pd.DataFrame
) -> tuple[Floats, Floats]:  # fmt: skip
    """Least and greatest number of a group's units that truly receive; NaN where linkage was not measured.

    `found` of `all_found` recipients stand in a group of `part` of the register's `whole` units; `outside`:
    recipients found on the list and not in the register; `links`: a row of `RATES` a group.

    >>> links = pd.DataFrame({"recall": [0.9], "precision": [1.0], "missed_sd": [0.3], "false_sd": [0.7]})
    >>> [float(end[0]) for end in spread(*map(np.atleast_1d, (90.0, 100.0, 200.0, 1000.0, 50.0)), links)]
    [90.0, 110.0]
    """
    false = (1 - links["precision"].to_numpy()) * all_found * (part / whole.clip(min=1)).clip(0, 1)
    precision = np.where(found > 0, 1 - np.minimum(false / found.clip(min=1), 1), 1)
    precision = np.where(np.isnan(false), np.nan, precision)
    counts = links.reset_index(drop=True).assign(n_terpadankan=found, precision=precision)
    ends = corrected(counts)
    most = np.minimum(ends["atas"].to_numpy(), np.minimum(found + outside, part))
    return np.minimum(ends["bawah"].to_numpy(), found), np.maximum(most, found)
