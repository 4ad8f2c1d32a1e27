"""What rules may say of files: how a layout is recognised and read, what a check says to the file's owner."""

from typing import Literal

from pydantic import Field

from analysis.policy.base import (
    Rule,
)

Role = Literal[
    "registri_keluarga", "registri_individu", "penerima", "log", "layanan", "kebutuhan", "kepesertaan", "tahapan",
    "survei", "rujukan", "rekap", "tempat",
]  # fmt: skip


class Check(Rule):
    """One check of rows or files: its wording for the file's owner and the remedy.

    `tahap` 'padan': only linkage can tell. `rujukan`: the reference list it needs; where none
    was delivered the check says "tidak dapat diperiksa", never 0.
    """

    kode: str
    judul: str
    tingkat: Literal["galat", "peringatan", "info"]
    penjelasan: str
    perbaikan: str
    dasar: str = ""
    tahap: Literal["berkas", "padan"] = "berkas"
    rujukan: str = ""


class Layout(Rule):
    """How a kind of file is recognised and which header is which field.

    `peran`: what the rows are, see the table core_records; 'rekap' and 'tempat' rows name no person.
    `rujukan`: what a reference list tells of its NIK: meninggal, pindah, asn, perusahaan, ….
    `kenali_judul`: any of these in the title rows, sheet or file name marks the programme.
    `wajib`: fields without which the file cannot be used.
    `kolom`: field → accepted headers (compared without case, space and punctuation).
    `asal`: where to get the file, in words. `garis_kode`: of a survey, the line of statistics.csv it is held against; without: `targeting.garis_survei`.
    """

    kode: str
    peran: Role
    rujukan: str = ""
    label: str
    program: str | None = None
    kenali_judul: tuple[str, ...] = ()
    wajib: tuple[str, ...]
    kolom: dict[str, tuple[str, ...]]
    nilai: dict[str, float] = Field(default_factory=dict)
    asal: str = ""
    garis_kode: str | None = None
