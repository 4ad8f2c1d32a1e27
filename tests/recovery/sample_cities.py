"""Small sample cities linked and assessed, and every figure with linkage error beside what is true."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from analysis import launch
from analysis.engine import Engine, Store
from analysis.linkage.keys import build_units
from analysis.linkage.model import scored_pairs, trained
from analysis.linkage.prelink import build_nodes
from analysis.measures.linkage_doubt import corrected
from analysis.policy import load_rulebook
from analysis.settings import Workspace
from analysis.synthetic import write_city

BANDS = (0, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 1)


@dataclass(frozen=True)
class City:
    """One sample city: `families`, `seed` and dirtiness (biasa | kotor) make it."""

    seed: int
    families: int
    dirtiness: str

    def made(self, folder: Path) -> "Assessed":
        """Write, clean, link and assess the latest period alone, below `folder`."""
        workspace = Workspace(folder)
        rulebook = load_rulebook()
        write_city(workspace, rulebook, "contoh", self.families, self.seed, _quiet, self.dirtiness)
        pipeline = launch.prepare(workspace, "contoh", None, None, None, lambda *_: None)
        pipeline = replace(pipeline, previous=None)
        pipeline.resolve()
        pipeline.assess()
        return Assessed(pipeline.store, workspace.truth("contoh"), pipeline.run.edition.on)


def _quiet(_: str) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Assessed:
    """A city's store and what is true of it."""

    store: Store
    truth: Path
    on: date

    def cells(self) -> pd.DataFrame:
        """Every count and share with its interval: jenis, a, b, n (found), value, low, high, truth."""
        with Engine(threads=1) as engine:
            self._attach(engine, "core_records", "core_links", "core_persons", "core_families", "core_linkage_error",
                         "out_overlap_doubt", "out_targeting_measure", "out_person_count")  # fmt: skip
            persons = engine.frame(_PERSONS)
            persons = pd.concat([persons, corrected(persons)], axis=1)
            parts = [
                persons.assign(jenis="orang"),
                engine.frame(_FAMILIES.format(held=self._held())),
                engine.frame(_TARGET.format(held=self._held())),
                engine.frame(_COUNT),
            ]
        names = {
            "n_terpadankan": "n",
            "perkiraan": "value",
            "bawah": "low",
            "atas": "high",
        }
        table = pd.concat([part.rename(columns=names) for part in parts], ignore_index=True)
        table = table[["jenis", "a", "b", "n", "value", "low", "high", "truth"]]
        return table.assign(covered=table["truth"].between(table["low"], table["high"]))

    def reliability(self) -> pd.DataFrame:
        """Scored pairs by band of chance: band, n, expected (chances added), true."""
        rules = load_rulebook().linkage
        with Engine(threads=1) as engine:
            self._attach(engine, "core_records")
            build_units(engine)
            build_nodes(engine, rules)
            trained(engine, rules).store(engine)
            pairs = scored_pairs(engine, rules)
            person = engine.frame(_NODES).set_index("node")["person"]
        true = person.reindex(pairs["l"]).to_numpy() == person.reindex(pairs["r"]).to_numpy()
        band = pd.cut(pairs["peluang"], BANDS)
        table = pairs.assign(band=band, true=true).groupby("band", observed=False)
        return table.agg(n=("true", "size"), expected=("peluang", "sum"), true=("true", "sum"))

    def _held(self) -> str:
        """Who truly holds what by the edition's day; log rows dated after it are kept and do not count yet."""
        return f"""SELECT DISTINCT r.programme, t.family_id FROM core_records r JOIN truth_record t USING (record_id)
            WHERE r.is_penerima AND r.programme IS NOT NULL AND (r.peran = 'penerima'
                OR r.tgl_peristiwa <= DATE '{self.on}' OR (r.peran = 'tahapan' AND r.tgl_peristiwa IS NULL))"""

    def _attach(self, engine: Engine, *names: str) -> None:
        self.store.attach(engine, *names)
        engine.attach("truth_record", self.truth / "truth_record.parquet")


_NODES = """SELECT node, mode(t.person_id) AS person FROM _unit_of JOIN _node_of USING (uid)
    JOIN truth_record t USING (record_id) GROUP BY node"""
# persons that truly stand on both of two lists
_PERSONS = """
    WITH held AS (SELECT DISTINCT r.source, t.person_id FROM core_records r JOIN truth_record t USING (record_id)),
    joint AS (
        SELECT a.source AS a, b.source AS b, count(*) AS truth
        FROM held a JOIN held b ON a.person_id = b.person_id AND a.source < b.source GROUP BY ALL)
    SELECT e.source_a AS a, e.source_b AS b, e.n_common AS n_terpadankan, e.precision, e.recall, e.false_sd, e.missed_sd,
        coalesce(joint.truth, 0) AS truth
    FROM core_linkage_error e LEFT JOIN joint ON joint.a = e.source_a AND joint.b = e.source_b ORDER BY 1, 2"""
# families that truly hold both of two programmes
_FAMILIES = """
    WITH held AS ({held}),
    joint AS (
        SELECT a.programme AS a, b.programme AS b, count(*) AS truth
        FROM held a JOIN held b ON a.family_id = b.family_id AND a.programme < b.programme GROUP BY ALL)
    SELECT 'keluarga' AS jenis, d.* EXCLUDE (jenis), coalesce(joint.truth, 0) AS truth
    FROM out_overlap_doubt d LEFT JOIN joint USING (a, b) WHERE d.jenis = 'pasangan' ORDER BY a, b"""
# how many persons the lists speak of
_COUNT = """
    SELECT 'jiwa' AS jenis, '' AS a, '' AS b, * EXCLUDE (satuan, metode),
        (SELECT count(DISTINCT t.person_id) FROM core_links JOIN truth_record t USING (record_id)) AS truth FROM out_person_count"""
# coverage of the families a programme aims at, by whom the rows of its list truly speak of
_TARGET = """
    WITH held AS ({held}),
    said AS (
        SELECT p.family_id, r.family_id AS true_family, count(*) AS n FROM core_persons p JOIN core_links l USING (person_id)
        JOIN truth_record r USING (record_id) WHERE r.source LIKE 'dtsen%' GROUP BY ALL),
    best AS (SELECT family_id, arg_max(true_family, (n, -true_family)) AS true_family FROM said GROUP BY family_id),
    receives AS (
        SELECT m.programme, f.desil, h.family_id IS NOT NULL AS yes
        FROM (SELECT DISTINCT programme FROM held) m CROSS JOIN core_families f JOIN best b USING (family_id)
        LEFT JOIN held h ON h.programme = m.programme AND h.family_id = b.true_family WHERE f.is_registri),
    counted AS (
        SELECT programme, desil, count(*) AS n, count(*) FILTER (yes) AS got FROM receives WHERE desil IS NOT NULL GROUP BY ALL),
    upto AS (
        SELECT programme, sum(n) OVER w AS n, sum(got) OVER w AS got FROM counted WINDOW w AS (PARTITION BY programme ORDER BY desil))
    SELECT 'sasaran' AS jenis, m.programme AS a, '' AS b, m.pembilang AS n_terpadankan, m.nilai AS perkiraan, m.bawah, m.atas,
        u.got / u.n AS truth
    FROM out_targeting_measure m JOIN upto u ON u.programme = m.programme AND u.n = m.penyebut
    WHERE m.ukuran = 'cakupan_sasaran' AND m.satuan = 'keluarga' AND m.dimensi = 'kota' AND m.bawah IS NOT NULL ORDER BY a"""
