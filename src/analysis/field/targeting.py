"""Targeting accuracy of a period for the analyst's notebook: exact aggregates of the office, no person."""

from dataclasses import dataclass

import pandas as pd

from analysis.engine import Engine, Store
from analysis.field.opening import opened
from analysis.measures.equity import shrink
from analysis.policy import Rulebook

CITY = "kota"
ERRORS = ("salah_eksklusi", "salah_inklusi", "bocor_rp", "selisih_sasaran", "cgh", "konsentrasi")
TERMS = ("suku_syarat", "suku_kuota", "suku_pelaksanaan")


@dataclass(frozen=True)
class Targeting:
    """Errors by programme and group. Everything is agreement with the register's desil, not poverty."""

    store: Store
    rulebook: Rulebook

    @property
    def labels(self) -> dict[str, str]:
        """Programme or set → short name."""
        names = {programme.kode: programme.singkatan for programme in self.rulebook.programmes}
        sets = {name: name.replace("_", " ") for name in self.rulebook.targeting.himpunan}
        return names | sets | {"semua": "Program mana pun"}

    def errors(self, unit: str) -> pd.DataFrame:
        """City figures a row a programme, a column a measure; the method stands beside."""
        table = self._measures(CITY, unit)
        wide = table.pivot(index="programme", columns="ukuran", values="nilai").reindex(
            columns=list(ERRORS)
        )
        method = table[table["ukuran"] == ERRORS[0]].set_index("programme")["metode"]
        return self._named(wide.assign(metode=method).reset_index())

    def intervals(self, measure: str, unit: str) -> pd.DataFrame:
        """programme, nilai, bawah, atas of one measure: the interval is linkage error, where it is known."""
        table = self._measures(CITY, unit)
        return self._named(
            table[table["ukuran"] == measure][["programme", "nilai", "bawah", "atas", "metode"]]
        )

    def terms(self, dimension: str = CITY) -> pd.DataFrame:
        """Terms of exclusion of each programme in its own unit: kelompok, programme, terms, salah_eksklusi."""
        table = self._frame(
            f"""SELECT a.* FROM out_targeting_measure a WHERE dimensi = '{dimension}' AND ukuran IN {(*TERMS, ERRORS[0])!r}
            AND (programme, satuan) IN (SELECT programme, satuan FROM out_targeting_measure WHERE ukuran = '{TERMS[0]}')"""
        )
        wide = table.pivot(index=["programme", "kelompok"], columns="ukuran", values="nilai")
        return self._named(wide.reindex(columns=[*TERMS, ERRORS[0]]).reset_index())

    def term_bounds(self, dimension: str) -> pd.DataFrame:
        """Terms that the order of the tied at the cut leaves open: only where the bounds differ."""
        return self._named(self._frame(
            f"""SELECT programme, kelompok, ukuran, nilai, bawah, atas FROM out_targeting_measure
            WHERE dimensi = '{dimension}' AND ukuran LIKE 'suku_%' AND bawah IS NOT NULL ORDER BY ALL"""
        ))  # fmt: skip

    def coverage_by_desil(self) -> pd.DataFrame:
        """programme, desil (1–10), cakupan and n of each programme that chooses by desil."""
        return self._named(self._frame(
            """SELECT programme, CAST(desil AS INTEGER) AS desil, n_penerima / n_units AS cakupan, n_units AS n
            FROM out_coverage WHERE try_cast(desil AS INTEGER) IS NOT NULL AND n_units > 0
            AND programme IN (SELECT programme FROM out_targeting_group) ORDER BY programme, CAST(desil AS INTEGER)""",
            "out_coverage", "out_targeting_group",
        ))  # fmt: skip

    def curves(self) -> pd.DataFrame:
        """Concentration curves over desil: programme, population and benefit, cumulative shares from desil 1."""
        return self._named(self._frame(
            """WITH cells AS (
                SELECT programme, CAST(desil AS INTEGER) AS d, n_units AS n, manfaat_rp AS rp FROM out_coverage
                WHERE try_cast(desil AS INTEGER) IS NOT NULL AND programme IN (SELECT programme FROM out_targeting_group)),
            told AS (SELECT programme, d, sum(n) OVER w / sum(n) OVER p AS population, sum(rp) OVER w / nullif(sum(rp) OVER p, 0) AS benefit
                FROM cells WINDOW w AS (PARTITION BY programme ORDER BY d), p AS (PARTITION BY programme))
            SELECT programme, 0 AS d, 0.0 AS population, 0.0 AS benefit FROM told GROUP BY programme
            UNION ALL SELECT * FROM told WHERE benefit IS NOT NULL ORDER BY programme, d""",
            "out_coverage", "out_targeting_group",
        ))  # fmt: skip

    def kelurahan(self, programme: str, unit: str) -> pd.DataFrame:
        """Exclusion by kelurahan: kelurahan, n (target), nilai, kota (the city's), shrunken: none of them ranked."""
        table = self._frame(
            f"""SELECT kelompok, pembilang, penyebut AS n, nilai FROM out_targeting_measure
            WHERE programme = '{programme}' AND satuan = '{unit}' AND dimensi = 'kelurahan' AND ukuran = 'salah_eksklusi'
            AND kelompok <> 'tanpa' AND penyebut > 0 ORDER BY kelompok"""
        )
        names = {area.kode: area.nama for area in self.rulebook.areas}
        whole = table["pembilang"].sum() / table["n"].sum()
        chance = (whole * (1 - whole) / table["n"]) ** 0.5
        shrunken, _ = shrink(table["nilai"], chance)
        return table.assign(kelurahan=table["kelompok"].map(names), kota=whole, menyusut=shrunken)[
            ["kelurahan", "n", "nilai", "kota", "menyusut"]
        ]

    def groups(self, programme: str, unit: str, measure: str) -> pd.DataFrame:
        """One error by sex of head, disability, age and family size, with the spread chance alone would give taken off."""
        table = self._frame(
            f"""SELECT dimensi, kelompok, nilai, pembilang, penyebut AS n FROM out_targeting_measure
            WHERE programme = '{programme}' AND satuan = '{unit}' AND ukuran = '{measure}'
            AND dimensi IN ('kepala', 'disabilitas', 'umur', 'ukuran') AND penyebut > 0 ORDER BY ALL"""
        )
        parts = []
        for _, part in table.groupby("dimensi", sort=False):
            share = part["pembilang"].sum() / part["n"].sum()
            shrunken, _ = shrink(part["nilai"], (share * (1 - share) / part["n"]) ** 0.5)
            parts.append(
                part.assign(menyusut=shrunken, cukup=part["n"] >= self.rulebook.targeting.n_minimum)
            )
        return pd.concat(parts, ignore_index=True).drop(columns="pembilang")

    def missing(self) -> pd.DataFrame:
        """Families the register may lack, by need list; empty where no need list was read."""
        if not self.store.path("out_register_missing").exists():
            return pd.DataFrame()
        return self._frame(
            "SELECT * FROM out_register_missing ORDER BY daftar", "out_register_missing"
        )

    def _measures(self, dimension: str, unit: str) -> pd.DataFrame:
        return self._frame(
            f"SELECT * FROM out_targeting_measure WHERE dimensi = '{dimension}' AND satuan = '{unit}'"
        )

    def _named(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(
            programme=table["programme"].map(self.labels).fillna(table["programme"])
        )

    def _frame(self, sql: str, *tables: str) -> pd.DataFrame:
        with Engine() as engine:
            self.store.attach(engine, *(tables or ("out_targeting_measure",)))
            return engine.frame(sql)


def open_targeting(store: str, rules: tuple[str, ...] = ()) -> Targeting:
    """A period's accuracy for a notebook: `store` is the period's folder, `rules` an office's overlays."""
    return Targeting(*opened(store, rules))
