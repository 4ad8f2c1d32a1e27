"""A ground check of a city whose truth is known: intervals that cover it, and a register-only figure that does not."""

import numpy as np
import pandas as pd
import pytest
from citykit import put, random_city

from analysis.engine import Engine
from analysis.measures.ground_check import collapsed, estimate
from analysis.measures.ground_sample import build_frame, draw, plan

DRAWS, SLOW_DRAWS = 60, 200
LAST = 5  # sembako's desil


@pytest.fixture(scope="module")
def city(rulebook):
    """Families whose desil follows consumption loosely; who receives follows the desil, not consumption."""
    with Engine() as engine:
        random_city(engine, [a.kode for a in rulebook.kelurahan()][:10], 6000)
        build_frame(engine, "sembako", rulebook.targeting.cek_lapangan)
        families = engine.frame(
            "SELECT family_id, desil, terima FROM _check_frame ORDER BY family_id"
        )
        rng = np.random.default_rng(8)
        score = families["desil"].astype(float).fillna(5)
        poor = score + rng.normal(0, 3, len(families)) < 1.5
        yield engine, families.assign(miskin=poor.astype(float)).set_index("family_id")


@pytest.fixture(scope="module")
def found(city, rulebook):
    return checked_often(city, rulebook, DRAWS)


def checked_often(city, rulebook, draws):
    engine, truth = city
    sample = plan(engine, rulebook.targeting.cek_lapangan, margin=0.06)
    frame = truth.groupby(["desil", "terima"], dropna=False).size().rename("n").reset_index()
    rng, results = np.random.default_rng(5), []
    for seed in range(draws):
        cases = draw(engine, sample.strata, seed)
        poor = truth["miskin"].loc[cases["family_id"]].to_numpy()
        answered = rng.random(len(cases)) < 0.9
        results.append(estimate(cases.assign(miskin=np.where(answered, poor, np.nan)), frame, LAST))
    return sample, results


def true_errors(truth: pd.DataFrame) -> dict[str, float]:
    poor, received = truth["miskin"] == 1, truth["terima"]
    return {
        "salah_eksklusi": float((~received)[poor].mean()), "salah_inklusi": float((~poor)[received].mean()),
        "salah_total": float((received != poor).mean()), "miskin": float(poor.mean()),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["salah_eksklusi", "salah_inklusi", "salah_total", "miskin"])
def test_the_interval_covers_the_truth(city, found, name):
    """Sixty draws for every day; the promise itself is held by the slow test below."""
    assert 0.87 <= covered(city, found, name) <= 1


@pytest.mark.slow
def test_the_interval_covers_the_truth_in_90_to_98_percent_of_200_draws(city, rulebook):
    found = checked_often(city, rulebook, SLOW_DRAWS)
    shares = {name: covered(city, found, name) for name in true_errors(city[1])}
    assert all(0.90 <= share <= 0.98 for share in shares.values()), shares


def covered(city, found, name):
    truth = true_errors(city[1])[name]
    return np.mean([f.errors[name].low <= truth <= f.errors[name].high for f in found[1]])


def test_the_estimate_is_centred_on_the_truth_and_the_register_only_figure_is_not(city, found):
    truth = true_errors(city[1])
    for name, apart in (("salah_eksklusi", 0.02), ("salah_inklusi", 0.1)):
        values = np.array([float(f.errors[name]) for f in found[1]])
        naive = found[1][0].register[name]
        assert np.mean(values) == pytest.approx(truth[name], abs=0.01)
        assert abs(naive - truth[name]) > apart
        told = np.mean([float(f.bias[name]) for f in found[1]])
        assert told == pytest.approx(naive - truth[name], abs=0.01)


def test_the_plan_keeps_its_promise_about_the_width(found):
    sample, results = found
    reached = np.mean(
        [(f.errors["salah_eksklusi"].high - f.errors["salah_eksklusi"].low) / 2 for f in results]
    )
    assert sample.margin <= 0.06
    assert reached < 0.075  # the planned shares of poor are guesses
    assert sample.rupiah > sample.visits > 100


def test_terms_of_the_sample_add_up_and_blame_the_ranking(found):
    for f in found[1][:20]:
        terms = f.terms[["conditions", "quota", "ranking", "implementation"]]
        assert terms.sum() == pytest.approx(f.terms["exclusion"])
        assert f.terms["exclusion"] == pytest.approx(float(f.errors["salah_eksklusi"]))
    assert np.mean([f.terms["ranking"] for f in found[1]]) > 0.1


def test_worst_cases_of_those_not_interviewed_hold_the_estimate(found):
    for f in found[1][:20]:
        assert f.bounds[0] <= float(f.errors["salah_eksklusi"]) <= f.bounds[1]
        assert f.interviews < f.visits


def test_the_same_seed_draws_the_same_families_and_numbers_tell_nothing(city, rulebook):
    engine, _ = city
    sample = plan(engine, rulebook.targeting.cek_lapangan)
    one, same, other = (draw(engine, sample.strata, seed) for seed in (1, 1, 2))
    assert one.equals(same)
    assert set(one["family_id"]) != set(other["family_id"])
    assert one["kasus"].is_unique
    wanted = sample.strata.set_index("stratum")["kunjungan"]
    assert one["stratum"].value_counts().reindex(wanted.index).equals(wanted.rename("count"))


def test_strata_without_interviews_are_joined_with_their_neighbours():
    cases = pd.DataFrame(
        [("1–2|tidak|A", 50, "1–2", False)] * 3 + [("1–2|tidak|B", 30, "1–2", False)] * 2 + [("6–10|terima|A", 4, "6–10", True)] * 4,
        columns=["stratum", "n_keluarga", "kelas", "terima"],
    ).assign(miskin=[1, 0, 1, np.nan, np.nan, 0, 0, 1, 0])  # fmt: skip
    told = cases[cases["miskin"].notna()].reset_index(drop=True)
    stratum, size, joined = collapsed(cases, told)
    assert joined == 2
    assert size.tolist() == [80] * 3 + [4] * 4
    assert stratum.nunique() == 2


def test_a_city_too_small_is_visited_whole(rulebook):
    with Engine() as engine:
        put(
            engine,
            "core_families",
            [{"family_id": f"K{i}", "desil": 1 + i % 10} for i in range(30)],
        )
        put(engine, "core_enrolments", [
            {"programme": "sembako", "unit": "keluarga", "unit_id": "K0", "family_id": "K0", "manfaat_lebih_rp": 0}
        ])  # fmt: skip
        build_frame(engine, "sembako", rulebook.targeting.cek_lapangan)
        sample = plan(engine, rulebook.targeting.cek_lapangan, margin=0.01)
    assert (sample.strata["kunjungan"] <= sample.strata["n_keluarga"]).all()
    assert sample.strata.loc[sample.strata["terima"], "kunjungan"].tolist() == [1]
