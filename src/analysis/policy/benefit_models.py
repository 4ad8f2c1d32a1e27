"""What a programme gives and on which conditions: facts with their source, one line each."""

from typing import Annotated, Literal

from pydantic import Field

from analysis.policy.base import Rule, Said, TextStatus


class Benefit(Rule):
    """Rupiah of one component of a benefit: `rupiah` each `per`, `kali_setahun` times a year.

    `komponen` '' is the benefit as a whole.
    """

    komponen: str = ""
    rupiah: Annotated[int, Field(ge=0)]
    per: Literal["hari", "bulan", "tahap", "tahun", "sekali"]
    kali_setahun: Annotated[int, Field(ge=1)] | None = None
    keterangan: str = ""


class Condition(Rule):
    """One condition of eligibility beside the desil, with where it was read."""

    kode: Said
    isi: Said
    sumber: Said
    status_naskah: TextStatus
