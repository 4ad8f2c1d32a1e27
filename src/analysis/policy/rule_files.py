"""The rule files of the kit and of an office's folders: read, laid over each other, every mistake gathered."""

import csv
import hashlib
import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ValidationError

from analysis.policy.file_models import Layout
from analysis.policy.mistakes import plain


@dataclass(frozen=True)
class RuleFiles:
    """`folders`, the kit's first: a later one overrides those before it. What is wrong is added to `mistakes`."""

    folders: Sequence[Path]
    mistakes: list[str] = field(default_factory=list)

    def entries(self, name: str, model: type[BaseModel]) -> tuple:
        """The entries of a list file; a later folder's code replaces every version of that code before it."""
        found: dict[tuple, BaseModel] = {}
        for folder in self.folders:
            here = self._valid_entries(folder, name, model)
            own = {item.kode for item in here.values()}
            kept = {identity: item for identity, item in found.items() if item.kode not in own}
            found = kept | here
        return tuple(found.values())

    def _valid_entries(
        self, folder: Path, name: str, model: type[BaseModel]
    ) -> dict[tuple, BaseModel]:
        here: dict[tuple, BaseModel] = {}
        for place, entry in enumerate(self._raw_entries(folder, name), start=1):
            label = f"{name} {entry.get('kode', f'butir {place}')}"
            item = self._valid(label, model, entry)
            if item is None:
                continue
            if _identity(item) in here:
                self.mistakes.append(f"{label}: kode tertulis dua kali")
            here[_identity(item)] = item
        return here

    def _raw_entries(self, folder: Path, name: str) -> list[dict]:
        if (path := folder / f"{name}.toml").exists():
            content = self.toml(path)
            self.mistakes.extend(
                f"{path.name}: bagian [[{key}]] tidak dikenal" for key in content if key != name
            )
            return content.get(name, [])
        if (path := folder / f"{name}.csv").exists():
            return [_from_csv(row) for row in csv.DictReader(io.StringIO(self._text(path)))]
        return []

    def single(self, name: str, model: type[BaseModel]) -> BaseModel | None:
        """A file that is one thing, its parts replaced one by one; None where it is wrong."""
        return self._valid(name, model, self.merged(f"{name}.toml"))

    def layouts(self) -> dict[str, Layout]:
        """Layouts share the header aliases of `_alias.toml`; a layout's own spellings come first."""
        shared = self.merged("layouts/_alias.toml")
        layouts = {}
        for path in self._newest("layouts/[!_]*.toml"):
            entry = self.toml(path)
            own = entry.get("kolom", {})
            fields = list(own) or list(shared)
            entry["kolom"] = {name: [*own.get(name, []), *shared.get(name, [])] for name in fields}
            layout = self._valid(f"layouts/{path.name}", Layout, entry)
            if layout is not None:
                layouts[path.stem] = layout
        return layouts

    def codes(self) -> dict[str, dict]:
        """Code lists by name."""
        return {path.stem: self.toml(path) for path in self._newest("codes/*.toml")}

    def merged(self, name: str) -> dict:
        """A TOML file of all folders; a later folder's part replaces the part before it."""
        merged: dict = {}
        for folder in self.folders:
            if (folder / name).exists():
                merged |= self.toml(folder / name)
        return merged

    def toml(self, path: Path) -> dict:
        """One file; empty where it does not parse."""
        try:
            return tomllib.loads(self._text(path))
        except tomllib.TOMLDecodeError as error:
            self.mistakes.append(f"{path.name}: {error}")
            return {}

    def digest(self) -> str:
        """One hash over the names and bytes of all rule files."""
        total = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(folder.rglob("*")):
                if path.suffix in {".toml", ".csv"}:
                    name = path.relative_to(folder).as_posix().encode()
                    total.update(name + b"\0" + path.read_bytes())
        return total.hexdigest()

    def _newest(self, pattern: str) -> list[Path]:
        """Files of all folders by name; a later folder's file hides an earlier one's."""
        by_name = {
            path.name: path for folder in self.folders for path in sorted(folder.glob(pattern))
        }
        return [by_name[name] for name in sorted(by_name)]

    def _text(self, path: Path) -> str:
        """The file's text; Windows' Notepad puts a mark of three bytes before it, an old editor writes no UTF-8."""
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self.mistakes.append(f"{path.name}: {error}")
            return ""

    def _valid(self, label: str, model: type[BaseModel], entry: dict) -> BaseModel | None:
        try:
            return model.model_validate(entry)
        except ValidationError as error:
            self.mistakes.extend(f"{label}: {plain(problem)}" for problem in error.errors())
            return None


def _identity(item: BaseModel) -> tuple:
    """Dated rules have one identity a version; the rest one a code."""
    return (item.kode, getattr(item, "berlaku_mulai", None))


def _from_csv(row: dict[str, str]) -> dict:
    """Empty cells are absent; `alias` holds several spellings between '|'."""
    given = {key: value for key, value in row.items() if value != ""}
    return given | {"alias": tuple(given["alias"].split("|"))} if "alias" in given else given
