"""The city's files month by month, and what is true of every row written."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.synthetic import truth
from analysis.synthetic.books import payment_letters, places_of_service
from analysis.synthetic.lists import ListRows
from analysis.synthetic.offices import file_forms, write_list
from analysis.synthetic.planted import EDITION, held_programmes, planted_facts
from analysis.synthetic.receipt import MONTHS
from analysis.synthetic.workbooks import Written

if TYPE_CHECKING:
    from analysis.synthetic.city import City

REPEATS = ("ganda_orang", "ganda_keluarga")  # a letter decides for a unit once
_BOOK_FIELDS = ["status", "rupiah", "tahap", "family", "tgl_peristiwa"]


class Delivery:
    """Writes a city's lists and books; remembers whom each row names and what was planted."""

    def __init__(self, city: "City") -> None:
        self.city, self.forms = city, file_forms()
        self.records: list[pd.DataFrame] = []
        self.planted: list[pd.DataFrame] = []
        self.booked: list[ListRows] = []

    def write(self, folder: Path, period: str, progress: Callable[[str], None]) -> None:
        """All files of one month."""
        booked = []
        for listed in self.city.lists(period):
            progress(listed.source)
            written = write_list(folder, listed, self.forms[listed.source, period], self.city.places)  # fmt: skip
            if not listed.source.startswith("rujukan"):
                self._remember(listed, written)
            kept = listed.rows[[name for name in _BOOK_FIELDS if name in listed.rows]]
            repeats = listed.planted[listed.planted["kind"].isin(REPEATS)]
            booked.append(ListRows(listed.source, period, kept, repeats))
        letters = payment_letters(booked, period)
        self._write_book(folder, "sk_sp2d", period, letters)
        for row in letters[letters["selisih"] != 0].itertuples():
            kind = f"selisih_{row.tahap.lower()}:{row.selisih}"
            self.planted.append(truth.of_families(kind, np.array([-1]), period, row.source))
        if ("tempat", period) in self.forms:
            self._write_book(folder, "tempat", period, places_of_service())
        self.booked += booked

    def _remember(self, listed: ListRows, written: Written) -> None:
        ids = truth.record_ids(listed.source, listed.period, written)
        self.records.append(truth.records(listed, ids))
        self.planted.append(truth.planted_rows(listed, ids))

    def _write_book(self, folder: Path, source: str, period: str, rows: pd.DataFrame) -> None:
        rows = rows.assign(home=0)
        listed = ListRows(source, period, rows, pd.DataFrame(columns=["row", "kind"]))
        write_list(folder, listed, self.forms[source, period], self.city.places)

    def _known_elsewhere(self) -> list[pd.DataFrame]:
        """Whom the reference lists of December truly name, and whom 12 PAS visited by the edition's day."""
        city, roll = self.city, self.city.people.now.roll
        log = city.entries["pas12", MONTHS[1]]
        visited = log["person"][log["tgl_peristiwa"] <= EDITION].unique()
        named = {
            source: entries["person"].to_numpy()
            for (source, period), entries in city.entries.items()
            if source.startswith("rujukan_") and period == MONTHS[1]
        }
        facts = {**named, "pas12_sampai_edisi": visited}
        return [truth.of_persons(kind, who, roll, MONTHS[1]) for kind, who in facts.items()]

    def truth(self) -> dict[str, pd.DataFrame]:
        """The truth tables by name."""
        city = self.city
        held = held_programmes(self.booked, city.rulebook, city.people)
        facts = planted_facts(city.people, city.receipt.chosen, held, city.rulebook)
        twice = truth.of_persons("jkn_ganda", city.twice_insured, city.people.now.roll, MONTHS[1], "jkn_peserta")  # fmt: skip
        planted = pd.concat([*self.planted, facts, twice, *self._known_elsewhere()], ignore_index=True)  # fmt: skip
        counts = planted.groupby(["kind", "source", "period"]).size().rename("n").reset_index()
        return {
            "truth_record": pd.concat(self.records, ignore_index=True),
            "truth_person": truth.persons(city),
            "truth_family": truth.families(city),
            "truth_need": city.needs,
            "truth_held": held,
            "truth_planted": planted[truth.COLUMNS],
            "truth_count": counts,
        }
