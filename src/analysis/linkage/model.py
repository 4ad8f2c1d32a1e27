"""The model of a set: a probability for every pattern two rows can show. It holds no value of any row.

Three ways to it, the first that can be gone: labelled by NIK agreement; the stored one (incremental);
the kit's working weights for lists too small to learn from.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.linkage import indonesia, labelled
from analysis.linkage.blocking import pair_up, sample_pairs
from analysis.linkage.comparisons import all_patterns, compare, counted, decoded
from analysis.linkage.fellegi_sunter import Weights, log_odds
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

    def store(self, engine: Engine, name: str = "registry_model") -> None:
        """Keep it as table `name`."""
        engine.drop(name)
        engine.register(name, self.cells.assign(metode=self.method, kesesuaian=self.agreement))


def trained(engine: Engine, rules: Linkage) -> LinkModel:
    """The model for `_units`: learned from them, or the kit's weights where they teach too little.

    Leaves `_hash_keys` for `scored_pairs`.
    """
    indonesia.build_hash_keys(engine, "_hash_keys")
    patterns = _training_patterns(engine, rules)
    agreeing = int(patterns.loc[patterns["nik"] == labelled.EQUAL, "n"].sum())
    if agreeing < rules.latih_minimum:
        # a name without number, birth date and door proves nothing where its rarity cannot be told
        engine.run(
            """DELETE FROM _hash_keys WHERE uid IN
            (SELECT uid FROM _units WHERE alone IS NOT NULL AND (rt IS NULL OR rw IS NULL))"""
        )
        return _usual(rules, patterns)
    fitted = labelled.fit(patterns, FEATURES)
    grid = all_patterns(indonesia.EVIDENCE)
    bare = fitted.without_number(decoded(grid, indonesia.EVIDENCE))
    cells = _with_number(grid, bare, fitted.ratio)
    return LinkModel(
        cells, "nik_sebagai_label", fitted.c, _sureness(patterns, cells, rules.latih_minimum)
    )


# The rules before the model as the levels they need.
_RULES = {
    "nik_nama": (("nik", 0), ("nama", 4)),
    "nik_lahir": (("nik", 0), ("lahir", 0)),
    "nik15": (("nik", 1), ("nama", 0), ("lahir", 0)),
    "kk_nama_lahir": (("rumah", 1), ("nama", 0), ("lahir", 0)),
}


def _sureness(patterns: pd.DataFrame, cells: pd.DataFrame, least: int) -> dict[str, float]:
    """Mean chance among pairs that satisfy a rule; fewer than `least` pairs tell nothing against it."""
    chance = cells["peluang"].to_numpy()[patterns["pattern"].to_numpy()]
    found = {}
    for rule, levels in _RULES.items():
        at = np.logical_and.reduce([patterns[name].between(0, most) for name, most in levels])
        n = patterns["n"].to_numpy() * at
        found[rule] = round(float((n * chance).sum() / n.sum()), 6) if n.sum() >= least else 1.0
    return found | {"keputusan": 1.0}


def _training_patterns(engine: Engine, rules: Linkage) -> pd.DataFrame:
    """Counted patterns of a sample of the pairs of rows that meet without their numbers."""
    units = int(engine.one("SELECT count(*) FROM _units"))
    share = min(1.0, rules.latih_baris / max(units, 1))
    sample_pairs(
        engine, "_hash_keys", indonesia.UNNUMBERED, share, rules.blok_maks, 2 * rules.latih_baris, "_sample_pairs",
    )  # fmt: skip
    engine.table(
        "_sample_rows",
        """SELECT u.*, u.uid AS node, CAST(NULL AS VARCHAR) AS kk2, CAST(NULL AS VARCHAR) AS area2,
            strftime(u.born, '%Y%m%d') AS day, s.f AS sound_f, b.f AS born_f
        FROM _units u SEMI JOIN (SELECT l AS uid FROM _sample_pairs UNION SELECT r FROM _sample_pairs) USING (uid)
        LEFT JOIN (SELECT sound, min(sound_f) AS f FROM _nodes GROUP BY sound) s ON s.sound = u.sound
        LEFT JOIN (SELECT born, min(born_f) AS f FROM _nodes GROUP BY born) b ON b.born = u.born""",
    )
    compare(engine, "_sample_rows", "_sample_pairs", indonesia.ALL, "_sample_compared")
    found = counted(engine, "_sample_compared", indonesia.ALL)
    engine.drop("_sample_rows", "_sample_pairs", "_sample_compared")
    return found


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


def _usual(rules: Linkage, patterns: pd.DataFrame) -> LinkModel:
    """Fellegi–Sunter with the kit's weights; how common a name is cannot be told from a few rows."""
    weights = Weights(
        {name: np.array(w.m) for name, w in rules.bobot.items()},
        {name: np.array(w.u) for name, w in rules.bobot.items()},
    )
    evidence = tuple(replace(c, frequency="") for c in indonesia.EVIDENCE)
    grid = all_patterns(indonesia.EVIDENCE)
    weight = log_odds(decoded(grid, indonesia.EVIDENCE), evidence, weights)
    chance = 1 / (1 + np.exp(-(weight + np.log(rules.awal.peluang))))
    ratio = np.array([weights.m[day] / weights.u[day] for day in ("nik_lain_hari", "nik_sehari")])
    cells = _with_number(grid, np.clip(chance, 1e-6, 1 - 1e-4), ratio)
    agreement = float(weights.m["nik_sehari"][0])
    return LinkModel(cells, "bobot_kit", agreement, _sureness(patterns, cells, rules.latih_minimum))


def scored_pairs(engine: Engine, rules: Linkage) -> pd.DataFrame:
    """Pairs of `_nodes` worth keeping (l, r, peluang), by `_hash_keys` of every variant and registry_model."""
    pair_up(engine, indonesia.node_keys("_hash_keys"), rules.blok_maks, "_pairs")
    engine.drop("_hash_keys")
    compare(engine, "_nodes", "_pairs", indonesia.ALL, "_compared_pairs")
    engine.table(
        "_scored",
        f"""SELECT l, r, pattern, peluang FROM _compared_pairs JOIN registry_model USING (pattern)
        WHERE peluang >= {rules.ambang_mungkin}""",
    )
    engine.drop("_pairs", "_compared_pairs")
    return engine.frame("SELECT l, r, peluang FROM _scored ORDER BY l, r")
