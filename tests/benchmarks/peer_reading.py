"""The peer of reading: pandas with openpyxl, everything as text."""

from pathlib import Path

import pandas as pd

for path in sorted(Path("data/raw").glob("*/*/*")):
    if path.suffix == ".xlsx":
        pd.read_excel(path, sheet_name=None, header=None, dtype=str, engine="openpyxl")
    elif path.suffix == ".csv":
        text = path.read_text(encoding="utf-8-sig")
        mark = max(";,", key=text[:20_000].count)
        pd.read_csv(path, sep=mark, header=None, names=range(40), dtype=str, encoding="utf-8-sig")
