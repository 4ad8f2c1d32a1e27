"""`selaras resolve` against Splink 5 on lists neither was tuned to; Splink takes its best threshold in hindsight.

`python tests/benchmarks/any_lists.py` prints the table; ANY_LISTS.md keeps what was measured. Both block on every two fields;
Splink compares as its tutorial does (names with Jaro–Winkler and term frequency, dates, e-mail) and clusters by
connected components at whichever of 23 thresholds is best by the truth, which no user has.
"""

import itertools
import logging
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "linkage")]
from layouts import FAKE, FEBRL, PERSON, generic  # noqa: E402
from linkage_truth import pairwise  # noqa: E402
from strangers import PEOPLES, Dirt, People  # noqa: E402

SHARED = HERE.parents[2] / "shared" / "data"
THRESHOLDS = (*range(-10, 10, 2), *range(10, 62, 4))
Lists = tuple[list[pd.DataFrame], dict[str, str]]


def generated(people: str) -> dict[str, Lists]:
    """Households of one people: repeated rows in one list, and two lists that overlap, with fewer and fewer fields."""
    made = People(4000, 3, people)
    repeat = made.random.choice([1, 2, 3, 4], 4000, p=[0.5, 0.3, 0.15, 0.05])
    one = made.rows(np.repeat(np.arange(4000), repeat), Dirt())
    two = [made.rows(np.arange(2800), Dirt(moved=0, typo=0.02)), made.rows(np.arange(1500, 4000), Dirt())]  # fmt: skip
    dated = {name: PERSON[name] for name in ("given", "family", "born")}
    placed = {name: PERSON[name] for name in ("given", "middle", "family", "house", "street", "city", "postcode")}  # fmt: skip
    one["name"] = one[["given", "middle", "family"]].fillna("").agg(" ".join, axis=1).str.split().str.join(" ")  # fmt: skip
    return {
        f"{people}: one list": ([one], PERSON),
        f"{people}: two lists": (two, PERSON),
        f"{people}: names and birth date": (two, dated),
        f"{people}: names and address": (two, placed),
        f"{people}: full name, birth date, city": (
            [one],
            {"name": "name", "born": "date", "city": "text"},
        ),
    }


def public() -> dict[str, Lists]:
    """FEBRL 3, FEBRL 4 and fake_1000, where shared/data is there."""
    if not SHARED.exists():
        return {}
    fake = pd.read_csv(SHARED / "fake_1000.csv", dtype=str).rename(columns={"cluster": "truth"})
    febrl = {}
    for name in ("3", "4a", "4b"):
        rows = pd.read_csv(SHARED / f"febrl{name}.csv", dtype=str, skipinitialspace=True)
        febrl[name] = rows.assign(truth=rows["rec_id"].str.extract(r"rec-(\d+)")[0])
    return {
        "fake_1000": ([fake], _kinds(FAKE)),
        "FEBRL 3": ([febrl["3"]], _kinds(FEBRL)),
        "FEBRL 4": ([febrl["4a"], febrl["4b"]], _kinds(FEBRL)),
    }


def _kinds(layout: str) -> dict[str, str]:
    return dict(re.findall(r'^(\w+) = \{ kind = "(\w+)"', layout, re.MULTILINE))


def own(lists: list[pd.DataFrame], kinds: dict[str, str]) -> tuple[float, float]:
    """F1 and CPU seconds of the command as an analyst calls it."""
    with tempfile.TemporaryDirectory() as name:
        place, truth = Path(name), []
        for number, rows in enumerate(lists):
            rows = rows.assign(row_id=[f"{number}-{i}" for i in range(len(rows))])
            truth.append(rows[["row_id", "truth"]])
            rows.drop(columns="truth").to_csv(place / f"{number}.csv", index=False)
        identifier = "opaque" if "identifier" in kinds.values() else "none"
        (place / "l.toml").write_text(generic(identifier, "row_id", **kinds))
        files = [f"{number}.csv" for number in range(len(lists))]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        words = [sys.executable, "-m", "analysis", "resolve", "--layout", "l.toml", *files, "--out", "o.parquet"]  # fmt: skip
        subprocess.run(words, cwd=place, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found = pd.read_parquet(place / "o.parquet")
    joined = found.merge(pd.concat(truth), left_on="record", right_on="row_id", validate="1:1")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return pairwise(joined["truth"], joined["person_id"])[2], cpu


def peer(lists: list[pd.DataFrame], kinds: dict[str, str]) -> tuple[float, float]:
    """Splink's best F1 over THRESHOLDS, and its CPU seconds without the clustering of each."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    rows = pd.concat(lists, ignore_index=True)[[*kinds, "truth"]].assign(unique_id=lambda d: range(len(d)))  # fmt: skip
    for name in kinds:
        rows[name] = rows[name].str.strip().str.lower()
    rules = [block_on(*pair) for pair in itertools.combinations([k for k in kinds if kinds[k] != "sex"], 2) if _pairs(rows, pair) <= 40 * len(rows)]  # fmt: skip
    settings = SettingsCreator(
        link_type="dedupe_only", comparisons=[_compared(k, kind) for k, kind in kinds.items()],
        blocking_rules_to_generate_predictions=rules,
    )  # fmt: skip
    logging.disable(logging.WARNING)
    start = time.process_time()
    api = DuckDBAPI()
    linker = Linker(api.register(rows.drop(columns="truth")), settings)
    linker.training.estimate_u_using_random_sampling(1e6, seed=1)
    sharp = sorted((k for k in kinds if kinds[k] != "sex"), key=lambda k: _pairs(rows, (k,)))[:3]
    for pair in itertools.combinations(sharp, 2):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*pair[:1]))
    found = linker.inference.predict(threshold_match_weight=-10).as_pandas_dataframe()
    cpu = time.process_time() - start
    best = 0.0
    for least in THRESHOLDS:
        kept = found[found["match_weight"] >= least]
        ends = (kept["unique_id_l"].to_numpy(), kept["unique_id_r"].to_numpy())
        graph = coo_array((np.ones(len(kept)), ends), shape=(len(rows), len(rows)))
        label = connected_components(graph, directed=False)[1]
        best = max(best, pairwise(rows["truth"], pd.Series(label))[2])
    return best, cpu


def _pairs(rows: pd.DataFrame, columns: tuple[str, ...]) -> float:
    n = rows.dropna(subset=list(columns)).groupby(list(columns)).size()
    return float((n * (n - 1) / 2).sum())


def _compared(name: str, kind: str) -> object:
    import splink.comparison_library as cl

    if kind == "sex":
        return cl.ExactMatch(name)
    if kind == "name":
        return cl.NameComparison(name)
    if kind == "date":
        return cl.DateOfBirthComparison(name, input_is_string=True, datetime_format="%Y-%m-%d")
    if kind == "contact":
        return cl.LevenshteinAtThresholds(name, [2])
    if kind == "text":
        return cl.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(term_frequency_adjustments=True)  # fmt: skip
    return cl.DamerauLevenshteinAtThresholds(name, [1]).configure(term_frequency_adjustments=True)


def main() -> None:
    sets = public()
    for people in PEOPLES:
        sets |= generated(people)
    print("| set | rows | Selaras F1 | Splink 5, best threshold | Selaras CPU s | Splink CPU s |")
    print("|---|---|---|---|---|---|")
    for name, (lists, kinds) in sets.items():
        (found, cpu), (best, theirs) = own(lists, kinds), peer(lists, kinds)
        rows = sum(map(len, lists))
        print(f"| {name} | {rows:,} | {found:.4f} | {best:.4f} | {cpu:.1f} | {theirs:.1f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
