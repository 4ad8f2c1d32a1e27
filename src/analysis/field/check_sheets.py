"""Field sheets of a ground check: one workbook a kelurahan, verval questions across, answers read back.

The officer sees a number, a name and an address: no desil, no receipt, so that neither colours the answer.
"""

import re
from pathlib import Path

import pandas as pd

from analysis.engine import Engine
from analysis.errors import InputFileError
from analysis.field.sheets import WorkSheet, write_workbook
from analysis.notation import number
from analysis.policy import Area
from analysis.policy.targeting_models import GroundCheck, Question
from analysis.rosters import read_sheets

SHEET, CASE = "Cek lapangan", "Kasus"
_FACE = ((CASE, 17), ("Nama kepala keluarga", 22), ("Alamat", 28), ("RT", 5), ("RW", 5))
_WIDTHS = {"pilihan": 13, "rupiah": 14, "bilangan": 10, "teks": 24}
_MOST_TOLD = 12


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


def read_check_sheets(
    files: list[Path], rules: GroundCheck, known: set[str], password: str | None = None
) -> pd.DataFrame:
    """Answers by case: kasus, a column a question (text or number), berkas; rows without a visit are left out.

    Raises InputFileError naming every row whose case is unknown or answered twice, whose choice is not on the
    list, or whose number is none.
    """
    rows, mistakes = [], []
    for file in files:
        for line, cells in _rows(file, password):
            answers, problems = _answers(cells, rules)
            case = (cells.get(CASE) or "").strip()
            if case not in known:
                problems.append("nomor kasus tidak dikenal")
            if answers.get(rules.pertanyaan[0].kode):
                rows.append({"kasus": case, **answers, "berkas": file.name})
            elif any(answers.values()):
                problems.append(f"“{rules.pertanyaan[0].tanya}” kosong")
            mistakes += [f"{file.name} baris {line}: {problem}" for problem in problems]
    table = pd.DataFrame(rows, columns=["kasus", *(q.kode for q in rules.pertanyaan), "berkas"])
    mistakes += [
        f"{case}: dijawab dua kali"
        for case in table.loc[table["kasus"].duplicated(), "kasus"].unique()
    ]
    if mistakes:
        raise InputFileError(
            "check_answers_wrong", count=len(mistakes), rows="; ".join(mistakes[:_MOST_TOLD])
        )
    return table


def _rows(file: Path, password: str | None) -> list[tuple[int, dict[str, str | None]]]:
    """Rows below the header as header → text, with their number in Excel."""
    sheet = next(
        (sheet for sheet in read_sheets(file, password) if sheet.name.startswith(SHEET)), None
    )
    table = sheet.cells.to_pylist() if sheet else []
    heads = next((row for row in table if CASE in row.values()), None)
    if heads is None:
        raise InputFileError("check_sheet_missing", file=file.name, sheet=SHEET)
    names = {
        column: " ".join(text.split())
        for column, text in heads.items()
        if column != "baris" and text
    }
    below = [row for row in table if row["baris"] > heads["baris"] and row.get(next(iter(names)))]
    return [(row["baris"], {name: row[column] for column, name in names.items()}) for row in below]


def _answers(
    cells: dict[str, str | None], rules: GroundCheck
) -> tuple[dict[str, object], list[str]]:
    found, problems = {}, []
    for question in rules.pertanyaan:
        text = (cells.get(" ".join(question.tanya.split())) or "").strip()
        found[question.kode], wrong = _read(text, question)
        problems += [f"“{question.tanya}”: {wrong}"] if wrong else []
    return found, problems


def _read(text: str, question: Question) -> tuple[object, str]:
    """The answer, and what is wrong with it."""
    if not text:
        return None, ""
    if question.jenis == "teks":
        return re.sub(r"\d{12,}", "•", text), ""  # a NIK written into a note goes no further
    if question.jenis == "pilihan":
        word = next(
            (choice for choice in question.pilihan if choice.casefold() == text.casefold()), None
        )
        return word, "" if word else f"“{text}” bukan pilihan"
    plain = re.sub(r"(?i)^rp\.?|\s", "", text)
    plain = re.sub(r"[.,]0{1,2}$", "", plain)  # 1250000.0 and 1.250.000,00 are whole rupiah
    if not re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d+", plain):
        return None, f"“{text}” bukan bilangan"
    return float(re.sub(r"[.,]", "", plain)), ""
