"""What is true of the sample city: every row's person, every planted defect. Tests and benchmarks alone read it."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.synthetic.workbooks import Written


def record_ids(source: str, period: str, written: Written) -> np.ndarray:
    """The ids the reader will give the rows: source:period:sha8:sheet:row."""
    sha8 = hashlib.sha256(written.path.read_bytes()).hexdigest()[:8]
    stem = f"{source}:{period}:{sha8}:"
    places = zip(written.sheet, written.row, strict=True)
    return np.array([f"{stem}{sheet}:{row}" for sheet, row in places], dtype=object)


def planted_rows(
    source: str, ids: np.ndarray, planted: pd.DataFrame, rows: pd.DataFrame
) -> pd.DataFrame:
    """Planted repeats and defects of a list, by record."""
    at = planted["row"].to_numpy(dtype=int)
    return pd.DataFrame(
        {
            "kind": planted["kind"].to_numpy(),
            "source": source,
            "record_id": ids[at],
            "person": rows["member"].to_numpy()[at],
            "family": rows["family"].to_numpy()[at],
        }
    )


def planted_receipt(
    families: pd.DataFrame, receipt: dict, members: pd.DataFrame, log: pd.DataFrame
) -> pd.DataFrame:
    """Families by what they truly receive: overlaps, missed, above the programme's desil."""
    held = pd.DataFrame({"family": families["family"], "desil": families["desil"]})
    for name in ("pkh", "sembako"):
        held[name] = np.isin(held["family"], receipt[name])
    held["pbi_jk"] = np.isin(held["family"], members["family"].to_numpy()[receipt["pbi_jk"]])
    counted = log[log["date"] <= "2025-12-15"]
    held["pas12"] = np.isin(held["family"], members["family"].to_numpy()[counted["member"]])
    names = ["pkh", "sembako", "pbi_jk", "pas12"]
    several = held[names].sum(axis=1) > 1
    sets = (
        held[names]
        .apply(lambda column: np.where(column, column.name + "+", ""))
        .sum(axis=1)
        .str.removesuffix("+")
    )
    parts = [pd.DataFrame({"kind": "gabungan:" + sets[several], "family": held["family"][several]})]
    missed = held["desil"].between(1, 2) & ~held[names].any(axis=1)
    parts.append(pd.DataFrame({"kind": "terlewat", "family": held["family"][missed]}))
    for name, highest in (("pkh", 4), ("sembako", 5), ("pbi_jk", 5)):
        above = held[name] & (held["desil"] > highest)
        parts.append(
            pd.DataFrame({"kind": f"di_atas_batas:{name}", "family": held["family"][above]})
        )
    return pd.concat(parts, ignore_index=True).assign(source="", record_id="", person=-1)


def write_truth(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    """What was planted, a Parquet file a table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
