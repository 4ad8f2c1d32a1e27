"""Linkage of a period for the analyst's notebook: how links were found and how far they can be trusted. No person."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.engine import Engine, Store
from analysis.estimates import Estimate
from analysis.field.explanation import model_of
from analysis.field.opening import opened
from analysis.linkage import mean_evidence
from analysis.notation import number
from analysis.policy import Rulebook


@dataclass(frozen=True)
class Links:
    """A period's links as counts; `decisions`: folder of what reviewers answered."""

    store: Store
    rulebook: Rulebook
    decisions: Path

    def by_way(self) -> pd.DataFrame:
        """Records by what joined them and how sure that is; cells below the disclosure threshold are left out."""
        return self.frame(
            f"""SELECT cara, kepastian, count(*) AS catatan, round(avg(peluang), 3) AS peluang_rata
            FROM core_links GROUP BY ALL HAVING catatan >= {self.rulebook.disclosure.k_minimum} ORDER BY catatan DESC, cara, kepastian"""
        )

    def by_list(self) -> pd.DataFrame:
        """Per list: records, persons, and the share of its persons met in another list."""
        return self.frame(
            """WITH lists AS (SELECT person_id, count(DISTINCT source) AS n FROM core_links JOIN core_records USING (record_id) GROUP BY 1)
            SELECT source AS daftar, count(*) AS catatan, count(DISTINCT person_id) AS orang,
                round(avg(CAST(n > 1 AS DOUBLE)), 3) AS bagian_bertemu,
                round(avg(CAST(kepastian = 'lemah' AS DOUBLE)), 3) AS bagian_lemah
            FROM core_links JOIN core_records USING (record_id) JOIN lists USING (person_id) GROUP BY source ORDER BY source"""
        )

    def persons(self) -> Estimate | None:
        """How many persons the lists speak of; None where the period is not assessed or its linkage error not known."""
        if "out_person_count" not in self.store.names("out"):
            return None
        row = self.store.frame("out_person_count").iloc[0]
        if pd.isna(row["perkiraan"]):
            return None
        ends, n = (float(row["bawah"]), float(row["atas"])), int(row["n_terpadankan"])
        return Estimate(
            float(row["perkiraan"]), n, None, "jiwa", row["metode"], *ends, n=n, kind="total"
        )

    def persons_told(self) -> str:
        """The same in words; an empty text where it is not known."""
        told = self.persons()
        if told is None:
            return ""
        low, high = number(told.low), number(told.high)
        return f"{number(told.n)} jiwa terhitung, perkiraan {low}–{high} ({told.method})."

    def threshold_curve(self) -> pd.DataFrame:
        """ambang, digabung (links and possible links at or above it), diduga_salah (expected false among them)."""
        return self.frame(
            """WITH held AS (SELECT peluang FROM core_links WHERE cara <> 'sendiri' UNION ALL SELECT peluang FROM core_maybe_links)
            SELECT t.i / 20.0 AS ambang, count(*) AS digabung, round(sum(1 - peluang), 1) AS diduga_salah
            FROM range(4, 20) t(i) JOIN held ON peluang >= t.i / 20.0 GROUP BY t.i ORDER BY t.i"""
        )

    def errors(self) -> pd.DataFrame:
        """Persons in both of two lists with the linkage's precision and recall, the largest first; small overlaps are left out."""
        return self.frame(
            f"""SELECT source_a AS daftar_a, source_b AS daftar_b, n_common AS orang_bersama, round(precision, 4) AS presisi,
                round(recall, 4) AS kelengkapan, round(recall_low, 4) AS kelengkapan_bawah, round(recall_high, 4) AS kelengkapan_atas
            FROM core_linkage_error WHERE n_common >= {self.rulebook.disclosure.k_minimum} ORDER BY n_common DESC, source_a, source_b"""
        )

    def by_group(self) -> pd.DataFrame:
        """Linkage by kelurahan, sex and age group, the city first: who is missed more often than others.

        dimensi, kelompok, catatan, presisi, kelengkapan, luput with its interval, and `terhadap_kota`: "lebih sering luput"
        where the whole interval lies above the city's rate. Groups below the disclosure threshold are left out.
        """
        return self.frame(
            f"""WITH shown AS (
                SELECT g.*, coalesce(a.nama, CASE WHEN kelompok = '?' THEN 'tidak diketahui' ELSE kelompok END) AS nama,
                    (SELECT 1 - recall FROM core_linkage_groups WHERE dimensi = 'kota') AS kota
                FROM core_linkage_groups g LEFT JOIN _areas a ON a.kode = g.kelompok WHERE n_catatan >= {self.rulebook.disclosure.k_minimum})
            SELECT dimensi, nama AS kelompok, n_catatan AS catatan, round(precision, 4) AS presisi, round(recall, 4) AS kelengkapan,
                round(1 - recall, 4) AS luput, round(1 - recall_high, 4) AS luput_bawah, round(1 - recall_low, 4) AS luput_atas,
                CASE WHEN dimensi = 'kota' THEN '' WHEN 1 - recall_high > kota THEN 'lebih sering luput'
                     WHEN 1 - recall_low < kota THEN 'lebih jarang luput' ELSE 'setara' END AS terhadap_kota
            FROM shown ORDER BY array_position(['kota', 'jenis_kelamin', 'umur', 'kelurahan'], dimensi), kelompok""",
            _areas=self.areas,
        )

    @property
    def areas(self) -> pd.DataFrame:
        """Names of the kelurahan and kecamatan: kode, nama."""
        places = [(area.kode, area.nama) for area in self.rulebook.areas]
        return pd.DataFrame(places, columns=["kode", "nama"])

    def evidence(self) -> pd.DataFrame:
        """Mean evidence of the random pairs, joined and kept apart: digabung, judul, sumbangan. Empty where they are few."""
        drawn = self.frame(
            "SELECT pola, peluang, digabung, bobot FROM core_review_pairs WHERE bobot IS NOT NULL AND pola IS NOT NULL ORDER BY ALL"
        )
        if len(drawn) < self.rulebook.disclosure.k_minimum:
            drawn = drawn.head(0)
        model = model_of(Store(self.store.folder.parent), self.store, self.rulebook)
        return mean_evidence(drawn, model, self.rulebook.linkage)

    def frame(self, sql: str, **frames: pd.DataFrame) -> pd.DataFrame:
        """The answer of `sql` over the period's tables of linkage and `frames`."""
        tables = (
            "core_links",
            "core_records",
            "core_persons",
            "core_maybe_links",
            "core_linkage_error",
            "core_linkage_groups",
            "core_review_pairs",
        )
        with Engine() as engine:
            self.store.attach(engine, *tables)
            for name, frame in frames.items():
                engine.register(name, frame)
            return engine.frame(sql)


def open_links(store: str, decisions: str, rules: tuple[str, ...] = ()) -> Links:
    """A period's linkage for a notebook: `store` is the period's folder, `decisions` the set's answers."""
    return Links(*opened(store, rules), Path(decisions))
