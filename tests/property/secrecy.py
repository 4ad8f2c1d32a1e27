"""Tables to be published, and an outsider who works out what they hide."""

from itertools import product

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.policy import load_rulebook
from analysis.release.disclosure import (
    Count,
    Guarded,
    Office,
)

RULE = load_rulebook().disclosure


KEY = b"kunci uji"


OFFICE = Office(RULE, KEY)


SIZES = st.one_of(st.integers(0, 12), st.integers(0, 200))


def key(row: object, column: object = "") -> tuple:
    return ("uji", "32.72", str(row), str(column), "keluarga")


def two_way(table: np.ndarray, exact_total: bool = True) -> tuple[np.ndarray, list[Count]]:
    """Every cell of a table, its margins and its total, as counts over the cells."""
    n_rows, n_columns = table.shape
    row, column = (axis.ravel() for axis in np.indices(table.shape))
    counts = [
        Count(key(i, j), "keluarga", (row == i) & (column == j))
        for i, j in product(range(n_rows), range(n_columns))
    ]
    counts += [Count(key(i, "jumlah"), "keluarga", row == i) for i in range(n_rows)]
    counts += [Count(key("jumlah", j), "keluarga", column == j) for j in range(n_columns)]
    counts += [Count(key("jumlah", "jumlah"), "keluarga", row >= 0, exact=exact_total)]
    return table.ravel(), counts


def told(count: Count, print_: Guarded) -> tuple[float, float]:
    """What a reader of the rules makes of a printed figure."""
    if count.exact:
        return print_.value, print_.value
    return max(print_.value - 4, 10), print_.value + 4


def attacked(atoms: np.ndarray, counts: list[Count], *editions: dict) -> tuple[float, float]:
    """Least and greatest value an outsider can infer, set up apart from the code."""
    rows, limits = [], []
    for found in editions:
        for count in counts:
            if found[count.key].is_published:
                low, high = told(count, found[count.key])
                rows += [count.atoms.astype(float), -count.atoms.astype(float)]
                limits += [high, -low]
    ends = []
    for sign in (1, -1):
        answer = linprog(
            sign * atoms.astype(float), A_ub=np.array(rows) if rows else None, b_ub=limits or None,
            bounds=[(0, None)] * len(atoms),
        )  # fmt: skip
        if answer.status == 3:
            ends.append(np.inf)
        else:
            assert answer.status == 0
            ends.append(sign * answer.fun)
    return ends[0], ends[1]


def assert_safe(sizes: np.ndarray, counts: list[Count], *editions: dict) -> None:
    """Every hidden small count, and every hidden small rest, lies in a span of 10 or more."""
    found = editions[-1]
    for count in counts:
        value = int(sizes[count.atoms].sum())
        guarded = found[count.key]
        assert guarded.is_published == (guarded.value is not None)
        if guarded.is_published:
            low, high = told(count, guarded)
            assert low <= value <= high
            assert value >= 10
            assert guarded.value % 5 == 0 or count.exact
        hidden = [count.atoms] if value < 10 else []
        if count.whole is not None and int(sizes[count.whole].sum()) - value < 10:
            assert not guarded.is_published
            hidden.append(count.whole & ~count.atoms)
        for atoms in hidden:
            low, high = attacked(atoms, counts, *editions)
            assert low <= sizes[atoms].sum() <= high
            assert high - low >= 10 - 1e-6
            assert high >= 10 - 1e-6
