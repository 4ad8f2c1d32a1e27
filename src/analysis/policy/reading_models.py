"""Rules of reading: how rosters are recognised, doubted and refused."""

from analysis.policy.base import Rule


class SeriesRule(Rule):
    """When a cell of an area × year table is far from its area's own years; logarithms to base 10."""

    nol_toleransi: float
    jauh: float
    tahun_rusak_bagian: float
    tukar_perbaikan: float
    loncatan: float
    kolom: dict[str, tuple[str, ...]]


class ProposalRule(Rule):
    """When a column looks enough like a field to be proposed; shares of filled cells."""

    cukup: float
    judul_dipercaya: float
    beda_orang: float
    beda_kelas: float


class Reading(Rule):
    """How rosters are read: what marks a header, a damaged column, an absent value."""

    baris_kepala_maks: int
    kepala_cocok_minimum: int
    excel_nol_bagian: float
    excel_nol_minimum: int
    nilai_kosong: tuple[str, ...]
    baris_jumlah: tuple[str, ...]
    baris_catatan: tuple[str, ...]
    nik_placeholder: tuple[str, ...]
    tahun_lahir_minimum: int
    gerbang_nik_rusak_maks: float
    gerbang_ganda_maks: float
    deret: SeriesRule
    usulan: ProposalRule
    label_perbaikan: dict[str, str]
    label_deret: dict[str, str]
    wilayah_jarak_maks: float
    wilayah_jarak_selisih: int
    wilayah_harapan_minimum: int
    ganda_baris_minimum: int
    nama_berbeda_maks: float
    sumber: str
