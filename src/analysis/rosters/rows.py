"""Sheets → `_fields`: the fields of every row as text, and what kind of row each is."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.engine import Engine, literal
from analysis.policy import Rulebook
from analysis.rosters.identifiers import is_plain
from analysis.rosters.recognition import Placement, squeezed

# Text fields every layout may fill; a field the layout lacks is null.
FIELDS = (
    "nik", "no_kk", "nama", "tgl_lahir", "jenis_kelamin", "hubungan_keluarga", "alamat", "rt", "rw",
    "rt_rw", "kelurahan", "kecamatan", "kabupaten", "kode_wilayah", "desil", "manfaat_rp", "status_penyaluran",
    "tgl_peristiwa", "kelompok", "sumber_dana", "n_anggota", "komponen", "disabilitas",
    "segmen", "tahap", "tgl_selesai", "hasil", "rekening", "program_teks", "nomor", "n_penerima", "kapasitas",
)  # fmt: skip

# Row kinds other than 'data', and the check that tells the file's owner of them.
SET_ASIDE = {
    "judul": "B01",
    "kepala": "B02",
    "kosong": "B03",
    "jumlah": "B04",
    "catatan": "B05",
    "lembar_lain": "B06",
    "kepala_ulang": "B07",
    "rekap_tak_terbaca": "B12",
}


@dataclass(frozen=True)
class PlacedSheet:
    """A sheet in raw table `raw`; `placement` None: it holds no list."""

    raw: str
    file: str
    sheet: str
    columns: tuple[str, ...]
    placement: Placement | None


def gather_rows(engine: Engine, rulebook: Rulebook, sheets: Sequence[PlacedSheet]) -> None:
    """Make `_fields` of all sheets: one row a row read, with `jenis` saying what it is."""
    parts = [_select(sheet, rulebook) for sheet in sheets]
    engine.table("_fields", " UNION ALL BY NAME ".join(parts))


def _select(sheet: PlacedSheet, rulebook: Rulebook) -> str:
    fit = sheet.placement
    named = {field: fit.column_of(field) if fit else None for field in FIELDS}
    fields = ", ".join(
        f"{column or 'NULL::VARCHAR'} AS {field}_t" for field, column in named.items()
    )
    source = fit.layout.kode if fit else "lembar_lain"
    program = f"'{fit.layout.program}'" if fit and fit.layout.program else "NULL::VARCHAR"
    return f"""SELECT '{source}' AS source, '{fit.layout.peran if fit else ""}' AS peran,
        {program} AS programme, berkas, file_sha8, lembar, baris, {fields},
        {_kind(sheet, named, rulebook)} AS jenis
        FROM {sheet.raw} WHERE lembar = {literal(sheet.sheet)}"""


def _kind(sheet: PlacedSheet, named: dict[str, str | None], rulebook: Rulebook) -> str:
    """A row is data when it names somebody and says one thing more, or carries a long number."""
    whole = "concat_ws(' ', " + ", ".join(sheet.columns or ("''",)) + ")"
    if sheet.placement is None:
        return f"CASE WHEN {whole} = '' THEN 'kosong' ELSE 'lembar_lain' END"
    if sheet.placement.layout.peran in {"survei", "rekap", "tempat"}:  # rows that name no person
        first, *others = (sheet.placement.column_of(f) for f in sheet.placement.layout.wajib)
        somebody, number = f"{first} IS NOT NULL", ""
        if sheet.placement.layout.peran != "survei":
            somebody = f"({first} IS NOT NULL AND coalesce({', '.join(others)}) IS NOT NULL)"
    else:
        somebody, number = _tells_somebody(named, sheet.columns)
    plain = f"trim(regexp_replace(lower({whole}), '[^a-z]+', ' ', 'g'))"
    return f"""CASE
        WHEN baris > {sheet.placement.header_row} AND {_surely(named)} THEN 'data'
        WHEN {whole} = '' THEN 'kosong'
        WHEN baris < {sheet.placement.header_row} THEN 'judul'
        WHEN baris = {sheet.placement.header_row} THEN 'kepala'
        WHEN {_header_again(sheet.placement)} OR {_numbers_columns(sheet.placement, whole)} THEN 'kepala_ulang'
        WHEN {_begins(plain, rulebook.reading.baris_jumlah)} THEN 'jumlah'
        WHEN {_begins(plain, rulebook.reading.baris_catatan)} THEN 'catatan'
        WHEN {somebody} OR {number or "false"} THEN 'data'
        ELSE 'catatan' END"""


def _surely(named: dict[str, str | None]) -> str:
    """A whole NIK or No KK stands beside a name: most rows, told without a slower look."""
    numbers = [is_plain(named[field]) for field in ("nik", "no_kk") if named[field]]
    if not (numbers and named["nama"]):
        return "false"
    return f"({' OR '.join(numbers)}) AND {named['nama']} IS NOT NULL"


def _header_again(fit: Placement) -> str:
    """Two required columns hold accepted headers instead of values."""
    tests = []
    for field in fit.layout.wajib[:2]:
        names = ", ".join(f"'{squeezed(alias)}'" for alias in fit.layout.kolom[field])
        tests.append(
            f"regexp_replace(lower({fit.column_of(field)}), '[^a-z0-9]', '', 'g') IN ({names})"
        )
    return "coalesce(" + " AND ".join(tests) + ", false)"


def _numbers_columns(fit: Placement, whole: str) -> str:
    """The row right below the header that numbers the columns: (1) (2) (3) …; nobody is called '4'."""
    if not (named := fit.column_of("nama")):
        return "false"
    return f"""(baris = {fit.header_row + 1} AND regexp_full_match({whole}, '[0-9() .=+-]+')
        AND regexp_full_match({named}, '[( ]*[0-9]{{1,2}}[). ]*'))"""


def _tells_somebody(named: dict[str, str | None], columns: Sequence[str]) -> tuple[str, str]:
    """Two tests: a name with a field or a running number beside it; a long number without a name."""
    told = [named[field] for field in FIELDS if field != "nama" and named[field]]
    if columns[0] not in named.values():
        told.append(f"nullif(regexp_extract({columns[0]}, '^[0-9]+[.]?$'), '')")
    number = " OR ".join(
        f"length(regexp_replace(coalesce({column}, ''), '[^0-9]', '', 'g')) >= 10"
        for column in (named["nik"], named["no_kk"])
        if column
    )
    other = f"coalesce({', '.join(told)}) IS NOT NULL" if told else "false"
    return (f"({named['nama']} IS NOT NULL AND {other})" if named["nama"] else "false"), number


def _begins(text: str, words: Sequence[str]) -> str:
    return f"regexp_matches({text}, '^({'|'.join(words)})( |$)')"
