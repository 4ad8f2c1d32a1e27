"""The room's table of contents: exact out_* tables → publishable rilis_* cells."""

from analysis.engine import Engine
from analysis.policy import Policy, Rulebook
from analysis.release.areas import release_areas
from analysis.release.disclosure import Office
from analysis.release.families import release_families
from analysis.release.field_tables import release_field_tables
from analysis.release.link_bounds import read_link_bounds
from analysis.release.other_tables import release_other_tables
from analysis.release.others import (
    release_duplicates,
    release_headline,
    release_quality,
    release_statistics,
    release_survey,
)
from analysis.release.pas import release_pas12
from analysis.release.persons import release_person_programmes
from analysis.release.record import earlier_counts, keep_record
from analysis.release.rounding import rounding_key
from analysis.release.services import release_services
from analysis.release.steps import decide
from analysis.release.summary import release_summary
from analysis.release.topics import Release, Step
from analysis.settings import Run


def release_tables(engine: Engine, rulebook: Rulebook, run: Run) -> tuple[str, ...]:
    """Make a rilis_* table of every topic whose out_* tables are there, protected; returns their names.

    Beside them it makes `registry_release`, the release record with this edition's counts.

    Raises ReleaseRefused where a small cell cannot be protected or a unit is not known.
    """
    present = engine.names()
    policy = Policy(rulebook, run.edition.on)
    office = Office(rulebook.disclosure, rounding_key(run), earlier_counts(engine, run))
    release = Release(office, rulebook.city().kode, _parents(rulebook), read_link_bounds(engine))
    steps = [
        *_steps(engine, policy, release, present),
        release_other_tables(engine, release, present),
        release_services(engine, rulebook, release, present),
    ]
    decide(steps, release.settle)
    if "out_family_programmes" in present:
        release_duplicates(engine, policy, release)
    if "out_survey" in present:
        release_survey(engine, release)
    if "out_quality" in present:
        release_quality(engine, rulebook, release)
    release_statistics(rulebook, run, release)
    release_summary(release)
    made = release.tables(engine)
    keep_record(engine, run, release)
    return made


def _steps(engine: Engine, policy: Policy, release: Release, present: set[str]) -> list[Step]:
    """The topics of families, persons and their areas."""
    steps = []
    if "out_family_programmes" in present:
        steps = [
            release_families(engine, policy, release),
            release_person_programmes(engine, policy, release),
        ]
        if "out_targeting" in present:
            steps.append(release_areas(engine, policy, release))
        steps.append(release_field_tables(engine, policy, release))
    if "out_pas12" in present:
        steps += release_pas12(engine, policy, release)
    if "out_population" in present:
        steps.append(release_headline(engine, release))
    return steps


def _parents(rulebook: Rulebook) -> dict[str, str]:
    """Kelurahan → kecamatan, in the order of areas.csv."""
    return {area.kode: area.induk for area in rulebook.kelurahan()}
