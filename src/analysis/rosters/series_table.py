"""A sheet of recipients by area and year → the table the series check reads."""

import pandas as pd
import pyarrow as pa

from analysis.policy import Rulebook
from analysis.rosters.recognition import squeezed


def series_table(cells: pa.Table, rulebook: Rulebook) -> pd.DataFrame | None:
    """Columns wilayah, tahun, nilai of a sheet that is such a table; None where it is none."""
    wanted = rulebook.reading.deret.kolom
    for place, header in enumerate(cells.slice(0, rulebook.reading.baris_kepala_maks).to_pylist()):
        found = _columns(header, wanted)
        if len(found) == len(wanted):
            below = cells.slice(place + 1).select(list(found.values())).to_pandas()
            return _numbers(below.set_axis(list(found), axis=1))
    return None


def _columns(header: dict, wanted: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Kind → column whose header is the first of the accepted ones that is there."""
    given = {squeezed(text): name for name, text in header.items() if isinstance(text, str)}
    found = {}
    for kind, aliases in wanted.items():
        hit = next((given[squeezed(alias)] for alias in aliases if squeezed(alias) in given), None)
        if hit is not None:
            found[kind] = hit
    return found


def _numbers(table: pd.DataFrame) -> pd.DataFrame | None:
    """One number an area and year; a table that gives two is no series."""
    plain = table["nilai"].str.replace(r"[.,](?=\d{3}\b)", "", regex=True)
    table = table.assign(
        tahun=pd.to_numeric(table["tahun"], errors="coerce"),
        nilai=pd.to_numeric(plain, errors="coerce"),
    ).dropna()
    table = table.astype({"tahun": int})
    usable = (
        len(table)
        and table["tahun"].nunique() > 2
        and not table.duplicated(["wilayah", "tahun"]).any()
    )
    return table if usable else None
