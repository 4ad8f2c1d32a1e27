"""What a ground check found, as tables and in words."""

import numpy as np
import pandas as pd

from analysis.errors import message
from analysis.measures.ground_check import Findings


def findings_table(findings: Findings) -> pd.DataFrame:
    """ukuran, cek lapangan with interval, register alone, and its difference; of each error."""
    rows = []
    for name, found in findings.errors.items():
        bias = findings.bias.get(name)
        rows.append(
            {
                "ukuran": name, "cek_lapangan": found.value, "bawah": found.low, "atas": found.high, "galat_baku": found.se,
                "register_saja": findings.register.get(name, np.nan), "selisih": np.nan if bias is None else bias.value,
                "selisih_bawah": np.nan if bias is None else bias.low, "selisih_atas": np.nan if bias is None else bias.high,
            }
        )  # fmt: skip
    return pd.DataFrame(rows).astype(
        dict.fromkeys(("bawah", "atas", "galat_baku", "selisih_bawah", "selisih_atas"), float)
    )


def findings_in_words(findings: Findings) -> pd.DataFrame:
    """`findings_table` as people read it."""
    table = findings_table(findings)
    return table.assign(ukuran=[message(f"measure_{name}") for name in table["ukuran"]])


def terms_in_words(findings: Findings) -> pd.DataFrame:
    """suku, bagian, and what the order of equal scores leaves open (bawah, atas) of each term of exclusion."""
    terms = findings.terms
    low, high = terms["ranking_low"], terms["ranking_high"]
    rest = terms["ranking"] + terms["implementation"]
    open_ = {"ranking": (low, high), "implementation": (rest - high, rest - low)}
    if np.isclose(low, high):
        open_ = {}
    rows = [
        (message(f"term_{name}"), terms[name], *open_.get(name, (np.nan, np.nan)))
        for name in ("conditions", "quota", "ranking", "implementation")
    ]
    rows.append((message("measure_salah_eksklusi"), terms["exclusion"], np.nan, np.nan))
    return pd.DataFrame(rows, columns=["suku", "bagian", "bawah", "atas"])
