"""Sekolah Rakyat: who is able, who of them is proposed, who of those is accepted."""

from analysis.release.links import Link
from analysis.release.other_tables import Wish
from analysis.release.services.links import part


def wishes() -> list[Wish]:
    """Each step is a part of the step before."""
    able = "SELECT 'layak' AS hal, kode_wilayah, is_diusulkan::INT AS lanjut FROM out_school WHERE is_layak"
    proposed = "SELECT 'diusulkan' AS hal, kode_wilayah, is_diterima::INT AS lanjut FROM out_school WHERE is_diusulkan"
    here = {"row": "hal", "area": "kode_wilayah"}
    return [
        Wish("out_school", "sekolah_rakyat", "jiwa", able, here | {"measure": "layak", "parts": {"diusulkan": "lanjut"}}),
        Wish("out_school", "sekolah_rakyat", "jiwa", proposed, here | {
            "measure": "diusulkan", "parts": {"diterima": "lanjut"}, "links": (
                Link(("sekolah_rakyat", "{area}", "layak", "", "diusulkan")),
                Link(("{level}", "{area}", "sekolah_rakyat", "", "penerima"), part("diterima")))}),
    ]  # fmt: skip
