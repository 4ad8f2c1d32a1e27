"""More families than a city has live in several: areas of their own, files of their own, nobody in two places."""

import pytest

from analysis.engine import Engine
from analysis.synthetic.parquet import write_records
from analysis.synthetic.province import kelurahan_each, rulebooks, together


@pytest.fixture(scope="module")
def three(tmp_path_factory, rulebook):
    """24,000 rows of three cities of a thousand families each, joined with their truth."""
    folder = tmp_path_factory.mktemp("provinsi")
    made = write_records(folder, rulebook, 24_000, seed=3, per_city=1000)
    with Engine() as engine:
        for name in ("core_records", "truth_record"):
            engine.attach(name, folder / f"{name}.parquet")
        engine.table("_rows", "SELECT * FROM core_records JOIN truth_record USING (record_id, source, period)")  # fmt: skip
        yield engine, made


def test_cities_share_kelurahan_names_and_no_code(rulebook):
    cities = rulebooks(rulebook, 3)
    every = together(cities)
    assert [city.city().kode for city in cities] == ["32.72", "32.31", "32.32"]
    codes = [area.kode for area in every.areas]
    assert len(set(codes)) == len(codes) == 3 * len(rulebook.areas)
    assert all(area.induk in {*codes, "32"} for area in every.areas)
    assert kelurahan_each(every.kelurahan()) == len(rulebook.kelurahan())
    assert rulebooks(rulebook, 1) == [rulebook]


def test_every_city_is_as_large_and_every_row_is_cleaned_in_its_own(three):
    engine, made = three
    assert engine.one("SELECT count(DISTINCT record_id) FROM _rows") == made
    cities = engine.rows(
        """SELECT kode_wilayah[1:5], count(*) / $made, count(DISTINCT kode_wilayah), count(DISTINCT file_sha8)
        FROM _rows GROUP BY 1 ORDER BY 1""",
        made=made,
    )
    assert [code for code, *_ in cities] == ["32.31", "32.32", "32.72"]
    for _, share, kelurahan, files in cities:
        assert 0.29 < share < 0.38
        assert (kelurahan, files) == (33, 1)


def test_nobody_has_an_address_in_two_cities(three):
    engine, _ = three
    assert engine.one("SELECT max(n) FROM (SELECT count(DISTINCT kode_wilayah) AS n FROM _rows GROUP BY person_id)") > 1  # fmt: skip
    assert engine.one("SELECT max(n) FROM (SELECT count(DISTINCT kode_wilayah[1:5]) AS n FROM _rows GROUP BY person_id)") == 1  # fmt: skip


def test_each_city_has_its_damaged_sheets(three):
    engine, _ = three
    damaged = engine.rows("SELECT kode_wilayah[1:5], count(*) FROM _rows WHERE nik_status = 'rusak_excel' GROUP BY 1")  # fmt: skip
    assert len(damaged) == 3
    assert min(count for _, count in damaged) > 20
