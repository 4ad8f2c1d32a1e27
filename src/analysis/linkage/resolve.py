"""Any lists with a layout → record, person, probability: the same core, no Indonesian assumption.

Fellegi–Sunter by Splink's EM, because an unknown identifier cannot be trusted to label pairs: with
five thousand rows a model labelled by it found 93 % of what EM with the identifier as one more
comparison found whole (FEBRL 3).
"""

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage import fields as kinds
from analysis.linkage import splink_model
from analysis.linkage.average_link import average_link, components
from analysis.linkage.blocking import pair_up
from analysis.linkage.comparisons import Comparison, compare, counted
from analysis.linkage.fellegi_sunter import log_odds, prior_of, probabilities
from analysis.linkage.fields import Field
from analysis.linkage.resolve_id import resolve_indonesian
from analysis.policy import Linkage, ListLayout, Rulebook


def resolve(engine: Engine, rulebook: Rulebook, layout: ListLayout) -> None:
    """Make `resolved` (source, record, person_id, peluang) from `resolve_rows`.

    `peluang`: chance that the row is that person's; 1 for a person's only row. Same rows in any
    order give the same persons. Raises LinkageGateError where a field teaches the model nothing.
    """
    if layout.identifier == "nik" and layout.profile == "id":
        return resolve_indonesian(engine, rulebook, layout)
    rules = rulebook.linkage
    fields = _prepare(engine, layout, rulebook)
    comparisons = tuple(kinds.comparison(field, fields) for field in fields)
    pairs = _scored(engine, layout, fields, comparisons, rules)
    size = int(engine.one("SELECT count(*) FROM _rows"))
    left, right, chance = (pairs[name].to_numpy() for name in ("l", "r", "peluang"))
    found = average_link(
        size, left, right, chance, rules.ambang, rules.gugus_maks, rules.ambang_pasti
    )
    best = np.zeros(size)
    inside = found.label[left] == found.label[right]
    for end in (left, right):
        np.maximum.at(best, end[inside], chance[inside])
    alone = np.bincount(found.label)[found.label] == 1
    persons = pd.DataFrame(
        {"node": np.arange(size), "label": found.label, "peluang": np.where(alone, 1.0, best)}
    )
    engine.register("_found", persons)
    engine.table("resolved", RESOLVED)


RESOLVED = """
    WITH named AS (SELECT label, row_number() OVER (ORDER BY min(node)) AS k FROM _found GROUP BY label)
    SELECT r.source, r.record, printf('P-%08d', n.k) AS person_id, round(f.peluang, 6) AS peluang
    FROM _rows r JOIN _found f USING (node) JOIN named n USING (label) ORDER BY r.source, r.place"""


def _prepare(engine: Engine, layout: ListLayout, rulebook: Rulebook) -> tuple[Field, ...]:
    """Make `_rows` (node, source, place, record, fields cleaned and derived, shares); returns fields that say something."""
    given = tuple(Field(name, rule.kind) for name, rule in layout.fields.items())
    words = rulebook.codes["nama"]["gelar"] if layout.profile == "id" else []
    named = ", ".join(f"{kinds.cleaned(f, words)} AS {f.name}" for f in given)
    engine.table("_clean", f"SELECT source, place, record, {named} FROM resolve_rows")
    told = engine.rows(
        f"SELECT {', '.join(f'count(DISTINCT {f.name})' for f in given)} FROM _clean"
    )
    fields = tuple(f for f, values in zip(given, told[0], strict=True) if values > 1)
    columns = ", ".join(f.name for f in fields)
    # canonical order: by what a row says, so that the order of rows cannot matter
    engine.table(
        "_numbered",
        f"SELECT row_number() OVER (ORDER BY {columns}, source, record, place) - 1 AS node, * FROM _clean",
    )
    more = {name: sql for f in fields for name, sql in kinds.derived(f, layout.profile).items()}
    extra = "".join(f", {sql} AS {name}" for name, sql in more.items())
    shares = "".join(
        f", count(*) OVER (PARTITION BY {f.name}) / count({f.name}) OVER () AS {f.name}_f"
        for f in fields
        if f.kind != "sex"
    )
    engine.table("_rows", f"SELECT *{extra}{shares} FROM _numbered ORDER BY node")
    engine.drop("_clean", "_numbered")
    return fields


def _scored(
    engine: Engine,
    layout: ListLayout,
    fields: tuple[Field, ...],
    comparisons: tuple[Comparison, ...],
    rules: Linkage,
) -> pd.DataFrame:
    """Pairs worth keeping (l, r, peluang); components are completed, so that their average is over every pair."""
    _candidates(engine, fields, layout, rules)
    compare(engine, "_rows", "_pairs", comparisons, "_compared")
    size = int(engine.one("SELECT count(*) FROM _rows"))
    weights = _train(engine, layout, fields, comparisons, rules)
    patterns = counted(engine, "_compared", comparisons)
    odds = log_odds(patterns, comparisons, weights)
    prior = prior_of(odds, patterns["n"].to_numpy(), _all_pairs(engine, layout))
    pairs = _joined(engine, "_compared", patterns, odds, prior, rules)
    near = pairs[pairs["peluang"] >= rules.ambang_tinjau]
    label = components(size, near["l"].to_numpy(), near["r"].to_numpy())
    engine.register("_component", pd.DataFrame({"node": np.arange(size), "label": label}))
    engine.table(
        "_missing",
        f"""WITH c AS (SELECT * FROM _component QUALIFY count(*) OVER (PARTITION BY label) BETWEEN 3 AND {rules.gugus_maks})
        SELECT a.node AS l, b.node AS r FROM c a JOIN c b ON a.label = b.label AND a.node < b.node
        ANTI JOIN _pairs p ON p.l = a.node AND p.r = b.node""",
    )
    compare(engine, "_rows", "_missing", comparisons, "_completed")
    more = counted(engine, "_completed", comparisons)
    added = _joined(engine, "_completed", more, log_odds(more, comparisons, weights), prior, rules)
    pairs = pd.concat([pairs, added]).sort_values(["l", "r"], ignore_index=True)
    return _between_files(engine, pairs) if layout.unique_within_file else pairs


def _joined(
    engine: Engine,
    compared: str,
    patterns: pd.DataFrame,
    odds: np.ndarray,
    prior: float,
    rules: Linkage,
) -> pd.DataFrame:
    chances = patterns[["pattern"]].assign(peluang=probabilities(odds, prior))
    engine.register("_chances", chances)
    return engine.frame(
        f"""SELECT l, r, peluang FROM {compared} JOIN _chances USING (pattern)
        WHERE peluang >= {rules.ambang_mungkin} ORDER BY l, r"""
    )


def _between_files(engine: Engine, pairs: pd.DataFrame) -> pd.DataFrame:
    source = engine.frame("SELECT source FROM _rows ORDER BY node")["source"].to_numpy()
    return pairs[source[pairs["l"]] != source[pairs["r"]]].reset_index(drop=True)


def _all_pairs(engine: Engine, layout: ListLayout) -> float:
    counts = [n for (n,) in engine.rows("SELECT count(*) FROM _rows GROUP BY source")]
    total = sum(counts) * (sum(counts) - 1) / 2
    return total - sum(n * (n - 1) / 2 for n in counts) if layout.unique_within_file else total


def _candidates(
    engine: Engine, fields: tuple[Field, ...], layout: ListLayout, rules: Linkage
) -> None:
    """Make `_pairs`: rows that share a key of a blocking rule that does not cost too many pairs."""
    parts = [
        f"""SELECT node, source, '{rule}' AS rule, hash('{rule}', {", ".join(cells)}) AS key FROM _rows
        WHERE {" AND ".join(f"({cell}) IS NOT NULL" for cell in cells)}"""
        for rule, cells in kinds.keys(fields)
    ]
    engine.table("_all_keys", " UNION ALL ".join(parts))
    size = int(engine.one("SELECT count(*) FROM _rows"))
    bound = rules.lain
    engine.table(
        "_rules",
        f"""SELECT rule FROM (SELECT rule, count(*) AS n FROM _all_keys GROUP BY rule, key
            HAVING count(*) BETWEEN 2 AND {bound.blok_maks})
        GROUP BY rule HAVING sum(n * (n - 1) / 2) <= {bound.pasangan_per_baris * size}""",
    )
    engine.table("_keys", "SELECT node, key FROM _all_keys SEMI JOIN _rules USING (rule)")
    pair_up(engine, ["SELECT node, key, true AS lacks FROM _keys"], bound.blok_maks, "_pairs")
    engine.drop("_all_keys", "_rules", "_keys")
    if layout.unique_within_file:
        engine.table(
            "_pairs",
            """SELECT p.l, p.r FROM _pairs p JOIN _rows a ON a.node = p.l JOIN _rows b ON b.node = p.r
            WHERE a.source <> b.source""",
        )


def _train(
    engine: Engine, layout: ListLayout, fields: tuple[Field, ...], comparisons: tuple[Comparison, ...], rules: Linkage,
):  # fmt: skip
    columns = ", ".join(sorted({name for c in comparisons for name in c.columns()}))
    size = int(engine.one("SELECT count(*) FROM _rows"))
    share = min(10_000, 10_000 * rules.lain.baris_model // max(size, 1))
    rows = engine.frame(
        f"""SELECT node AS unique_id, source AS source_dataset, {columns} FROM _rows
        WHERE hash(node) % 10000 < {share} ORDER BY node"""
    )
    sessions = _sessions(engine, fields)
    return splink_model.fit(
        rows, comparisons, sessions, rules.lain.pasangan_acak, layout.unique_within_file
    )


def _sessions(engine: Engine, fields: tuple[Field, ...]) -> tuple[str, ...]:
    """Equalities EM is blocked on: the three fields two people share least, where matches are no rarity."""
    shares = {
        f.name: float(
            engine.one(f"SELECT sum({f.name}_f) / count(*) FROM _rows WHERE {f.name} IS NOT NULL")
        )
        for f in fields
        if f.kind != "sex"
    }
    best = sorted(shares, key=lambda name: (shares[name], name))[:3]
    return tuple(f'l."{name}" = r."{name}"' for name in best)
