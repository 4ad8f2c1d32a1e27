"""The poorest desil and the P3KE list: how many programmes, which classes of intervention are missing."""

from analysis.policy import Rulebook
from analysis.release.links import Link
from analysis.release.other_tables import Wish
from analysis.release.services.links import extreme, split


def wishes(rulebook: Rulebook) -> list[Wish]:
    """Families by the list they stand on and programmes held; by class of intervention, with those without it."""
    held = "CASE WHEN n_programmes >= 2 THEN '2+' ELSE n_programmes::VARCHAR END AS banyak"
    marked = [
        Wish("out_extreme", "ekstrem", "keluarga",
             f"SELECT '{name}' AS hal, kode_wilayah, is_desil, {held} FROM out_extreme WHERE is_{name}",
             {"row": "hal", "column": "banyak", "area": "kode_wilayah", "split": "is_desil", "links": links})
        for name, links in extreme(rulebook).items()
    ]  # fmt: skip
    classes = [
        Wish("out_extreme", "ekstrem_kelas", "keluarga",
             f"SELECT '{name}' AS kelas, kode_wilayah, is_desil, (NOT {name})::INT AS belum FROM out_extreme",
             {"row": "kelas", "area": "kode_wilayah", "parts": {"belum": "belum"}, "split": "is_desil", "links": (
                 Link(("ekstrem", "{area}", "desil", "jumlah", "keluarga"), split("true")),
                 Link(("daftar saja", "{area}"), split("false")))})
        for name in rulebook.services.ekstrem.intervensi
    ]  # fmt: skip
    return [*marked, *classes]
