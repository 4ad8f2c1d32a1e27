"""Made-up names and numbers, files that tell them, and what the leak gate finds of them."""

import pandas as pd
import typst

from analysis.release import leak_gate

NAMES = pd.DataFrame(
    [
        ("nama", "ASEP SURYANA"), ("nama", "SITI NURJANAH BINTI MAMUN"), ("nama", "KARTINI"),
        ("nama", "GUNUNG PUYUH"), ("nama", "JULI"), ("alamat", "JL PELABUHAN II NO 17"), ("alamat", "CIKOLE"),
    ],
    columns=["jenis", "teks"],
)  # fmt: skip


NIK = "3272014512809001"


LEAKS = {
    "NIK atau nomor KK": [
        f"NIK {NIK}.",
        "3272 0145 1280 9001",
        "327201-451280-9001",
        "32.72.01.451280.9001",
    ],
    "NIK 15 angka": [f"kode {NIK[:15]}"],
    "NIK disamarkan": ["3272********0001"],
    "nama": ["Bapak Asep  Suryana, RT 01", "siti nurjanah binti ma'mun", "KARTINI"],
    "alamat": ["Jl. Pelabuhan II No. 17"],
    "tanggal lahir": ["Kartini (12-05-1980)", "lahir 5 Mei 1980 Kartini"],
}


PLANTED = [(kind, text) for kind, texts in LEAKS.items() for text in texts]


HONEST = """Kelurahan Gunung Puyuh dan Cikole, Juli 2025: 1.234.567 jiwa, Rp6.930.000.000.000, 37,4% (35,1–39,8).
Senin, 15 Desember 2025. Wilayah 32.72.02.1001. Seri 2.017 2.018 2.019 2.020 2.021. Kartu keluarga. 0,374219"""


def found(folder, rulebook) -> list[tuple[str, str]]:
    return [(leak.file, leak.kind) for leak in leak_gate.inspect(folder, NAMES, rulebook)]


def page(body: str) -> str:
    return f"<!doctype html><html lang='id'><body>{body}</body></html>"


def pdf(folder, text: str, name: str = "a.pdf", size: str = "12cm") -> None:
    source = folder / "a.typ"
    body = text if "#image" in text else text.replace("*", "\\*").replace("#", "\\#")
    source.write_text(f"#set page(width: {size})\n{body}\n", encoding="utf-8")
    typst.compile(source, output=folder / name)
    source.unlink()
