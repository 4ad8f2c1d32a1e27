"""The one file that imports Splink: Fellegi–Sunter weights by expectation maximisation.

Used where no identifier can label pairs. Splink compares the same columns by the same levels as
we do, estimates u on random pairs and m by EM; the weights then score patterns, not pairs.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import pandas as pd
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.comparison_library import CustomComparison
from splink.internals import expectation_maximisation

from analysis.errors import LinkageGateError
from analysis.linkage.comparisons import Comparison
from analysis.linkage.fellegi_sunter import Weights

_SETTINGS = {"threads": 1, "autoinstall_known_extensions": False}
_LEAST = 1e-20  # a chance; what is smaller tells no more
_DIGITS = 6  # EM is not bit-stable beyond (linkage.md §8); rounded weights are


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink tells its progress by the logger; a run prints its own lines only."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _above_nothing() -> Iterator[None]:
    """EM drives m of a level that no match shows towards 0 until Splink 5.0 refuses it (below 1e-300): it stays above."""
    plain = expectation_maximisation.m_u_records_to_lookup_dict

    def floored(records: list[dict]) -> dict:
        return plain([{k: max(v, _LEAST) if isinstance(v, float) else v for k, v in r.items()} for r in records])  # fmt: skip

    expectation_maximisation.m_u_records_to_lookup_dict = floored
    try:
        yield
    finally:
        expectation_maximisation.m_u_records_to_lookup_dict = plain


def fit(
    rows: pd.DataFrame,
    comparisons: tuple[Comparison, ...],
    sessions: tuple[str, ...],
    pairs: int,
    link_only: bool,
) -> Weights:
    """Estimate m and u from `rows` (unique_id, source_dataset and the compared columns).

    `sessions` are equalities to block EM on, each training what it does not speak of.
    Raises LinkageGateError where a level stays untrained: a model with gaps is never used silently.
    """
    settings = SettingsCreator(
        link_type="link_only" if link_only else "dedupe_only",
        comparisons=[_comparison(c) for c in comparisons],
        retain_matching_columns=False,
        probability_two_random_records_match=1 / max(len(rows), 2),
        em_convergence=1e-5, max_iterations=60,
    )  # fmt: skip
    with _quiet(), _above_nothing(), duckdb.connect(config=_SETTINGS) as connection:
        api = DuckDBAPI(connection)
        names = sorted(rows["source_dataset"].unique())
        tables = [rows[rows["source_dataset"] == name] for name in names] if link_only else [rows]
        given = [api.register(t) for t in tables]
        linker = Linker(given if link_only else given[0], settings)
        linker.training.estimate_u_using_random_sampling(
            pairs, seed=1, min_count_per_level=None, num_chunks=1
        )
        for rule in sessions:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        return _weights(linker, comparisons, pairs)


def _comparison(c: Comparison) -> CustomComparison:
    levels = [
        {"sql_condition": _dialect(c.missing), "is_null_level": True, "label_for_charts": "-"}
    ]
    levels += [
        {"sql_condition": _dialect(level), "label_for_charts": str(place)}
        for place, level in enumerate(c.levels)
    ]
    levels.append({"sql_condition": "ELSE", "label_for_charts": str(len(c.levels))})
    return CustomComparison(levels, output_column_name=c.name)


def _dialect(condition: str) -> str:
    return re.sub(r"\b([lr])\.(\w+)", r'"\2_\1"', condition)


def _weights(linker: Linker, comparisons: tuple[Comparison, ...], pairs: float) -> Weights:
    told = {c["output_column_name"]: c for c in linker.misc.save_model_to_json()["comparisons"]}
    m, u = {}, {}
    for c in comparisons:
        levels = [x for x in told[c.name]["comparison_levels"] if not x.get("is_null_level")]
        m[c.name] = _chances(c.name, levels, "m_probability", 1 / pairs)
        u[c.name] = _chances(c.name, levels, "u_probability", 1 / pairs)
    return Weights(m, u)


def _chances(name: str, levels: list[dict], which: str, least: float) -> np.ndarray:
    """Chances by level; a level never seen has less than one pair. Raises where none was trained."""
    found = [x[which] if isinstance(x.get(which), float) else 0.0 for x in levels]
    if not any(found):
        raise LinkageGateError("model_untrained", field=name)
    return np.round(np.maximum(np.array(found), least / 2), _DIGITS + 1)
