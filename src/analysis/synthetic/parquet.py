"""Millions of rows for benchmarks: the lists of December cleaned straight into Parquet, without files between."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.engine import Engine, literal
from analysis.policy import Rulebook
from analysis.rosters.records import build_records
from analysis.rosters.rows import FIELDS
from analysis.settings import Edition, Run
from analysis.synthetic.cells import Places, cell
from analysis.synthetic.city import City
from analysis.synthetic.lists import ListRows
from analysis.synthetic.offices import file_forms
from analysis.synthetic.province import MOST_CITIES, kelurahan_each, rulebooks, together
from analysis.synthetic.receipt import MONTHS

_PERIOD = MONTHS[1]
# Field of a record → the cell word that states it; other fields stay empty.
_WORDS = {
    "nik": "nik", "no_kk": "no_kk", "nama": "nama", "tgl_lahir": "tgl_iso:born", "jenis_kelamin": "jk", "alamat": "alamat",
    "rt": "tiga:rt", "rw": "tiga:rw", "kode_wilayah": "kode",
}  # fmt: skip
_EXTRA = {
    "desil": "desil", "hubungan_keluarga": "shdk", "manfaat_rp": "rupiah", "status_penyaluran": "status", "tahap": "tahap",
    "tgl_peristiwa": "tgl_iso:tgl_peristiwa", "kelompok": "kelompok", "segmen": "segmen", "rekening": "rekening",
}  # fmt: skip
_ROWS_PER_FAMILY = 7.9
_FAMILIES_PER_CITY = 122_000


def write_records(
    folder: Path,
    rulebook: Rulebook,
    rows: int,
    seed: int = 1,
    dirtiness: str = "biasa",
    progress: Callable[[str], None] = lambda _: None,
    per_city: int = _FAMILIES_PER_CITY,
) -> int:
    """Write about `rows` rows as folder/core_records.parquet and folder/truth_record.parquet.

    The rows pass through the real cleaning; only files and their reading are left out. The columns
    are those of core_records and of the truth (record_id, person_id, family_id, source, period).
    More families than a city has live in several (`per_city` families each), so that people are as dense among
    four million rows as among one. Returns the number of rows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    progress("penduduk")
    families = max(round(rows / _ROWS_PER_FAMILY), 500)
    cities = rulebooks(rulebook, min(max(round(families / per_city), 1), MOST_CITIES))
    city = City(together(cities), families, seed, dirtiness)
    truth: list[pd.DataFrame] = []
    with Engine() as engine:
        for listed in city.lists(_PERIOD):
            if rulebook.layouts[listed.source].peran != "rujukan":
                progress(listed.source)
                for number, part in _by_city(listed, kelurahan_each(city.people.kelurahan)):
                    _append(engine, rulebook, part, city.places, number)
                    truth.append(_truth(part, city.places, number))
        _clean(engine, cities)
        _copy(engine, "SELECT * FROM _cleaned", folder / "core_records.parquet")
        engine.register("_truth", pd.concat(truth, ignore_index=True))
        _copy(engine, "SELECT * FROM _truth", folder / "truth_record.parquet")
        return int(engine.one("SELECT count(*) FROM _truth"))


def _by_city(listed: ListRows, each: int) -> Iterator[tuple[int, ListRows]]:
    """The list of each city, by the address it states: every city keeps files of its own."""
    for number, rows in listed.rows.groupby(listed.rows["area"] // each, sort=True):
        yield int(number), replace(listed, rows=rows.reset_index(drop=True))


def _clean(engine: Engine, cities: Sequence[Rulebook]) -> None:
    """`_cleaned`: the records of `_written`, each city's by its own rules, for another city's area is none of its own."""
    run = Run("ukur", _PERIOD, Edition(date(2025, 12, 15)), synthetic=True)
    for number, rulebook in enumerate(cities):
        engine.view("_fields", f"SELECT * FROM _written WHERE file_sha8 = '{_sha8(number)}'")
        build_records(engine, rulebook, run)
        _add(engine, "_cleaned", "SELECT * FROM core_records")


def _add(engine: Engine, name: str, query: str) -> None:
    """Put the rows of a query into table `name`, which the first of them makes."""
    if name in engine.names():
        engine.run(f"INSERT INTO {name} BY NAME {query}")
    else:
        engine.table(name, query)


def _sha8(city: int) -> str:
    """What stands for the hash of a city's files."""
    return f"{city:08d}"


def _copy(engine: Engine, query: str, path: Path) -> None:
    engine.run(f"COPY ({query}) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd)")


def _append(
    engine: Engine, rulebook: Rulebook, listed: ListRows, places: Places, city: int
) -> None:
    """Add the rows to `_written` as if they had been read from a file."""
    rows, layout = listed.rows, rulebook.layouts[listed.source]
    words = _WORDS | {field: word for field, word in _EXTRA.items() if word.partition(":")[2] in rows or word in rows}  # fmt: skip
    if listed.source.startswith("dtsen"):
        words["hubungan_keluarga"] = "shdk"
    table = pd.DataFrame({f"{field}_t": _text(cell(word, rows, places)) for field, word in words.items()})  # fmt: skip
    table["lembar"] = _sheets(listed, places)
    table["baris"] = np.arange(1, len(rows) + 1, dtype="int32")
    engine.register("_more", table)
    given = set(table)
    fields = ", ".join(
        f"nullif(trim({name}), '') AS {name}" if name in given else f"NULL::VARCHAR AS {name}"
        for name in (f"{field}_t" for field in FIELDS)
    )
    program = f"'{layout.program}'" if layout.program else "NULL::VARCHAR"
    select = f"""SELECT '{layout.kode}' AS source, '{layout.peran}' AS peran, {program} AS programme,
        '{layout.kode}.parquet' AS berkas, '{_sha8(city)}' AS file_sha8, lembar, baris, {fields}, 'data' AS jenis FROM _more"""
    _add(engine, "_written", select)
    engine.drop("_more")


def _text(values: np.ndarray | pd.Series) -> pd.Series:
    return pd.Series(np.asarray(values)).astype("str")


def _sheets(listed: ListRows, places: Places) -> np.ndarray:
    """The kecamatan where the office keeps a sheet each, else one sheet."""
    by_kecamatan = file_forms()[listed.source, listed.period].lembar == "kecamatan"
    above = places.above[listed.rows["home"]]
    return above if by_kecamatan else np.full(len(listed.rows), "Data", dtype=object)


def _truth(listed: ListRows, places: Places, city: int) -> pd.DataFrame:
    """Whom each row speaks of, under the id that cleaning gives it."""
    rows, number = listed.rows, pd.Series(np.arange(1, len(listed.rows) + 1)).astype("str")
    stem = f"{listed.source}:{_PERIOD}:{_sha8(city)}:"
    ids = stem + pd.Series(_sheets(listed, places)).astype("str") + ":" + number
    return pd.DataFrame(
        {"record_id": ids, "person_id": rows["person"], "family_id": rows["family"], "source": listed.source, "period": _PERIOD}
    )  # fmt: skip
