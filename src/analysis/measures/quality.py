"""What was read and kept of each source: row accounting and readable identifiers."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook


def build_quality(engine: Engine, rulebook: Rulebook) -> list[str]:
    """Make out_quality: a row a source, from core_files and core_records."""
    layouts = rulebook.layouts
    engine.register("_layout", pd.DataFrame(
        {
            "source": pd.Series(list(layouts), dtype="str"),
            "programme": pd.Series([layout.program for layout in layouts.values()], dtype="str"),
        }
    ))  # fmt: skip
    has_records = "core_records" in engine.names()
    records = (
        "core_records" if has_records else "(SELECT NULL AS source, NULL AS nik_status WHERE false)"
    )
    engine.table(
        "out_quality",
        f"""
        WITH files AS (
            SELECT source, count(DISTINCT berkas) AS n_berkas, sum(baris_dibaca) AS baris_dibaca,
                sum(baris_disimpan) AS baris_disimpan, sum(baris_dikeluarkan) AS baris_dikeluarkan,
                bool_or(is_sintetis) AS is_sintetis, bool_and(has_provenance) AS has_provenance
            FROM core_files GROUP BY source),
        identified AS (
            SELECT source, count(*) FILTER (nik_status = 'sah') AS nik_sah FROM {records} GROUP BY source)
        SELECT f.source, l.programme, CAST(n_berkas AS INTEGER) AS n_berkas,
            CAST(baris_dibaca AS BIGINT) AS baris_dibaca, CAST(baris_disimpan AS BIGINT) AS baris_disimpan,
            CAST(baris_dikeluarkan AS BIGINT) AS baris_dikeluarkan, i.nik_sah, is_sintetis, has_provenance
        FROM files f LEFT JOIN identified i USING (source) LEFT JOIN _layout l USING (source)""",
    )
    engine.drop("_layout")
    return ["out_quality"]
