"""What rules may say of programmes, their combinations, areas and figures.

Each model is frozen; a word it does not know is an error, never ignored.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from analysis.policy.base import (
    Authority,
    Dated,
    Desil,
    Rule,
    Said,
    TextStatus,
    Unit,
    Verdict,
    Window,
)
from analysis.policy.benefit_models import Benefit, Condition


class Programme(Dated):
    """A programme: who gives it, to which unit, whom it is meant for.

    `desil_maks` None: the programme does not choose by desil and is never scored by it.
    `manfaat_rp` is rupiah of one unit in one month where the roster states no amount; `besaran`
    are the amounts by component and period, `syarat` the conditions beside the desil. `segmen`:
    the JKN segment whose members hold it; membership is no assistance and counts in no number of
    programmes.
    """

    kode: str
    nama: str
    singkatan: str
    tingkat: Literal["pusat", "provinsi", "kota"]
    satuan: Unit
    kewenangan: Authority
    desil_maks: Desil | None = None
    manfaat_rp: Annotated[int, Field(ge=0)] | None = None
    sumber_dana: Literal["apbn", "apbd_provinsi", "apbd_kota", "zakat", "lainnya"]
    segmen: str | None = None
    besaran: tuple[Benefit, ...] = ()
    syarat: tuple[Condition, ...] = ()
    dasar_hukum: Said
    sumber: Said
    status_naskah: TextStatus
    catatan: str = ""


class OverlapRule(Dated):
    """A verdict on a set of programmes held by one unit within a window.

    A single programme listed twice (`["pkh", "pkh"]`) speaks of receiving it twice.
    Under 'setelah_peristiwa' the first programme is the event (graduation), the other what is
    still received afterwards. Only a rule whose text was read and whose article is named may
    forbid, and one of which no text was found can only ask for clarification.
    """

    kode: str
    program: tuple[str, ...] = Field(min_length=2)
    satuan: Unit
    jendela: Window
    putusan: Verdict
    alasan: Said
    dasar_hukum: Said
    pasal: str = ""
    sumber: Said
    status_naskah: TextStatus
    contoh: bool = False

    @model_validator(mode="after")
    def _forbids_only_by_a_read_text(self) -> "OverlapRule":
        if self.putusan is Verdict.DILARANG and not (self.status_naskah == "dibaca" and self.pasal):
            raise ValueError(
                f"aturan {self.kode}: hanya naskah yang dibaca dan pasal yang disebut dapat melarang"
            )
        if self.status_naskah == "belum" and self.putusan is not Verdict.PERLU_KLARIFIKASI:
            raise ValueError(
                f"aturan {self.kode}: tanpa naskah putusannya hanya dapat perlu_klarifikasi"
            )
        return self

    @model_validator(mode="after")
    def _after_an_event_there_are_two(self) -> "OverlapRule":
        if self.jendela == "setelah_peristiwa" and len(self.program) != 2:
            raise ValueError(f"aturan {self.kode}: setelah_peristiwa berlaku bagi dua program")
        return self


class Area(Rule):
    """A kelurahan, kecamatan or the city: Kemendagri code, name, other spellings, place on the tile map, BPS code."""

    kode: str
    nama: str
    tingkat: Literal["kota", "kecamatan", "kelurahan"]
    induk: str
    alias: tuple[str, ...] = ()
    kolom: int | None = None
    baris: int | None = None
    bps: str | None = None


class Statistic(Rule):
    """An official figure; `diketahui_sejak` decides which edition may print it."""

    kode: str
    wilayah: str
    label: str
    nilai: float
    satuan: str
    tanggal: date
    diketahui_sejak: date
    sumber: str
    desimal: int = 0
    cetak: bool = True
    label_en: str = ""
    satuan_en: str = ""
    sumber_en: str = ""

    def said(self, what: str, lang: str) -> str:
        """`label`, `satuan` or `sumber` in a language; Indonesian where no English is given."""
        return (getattr(self, f"{what}_en") if lang == "en" else "") or getattr(self, what)


class PasGroup(Rule):
    """One of the 12 PAS groups; `sensitif` groups are published merged and city-wide only."""

    kode: str
    nomor: int
    nama: str
    definisi: str
    jenis_lama: tuple[str, ...]
    sensitif: bool
    status: Literal["dikutip", "perlu_dikonfirmasi"]
    sumber: str
    alias: tuple[str, ...] = ()
