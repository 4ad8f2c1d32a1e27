"""Linkage of a period for the analyst's notebook: how links were found and how far they can be trusted. No person."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.engine import Engine, Store
from analysis.field.explanation import model_of
from analysis.field.link_decisions import read_link_decisions, standing
from analysis.field.quality import opened
from analysis.linkage import mean_evidence, reviewed_accuracy
from analysis.policy import Rulebook


@dataclass(frozen=True)
class Links:
    """A period's links as counts; `decisions`: folder of what reviewers answered."""

    store: Store
    rulebook: Rulebook
    decisions: Path

    def by_way(self) -> pd.DataFrame:
        """Records by what joined them and how sure that is."""
        return self._frame(
            """SELECT cara, kepastian, count(*) AS catatan, round(avg(peluang), 3) AS peluang_rata
            FROM core_links GROUP BY ALL ORDER BY catatan DESC, cara, kepastian"""
        )

    def by_list(self) -> pd.DataFrame:
        """Per list: records, persons, and the share of its persons met in another list."""
        return self._frame(
            """WITH lists AS (SELECT person_id, count(DISTINCT source) AS n FROM core_links JOIN core_records USING (record_id) GROUP BY 1)
            SELECT source AS daftar, count(*) AS catatan, count(DISTINCT person_id) AS orang,
                round(avg(CAST(n > 1 AS DOUBLE)), 3) AS bagian_bertemu,
                round(avg(CAST(kepastian = 'lemah' AS DOUBLE)), 3) AS bagian_lemah
            FROM core_links JOIN core_records USING (record_id) JOIN lists USING (person_id) GROUP BY source ORDER BY source"""
        )

    def threshold_curve(self) -> pd.DataFrame:
        """ambang, digabung (links and possible links at or above it), diduga_salah (expected false among them)."""
        return self._frame(
            """WITH held AS (SELECT peluang FROM core_links WHERE cara <> 'sendiri' UNION ALL SELECT peluang FROM core_maybe_links)
            SELECT t.i / 20.0 AS ambang, count(*) AS digabung, round(sum(1 - peluang), 1) AS diduga_salah
            FROM range(4, 20) t(i) JOIN held ON peluang >= t.i / 20.0 GROUP BY t.i ORDER BY t.i"""
        )

    def errors(self) -> pd.DataFrame:
        """Persons in both of two lists with the linkage's precision and recall, the largest first."""
        return self._frame(
            """SELECT source_a AS daftar_a, source_b AS daftar_b, n_common AS orang_bersama, round(precision, 3) AS presisi,
                round(recall, 3) AS kelengkapan, round(recall_low, 3) AS kelengkapan_bawah, round(recall_high, 3) AS kelengkapan_atas
            FROM core_linkage_error ORDER BY n_common DESC, source_a, source_b"""
        )

    def by_group(self) -> pd.DataFrame:
        """Weak links and records met nowhere else by kelurahan, sex and age group: who may be missed more often."""
        names = pd.DataFrame(
            [(area.kode, area.nama) for area in self.rulebook.areas], columns=["kode", "nama"]
        )
        return self._frame(
            """WITH groups AS (
                SELECT p.*, date_diff('year', p.tgl_lahir, (SELECT last_day(CAST(max(period) || '-01' AS DATE)) FROM core_records)) AS umur
                FROM core_persons p),
            told AS (
                SELECT l.kepastian, g.n_records, unnest([coalesce(a.nama, 'tanpa kelurahan'), 'jenis kelamin ' || coalesce(g.jenis_kelamin, '?'),
                    CASE WHEN umur IS NULL THEN 'umur ?' WHEN umur < 18 THEN 'umur 0–17' WHEN umur < 60 THEN 'umur 18–59' ELSE 'umur 60+' END]) AS kelompok
                FROM core_links l JOIN groups g USING (person_id) LEFT JOIN _areas a ON a.kode = g.kode_wilayah)
            SELECT kelompok, count(*) AS catatan, round(avg(CAST(kepastian = 'lemah' AS DOUBLE)), 4) AS bagian_lemah,
                round(avg(CAST(n_records = 1 AS DOUBLE)), 4) AS bagian_sendiri
            FROM told GROUP BY kelompok ORDER BY kelompok""",
            _areas=names,
        )

    def evidence(self) -> pd.DataFrame:
        """Mean evidence of the random pairs, joined and kept apart: digabung, judul, sumbangan. Empty where they are few."""
        with Engine() as engine:
            self.store.attach(engine, "core_review_pairs")
            drawn = engine.frame(
                "SELECT pola, digabung, bobot FROM core_review_pairs WHERE sebab = 'acak' AND pola IS NOT NULL ORDER BY ALL"
            )
        if len(drawn) < self.rulebook.disclosure.k_minimum:
            drawn = drawn.head(0)
        return mean_evidence(
            drawn, model_of(Store(self.store.folder.parent), self.rulebook), self.rulebook.linkage
        )

    def reviewed(self) -> list[str]:
        """Precision and recall from judged random pairs, as sentences; says so where none was judged."""
        state = standing(read_link_decisions(self.decisions))
        drawn = state[state["bobot"] != ""].assign(
            bobot=lambda f: f["bobot"].astype(float), digabung=lambda f: f["digabung"] == "true"
        )
        found = reviewed_accuracy(drawn)
        lines = [
            f"{name.capitalize()} menurut tinjauan: {value} ({value.n} pasangan)"
            for name, value in found.items()
            if value is not None
        ]
        return lines or ["Belum ada pasangan acak yang ditinjau; jalankan selaras review export."]

    def _frame(self, sql: str, **frames: pd.DataFrame) -> pd.DataFrame:
        tables = (
            "core_links",
            "core_records",
            "core_persons",
            "core_maybe_links",
            "core_linkage_error",
        )
        with Engine() as engine:
            self.store.attach(engine, *tables)
            for name, frame in frames.items():
                engine.register(name, frame)
            return engine.frame(sql)


def open_links(store: str, decisions: str, rules: tuple[str, ...] = ()) -> Links:
    """A period's linkage for a notebook: `store` is the period's folder, `decisions` the set's answers."""
    return Links(*opened(store, rules), Path(decisions))
