"""One line a table: the out_* tables of every room that leave as plain counts by area and class.

To publish a new out_* table, add a `Wish` here; `counts.release_counts` says what its fields mean.
"""

from dataclasses import dataclass, field

from analysis.engine import Engine
from analysis.release.counts import release_counts
from analysis.release.steps import together
from analysis.release.topics import Release, Step


@dataclass(frozen=True)
class Wish:
    """`table` → `rilis_<topic>`; `query` reads it where it must be shaped first."""

    table: str
    topic: str
    unit: str
    query: str = ""
    options: dict = field(default_factory=dict)

    @property
    def source(self) -> str:
        """What is counted: the table, or the query in brackets."""
        return f"({self.query})" if self.query else self.table

    def step(self, engine: Engine, release: Release) -> Step:
        """The wish on its way to be released."""
        return release_counts(engine, release, self.source, self.topic, self.unit, **self.options)


WISHES: tuple[Wish, ...] = (
    # what the checks of the period before came to; registered by the pipeline, not stored
    Wish("out_checks", "pemeriksaan", "kasus",
         options={"row": "hasil", "row_total": True, "area": "kode_wilayah"}),
)  # fmt: skip


def release_other_tables(engine: Engine, release: Release, present: set[str]) -> Step:
    """Release every wished table that is there."""
    return together([wish.step(engine, release) for wish in WISHES if wish.table in present])
