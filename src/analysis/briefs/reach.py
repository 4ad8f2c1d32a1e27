"""Which areas' cells a brief may read."""

from analysis.policy import Rulebook


def visible_areas(rulebook: Rulebook, code: str) -> set[str] | None:
    """Areas whose cells a brief may read: None = all (city); a kelurahan: itself, its kecamatan,
    the city; a kecamatan: itself, its kelurahan, the city."""
    area = next((a for a in rulebook.areas if a.kode == code), None)
    if area is None or area.tingkat == "kota":
        return None
    city = rulebook.city().kode
    if area.tingkat == "kelurahan":
        return {code, area.induk, city}
    return {code, city, *(a.kode for a in rulebook.kelurahan() if a.induk == code)}
