"""The whole release under attack: every cell of every topic, two editions, amounts, rounding."""

import dataclasses
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from attacker import Attacker, TwoEditions, key_of, read_cells
from citykit import EDITION, random_city, with_a_month_before

from analysis.engine import Engine, Store
from analysis.measures import assess
from analysis.policy import load_rulebook
from analysis.release import cells as room
from analysis.release import release_tables
from analysis.settings import Edition

RULES = Path(__file__).resolve().parents[2] / "src" / "analysis" / "rules"
LATER = dataclasses.replace(EDITION, edition=Edition(date(2025, 12, 31), number=2))
SMALLEST, SAMPLE = 10, 60


def released(engine, rulebook, run, monkeypatch) -> tuple[list[dict], dict]:
    """Printed cells, and the true counts the office alone knows."""
    kept = {}
    keep = room.keep_record

    def noted(engine, run, release):
        kept.update({key: g.true for key, g in release.notes.items() if g.true is not None})
        keep(engine, run, release)

    monkeypatch.setattr(room, "keep_record", noted)
    names = release_tables(engine, rulebook, run)
    monkeypatch.setattr(room, "keep_record", keep)
    return read_cells(engine, names), kept


def assert_nothing_is_given_away(cells: list[dict], truth: dict, every: int) -> int:
    """Protected: every hidden cell with fewer than ten. Returns how many there were."""
    targets = {p.kode: p.desil_maks for p in load_rulebook([RULES / "contoh"]).programmes}
    attacker = Attacker(cells, truth, targets)
    hidden = sorted(
        key_of(row) for row in cells
        if row["status"] != "terbit" and truth.get(key_of(row), SMALLEST) < SMALLEST
    )  # fmt: skip
    wanted = hidden[:: max(1, len(hidden) // every)]
    for key, (low, high) in attacker.intervals(wanted).items():
        assert low - 1e-6 <= truth[key] <= high + 1e-6, key
        assert high - low >= SMALLEST - 1e-6, (key, low, high)
        assert high >= SMALLEST - 1e-6, (key, low, high)
    return len(hidden)


def assert_what_has_not_moved_holds_against_both(second, truth, first, was) -> None:
    targets = {p.kode: p.desil_maks for p in load_rulebook([RULES / "contoh"]).programmes}
    attacker = TwoEditions(second, truth, targets, first, was)
    hidden = sorted(
        key_of(row) for row in second
        if row["status"] != "terbit" and key_of(row) in attacker.holds and truth[key_of(row)] < SMALLEST
    )  # fmt: skip
    assert len(hidden) > SAMPLE
    for key, (low, high) in attacker.intervals(hidden[:: len(hidden) // SAMPLE]).items():
        assert low - 1e-6 <= truth[key] <= high + 1e-6, key
        assert high - low >= SMALLEST - 1e-6, (key, low, high)


@pytest.fixture
def sample():
    return load_rulebook([RULES / "contoh"])


@pytest.mark.parametrize("families", [900, 3000])
def test_no_hidden_cell_of_a_city_can_be_placed_within_ten_in_either_of_two_editions(
    families, sample, monkeypatch
):
    areas = [area.kode for area in sample.kelurahan()]
    with Engine() as engine:
        random_city(engine, areas, families)
        with_a_month_before(engine)
        assess(engine, sample, EDITION)
        first, truth = released(engine, sample, EDITION, monkeypatch)
        assert assert_nothing_is_given_away(first, truth, SAMPLE)
        second, again = released(engine, sample, LATER, monkeypatch)
        assert again == truth
        assert repr([(key_of(row), row["nilai"]) for row in first]) == repr(
            [(key_of(row), row["nilai"]) for row in second]
        )


def test_a_later_edition_with_a_late_list_gives_nothing_away_either(sample, monkeypatch):
    areas = [area.kode for area in sample.kelurahan()]
    with Engine() as engine:
        random_city(engine, areas, 2500)
        with_a_month_before(engine)
        assess(engine, sample, EDITION)
        first, was = released(engine, sample, EDITION, monkeypatch)
        engine.table(
            "core_enrolments", "SELECT * FROM core_enrolments WHERE md5(unit_id)[1:2] <> '00'"
        )
        assess(engine, sample, LATER)
        second, truth = released(engine, sample, LATER, monkeypatch)
        assert assert_nothing_is_given_away(second, truth, SAMPLE)
        assert_what_has_not_moved_holds_against_both(second, truth, first, was)
        before = {key_of(row): row for row in first}
        for row in second:
            old = before.get(key_of(row))
            if row["topik"] != "pas12" and old and row["status"] == old["status"] == "terbit":
                moved = abs(row["nilai"] - old["nilai"])
                is_book = key_of(row)[0] == "program" and row["ukuran"] == "penerima"
                assert is_book or moved % 5 == 0 or moved >= SMALLEST - 4, key_of(row)


@pytest.mark.slow
def test_every_topic_of_the_sample_city_holds_under_attack(finished, sample, monkeypatch):
    store = Store(finished.store)
    run = dataclasses.replace(EDITION, set_name="contoh")
    with Engine() as engine:
        store.attach(engine, *store.names("out"))
        cells, truth = released(engine, sample, run, monkeypatch)
        assert len({row["topik"] for row in cells}) > 20
        assert assert_nothing_is_given_away(cells, truth, SAMPLE)
        assert_amounts_tell_no_more_than_counts(engine, truth)


def assert_amounts_tell_no_more_than_counts(engine, truth: dict) -> None:
    """An amount divided by the average benefit is a count: never that of a hidden or a rounded one."""
    for topic, count, money in (("penyaluran", "keluarga", "keluarga_rp"), ("penyaluran", "jiwa", "jiwa_rp"),
                                ("putusan", "keluarga", "manfaat_telaah_rp")):  # fmt: skip
        rows = engine.rows(
            f"""SELECT n.wilayah, n.baris, n.kolom, n.status, r.status, n.nilai FROM rilis_{topic} n
            JOIN rilis_{topic} r USING (wilayah, baris, kolom) WHERE n.ukuran = '{count}' AND r.ukuran = '{money}'"""
        )
        for area, row, column, shown, paid, value in rows:
            assert paid != "terbit" or shown == "terbit", (topic, row, column)
            if shown == "terbit":
                assert abs(value - truth[topic, area, row, column, count]) < 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_twenty_cities_of_five_thousand_families(seed, sample, monkeypatch, capsys):
    areas = [area.kode for area in sample.kelurahan()]
    with Engine() as engine:
        random_city(engine, areas[seed % 7 :] + areas[: seed % 7], 5000 + 37 * seed)
        with_a_month_before(engine)
        assess(engine, sample, EDITION)
        cells, truth = released(engine, sample, EDITION, monkeypatch)
        hidden = assert_nothing_is_given_away(cells, truth, len(cells))
    lost = np.mean(
        [row["status"] != "terbit" for row in cells if truth.get(key_of(row), 0) >= SMALLEST]
    )
    with capsys.disabled():
        print(f"\nkota {seed}: {len(cells)} sel, {hidden} kecil, {lost:.1%} sel besar ikut ditahan")
    assert lost < 0.25
