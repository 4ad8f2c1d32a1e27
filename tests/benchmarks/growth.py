"""CPU seconds of read + clean + check over growing lists; the exponent of growth between the ends."""

import math
import sys
import tempfile
import time
from pathlib import Path

from measuring import printed

from analysis import launch
from analysis.settings import Workspace

HEADER = "NIK;NO KK;NAMA;TGL LAHIR;ALAMAT;RT;RW;KELURAHAN;KECAMATAN;NOMINAL\n"
WORDS = (
    "UJANG",
    "NENENG",
    "ASEP",
    "SITI",
    "DADANG",
    "RINA",
    "H. MOCH.",
    "YULI",
    "DEDE",
    "IIS",
    "TATANG",
    "EUIS",
)
PLACES = (
    ("Cikole", "Cikole"),
    ("Selabatu", "Cikole"),
    ("Gunungparang", "Cikole"),
    ("Baros", "Baros"),
    ("Tipar", "Citamiang"),
)


def lines(count: int):
    """Rows of made-up people, each different; every eleventh number broken."""
    for i in range(count):
        day, month, year = 1 + i % 28, 1 + (i // 28) % 12, 40 + (i // 336) % 60
        nik = f"3272{1 + i % 7:02d}{day:02d}{month:02d}{year:02d}{9000 + (i * 37 + i // 20160) % 1000:04d}"
        nik = nik[:13] if i % 11 == 0 else nik
        name = f"{WORDS[i % 12]} {WORDS[(i // 12) % 12]} {chr(65 + (i // 144) % 26)}{chr(65 + (i // 3744) % 26)}A"
        kelurahan, kecamatan = PLACES[i % 5]
        yield f"{nik};32720101{15 + i % 10:02d}{9000 + i % 1000:04d};{name};{day:02d}-{month:02d}-19{year};Jl. Mawar {i};{i % 9:03d};{i % 7:03d};{kelurahan};{kecamatan};600000\n"


def seconds(count: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data/raw/uji/2025-12"
        folder.mkdir(parents=True)
        with (folder / "PKH.csv").open("w") as stream:
            stream.write("DAFTAR PENERIMA PKH\n" + HEADER)
            stream.writelines(lines(count))
        pipeline = launch.prepare(Workspace(Path(name)), None, None, None, None, lambda *_: None)
        start = time.process_time()
        pipeline.clean(pipeline.read())
        return time.process_time() - start


def section(office: Path) -> str:
    """Growing lists of made-up people, the same in every office."""
    head = "### Growth of read, clean and check\n\n| rows | CPU s |\n|---|---|\n"
    return head + printed("growth.py", office)


def main(sizes: list[int]) -> None:
    seconds(5_000)  # warm
    used = {size: seconds(size) for size in sizes}
    exponent = math.log(used[sizes[-1]] / used[sizes[0]]) / math.log(sizes[-1] / sizes[0])
    for size, cpu in used.items():
        print(f"| {size:,} | {cpu:.1f} |")
    print(f"\nGrowth exponent between the ends: N^{exponent:.2f}.")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100_000, 500_000, 2_000_000])
