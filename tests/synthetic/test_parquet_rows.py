"""Rows for benchmarks: cleaned like any list, each with its true person; the same for a seed."""

from analysis.engine import Engine
from analysis.engine.schemas import table_for
from analysis.synthetic.parquet import write_records


def test_rows_pass_through_cleaning_and_have_their_truth(tmp_path, rulebook):
    made = write_records(tmp_path / "a", rulebook, 12_000, seed=3)
    assert abs(made - 12_000) < 2_000
    assert write_records(tmp_path / "b", rulebook, 12_000, seed=3) == made
    with Engine() as engine:
        for name in ("core_records", "truth_record"):
            first, again = (tmp_path / folder / f"{name}.parquet" for folder in "ab")
            assert first.read_bytes() == again.read_bytes()
            engine.attach(name, first)
        joined = engine.rows(
            "SELECT count(*), count(t.person_id) FROM core_records r LEFT JOIN truth_record t USING (record_id)"
        )
        assert joined == [(made, made)]
        schema = [column.name for column in table_for("core_records").columns]
        assert list(engine.columns("core_records")) == schema
        sound = engine.one(
            "SELECT avg(CAST(nik_status = 'sah' AS INTEGER)) FROM core_records WHERE peran = 'penerima'"
        )
        assert 0.7 < sound < 0.95
        persons = engine.one("SELECT count(DISTINCT person_id) FROM truth_record")
        assert 2 < made / persons < 4
