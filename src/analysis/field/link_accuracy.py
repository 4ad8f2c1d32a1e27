"""How right a period's links are: by what reviewers judged, and against the truth of a made-up city. No person."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.engine import Engine
from analysis.field.link_decisions import read_link_decisions, standing
from analysis.field.links import Links, open_links
from analysis.linkage import accuracy_by_groups, accuracy_by_lists, reviewed_accuracy
from analysis.linkage.group_error import age_group

_DRAWN = ["kunci_a", "kunci_b", "jawaban", "digabung", "lapisan", "bobot"]
_DIMENSIONS = ("daftar", "jenis_kelamin", "umur", "kelurahan")


@dataclass(frozen=True)
class LinkAccuracy:
    """Accuracy of `links`; `truth`: folder of a made-up city's truth, which real data have not."""

    links: Links
    truth: Path

    def reviewed(self) -> list[str]:
        """Precision and recall from judged random pairs, as sentences; says so where none was judged."""
        found = reviewed_accuracy(self._drawn())
        lines = [
            f"{name.capitalize()} menurut tinjauan: {value} ({value.n} pasangan)"
            for name, value in found.items()
            if value is not None
        ]
        return lines or ["Belum ada pasangan acak yang ditinjau; jalankan selaras review export."]

    def reviewed_by_group(self) -> pd.DataFrame:
        """Reviewed precision and recall of random pairs by their two lists, and by sex, age and kelurahan of the first row.

        Groups of fewer judged pairs than the disclosure threshold stay untold.
        """
        drawn = self.links.frame(
            f"""SELECT s.*, least(a.source, b.source) || ' – ' || greatest(a.source, b.source) AS daftar, coalesce(a.jenis_kelamin, '?') AS jenis_kelamin,
                {age_group(self.links.rulebook.linkage)} AS umur, coalesce(nama_wilayah, '?') AS kelurahan
            FROM _state s JOIN core_review_pairs c USING (kunci_a, kunci_b)
            JOIN (SELECT *, CAST(left(period, 4) AS INTEGER) - year(tgl_lahir) AS age FROM core_records) a ON a.record_id = c.record_a
            JOIN core_records b ON b.record_id = c.record_b LEFT JOIN _areas w ON w.kode = a.kode_wilayah ORDER BY kunci_a, kunci_b""",
            _state=self._drawn(),
            _areas=self.links.areas.rename(columns={"nama": "nama_wilayah"}),
        )
        least = self.links.rulebook.disclosure.k_minimum
        rows = [
            (dimension, _named(group), len(own), *(str(value or "–") for value in reviewed_accuracy(own).values()))
            for dimension in _DIMENSIONS
            for group, own in drawn.groupby(dimension)
            if len(own) >= least
        ]  # fmt: skip
        return pd.DataFrame(
            rows, columns=["dimensi", "kelompok", "pasangan", "presisi", "kelengkapan"]
        )

    @property
    def knows_truth(self) -> bool:
        """The truth is there: the data are made up."""
        return (self.truth / "truth_record.parquet").is_file()

    def true_by_lists(self) -> pd.DataFrame:
        """Against the truth, over pairs of rows of two lists, all together first; small overlaps are left out."""
        with Engine() as engine:
            self._attach(engine)
            table = accuracy_by_lists(engine)
        least = self.links.rulebook.disclosure.k_minimum
        return table[(table["orang_bersama"] >= least) | table["orang_bersama"].isna()]

    def true_by_group(self) -> pd.DataFrame:
        """Against the truth, row by row (B³), by city, sex, age and kelurahan; small groups are left out."""
        with Engine() as engine:
            self._attach(engine)
            table = accuracy_by_groups(engine, self.links.rulebook.linkage)
        names = self.links.areas.set_index("kode")["nama"]
        table["kelompok"] = [_named(names.get(group, group)) for group in table["kelompok"]]
        return table[table["catatan"] >= self.links.rulebook.disclosure.k_minimum]

    def _attach(self, engine: Engine) -> None:
        self.links.store.attach(engine, "core_records", "core_links")
        engine.attach("truth_record", self.truth / "truth_record.parquet")

    def _drawn(self) -> pd.DataFrame:
        """What reviewers said of the random pairs: kunci_a, kunci_b, jawaban, lapisan as text; digabung; bobot."""
        state = standing(read_link_decisions(self.links.decisions))
        drawn = state.loc[state["bobot"] != "", _DRAWN].astype("str")
        return drawn.assign(
            bobot=drawn["bobot"].astype(float), digabung=drawn["digabung"] == "true"
        )


def _named(group: str) -> str:
    return "tidak diketahui" if group == "?" else group


def open_accuracy(
    store: str, decisions: str, truth: str, rules: tuple[str, ...] = ()
) -> LinkAccuracy:
    """For a notebook: a period's linkage and how right it is; `truth` is the folder of a made-up city's truth."""
    return LinkAccuracy(open_links(store, decisions, rules), Path(truth))
