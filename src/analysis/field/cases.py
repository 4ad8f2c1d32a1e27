"""Cases to verify in the field: each indication once, with its evidence, rule and a keyed id."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import OverlapRule, Rulebook

_INPUTS = (
    "out_overlap",
    "out_meetings",
    "out_duplicates",
    "out_review",
    "core_enrolments",
    "core_families",
    "core_persons",
)


def case_inputs() -> tuple[str, ...]:
    """Tables of the store that `build_cases` needs."""
    return _INPUTS


def build_cases(engine: Engine, rulebook: Rulebook, key: str) -> None:
    """Make `_case`: case_id, kode_wilayah, jenis, family_id, person_id, programmes, program (in words),
    verdict, rules, dasar, kepastian, rupiah, bukti.

    A case is known by its kind, programmes and the smallest person id of its family, so that it keeps
    its id when the period is run again. The id is a hash under the office key: without the key it tells
    nothing of whom it is about.
    """
    verdicts = ", ".join(f"'{verdict.value}'" for verdict in rulebook.field.putusan_kasus)
    # what a family's rule says of one person stands in the family's own case already
    personal = ", ".join(f"'{rule.kode}'" for rule in rulebook.overlap if rule.satuan == "jiwa")
    engine.table("_found", _FOUND.format(verdicts=verdicts, personal=personal))
    _register_words(engine, rulebook)
    engine.table(
        "_case",
        """
        WITH anchors AS (SELECT family_id, min(person_id) AS anchor FROM core_persons GROUP BY family_id),
        hashed AS (
            SELECT c.*, a.anchor, sha256($key || sha256($key || concat_ws('|', f.period, c.jenis, c.programmes, c.verdict,
                coalesce(c.person_id, a.anchor), c.nth))) AS h
            FROM _found c JOIN anchors a USING (family_id) JOIN core_families f USING (family_id))
        SELECT concat('K-', h[1:8], '-', h[9:16]) AS case_id, f.period, f.kode_wilayah, h.jenis, h.family_id, h.person_id,
            h.programmes, p.label AS program, h.verdict, h.rules, coalesce(r.dasar, '') AS dasar, h.kepastian,
            CAST(coalesce(h.rupiah, 0) AS BIGINT) AS rupiah,
            CASE h.jenis
                WHEN 'desil' THEN concat('Desil ', h.n, ' pada DTSEN saat SK; batas ', p.label, ' desil ', g.desil_maks, '.')
                WHEN 'jendela' THEN concat('Tercatat pada ', p.label, '; salah satunya pada daftar masa lebih awal.')
                WHEN 'kombinasi' THEN concat('Tercatat pada daftar ', p.label, ' periode ', f.period, '.')
                WHEN 'orang' THEN concat('Satu orang tercatat pada ', p.label, ' periode ', f.period, '.')
                ELSE concat(h.n, ' baris pada daftar ', p.label, ' periode ', f.period, '.') END AS bukti
        FROM hashed h JOIN core_families f USING (family_id) JOIN _set_label p USING (programmes)
        LEFT JOIN _rule_text r USING (rules) LEFT JOIN _limit g ON g.programme = h.programmes""",
        key=key,
    )
    engine.drop("_found", "_set_label", "_rule_text", "_limit")


_FOUND = """
    WITH weakest AS (
        SELECT family_id, CASE WHEN bool_or(kepastian = 'lemah') THEN 'lemah' WHEN bool_or(kepastian = 'kuat') THEN 'kuat'
            ELSE 'pasti' END AS kepastian FROM core_enrolments GROUP BY family_id)
    SELECT 'kombinasi' AS jenis, o.family_id, NULL::VARCHAR AS person_id, o.programmes, o.verdict, o.rules,
        o.manfaat_telaah_rp AS rupiah, w.kepastian, 0 AS n, 1 AS nth
    FROM out_overlap o JOIN weakest w USING (family_id) WHERE o.verdict IN ({verdicts})
    UNION ALL
    SELECT 'jendela', family_id, NULL, concat(a, '+', b), verdict, rules, manfaat_rp, kepastian, 0, 1
    FROM out_meetings WHERE unit = 'keluarga' AND waktu <> 'periode' AND verdict IN ({verdicts})
    UNION ALL
    SELECT 'orang', family_id, unit_id, concat(a, '+', b), verdict, rules, manfaat_rp, kepastian, 0, 1
    FROM out_meetings WHERE unit = 'jiwa' AND waktu = 'periode' AND verdict IN ({verdicts})
        AND list_has_any(string_split(rules, ','), [{personal}])
    UNION ALL
    SELECT jenis, family_id, NULL, programme, verdict, rules, manfaat_lebih_rp, kepastian, n_records,
        row_number() OVER (PARTITION BY jenis, family_id, programme ORDER BY case_id) FROM out_duplicates
    UNION ALL
    SELECT 'desil', v.family_id, NULL, v.programme, '', '', v.manfaat_telaah_rp, w.kepastian, v.desil_sk, 1
    FROM out_review v JOIN weakest w USING (family_id) WHERE v.is_di_atas_batas"""


def _register_words(engine: Engine, rulebook: Rulebook) -> None:
    """Make `_set_label`, `_rule_text` and `_limit`: words for the distinct sets, rules and programmes."""
    labels = {programme.kode: programme.singkatan for programme in rulebook.programmes}
    sets = [row[0] for row in engine.rows("SELECT DISTINCT programmes FROM _found ORDER BY 1")]
    said = [", ".join(labels[code] for code in held.split("+")) for held in sets]
    engine.register("_set_label", pd.DataFrame({"programmes": sets, "label": said}, dtype="str"))
    rules = [row[0] for row in engine.rows("SELECT DISTINCT rules FROM _found ORDER BY 1")]
    by_code = {rule.kode: rule for rule in rulebook.overlap}
    texts = [
        "; ".join(_basis(by_code[code]) for code in codes.split(",") if code) for codes in rules
    ]
    engine.register("_rule_text", pd.DataFrame({"rules": rules, "dasar": texts}, dtype="str"))
    limits = {p.kode: p.desil_maks for p in rulebook.programmes if p.desil_maks}
    frame = pd.DataFrame({"programme": list(limits), "desil_maks": list(limits.values())})
    engine.register("_limit", frame.astype({"programme": "str", "desil_maks": "int64"}))


def _basis(rule: OverlapRule) -> str:
    article = f", pasal {rule.pasal}" if rule.pasal else ""
    return f"{rule.kode}: {rule.alasan} Dasar: {rule.dasar_hukum}{article} (naskah {rule.status_naskah})."
