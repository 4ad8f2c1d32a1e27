"""Linkage at a million rows and more, against Splink 5 on the same records, interleaved.

`python linkage_million.py` measures all and renews the section of RESULTS.md (`--rounds 1` for a short
run); `own FILE` links one file. Rows: `selaras demo --rows`, and the rosters of linkage_rosters.py.
"""

import argparse
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
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
    from analysis.linkage.clusters import join_units
    from analysis.linkage.keys import build_units
    from analysis.policy import load_rulebook

    rules = load_rulebook().linkage
    with Engine() as engine:
        engine.attach("core_records", Path(path))
        build_units(engine)
        join_units(engine, rules)
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


TITLE = "## Linkage against Splink 5"
HEAD = """| way | CPU s, median (range) | Selaras ÷ way | peak MiB | precision | recall | F1 | B³ | persons ÷ true | largest |
|---|---|---|---|---|---|---|---|---|---|"""
WAYS = {"Selaras": ["own"], "Splink natural": ["natural"], "Splink guarded": ["guarded"]}


def spread(seconds: list[float], digits: int = 1) -> str:
    """Median and range."""
    low, middle, high = (f"{f(seconds):.{digits}f}" for f in (min, statistics.median, max))
    return f"{middle} ({low}–{high})"


def compared(path: str, rounds: int) -> list[str]:
    """Rows of the table: medians of interleaved rounds."""
    cpu: dict[str, list[float]] = {name: [] for name in WAYS}
    last = {}
    for _ in range(rounds):
        for name, words in WAYS.items():
            script = "linkage_million.py" if words == ["own"] else "peer_splink.py"
            order = ["own", path] if words == ["own"] else [path, *words]
            try:
                quality, seconds, peak = timed([str(HERE / script), *order])
            except subprocess.CalledProcessError:
                if words == ["own"]:
                    raise
                continue  # Splink's "not fully trained" ends a peer's run
            cpu[name].append(seconds)
            last[name] = (quality, peak)
    base = statistics.median(cpu["Selaras"])
    lines = []
    for name, (q, peak) in last.items():
        middle = statistics.median(cpu[name])
        lines.append(
            f"| {name} | {spread(cpu[name])} | {base / middle:.2f} | {peak:.0f} | {q['precision']:.4f} | "
            f"{q['recall']:.4f} | {q['f1']:.4f} | {q['b3']:.4f} | {q['persons']:.4f} | {q['largest']} |"
        )
    ended = [f'| {name} | ended by "not fully trained" |' for name in WAYS if name not in last]
    return lines + [line + " – |" * 8 for line in ended]


def city(rows: int, folder: Path) -> str:
    """`selaras demo --rows`: cleaned records with `truth`, as one Parquet file; several cities where one would not hold them."""
    return _with_truth(folder / f"city{rows}.parquet", ["-m", "analysis", "demo", "--rows", str(rows)])  # fmt: skip


def dense(rows: int, folder: Path) -> str:
    """The same, but all in the 33 kelurahan of one city."""
    code = (
        "from pathlib import Path; from analysis.policy import load_rulebook; from analysis.synthetic.parquet import write_records; "
        f"write_records(Path('data/ukur'), load_rulebook(), {rows}, per_city={rows})"
    )
    return _with_truth(folder / f"dense{rows}.parquet", ["-c", code])


def _with_truth(made: Path, words: list[str]) -> str:
    """`made`: what the command writes to data/ukur, records beside their truth."""
    import duckdb

    place = made.with_suffix("")
    if not made.exists():
        place.mkdir(exist_ok=True)
        subprocess.run([sys.executable, *words], cwd=place, check=True, capture_output=True)
        with duckdb.connect() as connection:
            connection.execute(
                f"""COPY (SELECT r.*, t.person_id AS truth FROM '{place}/data/ukur/core_records.parquet' r
                JOIN '{place}/data/ukur/truth_record.parquet' t USING (record_id) ORDER BY record_id)
                TO '{made}' (FORMAT parquet, COMPRESSION zstd)"""
            ).fetchall()
        shutil.rmtree(place)
    return str(made)


def rosters(rows: int, folder: Path) -> str:
    """The rows of linkage_rosters.py, another generator than the city's."""
    made = folder / f"rosters{rows}.parquet"
    if not made.exists():
        script = str(HERE / "linkage_rosters.py")
        subprocess.run([sys.executable, script, str(rows), str(made)], check=True)
    return str(made)


def growth(folder: Path, sizes: tuple[int, ...], made: Callable[[int, Path], str], rounds: int = 3) -> list[str]:  # fmt: skip
    """Ours alone over growing sets, interleaved, and the exponent between the ends: of one round each it would be noise."""
    paths = {size: made(size, folder) for size in sizes}
    used: dict[int, list[float]] = {size: [] for size in sizes}
    last = {}
    for _ in range(rounds):
        for size, path in paths.items():
            quality, seconds, peak = timed([str(HERE / "linkage_million.py"), "own", path])
            used[size].append(seconds)
            last[size] = (quality, peak)
    lines = ["| rows | CPU s, median (range) | peak MiB | precision | recall | F1 | persons ÷ true | largest |", "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for size, (q, peak) in last.items():
        lines.append(
            f"| {size:,} | {spread(used[size])} | {peak:.0f} | {q['precision']:.4f} | "
            f"{q['recall']:.4f} | {q['f1']:.4f} | {q['persons']:.4f} | {q['largest']} |"
        )
    if len(sizes) < 2:
        return lines
    few, many = (statistics.median(used[size]) for size in (sizes[0], sizes[-1]))
    exponent = math.log(many / few) / math.log(sizes[-1] / sizes[0])
    return [*lines, "", f"Growth between the ends: N^{exponent:.2f}."]


def section(
    rounds: int = 5,
    sizes: tuple[int, ...] = (1_000_000, 2_000_000, 4_000_000),
    kept: Path | None = None,
) -> str:
    """Measure all and return the section; made rows stay in `kept` where it is named."""
    size = sizes[0]
    with tempfile.TemporaryDirectory() as name:
        folder = kept or Path(name)
        lines = [
            TITLE, "",
            f"{size:,} cleaned rows of `selaras demo --rows` with truth, one process each, {rounds} interleaved rounds; reading "
            "the rows and judging the result are in every way's CPU seconds. natural: Splink as its demos set it; guarded: one "
            "comparison for the house, edit distance beside an equality (`tests/benchmarks/peer_splink.py`). Its \"not fully "
            "trained\" warnings end the run.", "",
            HEAD, *compared(city(size, folder), rounds), "",
            "### Another generator", "",
            f"{size:,} rows of `tests/benchmarks/linkage_rosters.py`, one round.", "",
            HEAD, *compared(rosters(size, folder), 1), "",
            "### Growth", "",
            "Rosters of the other generator, which has more kecamatan the more people it has:", "", *growth(folder, sizes, rosters), "",
            "`selaras demo --rows`, a city of 122,000 families for every million rows:", "", *growth(folder, sizes, city), "",
            "All in the 33 kelurahan of one city, which is no case but shows what people four times as dense cost: RT and kelurahan "
            "hold four times as many at four million rows as at one, and more than ten times as many pairs are compared:", "",
            *growth(folder, sizes, dense),
        ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["own"]:
        own(sys.argv[2])
    else:
        words = argparse.ArgumentParser(description=__doc__)
        words.add_argument("--rounds", type=int, default=5)
        words.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 2_000_000, 4_000_000])
        words.add_argument("--kept", type=Path, help="folder where made rows stay")
        asked = words.parse_args()
        part = section(asked.rounds, tuple(asked.rows), asked.kept)
        from overlap import renew

        results = HERE / "RESULTS.md"
        results.write_text(renew(results.read_text(encoding="utf-8"), part), encoding="utf-8")
