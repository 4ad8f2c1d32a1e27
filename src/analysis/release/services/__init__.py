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
kolaborasi       need                  –                     dibutuhkan, terlayani,              as the need, city
                                                             celah, rangkap
kolaborasi       need                  kota, provinsi, pusat program (teks: codes, status)       daftar, city
permohonan       request               –                     jumlah (teks: what is counted)      as the request, city
permohonan       request               –                     jawaban (teks: answer; tanggal)     tempat, city
buku             programme             sk, sp2d              keluarga | jiwa, rupiah (exact      keluarga | jiwa, city
                                                             book totals)
hunian           programme             –                     malam_tamu, malam_tempat, bagian    kasus, tempat, share; city
tempat           programme             status                kapasitas, lokasi                   tempat, city

Shares stand as 'bagian_<part>'. Sensitive PAS groups are one row; misuse is told for the city alone.
"""

from collections.abc import Iterator

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.release.other_tables import Wish
from analysis.release.services import extreme, insurance, movement, payments, school, stays, visits
from analysis.release.services.books import release_books
from analysis.release.services.needs import release_needs
from analysis.release.services.places import release_places
from analysis.release.steps import together
from analysis.release.topics import Release, Step


def _wishes(rulebook: Rulebook) -> Iterator[Wish]:
    yield from visits.wishes(rulebook)
    yield from stays.wishes(rulebook)
    yield from school.wishes()
    yield from payments.wishes()
    yield from extreme.wishes(rulebook)
    yield from insurance.wishes()
    yield from movement.wishes(rulebook)


def release_services(
    engine: Engine, rulebook: Rulebook, release: Release, present: set[str]
) -> Step:
    """Release every service topic whose table is there and holds anybody."""
    steps = [
        wish.step(engine, release)
        for wish in _wishes(rulebook)
        if wish.table in present and engine.one(f"SELECT count(*) FROM {wish.source}")
    ]
    return together([*steps, *_shared_work(engine, rulebook, release, present)])


def _shared_work(
    engine: Engine, rulebook: Rulebook, release: Release, present: set[str]
) -> Iterator[Step]:
    """Topics that are no plain counts of a table."""
    if "out_needs" in present:
        yield release_needs(engine, rulebook, release)
    if "out_ladder" in present:
        yield release_books(engine, release)
    yield release_places(engine, release, present)
