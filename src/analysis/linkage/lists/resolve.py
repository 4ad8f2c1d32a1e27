"""Any lists with a layout → record, person, probability: the same core, no Indonesian assumption.

An unknown identifier cannot be trusted to label pairs: with five thousand rows a model labelled by it
found 93 % of what a mixture with the identifier as one more comparison found whole (FEBRL 3).
"""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage.average_link import average_link
from analysis.linkage.clusters import APART
from analysis.linkage.comparisons import Comparison
from analysis.linkage.lists.again import look_again
from analysis.linkage.lists.coincidence import coincidences
from analysis.linkage.lists.learning import learned
from analysis.linkage.lists.mixture import Mixture
from analysis.linkage.lists.pairs import candidates, missing_inside
from analysis.linkage.lists.patterns import patterns_of
from analysis.linkage.lists.resolve_id import resolve_indonesian
from analysis.linkage.lists.rows import comparisons, prepare
from analysis.linkage.lists.texts import Field
from analysis.linkage.lists.wide import compare
from analysis.policy import Linkage, ListLayout, Rulebook


def resolve(engine: Engine, rulebook: Rulebook, layout: ListLayout) -> None:
    """Make `resolved` (source, record, person_id, peluang) from `resolve_rows`.

    `peluang`: chance that the row is that person's; 1 for a person's only row. Same rows in any
    order give the same persons.
    """
    if layout.identifier == "nik" and layout.profile == "id":
        return resolve_indonesian(engine, rulebook, layout)
    rules = rulebook.linkage
    fields = prepare(engine, layout, rulebook)
    size = int(engine.one("SELECT count(*) FROM _rows"))
    label, best = _persons(engine, layout, fields, rules, size)
    alone = np.bincount(label, minlength=1)[label] == 1
    persons = pd.DataFrame(
        {"node": np.arange(size), "label": label, "peluang": np.where(alone, 1.0, best)}
    )
    engine.register("_found", persons)
    engine.table("resolved", RESOLVED)


RESOLVED = """
    WITH named AS (SELECT label, row_number() OVER (ORDER BY min(node)) AS k FROM _found GROUP BY label)
    SELECT r.source, r.record, printf('P-%08d', n.k) AS person_id, round(f.peluang, 6) AS peluang
    FROM _rows r JOIN _found f USING (node) JOIN named n USING (label) ORDER BY r.source, r.place"""


def _persons(
    engine: Engine, layout: ListLayout, fields: tuple[Field, ...], rules: Linkage, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Person of every node, and the best chance that ties it to that person; components are completed, so that their average is over every pair."""
    if not fields:
        return np.arange(size), np.zeros(size)
    apart = layout.unique_within_file
    candidates(engine, fields, apart, rules)
    compared = comparisons(fields)
    compare(engine, "_rows", "_pairs", compared, "_compared")
    all_pairs = _all_pairs(engine, apart)
    model = _model(engine, fields, compared, all_pairs, rules)

    def scored(table: str) -> pd.DataFrame:
        return _chances(engine, table, compared, all_pairs, model, rules, apart)

    pairs = scored("_compared")
    missing_inside(engine, pairs, size, rules)
    compare(engine, "_rows", "_missing", compared, "_completed")
    pairs = pd.concat([pairs, scored("_completed")]).sort_values(["l", "r"], ignore_index=True)
    left, right, chance = (pairs[name].to_numpy() for name in ("l", "r", "peluang"))
    found = average_link(size, left, right, chance, rules.ambang, rules.gugus_maks, rules.ambang_pasti)  # fmt: skip
    label, best = found.label, np.zeros(size)
    if _rows_each(label) >= rules.lain.baris_per_orang:
        label, best = look_again(engine, fields, compared, pairs, label, scored, rules, apart)
    inside = label[left] == label[right]
    for end in (left, right):
        np.maximum.at(best, end[inside], chance[inside])
    return label, best


def _rows_each(label: np.ndarray) -> float:
    """Rows of a person who has several, in the mean."""
    rows = np.bincount(label, minlength=1)
    return float(rows[rows > 1].mean()) if (rows > 1).any() else 1.0


def _model(
    engine: Engine, fields: tuple[Field, ...], compared: tuple[Comparison, ...], all_pairs: np.ndarray, rules: Linkage,
) -> Mixture:  # fmt: skip
    """The mixture learned from the compared pairs."""
    patterns = patterns_of(engine, "_compared", compared, all_pairs)[1]
    chance = coincidences(engine, fields, compared[:-1], rules.lain)
    names = tuple(j for j, f in enumerate(fields) if f.kind == "name")
    stand_in = names or _most_telling(fields, [c.levels[0] for c in chance])
    kinds = [rules.lain.jenis[f.kind] for f in fields]
    name = rules.lain.jenis["name"]
    for j in stand_in:  # must agree as a name must
        most = {"beda_maks": name.beda_maks, "pembeda_maks": name.pembeda_maks}
        kinds[j] = kinds[j].model_copy(update=most)
    crossed = names if len(names) > 1 else ()
    personal = stand_in if len(fields) > len(stand_in) else ()
    return learned(patterns, kinds, chance, crossed, personal, rules.lain.rumah_minimum)


def _most_telling(fields: tuple[Field, ...], by_chance: list[float]) -> tuple[int, ...]:
    """Without a name, the two texts or numbers that two rows share least by chance say who is meant."""
    told = [j for j, f in enumerate(fields) if f.kind in ("text", "code", "contact", "household")]
    return tuple(sorted(sorted(told, key=lambda j: (by_chance[j], j))[:2])) if len(told) > 1 else ()


def _chances(
    engine: Engine, table: str, compared: tuple[Comparison, ...], all_pairs: np.ndarray, model: Mixture, rules: Linkage,
    apart: bool,
) -> pd.DataFrame:  # fmt: skip
    number, patterns = patterns_of(engine, table, compared, all_pairs)
    chance = model.chances(patterns)
    if apart:  # the layout says that no file names a person twice
        chance = np.where(patterns.files == 0, APART, chance)
    engine.register("_chances", pd.DataFrame({"pattern": number, "peluang": chance}))
    return engine.frame(
        f"""SELECT l, r, peluang FROM {table} JOIN _chances USING (pattern)
        WHERE peluang >= {rules.ambang_mungkin} OR peluang < 0 ORDER BY l, r"""
    )


def _all_pairs(engine: Engine, apart: bool) -> np.ndarray:
    """Number of pairs within files and between them; at least one each."""
    counts = [n for (n,) in engine.rows("SELECT count(*) FROM _rows GROUP BY source")]
    within = sum(n * (n - 1) / 2 for n in counts)
    total = sum(counts) * (sum(counts) - 1) / 2
    return np.maximum([0.0 if apart else within, total - within], 1.0)
