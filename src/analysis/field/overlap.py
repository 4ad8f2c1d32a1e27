"""Combinations of a period for the analyst's notebook: exact aggregates of the office, no person."""

from dataclasses import dataclass

import pandas as pd

from analysis.engine import Engine, Store
from analysis.field.quality import opened
from analysis.measures.combinations import overlap_matrix
from analysis.policy import Rulebook


@dataclass(frozen=True)
class Overlap:
    """Families of a period by the set of programmes they are recorded to receive."""

    store: Store
    rulebook: Rulebook

    @property
    def labels(self) -> dict[str, str]:
        """Programme code → short name."""
        return {programme.kode: programme.singkatan for programme in self.rulebook.programmes}

    def combinations(self) -> pd.DataFrame:
        """programmes, count (families), verdict ('' for none or one programme), rupiah to look into."""
        return self._frame(
            """SELECT p.programmes, count(*) AS count, coalesce(min(o.verdict), '') AS verdict,
                CAST(coalesce(sum(o.manfaat_telaah_rp), 0) AS BIGINT) AS rupiah_telaah
            FROM out_family_programmes p LEFT JOIN out_overlap o USING (family_id)
            GROUP BY p.programmes ORDER BY count DESC, p.programmes""",
            "out_family_programmes", "out_overlap",
        )  # fmt: skip

    def pairs(self) -> pd.DataFrame:
        """Every two programmes: families with both, shares of either, lift and phi."""
        table = overlap_matrix(self.combinations().set_index("programmes")["count"])
        return table.assign(a=table["a"].map(self.labels), b=table["b"].map(self.labels))

    def by_desil(self) -> pd.DataFrame:
        """Families by desil (0 = not ranked) and number of programmes 0, 1, 2, 3 or more."""
        return self._frame(
            """SELECT coalesce(CAST(desil AS VARCHAR), 'tanpa') AS desil,
                count(*) FILTER (n_programmes = 0) AS "0", count(*) FILTER (n_programmes = 1) AS "1",
                count(*) FILTER (n_programmes = 2) AS "2", count(*) FILTER (n_programmes >= 3) AS "3+"
            FROM out_family_programmes WHERE is_registri GROUP BY desil ORDER BY try_cast(desil AS INTEGER) NULLS LAST""",
            "out_family_programmes",
        )  # fmt: skip

    def by_kelurahan(self) -> pd.DataFrame:
        """Families with two programmes or more by kelurahan and verdict."""
        table = self._frame(
            """SELECT coalesce(kode_wilayah, '–') AS kode, verdict, count(*) AS keluarga FROM out_overlap
            GROUP BY ALL ORDER BY ALL""",
            "out_overlap",
        )
        names = {area.kode: area.nama for area in self.rulebook.areas}
        wide = table.pivot(index="kode", columns="verdict", values="keluarga").fillna(0).astype(int)
        wide.insert(0, "kelurahan", [names.get(code, "tidak dikenal") for code in wide.index])
        return wide.reset_index(drop=True).rename_axis(columns=None)

    def _frame(self, sql: str, *tables: str) -> pd.DataFrame:
        with Engine() as engine:
            self.store.attach(engine, *tables)
            return engine.frame(sql)


def open_overlap(store: str, rules: tuple[str, ...] = ()) -> Overlap:
    """A period's combinations for a notebook: `store` is the period's folder, `rules` an office's overlays."""
    return Overlap(*opened(store, rules))
