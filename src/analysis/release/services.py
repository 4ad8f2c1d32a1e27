"""Services as publishable cells. Every topic is `rilis_<topic>`; 32.72 = the city.

topic            baris                 kolom                 ukuran                              unit, areas
pas12_kebutuhan  PAS group, 'sensitif' –                     kebutuhan, terlayani                jiwa, city
pas12_kaitan     'orang'               –                     orang, nasional                     jiwa, city
layanan          programme             –                     tamu, kembali, tanpa_nik            jiwa, city
layanan_nik      programme             –                     tanpa_nik, nik_terbit, then
                                                             berlanjut (NIK → JKN or DTSEN)      jiwa, city
layanan_hasil    programme             outcome, belum_ada    kedatangan                          kasus, city
layanan_bulan    programme             YYYY-MM               kedatangan                          kasus, city
layanan_lama     programme             sampai_acuan,         kedatangan                          kasus, city
                                       lebih_acuan,
                                       menginap, tanpa_tanggal
identitas        layout code           –                     baris, dengan_nik, sebagian, tanpa  kasus, city
belum_transaksi  programme             –                     keluarga | jiwa (not yet drawn)     areas
sekolah_rakyat   layak                 –                     layak, diusulkan                    jiwa, areas
sekolah_rakyat   diusulkan             –                     diusulkan, diterima                 jiwa, areas
penyaluran       programme             state (out_usage)     keluarga | jiwa, …_rp               city
penyalahgunaan   programme             –                     keluarga                            city only
ekstrem          desil, daftar         0, 1, 2+ programmes   keluarga                            areas
ekstrem_kelas    class of intervention –                     keluarga, belum                     areas
jkn              usul_pbi, reaktivasi, –                     jiwa                                areas
                 tanpa_segmen, ganda
jkn_segmen       segments              –                     jiwa                                city
pergerakan       programme             baru, tetap, keluar   keluarga | jiwa                     areas
pergerakan_salur programme             –                     keluarga | jiwa (payment failed)    areas
pergerakan_alasan programme            reason of leaving     keluarga | jiwa                     city
transisi_desil   then                  now                   keluarga                            city
lompat_desil     naik, turun           –                     keluarga                            areas
kolaborasi, permohonan, buku, hunian, tempat: see release/shared_work.py

Shares stand as 'bagian_<part>'. Sensitive PAS groups are one row; misuse is told for the city alone.
"""

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.release.counts import release_counts
from analysis.release.links import Link
from analysis.release.other_tables import Wish
from analysis.release.service_links import (
    ARRIVALS,
    extreme,
    jumps,
    kinds,
    now,
    part,
    recipients,
    split,
    states,
)
from analysis.release.shared_work import release_shared_work
from analysis.release.topics import Release, Step, together

_GUESTS = """SELECT programme, tamu, count(*) > 1 AS lagi, bool_or(is_tanpa_nik) AS tanpa, bool_or(is_nik_terbit) AS terbit,
    bool_or(is_jkn OR is_registri) AS lanjut FROM out_stays GROUP BY programme, tamu"""
_FIRST_STATE = """SELECT programme, unit_id, min(kode_wilayah) AS kode_wilayah, sum(manfaat_rp) AS rp, arg_max(keadaan, list_position(
        ['tanpa_status', 'lainnya', 'dikeluarkan', 'proses', 'gagal', 'dikembalikan', 'belum_transaksi', 'salur', 'transaksi'],
        keadaan)) AS keadaan FROM out_usage WHERE unit = '{unit}' GROUP BY programme, unit_id"""


def _wishes(rulebook: Rulebook) -> list[Wish]:
    return [
        *_visits(rulebook),
        *_stays(rulebook),
        *_school(),
        *_payments(),
        *_poverty(rulebook),
        *_movement(rulebook),
    ]


def _visits(rulebook: Rulebook) -> list[Wish]:
    guarded = ", ".join(f"'{group.kode}'" for group in rulebook.pas12 if group.sensitif)
    need = f"""SELECT CASE WHEN kelompok IN ({guarded}) THEN 'sensitif' ELSE kelompok END AS kelompok, kebutuhan, kebutuhan_terlayani
        FROM out_pas12_groups WHERE kebutuhan IS NOT NULL"""
    persons = "SELECT 'orang' AS hal, is_nasional FROM out_pas12_visits WHERE orang_ke = 1"
    return [
        Wish("out_pas12_groups", "pas12_kebutuhan", "jiwa", need, {
            "row": "kelompok", "n": "kebutuhan", "measure": "kebutuhan", "parts": {"terlayani": "kebutuhan_terlayani"},
            "together": True, "links": (
                Link(("kolaborasi", "{city}", "pas12", "", "dibutuhkan"), over_rows=True),
                Link(("kolaborasi", "{city}", "pas12", "", "terlayani"), part("terlayani"), over_rows=True))}),
        Wish("out_pas12_visits", "pas12_kaitan", "jiwa", persons, {
            "row": "hal", "measure": "orang", "parts": {"nasional": "is_nasional::INT"},
            "links": (Link(("pas12", "{area}", "ringkas", "", "orang")),)}),
        Wish("out_service_identity", "identitas", "kasus", options={
            "row": "source", "n": "baris", "measure": "baris",
            "parts": {"dengan_nik": "dengan_nik", "sebagian": "sebagian", "tanpa": "tanpa"},
            "links": (ARRIVALS, Link(("layanan", "{area}", "{row}", "", "tanpa_nik"), part("tanpa")))}),
    ]  # fmt: skip


def _stays(rulebook: Rulebook) -> list[Wish]:
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


def _school() -> list[Wish]:
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


def _payments() -> list[Wish]:
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


def _poverty(rulebook: Rulebook) -> list[Wish]:
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
    return [
        *marked,
        *classes,
        *jkn,
        Wish(
            "out_jkn",
            "jkn_segmen",
            "jiwa",
            segments,
            {
                "row": "segmen",
                "together": True,
                "links": (Link(("utama", "{area}", "kota", "", "jiwa"), over_rows=True),),
            },
        ),
    ]


def _movement(rulebook: Rulebook) -> list[Wish]:
    wishes = []
    for unit in ("keluarga", "jiwa"):
        own, row = f"SELECT * FROM out_movement WHERE unit = '{unit}'", {"row": "programme"}
        wishes += [
            Wish(
                "out_movement",
                "pergerakan",
                unit,
                own,
                row
                | {
                    "column": "jenis",
                    "area": "kode_wilayah",
                    "split": "is_gagal_salur",
                    "links": (
                        *(Link(name, kinds("baru", "tetap")) for name in recipients(unit)),
                        Link(("pergerakan_salur", "{area}", "{row}", "", unit), split("true")),
                    ),
                },
            ),
            Wish(
                "out_movement",
                "pergerakan_salur",
                unit,
                f"{own} AND is_gagal_salur",
                row | {"area": "kode_wilayah"},
            ),
            Wish(
                "out_movement",
                "pergerakan_alasan",
                unit,
                f"{own} AND jenis = 'keluar'",
                row
                | {
                    "column": "alasan",
                    "links": (Link(("pergerakan", "{area}", "{row}", "keluar", unit)),),
                },
            ),
        ]
    jumped = "SELECT CASE WHEN loncatan > 0 THEN 'naik' ELSE 'turun' END AS arah, kode_wilayah FROM out_desil_jumps"
    return [
        *wishes,
        Wish("out_transition", "transisi_desil", "keluarga", options={
            "row": "lalu", "column": "kini", "n": "keluarga", "row_total": True, "links": (*now(), *jumps(rulebook))}),
        Wish("out_desil_jumps", "lompat_desil", "keluarga", jumped, {"row": "arah", "area": "kode_wilayah"}),
    ]  # fmt: skip


def release_services(
    engine: Engine, rulebook: Rulebook, release: Release, present: set[str]
) -> Step:
    """Release every service topic whose table is there and holds anybody."""
    steps = []
    for wish in _wishes(rulebook):
        source = f"({wish.query})" if wish.query else wish.table
        if wish.table in present and engine.one(f"SELECT count(*) FROM {source}"):
            steps.append(
                release_counts(engine, release, source, wish.topic, wish.unit, **wish.options)
            )
    return together([*steps, release_shared_work(engine, rulebook, release, present)])
