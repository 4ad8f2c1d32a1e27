"""A file so broken that its findings would be noise stops the run, unless somebody answers for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.engine.ledger import append_to_ledger, read_ledger
from analysis.errors import InputFileError, QualityGateError
from analysis.notation import number, percent
from analysis.policy import Rulebook

if TYPE_CHECKING:
    import pandas as pd

    from analysis.engine import Engine

EXCEPTIONS = "pengecualian.csv"
GATES = (
    "nik",
    "ganda",
    "kelurahan",
    "gugus",
    "terpisah",
    "lonjakan",
    "nomor",
    "jarang",
)  # from gugus on they judge linkage
_COLUMNS = ("gerbang", "berkas", "alasan", "oleh", "tanggal")


@dataclass(frozen=True)
class GateException:
    """Somebody's decision to go on with a file: which gate, why, who, when."""

    gerbang: str
    berkas: str
    alasan: str
    oleh: str
    tanggal: str


def read_exceptions(folder: Path) -> list[GateException]:
    """Exceptions recorded for a set. Raises InputFileError where one lacks its reason or its person."""
    rows = [
        dict(zip(_COLUMNS, map(str.strip, row), strict=True))
        for row in read_ledger(folder / EXCEPTIONS, _COLUMNS)
    ]
    for place, row in enumerate(rows, start=2):
        empty = [name for name in _COLUMNS if not row[name]]
        if empty or row["gerbang"] not in GATES:
            raise InputFileError(
                "exception_incomplete",
                file=EXCEPTIONS,
                row=place,
                columns=", ".join(empty) or "gerbang",
                known=", ".join(GATES),
            )
    return [GateException(**row) for row in rows]


def excused_files(folder: Path) -> "pd.DataFrame":
    """For which file somebody answers at which gate: gerbang, berkas."""
    import pandas as pd

    pairs = [(e.gerbang, e.berkas) for e in read_exceptions(folder)]
    return pd.DataFrame(pairs, columns=["gerbang", "berkas"], dtype="str")


def record_exception(folder: Path, exception: GateException) -> None:
    """Append one decision; what was decided before stays as it is."""
    row = [getattr(exception, name) for name in _COLUMNS]
    append_to_ledger(folder / EXCEPTIONS, _COLUMNS, [row])


def refuse_broken_files(
    engine: "Engine", rulebook: Rulebook, exceptions: Sequence[GateException] = ()
) -> None:
    """Raise QualityGateError at the first gate a file does not pass and nobody answers for."""
    excused = {(e.gerbang, e.berkas) for e in exceptions}
    for gate, error in _broken(engine, rulebook):
        if (gate, error.facts["file"]) not in excused:
            raise error


def _broken(engine: "Engine", rulebook: Rulebook) -> Iterator[tuple[str, QualityGateError]]:
    """Every file that does not pass a gate, with the sentence that says so."""
    shares = (
        ("nik", "nik_gate", _unreadable, rulebook.reading.gerbang_nik_rusak_maks),
        ("ganda", "repeat_gate", _repeated, rulebook.reading.gerbang_ganda_maks),
    )
    for gate, key, found, limit in shares:
        for file, share in found(engine, rulebook):
            yield gate, QualityGateError(key, file=file, share=percent(share), limit=percent(limit))
    for file, area, expected in _absent(engine, rulebook):
        yield (
            "kelurahan",
            QualityGateError("area_gate", file=file, area=area, expected=number(expected)),
        )


def _unreadable(engine: "Engine", rulebook: Rulebook) -> list[tuple]:
    """Lists of which too large a share of the filled NIK cannot be read.

    Excel's rounding leaves 15 good digits and is mended by the sender: it does not count here.
    """
    return engine.rows(
        """SELECT berkas, avg(CAST(nik_status <> 'sah' AS INTEGER)) AS share FROM _read
        WHERE nik_status NOT IN ('kosong', 'disamarkan', 'rusak_excel') AND peran NOT IN ('log', 'layanan')
        GROUP BY berkas HAVING share > $limit AND count(*) >= $least ORDER BY berkas""",
        limit=rulebook.reading.gerbang_nik_rusak_maks,
        least=rulebook.reading.excel_nol_minimum,
    )


def _repeated(engine: "Engine", rulebook: Rulebook) -> list[tuple]:
    """Lists most of whose rows repeat a NIK of the same list: pasted twice, not people paid twice."""
    return engine.rows(
        """SELECT berkas, 1 - count(DISTINCT nik) / count(nik) AS share FROM _read
        WHERE peran IN ('penerima', 'registri_individu') AND nik IS NOT NULL
        GROUP BY berkas HAVING share >= $limit AND count(*) >= $least ORDER BY berkas""",
        limit=rulebook.reading.gerbang_ganda_maks,
        least=rulebook.reading.ganda_baris_minimum,
    )


def _absent(engine: "Engine", rulebook: Rulebook) -> list[tuple]:
    """Kelurahan with no row of a source, where the register's shares let so many be expected.

    Only sources whose rows name their kelurahan, and not those of one part of the city: the log.
    """
    return engine.rows(
        """
        WITH r AS (SELECT source, peran, berkas, kode_wilayah FROM core_records
              WHERE peran IN ('registri_keluarga', 'registri_individu', 'penerima', 'kepesertaan')),
        register AS (SELECT kode_wilayah, count(*) / sum(count(*)) OVER () AS share FROM r
                     WHERE peran = 'registri_keluarga' AND kode_wilayah IS NOT NULL GROUP BY kode_wilayah),
        sources AS (SELECT source, min(berkas) AS berkas, count(*) AS n FROM r GROUP BY source
                    HAVING count(kode_wilayah) >= 0.5 * count(*)),
        seen AS (SELECT DISTINCT source, kode_wilayah FROM r)
        SELECT s.berkas, g.kode_wilayah, min(s.n * g.share) AS expected
        FROM sources s CROSS JOIN register g
        WHERE s.n * g.share >= $least AND (s.source, g.kode_wilayah) NOT IN (SELECT (source, kode_wilayah) FROM seen WHERE kode_wilayah IS NOT NULL)
        GROUP BY s.berkas, g.kode_wilayah ORDER BY expected DESC, s.berkas, g.kode_wilayah""",
        least=rulebook.reading.wilayah_harapan_minimum,
    )
