"""How many persons the lists speak of: those found, less whom linkage split, and more where it took two for one.

A row that misses its person makes a person of its own, so that persons found are too many by the rows that are
lost: of the rows joined, (1/R − 1) for each, with R the recall of rows measured by hiding the NIK (group_error.py).
What falls below the cut is among the lost: chances of possible links (core_maybe_links) are not added again. A
person found is truly two with the chance that its weakest link is false.
"""

import numpy as np

from analysis.engine import Engine
from analysis.measures.linkage_doubt import UNKNOWN, mended
from analysis.policy import Linkage

METHOD = (
    "orang terhitung − terbelah + tergabung; selang 95% atas banyaknya yang terbelah dan tergabung"
)

# chances are added as whole millionths, so that the sum does not depend on the order of rows
_COUNTS = """
    WITH joined AS (SELECT person_id, count(*) AS n, min(peluang) AS weakest FROM core_links WHERE cara <> 'sendiri' GROUP BY person_id),
    rows AS (SELECT coalesce(sum(n), 0) AS n, coalesce(sum(1000000 - CAST(round(1e6 * weakest) AS BIGINT)), 0) / 1e6 AS two FROM joined)
    SELECT (SELECT count(DISTINCT person_id) FROM core_links) AS found, n * (1 / nullif(recall, 0) - 1) AS split, two, n_luput
    FROM rows LEFT JOIN core_linkage_groups ON dimensi = 'kota'"""


def build_person_count(engine: Engine, rules: Linkage) -> list[str]:
    """Make out_person_count: persons found, and how many they truly are with the doubt of linkage."""
    counts = engine.frame(_COUNTS).astype(float)
    split_sd = np.sqrt(rules.transport**2 + 1 / (counts["n_luput"] + 0.5)).to_numpy()
    told = mended(
        counts["found"].to_numpy(),
        (counts["split"].to_numpy(), split_sd),
        (counts["two"].to_numpy(), np.full(len(counts), rules.galat_peluang)),
        counts.index,
    )
    told.insert(0, "n_terpadankan", counts["found"].astype(int))
    told.insert(0, "satuan", "jiwa")
    told["metode"] = np.where(told["perkiraan"].isna(), UNKNOWN, METHOD)
    engine.register("out_person_count", told.astype({"satuan": "str", "metode": "str"}))
    return ["out_person_count"]
