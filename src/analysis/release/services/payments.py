"""What became of payments: the state each family or person is in, who has not drawn yet, and misuse told by the bank."""

from analysis.release.links import Link
from analysis.release.other_tables import Wish
from analysis.release.services.links import recipients, states

_FIRST_STATE = """SELECT programme, unit_id, min(kode_wilayah) AS kode_wilayah, sum(manfaat_rp) AS rp, arg_max(keadaan, list_position(
        ['tanpa_status', 'lainnya', 'dikeluarkan', 'proses', 'gagal', 'dikembalikan', 'belum_transaksi', 'salur', 'transaksi'],
        keadaan)) AS keadaan FROM out_usage WHERE unit = '{unit}' GROUP BY programme, unit_id"""


def wishes() -> list[Wish]:
    """One state a family or person and programme; misuse for the city alone."""
    paid = [
        Wish("out_usage", "penyaluran", unit, _FIRST_STATE.format(unit=unit),
             {"row": "programme", "column": "keadaan", "rupiah": "rp", "links": states(unit)})
        for unit in ("keluarga", "jiwa")
    ]  # fmt: skip
    waiting = [
        Wish("out_usage", "belum_transaksi", unit,
             f"SELECT * FROM ({_FIRST_STATE.format(unit=unit)}) WHERE keadaan = 'belum_transaksi'",
             {"row": "programme", "area": "kode_wilayah", "links": (
                 Link(("penyaluran", "{area}", "{row}", "belum_transaksi", unit)),
                 *(Link(name, inside=True) for name in recipients(unit)),
                 Link(("pergerakan_salur", "{area}", "{row}", "", unit), inside=True))})
        for unit in ("keluarga", "jiwa")
    ]  # fmt: skip
    return [
        *paid,
        *waiting,
        Wish(
            "out_misuse",
            "penyalahgunaan",
            "keluarga",
            options={"row": "programme", "n": "keluarga"},
        ),
    ]
