"""Sekolah Rakyat, payments and JKN of a period: who could have what, and what came of it."""

from dataclasses import dataclass

import pandas as pd

from analysis.field.views.base import View


@dataclass(frozen=True)
class Entitlements(View):
    """Selection, payments and insurance, as aggregates."""

    def school(self) -> pd.DataFrame:
        """langkah, anak: eligible → proposed → accepted → places."""
        table = self.table(
            "out_school",
            """SELECT unnest(['memenuhi syarat menurut data', 'diusulkan', 'diterima']) AS langkah,
                unnest([count(*) FILTER (is_layak), count(*) FILTER (is_diusulkan), count(*) FILTER (is_diterima)]) AS anak
            FROM out_school""",
        )
        places = self.table(
            "core_places",
            f"""SELECT 'daya tampung ' || replace(status, '_', ' ') AS langkah, sum(kapasitas) AS anak FROM core_places
            WHERE programme = '{self.rulebook.services.sekolah.program}' GROUP BY status ORDER BY status""",
        )
        return pd.concat([table, places], ignore_index=True) if len(table) else table

    def school_steps(self) -> tuple[list[str], list[float], str, tuple[str, ...]]:
        """Labels, counts, unit, and the labels that are places and no step."""
        table = self.school()
        if table.empty:
            return [], [], "anak", ()
        labels = table["langkah"].tolist()
        return labels, [float(n or 0) for n in table["anak"].fillna(0)], "anak", tuple(labels[3:])

    def ladder(self) -> pd.DataFrame:
        """programme, langkah, n, manfaat_rp of every recipient list and its letters."""
        return self.named(
            self.table(
                "out_ladder", "SELECT * FROM out_ladder ORDER BY programme, asal DESC, langkah"
            ),
            "programme",
        )

    def reconciliation(self) -> pd.DataFrame:
        """From step to step to the rupiah; what nothing explains stands as 'belum_dijelaskan'."""
        table = self.table(
            "out_reconciliation",
            "SELECT programme, langkah, sebab, n, manfaat_rp FROM out_reconciliation ORDER BY programme, langkah, urut, sebab",
        )
        return self.named(table, "programme")

    def jkn(self) -> pd.DataFrame:
        """Leads of JKN in persons."""
        return self.table(
            "out_jkn",
            """SELECT unnest(['dibayar Kota, dapat diusulkan ke PBI', 'PBI berhenti', 'PBI berhenti, desil sasaran',
                'di antaranya tanpa segmen lain', 'dibayar ganda']) AS hal, unnest([count(*) FILTER (is_usul_pbi),
                count(*) FILTER (is_pbi_putus), count(*) FILTER (is_reaktivasi), count(*) FILTER (is_reaktivasi AND is_tanpa_segmen),
                count(*) FILTER (is_ganda)]) AS jiwa FROM out_jkn""",
        )

    def segments(self) -> pd.DataFrame:
        """Persons by active segments."""
        return self.table(
            "out_jkn",
            "SELECT CASE segmen WHEN '' THEN 'tidak aktif' ELSE replace(segmen, '+', ' dan ') END AS segmen, count(*) AS jiwa FROM out_jkn GROUP BY 1 ORDER BY 2 DESC, 1",
        )
