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
from analysis.synthetic.planted import held_programmes, planted_facts
from analysis.synthetic.receipt import MONTHS
from analysis.synthetic.workbooks import Written

if TYPE_CHECKING:
    from analysis.synthetic.city import City

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
            booked.append(ListRows(listed.source, period, kept, listed.planted.iloc[:0]))
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

    def truth(self) -> dict[str, pd.DataFrame]:
        """The truth tables by name."""
        city = self.city
        held = held_programmes(self.booked, city.rulebook, city.people)
        facts = planted_facts(city.people, city.receipt.chosen, held, city.rulebook)
        twice = truth.of_persons("jkn_ganda", city.twice_insured, city.people.now.roll, MONTHS[1], "jkn_peserta")  # fmt: skip
        planted = pd.concat([*self.planted, facts, twice], ignore_index=True)
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
