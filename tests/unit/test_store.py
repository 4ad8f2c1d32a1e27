"""The store refuses broken tables, swaps whole files, and knows what is stale."""

import pandas as pd
import pytest

from analysis.engine import Engine, StageNotes, Store, load_tables, stage_key
from analysis.errors import SelarasError

GOOD = "SELECT 'nama' AS jenis, 'SARI' AS teks UNION ALL SELECT 'alamat', 'JALAN A'"


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def write(store, sql, name="core_names", key="k"):
    with Engine() as engine:
        engine.table(name, sql)
        store.write(engine, name, key)


def test_a_table_comes_back_sorted_by_its_key(store):
    write(store, GOOD)
    assert store.frame("core_names")["jenis"].tolist() == ["alamat", "nama"]


def test_the_same_rows_give_the_same_bytes(store, tmp_path):
    write(store, GOOD)
    first = store.path("core_names").read_bytes()
    write(Store(tmp_path / "b"), "SELECT * FROM (" + GOOD + ") ORDER BY teks DESC")
    assert Store(tmp_path / "b").path("core_names").read_bytes() == first


@pytest.mark.parametrize(
    ("sql", "key"),
    [
        ("SELECT 'nama' AS jenis", "table_columns_missing"),
        ("SELECT 'nama' AS jenis, 'A' AS teks, 1 AS lebih", "table_columns_unknown"),
        ("SELECT 'nama' AS jenis, NULL AS teks", "table_nulls"),
        ("SELECT 'nama' AS jenis, 'A' AS teks UNION ALL SELECT 'nama', 'A'", "table_key_repeated"),
    ],
)
def test_a_table_that_breaks_its_schema_is_not_written(store, sql, key):
    write(store, GOOD)
    before = store.path("core_names").read_bytes()
    with pytest.raises(SelarasError) as caught:
        write(store, sql)
    assert caught.value.key == key
    assert store.path("core_names").read_bytes() == before


def test_a_table_nobody_described_is_not_written(store):
    with pytest.raises(SelarasError, match="hantu"):
        write(store, GOOD, name="core_hantu")


def test_a_stage_is_stale_when_its_key_changes_or_its_table_was_touched(store):
    write(store, GOOD, key=stage_key("a"))
    notes = StageNotes(store)
    notes.keep("clean", stage_key("a"), ["core_names"])
    assert notes.is_fresh("clean", stage_key("a"))
    assert not notes.is_fresh("clean", stage_key("b"))
    path = store.path("core_names")
    path.write_bytes(path.read_bytes() + b"x")
    assert not notes.is_fresh("clean", stage_key("a"))


def test_a_stage_removes_what_it_no_longer_makes(store):
    write(store, GOOD, key="k")
    notes = StageNotes(store)
    notes.keep("clean", "k", ["core_names"])
    notes.keep("clean", "k2", [])
    assert not store.path("core_names").exists()


def test_every_described_column_has_a_type_and_a_meaning():
    for table in load_tables().values():
        names = [column.name for column in table.columns]
        assert set(table.key) <= set(names)
        assert all(column.meaning for column in table.columns)


def test_an_all_null_text_column_keeps_its_type(store):
    with Engine() as engine:
        frame = pd.DataFrame({"a": pd.Series([None, None], dtype="str")})
        engine.register("t", frame)
        assert engine.columns("t") == {"a": "VARCHAR"}
