"""Field sheets of a ground check: one workbook a kelurahan, verval questions across.

The officer sees a number, a name and an address: no desil, no receipt, so that neither colours the answer.
"""

import re
from pathlib import Path

import pandas as pd

from analysis.engine import Engine
from analysis.field.sheets import WorkSheet, write_workbook
from analysis.notation import number
from analysis.policy import Area
from analysis.policy.targeting_models import GroundCheck

SHEET, CASE = "Cek lapangan", "Kasus"
_FACE = ((CASE, 17), ("Nama kepala keluarga", 22), ("Alamat", 28), ("RT", 5), ("RW", 5))
_WIDTHS = {"pilihan": 13, "rupiah": 14, "bilangan": 10, "teks": 24}


def build_faces(engine: Engine, cases: pd.DataFrame) -> pd.DataFrame:
    """Case with the name and address of the family's head, from the register's own rows first."""
    engine.register("_cases", cases[["kasus", "family_id", "kelurahan"]])
    return engine.frame(
        """
        WITH rows AS (
            SELECT c.kasus, c.kelurahan, r.nama_asli, r.alamat, r.rt, r.rw,
                (r.hubungan_keluarga IS DISTINCT FROM 'kepala', NOT starts_with(r.peran, 'registri'), r.record_id) AS place
            FROM _cases c JOIN core_persons p USING (family_id) JOIN core_links l USING (person_id)
            JOIN core_records r USING (record_id))
        SELECT c.kasus, any_value(c.kelurahan) AS kelurahan, arg_min(r.nama_asli, r.place) FILTER (r.nama_asli IS NOT NULL) AS nama,
            arg_min(r.alamat, r.place) FILTER (r.alamat IS NOT NULL) AS alamat,
            arg_min(r.rt, r.place) FILTER (r.rt IS NOT NULL) AS rt, arg_min(r.rw, r.place) FILTER (r.rw IS NOT NULL) AS rw
        FROM _cases c LEFT JOIN rows r USING (kasus) GROUP BY c.kasus ORDER BY c.kasus"""
    )


def write_check_sheets(
    folder: Path, faces: pd.DataFrame, rules: GroundCheck, areas: dict[str, Area], title: str,
    password: str | None = None,
) -> list[Path]:  # fmt: skip
    """One workbook a kelurahan with its cases, ready to print and to fill in by hand or on screen; with a password locked."""
    columns = (
        *_FACE,
        *((question.tanya, _WIDTHS[question.jenis]) for question in rules.pertanyaan),
    )
    choices = {q.tanya: q.pilihan for q in rules.pertanyaan if q.pilihan}
    written = []
    for code, cases in faces.fillna("").groupby("kelurahan", sort=True):
        name = areas[code].nama if code in areas else "kelurahan tidak dikenal"
        notes = (
            f"{title} · Kelurahan {name} · {number(len(cases))} keluarga",
            "RAHASIA – data pribadi: hanya untuk petugas. Kunjungi semua, juga yang tampak mampu; jangan ganti keluarga. "
            "Yang tidak terwawancara tetap diisi hasil kunjungannya.",
            "Petugas: ______________________   Tanggal: ______________   Diperiksa (TKSK/PSM): ______________________",
        )
        blank = [""] * len(rules.pertanyaan)
        rows = [
            [*row, *blank]
            for row in cases[["kasus", "nama", "alamat", "rt", "rw"]].itertuples(index=False)
        ]
        sheets = [WorkSheet(SHEET, notes, columns, rows, choices, row_height=42), _guide(rules)]
        written.append(write_workbook(folder / f"cek_{code}_{_plain(name)}.xlsx", sheets, password))
    return written


def _guide(rules: GroundCheck) -> WorkSheet:
    rows = [
        (str(place), q.tanya, " / ".join(q.pilihan) or {"rupiah": "rupiah, tanpa sen", "bilangan": "bilangan bulat"}.get(q.jenis, "bebas"))
        for place, q in enumerate(rules.pertanyaan, start=1)
    ]  # fmt: skip
    return WorkSheet("Petunjuk", (), (("No.", 6), ("Pertanyaan", 70), ("Jawaban", 60)), rows)


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
