"""What every rule stands on: frozen models, validity in time, and the words they share."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Unit = Literal["keluarga", "jiwa"]
TextStatus = Literal["dibaca", "dikutip", "belum"]
Authority = Literal["kota", "permohonan_provinsi", "usulan_pusat"]
Window = Literal["periode_sama", "tahun_anggaran", "sekali", "setelah_peristiwa"]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Desil = Annotated[int, Field(ge=1, le=10)]


class Verdict(StrEnum):
    """What the rules say of a combination; ordered from harmless to grave."""

    KOMPLEMENTER = "komplementer"
    BELUM_DIATUR = "belum_diatur"
    BERSYARAT = "bersyarat"
    PERLU_KLARIFIKASI = "perlu_klarifikasi"
    DILARANG = "dilarang"

    @property
    def gravity(self) -> int:
        """Rank from harmless (0) to grave."""
        return list(Verdict).index(self)


class Rule(BaseModel):
    """Base of every rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dated(Rule):
    """A rule in force from `berlaku_mulai` to `berlaku_sampai` (inclusive; None = still)."""

    berlaku_mulai: date
    berlaku_sampai: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Dated":
        if self.berlaku_sampai and self.berlaku_sampai < self.berlaku_mulai:
            raise ValueError("berlaku_sampai mendahului berlaku_mulai")
        return self

    def in_force(self, on: date) -> bool:
        """The rule holds on that day."""
        return self.berlaku_mulai <= on and (
            self.berlaku_sampai is None or on <= self.berlaku_sampai
        )
