"""Rows without identity and gaps in a log: counted always, named always."""

from datetime import date

from analysis.engine import Engine
from analysis.policy import Rulebook

MADE = ["out_service_identity", "out_service_gaps"]


def build_identity(engine: Engine, rulebook: Rulebook, on: date) -> list[str]:
    """Make out_service_identity (what each service list names its persons by) and out_service_gaps."""
    engine.table("out_service_identity", _IDENTITY)
    engine.table("out_service_gaps", _GAPS, on=on, days=rulebook.services.tinggal.jeda_log_hari)
    return MADE


# Pairs a reviewer may still join stand with the list whose rows have no identity.
_IDENTITY = """
    SELECT source, peran, CAST(count(*) AS INTEGER) AS baris,
        CAST(count(*) FILTER (identitas = 'nik') AS INTEGER) AS dengan_nik,
        CAST(count(*) FILTER (identitas = 'sebagian') AS INTEGER) AS sebagian,
        CAST(count(*) FILTER (identitas = 'tanpa') AS INTEGER) AS tanpa,
        CAST(count(*) FILTER (nik_status IN ('kosong', 'placeholder')) AS INTEGER) AS tanpa_nik,
        CAST(count(*) FILTER (tgl_peristiwa IS NULL) AS INTEGER) AS tanpa_tanggal
    FROM _svc WHERE peran IN ('log', 'layanan', 'kebutuhan', 'tahapan', 'kepesertaan') GROUP BY source, peran"""

# The days after the last row count too: a log that stopped is a gap that has no end yet.
_GAPS = """
    WITH dated AS (
        SELECT DISTINCT source, tgl_peristiwa AS tanggal FROM _svc
        WHERE peran IN ('log', 'layanan') AND tgl_peristiwa IS NOT NULL),
    following AS (
        SELECT source, tanggal, coalesce(lead(tanggal) OVER of_log, CAST($on AS DATE)) AS berikut,
            lead(tanggal) OVER of_log IS NULL AS is_terakhir
        FROM dated WINDOW of_log AS (PARTITION BY source ORDER BY tanggal))
    SELECT source, tanggal AS tgl_sebelum, CASE WHEN NOT is_terakhir THEN berikut END AS tgl_sesudah,
        CAST(berikut - tanggal AS INTEGER) AS hari
    FROM following WHERE berikut - tanggal >= $days"""
