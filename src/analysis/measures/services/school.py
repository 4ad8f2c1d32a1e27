"""Sekolah Rakyat: eligible → proposed → accepted → places, by kelurahan."""

from datetime import date

import pandas as pd

from analysis.engine import Engine
from analysis.measures.services.rows import PLAIN, UNKNOWN_AREA, age_on
from analysis.policy import Rulebook

STAGES = ("layak", "diusulkan", "diterima")


def build_school(engine: Engine, rulebook: Rulebook, on: date) -> list[str]:
    """Make out_school: a row a child that is eligible by the register or stands on the selection list.

    Eligible: in the register, family of the programme's desil, of an age of a level. School status
    is what a list says ('tidak_diketahui' where none does) and excludes nobody.
    """
    rule = rulebook.services.sekolah
    programme = rulebook.programme(rule.program, on)
    _register_levels(engine, rulebook)
    engine.table("_schooling", _SCHOOLING.format(text=PLAIN.format("r.komponen")))
    engine.table(
        "out_school",
        _CHILDREN.format(age=age_on("p.tgl_lahir", "CAST($on AS DATE)")),
        on=on, programme=rule.program, highest=programme.desil_maks,
    )  # fmt: skip
    engine.drop("_jenjang", "_schooling", "_school_word", "_stage")
    return ["out_school"]


def _register_levels(engine: Engine, rulebook: Rulebook) -> None:
    levels = [(j.kode, j.usia_minimum, j.usia_maksimum) for j in rulebook.services.sekolah.jenjang]
    engine.register("_jenjang", pd.DataFrame(levels, columns=["jenjang", "termuda", "tertua"]))
    words = [
        (code, " ".join("".join(s if s.isalnum() else " " for s in word.lower()).split()))
        for code, spellings in rulebook.codes["status_sekolah"].items()
        for word in spellings
    ]
    engine.register("_school_word", pd.DataFrame(words, columns=["status", "polos"], dtype="str"))
    stages = [(stage, place) for place, stage in enumerate(STAGES, start=1)]
    engine.register("_stage", pd.DataFrame(stages, columns=["tahap", "urut"]))


# A pupil's grant says that the pupil is at school; else the register's own word counts.
_SCHOOLING = """
    SELECT person_id, CASE WHEN bool_or(status = 'bersekolah') THEN 'bersekolah' ELSE 'tidak_bersekolah' END AS status
    FROM (
        SELECT l.person_id, w.status FROM core_records r JOIN core_links l USING (record_id)
        JOIN _school_word w ON w.polos = {text} WHERE r.komponen IS NOT NULL
        UNION ALL
        SELECT person_id, 'bersekolah' FROM _svc WHERE programme = 'pip' AND is_penerima)
    GROUP BY person_id"""

_CHILDREN = f"""
    WITH listed AS (
        SELECT s.person_id, max(g.urut) AS urut FROM _svc s JOIN _stage g USING (tahap)
        WHERE s.peran = 'tahapan' AND s.programme = $programme GROUP BY s.person_id),
    children AS (
        SELECT p.person_id, p.family_id, p.is_registri, f.desil, p.tgl_lahir, coalesce(a.kode_wilayah, '{UNKNOWN_AREA}') AS kode_wilayah,
            {{age}} AS umur
        FROM core_persons p JOIN core_families f USING (family_id)
        LEFT JOIN _area a ON a.kode_wilayah = coalesce(p.kode_wilayah, f.kode_wilayah)),
    told AS (
        SELECT c.*, j.jenjang, coalesce(s.status, 'tidak_diketahui') AS status_sekolah, coalesce(l.urut, 0) AS urut,
            c.is_registri AND coalesce(c.desil <= $highest, false) AND j.jenjang IS NOT NULL AS is_layak
        FROM children c LEFT JOIN _jenjang j ON c.umur BETWEEN j.termuda AND j.tertua
        LEFT JOIN _schooling s USING (person_id) LEFT JOIN listed l USING (person_id))
    SELECT person_id, family_id, kode_wilayah, desil, CAST(umur AS INTEGER) AS umur, jenjang, status_sekolah, is_layak,
        urut >= 2 AS is_diusulkan, urut >= 3 AS is_diterima
    FROM told WHERE is_layak OR urut > 0"""
