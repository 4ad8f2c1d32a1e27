"""Files that were cleaned before by the same rules: what was made of them is taken over, and only the others are read.

A row of a file says what it says whatever other files there are; what they change (conditions.py) is asked of all rows.
"""

from itertools import groupby
from operator import itemgetter

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.folder import in_groups

NO_RECORDS = ("survei", "rujukan", "rekap", "tempat")  # roles whose rows are no records
TAKEN_OVER = (
    "core_records", "core_findings", "core_columns", "core_repairs", "core_files", "core_references", "core_names",
)  # fmt: skip


def known_files(engine: Engine, rulebook: Rulebook, hashes: dict[str, str]) -> set[str]:
    """Names of files that are as `base_core_files` tells them and hold records alone; `_known` are they, `_lost` the lists of other files it tells.

    What lists of other roles say is looked up from all rows, and is little: they are read each time.
    `hashes`: file name → SHA-256. None is known where all are, for there must be something to read.
    """
    groups = [(name, in_groups(whole)) for name, whole in hashes.items()]
    others = [layout.kode for layout in rulebook.layouts.values() if layout.peran in NO_RECORDS]
    engine.register("_now", pd.DataFrame(groups, columns=["berkas", "file_sha256"]))
    engine.table(
        "_known",
        """SELECT berkas FROM base_core_files SEMI JOIN _now USING (berkas, file_sha256)
        GROUP BY berkas HAVING NOT bool_or(list_contains($others, source))""",
        others=others,
    )
    engine.drop("_now")
    engine.table(
        "_lost",
        """SELECT DISTINCT source, left(file_sha256, 8) AS sha8 FROM base_core_files ANTI JOIN _known USING (berkas)
        WHERE baris_disimpan > 0 AND NOT list_contains($others, source)""",
        others=others,
    )
    known = {name for (name,) in engine.rows("SELECT berkas FROM _known")}
    if known == hashes.keys():
        engine.drop("_known")
        return set()
    return known


def take_over(engine: Engine, table: str, where: str = "true") -> None:
    """Add to a table what its `base_…` tells of known files."""
    if "_known" in engine.names():
        engine.run(
            f"INSERT INTO {table} BY NAME SELECT * FROM base_{table} SEMI JOIN _known USING (berkas) WHERE {where}"
        )


def take_over_records(engine: Engine) -> None:
    """Put the records of core_records among those of known files, in the order of their ids: sorting all costs more than to write them."""
    if "_known" not in engine.names():
        return
    engine.table("_late", "FROM core_records ORDER BY record_id")
    lost = [sha8 for (sha8,) in engine.rows("SELECT DISTINCT sha8 FROM _lost ORDER BY sha8")]
    kept = "base_core_records" + (
        f" WHERE NOT list_contains({lost}::VARCHAR[], file_sha8)" if lost else ""
    )
    lists = engine.rows(_LISTS)
    runs = [(next(run)[0], is_late) for is_late, run in groupby(lists, key=itemgetter(1))]
    ends = [start for start, _ in runs[1:]] + ["~"]
    parts = (
        f"FROM (FROM {'_late' if is_late else kept}) WHERE record_id >= '{start}' AND record_id < '{end}'"
        for (start, is_late), end in zip(runs, ends, strict=True)
    )
    engine.view("core_records", " UNION ALL BY NAME ".join(parts))


# how the ids of each list of each file begin: they lie together
_LISTS = """
    SELECT DISTINCT concat_ws(':', source, period, file_sha8, '') AS start, true AS is_late FROM _late
    UNION ALL SELECT DISTINCT concat_ws(':', source, period, left(file_sha256, 8), ''), false FROM base_core_files
    SEMI JOIN _known USING (berkas) WHERE baris_disimpan > 0 ORDER BY start"""
