"""What is true of the sample city: every row's person, every planted defect. Tests and benchmarks alone read it."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.synthetic.lists import ListRows
from analysis.synthetic.workbooks import Written

COLUMNS = ["kind", "source", "period", "record_id", "person", "family"]


def record_ids(source: str, period: str, written: Written) -> np.ndarray:
    """The ids the reader will give the rows: source:period:sha8:sheet:row."""
    sha8 = hashlib.sha256(written.path.read_bytes()).hexdigest()[:8]
    stem = f"{source}:{period}:{sha8}:"
    places = zip(written.sheet, written.row, strict=True)
    return np.array([f"{stem}{sheet}:{row}" for sheet, row in places], dtype=object)


def records(listed: ListRows, ids: np.ndarray) -> pd.DataFrame:
    """Whom each row speaks of."""
    rows = listed.rows
    return pd.DataFrame(
        {"record_id": ids, "person": rows["person"].to_numpy(), "family": rows["family"].to_numpy(),
         "source": listed.source, "period": listed.period}
    )  # fmt: skip


def planted_rows(listed: ListRows, ids: np.ndarray) -> pd.DataFrame:
    """Planted repeats and defects of a list, by record."""
    at, rows = listed.planted["row"].to_numpy(dtype=int), listed.rows
    return pd.DataFrame(
        {"kind": listed.planted["kind"].to_numpy(), "source": listed.source, "period": listed.period,
         "record_id": ids[at], "person": rows["person"].to_numpy()[at], "family": rows["family"].to_numpy()[at]}
    )  # fmt: skip


def of_families(kind: str, families: np.ndarray, period: str, source: str = "") -> pd.DataFrame:
    """A planted fact about families, by no single row."""
    return pd.DataFrame({"kind": kind, "source": source, "period": period, "record_id": "", "person": -1, "family": families}, columns=COLUMNS)  # fmt: skip


def of_persons(kind: str, persons: np.ndarray, roll: pd.DataFrame, period: str, source: str = "") -> pd.DataFrame:  # fmt: skip
    """A planted fact about persons, by no single row."""
    families = roll["family"].to_numpy()[persons]
    return pd.DataFrame({"kind": kind, "source": source, "period": period, "record_id": "", "person": persons, "family": families}, columns=COLUMNS)  # fmt: skip


def persons(city) -> pd.DataFrame:
    """Everybody who ever lived here, as of December; family −1 = no more here. Needs joined by '+'."""
    now, before = city.people.now, city.people.before
    needs = city.needs.groupby("person")["kelompok"].agg("+".join)
    family = np.where(now.roll["here"], now.roll["family"], -1)
    told = now.roll[["person", "nik", "no_kk", "nama", "born", "female", "disabled"]].assign(family=family)  # fmt: skip
    told["family_lama"] = np.where(before.roll["here"], before.roll["family"], -1)
    told["kelompok"] = needs.reindex(told["person"]).fillna("").to_numpy()
    told["consumption_rp"] = now.families["consumption_rp"].to_numpy()[now.roll["family"]]
    return told[["person", "family", *[c for c in told if c not in {"person", "family"}]]]


def families(city) -> pd.DataFrame:
    """Every family number: December's truth, and September's under the same names with _lama."""
    now, before = city.people.now.families, city.people.before.families
    home = city.people.now.roll.drop_duplicates("family").set_index("family")["home"]
    told = now[["family", "here", "size", "consumption_rp", "score", "desil"]].assign(
        area=home.reindex(now["family"]).fillna(-1).astype(int).to_numpy(), in_register=city.in_register & now["here"]
    )  # fmt: skip
    for name in ("here", "size", "consumption_rp", "score", "desil", "old_score"):
        told[name.removesuffix("_rp") + "_lama"] = before[name].to_numpy()
    return told


def write_truth(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    """What was planted, a Parquet file a table; ids named as elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table = table.rename(columns={"person": "person_id", "family": "family_id"})
        table.to_parquet(folder / f"{name}.parquet", index=False)
