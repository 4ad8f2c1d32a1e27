"""The parts that linkings left in a registry: each is named by the content of its core_links, and an increment's stands on another."""

from analysis.engine import Store

PARTS = "registry_parts"


def part_of(linked: Store) -> str:
    """Name of the part of the links in a period's store."""
    return linked.content("core_links")[:12]


def bases_of(registry: Store) -> dict[str, str]:
    """The part each part stands on; '' for a whole one."""
    if PARTS not in registry.names("registry"):
        return {}
    table = registry.frame(PARTS)
    return dict(zip(table["part"], table["base"], strict=True))


def model_table(registry: Store, linked: Store) -> str:
    """Name of the model by which a period's pairs were scored; the last full run's where the period's own is not kept any more."""
    part, bases = part_of(linked), bases_of(registry)
    while bases.get(part):
        part = bases[part]
    own = f"registry_model_{part}"
    return own if registry.path(own).exists() else "registry_model"
