"""What the rules say of cells that leave the office."""

from datetime import date
from typing import Annotated

from pydantic import Field

from analysis.policy.base import Rule

Share = Annotated[float, Field(gt=0, le=1)]
Base = Annotated[int, Field(ge=1)]


class DisclosureException(Rule):
    """Counts that stand exact although small: which, why, and who decided."""

    topik: str
    ukuran: str
    tingkat: str
    alasan: Annotated[str, Field(min_length=10)]
    oleh: Annotated[str, Field(min_length=3)]
    sejak: date


class Disclosure(Rule):
    """Thresholds below which a cell does not leave the office, and how the others are printed."""

    k_minimum: Annotated[int, Field(ge=3)]
    pelengkap_minimum: Annotated[int, Field(ge=3)]
    nol_terbit: bool
    pembulatan_basis: Base
    baris_basis: Base
    rupiah_pembulatan: Base
    topik_persis: tuple[str, ...]
    buku_mengalah: tuple[str, ...]
    kurang_dari: tuple[str, ...]
    dominasi_n: Base
    dominasi_bagian: Share
    p_bagian: Share
    satuan_dilindungi: tuple[str, ...]
    satuan_bebas: tuple[str, ...]
    sumber: str
    pengecualian: tuple[DisclosureException, ...] = ()
