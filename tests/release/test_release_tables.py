"""Every release table of a random city: right where published, silent where small, consistent between tables."""

from pathlib import Path

import pytest
from citykit import EDITION, checked, random_city

from analysis.engine import Engine
from analysis.measures import assess
from analysis.policy import load_rulebook
from analysis.release import release_tables

RULES = Path(__file__).resolve().parents[2] / "src" / "analysis" / "rules"
TOPICS = {
    "desil_program", "kombinasi", "putusan", "utama", "program", "cakupan", "kelurahan", "ganda", "pas12", "mutu",
    "statistik", "kecamatan", "kasus", "penerima", "catatan",
}  # fmt: skip


@pytest.fixture(scope="module", params=[700, 6000])
def city(request):
    sample = load_rulebook([RULES / "contoh"])
    with Engine() as engine:
        random_city(engine, [area.kode for area in sample.kelurahan()], request.param)
        made = assess(engine, sample, EDITION)
        released = release_tables(engine, sample, EDITION)
        checked(engine, made + released)
        every = " UNION ALL ".join(
            f"SELECT '{name[6:]}' AS topik, * FROM {name}" for name in released
        )
        engine.table("_all", every)
        yield engine


def cell(
    engine: Engine, topic: str, row: str, measure: str, column: str = "", area: str = "32.72"
) -> tuple:
    return engine.rows(
        f"""SELECT nilai, status, pembilang, penyebut FROM rilis_{topic} WHERE baris = $row AND ukuran = $measure
        AND kolom = $column AND wilayah = $area""",
        row=row, measure=measure, column=column, area=area,
    )[0]  # fmt: skip


def test_every_topic_is_made(city):
    assert {row[0] for row in city.rows("SELECT DISTINCT topik FROM _all")} >= TOPICS


def test_a_value_stands_only_where_it_is_published(city):
    assert (
        city.one("SELECT count(*) FROM _all WHERE (status = 'terbit') <> (nilai IS NOT NULL)") == 0
    )
    assert (
        city.one(
            "SELECT count(*) FROM _all WHERE status <> 'terbit' AND (pembilang IS NOT NULL OR penyebut IS NOT NULL)"
        )
        == 0
    )


def test_no_count_of_people_between_one_and_nine_is_published(city):
    assert city.one("""SELECT count(*) FROM _all WHERE satuan IN ('keluarga', 'jiwa', 'kasus') AND topik <> 'statistik'
        AND NOT (topik = 'pas12' AND baris = 'wilayah') AND nilai BETWEEN 1 AND 9""") == 0  # fmt: skip


def test_every_share_stands_on_two_counts_that_are_both_large_enough(city):
    shares = city.rows(
        "SELECT nilai, pembilang, penyebut FROM _all WHERE satuan = 'bagian' AND status = 'terbit'"
    )
    assert shares
    assert all(
        abs(value - top / whole) < 1e-6 and top >= 10 and whole - top >= 10
        for value, top, whole in shares
    )


def test_programme_totals_are_exact_to_the_rupiah(city):
    for code, unit, rupiah in city.rows("""SELECT programme, count(*), sum(manfaat_rp)::BIGINT FROM core_enrolments
            GROUP BY 1"""):  # fmt: skip
        assert cell(city, "program", code, "penerima")[:2] == (unit, "terbit")
        assert cell(city, "program", code, "manfaat_rp")[:2] == (rupiah, "terbit")


def test_errors_are_those_of_the_exact_counts(city):
    for code, tp, fn, fp in city.rows("""SELECT programme, tp, fn, fp FROM out_targeting
            WHERE kode_wilayah = '32.72' AND programme <> 'semua'"""):  # fmt: skip
        # Printed counts are at most 4 away from the exact ones.
        slack = 10 / max(1, min(tp + fn, tp + fp))
        exclusion, inclusion = (
            cell(city, "program", code, "exclusion_error"),
            cell(city, "program", code, "inclusion_error"),
        )
        assert exclusion[0] is None or exclusion[0] == pytest.approx(fn / (tp + fn), abs=slack)
        assert inclusion[0] is None or inclusion[0] == pytest.approx(fp / (tp + fp), abs=slack)


def test_need_based_programmes_have_no_errors(city):
    for measure in ("sasaran", "exclusion_error", "inclusion_error", "di_atas_batas"):
        assert cell(city, "program", "pas12", measure)[1] == "tidak_dapat_dihitung"
    assert city.one("SELECT count(*) FROM rilis_cakupan WHERE baris = 'pas12'") == 0


def test_the_same_count_in_two_topics_is_published_in_both_or_neither(city):
    pairs = city.rows("""SELECT a.status, b.status, a.nilai, b.nilai FROM rilis_desil_program a
        JOIN rilis_cakupan b ON a.baris = b.kolom WHERE a.kolom = 'jumlah' AND b.baris = 'pkh' AND b.ukuran = 'unit'""")
    assert len(pairs) == 11
    assert all((left == "terbit") == (right == "terbit") and a == b for left, right, a, b in pairs)


def test_amounts_follow_their_counts(city):
    assert city.one("""SELECT count(*) FROM rilis_putusan n JOIN rilis_putusan r USING (baris, kolom)
        WHERE n.ukuran = 'keluarga' AND r.ukuran = 'manfaat_telaah_rp' AND n.status <> r.status""") == 0  # fmt: skip
    assert (
        city.one(
            "SELECT count(*) FROM rilis_putusan WHERE satuan = 'rupiah' AND nilai % 1000000 <> 0"
        )
        == 0
    )


def test_sensitive_and_unknown_pas_groups_are_merged_and_stay_city_wide(city):
    groups = {row[0] for row in city.rows("SELECT kolom FROM rilis_pas12 WHERE baris = 'kelompok'")}
    assert "sensitif" in groups
    assert not groups & {"warga_binaan", "napza_hiv", "kode_asing"}
    assert {
        row[0]
        for row in city.rows("SELECT DISTINCT wilayah FROM rilis_pas12 WHERE baris <> 'wilayah'")
    } == {"32.72"}


def test_12_pas_weeks_begin_on_mondays_and_the_last_cumulative_is_the_total(city):
    weeks = city.rows("""SELECT kolom, tanggal, nilai, dayofweek(tanggal) FROM rilis_pas12
        WHERE baris = 'minggu' AND ukuran = 'orang_kumulatif' ORDER BY kolom""")
    assert all(day == 1 and column == str(when) for column, when, _, day in weeks)
    total = city.one("SELECT sum(orang) FROM out_pas12")
    assert (
        cell(city, "pas12", "ringkas", "orang")[0]
        == cell(city, "utama", "pas12", "orang")[0]
        == total
    )
    assert weeks[-1][2] in (None, total)


def test_official_figures_are_only_those_known_on_the_edition_s_day_with_their_source(city):
    rows = dict(city.rows("SELECT baris, nilai FROM rilis_statistik"))
    assert rows["miskin_persen_2024"] == 7.2
    assert not {"pas12_keluarga_20260118", "miskin_persen_jabar_202509", "jkn_persen_2025"} & set(
        rows
    )
    assert (
        city.one("SELECT count(*) FROM rilis_statistik WHERE teks IS NULL OR tanggal IS NULL") == 0
    )


def test_the_headline_counts_each_family_to_look_into_once(city):
    families, rupiah = city.rows(
        "SELECT count(DISTINCT family_id), sum(manfaat_telaah_rp) FROM out_review"
    )[0]
    assert abs(cell(city, "utama", "telaah", "keluarga")[0] - families) < 5
    assert cell(city, "utama", "telaah", "rupiah")[0] == pytest.approx(float(rupiah), rel=0.1)


def test_print_order_is_unique_within_a_topic(city):
    assert (
        city.one(
            "SELECT count(*) FROM (SELECT topik, urutan FROM _all GROUP BY 1, 2 HAVING count(*) > 1)"
        )
        == 0
    )
