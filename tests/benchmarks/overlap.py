"""All combinations of persons and families by kelurahan and desil: Selaras against pandas, same tables, same answer.

`python tests/benchmarks/overlap.py` makes the city, measures each side in a process of its own and renews the
section of RESULTS.md.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import measured, timed

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
TITLE = "## Overlap against pandas"
TABLES = ("core_families", "core_persons", "core_enrolments")
KEY = ["unit", "kode_wilayah", "desil", "programmes"]


def ours(folder: Path) -> None:
    """The same functions `selaras assess` calls."""
    from analysis.engine import Engine
    from analysis.measures.aggregates import build_combinations
    from analysis.measures.overlap import build_family_programmes

    with timed(folder, "ours"), Engine() as engine:
        for name in TABLES:
            engine.attach(name, folder / f"{name}.parquet")
        build_family_programmes(engine)
        build_combinations(engine)
        engine.run(f"COPY out_combinations TO '{folder / 'ours.parquet'}' (FORMAT parquet)")


def whole(folder: Path) -> None:
    """Everything about meetings: verdicts, pairs, windows, amounts, doubt; no peer, for the budget alone."""
    from datetime import date

    from analysis.engine import Engine
    from analysis.measures.overlap import build_family_programmes
    from analysis.measures.overlaps import build_meeting_tables
    from analysis.measures.rules_as_tables import register_rules
    from analysis.policy import Policy, load_rulebook
    from analysis.settings import Edition, Run

    with timed(folder, "whole"), Engine() as engine:
        policy = Policy(load_rulebook(), date(2025, 12, 15))
        for name in TABLES:
            engine.attach(name, folder / f"{name}.parquet")
        register_rules(engine, policy)
        build_family_programmes(engine)
        build_meeting_tables(engine, policy, Run("uji", "2025-12", Edition(policy.on)))


def peer(folder: Path) -> None:
    """The same by merge and groupby, as an analyst writes it."""
    import pandas as pd
    import pyarrow.parquet  # noqa: F401 - start-up, not work

    with timed(folder, "peer"):
        families, persons, enrolments = (
            pd.read_parquet(folder / f"{name}.parquet") for name in TABLES
        )
        held = enrolments.groupby(["family_id", "programme"], as_index=False)["manfaat_rp"].sum()
        by_family = _sets(held, "family_id")
        own = _sets(enrolments[enrolments["unit"] == "jiwa"], "unit_id")
        of_families = families.merge(by_family, how="left", left_on="family_id", right_index=True)
        of_persons = persons.merge(families[["family_id", "desil"]], on="family_id")
        of_persons = of_persons.merge(own, how="left", left_on="person_id", right_index=True)
        parts = [of_families.assign(unit="keluarga"), of_persons.assign(unit="jiwa")]
        units = pd.concat(
            [part[["unit", "kode_wilayah", "desil", "programmes", "rp"]] for part in parts]
        )
        units["desil"] = units["desil"].astype("Int64").astype("string").fillna("tanpa")
        units = units.fillna({"programmes": "", "rp": 0})
        table = units.groupby(KEY, as_index=False).agg(
            jumlah=("rp", "size"), manfaat_rp=("rp", "sum")
        )
        table.to_parquet(folder / "peer.parquet")


def _sets(rows, unit: str):
    grouped = rows.sort_values("programme").groupby(unit)
    return grouped.agg(programmes=("programme", "+".join), rp=("manfaat_rp", "sum"))


def section(_office: Path | None = None) -> str:
    """Measure all on a city of its own and return the section. Exits where the two answers differ."""
    import pandas as pd

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, str(HERE / "overlap_city.py"), name], check=True)
        rows = {
            side: measured([str(HERE / "overlap.py"), side, name], folder)
            for side in ("ours", "peer", "whole")
        }
        left, right = (
            pd.read_parquet(folder / f"{side}.parquet").sort_values(KEY, ignore_index=True)
            for side in ("ours", "peer")
        )
        columns = [*KEY, "jumlah", "manfaat_rp"]
        pd.testing.assert_frame_equal(left[columns], right[columns], check_dtype=False)
        size = len(pd.read_parquet(folder / "core_enrolments.parquet", columns=["unit"]))
        work = {side: float((folder / f"{side}.txt").read_text()) for side in rows}
    lines = [
        TITLE, "",
        f"122,000 families, 370,000 persons, {size:,} enrolments of 13 programmes; every combination of persons and families by "
        f"kelurahan and desil ({len(left):,} cells, equal on both sides). One process each, same run; 'work' is without the "
        "start-up of the process (imports).", "",
        "| | wall s | CPU s | of it work | peak MiB |", "|---|---|---|---|---|",
    ]  # fmt: skip
    labels = {
        "ours": "Selaras, combinations", "peer": "pandas merge and groupby",
        "whole": "Selaras, verdicts, pairs, windows, amounts and doubt too",
    }  # fmt: skip
    for side, label in labels.items():
        r = rows[side]
        lines.append(
            f"| {label} | {r['wall']:.1f} | {r['cpu']:.1f} | {work[side]:.1f} | {r['peak']:.0f} |"
        )
    ratio = work["peer"] / work["ours"], rows["peer"]["cpu"] / rows["ours"]["cpu"]
    lines += [
        "",
        f"pandas takes {ratio[0]:.1f} times the CPU for the work, {ratio[1]:.1f} times with start-up.",
    ]
    return "\n".join(lines)


def renew(text: str, part: str) -> str:
    """RESULTS.md with this section in the place of its older one, else at the end."""
    title = part.splitlines()[0]
    pattern = re.compile(rf"{re.escape(title)}\n.*?(?=\n## |\Z)", re.S)
    return (
        pattern.sub(lambda _: part + "\n", text)
        if title in text
        else f"{text.rstrip()}\n\n{part}\n"
    )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        {"ours": ours, "peer": peer, "whole": whole}[sys.argv[1]](Path(sys.argv[2]))
    else:
        RESULTS.write_text(renew(RESULTS.read_text(encoding="utf-8"), section()), encoding="utf-8")
