"""Lists with a NIK: read as rosters are, then linked by the same steps as the city's.

The layout's fields are those of core_records: nik, no_kk, nama, tgl_lahir, jenis_kelamin,
kode_wilayah, rt, rw; any but the nik may be missing, and the first five may be named otherwise.
"""

from analysis.engine import Engine
from analysis.errors import RulesError
from analysis.linkage.clusters import join_units
from analysis.linkage.keys import build_units
from analysis.policy import ListLayout, Rulebook
from analysis.rosters.dates import read_dates
from analysis.rosters.identifiers import digits, number_status, remnant, zero_share
from analysis.rosters.names import clean_names

_LATEST = "2099-12-31"


def resolve_indonesian(engine: Engine, rulebook: Rulebook, layout: ListLayout) -> None:
    """Make `resolved` (source, record, person_id, peluang) from `resolve_rows`."""
    _as_records(engine, rulebook, layout)
    build_units(engine)
    join_units(engine, rulebook.linkage)
    engine.table(
        "resolved",
        """WITH named AS (SELECT cluster, row_number() OVER (ORDER BY min(uid)) AS k FROM _clusters GROUP BY cluster)
        SELECT r.source, r.record, printf('P-%08d', n.k) AS person_id, c.peluang
        FROM _given r JOIN _unit_of u USING (record_id) JOIN _clusters c USING (uid) JOIN named n USING (cluster)
        ORDER BY r.source, r.place""",
    )


def _as_records(engine: Engine, rulebook: Rulebook, layout: ListLayout) -> None:
    """`core_records` as far as linkage reads it."""
    wanted = ("nik", "no_kk", "nama", "tgl_lahir", "jenis_kelamin", "kode_wilayah", "rt", "rw")
    found = {name: _field(layout, name) for name in wanted}
    if found["nik"] is None:
        raise RulesError("list_layout_without_nik")
    cells = ", ".join(
        f"x_{field} AS {name}" if field else f"CAST(NULL AS VARCHAR) AS {name}"
        for name, field in found.items()
    )
    engine.table(
        "_given",
        f"""SELECT source, place, record, printf('%s:%012d', source, place) AS record_id, {cells} FROM resolve_rows""",
    )
    clean_names(engine, rulebook, "_given", "nama", "_names")
    read_dates(engine, rulebook, "_given", "tgl_lahir", "_births", _LATEST)
    zero = {name: zero_share(name, rulebook) for name in ("nik", "no_kk")}
    engine.table(
        "_zeros",
        f"SELECT source, {zero['nik']} AS nik_zero, {zero['no_kk']} AS kk_zero FROM _given GROUP BY source",
    )
    engine.table(
        "_read",
        f"""SELECT g.*, {digits("nik")} AS nik_d, {digits("no_kk")} AS kk_d,
            {number_status("nik", "nik_zero", rulebook, is_nik=True)} AS nik_status,
            {number_status("no_kk", "kk_zero", rulebook, is_nik=False)} AS kk_status
        FROM _given g JOIN _zeros USING (source)""",
    )
    engine.table("core_records", _RECORDS)
    engine.drop("_names", "_births", "_zeros", "_read")


_KINDS = {"nik": "identifier", "no_kk": "household", "nama": "name", "tgl_lahir": "date", "jenis_kelamin": "sex"}  # fmt: skip


def _field(layout: ListLayout, name: str) -> str | None:
    """The layout's field of that name, or else the first of its kind: lists call things by many names."""
    if name in layout.fields:
        return name
    return next((f for f, rule in layout.fields.items() if rule.kind == _KINDS.get(name)), None)


_RECORDS = (
    """
    SELECT d.record_id, d.source, 'penerima' AS peran, CASE WHEN nik_status = 'sah' THEN nik_d END AS nik,
        CASE WHEN nik_status = 'sah' OR (nik_status = 'rusak_excel' AND length(nik_d) IN (15, 16)) THEN nik_d[1:15] END AS nik15,
        """
    + remnant("nik_status", "nik_d")
    + """ AS nik_sisa,
        CASE WHEN kk_status = 'sah' AND kk_d IS DISTINCT FROM nik_d THEN kk_d END AS no_kk,
        x.nama, b.tanggal AS tgl_lahir, b.presisi AS tgl_lahir_presisi,
        CASE WHEN upper(jenis_kelamin) IN ('L', 'LAKI-LAKI', 'LAKI LAKI', 'PRIA', 'M', '1') THEN 'L'
            WHEN upper(jenis_kelamin) IN ('P', 'PEREMPUAN', 'WANITA', 'F', '2') THEN 'P' END AS jenis_kelamin,
        d.kode_wilayah, lpad(regexp_replace(d.rt, '[^0-9]', '', 'g'), 3, '0') AS rt,
        lpad(regexp_replace(d.rw, '[^0-9]', '', 'g'), 3, '0') AS rw
    FROM _read d LEFT JOIN _names x ON x.teks = d.nama LEFT JOIN _births b ON b.teks = d.tgl_lahir"""
)
