"""Month against month and quarter against quarter."""

from dataclasses import dataclass

import pandas as pd

from analysis.field.opening import opened
from analysis.field.views.base import View

DESILS = (*map(str, range(1, 11)), "tanpa", "luar")


@dataclass(frozen=True)
class Movement(View):
    """Who is new, who left, who moved, and how desil changed."""

    @property
    def class_names(self) -> dict[str, str]:
        """Words for the classes that are no desil."""
        return {"tanpa": "tanpa", "luar": "luar"}

    def movement(self) -> pd.DataFrame:
        """programme: tetap, baru, keluar, pindah, gagal salur."""
        table = self.table(
            "out_movement",
            """SELECT programme, count(*) FILTER (jenis = 'tetap') AS tetap, count(*) FILTER (jenis = 'baru') AS baru,
                count(*) FILTER (jenis = 'keluar') AS keluar, count(*) FILTER (is_pindah) AS pindah,
                count(*) FILTER (is_gagal_salur) AS gagal_salur FROM out_movement GROUP BY 1 ORDER BY 1""",
        )
        return self.named(table, "programme")

    def reasons(self) -> pd.DataFrame:
        """Why units left, and why a payment failed."""
        table = self.table(
            "out_movement",
            """SELECT programme, CASE WHEN jenis = 'keluar' THEN 'keluar' ELSE 'gagal salur' END AS jenis,
                replace(alasan, '_', ' ') AS alasan, count(*) AS unit FROM out_movement
            WHERE jenis = 'keluar' OR is_gagal_salur GROUP BY ALL ORDER BY ALL""",
        )
        return self.named(table, "programme")

    def transition(self, unit: str = "keluarga") -> pd.DataFrame:
        """Then × now by desil, in `unit`; empty where there is no earlier quarter."""
        table = self.table("out_transition", f"SELECT lalu, kini, {unit} AS n FROM out_transition")
        if table.empty:
            return table
        wide = table.pivot(index="lalu", columns="kini", values="n").fillna(0).astype(int)
        return wide.reindex(index=DESILS, columns=DESILS, fill_value=0)

    def jumps(self) -> pd.DataFrame:
        """Families by size of their jump."""
        return self.table(
            "out_desil_jumps",
            "SELECT loncatan, count(*) AS keluarga FROM out_desil_jumps GROUP BY 1 ORDER BY 1",
        )


def open_movement(store: str, rules: tuple[str, ...] = ()) -> Movement:
    """A period's movement for a notebook: `store` is the period's folder, `rules` an office's overlays."""
    return Movement(*opened(store, rules))
