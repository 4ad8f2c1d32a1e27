"""The lowest desil, and who works with whom."""

from dataclasses import dataclass

import pandas as pd

from analysis.field.opening import opened
from analysis.field.views.base import View


@dataclass(frozen=True)
class Poverty(View):
    """Families of the lowest desil, needs, the matrix of collaboration and requests."""

    def extreme(self) -> pd.DataFrame:
        """Families of the lowest desil and of the list: by number of programmes."""
        return self.table(
            "out_extreme",
            """SELECT CASE n_programmes WHEN 0 THEN 'belum tercatat' WHEN 1 THEN 'satu program' ELSE 'beberapa program' END AS program,
                count(*) FILTER (is_desil) AS desil_terendah, count(*) FILTER (is_daftar) AS daftar_p3ke,
                count(*) FILTER (is_desil AND is_daftar) AS keduanya FROM out_extreme GROUP BY 1 ORDER BY min(n_programmes)""",
        )

    def missing_classes(self, by_area: bool = False) -> pd.DataFrame:
        """Families without each class of intervention; by kelurahan where asked."""
        head, tail = (
            ("kode_wilayah AS kelurahan, ", "GROUP BY 1 ORDER BY 1") if by_area else ("", "")
        )
        table = self.table(
            "out_extreme",
            f"""SELECT {head}count(*) AS keluarga, count(*) FILTER (NOT kurangi_beban) AS tanpa_kurangi_beban,
                count(*) FILTER (NOT naikkan_pendapatan) AS tanpa_naikkan_pendapatan,
                count(*) FILTER (NOT kurangi_kantong) AS tanpa_kurangi_kantong FROM out_extreme {tail}""",
        )
        return self.named(table, "kelurahan")

    def class_labels(self) -> list[str]:
        """All families looked at, then those without each class of intervention, in words."""
        return [
            "semua keluarga",
            "belum: kurangi beban",
            "belum: naikkan pendapatan",
            "belum: kurangi kantong",
        ]

    def class_counts(self) -> list[int]:
        """The counts that belong to `class_labels`."""
        table = self.missing_classes()
        return [0] * len(self.class_labels()) if table.empty else [int(n) for n in table.iloc[0]]

    def needs(self) -> pd.DataFrame:
        """Six needs: in need, served, gap, served twice, and the authority."""
        table = self.table("out_needs", "SELECT * EXCLUDE (urut) FROM out_needs ORDER BY urut")
        names = {need.kode: need.nama for need in self.rulebook.services.kebutuhan}
        who = {
            need.kode: self.rulebook.briefs["kata"]["kewenangan"][need.kewenangan]
            for need in self.rulebook.services.kebutuhan
        }
        return (
            table
            if table.empty
            else table.assign(
                kewenangan=table["kebutuhan"].map(who), kebutuhan=table["kebutuhan"].map(names)
            )
        )

    def matrix(self) -> pd.DataFrame:
        """Need × level: programmes with what is known of them."""
        table = self.table("out_collaboration", "SELECT * FROM out_collaboration ORDER BY ALL")
        if table.empty:
            return table
        told = self.named(table, "programme").assign(
            isi=lambda t: t["programme"] + " (" + t["status"].str.replace("_", " ") + ")"
        )
        names = {need.kode: need.nama for need in self.rulebook.services.kebutuhan}
        wide = told.groupby(["kebutuhan", "pihak"])["isi"].agg("; ".join).unstack().fillna("–")
        return (
            wide.reindex(list(names))
            .rename(index=names)
            .reindex(columns=["kota", "provinsi", "pusat"], fill_value="–")
            .reset_index()
        )

    def requests(self) -> pd.DataFrame:
        """What is asked of the province and its latest answer."""
        table = self.table(
            "out_requests", "SELECT * EXCLUDE (urut) FROM out_requests ORDER BY urut"
        )
        names = {r.kode: r.isi for r in self.rulebook.services.permintaan}
        return table if table.empty else table.assign(permintaan=table["permintaan"].map(names))


def open_poverty(store: str, rules: tuple[str, ...] = ()) -> Poverty:
    """A period's lowest desil and shared work for a notebook: `store` is the period's folder, `rules` an office's overlays."""
    return Poverty(*opened(store, rules))
