"""A period's tables for a notebook, with words for their codes."""

from dataclasses import dataclass

import pandas as pd

from analysis.engine import Engine, Store
from analysis.policy import Rulebook


@dataclass(frozen=True)
class PeriodInWords:
    """Tables of a period in `store`, and what their codes are called."""

    store: Store
    rulebook: Rulebook

    @property
    def labels(self) -> dict[str, str]:
        """Programme code → short name."""
        return {programme.kode: programme.singkatan for programme in self.rulebook.programmes}

    @property
    def words(self) -> dict:
        """Fixed texts of briefs.toml."""
        return self.rulebook.briefs["kata"]

    def worded(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with words for codes: sets of programmes by their short names, verdicts, who decides."""
        told = table.copy()
        for column, words in (
            ("verdict", self.words["putusan"]),
            ("kewenangan", self.words["kewenangan"]),
        ):
            if column in told:
                told[column] = told[column].map(lambda code, words=words: words.get(code, code))
        if "programmes" in told:
            told["programmes"] = told["programmes"].map(self._set_in_words)
        if "lintas" in told:
            told["lintas"] = told["lintas"].str.replace("_", " dan ")
        return told

    def _set_in_words(self, programmes: str) -> str:
        codes = [code for code in programmes.split("+") if code]
        return " + ".join(self.labels.get(code, code) for code in codes) or "belum tercatat"

    def named(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with `kelurahan` by name for its column `kode`."""
        names = {area.kode: area.nama for area in self.rulebook.areas}
        named = [names.get(code, "tidak dikenal") for code in table["kode"]]
        return table.assign(kode=named).rename(columns={"kode": "kelurahan"})

    def frame(self, sql: str, *tables: str) -> pd.DataFrame:
        """The answer of `sql` over the period's `tables`."""
        with Engine() as engine:
            self.store.attach(engine, *tables)
            return engine.frame(sql)
