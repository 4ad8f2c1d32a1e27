"""Duplicates of a period for the analyst's notebook: counts by kind and certainty, no person."""

from dataclasses import dataclass

import pandas as pd

from analysis.engine import Engine, Store
from analysis.field.opening import opened
from analysis.policy import Rulebook


@dataclass(frozen=True)
class Duplicates:
    """One person, one family or one account more than once on the list of one programme."""

    store: Store
    rulebook: Rulebook

    def by_programme(self) -> pd.DataFrame:
        """Cases by programme, kind and certainty with their verdict and the rupiah beyond the first row."""
        table = self._frame(
            """SELECT programme, jenis, kepastian, verdict, rules, count(*) AS kasus,
                CAST(sum(coalesce(manfaat_lebih_rp, 0)) AS BIGINT) AS rupiah_telaah
            FROM out_duplicates GROUP BY ALL ORDER BY programme, jenis, kepastian DESC"""
        )
        labels = {programme.kode: programme.singkatan for programme in self.rulebook.programmes}
        kinds = {code: kind.label for code, kind in self.rulebook.field.jenis.items()}
        return table.assign(
            programme=table["programme"].map(labels), jenis=table["jenis"].map(kinds)
        )

    def by_kelurahan(self) -> pd.DataFrame:
        """Cases by kelurahan and certainty."""
        table = self._frame(
            """SELECT coalesce(kode_wilayah, '–') AS kode, count(*) AS kasus,
                count(*) FILTER (kepastian = 'pasti') AS pasti, count(*) FILTER (kepastian = 'kuat') AS kuat,
                count(*) FILTER (kepastian = 'lemah') AS lemah FROM out_duplicates GROUP BY ALL ORDER BY ALL"""
        )
        names = {area.kode: area.nama for area in self.rulebook.areas}
        table.insert(0, "kelurahan", [names.get(code, "tidak dikenal") for code in table["kode"]])
        return table.drop(columns="kode")

    def accounts(self) -> pd.DataFrame:
        """Lists and how many of their rows state an account: without one nothing is known, which is not none."""
        with Engine() as engine:
            self.store.attach(engine, "core_records")
            table = engine.frame(
                """SELECT programme, count(*) AS baris, count(rekening) AS berekening FROM core_records
                WHERE is_penerima AND programme IS NOT NULL GROUP BY ALL ORDER BY ALL"""
            )
        labels = {programme.kode: programme.singkatan for programme in self.rulebook.programmes}
        return table.assign(programme=table["programme"].map(labels))

    def _frame(self, sql: str) -> pd.DataFrame:
        with Engine() as engine:
            self.store.attach(engine, "out_duplicates")
            return engine.frame(sql)


def open_duplicates(store: str, rules: tuple[str, ...] = ()) -> Duplicates:
    """A period's duplicates for a notebook: `store` is the period's folder, `rules` an office's overlays."""
    return Duplicates(*opened(store, rules))
