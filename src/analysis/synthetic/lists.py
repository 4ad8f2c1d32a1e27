"""The lists as rows: who stands on each, repeats planted, statuses and accounts, then soiled."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.synthetic.dirt import soil
from analysis.synthetic.people import HEAD, SPOUSE, Dice
from analysis.synthetic.population import Population
from analysis.synthetic.province import kelurahan_each
from analysis.synthetic.quarters import BEFORE, NOW
from analysis.synthetic.receipt import MONTHS

FAMILY_LISTS = {"pkh", "sembako", "blts"}
CLEAN = {"pas12"}
_QUARTER = {MONTHS[0]: BEFORE, MONTHS[1]: NOW}


@dataclass(frozen=True)
class ListRows:
    """A list's dirty rows with what was planted (row, kind); `rows` keeps true_nama, true_area, true_born."""

    source: str
    period: str
    rows: pd.DataFrame
    planted: pd.DataFrame


@dataclass(frozen=True)
class Composer:
    """Composes any list of one city."""

    city: Population
    settings: dict
    dirtiness: str
    dice: Dice

    def compose(self, source: str, period: str, entries: pd.DataFrame) -> ListRows:
        """The entries with planted repeats, in the order of the office, soiled."""
        roll = self.city.at(_QUARTER[period]).roll
        entries, planted = self._with_repeats(source, roll, entries)
        rows = _facts(roll, entries)
        if "tanpa_nik" in rows:
            rows.loc[rows["tanpa_nik"].astype(bool), "nik"] = ""
        self._lag(source, period, rows)
        if source in FAMILY_LISTS | {"pip", "pbi_jk"} and "status" not in rows:
            rows["status"] = self._status(source, period, rows)
        rows["rekening"] = self._accounts(source, rows) if source in FAMILY_LISTS else ""
        order = self._order(source, rows, roll)
        position = np.empty(len(order), dtype=int)
        position[order] = np.arange(len(order))
        planted["row"] = position[planted["row"].to_numpy(dtype=int)]
        rows = rows.iloc[order].reset_index(drop=True)
        rates = self.settings["kotor"][self._rates_of(source)]
        dirty, defects = soil(rows, rates, source, period, self.dice, 2 * len(roll), kelurahan_each(self.city.kelurahan))  # fmt: skip
        extra = self._planted_statuses(dirty)
        return ListRows(source, period, dirty, pd.concat([planted, defects, extra], ignore_index=True))  # fmt: skip

    def _rates_of(self, source: str) -> str:
        if source.startswith(("dtsen", "rujukan")):
            return "registri"
        return "tanpa" if source in CLEAN else self.dirtiness

    def _with_repeats(self, source: str, roll: pd.DataFrame, entries: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
        """Rows of a person already listed, and a second row of the family under another name."""
        parts, kinds = [entries.assign(copy=0)], []
        who = entries["person"].to_numpy()
        for kind in ("ganda_orang", "ganda_keluarga"):
            share = self.settings["tanam"][kind].get(source, 0)
            if not share:
                continue
            chance = self.dice.part(f"{kind}-{source}").random(len(roll) + 1)
            again = entries[chance[np.minimum(who, len(roll))] < share].assign(copy=1)
            if kind == "ganda_keluarga":
                again = _as_partner(again, roll)
            kinds += [kind] * len(again)
            parts.append(again)
        if source == "pas12":  # the log's own repeats: a person visited again
            return entries.assign(copy=0), _marks([], [])
        if "berulang" in entries:
            at = np.flatnonzero(entries["berulang"].to_numpy())
            return entries.assign(copy=0), _marks(at, ["ganda_orang"] * len(at))
        start = len(entries)
        return pd.concat(parts, ignore_index=True), _marks(range(start, start + len(kinds)), kinds)

    def _lag(self, source: str, period: str, rows: pd.DataFrame) -> None:
        """Lists go on naming the card a family had before it moved, married or split."""
        if period == MONTHS[0] or source.startswith("dtsen"):
            return
        person = rows["person"].to_numpy()
        known = person < len(self.city.before.roll)
        late = known & (self.dice.part("lag").random(int(person.max()) + 1)[person] < 0.6)
        rows.loc[late, "no_kk"] = self.city.before.roll["no_kk"].to_numpy()[person[late]]

    def _status(self, source: str, period: str, rows: pd.DataFrame) -> np.ndarray:
        """SIKS-NG words for what became of the payment; the dead are partly found out."""
        words = self.settings["status"]
        names = np.array(list(words), dtype=object)
        share = np.cumsum(np.array(list(words.values())))
        chance = self.dice.part(f"status-{source}-{period}").random(int(rows["person"].max()) + 1)
        person = rows["person"].to_numpy()
        status = names[np.searchsorted(share / share[-1], chance[person], side="right").clip(max=len(names) - 1)]  # fmt: skip
        dead = np.isin(person, self.city.fates.died) & (period == MONTHS[1]) & (person % 2 == 0)
        return np.where(dead, "EXCLUDE MENINGGAL", status)

    def _accounts(self, source: str, rows: pd.DataFrame) -> np.ndarray:
        """A made-up account a person; a few hold a collector's instead of their own."""
        person = rows["person"].to_numpy()
        rng = self.dice.part("accounts")
        shared = rng.random(int(person.max()) + 1)[person] < self.settings["rekening_bersama"]
        number = np.where(shared, 10_000_000 + rows["home"].to_numpy() % 9, person)
        return np.char.add("9900-", np.char.zfill(number.astype(str), 8)).astype(object)

    def _order(self, source: str, rows: pd.DataFrame, roll: pd.DataFrame) -> np.ndarray:
        """By kelurahan, as lists are; logs stay by date, registers by family."""
        if source in {"pas12", "rumah_singgah"}:
            return np.arange(len(rows))
        if source.startswith("dtsen"):
            return np.lexsort((rows["place"], rows["family"], rows["home"]))
        within = self.dice.part(f"order-{source}").random(2 * len(roll))[_slot(rows, 2 * len(roll))]
        return np.lexsort((rows["copy"], within, rows["home"]))

    def _planted_statuses(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows that name a dead person, a person gone elsewhere, or a collector's account."""
        person = rows["person"].to_numpy()
        account = rows["rekening"].astype(str).str.startswith("9900-1000000").to_numpy()
        parts = [("meninggal", np.isin(person, self.city.fates.died)),
                 ("pindah_keluar", np.isin(person, self.city.fates.left)), ("rekening_bersama", account)]  # fmt: skip
        return pd.concat(
            [_marks(np.flatnonzero(hit), [kind] * int(hit.sum())) for kind, hit in parts]
        )


def _marks(rows, kinds) -> pd.DataFrame:
    return pd.DataFrame({"row": np.asarray(list(rows), dtype=int), "kind": pd.Series(list(kinds), dtype="str").to_numpy()})  # fmt: skip


def _slot(rows: pd.DataFrame, width: int) -> np.ndarray:
    """A place a person and copy in a table of random numbers: the same in every month."""
    return (rows["person"].to_numpy() + 7919 * rows["copy"].to_numpy()) % width


def _as_partner(again: pd.DataFrame, roll: pd.DataFrame) -> pd.DataFrame:
    """The other of head and spouse of the same family, where there is one."""
    couple = roll[roll["here"] & roll["role"].isin([HEAD, SPOUSE])]
    pairs = couple.merge(couple, on="family", suffixes=("", "_b"))
    pairs = pairs[pairs["person"] != pairs["person_b"]].drop_duplicates("person")
    partner = pairs.set_index("person")["person_b"].reindex(again["person"])
    again = again.assign(person=partner.to_numpy())
    return again[again["person"].notna()].astype({"person": int})


def _facts(roll: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """What the city knows of each person, and what the entry says instead."""
    who = entries["person"].to_numpy()
    strange = who >= len(roll)
    rows = roll.iloc[np.where(strange, 0, who)].reset_index(drop=True)
    rows["person"] = who
    rows.loc[strange, ["no_kk", "head_nik"]] = ""
    rows.loc[strange, "family"] = -1
    for name in entries.columns.difference(["person"]):
        told = entries[name].reset_index(drop=True)
        rows[name] = (
            told.where(told.notna(), rows[name]) if name in rows and strange.any() else told
        )
    rows["area"] = rows["home"]
    return rows
