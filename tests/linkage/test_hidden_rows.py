"""Rows whose NIK is hidden to see what is missed: which are tried, and what without a NIK says nothing more."""

import pytest
from linkage_rosters import LISTS, rosters

from analysis.engine import Engine
from analysis.linkage.clusters import join_units
from analysis.linkage.hidden_number import relink_hidden
from analysis.linkage.keys import build_units

SMALL = "lansia"


@pytest.fixture(scope="module")
def tried(rulebook):
    """Rows of persons with several rows, and which of them were tried, where one person in ten is drawn."""
    rules = rulebook.linkage.model_copy(update={"periksa_baris": 1000, "periksa_daftar": 50})
    rows = rosters(20_000, seed=31).assign(berkas="uji")
    with Engine() as engine:
        engine.register("core_records", rows.drop(columns=["truth", "twin"]))
        build_units(engine)
        join_units(engine, rules)
        relink_hidden(engine, rules)
        assert engine.one("SELECT count(*) = count(DISTINCT uid) FROM _hidden")
        return engine.frame(
            """SELECT u.uid, r.source, u.nik IS NOT NULL AS told, u.no_kk IS NULL AND u.born IS NULL AS bare, h.uid IS NOT NULL AS tried,
                h.drawn, h.missed, h.missed_wrong FROM core_records r JOIN _unit_of USING (record_id) JOIN _units u USING (uid) JOIN _clusters c USING (uid)
            LEFT JOIN _hidden h USING (uid) WHERE NOT u.mute QUALIFY count(DISTINCT u.uid) OVER (PARTITION BY c.cluster) > 1"""
        )


def test_every_row_of_a_small_list_is_tried(tried):
    by_list = tried.groupby("source")["tried"].mean()
    assert by_list[SMALL] > 0.99
    assert (by_list.drop(SMALL) < 0.2).all()
    assert set(by_list.index) == set(LISTS)


def test_what_is_drawn_by_chance_does_not_favour_the_small_list(tried):
    drawn = tried[tried["drawn"].fillna(False).astype(bool)]
    share = (drawn["source"] == SMALL).mean() / (tried["source"] == SMALL).mean()
    assert 0.4 < share < 1.8


def test_a_row_that_says_nothing_without_its_nik_is_judged_as_a_thin_row(tried):
    """It has a miss rate of its own (missed_thin): counted among the others it would speak for rows that say more."""
    hidden = tried[tried["tried"] & tried["told"]]
    assert hidden["bare"].sum() > 5
    assert (hidden["missed"].isna() == hidden["bare"]).all()


def test_a_number_that_is_not_its_own_is_worse_than_none(tried):
    """It speaks against the row's own person: such rows are missed more often than rows without a number, not as often as all."""
    hidden = tried[tried["tried"] & tried["told"] & ~tried["bare"]]
    without, wrong = (hidden[name].astype(bool).mean() for name in ("missed", "missed_wrong"))
    assert without < wrong < 0.5
