"""Rows in = rows out, per sheet, asserted in the run."""

import pandas as pd

from analysis.engine import Engine
from analysis.errors import InputFileError, SelarasError
from analysis.rosters.folder import in_groups
from analysis.rosters.known_files import take_over
from analysis.rosters.provenance import Provenance
from analysis.settings import Run


def account(engine: Engine, run: Run, provenance: Provenance, hashes: dict[str, str]) -> None:
    """Make core_files and refuse a run that lost or invented a row.

    `hashes`: file name → SHA-256 of the file. Raises SelarasError where the sums differ,
    InputFileError where a file holds no data row at all.
    """
    groups = [(name, in_groups(whole)) for name, whole in hashes.items()]
    engine.register("_hashes", pd.DataFrame(groups, columns=["berkas", "file_sha256"]))
    engine.table(
        "core_files",
        f"""
        WITH read AS (
            SELECT berkas, lembar, min(source) AS source, count(*) AS n FROM _fields GROUP BY ALL),
        aside AS (
            SELECT berkas, lembar, count(*) AS n FROM core_findings
            WHERE disposisi = 'dikeluarkan' GROUP BY ALL)
        SELECT r.berkas, r.lembar, r.source, '{run.period}' AS period, h.file_sha256,
            {provenance.is_synthetic} AS is_sintetis, {provenance.is_complete} AS has_provenance,
            r.n AS baris_dibaca, 0::BIGINT AS baris_disimpan, coalesce(a.n, 0) AS baris_dikeluarkan
        FROM read r JOIN _hashes h USING (berkas)
        LEFT JOIN aside a USING (berkas, lembar)""",
    )
    take_over(engine, "core_files")
    engine.run(_KEPT_NOW)
    _refuse_loss(engine)
    _refuse_empty(engine)


_KEPT_NOW = """UPDATE core_files f SET baris_disimpan =
    coalesce((SELECT n FROM _kept k WHERE k.berkas = f.berkas AND k.lembar = f.lembar), 0)"""


def count_kept(engine: Engine, *tables: str) -> None:
    """Make `_kept`: records per sheet over the tables that records went to."""
    parts = " UNION ALL ".join(f"SELECT berkas, lembar FROM {table}" for table in tables)
    engine.table("_kept", f"SELECT berkas, lembar, count(*) AS n FROM ({parts}) GROUP BY ALL")


def _refuse_loss(engine: Engine) -> None:
    wrong = engine.rows("""SELECT berkas, lembar, baris_dibaca, baris_disimpan, baris_dikeluarkan
        FROM core_files WHERE baris_dibaca <> baris_disimpan + baris_dikeluarkan ORDER BY ALL""")
    if wrong:
        file, sheet, read, kept, aside = wrong[0]
        raise SelarasError("rows_lost", file=file, sheet=sheet, read=read, kept=kept, aside=aside)


def _refuse_empty(engine: Engine) -> None:
    empty = engine.rows("""SELECT berkas, min(lembar) FROM core_files
        GROUP BY berkas HAVING sum(baris_disimpan) = 0 ORDER BY berkas""")
    if empty:
        raise InputFileError("file_empty", file=empty[0][0], sheet=empty[0][1])
