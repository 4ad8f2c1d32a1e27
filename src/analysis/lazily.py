"""A room's names, loaded when one is first used: a command that changes nothing needs no pandas, scipy or DuckDB."""

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType


class _Room(ModuleType):
    """A package in which a function may bear its module's name: importing the module does not hide it."""

    _functions: frozenset[str] = frozenset()

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in self._functions):
            super().__setattr__(name, value)


def lazily(package: str, modules: str = "", **homes: str) -> Callable[[str], object]:
    """A package's `__getattr__`: `homes` is module → names it holds, `modules` are names of modules."""
    where = {name: home for home, names in homes.items() for name in names.split()}
    room = sys.modules[package]
    room.__class__ = _Room
    room._functions = frozenset(where)

    def load(name: str) -> object:
        if name in modules.split():
            return import_module(f"{package}.{name}")
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(f"{package}.{where[name]}"), name)
        setattr(room, name, found)
        return found

    return load
