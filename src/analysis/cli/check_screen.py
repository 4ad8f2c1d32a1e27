"""What `selaras check` shows of a file: an account, its columns, repairs and findings, or a proposed layout."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

import pandas as pd
from rich.console import Console
from rich.table import Table

from analysis.errors import message
from analysis.field import Quality
from analysis.notation import number, percent
from analysis.policy import Rulebook
from analysis.rosters import Proposal, SeriesFinding


def _console() -> Console:
    """As wide as the terminal; 110 columns where there is none."""
    return Console(width=None if Console().is_terminal else 110, highlight=False)


@dataclass(frozen=True)
class Screen:
    """A file on the analyst's screen, in the language asked for."""

    lang: str
    console: Console = field(default_factory=_console)

    def quality(self, quality: Quality, written: Iterable[PurePath | str] = ()) -> None:
        """A part a file, then what could not be checked and where the work sheets lie."""
        for row in quality.files().itertuples():
            self.console.rule(row.berkas, align="left")
            counts = {
                "read": row.baris_dibaca,
                "kept": row.baris_disimpan,
                "aside": row.baris_dikeluarkan,
            }
            self._line("rows_line", sheets=row.lembar, **{key: number(n) for key, n in counts.items()})  # fmt: skip
            self._columns(quality.columns(row.berkas))
            self._table("repairs_title", quality.repairs(row.berkas)[["jenis", "n_baris"]])
            found = quality.by_check(row.berkas)[["kode", "temuan", "tingkat", "baris"]]
            self._table("findings_title", found)
        if len(unchecked := quality.unchecked()):
            self._line("unchecked_line", checks="; ".join(unchecked["pemeriksaan"]))
        for path in written:
            self.console.print(str(path), markup=False, soft_wrap=True)

    def _columns(self, columns: pd.DataFrame) -> None:
        named = columns.assign(judul=columns["judul"].map(_on_one_line))
        placed, loose = named[named["medan"].notna()], named[named["medan"].isna()]
        pairs = zip(placed["judul"], placed["medan"], strict=True)
        self._line("columns_line", columns=", ".join(f"{head} → {read}" for head, read in pairs))
        if len(loose):
            self._line("loose_line", columns=", ".join(loose["judul"]))

    def series(self, file: str, findings: Sequence[SeriesFinding], rulebook: Rulebook) -> None:
        """A table of years: what its owner should check."""
        self._line("series_line", file=file, count=len(findings))
        rows = series_rows(findings, rulebook)
        frame = pd.DataFrame(rows, columns=["tahun", "jenis", "wilayah", "bukti"])
        self._table("", frame.astype({"tahun": "str"}))

    def proposals(self, proposals: Iterable[Proposal]) -> None:
        """Of every sheet what each column seems to be, and by what."""
        for one in proposals:
            rows = number(one.rows)
            self._line(
                "proposal_line", file=one.file, sheet=one.sheet, row=one.header_row, rows=rows
            )
            self._table("", pd.DataFrame(map(_proposed, one.columns), columns=["judul", "medan", "dasar", "cocok", "terisi"]))  # fmt: skip
            if one.unplaced:
                left = ", ".join(_on_one_line(name) for name in one.unplaced if name)
                self._line("unplaced_line", columns=left or "–")

    def _line(self, key: str, **facts: object) -> None:
        self.console.print(message(key, self.lang, **facts), markup=False)

    def _table(self, title: str, frame: pd.DataFrame) -> None:
        if frame.empty:
            return
        said = message(title, self.lang) if title else ""
        table = Table(title=said, title_justify="left", show_edge=False)
        for name in frame.columns:
            whole = pd.api.types.is_integer_dtype(frame[name])
            table.add_column(str(name), justify="right" if whole else "left")
        for row in frame.itertuples(index=False):
            table.add_row(*(cell if isinstance(cell, str) else number(cell) for cell in row))
        self.console.print(table)


def quality_facts(quality: Quality, written: Iterable[str] = ()) -> dict:
    """The same for a machine: files, findings, checks not made, work sheets."""
    return {
        "files": quality.files().to_dict("records"),
        "findings": quality.by_check().to_dict("records"),
        "unchecked": quality.unchecked()["check_code"].tolist(),
        "sheets": list(written),
    }


def series_rows(findings: Iterable[SeriesFinding], rulebook: Rulebook) -> list[dict]:
    """A row a point to check: tahun, jenis in words, wilayah, bukti."""
    words = rulebook.reading.label_deret
    return [
        {"tahun": f.tahun, "jenis": words[f.jenis], "wilayah": f.wilayah, "bukti": f.bukti}
        for f in findings
    ]


def proposal_facts(proposals: Iterable[Proposal]) -> dict:
    """Proposals for a machine: a dictionary a sheet, with header → field."""
    return {
        "proposals": [
            {
                "sheet": one.sheet, "header_row": one.header_row, "rows": one.rows, "unplaced": one.unplaced,
                "columns": {c.header or c.column: c.field for c in one.columns if c.field},
            }
            for one in proposals
        ]
    }  # fmt: skip


def _proposed(column) -> tuple[str, str, str, str, str]:
    named = _on_one_line(column.header or column.column)
    shares = (percent(column.share, 0), percent(column.filled, 0))
    return (named, column.field or "–", column.basis or "–", *shares)


def _on_one_line(header: str) -> str:
    """A header as one line: offices break them within the cell."""
    return " ".join(header.split())
