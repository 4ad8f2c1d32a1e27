"""What the office sees of its files: accounts, columns, repairs, findings. Counts and places, never values."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.engine import Store
from analysis.field.opening import opened
from analysis.policy import Rulebook

SEVERITIES = ("galat", "peringatan", "info")


@dataclass(frozen=True)
class Quality:
    """A period's files as tables for a screen, a notebook or a work sheet.

    `linked`: the findings only linkage can tell belong to these records and are shown too.
    """

    store: Store
    rulebook: Rulebook
    linked: bool = True

    def files(self) -> pd.DataFrame:
        """One row a file: rows read, kept, set aside, and findings by severity."""
        accounts = self.store.frame("core_files").groupby("berkas")
        table = accounts[["baris_dibaca", "baris_disimpan", "baris_dikeluarkan"]].sum()
        table.insert(0, "lembar", accounts["lembar"].nunique())
        kept = self.findings
        kept = kept[kept["disposisi"] == "disimpan"]
        counts = kept.groupby(["berkas", "severity"]).size().unstack(fill_value=0)
        return (
            table.join(counts.reindex(columns=SEVERITIES, fill_value=0))
            .fillna(0)
            .astype(int)
            .reset_index()
        )

    @cached_property
    def findings(self) -> pd.DataFrame:
        """All findings, those only linkage can tell among them where the period was linked."""
        parts = [self.store.frame("core_findings")]
        if self.linked and self.store.path("out_findings").exists():
            parts.append(self.store.frame("out_findings"))
        return pd.concat(parts, ignore_index=True)

    def by_check(self, file: str | None = None) -> pd.DataFrame:
        """Findings counted by check, the gravest first: kode, temuan, tingkat, baris, perbaikan."""
        found = self.findings
        found = found[
            (found["disposisi"] == "disimpan") & ((file is None) | (found["berkas"] == file))
        ]
        counts = found.groupby("check_code").size()
        rows = [
            (code, check.judul, check.tingkat, int(counts[code]), check.perbaikan)
            for code, check in self.rulebook.checks.items()
            if code in counts
        ]
        table = pd.DataFrame(rows, columns=["kode", "temuan", "tingkat", "baris", "perbaikan"])
        order = table["tingkat"].map(SEVERITIES.index)
        return (
            table.assign(_o=order)
            .sort_values(["_o", "baris", "kode"], ascending=[True, False, True])
            .drop(columns="_o")
        )

    def columns(self, file: str | None = None) -> pd.DataFrame:
        """Headers and the field each was read as; a null field was not used."""
        table = self.store.frame("core_columns")
        table = table[(file is None) | (table["berkas"] == file)]
        return table.drop_duplicates(["berkas", "judul", "medan"])[
            ["berkas", "lembar", "kolom", "judul", "medan"]
        ]

    def repairs(self, file: str | None = None) -> pd.DataFrame:
        """What was read otherwise than it was written, by kind, with the number of rows."""
        table = self.store.frame("core_repairs")
        table = table[(file is None) | (table["berkas"] == file)]
        return table.assign(jenis=table["jenis"].map(self.rulebook.reading.label_perbaikan))

    def unchecked(self) -> pd.DataFrame:
        """Checks that could not be made, and the list that is missing: not the same as none found."""
        table = self.store.frame("core_checks")
        table = table[table["status"] == "tidak_dapat_diperiksa"]
        names = {code: check.judul for code, check in self.rulebook.checks.items()}
        return table.assign(pemeriksaan=table["check_code"].map(names))[
            ["check_code", "pemeriksaan", "alasan"]
        ]


def open_quality(store: str, rules: tuple[str, ...] = ()) -> Quality:
    """A period's quality for a notebook: `store` is the period's folder, `rules` an office's overlays."""
    return Quality(*opened(store, rules))
