"""One line a table: the out_* tables of every room that leave as plain counts by area and class.

To publish a new out_* table, add a `Wish` here; `counts.release_counts` says what its fields mean.
"""

from dataclasses import dataclass, field

from analysis.engine import Engine
from analysis.release.counts import release_counts
from analysis.release.topics import Release, Step, together


@dataclass(frozen=True)
class Wish:
    """`table` → `rilis_<topic>`; `query` reads it where it must be shaped first."""

    table: str
    topic: str
    unit: str
    query: str = ""
    options: dict = field(default_factory=dict)


WISHES: tuple[Wish, ...] = (
    # what the checks of the period before came to; registered by the pipeline, not stored
    Wish("out_checks", "pemeriksaan", "kasus",
         options={"row": "hasil", "row_total": True, "area": "kode_wilayah"}),
)  # fmt: skip


def release_other_tables(engine: Engine, release: Release, present: set[str]) -> Step:
    """Release every wished table that is there."""
    steps = []
    for wish in WISHES:
        if wish.table in present:
            source = f"({wish.query})" if wish.query else wish.table
            steps.append(
                release_counts(engine, release, source, wish.topic, wish.unit, **wish.options)
            )
    return together(steps)
