"""12 PAS and stays of a period, with its selections, payments and insurance."""

import pandas as pd

from analysis.field.opening import opened
from analysis.field.views.entitlements import Entitlements
from analysis.measures.services.survival import median_days


class Services(Entitlements):
    """Logs and stays as aggregates, beside what people are entitled to."""

    def weeks(self) -> pd.DataFrame:
        """minggu (a Monday), titik, orang, keluarga, kelurahan, and what came together so far."""
        return self.table("out_pas12_weeks", "SELECT * FROM out_pas12_weeks ORDER BY minggu")

    def groups(self) -> pd.DataFrame:
        """Persons served and need by group, the sensitive ones as one."""
        guarded = ", ".join(f"'{g.kode}'" for g in self.rulebook.pas12 if g.sensitif)
        table = self.table(
            "out_pas12_groups",
            f"""SELECT CASE WHEN kelompok IN ({guarded}) THEN 'Kelompok peka, digabung' ELSE kelompok END AS kelompok,
                sum(orang) AS orang, sum(kebutuhan) AS kebutuhan, sum(kebutuhan_terlayani) AS terlayani,
                sum(kebutuhan_belum) AS belum FROM out_pas12_groups GROUP BY 1 ORDER BY min(nomor)""",
        )
        return self.named(table, "kelompok")

    def unvisited(self) -> list[str]:
        """Names of kelurahan that no dated row of the log names."""
        table = self.table(
            "out_pas12_areas",
            "SELECT kode_wilayah AS k FROM out_pas12_areas WHERE titik = 0 ORDER BY 1",
        )
        return [self.labels[code] for code in table.get("k", [])]

    def funds(self) -> pd.DataFrame:
        """Visits and rupiah by source of funds: zakat apart from the budget."""
        return self.table(
            "out_pas12",
            "SELECT sumber_dana AS dana, sum(titik) AS titik, sum(orang) AS orang, CAST(sum(manfaat_rp) AS BIGINT) AS rupiah FROM out_pas12 GROUP BY 1 ORDER BY 1",
        )

    def repeats(self) -> pd.DataFrame:
        """Leads of repeated service by kind."""
        return self.table(
            "out_pas12_repeats",
            """SELECT jenis, count(*) AS kasus, CAST(sum(manfaat_lebih_rp) AS BIGINT) AS rupiah_telaah
            FROM out_pas12_repeats GROUP BY 1 ORDER BY 1""",
        )

    def identity(self) -> pd.DataFrame:
        """What each service list names its persons by: the linkage statement."""
        return self.table(
            "out_service_identity",
            "SELECT * EXCLUDE (peran) FROM out_service_identity ORDER BY source",
        )

    def gaps(self) -> pd.DataFrame:
        """Gaps of a log in days."""
        return self.table("out_service_gaps", "SELECT * FROM out_service_gaps ORDER BY ALL")

    def occupancy(self) -> pd.DataFrame:
        """tanggal, masuk, keluar, menginap, kapasitas of all service logs together."""
        return self.table(
            "out_occupancy",
            """SELECT tanggal, sum(masuk) AS masuk, sum(keluar) AS keluar, sum(menginap) AS menginap,
                sum(kapasitas) AS kapasitas FROM out_occupancy GROUP BY 1 ORDER BY 1""",
        )

    def survival(self) -> pd.DataFrame:
        """Kaplan–Meier curve of the first programme that has one."""
        return self.table(
            "out_stay_survival",
            """SELECT * FROM out_stay_survival WHERE programme = (SELECT min(programme) FROM out_stay_survival) ORDER BY hari""",
        )

    def stays(self) -> pd.DataFrame:
        """One row of totals: stays, guests, repeats, open ones, without NIK, median days (missing = not reached)."""
        table = self.table(
            "out_stays",
            """SELECT count(*) AS kedatangan, count(DISTINCT tamu) AS tamu, count(*) FILTER (kunjungan_ke > 1) AS kembali,
                count(*) FILTER (status = 'menginap') AS masih_tinggal, count(*) FILTER (is_tanpa_nik) AS tanpa_nik,
                count(*) FILTER (identitas = 'tanpa') AS tanpa_identitas FROM out_stays""",
        )
        return table.assign(median_hari=median_days(self.survival())) if len(table) else table

    def outcomes(self) -> pd.DataFrame:
        """Stays by outcome; 'belum ada' where none is told yet."""
        return self.table(
            "out_stays",
            "SELECT coalesce(replace(hasil, '_', ' '), 'belum ada') AS hasil, count(*) AS kedatangan FROM out_stays GROUP BY 1 ORDER BY 2 DESC, 1",
        )

    def chain(self) -> pd.DataFrame:
        """Guests by step: without NIK → NIK issued → in DTSEN, in JKN."""
        return self.table(
            "out_stays",
            """WITH guests AS (
                SELECT tamu, bool_or(is_tanpa_nik) AS a, bool_or(is_nik_terbit) AS b, bool_or(is_registri) AS c, bool_or(is_jkn) AS d
                FROM out_stays GROUP BY tamu)
            SELECT unnest(['datang tanpa NIK', 'NIK terbit atau diketahui', 'tercatat DTSEN', 'tercatat JKN']) AS langkah,
                unnest([count(*) FILTER (a), count(*) FILTER (a AND b), count(*) FILTER (a AND b AND c),
                    count(*) FILTER (a AND b AND d)]) AS tamu FROM guests""",
        )


def open_services(store: str, rules: tuple[str, ...] = ()) -> Services:
    """A period's services for a notebook: `store` is the period's folder, `rules` an office's overlays."""
    return Services(*opened(store, rules))
