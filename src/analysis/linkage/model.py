"""The model of a set: a probability for every pattern two rows can show. It holds no value of any row.

Three ways to it, the first that can be gone: labelled by NIK agreement; the stored one (incremental);
the kit's working weights for lists too small to learn from.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage import indonesia, labelled, meeting_keys
from analysis.linkage.blocking import pair_up
from analysis.linkage.company import learn_company, weigh_company
from analysis.linkage.comparisons import all_patterns, compare, decoded
from analysis.linkage.fellegi_sunter import Weights, log_odds
from analysis.linkage.number_evidence import NumberEvidence, weigh
from analysis.linkage.rivals import learn_none, weigh_rivals
from analysis.linkage.training import hidden_pairs
from analysis.policy import Linkage

FEATURES = tuple(
    name
    for c in indonesia.EVIDENCE
    for name in ((c.name, f"{c.name}_f") if c.frequency else (c.name,))
)


@dataclass(frozen=True)
class LinkModel:
    """`cells`: pattern, peluang, peluang_tanpa_nik for every pattern; `method`: how it was had.

    `agreement`: chance that one person's two rows hold one NIK; `sure_of`: chance that a link made
    before the model by a rule is right, as the model judges it.
    """

    cells: pd.DataFrame
    method: str
    agreement: float
    sure_of: dict[str, float]

    def store(self, engine: Engine) -> None:
        """Keep it as registry_model."""
        engine.drop("registry_model")
        engine.register(
            "registry_model", self.cells.assign(metode=self.method, kesesuaian=self.agreement)
        )


def trained(engine: Engine, rules: Linkage) -> LinkModel:
    """The model for `_units`: learned from them, or the kit's weights where they teach too little.

    Leaves `_hash_keys` for `scored_pairs`.
    """
    meeting_keys.build_hash_keys(engine, "_hash_keys")
    patterns = hidden_pairs(engine, rules)
    agreeing = int(patterns.loc[patterns["nik"] == indonesia.EQUAL, "n"].sum())
    if agreeing < rules.latih_minimum:
        # a name without number, birth date and door proves nothing where its rarity cannot be told
        engine.run(
            """DELETE FROM _hash_keys WHERE uid IN
            (SELECT uid FROM _units WHERE alone IS NOT NULL AND (rt IS NULL OR rw IS NULL))"""
        )
        return _usual(rules)
    fitted = labelled.fit(patterns, FEATURES, _kit_weights(rules), rules.simpang_bobot)
    grid = all_patterns(indonesia.EVIDENCE)
    bare = fitted.without_number(decoded(grid, indonesia.EVIDENCE))
    taught = fitted.without_number(patterns)
    number = weigh(patterns, taught, rules.awal.kembar)
    sure_of = _sureness(patterns, _with_level(taught, patterns, number), rules.latih_minimum)
    return LinkModel(
        _with_number(grid, bare, number.ratio), "nik_sebagai_label", (1 - fitted.slip) ** 2, sure_of
    )


# The rules before the model as the levels they need.
_RULES = {
    "nik_nama": (("nik", 0), ("nama", 4)),
    "nik_lahir": (("nik", 0), ("lahir", 0)),
    "nik15": (("nik", 1), ("nama", 0), ("lahir", 0)),
    "kk_nama_lahir": (("rumah", 1), ("nama", 0), ("lahir", 0)),
}


def _sureness(patterns: pd.DataFrame, chance: np.ndarray, least: int) -> dict[str, float]:
    """Mean chance among pairs that satisfy a rule; fewer than `least` pairs tell nothing against it."""
    found = {}
    for rule, levels in _RULES.items():
        at = np.logical_and.reduce([patterns[name].between(0, most) for name, most in levels])
        n = patterns["n"].to_numpy() * at
        found[rule] = round(float((n * chance).sum() / n.sum()), 6) if n.sum() >= least else 1.0
    return found | {"keputusan": 1.0}


def _with_level(bare: np.ndarray, patterns: pd.DataFrame, number: NumberEvidence) -> np.ndarray:
    """Chances of patterns with what their NIK adds, joined before the model or not."""
    level = patterns["nik"].to_numpy().astype(int)
    factor = number.of_all()[labelled.same_day(patterns), np.maximum(level, 0)]
    odds = bare / (1 - bare) * np.where(level >= 0, factor, 1.0)
    return odds / (1 + odds)


def _with_number(grid: np.ndarray, bare: np.ndarray, ratio: np.ndarray) -> pd.DataFrame:
    """The whole grid: evidence without the number × each level of the number."""
    same_day = (decoded(grid, indonesia.EVIDENCE)["lahir"].to_numpy() == 0).astype(int)
    parts = []
    for level in range(-1, indonesia.NIK.size):
        factor = ratio[same_day, level] if level >= 0 else 1.0
        odds = bare / (1 - bare) * factor
        parts.append(
            pd.DataFrame(
                {
                    "pattern": (grid + (level + 1) * len(grid)).astype(np.int32),
                    "peluang": np.round(odds / (1 + odds), 6),
                    "peluang_tanpa_nik": np.round(bare, 6),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _kit_weights(rules: Linkage) -> Weights:
    return Weights(
        {name: np.array(w.m) for name, w in rules.bobot.items()},
        {name: np.array(w.u) for name, w in rules.bobot.items()},
    )


def _usual(rules: Linkage) -> LinkModel:
    """Fellegi–Sunter with the kit's weights; how common a name is cannot be told from a few rows, nor whether a rule errs."""
    weights = _kit_weights(rules)
    evidence = tuple(replace(c, frequency="") for c in indonesia.EVIDENCE)
    grid = all_patterns(indonesia.EVIDENCE)
    weight = log_odds(decoded(grid, indonesia.EVIDENCE), evidence, weights)
    chance = 1 / (1 + np.exp(-(weight + np.log(rules.awal.peluang))))
    ratio = np.array([weights.m[day] / weights.u[day] for day in ("nik_lain_hari", "nik_sehari")])
    cells = _with_number(grid, np.clip(chance, 1e-6, 1 - 1e-4), ratio)
    agreement = float(weights.m["nik_sehari"][0])
    return LinkModel(cells, "bobot_kit", agreement, dict.fromkeys((*_RULES, "keputusan"), 1.0))


def scored_pairs(engine: Engine, rules: Linkage) -> pd.DataFrame:
    """Pairs of `_nodes` worth keeping (l, r, peluang), by `_hash_keys` of every variant and registry_model."""
    pair_up(engine, meeting_keys.node_keys("_hash_keys"), rules.blok_maks, "_pairs")
    engine.drop("_hash_keys")
    compare(engine, "_nodes", "_pairs", indonesia.ALL, "_compared_pairs")
    engine.table(
        "_scored",
        f"""SELECT l, r, pattern, peluang FROM _compared_pairs JOIN registry_model USING (pattern)
        WHERE peluang >= {rules.ambang_mungkin}""",
    )
    engine.drop("_pairs", "_compared_pairs")
    learn_company(engine, rules)
    weigh_company(engine, rules, "_nodes", "_scored")
    learn_none(engine, rules)
    weigh_rivals(engine, rules)
    return engine.frame("SELECT l, r, peluang FROM _scored ORDER BY l, r")
