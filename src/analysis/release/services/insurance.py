"""JKN: leads for PBI APBN (to propose, to reactivate, paid for twice) and every segment."""

from analysis.release.links import Link
from analysis.release.other_tables import Wish


def wishes() -> list[Wish]:
    """Leads by area; segments of everybody for the city."""
    leads = {"usul_pbi": "is_usul_pbi", "reaktivasi": "is_reaktivasi", "ganda": "is_ganda",
             "tanpa_segmen": "is_reaktivasi AND is_tanpa_segmen"}  # fmt: skip
    inside = {"tanpa_segmen": (Link(("jkn", "{area}", "reaktivasi", "", "jiwa"), inside=True),)}
    jkn = [
        Wish("out_jkn", "jkn", "jiwa", f"SELECT '{name}' AS hal, kode_wilayah FROM out_jkn WHERE {flag}",
             {"row": "hal", "area": "kode_wilayah", "links": inside.get(name, ())})
        for name, flag in leads.items()
    ]  # fmt: skip
    segments = (
        "SELECT CASE segmen WHEN '' THEN 'tidak_aktif' ELSE segmen END AS segmen FROM out_jkn"
    )
    everybody = Link(("utama", "{area}", "kota", "", "jiwa"), over_rows=True)
    options = {"row": "segmen", "together": True, "links": (everybody,)}
    return [*jkn, Wish("out_jkn", "jkn_segmen", "jiwa", segments, options)]
