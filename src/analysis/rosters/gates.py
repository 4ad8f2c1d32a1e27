"""A file so broken that its findings would be noise stops the run."""

from analysis.engine import Engine
from analysis.errors import QualityGateError
from analysis.notation import percent
from analysis.policy import Rulebook


def refuse_broken_files(engine: Engine, rulebook: Rulebook) -> None:
    """Raise QualityGateError where too large a share of a list's filled NIK cannot be read.

    Excel's rounding leaves 15 good digits and is mended by the sender: it does not count here.
    """
    limit = rulebook.reading.gerbang_nik_rusak_maks
    broken = engine.rows(
        """SELECT berkas, avg(CAST(nik_status <> 'sah' AS INTEGER)) AS share FROM core_records
        WHERE nik_status NOT IN ('kosong', 'disamarkan', 'rusak_excel') AND peran <> 'log'
        GROUP BY berkas HAVING share > $limit AND count(*) >= $least ORDER BY berkas""",
        limit=limit,
        least=rulebook.reading.excel_nol_minimum,
    )
    if broken:
        file, share = broken[0]
        raise QualityGateError("nik_gate", file=file, share=percent(share), limit=percent(limit))
