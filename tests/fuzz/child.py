"""Reads 2,000 damaged files in this process under limits of memory and time; prints what went wrong, as JSON."""

import io
import json
import random
import resource
import signal
import sys
import tempfile
import traceback
import zipfile
from pathlib import Path

import xlsxwriter

from analysis.errors import SelarasError
from analysis.policy import load_rulebook
from analysis.rosters import read_sheets
from analysis.rosters.peek import peek
from analysis.rosters.recognition import place

MEMORY, SECONDS_A_FILE = 3 << 30, 20
HEADER = ["NIK", "NAMA", "KELURAHAN", "TGL LAHIR"]
ROWS = [[f"327201050380{9000 + i}", f"ORANG {i}", "Cikole", "05/03/1980"] for i in range(30)]


def xlsx(rows, extra=None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("PKH")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if extra:
            extra(book, sheet)
    return out.getvalue()


def csv_bytes(rows, sep=";") -> bytes:
    return "\n".join(sep.join(row) for row in rows).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def replaced(book: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        members = {part.filename: archive.read(part) for part in archive.infolist()}
    return zipped(members | {name: content})


def formulas(book, sheet):
    sheet.write_formula(40, 0, '=HYPERLINK("http://contoh.invalid","x")')
    sheet.write_formula(41, 0, "='[luar.xlsx]S'!A1")
    sheet.write_formula(42, 0, '=WEBSERVICE("http://contoh.invalid")')


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]><sst>&e;&e;&e;&e;</sst>"""
GOOD_XLSX, GOOD_CSV = xlsx([HEADER, *ROWS]), csv_bytes([HEADER, *ROWS])
GOOD_HTML = (
    b"<html><table><tr><td>NIK</td><td>NAMA</td></tr><tr><td>1</td><td>A</td></tr></table></html>"
)
SPECIAL = [
    ("kolom.xlsx", xlsx([["K"] * 16_384, HEADER, *ROWS])),
    ("kolom.csv", ";".join(["K"] * 16_384).encode() + b"\n" + GOOD_CSV),
    ("rumus.xlsx", xlsx([HEADER, *ROWS], formulas)),
    ("bom.zip", zipped({"a.csv": b"0" * 400_000_000})),
    ("bom.xlsx", replaced(GOOD_XLSX, "xl/worksheets/sheet1.xml", b" " * 300_000_000)),
    ("tawa.xlsx", replaced(GOOD_XLSX, "xl/sharedStrings.xml", LAUGHS)),
    ("tawa2.xlsx", replaced(GOOD_XLSX, "xl/workbook.xml", LAUGHS)),
    ("sarang.zip", zipped({"b.zip": zipped({"a.csv": GOOD_CSV})})),
    ("jalan.zip", zipped({"../../keluar.csv": GOOD_CSV})),
    ("utf16.csv", GOOD_CSV.decode().encode("utf-16")),
    ("kutip.csv", GOOD_CSV.replace(b"ORANG 3", b'"ORANG 3')),
    ("nol.csv", GOOD_CSV.replace(b"A", b"\0")),
    ("dalam.html", b"<table>" * 5000 + b"<tr><td>NIK"),
    ("baris.csv", b"x" * 5_000_000),
    ("kosong.xlsx", b""),
]  # fmt: skip


def mutated(rng: random.Random) -> tuple[str, bytes]:
    kind, good = rng.choice(
        [
            ("xlsx", GOOD_XLSX),
            ("csv", GOOD_CSV),
            ("xls", GOOD_HTML),
            ("zip", zipped({"a.xlsx": GOOD_XLSX})),
        ]
    )
    content = bytearray(good)
    how = rng.randrange(7)
    if how == 0:
        del content[rng.randrange(len(content)) :]
    elif how == 1:
        for _ in range(rng.randrange(1, 40)):
            content[rng.randrange(len(content))] = rng.randrange(256)
    elif how == 2:
        at = rng.randrange(len(content))
        content[at:at] = rng.randbytes(rng.randrange(1, 300))
    elif how == 3:
        kind = rng.choice(
            [
                "xlsx",
                "xls",
                "xlsb",
                "ods",
                "csv",
                "tsv",
                "txt",
                "parquet",
                "zip",
                "html",
                "pdf",
                "docx",
            ]
        )
    elif how == 4:
        content = bytearray(rng.randbytes(rng.randrange(0, 2000)))
    elif how == 5:
        for _ in range(rng.randrange(1, 10)):
            content[rng.randrange(len(content))] = rng.choice(b"\"';,\t\n\r\0")
    else:
        at = rng.randrange(len(content))
        del content[at : at + rng.randrange(1, 200)]
    return f"acak.{kind}", bytes(content)


def read(path: Path, rulebook) -> str:
    for sheet in read_sheets(path):
        top = sheet.cells.slice(0, 30).to_pylist()
        texts = [(row["baris"], [row[c] or "" for c in row if c != "baris"]) for row in top]
        place(path.name, sheet.name, texts, rulebook)
    peek(path)
    return "dibaca"


def hang(*_):
    raise TimeoutError("hang")


def main(count: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, hang)
    rng, rulebook, ends, wrong = random.Random(1), load_rulebook(), {}, []
    with tempfile.TemporaryDirectory() as name:
        for number in range(count):
            file, content = SPECIAL[number] if number < len(SPECIAL) else mutated(rng)
            path = Path(name) / file
            path.write_bytes(content)
            signal.alarm(SECONDS_A_FILE)
            try:
                end = read(path, rulebook)
            except SelarasError as error:
                end = error.key
                if file not in error.text() or "Perbaikan:" not in error.text():
                    wrong.append([number, file, "kalimat", error.text()])
            except BaseException:
                end = "gagal"
                wrong.append([number, file, "traceback", traceback.format_exc()[-1500:]])
            finally:
                signal.alarm(0)
            ends[end] = ends.get(end, 0) + 1
            path.unlink()
        left = [p.name for p in Path(name).iterdir()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    json.dump(
        {"ends": ends, "wrong": wrong[:5], "n_wrong": len(wrong), "peak_mib": peak, "left": left},
        sys.stdout,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
