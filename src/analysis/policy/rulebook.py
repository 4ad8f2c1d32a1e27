"""Every rule file, read and checked at once; an office's own folder overrides the kit's, code by code."""

import csv
import hashlib
import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ValidationError

from analysis.errors import RulesError
from analysis.policy import models
from analysis.policy.consistency import contradictions, lists_of_no_programme
from analysis.policy.disclosure_models import Disclosure
from analysis.policy.field_models import FieldWork
from analysis.policy.linkage_models import Linkage
from analysis.policy.reading_models import Reading
from analysis.policy.services_models import Services

Model = type[BaseModel]
# List files: name → model. Entries of an overlay replace those of the same code, or are added.
_LISTS: dict[str, type[BaseModel]] = {
    "programmes": models.Programme,
    "overlap": models.OverlapRule,
    "checks": models.Check,
    "pas12": models.PasGroup,
}
_TABLES: dict[str, type[BaseModel]] = {"areas": models.Area, "statistics": models.Statistic}
_SINGLE: dict[str, type[BaseModel]] = {
    "targeting": models.Targeting,
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
    checks: dict[str, models.Check]
    pas12: tuple[models.PasGroup, ...]
    areas: tuple[models.Area, ...]
    statistics: tuple[models.Statistic, ...]
    layouts: dict[str, models.Layout]
    targeting: models.Targeting
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
    base = Path(str(resources.files("analysis").joinpath("rules")))
    folders = (base, *overlays)
    mistakes: list[str] = []
    parts: dict = {
        name: _entries(folders, name, model, mistakes) for name, model in (_LISTS | _TABLES).items()
    }
    parts |= {name: _single(folders, name, model, mistakes) for name, model in _SINGLE.items()}
    parts["layouts"] = _layouts(folders, mistakes)
    parts["codes"] = {path.stem: _toml(path, mistakes) for path in _newest(folders, "codes/*.toml")}
    parts["briefs"] = _merged(folders, "briefs.toml", mistakes)
    mistakes += contradictions(parts["programmes"], parts["overlap"])
    mistakes += lists_of_no_programme(parts["programmes"], parts["layouts"].values())
    if mistakes:
        raise RulesError("rules_invalid", count=len(mistakes), mistakes="; ".join(mistakes))
    parts["checks"] = {check.kode: check for check in parts["checks"]}
    return Rulebook(digest=_digest(folders), **parts)


def _entries(folders: Sequence[Path], name: str, model: Model, mistakes: list[str]) -> tuple:
    """A later folder's code replaces every version of that code in the folders before it."""
    found: dict[tuple, BaseModel] = {}
    for folder in folders:
        here = _valid_entries(folder, name, model, mistakes)
        own = {item.kode for item in here.values()}
        kept = {identity: item for identity, item in found.items() if item.kode not in own}
        found = kept | here
    return tuple(found.values())


def _valid_entries(
    folder: Path, name: str, model: type[BaseModel], mistakes: list[str]
) -> dict[tuple, BaseModel]:
    here: dict[tuple, BaseModel] = {}
    for place, entry in enumerate(_raw_entries(folder, name, mistakes), start=1):
        label = f"{name} {entry.get('kode', f'butir {place}')}"
        try:
            item = model.model_validate(entry)
        except ValidationError as error:
            mistakes += [f"{label}: {_plain(problem)}" for problem in error.errors()]
            continue
        if _identity(item) in here:
            mistakes.append(f"{label}: kode tertulis dua kali")
        here[_identity(item)] = item
    return here


def _identity(item: BaseModel) -> tuple:
    """Dated rules have one identity a version; the rest one a code."""
    return (item.kode, getattr(item, "berlaku_mulai", None))


def _raw_entries(folder: Path, name: str, mistakes: list[str]) -> list[dict]:
    if (path := folder / f"{name}.toml").exists():
        content = _toml(path, mistakes)
        mistakes += [
            f"{path.name}: bagian [[{key}]] tidak dikenal" for key in content if key != name
        ]
        return content.get(name, [])
    if (path := folder / f"{name}.csv").exists():
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        return [_from_csv(row) for row in rows]
    return []


def _from_csv(row: dict[str, str]) -> dict:
    """Empty cells are absent; `alias` holds several spellings between '|'."""
    given = {key: value for key, value in row.items() if value != ""}
    return given | {"alias": tuple(given["alias"].split("|"))} if "alias" in given else given


def _single(
    folders: Sequence[Path], name: str, model: type[BaseModel], mistakes: list[str]
) -> BaseModel | None:
    try:
        return model.model_validate(_merged(folders, f"{name}.toml", mistakes))
    except ValidationError as error:
        mistakes += [f"{name}: {_plain(problem)}" for problem in error.errors()]
        return None


def _layouts(folders: Sequence[Path], mistakes: list[str]) -> dict[str, models.Layout]:
    """Layouts share the header aliases of `_alias.toml`; a layout's own spellings come first."""
    shared = _merged(folders, "layouts/_alias.toml", mistakes)
    layouts = {}
    for path in _newest(folders, "layouts/[!_]*.toml"):
        entry = _toml(path, mistakes)
        fields = list(entry.get("kolom", {})) or list(shared)
        own = entry.get("kolom", {})
        entry["kolom"] = {name: [*own.get(name, []), *shared.get(name, [])] for name in fields}
        try:
            layouts[path.stem] = models.Layout.model_validate(entry)
        except ValidationError as error:
            mistakes += [f"layouts/{path.name}: {_plain(problem)}" for problem in error.errors()]
    return layouts


def _newest(folders: Sequence[Path], pattern: str) -> list[Path]:
    """Files of all folders by name; a later folder's file hides an earlier one's."""
    by_name = {path.name: path for folder in folders for path in sorted(folder.glob(pattern))}
    return [by_name[name] for name in sorted(by_name)]


def _merged(folders: Sequence[Path], name: str, mistakes: list[str]) -> dict:
    merged: dict = {}
    for folder in folders:
        if (folder / name).exists():
            merged |= _toml(folder / name, mistakes)
    return merged


def _toml(path: Path, mistakes: list[str]) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.append(f"{path.name}: {error}")
        return {}


def _plain(problem: dict) -> str:
    place = ".".join(str(step) for step in problem["loc"])
    return f"{place}: {problem['msg']}" if place else problem["msg"]


def _digest(folders: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".toml", ".csv"}:
                name = path.relative_to(folder).as_posix().encode()
                total.update(name + b"\0" + path.read_bytes())
    return total.hexdigest()
