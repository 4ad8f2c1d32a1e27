"""Spec: a set cleaned again with known files taken over has the same tables, row for row, as one cleaned whole."""

import pyarrow.parquet as pq
import pytest
from rosterkit import cleaned, workbook
from test_checks import FINE, HEADER, other, row

PKH = [row(), other("9002"), row(NAMA="BUDIMAN", KOMPONEN=""), row(**{"TGL LAHIR": "31/02/1980"})]
OTHERS = [other("9003"), other("9004", KELURAHAN="Cisarue"), other("9005", NOMINAL="seratus")]
AGAIN = [row(), other("9003", **{"NO KK": FINE[1]}), other("9002", NAMA="SARIE")]
ASN, DEAD = "DAFTAR ASN KOTA", "DAFTAR MENINGGAL"
NAMED = {"pkh_a.xlsx": ("DAFTAR PENERIMA PKH", PKH), "pkh_b.xlsx": ("DAFTAR PENERIMA PKH", OTHERS), "asn.xlsx": (ASN, [FINE[0]])}  # fmt: skip

WRITTEN: dict[str, bytes] = {}

# what lies there when it is cleaned again
LATER = {
    "a list more": NAMED | {"sembako.xlsx": ("DAFTAR PENERIMA SEMBAKO BPNT", [row(), other("9004", NAMA="SITI")])},
    "a list's second file": NAMED | {"pkh_c.xlsx": ("DAFTAR PENERIMA PKH", AGAIN)},
    "a first file": NAMED | {"0.xlsx": ("DAFTAR PENERIMA ATENSI YAPI", AGAIN)},
    "a file delivered again": NAMED | {"pkh_b.xlsx": ("DAFTAR PENERIMA PKH", AGAIN)},
    "a file gone": {name: NAMED[name] for name in ("pkh_b.xlsx", "asn.xlsx")},
    "a file renamed": {("z.xlsx" if name == "pkh_a.xlsx" else name): NAMED[name] for name in NAMED},
    "a reference more": NAMED | {"mati.xlsx": (DEAD, [FINE[0], "3272010503809003"])},
    "another reference": NAMED | {"asn.xlsx": (ASN, ["3272010503809002"])},
    "a reference gone": {name: NAMED[name] for name in ("pkh_a.xlsx", "pkh_b.xlsx")},
    "nothing known": {"x.xlsx": ("DAFTAR PENERIMA PKH", AGAIN)},
}  # fmt: skip


def laid(folder, files):
    """Put the files there; one that lay there before is not written anew, for a workbook states its time."""
    folder.mkdir(exist_ok=True)
    for name, (title, rows) in files.items():
        listed = (
            [HEADER, *rows]
            if isinstance(rows[0], list)
            else [["NIK", "NAMA"], *([nik, "SARI"] for nik in rows)]
        )
        written = WRITTEN.setdefault(
            repr((title, rows)), workbook(folder / name, {"Cikole": [[title], [], *listed]}).read_bytes()
        )  # fmt: skip
        (folder / name).write_bytes(written)
    return folder


def rows(path):
    return pq.read_table(path).to_pylist()


@pytest.fixture(scope="module")
def before(tmp_path_factory, rulebook):
    folder = laid(tmp_path_factory.mktemp("dasar"), NAMED)
    with cleaned(folder, rulebook):
        return folder / ".store"


@pytest.mark.parametrize("change", LATER)
def test_every_table_is_that_of_a_whole_cleaning(tmp_path, rulebook, before, change):
    folder = laid(tmp_path / "masuk", LATER[change])
    whole, part = tmp_path / "whole", tmp_path / "part"
    with cleaned(folder, rulebook, whole):
        pass
    with cleaned(folder, rulebook, part, before) as engine:
        read = {name for (name,) in engine.rows("SELECT DISTINCT berkas FROM _read")}
    made = sorted(path.name for path in (whole / "core").glob("*.parquet"))
    assert "core_findings.parquet" in made
    for name in made:
        assert rows(part / "core" / name) == rows(whole / "core" / name), name
    same = {name for name in LATER[change] if LATER[change][name] == NAMED.get(name)}
    lists = {name for name in LATER[change] if isinstance(LATER[change][name][1][0], list)}
    # where nothing is to be read beside them, all are read
    assert read == (lists if same & lists == LATER[change].keys() else lists - same)
