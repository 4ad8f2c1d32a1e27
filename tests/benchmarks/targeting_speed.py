"""Targeting of a full city: our tables against pandas groupby-apply of the same counts and errors.

    python tests/benchmarks/targeting_speed.py [families]        prints the section for RESULTS.md

Each side runs in a process of its own on the same hand-made city (tests/citykit.random_city, DATA SINTETIS), with the
same Parquet files; ours makes terms of exclusion, concentration and linkage bounds besides, the peer does not.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLES = ("core_families", "core_persons", "core_enrolments")
SCORED = {"pkh": ("keluarga", 4), "sembako": ("keluarga", 5), "pbi_jk": ("jiwa", 5)}


def write_city(folder: Path, families: int) -> None:
    """The core tables as Parquet."""
    sys.path.insert(0, str(HERE.parent))
    from citykit import random_city

    from analysis.engine import Engine
    from analysis.policy import load_rulebook

    with Engine() as engine:
        random_city(engine, [area.kode for area in load_rulebook().kelurahan()], families)
        for name in TABLES:
            engine.run(f"COPY {name} TO '{folder / name}.parquet' (FORMAT parquet)")


def ours(folder: Path) -> int:
    """out_targeting_group and out_targeting_measure; rows made."""
    sys.path.insert(0, str(HERE.parent))
    from citykit import EDITION

    from analysis.engine import Engine
    from analysis.measures.register_groups import build_groups
    from analysis.measures.rules_as_tables import register_rules
    from analysis.policy import Policy, load_rulebook

    with Engine() as engine:
        for name in TABLES:
            engine.attach(name, folder / f"{name}.parquet")
        policy = Policy(load_rulebook(), EDITION.edition.on)
        register_rules(engine, policy)
        build_groups(engine, policy, EDITION)
        return int(engine.one("SELECT count(*) FROM out_targeting_measure"))


def peer(folder: Path) -> int:
    """The same counts and seven errors by groupby-apply; rows made."""
    import pandas as pd

    families, persons, enrolments = (pd.read_parquet(folder / f"{name}.parquet") for name in TABLES)
    persons = persons.merge(families[["family_id", "desil", "n_anggota"]], on="family_id")
    units = {
        "keluarga": families.assign(unit_id=families["family_id"]),
        "jiwa": persons.assign(unit_id=persons["person_id"]),
    }
    sets = {name: {name} for name in SCORED} | {
        "semua": set(enrolments["programme"]),
        "bansos_keluarga": {"pkh", "sembako"},
    }
    made = 0
    for name, programmes in sets.items():
        last = SCORED.get(name, ("", 2))[1]
        held = enrolments[enrolments["programme"].isin(programmes)]
        for unit, table in units.items():
            key = (
                "family_id"
                if unit == "keluarga" or SCORED.get(name, ("keluarga",))[0] == "keluarga"
                else "unit_id"
            )
            rupiah = held.groupby("family_id" if key == "family_id" else "unit_id")[
                "manfaat_rp"
            ].sum()
            told = table.assign(
                rp=table[key].map(rupiah).fillna(0), kecamatan=table["kode_wilayah"].str[:8], kota="32.72",
                ukuran=pd.cut(table["n_anggota"], [0, 1, 3, 5, 99]).astype(str),
                umur=(2025 - pd.to_datetime(table["tgl_lahir"]).dt.year).astype(str) if unit == "jiwa" else "",
                kelamin=table["jenis_kelamin"] if unit == "jiwa" else "L", cacat="tidak",
            )  # fmt: skip
            told = told[told["desil"].notna()]
            for dimension in (
                "kota",
                "kecamatan",
                "kode_wilayah",
                "kelamin",
                "cacat",
                "umur",
                "ukuran",
            ):
                made += len(
                    told.groupby(dimension)[["desil", "rp"]].apply(
                        lambda part, last=last: _errors(part, last)
                    )
                )
    return made


def _errors(part, last: int):
    import pandas as pd

    target, served = part["desil"] <= last, part["rp"] > 0
    tp, fn = (target & served).sum(), (target & ~served).sum()
    fp, tn = (~target & served).sum(), (~target & ~served).sum()
    rp = part["rp"].sum()
    return pd.Series({
        "ee": fn / max(tp + fn, 1), "ie": fp / max(tp + fp, 1), "fpr": fp / max(fp + tn, 1), "salah": (fn + fp) / len(part),
        "cakupan": served.mean(), "bocor": part.loc[~target, "rp"].sum() / max(rp, 1), "cgh": part.loc[target, "rp"].sum() / max(rp, 1),
    })  # fmt: skip


def measured(side: str, folder: Path) -> dict[str, float]:
    """CPU seconds and peak MiB of one side in a process of its own."""
    child = subprocess.Popen(
        [sys.executable, __file__, side, str(folder)], stdout=subprocess.DEVNULL
    )
    _, code, usage = os.wait4(child.pid, 0)
    if code:
        sys.exit(f"{side}: exit {os.waitstatus_to_exitcode(code)}")
    return {"cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}


def report(families: int) -> str:
    """The section of RESULTS.md."""
    with tempfile.TemporaryDirectory() as name:
        write_city(Path(name), families)
        rows = {side: measured(side, Path(name)) for side in ("ours", "peer")}
    lines = [
        "## Targeting against pandas groupby-apply", "",
        f"Hand-made city of {families:,} families (DATA SINTETIS), 3 programmes and 2 sets × families and persons × city, kecamatan, "
        "33 kelurahan, sex of head, disability, age, family size. One process each, imports included.", "",
        "| | CPU s | peak MiB |", "|---|---|---|",
        *(f"| {'Selaras' if side == 'ours' else 'pandas'} | {row['cpu']:.1f} | {row['peak']:.0f} |" for side, row in rows.items()),
        "", f"pandas takes {rows['peer']['cpu'] / rows['ours']['cpu']:.1f} times the CPU.", "",
    ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words and words[0] in {"ours", "peer"}:
        print({"ours": ours, "peer": peer}[words[0]](Path(words[1])))
    else:
        print(report(int(words[0]) if words else 122_000))
