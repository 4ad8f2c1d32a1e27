"""A tenth of the rows is new: linking them against the registry beside linking all rows again.

`python tests/benchmarks/linkage_incremental.py` makes rosters with truth, links nine tenths of them, then lets
either way link the whole, each in a process of its own, interleaved, and renews its section of RESULTS.md. Once the
tenth is a file that comes late, a list of its own; once it is a second file of every list, strewn over its rows.
"""

import json
import re
import statistics
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from linkage_million import figures, spread, timed

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
TITLE = "## Linkage by increments"
BASE = (
    "core_links",
    "core_maybe_links",
    "core_linkage_error",
    "core_linkage_groups",
    "registry_keys",
    "registry_lineage",
)
ROWS, ROUNDS = 1_000_000, 5
OTHER_ROWS, OTHER_SEEDS = 300_000, range(100, 108)
LATE = {"list": "source = 'sembako'", "rows": "baris % 10 = 0"}  # 10.1 and 10 %


def make(folder: Path, rows: int, late: str, seed: int = 11) -> None:
    """Rosters of `rows` rows; all but those of `late` linked, and what that leaves for an increment, all as the store keeps it."""
    import pandas as pd
    from linkage_rosters import rosters

    from analysis.engine import Engine, Store, table_for
    from analysis.engine.store import PACKINGS
    from analysis.linkage import WHOLE_PART, marks_of

    people = rosters(rows, seed=seed).assign(berkas="ukur.csv")
    people["manfaat_rp"] = pd.array([None] * len(people), dtype="Int64")
    with Engine() as engine:
        engine.register("people", people)
        # ids as cleaning gives them: the rows of a file lie together
        file = f"left(md5(source || ({late})), 8)"
        named = f"* REPLACE (concat_ws(':', source, '2025-12', {file}, lembar, baris) AS record_id), {file} AS file_sha8"
        for name, which in (("all", "true"), ("known", f"NOT ({late})")):
            engine.run(
                f"""COPY (SELECT {named} FROM people WHERE {which} ORDER BY record_id) TO '{folder / name}.parquet'
                (FORMAT parquet, {PACKINGS[table_for("core_records").packing]})"""
            )
        engine.drop("people")
        engine.attach("core_records", folder / "known.parquet")
        _link_all(engine)
        for name in BASE:
            Store(folder).write(engine, name, "")
        start = time.process_time()
        engine.view("registry_marks", marks_of("registry_keys"))
        for kind in WHOLE_PART:
            engine.view(f"registry_{kind}_ukur", f"FROM part_{kind}")
        for name in ("registry_marks", *(f"registry_{kind}_ukur" for kind in WHOLE_PART)):
            Store(folder).write(engine, name, "")
    print(json.dumps({"seconds": time.process_time() - start}))


def whole(folder: Path) -> None:
    """What `selaras link` does up to families, on all rows, and what of that is the part it leaves for an increment."""
    from analysis.engine import Engine
    from analysis.linkage.link import link_persons

    rulebook = _rulebook()
    with Engine() as engine:
        engine.attach("core_records", folder / "all.parquet")
        _attach_registry(engine, folder)
        part = [_timed("link", "build_index"), _timed("link", "tell_part")]
        start = time.process_time()
        link_persons(engine, rulebook, _run())
        _tell(engine, time.process_time() - start, part=sum(map(sum, part)))


def increment(folder: Path) -> None:
    """What `selaras link --incremental` does up to families."""
    from analysis.engine import Engine, Store
    from analysis.linkage import GROWING, WHOLE_PART, follow_changes, recognise
    from analysis.linkage.increments.link import grow_persons

    rules = _rulebook().linkage
    with Engine() as engine:
        engine.attach("core_records", folder / "all.parquet")
        _attach_registry(engine, folder)
        store = Store(folder)
        for name in BASE[:4]:
            engine.attach(name.replace("core_", "base_"), store.path(name))
        for kind in WHOLE_PART:
            name = f"_all_{kind}" if kind in GROWING else f"base_{kind}"
            engine.attach(name, store.path(f"registry_{kind}_ukur"))
        engine.attach("base_marks", store.path("registry_marks"))
        follow_changes(engine, 0)
        start = time.process_time()
        recognise(engine, rules)
        grow_persons(engine, rules, _run())
        _tell(engine, time.process_time() - start)


def section(_office: Path | None = None, rows: int = ROWS, rounds: int = ROUNDS) -> str:
    """The section of RESULTS.md, measured now."""
    lines = [
        TITLE, "",
        f"{rows:,} made-up rows with truth, 90% of them linked before and 10% new; {rounds} interleaved rounds. 'Work' is linkage up to "
        "core_links with doubt, review pairs, gates and the part that the next increment stands on, which either way leaves; 'process' adds "
        "start-up, imports and the truth.", "",
    ]  # fmt: skip
    for late, name in {"list": "A list that comes late", "rows": "A second file of every list"}.items():  # fmt: skip
        lines += [
            f"### {name}",
            "",
            *_compared(LATE[late], rows, rounds),
            "",
            _as_good(LATE[late]),
            "",
        ]
    return "\n".join(lines)


def _compared(late: str, rows: int, rounds: int) -> list[str]:
    """Both ways side by side, and how much dearer all rows again are."""
    with tempfile.TemporaryDirectory() as name:
        script = str(HERE / "linkage_incremental.py")
        kept = timed([script, "make", name, str(rows), late])[0]["seconds"]
        seen: dict[str, list] = {"whole": [], "increment": []}
        for _ in range(rounds):
            for way, found in seen.items():
                quality, cpu, peak = timed([script, way, name])
                found.append((quality["seconds"], cpu, peak, quality))
    middle = {way: statistics.median(row[0] for row in found) for way, found in seen.items()}
    process = {way: statistics.median(row[1] for row in found) for way, found in seen.items()}
    part = statistics.median(row[3]["part"] for row in seen["whole"])
    lines = ["| way | CPU s of work, median (range) | CPU s of the process | peak MiB | F1 | B³ |", "|---|---|---|---|---|---|"]  # fmt: skip
    for way, found in seen.items():
        quality = found[-1][3]
        lines.append(
            f"| {_WAYS[way]} | {spread([row[0] for row in found], 2)} | {process[way]:.1f} | {found[-1][2]:.0f} | "
            f"{quality['f1']:.5f} | {quality['b3']:.5f} |"
        )
    ratio, bare = (cost / middle["increment"] for cost in (middle["whole"], middle["whole"] - part))
    told = (
        f"All rows again cost {ratio:.1f} times the work; {bare:.1f} times without the {part:.1f} CPU s of the part that a linking of "
        f"all rows leaves for the next increment (golden records, keys, model; writing it takes another {kept:.1f}). The aim is ten."
    )
    return [*lines, "", told]


def _as_good(late: str) -> str:
    """By how much F1 differs over other sets: of one set it is chance which of a few dozen pairs is found."""
    found = []
    for seed in OTHER_SEEDS:
        with tempfile.TemporaryDirectory() as name:
            script = str(HERE / "linkage_incremental.py")
            timed([script, "make", name, str(OTHER_ROWS), late, str(seed)])
            f1 = {way: timed([script, way, name])[0]["f1"] for way in _WAYS}
            found.append(f1["increment"] - f1["whole"])
    mean, error = statistics.mean(found), statistics.stdev(found) / len(found) ** 0.5
    return (
        f"Over {len(found)} further sets of {OTHER_ROWS:,} rows, F1 of new rows against the registry less that of all rows again: "
        f"mean {mean:+.6f}, standard error {error:.6f}, in {sum(d >= 0 for d in found)} sets no lower."
    )


_WAYS = {"whole": "all rows again", "increment": "new rows against the registry"}


def _rulebook():
    from analysis.policy import load_rulebook

    return load_rulebook()


def _run():
    from datetime import date

    from analysis.settings import Edition, Run

    return Run("ukur", "2025-12", Edition(date(2025, 12, 15)))


def _link_all(engine) -> None:
    from analysis.linkage.link import link_persons

    link_persons(engine, _rulebook(), _run())


def _timed(room: str, name: str) -> list[float]:
    """CPU seconds of each call of a function of linkage's module `room` from now on."""
    module = import_module(f"analysis.linkage.{room}")
    seconds, call = [], getattr(module, name)

    def timed_call(*given):
        start = time.process_time()
        call(*given)
        seconds.append(time.process_time() - start)

    setattr(module, name, timed_call)
    return seconds


def _attach_registry(engine, folder: Path) -> None:
    from analysis.engine import Store

    Store(folder).attach(engine, *BASE[4:])


def _tell(engine, seconds: float, **more: float) -> None:
    found = engine.frame(
        "SELECT r.truth, l.person_id FROM core_records r JOIN core_links l USING (record_id)"
    )
    print(
        json.dumps(
            json.loads(figures(found["truth"], found["person_id"])) | {"seconds": seconds} | more
        )
    )


def renewed(text: str, part: str) -> str:
    """RESULTS.md with the section in the place of its older one, else at the end."""
    old = re.compile(rf"{re.escape(TITLE)}\n.*?(?=\n## |\Z)", re.DOTALL)
    return old.sub(lambda _: part, text) if TITLE in text else f"{text.rstrip()}\n\n{part}"


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["make"]:
        make(Path(words[1]), int(words[2]), words[3], *map(int, words[4:]))
    elif words[:1] in (["whole"], ["increment"]):
        {"whole": whole, "increment": increment}[words[0]](Path(words[1]))
    else:
        part = section(None, *(int(word) for word in words))
        RESULTS.write_text(renewed(RESULTS.read_text(encoding="utf-8"), part), encoding="utf-8")
        print(part)
