"""Who receives what: roster rows → unit × programme of the period."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.settings import Run


def build_enrolments(engine: Engine, rulebook: Rulebook, run: Run) -> None:
    """Make core_enrolments in each programme's own unit, from `_seen` and core_persons.

    A row without an amount counts the programme's monthly amount, where the rules name one.
    Log rows and stages count up to the edition's date. The amount beyond the first row is the sum less the
    largest row, so that what is to be looked into is never overstated.
    """
    codes = [
        row[0]
        for row in engine.rows(
            "SELECT DISTINCT programme FROM _seen WHERE is_penerima AND programme IS NOT NULL"
        )
    ]
    programmes = [rulebook.programme(code, run.edition.on) for code in sorted(codes)]
    engine.register(
        "_programmes",
        pd.DataFrame(
            {
                "programme": pd.Series([p.kode for p in programmes], dtype="str"),
                "unit": pd.Series([p.satuan for p in programmes], dtype="str"),
                "usual_rp": pd.Series([p.manfaat_rp for p in programmes], dtype="Int64"),
            }
        ),
    )
    engine.table(
        "core_enrolments",
        f"""
        WITH received AS (
            SELECT s.programme, g.unit, p.family_id, p.person_id, s.record_id, s.tgl_peristiwa,
                CASE g.unit WHEN 'keluarga' THEN p.family_id ELSE p.person_id END AS unit_id,
                coalesce(s.manfaat_rp, CAST(g.usual_rp AS BIGINT)) AS rp, s.kepastian
            FROM _seen s JOIN _programmes g USING (programme)
            JOIN core_persons p ON p.person_id = s.person_id
            WHERE s.is_penerima AND (s.peran = 'penerima' OR s.tgl_peristiwa <= DATE '{run.edition.on}'
                OR (s.peran = 'tahapan' AND s.tgl_peristiwa IS NULL)))
        SELECT programme, '{run.period}' AS period, min(unit) AS unit, unit_id, min(family_id) AS family_id,
            count(*) AS n_records, count(DISTINCT person_id) AS n_persons,
            CAST(sum(rp) AS BIGINT) AS manfaat_rp, CAST(sum(rp) - max(rp) AS BIGINT) AS manfaat_lebih_rp,
            min(tgl_peristiwa) AS tgl_pertama,
            CASE WHEN bool_or(kepastian = 'lemah') THEN 'lemah' WHEN bool_or(kepastian = 'kuat') THEN 'kuat'
                 ELSE 'pasti' END AS kepastian
        FROM received GROUP BY programme, unit_id""",
    )
    engine.drop("_programmes")
