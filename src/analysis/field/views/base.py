"""A period's tables for the analyst's notebooks: exact aggregates of the office, no person."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.engine import Engine, Store
from analysis.policy import Rulebook


@dataclass(frozen=True)
class View:
    """Queries on the period's tables, with names for codes.

    A table that the period does not have comes back empty: nothing is said of a list not delivered.
    """

    store: Store
    rulebook: Rulebook

    @cached_property
    def labels(self) -> dict[str, str]:
        """Programme code → short name; PAS group code → name; area code → name."""
        programmes = {p.kode: p.singkatan for p in self.rulebook.programmes}
        groups = {g.kode: g.nama for g in self.rulebook.pas12} | {"tanpa": "Tidak disebut"}
        return groups | {area.kode: area.nama for area in self.rulebook.areas} | programmes

    def table(self, name: str, sql: str, *more: str) -> pd.DataFrame:
        """A query on table `name` (and `more`); an empty frame where the period does not have it."""
        if not all(self.store.path(one).exists() for one in (name, *more)):
            return pd.DataFrame()
        with Engine() as engine:
            self.store.attach(engine, name, *more)
            return engine.frame(sql)

    def named(self, table: pd.DataFrame, *columns: str) -> pd.DataFrame:
        """The table with codes of these columns as names."""
        for column in columns:
            if column in table:
                table[column] = table[column].map(lambda code: self.labels.get(code, code))
        return table
