"""tinjau_padanan.xlsx: pairs side by side for a reviewer, and their answers back. Never leaves the office."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.engine import Engine, Store
from analysis.errors import InputFileError, UsageError
from analysis.field.link_decisions import (
    ANSWERS,
    LinkDecision,
    read_link_decisions,
    record_link_decisions,
    standing,
)
from analysis.field.sheets import WorkSheet, write_workbook
from analysis.rosters import read_sheets

SHEET, PAIR = "Tinjau padanan", "No. pasangan"
_SIDES = (
    ("Daftar", "source", 14.0), ("Nama", "nama_asli", 24.0), ("NIK", "nik_t", 19.0), ("No KK", "no_kk", 19.0),
    ("Tgl lahir", "tgl_lahir", 11.0), ("L/P", "jenis_kelamin", 5.0), ("Alamat", "alamat_t", 30.0),
)  # fmt: skip
_ANSWER = (("Jawaban", 20.0), ("Penelaah", 18.0), ("Tanggal", 12.0), ("Alasan", 30.0))
_WHY = {
    "acak": "contoh acak untuk mengukur mutu", "dekat_ambang": "bukti seimbang", "gugus_besar": "gugus terlalu besar",
    "kembar": "mungkin kembar", "satu_nik_dua_nama": "satu NIK, dua nama", "tanpa_identitas": "tanpa nomor dan tanggal lahir",
}  # fmt: skip
_NOTES = (
    "LEMBAR KERJA TERBATAS: memuat data pribadi; tidak untuk disebarkan. Pertanyaannya satu: apakah kedua baris orang yang sama?",
    "Isi Jawaban, Penelaah, Tanggal (TTTT-BB-HH) dan Alasan; nomor pasangan jangan diubah. Jawaban mengalahkan skor dan dapat dibatalkan.",
)


@dataclass(frozen=True)
class LinkReview:
    """Review of a period's links: `store` holds the tables, `decisions` what was answered before."""

    store: Store
    decisions: Path
    mark: str = ""

    def export(self) -> Path:
        """Write the sheet of pairs not settled yet, the random ones among them."""
        pairs = self.pairs()
        rows = [self._row(pair) for pair in pairs.itertuples() if not pair.jawaban]
        columns = [(PAIR, 20.0), ("Mengapa", 20.0), ("Penjelasan", 46.0), ("Peluang", 9.0)]
        columns += [(f"{head} {side}", width) for head, _, width in _SIDES for side in ("A", "B")]
        columns += [*_ANSWER, ("Jawaban sebelumnya", 36.0)]
        notes = ((self.mark,) if self.mark else ()) + _NOTES
        sheet = WorkSheet(SHEET, notes, tuple(columns), rows, {"Jawaban": list(ANSWERS.values())})
        return write_workbook(self.store.folder / "tinjau" / "tinjau_padanan.xlsx", [sheet])

    def take_in(self, path: Path, password: str | None = None) -> int:
        """Record the answers of a sheet that came back. Raises InputFileError naming every wrong row."""
        known = {pair.nomor: pair for pair in self.pairs().itertuples()}
        answers, mistakes, seen = [], [], False
        for sheet in read_sheets(path, password):
            if not sheet.name.startswith(SHEET):
                continue
            seen = True
            for row, cells in _rows(sheet.cells):
                problem = _problem(cells, known)
                if problem:
                    mistakes.append(f"{sheet.name} baris {row}: {problem}")
                elif cells.get("Jawaban"):
                    answers.append(_decision(known[cells[PAIR]], cells))
        if not seen:
            raise InputFileError("field_sheet_missing", file=path.name, sheet=SHEET)
        if mistakes:
            told = "; ".join(mistakes[:12])
            raise InputFileError(
                "field_answers_wrong", file=path.name, count=len(mistakes), rows=told
            )
        return record_link_decisions(self.decisions, answers)

    def label(self, pair: str, answer: str, reviewer: str, day: str, reason: str) -> int:
        """Record one answer. Raises UsageError for an unknown pair or answer."""
        known = {row.nomor: row for row in self.pairs().itertuples()}
        if pair not in known or answer not in ANSWERS:
            raise UsageError("review_unknown", pair=pair, answers=", ".join(ANSWERS))
        cells = {"Jawaban": answer, "Penelaah": reviewer, "Tanggal": day, "Alasan": reason}
        return record_link_decisions(self.decisions, [_decision(known[pair], cells)])

    def pairs(self) -> pd.DataFrame:
        """The period's review pairs with both rows' fields, their number and what was said before."""
        with Engine() as engine:
            self.store.attach(engine, "core_review_pairs", "core_records")
            engine.register("_said", standing(read_link_decisions(self.decisions)).astype({"jawaban": "str", "told": "str"})[["kunci_a", "kunci_b", "jawaban", "told", "berbeda"]])  # fmt: skip
            sides = ", ".join(f"{s}.{c} AS {c}_{s}" for _, c, _ in _SIDES for s in ("a", "b"))
            shown = """SELECT *, coalesce(nik, nik15 || '?', nik_status) AS nik_t,
                concat_ws(' ', alamat, 'RT ' || rt, 'RW ' || rw, kode_wilayah) AS alamat_t FROM core_records"""
            return engine.frame(
                f"""SELECT 'P-' || left(md5(p.kunci_a || p.kunci_b), 8) AS nomor, p.*, {sides},
                    coalesce(s.jawaban, '') AS jawaban, coalesce(s.told, '') AS told
                FROM core_review_pairs p JOIN ({shown}) a ON a.record_id = p.record_a JOIN ({shown}) b ON b.record_id = p.record_b
                LEFT JOIN _said s ON s.kunci_a = p.kunci_a AND s.kunci_b = p.kunci_b
                ORDER BY sebab = 'acak', sebab, abs(coalesce(peluang, 0.5) - 0.5), nomor"""
            )

    def _row(self, pair) -> tuple:
        cells = [_cell(getattr(pair, f"{c}_{s}")) for _, c, _ in _SIDES for s in ("a", "b")]
        chance = f"{100 * pair.peluang:.0f}%" if pair.peluang == pair.peluang else "–"
        return (
            pair.nomor,
            _WHY[pair.sebab],
            sentence(pair),
            chance,
            *cells,
            "",
            "",
            "",
            "",
            pair.told,
        )


def sentence(pair) -> str:
    """The pair's evidence in one plain sentence."""
    agree, differ, silent = [], [], []
    for head, column in (("nama", "nama_asli"), ("NIK", "nik_t"), ("No KK", "no_kk"), ("tanggal lahir", "tgl_lahir"), ("alamat", "alamat_t")):  # fmt: skip
        a, b = (_cell(getattr(pair, f"{column}_{side}")) for side in ("a", "b"))
        missing = (
            not a or not b or (column == "nik_t" and not (a[:1].isdigit() and b[:1].isdigit()))
        )
        (silent if missing else agree if a == b else differ).append(head)
    parts = [f"{word} {', '.join(which)}" for word, which in (("sama:", agree), ("berbeda:", differ), ("tidak diketahui:", silent)) if which]  # fmt: skip
    joined = "digabung" if pair.digabung else "tidak digabung"
    return f"{'; '.join(parts).capitalize()}. Saat ini {joined}."


def _cell(value: object) -> str:
    text = "" if value is None or value != value else str(value)
    return text.removesuffix(" 00:00:00") if text != "NaT" else ""


def _rows(cells):
    table = cells.to_pylist()
    heads = next((row for row in table if PAIR in row.values()), {})
    names = {column: name for column, name in heads.items() if column != "baris" and name}
    for row in table:
        if heads and row["baris"] > heads["baris"] and row.get(next(iter(names))):
            yield (
                row["baris"],
                {name: (row[column] or "").strip() for column, name in names.items()},
            )


def _problem(cells: dict[str, str], known: dict) -> str:
    answer = cells.get("Jawaban", "")
    if not answer:
        return ""
    if cells.get(PAIR, "") not in known:
        return "nomor pasangan tidak dikenal"
    if answer not in ANSWERS.values() and answer not in ANSWERS:
        return "isi kolom Jawaban tidak ada pada daftar pilihan"
    missing = [head for head in ("Penelaah", "Tanggal", "Alasan") if not cells.get(head)]
    return f"kolom {', '.join(missing)} kosong" if missing else ""


def _decision(pair, cells: dict[str, str]) -> LinkDecision:
    codes = {text: code for code, text in ANSWERS.items()} | {code: code for code in ANSWERS}
    drawn = pair.sebab == "acak"
    return LinkDecision(
        pair.kunci_a, pair.kunci_b, codes[cells["Jawaban"]], cells["Penelaah"], cells["Alasan"], cells["Tanggal"],
        str(bool(pair.digabung)).lower(), str(int(pair.lapisan)) if drawn else "", f"{pair.bobot:.4f}" if drawn else "",
    )  # fmt: skip
