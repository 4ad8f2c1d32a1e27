"""Six needs × city, province, centre: people in need, people served, gaps, double cover, and what is asked."""

from datetime import date

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Need, Rulebook

LEVELS = ("kota", "provinsi", "pusat")
# Need and service of each row, counted on tables of this stage; a row whose table is absent has neither.
_MEASURES = {
    "belum_tercatat": ("out_family_programmes", """
        SELECT count(*), count(*) FILTER (n_programmes > 0) FROM out_family_programmes
        WHERE is_registri AND desil IN (SELECT desil FROM _priority)"""),
    "perlu_verifikasi": ("out_review", "SELECT count(DISTINCT family_id), NULL FROM out_review"),
    "terlantar": ("out_stays", """
        SELECT count(DISTINCT tamu), count(DISTINCT tamu) FILTER (hasil <> 'pergi_sendiri') FROM out_stays"""),
    "pas12": ("out_pas12_groups", """
        SELECT sum(kebutuhan), sum(kebutuhan_terlayani) FROM out_pas12_groups"""),
    "sekolah": ("out_school", """
        SELECT count(*) FILTER (is_layak), count(*) FILTER (is_layak AND is_diterima) FROM out_school"""),
    "jkn": ("out_jkn", """
        SELECT count(*) FILTER (is_usul_pbi OR is_reaktivasi), NULL FROM out_jkn"""),
}  # fmt: skip


def build_collaboration(engine: Engine, rulebook: Rulebook, on: date) -> list[str]:
    """Make out_needs, out_collaboration, out_requests and out_places; answers come from the table `answers` where it is there."""
    present = engine.names()
    needs = rulebook.services.kebutuhan
    rows = [
        (need.kode, place, *_counted(engine, need, present)) for place, need in enumerate(needs, 1)
    ]
    engine.register("_need", pd.DataFrame(rows, columns=["kebutuhan", "urut", "dibutuhkan", "terlayani", "rangkap"]).astype(
        {"dibutuhkan": "Int64", "terlayani": "Int64", "rangkap": "Int64"}))  # fmt: skip
    engine.table("out_needs", _NEEDS)
    pairs = [
        (need.kode, level, code)
        for need in needs for level in LEVELS for code in getattr(need, level)
    ]  # fmt: skip
    names = ["kebutuhan", "pihak", "programme"]
    engine.register("_by_level", pd.DataFrame(pairs, columns=names, dtype="str"))
    jkn = rulebook.services.jkn
    engine.table(
        "out_collaboration",
        _cells(present),
        on=on,
        insured=jkn.program_kota,
        segment=jkn.segmen_kota,
    )
    _build_requests(engine, rulebook, on)
    engine.drop("_need", "_by_level")
    made = ["out_needs", "out_collaboration", "out_requests"]
    if "core_places" not in present:
        return made
    engine.table("out_places", _PLACES, on=on)
    return [*made, "out_places"]


def _counted(engine: Engine, need: Need, present: set[str]) -> tuple:
    table, sql = _MEASURES.get(need.kode, ("", ""))
    counted = engine.rows(sql)[0] if table in present else (None, None)
    return (*counted, _double(engine, need) if need.satuan == "keluarga" else None)


def _double(engine: Engine, need: Need) -> int:
    """Priority families that the city or the province and the centre both serve for this need."""
    own, centre = ([*need.kota, *need.provinsi], list(need.pusat))
    return engine.one(
        """SELECT count(*) FROM (
            SELECT e.family_id FROM core_enrolments e JOIN core_families f USING (family_id)
            WHERE f.is_registri AND f.desil IN (SELECT desil FROM _priority) GROUP BY e.family_id
            HAVING bool_or(list_contains($own, e.programme)) AND bool_or(list_contains($centre, e.programme)))""",
        own=own, centre=centre,
    )  # fmt: skip


_PLACES = """
    SELECT programme, nama, kode_wilayah, kapasitas, status, tanggal FROM core_places
    WHERE tanggal IS NULL OR tanggal <= CAST($on AS DATE)"""

_NEEDS = """
    SELECT kebutuhan, CAST(urut AS INTEGER) AS urut, CAST(dibutuhkan AS BIGINT) AS dibutuhkan,
        CAST(terlayani AS BIGINT) AS terlayani, CAST(dibutuhkan - terlayani AS BIGINT) AS celah, CAST(rangkap AS BIGINT) AS rangkap
    FROM _need"""


def _cells(present: set[str]) -> str:
    """What each programme of the matrix is known to do here: recipients, places, or only its name."""
    places = """SELECT programme, bool_or(status = 'berjalan') AS berjalan FROM core_places
        WHERE tanggal IS NULL OR tanggal <= CAST($on AS DATE) GROUP BY programme"""
    none = "SELECT NULL::VARCHAR AS programme, NULL::BOOLEAN AS berjalan WHERE CAST($on AS DATE) IS NULL"
    return f"""
        WITH received AS (
            SELECT programme, count(*) AS n FROM core_enrolments GROUP BY programme
            UNION ALL SELECT programme, count(DISTINCT person_id) FROM _svc
            WHERE peran = 'layanan' AND programme IS NOT NULL GROUP BY programme
            UNION ALL SELECT $insured, count(DISTINCT person_id) FROM _svc WHERE segmen = $segment),
        totals AS (SELECT programme, sum(n) AS n FROM received GROUP BY programme),
        places AS ({places if "core_places" in present else none})
        SELECT b.kebutuhan, b.pihak, b.programme, g.kewenangan, g.unit,
            CASE WHEN t.n > 0 OR p.berjalan THEN 'berjalan' WHEN p.programme IS NOT NULL THEN 'calon'
                 ELSE 'tidak_diketahui' END AS status, CAST(nullif(t.n, 0) AS BIGINT) AS penerima
        FROM _by_level b JOIN _level g USING (programme) LEFT JOIN totals t USING (programme)
        LEFT JOIN places p USING (programme)"""


def _build_requests(engine: Engine, rulebook: Rulebook, on: date) -> None:
    """Make out_requests: the amount asked, and the province's latest answer known on the edition's day."""
    amounts = {
        "rujukan_panti": _amount(engine, "out_stays", """SELECT count(DISTINCT tamu) FROM out_stays
            WHERE hasil = $referred""", referred=rulebook.services.tinggal.hasil_provinsi),
        "calon_lokasi": _amount(engine, "core_places", """SELECT count(DISTINCT kode_wilayah) FROM core_places
            WHERE programme IN ('kampung_sosial', 'teman_sosial') AND status = 'calon' AND kode_wilayah <> 'luar'"""),
    }  # fmt: skip
    rows = [
        (r.kode, place, r.tetap if r.jumlah == "tetap" else amounts[r.jumlah], r.satuan)
        for place, r in enumerate(rulebook.services.permintaan, start=1)
    ]
    frame = pd.DataFrame(rows, columns=["permintaan", "urut", "jumlah", "satuan"])
    engine.register("_request", frame.astype({"jumlah": "Int64"}))
    answers = "answers" if "answers" in engine.names() else _NO_ANSWERS
    engine.table(
        "out_requests",
        f"""
        SELECT r.permintaan, CAST(r.urut AS INTEGER) AS urut, CAST(r.jumlah AS BIGINT) AS jumlah, r.satuan,
            a.jawaban, CAST(a.tanggal AS DATE) AS tgl_jawaban, CAST(a.jumlah AS BIGINT) AS jumlah_jawaban
        FROM _request r LEFT JOIN (
            SELECT * FROM {answers} WHERE tanggal <= CAST($on AS DATE)
            QUALIFY row_number() OVER (PARTITION BY permintaan ORDER BY tanggal DESC, urut DESC) = 1) a USING (permintaan)""",
        on=on,
    )
    engine.drop("_request")


_NO_ANSWERS = """(SELECT NULL::VARCHAR AS permintaan, NULL::VARCHAR AS jawaban, NULL::DATE AS tanggal,
    NULL::BIGINT AS jumlah, 0 AS urut WHERE false)"""


def _amount(engine: Engine, table: str, sql: str, **facts: object) -> int | None:
    return engine.one(sql, **facts) if table in engine.names() else None
