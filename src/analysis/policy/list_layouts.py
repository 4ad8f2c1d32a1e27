"""What a layout of `selaras resolve` may say."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from analysis.errors import RulesError, UsageError
from analysis.policy.base import Rule
from analysis.policy.linkage_models import KindName
from analysis.policy.mistakes import plain

FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class ListField(Rule):
    """A field of any list: what kind of thing it is, and the headers it stands under; several in one list are joined."""

    kind: KindName
    columns: tuple[str | tuple[str, ...], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _only_kind(cls, given: object) -> object:
        return {"kind": given} if isinstance(given, str) else given

    @field_validator("columns", mode="before")
    @classmethod
    def _one_column(cls, given: object) -> object:
        return [given] if isinstance(given, str) else given


class ListLayout(Rule):
    """How `selaras resolve` reads lists: which columns say who is meant.

    `identifier`: "nik" (Indonesian, checked), "opaque" (any number of one person) or "none".
    `profile`: "id" (Indonesian names and spelling; what a NIK is taken for) or "generic". `record`: the column
    that names a row; without it rows are named by their place. `unique_within_file`: no file names a person twice.
    """

    identifier: Literal["nik", "opaque", "none"]
    profile: Literal["id", "generic"] = "generic"
    record: str | None = None
    unique_within_file: bool = False
    fields: dict[FieldName, ListField] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _as_headers(cls, given: object) -> object:
        """A field may be named by its header as it stands ("TGL LAHIR"); a NIK is Indonesian where nothing else is said."""
        if not isinstance(given, dict):
            return given
        given = dict(given)
        if given.get("identifier") == "nik":
            given.setdefault("profile", "id")
        if isinstance(given.get("fields"), dict):
            given["fields"] = dict(_named(name, rule) for name, rule in given["fields"].items())
        return given


def _named(name: str, rule: object) -> tuple[str, object]:
    plain_name = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    if plain_name == name or not re.match("[a-z]", plain_name):
        return name, rule
    rule = {"kind": rule} if isinstance(rule, str) else rule
    if not isinstance(rule, dict):
        return name, rule
    columns = rule.get("columns", [])
    return plain_name, rule | {
        "columns": [*([columns] if isinstance(columns, str) else columns), name]
    }


def load_list_layout(path: Path, lang: str = "id") -> ListLayout:
    """The layout in a TOML file. Raises RulesError with every mistake at once, UsageError where it is not there."""
    if not path.is_file():
        raise UsageError("list_missing", file=path.name)
    try:
        return ListLayout.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError("list_layout_wrong", file=path.name, problems=str(error)) from error
    except ValidationError as error:
        problems = "; ".join(plain(each, lang) for each in error.errors())
        raise RulesError("list_layout_wrong", file=path.name, problems=problems) from error
