"""Numbers that repeat and numbers other lists name: what the conditions of checks look up."""

from analysis.engine import Engine
from analysis.policy import Rulebook
from analysis.rosters.spelling import folded


def build_references(engine: Engine) -> None:
    """core_references: whom the lists of the deceased, moved, employed … name, by sound NIK."""
    engine.table(
        "core_references",
        """SELECT replace(source, 'rujukan_', '') AS jenis, berkas, lembar, baris,
            CASE WHEN regexp_full_match(n, '[0-9]{16}') THEN n END AS nik
        FROM (SELECT *, regexp_replace(nik_t, '[^0-9]', '', 'g') AS n FROM _fields
              WHERE jenis = 'data' AND peran = 'rujukan')""",
    )


def build_groups(engine: Engine, rulebook: Rulebook) -> None:
    """Numbers that stand more than once: in one list, with two names, with one birth, in one family card."""
    engine.table(
        "_repeated",
        "SELECT source, nik FROM _by_list WHERE nik IS NOT NULL GROUP BY ALL HAVING count(*) > 1",
    )
    engine.table(
        "_two_names",
        f"""SELECT nik FROM (SELECT nik, min(nama) AS a, max(nama) AS b FROM _by_number
            WHERE nik IS NOT NULL GROUP BY nik)
        WHERE a <> b AND jaro_winkler_similarity(a, b) < {rulebook.reading.nama_berbeda_maks}""",
    )
    engine.table(
        "_two_niks",
        f"""SELECT record_id FROM (
            SELECT record_id, min(nik) OVER person AS a, max(nik) OVER person AS b FROM (
                SELECT record_id, source, nik, tgl_lahir, kode_wilayah, rt, {folded("nama")} AS sound FROM _by_list
                JOIN (SELECT source, tgl_lahir, kode_wilayah, left(nama, 1) AS first FROM _by_list
                    WHERE nik IS NOT NULL AND tgl_lahir IS NOT NULL AND nama IS NOT NULL AND kode_wilayah IS NOT NULL
                    GROUP BY ALL HAVING min(nik) <> max(nik)) near USING (source, tgl_lahir, kode_wilayah)
                WHERE nik IS NOT NULL AND left(nama, 1) = near.first)
            WINDOW person AS (PARTITION BY source, tgl_lahir, kode_wilayah, rt, sound))
        WHERE a <> b""",
    )
    families = ", ".join(
        f"'{code}'"
        for code in sorted({p.kode for p in rulebook.programmes if p.satuan == "keluarga"})
    )
    engine.table(
        "_two_in_family",
        f"""SELECT programme, no_kk FROM _by_list
        WHERE peran = 'penerima' AND is_penerima AND no_kk IS NOT NULL AND programme IN ({families or "''"})
        GROUP BY programme, no_kk HAVING count(DISTINCT coalesce(nik, nama)) > 1""",
    )
