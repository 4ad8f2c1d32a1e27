"""The services' table of contents: logs, stays, schools, payments, insurance, movement, shared work."""

from analysis.engine import Engine
from analysis.measures.services.collaboration import build_collaboration
from analysis.measures.services.extreme import build_extreme
from analysis.measures.services.identity import build_identity
from analysis.measures.services.insurance import build_insurance
from analysis.measures.services.movement import build_movement
from analysis.measures.services.pas import build_pas12
from analysis.measures.services.reconciliation import build_reconciliation
from analysis.measures.services.rows import register_service_rows
from analysis.measures.services.school import build_school
from analysis.measures.services.stays import build_stays
from analysis.measures.services.transition import build_transition
from analysis.measures.services.usage import build_usage
from analysis.policy import Rulebook
from analysis.settings import Run

__all__ = ["build_services"]


def build_services(engine: Engine, rulebook: Rulebook, run: Run) -> list[str]:
    """Make every service table whose rows are there. Needs core_records, core_links, and out_review.

    A list that was not delivered has no table: nothing is said of it, and least of all 0.
    """
    on, rule = run.edition.on, rulebook.services
    register_service_rows(engine, rulebook, on)
    before = {"prev_core_enrolments", "prev_core_persons", "prev_core_families"} <= engine.names()
    made = build_usage(engine) if _has(engine, "peran = 'penerima'") else []
    made += build_reconciliation(engine, on) if made else []
    if _has(engine, "peran IN ('log', 'layanan', 'kebutuhan', 'tahapan', 'kepesertaan')"):
        made += build_identity(engine, rulebook, on)
    if _has(
        engine, f"peran = 'log' AND programme = '{rule.pas.program}' AND tgl_peristiwa IS NOT NULL"
    ):
        made += build_pas12(engine, rulebook, run)
    if _has(engine, "peran = 'layanan'"):
        made += build_stays(engine, rulebook, on)
    if _has(engine, f"programme = '{rule.sekolah.program}'"):
        made += build_school(engine, rulebook, on)
    if engine.one("SELECT bool_or(is_registri) FROM core_families"):
        made += build_extreme(engine, rulebook)
    if _has(engine, "peran = 'kepesertaan'"):
        made += build_insurance(engine, rulebook, on, before)
    if before:
        made += _movement(engine, rulebook, "out_usage" in made)
    made += build_collaboration(engine, rulebook, on)
    engine.drop("_svc", "_level", "_status")
    return made


def _movement(engine: Engine, rulebook: Rulebook, has_lists: bool) -> list[str]:
    made = build_movement(engine) if has_lists else []
    quarters = "SELECT bool_or(is_registri) FROM {0}core_persons"
    if all(engine.one(quarters.format(prefix)) for prefix in ("", "prev_")):
        made += build_transition(engine, rulebook)
    return made


def _has(engine: Engine, condition: str) -> bool:
    return bool(engine.one(f"SELECT count(*) FROM (SELECT 1 FROM _svc WHERE {condition} LIMIT 1)"))
