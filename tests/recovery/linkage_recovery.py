"""`make recovery`: do the intervals of linkage error hold the truth, over many small sample cities?

Writes the section of RESULTS.md. `--cities`: how many, half of them biasa and half kotor, 1,500–3,000 families
each; `--full`: families of two large cities on which calibration and large counts are measured; 0 leaves them out.
"""

import argparse
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
from sample_cities import City

from analysis.measures.targeting import coverage
from analysis.policy import load_rulebook

HERE = Path(__file__).resolve().parent
KINDS = {"orang": "persons in both of two lists", "keluarga": "families holding both of two programmes",
         "sasaran": "coverage of a programme's target (a share)", "jiwa": "how many persons the lists speak of"}  # fmt: skip
LARGE = 500
_FIRST = 101  # seed
LARGE_HEAD = (
    "| dirtiness | pairs | mean error of the count found | of the estimate | coverage |",
    "|---|---|---|---|---|",
)


def small(seed: int) -> City:
    """The city of a seed: odd seeds biasa, even ones kotor, sizes spread over 1,500–3,000 families."""
    return City(seed, 1500 + seed * 397 % 1501, "biasa" if seed % 2 else "kotor")


def measured(city: City) -> tuple[City, pd.DataFrame, pd.DataFrame]:
    """A city's cells and reliability."""
    with tempfile.TemporaryDirectory() as folder:
        made = city.made(Path(folder))
        cells, bands = made.cells(), made.reliability()
    return (
        city,
        cells.assign(city=str(city), dirtiness=city.dirtiness),
        bands,
    )


def over(cities: list[City]) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """All cells, and reliability by dirtiness; two processes."""
    with get_context("spawn").Pool(2) as pool:
        found = pool.map(measured, cities, chunksize=1)
    bands = {
        kind: sum(b for c, _, b in found if c.dirtiness == kind) for kind in ("biasa", "kotor")
    }
    return pd.concat([c for _, c, _ in found]), bands


def summary(cells: pd.DataFrame) -> list[str]:
    """Rows of the coverage table: one a kind and dirtiness, of counts large enough to be released."""
    rows = []
    for kind, label in KINDS.items():
        for dirtiness in ("biasa", "kotor", "both"):
            part = cells[
                (cells["jenis"] == kind)
                & ((cells["dirtiness"] == dirtiness) | (dirtiness == "both"))
            ]
            error = part["value"] / part["truth"] - 1
            width = (part["high"] - part["low"]) / part["value"]
            share = coverage(part["covered"], clusters=part["city"])
            rows.append(
                f"| {label}, {dirtiness} | {len(part)} | {float(share):.3f} ({share.low:.3f}–{share.high:.3f}) | "
                f"{error.median():+.4f} | {error.abs().mean():.4f} | {width.median():.3f} |"
            )  # fmt: skip
    return rows


def released(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells whose count may leave the office at all, and shares of as many."""
    return cells[cells["n"] >= load_rulebook().disclosure.k_minimum]


def reliability(bands: dict[str, pd.DataFrame]) -> list[str]:
    rows = []
    for dirtiness, table in bands.items():
        for band, row in table.iterrows():
            rows.append(
                f"| {dirtiness} | {band.left:g}–{band.right:g} | {row.n:.0f} | {row.expected:.1f} | {row.true:.0f} |"
            )
        total = table.sum()
        rows.append(
            f"| **{dirtiness}, all** | | {total.n:.0f} | {total.expected:.1f} | {total.true:.0f} ({total.expected / total.true - 1:+.1%}) |"
        )
    return rows  # fmt: skip


def large_counts(cells: pd.DataFrame) -> list[str]:
    part = cells[(cells["jenis"] == "orang") & (cells["truth"] >= LARGE)]
    rows = []
    for dirtiness, some in part.groupby("dirtiness"):
        found, told = (some[name] / some["truth"] - 1 for name in ("n", "value"))
        rows.append(
            f"| {dirtiness} | {len(some)} | {found.abs().mean():.2%} | {told.abs().mean():.2%} | {some['covered'].mean():.3f} |"
        )
    return rows  # fmt: skip


def report(cells: pd.DataFrame, bands: dict, cities: int, full: tuple | None) -> str:
    """RESULTS.md."""
    big = released(cells)
    per_city = big[big["jenis"].isin(["orang", "keluarga"])].groupby("city").size()
    lines = [
        "# Recovery: intervals of linkage error against the truth", "",
        f"`make recovery`: {cities} sample cities of 1,500–3,000 families (DATA SINTETIS), half biasa, half kotor. "
        f"Cells with at least {load_rulebook().disclosure.k_minimum} found, as may be released: {per_city.min()}–{per_city.max()} counts a city. "
        "Coverage: share of 95 % intervals that hold the truth, its own interval by city.", "",
        "| figure | cells | coverage | median error | mean absolute error | median width ÷ value |", "|---|---|---|---|---|---|",
        *summary(big), "",
        f"All cells, one found or more: {float(coverage(cells['covered'], clusters=cells['city'])):.3f} of {len(cells)}; "
        f"worst city {big.groupby('city')['covered'].mean().min():.3f}.", "",
        f"## Pairs of lists with at least {LARGE} true persons in common", "", *LARGE_HEAD, *large_counts(cells), "",
        "## Calibration: scored pairs by band of chance", "",
        "| dirtiness | chance | pairs | expected matches | true matches |", "|---|---|---|---|---|", *reliability(bands),
    ]  # fmt: skip
    if full:
        lines += ["", f"## Two cities of {full[2]:,} families", "",
                  *LARGE_HEAD, *large_counts(full[0]), "",
                  "| dirtiness | chance | pairs | expected matches | true matches |", "|---|---|---|---|---|", *reliability(full[1])]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--cities", type=int, default=44)
    words.add_argument("--full", type=int, default=122_000)
    said = words.parse_args()
    found = over([small(seed) for seed in range(_FIRST, _FIRST + said.cities)])
    full = over([City(1, said.full, kind) for kind in ("biasa", "kotor")]) if said.full else None
    text = report(*found, said.cities, (*full, said.full) if full else None)
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
