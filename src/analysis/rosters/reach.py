"""How far the files read now reach: of which records they can change what the checks find.

Where no file is known (known_files.py) that is all of them.
"""

from dataclasses import dataclass

from analysis.engine import Engine
from analysis.policy import Rulebook


@dataclass(frozen=True)
class Reach:
    """Check codes of each kind → the records to ask (a view), and SQL for the findings of known files that stand."""

    asked: dict[str, str]
    standing: str

    def records(self, code: str) -> str:
        """Of which rows a check is asked; a row alone tells most, when it is read."""
        return self.asked.get(code, "_read")


REACHED = ("_by_list", "_by_number", "_by_reference")


def bring_reach(engine: Engine, rulebook: Rulebook, kinds: dict[str, tuple[str, ...]]) -> Reach:
    """Make the tables of REACHED, which are core_records or part of it; `kinds` as `conditions.told_by_others` has them."""
    within, anew = "true", True
    engine.view("_by_number", "SELECT * FROM core_records")
    if "_known" in engine.names():
        engine.drop("_by_number")
        engine.table("_by_number", _BY_NUMBER)
        within = f"source IN {_listed(_changed_lists(engine, rulebook))}"
        anew = bool(engine.one(_REFERENCES_CHANGED))
    engine.view("_by_list", f"SELECT * FROM core_records WHERE {within}")
    engine.view("_by_reference", f"SELECT * FROM {'core_records' if anew else '_late'}")
    asked = dict(
        zip(("list", "number", "reference", "row"), (*REACHED, "core_records"), strict=True)
    )
    gone = [f"check_code IN {_listed(kinds['row'])}"]
    gone += [f"check_code IN {_listed(kinds['list'])} AND {within}"]
    gone += [
        f"check_code IN {_listed(kinds['number'])} AND record_id IN (SELECT record_id FROM _by_number)"
    ]
    gone += [f"check_code IN {_listed(kinds['reference'])}"] if anew else []
    return Reach(
        {code: asked[kind] for kind, codes in kinds.items() for code in codes},
        f"NOT ({' OR '.join(f'({test})' for test in gone)})",
    )


def _changed_lists(engine: Engine, rulebook: Rulebook) -> list[str]:
    """Lists a file of which is read now or gone, and the others of their programmes."""
    changed = {source for (source,) in engine.rows("SELECT source FROM _late UNION SELECT source FROM _lost")}  # fmt: skip
    layouts = rulebook.layouts.values()
    programmes = {layout.program for layout in layouts if layout.kode in changed} - {None, ""}
    return sorted(changed | {layout.kode for layout in layouts if layout.program in programmes})


def _listed(values: list[str] | tuple[str, ...]) -> str:
    quoted = (f"'{value}'" for value in values or [""])
    return f"({', '.join(quoted)})"


_BY_NUMBER = """SELECT source, berkas, lembar, baris, record_id, nik, nama FROM core_records
    SEMI JOIN (SELECT nik FROM _late UNION SELECT nik FROM base_core_records SEMI JOIN _lost ON sha8 = file_sha8) USING (nik)"""
_REFERENCES_CHANGED = """SELECT count(*) FROM (
    (SELECT jenis, nik FROM core_references EXCEPT SELECT jenis, nik FROM base_core_references)
    UNION ALL (SELECT jenis, nik FROM base_core_references EXCEPT SELECT jenis, nik FROM core_references))"""
