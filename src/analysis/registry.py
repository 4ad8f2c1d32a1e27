"""What a set's registry keeps between periods: person keys, lineage, and the parts an increment is linked against.

A part belongs to one linking and is named by the content of its core_links, so that a part of anything
else is never mistaken for it. An increment's part stands on its base's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis import engine as tables
from analysis import field, linkage
from analysis.engine import Store, stage_key
from analysis.policy import Rulebook

MARKS = "registry_marks"
_NO_KEYS = "SELECT '' AS key_hash, '' AS period, '' AS person_id WHERE false"


@dataclass(frozen=True)
class Registry:
    """The set's registry in `store`; parts made under other rules, other code or other `decisions` do not count."""

    store: Store
    rulebook: Rulebook
    decisions: Path

    def attach(self, engine: "tables.Engine") -> None:
        """Make registry_keys (all of them) and registry_lineage readable."""
        names = self.store.names("registry")
        keys = [name for name in names if name.startswith("registry_keys")]
        for place, name in enumerate(keys):
            engine.attach(f"_keys_{place}", self.store.path(name))
        parts = (
            linkage.keys_of(f"_keys_{place}") if _is_added(name) else f"SELECT * FROM _keys_{place}"
            for place, name in enumerate(keys)
        )
        # keys kept before periods were: their ids are not given again
        engine.view(
            "registry_keys",
            f"SELECT * REPLACE (coalesce(period, '') AS period) FROM ({' UNION ALL BY NAME '.join((_NO_KEYS, *parts))})",
        )
        if "registry_lineage" in names:
            engine.attach("registry_lineage", self.store.path("registry_lineage"))

    def attach_marks(self, engine: "tables.Engine") -> None:
        """Make all registry_keys readable in numbers, as `base_marks`."""
        self.mark_keys()
        engine.attach(MARKS, self.store.path(MARKS))
        added = [name for name in self.store.names("registry") if _is_added(name)]
        for name in added:
            engine.attach(name, self.store.path(name))
        parts = (f"SELECT mark, period, person FROM {name}" for name in added)
        engine.view("base_marks", " UNION ALL BY NAME ".join((f"FROM {MARKS}", *parts)))

    def mark_keys(self) -> None:
        """Keep the last full run's registry_keys in numbers, where that is not done."""
        key = stage_key("marks", self.store.content("registry_keys"))
        if self.store.is_fresh([MARKS], key):
            return
        with tables.Engine() as engine:
            if self.store.path("registry_keys").exists():
                engine.attach("registry_keys", self.store.path("registry_keys"))
            else:
                engine.view("registry_keys", _NO_KEYS)
            engine.table(MARKS, linkage.marks_of("registry_keys"))
            self.store.write(engine, MARKS, key)

    def forget_added_keys(self) -> None:
        """After a full run registry_keys holds them all."""
        for name in self.store.names("registry"):
            if _is_added(name):
                self.store.remove(name)

    def chain(self, part: str) -> list[str]:
        """The parts that tell everything of a linking, whole one first; empty where one is missing or stale."""
        bases = linkage.bases_of(self.store)
        found = [part]
        while found[0] in bases and bases[found[0]]:
            found.insert(0, bases[found[0]])
        return found if all(name in bases and self._is_fresh(name, bases) for name in found) else []

    def attach_part(self, engine: "tables.Engine", chain: Sequence[str]) -> None:
        """Make a linking's parts readable as `base_nodes`, `base_index` and the like (linkage/registry_part.py)."""
        for turn, part in enumerate(chain[1:]):
            engine.attach(f"_changed_{turn}", self.store.path(f"registry_changed_{part}"))
            engine.attach(f"_parted_{turn + 1}", self.store.path(f"registry_parted_{part}"))
        for kind in linkage.GROWING:
            for turn, part in enumerate(chain):
                engine.attach(f"_{kind}_{turn}", self.store.path(f"registry_{kind}_{part}"))
            engine.view(f"_all_{kind}", linkage.still_told(kind, len(chain)))
        linkage.follow_changes(engine, len(chain) - 1)
        for kind in ("model", "apart", "none"):
            engine.attach(f"base_{kind}", self.store.path(f"registry_{kind}_{chain[0]}"))
        for kind in ("sources", "files", "stands"):
            engine.attach(f"base_{kind}", self.store.path(f"registry_{kind}_{chain[-1]}"))

    def make_ready(self, linked: Store, tell: Callable[[], None] = lambda: None) -> list[str]:
        """The parts of a linking, made from its core_records and core_links where they are missing; `tell` is called before that."""
        part = linkage.part_of(linked)
        chain = self.chain(part)
        if chain:
            return chain
        tell()
        with tables.Engine() as engine:
            linked.attach(engine, "core_records", "core_links")
            engine.register("linkage_decisions", field.decided_pairs(self.decisions))
            linkage.build_part(engine, self.rulebook.linkage)
            self.keep(engine, part, "", linkage.WHOLE_PART)
        return [part]

    def keep(self, engine: "tables.Engine", part: str, base: str, kinds: Sequence[str]) -> None:
        """Store the `part_*` tables of a linking; parts no period's links stand on any more go."""
        for kind in kinds:
            name = f"registry_{kind}_{part}"
            engine.view(name, f"SELECT * FROM part_{kind}")
            self.store.write(engine, name, self._key(part, base))
        bases = self._living(linkage.bases_of(self.store) | {part: base}, part)
        rows = ", ".join(f"('{name}', '{below}')" for name, below in sorted(bases.items()))
        engine.table(linkage.PARTS, f"SELECT * FROM (VALUES {rows}) t(part, base)")
        self.store.write(engine, linkage.PARTS, self._key(part, base))

    def _living(self, bases: dict[str, str], newest: str) -> dict[str, str]:
        """Part `newest`, those of the last two periods' links as they are now, and what all of them stand on; the others are removed.

        A part is as large as its month's records, and one of an older month can be made again.
        """
        folders = sorted(self.store.folder.glob("????-??"))[-2:]
        live = {newest, *(linkage.part_of(Store(folder)) for folder in folders)}
        while below := {bases[part] for part in live if bases.get(part)} - live:
            live |= below
        for part in bases.keys() - live:
            for kind in {*linkage.WHOLE_PART, *linkage.ADDED_PART} - {"keys"}:
                self.store.remove(f"registry_{kind}_{part}")
        return {part: base for part, base in bases.items() if part in live}

    def _key(self, part: str, base: str) -> str:
        return stage_key(
            "part", self.rulebook.digest, part, base, repr(field.agreed(self.decisions))
        )

    def _is_fresh(self, part: str, bases: dict[str, str]) -> bool:
        kinds = linkage.ADDED_PART if bases[part] else linkage.WHOLE_PART
        names = [f"registry_{kind}_{part}" for kind in kinds if kind != "keys"]
        return self.store.is_fresh(names, self._key(part, bases[part]))


def _is_added(name: str) -> bool:
    """A table of keys that an increment added."""
    return name.startswith("registry_keys_")
