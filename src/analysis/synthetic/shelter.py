"""The log of the rumah singgah: guests of the city and strangers, many without a number, some still there."""

import numpy as np
import pandas as pd

from analysis.synthetic.needs import WORDS
from analysis.synthetic.numbers import niks
from analysis.synthetic.people import Dice
from analysis.synthetic.population import Population
from analysis.synthetic.receipt import MONTHS

_GROUPS = ("pendapatan_rendah", "disabilitas", "lansia", "anak", "napza_hiv", "korban_kekerasan")
_OUTCOMES = ("Pulang ke keluarga", "Rujuk panti provinsi", "Rujuk rumah sakit", "Dipulangkan ke daerah asal", "Perekaman NIK", "Pergi sendiri")  # fmt: skip
_ORIGINS = ("320201", "320312", "327301", "330112", "317105", "360102")
_DAY = np.timedelta64(1, "D")
_GAP = (np.datetime64("2025-08-10"), np.datetime64("2025-08-31"))  # three weeks nobody kept the log


def stays(city: Population, needs: pd.DataFrame, names: dict, settings: dict, dice: Dice) -> pd.DataFrame:  # fmt: skip
    """A row a stay by arrival: person (strangers above all numbers of the city), arrival, leaving, group, outcome.

    Columns nik, nama, born, female, alamat stand where the log says otherwise than the city knows.
    """
    rng = dice.part("shelter")
    count = max(round(settings["rumah_singgah"] * len(city.now.families)), 36)
    guests = _guests(city, needs, count, rng)
    again = rng.random(count) < settings["singgah_ulang"]
    who = np.where(again, guests[rng.integers(0, max(count // 3, 1), count)], guests)
    days = np.sort(rng.integers(0, 347, count))
    arrival = np.datetime64("2025-01-01") + days * _DAY
    arrival = np.where((arrival >= _GAP[0]) & (arrival <= _GAP[1]), arrival - 24 * _DAY, arrival)
    length = np.where(
        rng.random(count) < 0.08, rng.integers(8, 40, count), rng.integers(0, 8, count)
    )
    leaving = (arrival + length * _DAY).astype("datetime64[us]")
    still = (leaving > np.datetime64("2025-12-12")) | (
        rng.random(count) < settings["singgah_terbuka"]
    )
    rows = pd.DataFrame({"person": who, "tgl_peristiwa": arrival.astype("datetime64[us]")})
    rows["tgl_selesai"] = pd.Series(leaving).where(~still)
    rows["hasil"] = np.where(still, "", np.array(_OUTCOMES)[rng.choice(6, count, p=[0.34, 0.16, 0.1, 0.2, 0.08, 0.12])])  # fmt: skip
    rows["kelompok"] = [WORDS[g][0] for g in rng.choice(_GROUPS, count, p=[0.4, 0.2, 0.16, 0.1, 0.08, 0.06])]  # fmt: skip
    rows = rows.join(_strangers(rows["person"].to_numpy(), len(city.now.roll), names, rng))
    rows["tanpa_nik"] = (
        _stable(rows["person"].to_numpy(), "nik", dice) < settings["singgah_tanpa_nik"]
    )
    return rows.sort_values(["tgl_peristiwa", "person"], kind="stable", ignore_index=True)


def by_month(rows: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """The log as it stood at the end of November, and as of mid-December."""
    first = rows[rows["tgl_peristiwa"] < "2025-12-01"].copy()
    open_then = first["tgl_selesai"] > "2025-11-30"
    first.loc[open_then, "tgl_selesai"], first.loc[open_then, "hasil"] = pd.NaT, ""
    return {("rumah_singgah", MONTHS[0]): first.reset_index(drop=True), ("rumah_singgah", MONTHS[1]): rows}  # fmt: skip


def _guests(city: Population, needs: pd.DataFrame, count: int, rng: np.random.Generator) -> np.ndarray:  # fmt: skip
    """Half of them live in the city and are in need; the others come from elsewhere."""
    pool = needs["person"][needs["kelompok"].isin(_GROUPS)].unique()
    own = rng.choice(pool, count, replace=len(pool) < count)
    stranger = len(city.now.roll) + np.arange(count)
    return np.where(rng.random(count) < 0.5, own, stranger)


def _strangers(who: np.ndarray, persons: int, names: dict, rng: np.random.Generator) -> pd.DataFrame:  # fmt: skip
    """Number, name, birth and sex of who is not of the city; absent for the others. The same for each stay."""
    known, place = np.unique(who[who >= persons], return_inverse=True)
    female = rng.random(len(known)) < 0.3
    born = np.datetime64("1950-01-01", "us") + rng.integers(0, 22_000, len(known)) * _DAY
    nik = niks(np.array(_ORIGINS)[rng.integers(0, 6, len(known))], born, female)
    first = np.where(female, rng.choice(names["perempuan_tua"], len(known)), rng.choice(names["laki_tua"], len(known)))  # fmt: skip
    unnamed = rng.random(len(known)) < 0.2
    order = np.arange(1, len(known) + 1).astype(str)
    name = np.where(unnamed, np.char.add("TANPA NAMA ", order), np.char.add(np.char.add(first.astype(str), " "), rng.choice(names["akhir"], len(known)).astype(str)))  # fmt: skip
    told = pd.DataFrame({"nik": nik, "nama": name, "born": born, "female": female, "alamat": "LUAR KOTA"}).astype({"female": object})  # fmt: skip
    return told.iloc[place].set_axis(np.flatnonzero(who >= persons))


def _stable(who: np.ndarray, part: str, dice: Dice) -> np.ndarray:
    """One number in [0, 1) a person, whatever the row."""
    return dice.part(f"shelter-{part}").random(int(who.max()) + 1)[who]
