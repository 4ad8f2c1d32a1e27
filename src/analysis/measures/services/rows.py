"""What the service measures stand on: rows known on the edition's day with their person, and rules as tables."""

from datetime import date

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Rulebook

UNKNOWN_AREA = "tanpa"
PLAIN = "trim(regexp_replace(lower({0}), '[^a-z0-9]+', ' ', 'g'))"


def register_service_rows(engine: Engine, rulebook: Rulebook, on: date) -> None:
    """Make `_svc` (a row a record that is no register row), `_level` and `_status`.

    A row dated after the edition's day is not known yet: it is in no figure. `identitas` says what
    a row names its person by: 'nik', 'sebagian' (a damaged or masked NIK, a family card, a birth
    date) or 'tanpa'. Nobody is dropped for it.
    """
    _register_programmes(engine, rulebook, on)
    engine.table("_svc", _SERVICE_ROWS, on=on)
    engine.register("_status_word", _status_words(rulebook))
    plain = PLAIN.format("s.status_penyaluran")
    engine.table(
        "_status",
        f"""
        SELECT s.status_penyaluran, arg_max(w.keadaan, length(w.polos)) AS keadaan,
            arg_max(w.kata, length(w.polos)) AS kata
        FROM (SELECT DISTINCT status_penyaluran FROM _svc WHERE status_penyaluran IS NOT NULL) s
        JOIN _status_word w ON starts_with({plain}, w.polos) GROUP BY s.status_penyaluran""",
    )
    engine.drop("_status_word")


# Where a row names no kelurahan of the city, the person's or family's counts; 'tanpa' where none is known.
_SERVICE_ROWS = f"""
    SELECT r.record_id, r.source, r.peran, r.programme, r.tgl_peristiwa, r.tgl_selesai, r.hasil, r.kelompok,
        r.sumber_dana, r.manfaat_rp, r.status_penyaluran, r.tahap, r.segmen, r.komponen, r.rekening, r.is_penerima,
        r.nik_status, l.person_id, l.cara, p.family_id, p.is_registri, p.tgl_lahir, f.desil,
        coalesce(a.kode_wilayah, '{UNKNOWN_AREA}') AS kode_wilayah,
        CASE WHEN r.nik_status = 'sah' THEN 'nik'
             WHEN coalesce(r.nik15, r.nik_pola, r.no_kk) IS NOT NULL OR r.tgl_lahir_presisi = 'hari' THEN 'sebagian'
             ELSE 'tanpa' END AS identitas
    FROM core_records r JOIN core_links l USING (record_id) JOIN core_persons p USING (person_id)
    JOIN core_families f USING (family_id)
    LEFT JOIN _area a ON a.kode_wilayah = coalesce(r.kode_wilayah, p.kode_wilayah, f.kode_wilayah)
    WHERE r.peran NOT IN ('registri_keluarga', 'registri_individu')
        AND (r.tgl_peristiwa IS NULL OR r.tgl_peristiwa <= CAST($on AS DATE))"""


def _register_programmes(engine: Engine, rulebook: Rulebook, on: date) -> None:
    """Make `_level`: every programme of the rules as on that day (else its last version)."""
    latest = {programme.kode: programme for programme in rulebook.programmes}
    held = list((latest | rulebook.programmes_on(on)).values())
    names = ("kode", "satuan", "tingkat", "kewenangan")
    frame = pd.DataFrame([{name: getattr(p, name) for name in names} for p in held], dtype="str")
    frame = frame.rename(columns={"kode": "programme", "satuan": "unit"})
    for column in ("desil_maks", "manfaat_rp"):
        frame[column] = pd.array([getattr(p, column) for p in held], dtype="Int64")
    engine.register("_level", frame)


def _status_words(rulebook: Rulebook) -> pd.DataFrame:
    """Every status word of SIKS-NG: the state it means, as written, and plain for comparison."""
    rows = [
        (state, word, " ".join("".join(s if s.isalnum() else " " for s in word.lower()).split()))
        for state, words in rulebook.codes["siks_ng"].items()
        for word in words
    ]
    return pd.DataFrame(rows, columns=["keadaan", "kata", "polos"], dtype="str")


def age_on(column: str, day: str) -> str:
    """SQL for completed years on a day (both dates)."""
    number = "(year({0}) * 10000 + month({0}) * 100 + day({0}))"
    return f"CAST(floor(({number.format(day)} - {number.format(column)}) / 10000) AS INTEGER)"
