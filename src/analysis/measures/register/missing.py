"""Families the register may lack: a need list made without it, held against it (measures.md 2.9 e).

Chapman's estimate needs two lists made independently; a need list drawn from the register itself tells nothing.
Links missed between the two would inflate it: the recall of linkage is taken into account where it was measured.
"""

import pandas as pd

from analysis.engine import Engine
from analysis.measures.verification import chapman

NO_RECALL = "; recall pemadanan belum dihitung, dianggap 1: angka cenderung terlalu besar"
ASSUMES = "; bila daftar kebutuhan disusun tanpa register"


def build_register_missing(engine: Engine) -> list[str]:
    """Make out_register_missing: of each need list, families found in the register and what follows of the rest."""
    lists = engine.frame(
        """
        SELECT r.source AS daftar, count(DISTINCT p.family_id) AS n_daftar,
            count(DISTINCT p.family_id) FILTER (f.is_registri) AS n_keduanya,
            (SELECT count(*) FROM core_families WHERE is_registri) AS n_register
        FROM core_records r JOIN core_links l USING (record_id) JOIN core_persons p USING (person_id)
        JOIN core_families f USING (family_id) WHERE r.peran = 'kebutuhan' GROUP BY r.source ORDER BY r.source"""
    )
    recall = _recall(engine)
    engine.register("out_register_missing", pd.DataFrame(
        [_row(entry, recall.get(entry.daftar)) for entry in lists.itertuples()],
        columns=["daftar", "n_daftar", "n_keduanya", "n_register", "recall", "perkiraan", "bawah", "atas", "belum_tercatat", "metode"],
    ).astype({"daftar": "str", "metode": "str", **dict.fromkeys(("recall", "perkiraan", "bawah", "atas", "belum_tercatat"), "float64")}))  # fmt: skip
    return ["out_register_missing"]


def _recall(engine: Engine) -> dict[str, float]:
    if "core_linkage_error" not in engine.names():
        return {}
    return dict(engine.rows(
        """SELECT CASE WHEN source_a LIKE 'dtsen%' THEN source_b ELSE source_a END AS daftar, min(recall)
        FROM core_linkage_error WHERE (source_a LIKE 'dtsen%') <> (source_b LIKE 'dtsen%') AND recall > 0 GROUP BY 1"""
    ))  # fmt: skip


def _row(entry, recall: float | None) -> tuple:
    found = chapman(
        int(entry.n_register), int(entry.n_daftar), int(entry.n_keduanya), link_recall=recall or 1.0
    )
    missing = None if found.low is None else found.value - entry.n_register
    method = found.method + ASSUMES + ("" if recall else NO_RECALL)
    return (entry.daftar, entry.n_daftar, entry.n_keduanya, entry.n_register, recall, found.value, found.low, found.high,
            missing, method)  # fmt: skip
