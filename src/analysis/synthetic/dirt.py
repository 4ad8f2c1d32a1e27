"""What clerks, moves and Excel do to a list; every defect is noted for the truth tables."""

import numpy as np
import pandas as pd

from analysis.synthetic.people import Dice

_SPELLINGS = (
    ("U", "OE"), ("J", "DJ"), ("C", "TJ"), ("Y", "J"), ("F", "P"), ("V", "F"), ("I", "Y"), ("SY", "S"),
)  # fmt: skip
_TITLES = ("H. ", "HJ. ", "NY. ", "IBU ", "BAPAK ", "ALM. ", "NENG ", "USTADZ ")


def soil(
    rows: pd.DataFrame, rates: dict, source: str, dice: Dice
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A dirty copy of `rows` and the planted defects (row, kind).

    `rows` has nik, no_kk, nama, born, area, kecamatan, head_nik. The index is the row.
    """
    rng = dice.part(f"dirt-{source}")
    dirty, notes = rows.copy(), []

    def struck(kind: str, rate: float) -> np.ndarray:
        hit = np.flatnonzero(rng.random(len(rows)) < rate)
        notes.append(pd.DataFrame({"row": hit, "kind": kind}))
        return hit

    nik = dirty["nik"].to_numpy(dtype=object).copy()
    hit = struck("nik_kepala", rates["nik_kepala"])
    nik[hit] = rows["head_nik"].to_numpy(dtype=object)[hit]
    hit = struck("nik_salah_ketik", rates["nik_salah_ketik"])
    nik[hit] = _mistyped(nik[hit], rng)
    notes.append(_excel(nik, rows, [place for list_, place in rates["excel"] if list_ == source]))
    hit = struck("nik_bukan_16", rates["nik_bukan_16"])
    nik[hit] = _shortened(nik[hit], rng)
    dirty["nik"] = nik
    dirty.iloc[struck("kk_kosong", rates["kk_kosong"]), dirty.columns.get_loc("no_kk")] = ""
    dirty.iloc[
        struck("tgl_lahir_kosong", rates["tgl_lahir_kosong"]), dirty.columns.get_loc("born")
    ] = pd.NaT
    hit = struck("nama_berubah", rates["nama_berubah"])
    names = dirty["nama"].to_numpy(dtype=object).copy()
    names[hit] = altered(names[hit], rng)
    dirty["nama"] = names
    hit = struck("alamat_lama", rates["alamat_lama"])
    dirty.iloc[hit, dirty.columns.get_loc("area")] = rng.permutation(rows["area"].to_numpy())[hit]
    return dirty, pd.concat(notes, ignore_index=True)


def _excel(nik: np.ndarray, rows: pd.DataFrame, places: list[str]) -> pd.DataFrame:
    """Whole sheets whose 16th digit Excel rounded away; changes `nik` in place."""
    hit = np.flatnonzero(rows["kecamatan"].isin(places))
    text = nik[hit].astype("U16").astype("U15")
    nik[hit] = np.char.add(text, "0").astype(object)
    return pd.DataFrame({"row": hit, "kind": "nik_rusak_excel"})


def _mistyped(nik: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One of the last nine digits replaced; it stays within serials 9000–9999."""
    place = rng.choice([8, 9, 10, 11, 13, 14, 15], len(nik))
    digit = rng.integers(0, 10, len(nik)).astype(str)
    return np.array(
        [text[:at] + new + text[at + 1 :] for text, at, new in zip(nik, place, digit, strict=True)],
        dtype=object,
    )


def _shortened(nik: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Not 16 digits: empty, a dash, a digit lost or doubled, scientific notation, words."""
    kind = rng.choice(7, len(nik), p=[0.34, 0.08, 0.26, 0.12, 0.06, 0.06, 0.08])
    at = rng.integers(6, 15, len(nik))
    return np.array(
        [_short(text, k, a) for text, k, a in zip(nik, kind, at, strict=True)], dtype=object
    )


def _short(text: str, kind: int, at: int) -> str:
    forms = (
        "",
        "-",
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        f"{text[0]},{text[1:6]}E+15",
        "tidak ada",
        text[:15],
    )
    return forms[kind]


def altered(names: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Titles, spelling waves, short forms, lost words, typing errors."""
    kind, dice = rng.integers(0, 6, len(names)), rng.random(len(names))
    return np.array(
        [_alter(name, k, d) for name, k, d in zip(names, kind, dice, strict=True)], dtype=object
    )


def _alter(name: str, kind: int, dice: float) -> str:
    words = name.split(" ")
    if kind == 0:
        return _TITLES[int(dice * len(_TITLES))] + name
    if kind == 1:
        old, new = _SPELLINGS[int(dice * len(_SPELLINGS))]
        return name.replace(old, new, 1)
    if kind == 2 and len(words) > 1:
        return " ".join(words[:-1]) if dice < 0.5 else f"{words[0]} {words[-1][0]}."
    if kind == 3:
        return name + (
            ", S.PD" if dice < 0.3 else " BIN SUKARNA" if dice < 0.5 else f" {words[-1]}"
        )
    at = 1 + int(dice * max(len(name) - 2, 1))
    if kind == 4:
        return name[:at] + name[at + 1 :]
    return name[:at] + name[at : at + 1] + name[at:]
