"""The protected tables for a machine: one workbook, one CSV a topic, and their metadata, in a zip."""

import csv
import io
import json
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.briefs.colours import ACCENT
from analysis.briefs.forms.facts import edition_line, mark
from analysis.briefs.forms.sealing import members, write_zip
from analysis.briefs.labels import Labels
from analysis.briefs.opened import Brief

COLUMNS = ("wilayah", "baris", "kolom", "ukuran", "satuan", "nilai", "status", "pembilang", "penyebut", "bawah", "atas",
           "metode", "teks", "tanggal")  # fmt: skip
_STANDARD = "Satu Data Indonesia (Perpres 39/2019): standar data, metadata, kode referensi wilayah Kemendagri"


def write_tables(brief: Brief, target):
    """The zip; every file name and sheet of made-up data bears DATA SINTETIS."""
    suffix = "_DATA-SINTETIS" if brief.synthetic else ""
    content = {
        f"metadata{suffix}.json": _json(metadata(brief)),
        f"tabel_rilis{suffix}.xlsx": _workbook(brief),
    }
    for topic in sorted(brief.cells.tables):
        content[f"csv/{topic}{suffix}.csv"] = _csv(brief, topic)
    write_zip(target, content)
    return target


def metadata(brief: Brief) -> dict:
    """Standard, definitions, units, source, date: what Satu Data asks of a table that is shared."""
    labels = Labels(brief.rulebook)
    tables = {}
    for topic in sorted(brief.cells.tables):
        rows = brief.cells.tables[topic]
        tables[topic] = {
            "judul": labels.topic(topic),
            "sel": len(rows),
            "satuan": sorted(set(rows["satuan"])),
            "ukuran": {code: labels.code(topic, code) for code in sorted(set(rows["ukuran"]))},
            "metode": sorted({text for text in rows["metode"] if text}),
        }
    return {
        "tanda": mark(brief),
        "standar": _STANDARD,
        "kunci": ["wilayah", "baris", "kolom", "ukuran"],
        "wilayah": "kode wilayah Kemendagri; 32.72 = kota",
        "status": {
            "terbit": "boleh dikutip", "ditekan": "ditahan: kecil atau melindungi sel lain; nol tidak dibedakan",
            "kurang_dari_k": f"kurang dari {brief.cells.smallest}", "tidak_dapat_dihitung": "tidak dapat dihitung",
        },
        "sumber": brief.source("daftar"),
        "periode": brief.period,
        "tanggal": brief.on.isoformat(),
        "edisi": edition_line(brief),
        "pelindungan": f"sel kurang dari {brief.cells.smallest} ditahan; angka wilayah kecil dibulatkan; bagian dihitung ulang",
        "tabel": tables,
    }  # fmt: skip


def _json(content: dict) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _rows(brief: Brief, topic: str) -> list[list[object]]:
    rows = brief.cells.rows(topic).to_dict("records")
    return [[_plain(row[name]) for name in COLUMNS] for row in rows]


def _plain(value: object) -> object:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return int(value) if value == int(value) else round(value, 6)
    return value if isinstance(value, int | str) else str(value)


def _csv(brief: Brief, topic: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if brief.synthetic:
        writer.writerow([mark(brief)])
    writer.writerow(COLUMNS)
    writer.writerows(_rows(brief, topic))
    return ("\ufeff" + out.getvalue()).encode()


def _workbook(brief: Brief) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    made = datetime(brief.on.year, brief.on.month, brief.on.day)
    book.set_properties({"title": "Tabel rilis", "created": made})
    head = book.add_format({"bold": True, "bottom": 1})
    marked = book.add_format({"bold": True, "font_color": ACCENT})
    wide = book.add_format({"text_wrap": True, "valign": "top"})
    _about(book.add_worksheet("metadata"), brief, head, marked, wide)
    for topic in sorted(brief.cells.tables):
        _topic(book.add_worksheet(topic[:31]), brief, topic, head, marked)
    book.close()
    out = io.BytesIO()
    write_zip(out, members(held.getvalue()))
    return out.getvalue()


def _about(sheet: Worksheet, brief: Brief, head: Format, marked: Format, wide: Format) -> None:
    """The metadata that are one sentence."""
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100, wide)
    sheet.write(0, 0, mark(brief), marked)
    facts = {k: v for k, v in metadata(brief).items() if isinstance(v, str) and k != "tanda"}
    for place, (name, text) in enumerate(facts.items(), start=2):
        sheet.write(place, 0, name, head)
        sheet.write(place, 1, text)


def _topic(sheet: Worksheet, brief: Brief, topic: str, head: Format, marked: Format) -> None:
    """The cells of one topic below the edition and the names of the columns."""
    sheet.write(0, 0, mark(brief) or edition_line(brief), marked)
    sheet.write_row(2, 0, COLUMNS, head)
    sheet.set_column(0, len(COLUMNS) - 1, 16)
    for place, row in enumerate(_rows(brief, topic), start=3):
        sheet.write_row(place, 0, row)
    sheet.freeze_panes(3, 0)
