"""How far missed and false links move a register's errors: a complete register has no other doubt but this one.

True recipients in the register are TP* = (TP − (1−q)·R·h)/r and FP* alike, with r the recall and q the precision
of links between the list and the register, R = TP + FP recipients found, and h the target's share of the
register: a false link falls on anybody. Missed recipients are at most those found outside the register.
"""

import pandas as pd

from analysis.engine import Engine
from analysis.measures.arrays import Floats

NOT_KNOWN = "sensus register; galat pemadanan belum dihitung"
KNOWN = "sensus register; selang = galat pemadanan (ujung 95% presisi dan recall)"
_BOUNDS = ("recall_low", "recall_high", "precision_low", "precision_high")


def link_bounds(engine: Engine) -> pd.DataFrame:
    """95 % bounds of recall and precision of each programme's list against the register; empty where not measured.

    Programme codes equal layout codes. Of several registers the weakest bounds count. The row
    without a programme is for sets: bounds of all lists of recipients, weighted by the persons found on them.
    """
    if "core_linkage_error" not in engine.names():
        return pd.DataFrame(columns=["programme", *_BOUNDS])
    return engine.frame(
        """
        WITH pairs AS (
            SELECT CASE WHEN source_a LIKE 'dtsen%' THEN source_b ELSE source_a END AS programme, *
            FROM core_linkage_error
            WHERE (source_a LIKE 'dtsen%') <> (source_b LIKE 'dtsen%') AND recall IS NOT NULL AND precision IS NOT NULL)
        SELECT programme, min(coalesce(recall_low, recall)) AS recall_low, max(coalesce(recall_high, recall)) AS recall_high,
            min(coalesce(precision_low, precision)) AS precision_low,
            max(coalesce(precision_high, precision)) AS precision_high
        FROM pairs GROUP BY programme
        UNION ALL
        SELECT NULL, sum(n_common * coalesce(recall_low, recall)) / sum(n_common),
            sum(n_common * coalesce(recall_high, recall)) / sum(n_common),
            sum(n_common * coalesce(precision_low, precision)) / sum(n_common),
            sum(n_common * coalesce(precision_high, precision)) / sum(n_common)
        FROM pairs WHERE programme IN (SELECT programme FROM core_enrolments) AND n_common > 0
        HAVING count(*) > 0 ORDER BY programme"""
    )


def corrected(
    hits: Floats,
    others: Floats,
    target: Floats,
    rest: Floats,
    outside: Floats,
    recall: Floats,
    precision: Floats,
) -> tuple[Floats, Floats]:
    """Recipients in the target and beside it as they truly are, for one recall and precision a row.

    `hits`, `others`: recipients found in the target and beside it; `target`, `rest`: units of the register;
    `outside`: recipients found on the list and not in the register.

    >>> import numpy as np
    >>> [float(v[0]) for v in corrected(*map(np.atleast_1d, (90.0, 10.0, 200.0, 800.0, 50.0, 0.9, 1.0)))]
    [100.0, 11.11111111111111]
    """
    found, whole = hits + others, target + rest
    share = (target / whole.clip(min=1)).clip(0, 1)
    kept = recall.clip(min=found / (found + outside).clip(min=1)).clip(min=1e-9)
    true_hits = ((hits - (1 - precision) * found * share) / kept).clip(0, target)
    true_others = ((others - (1 - precision) * found * (1 - share)) / kept).clip(0, rest)
    return true_hits, true_others
