"""PKH components of families and the quarter's rupiah they carry (domain.md §2)."""

import pandas as pd

from analysis.synthetic.people import CHILD, GRANDCHILD

COMPONENTS = (
    ("BALITA", 750_000),
    ("SD", 225_000),
    ("SMP", 375_000),
    ("SMA", 500_000),
    ("LANSIA", 600_000),
    ("DISABILITAS", 600_000),
)
_MOST = 4


def family_components(roll: pd.DataFrame, families: int) -> pd.Series:
    """Per family number its components joined by ', ' ('' = none)."""
    age = roll["age"].to_numpy()
    child = roll["role"].isin([CHILD, GRANDCHILD]).to_numpy()
    held = {
        "BALITA": (age < 7) & child,
        "SD": (age >= 7) & (age < 13) & child,
        "SMP": (age >= 13) & (age < 16) & child,
        "SMA": (age >= 16) & (age < 19) & child,
        "LANSIA": age >= 60,
        "DISABILITAS": roll["disabled"].to_numpy(),
    }
    text = pd.Series("", index=range(families))
    for name, _ in COMPONENTS:
        having = roll["family"][held[name] & roll["here"]].unique()
        text.loc[having] = text.loc[having] + name + ", "
    return text.str.removesuffix(", ")


def component_rupiah(components: pd.Series) -> pd.Series:
    """The quarter's amount: at most four components count."""
    total = pd.Series(0, index=components.index)
    taken = pd.Series(0, index=components.index)
    for name, amount in sorted(COMPONENTS, key=lambda item: -item[1]):
        here = components.str.contains(name, regex=False) & (taken < _MOST)
        total, taken = total + amount * here, taken + here
    return total
