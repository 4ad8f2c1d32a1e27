"""A household survey of the sample city: drawn in September, the same households asked again in December.

Seven strata (kecamatan), RW drawn within them, families within RW; weights undo the two draws. What is seen of a house is
recorded as the register would, consumption as it is. Made up, like everything of this city.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.synthetic.people import HEAD, Dice
from analysis.synthetic.workbooks import MARK

FILE = "Survei_rumah_tangga_2025-09_DATA_SINTETIS.csv"
_PER_STRATUM, _PER_RW = 34, 10
_SEEN = (
    "floor_m2", "own_house", "tiled_floor", "brick_wall", "piped_water", "own_toilet", "power_900", "gas_stove",
    "motorcycle", "fridge", "car", "gold", "education", "dependants", "size",
)  # fmt: skip


def write_survey(folder: Path, city) -> Path:
    """The survey as CSV, one row a household; the same seed draws the same."""
    drawn = draw_households(_frame(city), city.dice)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    text = drawn.to_csv(index=False, lineterminator="\n")
    path.write_text(
        f"SURVEI RUMAH TANGGA KOTA CONTOH - {MARK}\n{text}", encoding="utf-8", newline="\n"
    )
    return path


def draw_households(frame: pd.DataFrame, dice: Dice) -> pd.DataFrame:
    """RW by equal chance within kecamatan, households by equal chance within RW; `bobot` is the inverse of both."""
    chance = dice.part("survey")
    frame = frame.assign(order=chance.random(len(frame)))
    places = frame[["kecamatan", "gugus"]].drop_duplicates("gugus").sort_values("gugus")
    places = places.assign(order=chance.random(len(places))).sort_values("order")
    chosen = places.groupby("kecamatan").head(_PER_STRATUM)
    of_places = places["kecamatan"].value_counts() / chosen["kecamatan"].value_counts()
    inside = frame[frame["gugus"].isin(chosen["gugus"])].sort_values("order")
    asked = inside.groupby("gugus").head(_PER_RW)
    of_families = inside["gugus"].value_counts() / asked["gugus"].value_counts()
    weight = asked["kecamatan"].map(of_places) * asked["gugus"].map(of_families)
    asked = asked.assign(bobot=weight.round(4)).sort_values(["gugus", "order"], ignore_index=True)
    asked.insert(0, "id_ruta", [f"R{place:05d}" for place in range(1, len(asked) + 1)])
    return asked.drop(columns="order")


def _frame(city) -> pd.DataFrame:
    """Families who live here in both quarters, as September saw them, with December's consumption."""
    before, now = city.people.before, city.people.now
    roll = before.roll
    heads = roll[roll["here"] & (roll["role"] == HEAD)]
    heads = heads[now.families["here"].to_numpy()[heads["family"]]]
    family = heads["family"].to_numpy()
    served = np.zeros(len(now.families), dtype=bool)
    served[city.receipt.chosen["sembako", "2025-11"]] = True
    kelurahan = np.array([area.kode for area in city.rulebook.kelurahan()])[heads["home"]]
    seen = before.families.iloc[family][list(_SEEN)].reset_index(drop=True)
    told = pd.DataFrame(
        {
            "kecamatan": [code[:8] for code in kelurahan], "kelurahan": kelurahan,
            "gugus": [f"{code}-{rw}" for code, rw in zip(kelurahan, heads["rw"], strict=True)],
            "pengeluaran_per_orang": before.families["consumption_rp"].to_numpy()[family].astype(int),
            "pengeluaran_desember": now.families["consumption_rp"].to_numpy()[family].astype(int),
            "menerima_sembako": served[family].astype(int),
        }
    )  # fmt: skip
    numbers = seen.astype(float).round(4)
    return pd.concat([told, numbers], axis=1)
