"""Findings about rows, and which checks could be made. A finding never holds a value."""

from collections.abc import Sequence

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.conditions import conditions, told_by_others
from analysis.rosters.known_files import take_over
from analysis.rosters.peek import SheetNote
from analysis.rosters.reach import REACHED, bring_reach
from analysis.rosters.repeated import build_groups, build_references
from analysis.rosters.rows import SET_ASIDE


def build_findings(engine: Engine, rulebook: Rulebook, notes: Sequence[SheetNote] = ()) -> None:
    """Make core_findings from `_fields` (rows set aside), `_read` (fields of records), core_records and notes on sheets."""
    engine.register("_checks", severities(rulebook))
    build_references(engine)
    reach = bring_reach(engine, rulebook, told_by_others(rulebook))
    build_groups(engine, rulebook)
    parts = [
        _set_aside(),
        _loose_references(),
        *[_about(reach.records(code), code, *what) for code, what in conditions(rulebook).items()],
    ]
    engine.register("_notes", _note_frame(notes))
    parts.append(
        """SELECT f.source, n.berkas, n.lembar, n.baris, NULL, n.check_code, n.kolom, 'disimpan', NULL
        FROM _notes n JOIN (SELECT DISTINCT source, berkas, lembar FROM _fields) f USING (berkas, lembar)"""
    )
    engine.table(
        "core_findings",
        f"""
        SELECT f.source, f.berkas, f.lembar, f.baris, f.record_id, f.check_code, c.severity,
            f.kolom, f.disposisi, f.usulan
        FROM ({" UNION ALL ".join(parts)}) f JOIN _checks c USING (check_code)""",
    )
    take_over(engine, "core_findings", reach.standing)
    engine.drop("_checks", "_repeated", "_two_names", "_two_niks", "_two_in_family", "_notes", *REACHED)  # fmt: skip


def severities(rulebook: Rulebook) -> pd.DataFrame:
    """(check_code, severity) of every check."""
    rows = [(check.kode, check.tingkat) for check in rulebook.checks.values()]
    return pd.DataFrame(rows, columns=["check_code", "severity"])


def build_checks(engine: Engine, rulebook: Rulebook) -> None:
    """Make core_checks: what was checked, what could not be for want of a list, what linkage will tell."""
    held = {kind for (kind,) in engine.rows("SELECT DISTINCT jenis FROM core_references")}
    counts = dict(engine.rows("SELECT check_code, count(*) FROM core_findings GROUP BY check_code"))
    rows = []
    for check in rulebook.checks.values():
        if check.tahap == "padan":
            rows.append((check.kode, "setelah_pemadanan", None, None))
        elif check.rujukan and check.rujukan not in held:
            rows.append(
                (check.kode, "tidak_dapat_diperiksa", f"tidak ada daftar {check.rujukan}", None)
            )
        else:
            rows.append((check.kode, "diperiksa", None, counts.get(check.kode, 0)))
    columns = ["check_code", "status", "alasan", "n_baris"]
    frame = pd.DataFrame(rows, columns=columns).astype({"alasan": "str", "n_baris": "Int64"})
    engine.register("core_checks", frame)


def _note_frame(notes: Sequence[SheetNote]) -> pd.DataFrame:
    columns = ["berkas", "lembar", "baris", "check_code", "kolom"]
    rows = [(n.file, n.sheet, n.row, n.check_code, n.column) for n in notes]
    return pd.DataFrame(rows, columns=columns).astype(
        {"baris": "int32"} | dict.fromkeys(("berkas", "lembar", "check_code", "kolom"), "str")
    )


def _set_aside() -> str:
    codes = " ".join(f"WHEN '{kind}' THEN '{code}'" for kind, code in SET_ASIDE.items())
    return f"""SELECT source, berkas, lembar, baris, NULL::VARCHAR AS record_id,
        CASE jenis {codes} END AS check_code, '' AS kolom, 'dikeluarkan' AS disposisi, NULL::VARCHAR AS usulan
        FROM _fields WHERE jenis <> 'data'"""


def _loose_references() -> str:
    return """SELECT 'rujukan_' || jenis, berkas, lembar, baris, NULL, 'R01', 'nik', 'disimpan', NULL
        FROM core_references WHERE nik IS NULL"""


def _about(records: str, code: str, field: str, condition: str) -> str:
    proposal = "usulan" if field == "kode_wilayah" else "NULL"
    return f"""SELECT source, berkas, lembar, baris, record_id, '{code}', '{field}', 'disimpan', {proposal}
        FROM {records} WHERE {condition}"""
