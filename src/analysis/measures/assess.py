"""The room's table of contents: persons, families, enrolments → what the office needs to know."""

from analysis.engine import Engine
from analysis.measures.duplicates import build_duplicates
from analysis.measures.findings import build_linked_findings
from analysis.measures.overlap import build_family_programmes
from analysis.measures.overlaps import build_meeting_tables
from analysis.measures.person_count import build_person_count
from analysis.measures.quality import build_quality
from analysis.measures.register.coverage import build_coverage, build_population, build_targeting
from analysis.measures.register.groups import build_groups
from analysis.measures.register.missing import build_register_missing
from analysis.measures.review import build_review
from analysis.measures.rules_as_tables import register_rules
from analysis.measures.services import build_services
from analysis.measures.survey import build_survey
from analysis.policy import Policy, Rulebook
from analysis.settings import Run

_LISTS = {"core_persons", "core_families", "core_enrolments"}


def assess(engine: Engine, rulebook: Rulebook, run: Run) -> tuple[str, ...]:
    """Make every out_* table whose inputs are there; a set with a survey alone has only out_survey.

    Raises RulesError where a roster holds a programme that was not in force on the edition's date.
    """
    present, made = engine.names(), []
    if "core_files" in present:
        made += build_quality(engine, rulebook)
    if _has_rows(engine, present, "core_survey"):
        made += build_survey(engine, rulebook)
    if present >= _LISTS and _has_rows(engine, present, "core_families"):
        made += _lists(engine, rulebook, run, present)
    return tuple(made)


def _lists(engine: Engine, rulebook: Rulebook, run: Run, present: set[str]) -> list[str]:
    policy = Policy(rulebook, run.edition.on)
    register_rules(engine, policy)
    made = [*build_duplicates(engine, policy), *build_family_programmes(engine)]
    made += build_meeting_tables(engine, policy, run)
    made += [*build_coverage(engine, rulebook), *build_population(engine)]
    if engine.one("SELECT bool_or(is_registri) FROM core_families"):
        made += build_targeting(engine, rulebook)
        made += build_groups(engine, policy, run)
    made += build_review(engine)
    if not {"core_records", "core_links"} <= present:
        return made
    if "core_linkage_groups" in present:
        made += build_person_count(engine, rulebook.linkage)
    made += build_linked_findings(engine, rulebook)
    made += build_register_missing(engine)
    made += build_services(engine, rulebook, run)
    return made


def _has_rows(engine: Engine, present: set[str], table: str) -> bool:
    return table in present and bool(engine.one(f'SELECT count(*) FROM "{table}"'))
