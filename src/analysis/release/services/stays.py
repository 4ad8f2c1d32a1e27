"""Guests of a service log: how many, who came back, who had no NIK, how their stays ended and how long they were."""

from analysis.policy import Rulebook
from analysis.release.links import Link
from analysis.release.other_tables import Wish
from analysis.release.services.links import ARRIVALS, kinds

_GUESTS = """SELECT programme, tamu, count(*) > 1 AS lagi, bool_or(is_tanpa_nik) AS tanpa, bool_or(is_nik_terbit) AS terbit,
    bool_or(is_jkn OR is_registri) AS lanjut FROM out_stays GROUP BY programme, tamu"""


def wishes(rulebook: Rulebook) -> list[Wish]:
    """Guests are persons; outcomes, months and lengths count arrivals."""
    usual = rulebook.services.tinggal.lama_acuan_hari
    months = "SELECT programme, coalesce(strftime(tgl_masuk, '%Y-%m'), 'tanpa_tanggal') AS bulan FROM out_stays"
    lengths = f"""SELECT programme, CASE status WHEN 'menginap' THEN 'menginap' WHEN 'selesai' THEN
        CASE WHEN lama_hari <= {usual} THEN 'sampai_acuan' ELSE 'lebih_acuan' END ELSE 'tanpa_tanggal' END AS lama FROM out_stays"""
    row = {"row": "programme"}
    return [
        Wish("out_stays", "layanan", "jiwa", _GUESTS, row | {"measure": "tamu", "parts": {"kembali": "lagi::INT"}}),
        Wish("out_stays", "layanan", "jiwa", _GUESTS, row | {"measure": "tamu", "parts": {"tanpa_nik": "tanpa::INT"}}),
        Wish("out_stays", "layanan_nik", "jiwa", f"SELECT * FROM ({_GUESTS}) WHERE tanpa",
             row | {"measure": "tanpa_nik", "parts": {"nik_terbit": "terbit::INT"},
                    "links": (Link(("layanan", "{area}", "{row}", "", "tanpa_nik")),)}),
        Wish("out_stays", "layanan_nik", "jiwa", f"SELECT * FROM ({_GUESTS}) WHERE tanpa AND terbit",
             row | {"measure": "nik_terbit", "parts": {"berlanjut": "lanjut::INT"}}),
        Wish("out_stays", "layanan_hasil", "kasus", "SELECT programme, coalesce(hasil, 'belum_ada') AS hasil FROM out_stays",
             row | {"column": "hasil", "measure": "kedatangan", "links": (ARRIVALS,)}),
        Wish("out_stays", "layanan_bulan", "kasus", months, row | {"column": "bulan", "measure": "kedatangan", "links": (ARRIVALS,)}),
        Wish("out_stays", "layanan_lama", "kasus", lengths, row | {"column": "lama", "measure": "kedatangan",
             "links": (ARRIVALS, Link(("layanan_hasil", "{area}", "{row}", "belum_ada", "kedatangan"), kinds("menginap")))}),
    ]  # fmt: skip
