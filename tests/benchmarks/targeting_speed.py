"""Targeting of a full city: every measure by programme, set, unit, area and group, ours against groupby-apply.

    python tests/benchmarks/targeting_speed.py [folder]     renews the section of RESULTS.md

`folder` is an office whose sample city has been run; without it one of 122,000 families is made. Each side runs in a
process of its own, three times in turn, on the same Parquet files; their answers must be equal.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import measured, timed

HERE = Path(__file__).resolve().parent
TITLE = "## Targeting against pandas groupby-apply"
TABLES = (
    "core_families",
    "core_persons",
    "core_enrolments",
    "core_records",
    "core_links",
    "core_linkage_error",
)
ROUNDS = 3


def ours(core: Path, scratch: Path) -> None:
    """What `selaras assess` does for out_targeting_measure and, with it, out_targeting_group."""
    from analysis.engine import Engine
    from analysis.measures.register.groups import build_groups
    from analysis.measures.rules_as_tables import register_rules
    from analysis.policy import Policy, load_rulebook

    with timed(scratch, "ours"), Engine() as engine:
        for name in TABLES:
            engine.attach(name, core / f"{name}.parquet")
        run = period_run(core)
        policy = Policy(load_rulebook(), run.edition.on)
        register_rules(engine, policy)
        build_groups(engine, policy, run)
        engine.run(f"COPY out_targeting_measure TO '{scratch / 'ours.parquet'}' (FORMAT parquet)")


def peer(core: Path, scratch: Path) -> None:
    """The same by merge and groupby-apply."""
    import pandas as pd  # noqa: F401 - start-up, not work
    import pyarrow.parquet  # noqa: F401
    from peer_targeting import measures

    with timed(scratch, "peer"):
        rules = json.loads((scratch / "rules.json").read_text(encoding="utf-8"))
        measures(core, rules).to_parquet(scratch / "peer.parquet")


def period_run(core: Path):
    """The run of the period whose tables lie in `core`, judged on the sample edition's day."""
    from datetime import date

    from analysis.settings import Edition, Run

    year, month = core.parent.name.split("-")
    return Run("contoh", core.parent.name, Edition(date(int(year), int(month), 15)), synthetic=True)


def rules_for_peer(core: Path) -> dict:
    """The office's rules as plain data, so that the peer needs nothing of ours."""
    from analysis.engine import Engine
    from analysis.policy import Policy, load_rulebook

    rulebook, run = load_rulebook(), period_run(core)
    policy, rules = Policy(rulebook, run.edition.on), rulebook.targeting
    with Engine() as engine:
        engine.attach("core_enrolments", core / "core_enrolments.parquet")
        held = [
            code
            for (code,) in engine.rows("SELECT DISTINCT programme FROM core_enrolments ORDER BY 1")
        ]
    visible = {rule.program: rule for rule in rules.syarat_terlihat}
    scored = {
        code: policy.programme(code)
        for code in held
        if policy.programme(code).desil_maks is not None
    }
    programmes = {
        code: {"desil": int(p.desil_maks), "unit": p.satuan, "members": [code], "conditions": _conditions(visible.get(code))}
        for code, p in scored.items()
    }  # fmt: skip
    everything = {"semua": [p.kode for p in rulebook.programmes]}
    for name, members in (everything | rules.himpunan).items():
        programmes[name] = {
            "desil": max(rules.desil_prioritas), "unit": None, "members": list(members), "conditions": None,
        }  # fmt: skip
    groups = rules.kelompok
    return {
        "programmes": programmes, "tanggal": run.edition.on.isoformat(), "kota": rulebook.city().kode,
        "areas": [area.kode for area in rulebook.kelurahan()], "umur": list(groups.umur),
        "ukuran": list(groups.ukuran_keluarga), "kelompok": list(groups.disabilitas_kelompok),
        "komponen": groups.disabilitas_komponen,
    }  # fmt: skip


def _conditions(rule) -> dict | None:
    return rule and {"umur": [list(span) for span in rule.umur], "disabilitas": rule.disabilitas}


def equal(scratch: Path) -> int:
    """Rows compared. Exits where the two answers differ by more than rounding."""
    import pandas as pd
    from peer_targeting import KEYS

    left, right = (
        pd.read_parquet(scratch / f"{side}.parquet")
        .sort_values(KEYS)
        .set_index(KEYS)[["nilai", "bawah", "atas"]]
        for side in ("ours", "peer")
    )
    pd.testing.assert_frame_equal(left, right, check_exact=False, rtol=1e-9, atol=1e-12)
    return len(left)


def section(office: Path) -> str:
    """Measure both sides on the office's newest period and return the section."""

    core = max((office / "data/derived/contoh").glob("*/out")).parent / "core"
    sides, work = {"ours": [], "peer": []}, {"ours": [], "peer": []}
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        (scratch / "rules.json").write_text(json.dumps(rules_for_peer(core)), encoding="utf-8")
        for _ in range(ROUNDS):
            for side, rows in sides.items():
                rows.append(
                    measured([str(HERE / "targeting_speed.py"), side, str(core), name], scratch)
                )
                work[side].append(float((scratch / f"{side}.txt").read_text()))
        rows = equal(scratch)
    whole = {side: statistics.median(r["cpu"] for r in rows) for side, rows in sides.items()}
    alone = {side: statistics.median(values) for side, values in work.items()}
    peak = {side: max(r["peak"] for r in rows) for side, rows in sides.items()}
    labels = {
        "ours": "Selaras, counts behind the measures too",
        "peer": "pandas merge and groupby-apply",
    }
    return "\n".join([
        TITLE, "",
        f"The sample city as run: {rows:,} figures, the same on both sides to 1e-9, bounds of linkage and of ties included "
        "(programmes and sets × families and persons × city, kecamatan, kelurahan, sex of head, disability, age, family "
        f"size). One process each, median of {ROUNDS} rounds in turn; 'work' is without the start-up of the process "
        "(imports); reading the same Parquet files is in it.", "",
        "| | CPU s | of it work | peak MiB |", "|---|---|---|---|",
        *(f"| {labels[side]} | {whole[side]:.1f} | {alone[side]:.1f} | {peak[side]:.0f} |" for side in labels), "",
        f"pandas takes {alone['peer'] / alone['ours']:.1f} times the CPU for the work, "
        f"{whole['peer'] / whole['ours']:.1f} times with start-up.",
    ])  # fmt: skip


def main(office: Path | None) -> None:
    from overlap import renew

    with tempfile.TemporaryDirectory() as name:
        if office is None:
            office = Path(name)
            (office / "notebooks").symlink_to(HERE.parents[1] / "notebooks")
            for words in (["demo"], ["assess"]):
                subprocess.run([sys.executable, "-m", "analysis", *words], cwd=office, check=True)
        path, part = HERE / "RESULTS.md", section(office)
    path.write_text(renew(path.read_text(encoding="utf-8"), part), encoding="utf-8")
    print(part)


if __name__ == "__main__":
    words = sys.argv[1:]
    if len(words) == 3:
        {"ours": ours, "peer": peer}[words[0]](Path(words[1]), Path(words[2]))
    else:
        main(Path(words[0]).resolve() if words else None)
