"""What clerks, moves and Excel do to a list; every defect is noted for the truth tables.

A person's row of one source carries the same errors month after month, as in a real application:
each defect is drawn by person, not by row.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.synthetic.people import Dice
from analysis.synthetic.province import moved_within
from analysis.synthetic.spelling import altered


@dataclass
class _Strokes:
    """Random numbers by person and copy, and the defects struck so far."""

    source: str
    slot: np.ndarray
    width: int
    dice: Dice
    notes: list = field(default_factory=list)

    def chance(self, part: str) -> np.ndarray:
        """One number in [0, 1) a row, the same for the same person in every month."""
        return self.dice.part(f"dirt-{self.source}-{part}").random(self.width)[self.slot]

    def strike(self, kind: str, rate: float, where: np.ndarray | None = None) -> np.ndarray:
        """Rows hit, noted under `kind`; `rate` is the share of the rows that can be hit."""
        chance = self.chance(kind) < rate
        hit = np.flatnonzero(chance if where is None else chance & where)
        self.notes.append(pd.DataFrame({"row": hit, "kind": kind}))
        return hit


def soil(
    rows: pd.DataFrame, rates: dict, source: str, period: str, dice: Dice, width: int, each: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A dirty copy of `rows` and the planted defects (row, kind).

    `rows` has person, copy, nik, no_kk, nama, born, area, kecamatan place, head_nik; the dirty copy
    keeps the truth as true_nama, true_area, true_born beside them. A city has `each` kelurahan.
    """
    strokes = _Strokes(source, (rows["person"].to_numpy() + 7919 * rows["copy"].to_numpy()) % width, width, dice)  # fmt: skip
    dirty = rows.assign(true_nama=rows["nama"], true_area=rows["area"], true_born=rows["born"])
    dirty["nik"] = _numbers(rows, rates, strokes, period)
    _births(dirty, rates, strokes)
    no_kk = dirty["no_kk"].to_numpy(dtype=object).copy()
    no_kk[strokes.strike("kk_kosong", rates["kk_kosong"])] = ""
    dirty["no_kk"] = no_kk
    hit = strokes.strike("nama_berubah", rates["nama_berubah"])
    names = dirty["nama"].to_numpy(dtype=object).copy()
    names[hit] = altered(names[hit], strokes.chance("form")[hit], strokes.chance("letter")[hit])
    dirty["nama"] = names
    _old_addresses(dirty, rates, strokes, each)
    return dirty, pd.concat(strokes.notes, ignore_index=True)


def _numbers(rows: pd.DataFrame, rates: dict, strokes: _Strokes, period: str) -> np.ndarray:
    """NIK as typed: the head's, the card's, made up, mistyped, rounded by Excel, not 16 digits."""
    nik = rows["nik"].to_numpy(dtype=object).copy()
    given = nik != ""
    head = rows["head_nik"].to_numpy(dtype=object)
    hit = strokes.strike("nik_kepala", rates["nik_kepala"], given & (head != nik) & (head != ""))
    nik[hit] = head[hit]
    hit = strokes.strike("nik_kk", rates["nik_kk"], given & (rows["no_kk"].to_numpy() != ""))
    nik[hit] = rows["no_kk"].to_numpy(dtype=object)[hit]
    hit = strokes.strike("nik_karangan", rates["nik_karangan"], given)
    nik[hit] = _made_up(nik[hit], strokes.chance("invented")[hit])
    hit = strokes.strike("nik_salah_ketik", rates["nik_salah_ketik"], given)
    nik[hit] = _mistyped(nik[hit], strokes.chance("place")[hit], strokes.chance("digit")[hit])
    places = [area for source, month, area in rates["excel"] if (source, month) == (strokes.source, period)]  # fmt: skip
    hit = np.flatnonzero(rows["kecamatan"].isin(places).to_numpy() & given)
    text = nik[hit].astype("U16").astype("U15")
    nik[hit] = np.char.add(text, "0").astype(object)
    strokes.notes.append(pd.DataFrame({"row": hit, "kind": "nik_rusak_excel"}))
    hit = strokes.strike("nik_bukan_16", rates["nik_bukan_16"])
    nik[hit] = _shortened(nik[hit], strokes.chance("shape")[hit], strokes.chance("place")[hit])
    return nik


def _births(dirty: pd.DataFrame, rates: dict, strokes: _Strokes) -> None:
    """Birth dates with day and month exchanged, heaped on 1 January, or missing."""
    born = pd.Series(dirty["born"].to_numpy(), index=dirty.index)
    day, month, year = born.dt.day, born.dt.month, born.dt.year
    hit = strokes.strike("tgl_tertukar", rates["tgl_tertukar"], ((day <= 12) & (day != month)).to_numpy())  # fmt: skip
    born.iloc[hit] = pd.to_datetime({"year": year.iloc[hit], "month": day.iloc[hit], "day": month.iloc[hit]}).astype(born.dtype)  # fmt: skip
    hit = strokes.strike("tgl_0101", rates["tgl_0101"])
    born.iloc[hit] = pd.to_datetime({"year": year.iloc[hit], "month": 1, "day": 1}).astype(born.dtype)  # fmt: skip
    born.iloc[strokes.strike("tgl_lahir_kosong", rates["tgl_lahir_kosong"])] = pd.NaT
    dirty["born"] = born


def _old_addresses(dirty: pd.DataFrame, rates: dict, strokes: _Strokes, each: int) -> None:
    """Another kelurahan of the city and street than the one lived in."""
    hit = strokes.strike("alamat_lama", rates["alamat_lama"])
    area = dirty["area"].to_numpy().copy()
    others = int((area % each).max()) if len(area) else 0
    if others:
        shift = 1 + (strokes.chance("elsewhere")[hit] * others).astype(int)
        area[hit] = moved_within(area[hit], (area[hit] % each + shift) % (others + 1), each)
    dirty["area"] = area


def _made_up(nik: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """A plausible number of nobody: right area and a date, serial drawn from 9000–9999."""
    day = 1 + (chance * 28).astype(int)
    serial = 9000 + (chance * 997_003).astype(int) % 1000
    year = (chance * 7919).astype(int) % 60 + 40
    return np.array(
        [f"{text[:6]}{d:02d}01{y:02d}{s:04d}" if len(text) == 16 else text
         for text, d, y, s in zip(nik, day, year, serial, strict=True)], dtype=object
    )  # fmt: skip


def _mistyped(nik: np.ndarray, place: np.ndarray, digit: np.ndarray) -> np.ndarray:
    """One of the last nine digits replaced, or two neighbours exchanged; serials stay within 9000–9999."""
    spots = np.array([8, 9, 10, 11, 13, 14, 15])[(place * 7).astype(int)]
    new = (digit * 10).astype(int).astype(str)
    return np.array([_typo(text, at, d) for text, at, d in zip(nik, spots, new, strict=True)], dtype=object)  # fmt: skip


def _typo(text: str, at: int, digit: str) -> str:
    if len(text) != 16:
        return text
    if digit in "357" and at in {8, 10, 13, 14}:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    digit = digit if digit != text[at] else str((int(digit) + 1) % 10)
    return text[:at] + digit + text[at + 1 :]


def _shortened(nik: np.ndarray, shape: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Not 16 digits: empty, a dash, a digit lost or doubled, scientific notation, words."""
    kind = np.searchsorted(np.cumsum([0.34, 0.08, 0.26, 0.12, 0.06, 0.06]), shape)
    at = 6 + (place * 9).astype(int)
    return np.array([_short(text, k, a) for text, k, a in zip(nik, kind, at, strict=True)], dtype=object)  # fmt: skip


def _short(text: str, kind: int, at: int) -> str:
    if len(text) != 16:
        return text
    forms = ("", "-", text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:],
             f"{text[0]},{text[1:6]}E+15", "tidak ada", text[:15])  # fmt: skip
    return forms[kind]
