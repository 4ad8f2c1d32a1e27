"""Layers: a room may import only rooms before it; files are opened only where the design allows."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "analysis"
ORDER = [
    {"lazily"},
    {"errors", "settings", "notation", "estimates"},
    {"policy", "engine"},
    {"rosters"},
    {"linkage"},
    {"measures"},
    {"field"},
    {"release"},
    {"briefs"},
    {"registry"},
    {"cleaning", "increment", "feedback", "delivery", "publication"},
    {"pipeline"},
    {"launch"},
    {"inspection"},
    {"cli"},
    {"__main__"},
]
SYNTHETIC_MAY = {
    "lazily",
    "errors",
    "settings",
    "notation",
    "estimates",
    "policy",
    "engine",
    "rosters",
}
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms_imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "analysis":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("analysis.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_before_it(path):
    room = room_of(path)
    if room == "__init__":
        return
    imported = rooms_imported(path) - {room}
    if room == "synthetic":
        assert imported <= SYNTHETIC_MAY
        return
    allowed = {name for name, level in LEVEL.items() if level < LEVEL[room]}
    allowed |= {"synthetic"} if room == "cli" else set()
    if LEVEL[room] == 1:  # leaves stand on notation and nothing else
        allowed |= {"notation"}
    assert imported <= allowed


def test_splink_or_not_no_room_is_missing_from_the_order():
    rooms = {room_of(path) for path in MODULES} - {"__init__", "synthetic"}
    assert rooms <= set(LEVEL)


def test_modules_stay_small_rooms():
    lines = {
        str(p.relative_to(PACKAGE)): len(p.read_text(encoding="utf-8").splitlines())
        for p in MODULES
    }
    assert {name: count for name, count in lines.items() if count > 190} == {}
