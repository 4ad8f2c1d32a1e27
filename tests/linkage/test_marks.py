"""Keys in numbers: a mark found from what rows say is the mark of the key as the registry keeps it, and marks follow the registry."""

import pandas as pd
import pytest
from linkage_rosters import rosters

from analysis.engine import Engine, Store
from analysis.linkage.keys import build_units
from analysis.linkage.person_keys import KEYS, MARKED_KEYS, keys_of, marks_of
from analysis.registry import Registry


@pytest.fixture
def engine():
    with Engine() as made:
        yield made


def test_marks_of_rows_are_those_of_the_registry(engine):
    engine.register("core_records", rosters(2_000, seed=3))
    build_units(engine)
    engine.table("_clusters", "SELECT uid, uid // 2 AS cluster FROM _units")
    engine.table("marked", f"SELECT *, '2025-12' AS period, 12 AS person FROM ({MARKED_KEYS})")
    engine.table("told", keys_of("marked").replace("SELECT", "SELECT cluster, mark,", 1))
    engine.table(
        "registry_keys",
        f"SELECT DISTINCT key_hash, '2025-12' AS period, 'J-0000012' AS person_id FROM ({KEYS})",
    )
    rows = engine.rows(
        f"""SELECT count(*), count(DISTINCT mark), count(DISTINCT key_hash), min(person), max(person)
        FROM told JOIN ({marks_of("registry_keys")}) USING (mark)"""
    )
    keys = engine.one("SELECT count(*) FROM registry_keys")
    assert rows == [(engine.one("SELECT count(*) FROM told"), keys, keys, 12, 12)]
    assert (
        engine.one(
            f"SELECT count(*) FROM (FROM ({KEYS}) EXCEPT SELECT cluster, key_hash FROM told)"
        )
        == 0
    )


def keep(store, name, *keys):
    with Engine() as engine:
        rows = [
            {"key_hash": f"n-{key}", "period": "2025-12", "person_id": who} for key, who in keys
        ]
        engine.register(name, pd.DataFrame(rows))
        store.write(engine, name, "")


def test_marks_follow_the_registry_and_what_increments_added(tmp_path, rulebook):
    store = Store(tmp_path)
    registry = Registry(store, rulebook, tmp_path / "keputusan")

    def marked():
        with Engine() as engine:
            registry.attach_marks(engine)
            return [p for (p,) in engine.rows("SELECT person FROM base_marks ORDER BY person")]

    assert marked() == []
    first = ("00000000-00000000-00000000-00000001", "J-0000001")
    second = ("00000001-00000000-00000000-00000000", "")
    keep(store, "registry_keys", first)
    assert marked() == [1]
    with Engine() as engine:
        # the first half of its md5 is 00…01, the other 02…00; and n is 110
        added = {"mark": 1 ^ 110, "kind": "n", "rest": 2, "period": "2025-12", "person": 0}
        engine.register("registry_keys_0123456789ab", pd.DataFrame([added]))
        store.write(engine, "registry_keys_0123456789ab", "")
        registry.attach(engine)
        told = "SELECT person_id FROM registry_keys WHERE key_hash = 'n-00000000-00000001-02000000-00000000'"
        assert engine.one(told) == ""
    assert marked() == [0, 1]
    keep(store, "registry_keys", first, second)
    registry.forget_added_keys()
    assert marked() == [0, 1]


def test_small_statements_run_on_one_thread_and_the_rest_on_all():
    with Engine(threads=2) as engine:
        with engine.on_one_thread():
            assert engine.one("SELECT current_setting('threads')") == 1
        assert engine.one("SELECT current_setting('threads')") == 2
