"""Families of the period: the register's card first, then the roster's, then the door with kin behind it, else the person alone."""

from analysis.engine import Engine
from analysis.linkage.kin import build_kin
from analysis.settings import Run


def build_families(engine: Engine, run: Run) -> None:
    """Make core_persons and core_families from core_records and core_links; `_seen` (rows with their person) stays.

    A family card changes with marriage, move and death, so a family is one of its period. `dasar`
    says what the family rests on, `dasar_keluarga` how each person came into it.
    """
    _see(engine)
    engine.table("_register_cards", _REGISTER_CARDS)
    engine.table("_best", _BEST)
    build_kin(engine)
    engine.view("_family_of", _FAMILY_OF)
    engine.table("core_families", _families_sql(run))
    engine.table("core_persons", _PERSONS)
    engine.run("ALTER TABLE core_families DROP COLUMN family_key")
    engine.drop("_register_cards", "_best", "_family_of", "_kin")


def _see(engine: Engine) -> None:
    """Make `_seen`. Records and links that stand in the same order lie side by side and need neither a join nor a copy."""
    if engine.one(f"SELECT count(*) FROM {_SIDE_BY_SIDE.format('')} WHERE record_id IS DISTINCT FROM its_record"):  # fmt: skip
        engine.table("_seen", _SEEN.format(rows=_JOINED))
    else:
        engine.view(
            "_seen", _SEEN.format(rows=_SIDE_BY_SIDE.format(", row_number() OVER () AS place"))
        )


_SIDE_BY_SIDE = "core_records POSITIONAL JOIN (SELECT record_id AS its_record, person_id, kepastian{} FROM core_links)"
_JOINED = "core_records JOIN (SELECT *, row_number() OVER (ORDER BY record_id) AS place FROM core_links) USING (record_id)"
# trust: the register's person, the register's family, any roster; `place` is the order of records, and of two rows that
# with the smaller `turn` is believed: the more trusted, then the earlier
_LATER = "(1::BIGINT << 40)"
_SEEN = f"""
    SELECT *, trust * {_LATER} + place AS turn FROM (
        SELECT record_id, person_id, kepastian, peran, programme, no_kk, nama, tgl_lahir, jenis_kelamin, kode_wilayah, alamat, rt, rw,
            desil, is_penerima, manfaat_rp, tgl_peristiwa, place,
            CASE peran WHEN 'registri_individu' THEN 1 WHEN 'registri_keluarga' THEN 2 ELSE 3 END AS trust
        FROM {{rows}})"""
_REGISTER_CARDS = f"""
    SELECT no_kk, arg_min(desil, CASE WHEN desil IS NULL THEN {_LATER} ELSE 0 END + place) AS desil,
        arg_min(kode_wilayah, turn) FILTER (kode_wilayah IS NOT NULL) AS area
    FROM _seen WHERE peran LIKE 'registri%' AND no_kk IS NOT NULL GROUP BY no_kk"""
_BEST = """
    SELECT person_id, count(*) AS n_records, min(trust) < 3 AS is_registri,
        arg_min(no_kk, turn) FILTER (no_kk IS NOT NULL) AS no_kk,
        min(trust) FILTER (no_kk IS NOT NULL) AS card_trust,
        arg_min(jenis_kelamin, turn) FILTER (jenis_kelamin IS NOT NULL) AS jenis_kelamin,
        arg_min(tgl_lahir, turn) FILTER (tgl_lahir IS NOT NULL) AS tgl_lahir,
        arg_min(kode_wilayah, turn) FILTER (kode_wilayah IS NOT NULL) AS kode_wilayah
    FROM _seen GROUP BY person_id"""
_FAMILY_OF = """
    SELECT b.* REPLACE (coalesce(b.no_kk, k.no_kk) AS no_kk), coalesce(b.no_kk, k.no_kk, person_id) AS family_key,
        CASE WHEN card_trust < 3 THEN 'registri' WHEN b.no_kk IS NOT NULL THEN 'kk_daftar'
             WHEN k.no_kk IS NOT NULL THEN 'alamat_kerabat' ELSE 'sendiri' END AS dasar_keluarga
    FROM _best b LEFT JOIN _kin k USING (person_id)"""
_PERSONS = """
    SELECT o.person_id, f.family_id, o.dasar_keluarga, o.is_registri, o.jenis_kelamin, o.tgl_lahir,
        coalesce(o.kode_wilayah, f.kode_wilayah) AS kode_wilayah, o.n_records
    FROM _family_of o JOIN core_families f USING (family_key)"""


def _families_sql(run: Run) -> str:
    return f"""
        WITH grouped AS (
            SELECT family_key, min(no_kk) AS no_kk, count(*) AS n_anggota, bool_or(is_registri) AS any_register,
                arg_min(kode_wilayah, (NOT is_registri, person_id)) FILTER (kode_wilayah IS NOT NULL) AS area
            FROM _family_of GROUP BY family_key)
        SELECT printf('K-{run.period}-%06d', row_number() OVER (ORDER BY g.family_key)) AS family_id,
            '{run.period}' AS period, g.no_kk,
            CASE WHEN c.no_kk IS NOT NULL THEN 'registri' WHEN g.no_kk IS NOT NULL THEN 'kk_daftar'
                 ELSE 'perorangan' END AS dasar,
            c.no_kk IS NOT NULL OR any_register AS is_registri,
            coalesce(c.area, g.area) AS kode_wilayah, c.desil, g.n_anggota, g.family_key
        FROM grouped g LEFT JOIN _register_cards c USING (no_kk)"""
