"""Month against month: who is new, stayed, left and why, whose payment failed; and families between desil."""

from analysis.policy import Rulebook
from analysis.release.links import Link
from analysis.release.other_tables import Wish
from analysis.release.services.links import jumps, kinds, now, recipients, split


def wishes(rulebook: Rulebook) -> list[Wish]:
    """By programme in its own unit; desil then and now for the city, jumps by area."""
    jumped = "SELECT CASE WHEN loncatan > 0 THEN 'naik' ELSE 'turun' END AS arah, kode_wilayah FROM out_desil_jumps"
    return [
        *_of_unit("keluarga"),
        *_of_unit("jiwa"),
        Wish("out_transition", "transisi_desil", "keluarga", options={
            "row": "lalu", "column": "kini", "n": "keluarga", "row_total": True, "links": (*now(), *jumps(rulebook))}),
        Wish("out_desil_jumps", "lompat_desil", "keluarga", jumped, {"row": "arah", "area": "kode_wilayah"}),
    ]  # fmt: skip


def _of_unit(unit: str) -> list[Wish]:
    own, row = f"SELECT * FROM out_movement WHERE unit = '{unit}'", {"row": "programme"}
    held = tuple(Link(name, kinds("baru", "tetap")) for name in recipients(unit))
    return [
        Wish("out_movement", "pergerakan", unit, own, row | {
            "column": "jenis", "area": "kode_wilayah", "split": "is_gagal_salur",
            "links": (*held, Link(("pergerakan_salur", "{area}", "{row}", "", unit), split("true")))}),
        Wish("out_movement", "pergerakan_salur", unit, f"{own} AND is_gagal_salur", row | {"area": "kode_wilayah"}),
        Wish("out_movement", "pergerakan_alasan", unit, f"{own} AND jenis = 'keluar'", row | {
            "column": "alasan", "links": (Link(("pergerakan", "{area}", "{row}", "keluar", unit)),)}),
    ]  # fmt: skip
