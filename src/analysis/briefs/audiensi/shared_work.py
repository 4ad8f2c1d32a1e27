"""Needs with their figures, requests with their amounts and the province's answers, rows without identity."""

from analysis.briefs.opened import Brief
from analysis.notation import number, plain_date

_PRINTED = "terbit"


def need_line(brief: Brief, entry: dict) -> str:
    """The need of a row of the matrix, with how many are in need and how many are not served, where printed."""
    whole = brief.cells.cell("kolaborasi", entry["kode"], "dibutuhkan")
    left = brief.cells.cell("kolaborasi", entry["kode"], "celah")
    if whole is None or whole["status"] != _PRINTED:
        return entry["kebutuhan"]
    count = brief.cells.cited(whole)
    if left is None or left["status"] != _PRINTED:
        return brief.say("kebutuhan_jumlah", need=entry["kebutuhan"], count=count)
    return brief.say(
        "kebutuhan_celah", need=entry["kebutuhan"], count=count, gap=brief.cells.cited(left)
    )


def asked_amount(brief: Brief, code: str) -> str:
    """What is asked of the province; too few to print, or not counted: to be set together."""
    cell = brief.cells.cell("permohonan", code, "jumlah")
    printed = cell is not None and cell["status"] == _PRINTED
    return brief.cells.cited(cell) if printed else brief.say("ditetapkan_bersama")


def with_answer(brief: Brief, entry: dict, amount: str) -> str:
    """The amount, and the province's latest answer known on the edition's day."""
    cell = brief.cells.cell("permohonan", entry["kode"], "jawaban")
    if cell is None:
        return amount
    words = {
        a.kode: a.nama_en if brief.lang == "en" else a.nama for a in brief.rulebook.services.jawaban
    }
    granted = f" ({number(cell['nilai'], 0, brief.lang)})" if cell["status"] == _PRINTED else ""
    word = words[cell["teks"]] + granted
    return brief.say(
        "jawaban_provinsi", amount=amount, answer=word, day=plain_date(cell["tanggal"], brief.lang)
    )


def identity_sentence(brief: Brief) -> str:
    """That guests without identity are in every total and are joined by review alone; '' without the log."""
    rows = brief.cells.cell("identitas", "rumah_singgah", "baris")
    named = brief.cells.cell("identitas", "rumah_singgah", "dengan_nik")
    if rows is None or rows["status"] != _PRINTED:
        return ""
    if named is None or named["status"] != _PRINTED:
        return brief.say("identitas", rows=brief.cells.cited(rows))
    return brief.say("identitas_nik", rows=brief.cells.cited(rows), named=brief.cells.cited(named))
