"""Linkage at a million rows and more, against Splink 5 on the same records, interleaved.

`python linkage_million.py` runs all and prints the section of RESULTS.md; `own FILE` links one file.
"""

import json
import math
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]


def figures(truth, found) -> str:
    """Quality of a partition as one JSON line."""
    import pandas as pd
    from linkage_truth import b_cubed, pairwise

    codes = pd.factorize(found)[0]
    precision, recall, f1 = pairwise(truth, codes)
    persons = len(set(codes)) / truth.nunique()
    return json.dumps({"precision": precision, "recall": recall, "f1": f1, "b3": b_cubed(truth, codes),
                       "persons": persons, "largest": int(pd.Series(codes).value_counts().max())})  # fmt: skip


def own(path: str) -> None:
    """Link the records of a Parquet file as a run does, up to clusters."""
    from analysis.engine import Engine
    from analysis.linkage.clusters import build_clusters
    from analysis.linkage.keys import build_units
    from analysis.linkage.model import scored_pairs, trained
    from analysis.linkage.prelink import build_nodes
    from analysis.policy import load_rulebook

    rules = load_rulebook().linkage
    with Engine() as engine:
        engine.attach("core_records", Path(path))
        build_units(engine)
        build_nodes(engine, rules)
        model = trained(engine, rules)
        model.store(engine)
        build_clusters(engine, scored_pairs(engine, rules), rules, model.sure_of)
        found = engine.frame(
            "SELECT r.truth, c.cluster FROM core_records r JOIN _unit_of USING (record_id) JOIN _clusters c USING (uid)"
        )
    print(figures(found["truth"], found["cluster"]))


def timed(words: list[str]) -> tuple[dict, float, float]:
    """What a child printed last, its CPU seconds and its peak MiB."""
    code = "import resource,subprocess,sys; d=subprocess.run(sys.argv[1:],capture_output=True,text=True,check=True); u=resource.getrusage(resource.RUSAGE_CHILDREN); print(d.stdout.strip().splitlines()[-1]); print(u.ru_utime+u.ru_stime, u.ru_maxrss/1024)"
    done = subprocess.run(
        [sys.executable, "-c", code, sys.executable, *words],
        capture_output=True,
        text=True,
        check=True,
    )
    quality, cost = done.stdout.strip().splitlines()[-2:]
    cpu, peak = (float(cell) for cell in cost.split())
    return json.loads(quality), cpu, peak


WAYS = {"Selaras": ["own"], "Splink natural": ["natural"], "Splink guarded": ["guarded"]}


def compared(path: str, rounds: int) -> list[str]:
    """Rows of the table: medians of interleaved rounds."""
    cpu: dict[str, list[float]] = {name: [] for name in WAYS}
    last = {}
    for _ in range(rounds):
        for name, words in WAYS.items():
            script = "linkage_million.py" if words == ["own"] else "peer_splink.py"
            order = ["own", path] if words == ["own"] else [path, *words]
            quality, seconds, peak = timed([str(HERE / script), *order])
            cpu[name].append(seconds)
            last[name] = (quality, peak)
    base = statistics.median(cpu["Selaras"])
    lines = []
    for name, (q, peak) in last.items():
        middle = statistics.median(cpu[name])
        lines.append(
            f"| {name} | {middle:.1f} ({min(cpu[name]):.1f}–{max(cpu[name]):.1f}) | {base / middle:.2f} | {peak:.0f} | {q['precision']:.4f} | "
            f"{q['recall']:.4f} | {q['f1']:.4f} | {q['b3']:.4f} | {q['persons']:.4f} | {q['largest']} |"
        )
    return lines


def main(
    rows: int = 1_000_000, rounds: int = 3, sizes: tuple[int, ...] = (1_000_000, 4_000_000)
) -> None:
    with tempfile.TemporaryDirectory() as folder:

        def made(size: int) -> str:
            path = f"{folder}/{size}.parquet"
            if not Path(path).exists():
                subprocess.run(
                    [sys.executable, str(HERE / "linkage_rosters.py"), str(size), path], check=True
                )
            return path

        print(
            f"### Linkage of {rows:,} rows (made-up rosters with truth), {rounds} interleaved rounds\n"
        )
        print("| way | CPU s, median (range) | Selaras ÷ way | peak MiB | precision | recall | F1 | B³ | persons ÷ true | largest |\n|---|---|---|---|---|---|---|---|---|---|")  # fmt: skip
        print("\n".join(compared(made(rows), rounds)), flush=True)
        used = {}
        for size in sizes:
            quality, used[size], peak = timed([str(HERE / "linkage_million.py"), "own", made(size)])
            print(
                f"\n{size:,} rows: {used[size]:.1f} CPU s, peak {peak:.0f} MiB, F1 {quality['f1']:.4f}, largest {quality['largest']}.",
                flush=True,
            )
        if len(sizes) > 1:
            exponent = math.log(used[sizes[-1]] / used[sizes[0]]) / math.log(sizes[-1] / sizes[0])
            print(f"\nGrowth between the ends: N^{exponent:.2f}.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["own"]:
        own(sys.argv[2])
    else:
        main(
            *(int(word) for word in sys.argv[1:3]),
            *([tuple(int(w) for w in sys.argv[3:])] if sys.argv[3:] else []),
        )
