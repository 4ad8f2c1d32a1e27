"""A table's classes of units: every area × row × column × part with its units and rupiah, empty ones too."""

import itertools
from collections.abc import Mapping

import pandas as pd

from analysis.engine import Engine
from analysis.errors import ReleaseRefused
from analysis.release.places import UNPLACED, every_kelurahan
from analysis.release.topics import Release

REST = "_sisa"


def classes(
    engine: Engine, release: Release, table: str, row: str, column: str, area: str, n: str,
    parts: Mapping[str, str], rupiah: str, split: str,
) -> pd.DataFrame:  # fmt: skip
    """wilayah × baris × kolom × part, every combination, with its units and rupiah."""
    text = {"baris": row, "kolom": column, "wilayah": area, "pisah": split}
    names = [
        f"{f'CAST({source} AS VARCHAR)' if source else repr('')} AS {name}"
        for name, source in text.items()
    ]
    sums = [
        f"CAST(sum({n}) AS BIGINT)" if n else "count(*)",
        *(f"CAST(sum({source}) AS BIGINT)" for source in parts.values()),
    ]
    sums = [f"coalesce({one}, 0) AS n{place}" for place, one in enumerate(sums)]
    money = [f"CAST(coalesce(sum({rupiah}), 0) AS BIGINT) AS rp"] if rupiah else ["0 AS rp"]
    money += [f"max({rupiah}, 2) AS top"] if rupiah and not n else []
    found = engine.frame(
        f"SELECT {', '.join([*names, *sums, *money])} FROM {table} AS t GROUP BY ALL ORDER BY ALL"
    )
    found["wilayah"] = found["wilayah"].where(found["wilayah"].isin(release.parents), UNPLACED)
    found = found.fillna({"baris": UNPLACED, "kolom": UNPLACED, "pisah": UNPLACED})
    axes = [sorted(found[name].unique()) for name in ("baris", "kolom", "pisah")]
    axes.append(every_kelurahan(release) if area else [UNPLACED])
    grid = pd.DataFrame(itertools.product(*axes), columns=["baris", "kolom", "pisah", "wilayah"])
    return _parted(grid.merge(found, how="left"), list(parts))


def _parted(wide: pd.DataFrame, parts: list[str]) -> pd.DataFrame:
    """One row a part, and one for what the parts leave over."""
    sums = [f"n{place}" for place in range(len(parts) + 1)]
    wide[[*sums, "rp"]] = wide[[*sums, "rp"]].fillna(0).astype("int64")
    wide["rest"] = wide["n0"] - wide[sums[1:]].sum(axis=1)
    if (wide["rest"] < 0).any():
        raise ReleaseRefused("parts_exceed_whole", parts=", ".join(parts))
    named = zip([*sums[1:], "rest"], [*parts, REST], strict=True)
    split = [wide.assign(bagian=name, n=wide[column]) for column, name in named]
    return pd.concat(split, ignore_index=True)


def givers(held: pd.DataFrame) -> list[list[float]]:
    """The largest givers of each class, where units stand in rows of their own."""
    if "top" not in held:
        return []
    return [
        [float(one) for one in top if one is not None]
        for top in held["top"]
        if top is not None and not isinstance(top, float)
    ]
