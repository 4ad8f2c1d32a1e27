"""Every rule file, read and checked at once; an office's own folder overrides the kit's, code by code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel

from analysis.errors import RulesError
from analysis.policy import file_models, models, targeting_models
from analysis.policy.consistency import contradictions, lists_of_no_programme
from analysis.policy.disclosure_models import Disclosure
from analysis.policy.field_models import FieldWork
from analysis.policy.linkage_models import Linkage
from analysis.policy.reading_models import Reading
from analysis.policy.rule_files import RuleFiles
from analysis.policy.services_models import Services

# List files: name → model. Entries of an overlay replace those of the same code, or are added.
_LISTS: dict[str, type[BaseModel]] = {
    "programmes": models.Programme,
    "overlap": models.OverlapRule,
    "checks": file_models.Check,
    "pas12": models.PasGroup,
}
_TABLES: dict[str, type[BaseModel]] = {"areas": models.Area, "statistics": models.Statistic}
_SINGLE: dict[str, type[BaseModel]] = {
    "targeting": targeting_models.Targeting,
    "disclosure": Disclosure,
    "reading": Reading,
    "linkage": Linkage,
    "services": Services,
    "field": FieldWork,
}


@dataclass(frozen=True)
class Rulebook:
    """All rules of the kit with an office's overrides; `digest` names their exact content."""

    programmes: tuple[models.Programme, ...]
    overlap: tuple[models.OverlapRule, ...]
    checks: dict[str, file_models.Check]
    pas12: tuple[models.PasGroup, ...]
    areas: tuple[models.Area, ...]
    statistics: tuple[models.Statistic, ...]
    layouts: dict[str, file_models.Layout]
    targeting: targeting_models.Targeting
    disclosure: Disclosure
    reading: Reading
    linkage: Linkage
    services: Services
    field: FieldWork
    codes: dict[str, dict]
    briefs: dict
    digest: str

    def programme(self, code: str, on: date) -> models.Programme:
        """The programme as it stood on a date. Raises RulesError where no version was in force."""
        for programme in self.programmes:
            if programme.kode == code and programme.in_force(on):
                return programme
        raise RulesError("programme_unknown", programme=code, on=on.isoformat())

    def programmes_on(self, on: date) -> dict[str, models.Programme]:
        """Programmes in force on a date, by code."""
        return {p.kode: p for p in self.programmes if p.in_force(on)}

    def statistics_known(self, on: date) -> list[models.Statistic]:
        """Official figures an edition of that date may print: nothing known only later."""
        return [figure for figure in self.statistics if figure.diketahui_sejak <= on]

    def kelurahan(self) -> list[models.Area]:
        """All kelurahan, in the order of areas.csv."""
        return [area for area in self.areas if area.tingkat == "kelurahan"]

    def city(self) -> models.Area:
        """The area that holds them all."""
        return next(area for area in self.areas if area.tingkat == "kota")


def load_rulebook(overlays: Sequence[Path] = ()) -> Rulebook:
    """Read and validate every rule file. Raises RulesError naming all mistakes together."""
    return _load(tuple(Path(folder) for folder in overlays))


@cache
def _load(overlays: tuple[Path, ...]) -> Rulebook:
    files = RuleFiles((Path(str(resources.files("analysis").joinpath("rules"))), *overlays))
    parts: dict = {name: files.entries(name, model) for name, model in (_LISTS | _TABLES).items()}
    parts |= {name: files.single(name, model) for name, model in _SINGLE.items()}
    parts |= {
        "layouts": files.layouts(),
        "codes": files.codes(),
        "briefs": files.merged("briefs.toml"),
    }
    mistakes = [
        *files.mistakes,
        *contradictions(parts["programmes"], parts["overlap"]),
        *lists_of_no_programme(parts["programmes"], parts["layouts"].values()),
    ]
    if mistakes:
        raise RulesError("rules_invalid", count=len(mistakes), mistakes="; ".join(mistakes))
    parts["checks"] = {check.kode: check for check in parts["checks"]}
    return Rulebook(digest=files.digest(), **parts)
