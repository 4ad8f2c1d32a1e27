"""The sections of the kecamatan and kelurahan briefs (readers.md §9); areas are never ranked."""

from analysis.briefs.wilayah.districts import kecamatan
from analysis.briefs.wilayah.understanding import understand
from analysis.briefs.wilayah.work import work

__all__ = ["kecamatan", "understand", "work"]
