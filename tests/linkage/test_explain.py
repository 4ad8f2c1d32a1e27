"""Why a pair is one person: the parts add up to the score, point the right way, and stay in the office."""

import json
import re
import shutil
from functools import cache

import numpy as np
import pandas as pd
import pytest
from workspace import Office

from analysis.engine import Engine, Store
from analysis.field import LinkReview, explain
from analysis.linkage import background, mean_evidence, part_of, taken_apart
from analysis.linkage.comparisons import all_patterns, decoded
from analysis.linkage.indonesia import ALL


@pytest.fixture(scope="module")
def chances(finished):
    model = pd.read_parquet(finished.store.parent / "registry/registry_model.parquet")
    return model.set_index("pattern")["peluang"]


def pattern(**levels: int) -> int:
    """The pattern with these levels; names and birth dates of middle rarity where they agree."""
    table = decoded(all_patterns(ALL), ALL)
    at = np.logical_and.reduce([table[name] == level for name, level in levels.items()])
    for name in ("nama", "lahir"):
        at &= table[f"{name}_f"].isin([-1, 6])
    return int(np.flatnonzero(at)[0])


SAME = {"nama": 0, "lahir": 0, "rumah": 0, "kelamin": 0, "daftar": 0, "nik": 0}
OTHER = {"nama": 6, "lahir": 4, "rumah": 7, "kelamin": 1, "daftar": 0, "nik": 3}


def test_start_and_contributions_are_the_score(chances, rulebook):
    model = background(chances, rulebook.linkage)
    rng = np.random.default_rng(5)
    for which in rng.choice(len(chances), 60, replace=False):
        told = taken_apart(int(which), model, rulebook.linkage)
        odds = told.start + told.steps["sumbangan"].sum()
        assert 1 / (1 + np.exp(-odds)) == pytest.approx(
            np.clip(chances.loc[which], 1e-6, 1 - 1e-6), abs=2e-6
        )


def test_evidence_points_the_way_it_speaks(chances, rulebook):
    model = background(chances, rulebook.linkage)
    for levels, sign in ((SAME, 1), (OTHER, -1)):
        steps = taken_apart(pattern(**levels), model, rulebook.linkage).steps.set_index("nama")[
            "sumbangan"
        ]
        assert (sign * steps[["nama", "lahir", "nik"]] > 0).all()
        assert sign * steps.sum() > 0


def test_the_order_of_comparisons_does_not_matter_for_a_model_that_adds(rulebook):
    """Where log-odds are a sum, Shapley's share is the comparison's own weight against its mean."""
    table = decoded(all_patterns(ALL), ALL)
    weight = sum((table[c.name] + 1) * (place - 2.5) / 4 for place, c in enumerate(ALL))
    chances = pd.Series(1 / (1 + np.exp(-weight)))
    model = background(chances, rulebook.linkage)
    which = pattern(**SAME)
    steps = taken_apart(which, model, rulebook.linkage).steps
    for place, (c, given) in enumerate(zip(ALL, steps["sumbangan"], strict=True)):
        axis = [0 if other != place else slice(None) for other in range(len(ALL))]
        own = model.grid[tuple(axis)]
        at = np.unravel_index(which, model.grid.shape, order="F")[place]
        mean = (own @ model.one[place] + own @ model.two[place]) / 2
        assert given == pytest.approx(own[at] - mean, abs=1e-3), c.name


LISTS = "Orang dan daftar lain"


def test_the_mean_of_many_pairs_names_nobody(chances, rulebook):
    model = background(chances, rulebook.linkage)
    drawn = pd.DataFrame(
        {
            "pola": [pattern(**SAME), pattern(**OTHER)],
            "digabung": [True, False],
            "bobot": [3.0, 1.0],
        }
    ).assign(peluang=lambda told: chances[told["pola"]].to_numpy())
    found = mean_evidence(drawn, model, rulebook.linkage)
    assert list(found.columns) == ["digabung", "judul", "sumbangan"]
    name = found[found["judul"] == "Nama"].set_index("digabung")["sumbangan"]
    assert name[True] > 0 > name[False]
    assert LISTS not in set(found["judul"])
    joined = found[found["digabung"]].drop(columns="digabung")
    # of the pairs joined one in four is likelier for what other lists say, by odds of e
    odds = chances[pattern(**SAME)] / (1 - chances[pattern(**SAME)]) * np.e
    likelier = drawn.iloc[:1].assign(peluang=odds / (1 + odds), bobot=1.0)
    moved = mean_evidence(pd.concat([drawn, likelier]), model, rulebook.linkage)
    moved = moved[moved["digabung"]].drop(columns="digabung")
    assert moved.iloc[:-1]["sumbangan"].to_numpy() == pytest.approx(joined["sumbangan"].to_numpy())
    assert tuple(moved.iloc[-1]) == (LISTS, pytest.approx(0.25, abs=1e-4))


@pytest.fixture(scope="module")
def pair(finished, rulebook):
    pairs = LinkReview(
        Store(finished.store), finished.root / "data/keputusan/contoh", rulebook
    ).pairs()
    return pairs[pairs["pola"].notna()].iloc[0]


def test_the_page_shows_both_rows_and_the_terminal_shows_neither(finished, pair, tmp_path):
    target = finished.root / "data/derived/contoh/uji_penjelasan.html"
    try:
        said = finished.selaras("review", "explain", pair["nomor"], "--out", str(target))
        assert said.code == 0, said.err
        page = target.read_text(encoding="utf-8")
    finally:
        target.unlink(missing_ok=True)
    assert "LEMBAR KERJA TERBATAS" in page
    assert "<svg" in page
    for side in ("a", "b"):
        assert pair[f"nama_asli_{side}"] in page
        assert pair[f"nama_asli_{side}"] not in said.out + said.err
    assert "Peluang orang yang sama" in said.out


def test_an_explanation_in_english_holds_no_indonesian_words(finished, pair):
    target = finished.root / "data/derived/contoh/uji_penjelasan_en.html"
    try:
        said = finished.selaras(
            "review", "explain", pair["nomor"], "--out", str(target), "--lang", "en"
        )
        page = target.read_text(encoding="utf-8")
    finally:
        target.unlink(missing_ok=True)
    assert "Chance of one person" in said.out
    assert "joined now" in said.out
    assert 'lang="en"' in page
    words = r"\b(sama|berbeda|tidak|Peluang|Nama|Sumbangan|Bukti|Titik|Baris|Mulai|Seluruhnya)\b"
    assert not re.search(words, said.out + page.split("</table>", 1)[1])


@pytest.mark.parametrize(
    "place", ["reports/bukti.html", "bukti.html", "data/../reports/bukti.html"]
)
def test_an_explanation_never_leaves_the_office(finished, pair, place):
    said = finished.selaras("review", "explain", pair["nomor"], "--out", place)
    assert said.code == 2
    assert "hanya boleh di bawah data/" in said.err
    assert not (finished.root / "reports/bukti.html").exists()


def test_the_score_told_is_the_pair_s_own(finished, pair, tmp_path):
    target = finished.root / "data/derived/contoh/uji_penjelasan.html"
    try:
        told = json.loads(
            finished.selaras("review", "explain", pair["nomor"], "--json", "--out", str(target)).out
        )
    finally:
        target.unlink(missing_ok=True)
    assert told["chance"] == pytest.approx(pair["peluang"], abs=2e-6)
    assert told["joined"] == pair["digabung"]
    odds = told["start"] + sum(step["weight"] for step in told["steps"])
    assert 1 / (1 + np.exp(-odds)) == pytest.approx(pair["peluang"], abs=0.01)


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory) -> Office:
    """A city with pairs in doubt enough that lists were weighed against each other."""
    office = Office.furnished(tmp_path_factory.mktemp("ragu"))
    for words in (("demo", "--families", "6000", "--dirtiness", "kotor"), ("link",)):
        made = office.selaras(*words)
        assert made.code == 0, made.err
    return office


@pytest.fixture(scope="module")
def review(doubtful, rulebook):
    return LinkReview(Store(doubtful.store), doubtful.root / "data/keputusan/contoh", rulebook)


def ends_at(evidence) -> float:
    return 1 / (1 + np.exp(-(evidence.start + evidence.steps["sumbangan"].sum())))


def test_every_pair_s_evidence_ends_at_its_own_chance(doubtful, review, rulebook):
    scored = review.pairs().dropna(subset="pola")
    table = pd.read_parquet(doubtful.store.parent / "registry/registry_model.parquet")
    model = background(table.set_index("pattern")["peluang"], rulebook.linkage)
    apart = cache(lambda pola: taken_apart(pola, model, rulebook.linkage))
    told = [apart(int(p)).with_lists(c, rulebook.linkage) for p, c in zip(scored["pola"], scored["peluang"], strict=True)]  # fmt: skip
    moved = [len(evidence.steps) > len(ALL) for evidence in told]
    assert 30 < sum(moved) < len(moved)
    assert [ends_at(e) for e in told] == pytest.approx(list(scored["peluang"]), abs=3e-6)


def test_what_lists_say_of_each_other_is_a_step_in_both_languages(doubtful, review, rulebook):
    registry, moved = Store(doubtful.store.parent), []
    for pair in review.pairs().dropna(subset="pola").head(12).itertuples():
        for lang, head in (("id", "Orang dan daftar lain"), ("en", "Other people and lists")):
            told = explain(review, registry, rulebook, pair.nomor, lang).evidence
            assert told.chance == pytest.approx(pair.peluang, abs=2e-6)
            assert ends_at(told) == pytest.approx(pair.peluang, abs=3e-6)
            last = told.steps["judul"].iloc[-1]
            moved.append(len(told.steps) > len(ALL))
            assert last == (head if moved[-1] else "NIK")
    assert any(moved)


def test_a_model_learned_since_says_nothing_of_lists(doubtful, review, rulebook):
    """A later period leaves its own model: what differs then is not what lists said."""
    scored = review.pairs().dropna(subset="pola")
    table = pd.read_parquet(doubtful.store.parent / "registry/registry_model.parquet")
    chances = table.set_index("pattern")["peluang"]
    for model, own in ((chances, True), (chances**1.1, False)):
        found = background(model, rulebook.linkage)
        assert found.scored(scored["pola"], scored["peluang"], rulebook.linkage) is own


def test_a_period_is_explained_by_its_own_model(doubtful, review, rulebook, tmp_path):
    shutil.copytree(doubtful.store.parent / "registry", tmp_path / "registry")
    registry = Store(tmp_path)
    # a pair that other people and lists did not move ends at what the model alone says
    numbers = review.pairs().dropna(subset="pola")["nomor"]
    number = next(n for n in numbers if len(explain(review, registry, rulebook, n).evidence.steps) == len(ALL))  # fmt: skip
    chance = explain(review, registry, rulebook, number).evidence.chance
    later = registry.frame("registry_model").assign(peluang=lambda model: model["peluang"] ** 1.1)
    with Engine() as engine:
        engine.register("registry_model", later)
        registry.write(engine, "registry_model", "")
    assert explain(review, registry, rulebook, number).evidence.chance == chance
    registry.remove(f"registry_model_{part_of(review.store)}")
    assert explain(review, registry, rulebook, number).evidence.chance < chance
