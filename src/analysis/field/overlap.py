"""Combinations of a period for the analyst's notebook: exact aggregates of the office, no person."""

import pandas as pd

from analysis.field.opening import opened
from analysis.field.overlap_doubt import in_words
from analysis.field.period_words import PeriodInWords
from analysis.measures.combinations import overlap_matrix
from analysis.policy import Verdict

_DOUBT = ("verdict", "n_pasti", "n_terpadankan", "harapan", "ambang_rendah", "perkiraan", "metode")


class Overlap(PeriodInWords):
    """Families and persons of a period by the programmes they are recorded to receive."""

    def combinations(self) -> pd.DataFrame:
        """programmes, count (families), verdict ('' for none or one programme), rupiah to look into."""
        return self.frame(
            """SELECT p.programmes, count(*) AS count, coalesce(o.verdict, '') AS verdict,
                CAST(coalesce(sum(o.manfaat_telaah_rp), 0) AS BIGINT) AS rupiah_telaah
            FROM out_family_programmes p LEFT JOIN out_overlap o USING (family_id)
            GROUP BY p.programmes, coalesce(o.verdict, '') ORDER BY count DESC, p.programmes, verdict""",
            "out_family_programmes", "out_overlap",
        )  # fmt: skip

    def persons(self) -> pd.DataFrame:
        """programmes, count: persons by what they receive themselves, the family's programmes left out."""
        return self.frame(
            """SELECT programmes, CAST(sum(jumlah) AS BIGINT) AS count FROM out_combinations WHERE unit = 'jiwa'
            GROUP BY programmes ORDER BY count DESC, programmes""",
            "out_combinations",
        )  # fmt: skip

    def pairs(self) -> pd.DataFrame:
        """Every two programmes: families with both, shares of either, lift and phi."""
        table = overlap_matrix(self.combinations().set_index("programmes")["count"])
        return table.assign(a=table["a"].map(self.labels), b=table["b"].map(self.labels))

    def by_desil(self) -> pd.DataFrame:
        """Families by desil ('tanpa' = not ranked) and number of programmes 0, 1, 2, 3 or more."""
        return self.frame(
            """SELECT coalesce(CAST(desil AS VARCHAR), 'tanpa') AS desil,
                count(*) FILTER (n_programmes = 0) AS "0", count(*) FILTER (n_programmes = 1) AS "1",
                count(*) FILTER (n_programmes = 2) AS "2", count(*) FILTER (n_programmes >= 3) AS "3+"
            FROM out_family_programmes WHERE is_registri GROUP BY desil ORDER BY try_cast(desil AS INTEGER) NULLS LAST""",
            "out_family_programmes",
        )  # fmt: skip

    def without_programme(self) -> pd.DataFrame:
        """Registered families of the priority desil without a programme, by kelurahan, with their share."""
        priority = ", ".join(map(str, self.rulebook.targeting.desil_prioritas))
        table = self.frame(
            f"""SELECT coalesce(kode_wilayah, '–') AS kode, count(*) AS keluarga,
                count(*) FILTER (n_programmes = 0) AS belum_tercatat, avg(CAST(n_programmes = 0 AS DOUBLE)) AS bagian
            FROM out_family_programmes WHERE is_registri AND desil IN ({priority}) GROUP BY ALL ORDER BY ALL""",
            "out_family_programmes",
        )  # fmt: skip
        return self.named(table)

    def by_level(self) -> pd.DataFrame:
        """Families with two programmes or more by the levels of government that give them, and verdict."""
        table = self.frame(
            "SELECT tingkat, verdict, count(*) AS keluarga FROM out_overlap GROUP BY ALL ORDER BY ALL", "out_overlap"
        )  # fmt: skip
        return self._by_verdict(table, "tingkat")

    def by_kelurahan(self) -> pd.DataFrame:
        """Families with two programmes or more by kelurahan and verdict."""
        table = self.frame(
            """SELECT coalesce(kode_wilayah, '–') AS kode, verdict, count(*) AS keluarga FROM out_overlap
            GROUP BY ALL ORDER BY ALL""",
            "out_overlap",
        )
        wide = self._by_verdict(table, "kode")
        return self.named(wide)

    def amounts(self) -> pd.DataFrame:
        """Rupiah to look into by verdict, who decides and whose money; zakat and non-APBD in rows of their own."""
        return self.frame(
            """SELECT verdict, kewenangan, sumber_dana, CAST(sum(manfaat_rp) AS BIGINT) AS rupiah_telaah
            FROM out_telaah GROUP BY verdict, kewenangan, sumber_dana
            ORDER BY sumber_dana IN ('zakat', 'lainnya'), verdict, kewenangan, sumber_dana""",
            "out_telaah",
        )  # fmt: skip

    def meetings(self) -> pd.DataFrame:
        """Pairs by unit (person or family), between whom, when the other was held, and verdict."""
        table = self.frame(
            """SELECT unit, lintas, waktu, a, b, verdict, rules, count(*) AS banyak FROM out_meetings
            GROUP BY ALL ORDER BY unit, banyak DESC, lintas, waktu, a, b""",
            "out_meetings",
        )  # fmt: skip
        return table.assign(a=table["a"].map(self.labels), b=table["b"].map(self.labels))

    def doubt(self, kind: str) -> pd.DataFrame:
        """How sure the counts are, by 'pasangan' or 'putusan'; `perkiraan` as an Estimate in words."""
        table = self.frame(
            f"SELECT * FROM out_overlap_doubt WHERE jenis = '{kind}' ORDER BY n_terpadankan DESC, a, b",
            "out_overlap_doubt",
        )  # fmt: skip
        named = table.assign(
            a=table["a"].map(self.labels), b=table["b"].map(self.labels), perkiraan=in_words(table)
        )
        between = ["a", "b"] if kind == "pasangan" else []
        return named[[*between, *_DOUBT]]

    def positions(self) -> dict[str, tuple[str, float]]:
        """Kelurahan → 'di_atas' | 'setara' | 'di_bawah' the city by the funnel, and the share of families to verify.

        The funnel's width is `corong_simpangan` standard deviations of the binomial; kelurahan are not ranked.
        """
        grave = ", ".join(f"'{verdict.value}'" for verdict in self.rulebook.field.putusan_kasus)
        table = self.frame(
            f"""SELECT p.kode_wilayah AS kode, count(*) AS n, count(*) FILTER (o.verdict IN ({grave})) AS found
            FROM out_family_programmes p LEFT JOIN out_overlap o USING (family_id)
            WHERE p.kode_wilayah IS NOT NULL GROUP BY ALL ORDER BY ALL""",
            "out_family_programmes", "out_overlap",
        )  # fmt: skip
        city = table["found"].sum() / table["n"].sum()
        share = table["found"] / table["n"]
        width = self.rulebook.targeting.corong_simpangan * (city * (1 - city) / table["n"]) ** 0.5
        where = (
            (share > city + width)
            .map({True: "di_atas", False: "setara"})
            .where(share >= city - width, "di_bawah")
        )
        return {
            code: (place, float(part))
            for code, place, part in zip(table["kode"], where, share, strict=True)
        }

    def _by_verdict(self, table: pd.DataFrame, rows: str) -> pd.DataFrame:
        wide = table.pivot(index=rows, columns="verdict", values="keluarga")
        order = [verdict.value for verdict in Verdict if verdict.value in wide]
        return wide[order].fillna(0).astype(int).reset_index().rename_axis(columns=None)


def open_overlap(store: str, rules: tuple[str, ...] = ()) -> Overlap:
    """A period's combinations for a notebook: `store` is the period's folder, `rules` an office's overlays."""
    return Overlap(*opened(store, rules))
