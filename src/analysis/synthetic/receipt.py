"""Who is on which list, by each programme's own logic, old rankings and favour included."""

import numpy as np
import pandas as pd

from analysis.synthetic.people import Dice

# PKH components and their quarterly rupiah (domain.md §2).
COMPONENTS = (
    ("BALITA", 750_000),
    ("SD", 225_000),
    ("SMP", 375_000),
    ("SMA", 500_000),
    ("LANSIA", 600_000),
    ("DISABILITAS", 600_000),
)
SEMBAKO_RP = 200_000
PBI_RP = 42_000
PAS12_RP = 1_000_000


def draw_receipt(
    families: pd.DataFrame, members: pd.DataFrame, settings: dict, dice: Dice
) -> dict[str, np.ndarray]:
    """Row numbers of `families` (pkh, sembako) and of `members` (pbi_jk) that receive.

    Each quota goes down an old score blurred by favour; PKH asks for a component first.
    """
    rng, count = dice.part("receipt"), len(families)
    component = family_components(families, members)
    has_component = component.ne("").to_numpy()
    pkh = _poorest(families, rng, settings, round(settings["pkh"] * count), has_component)
    sembako = _poorest(
        families, rng, settings, round(settings["sembako"] * count), np.ones(count, bool), pkh
    )
    pbi_families = _poorest(families, rng, settings, count, np.ones(count, bool), sembako)
    return {
        "pkh": pkh,
        "sembako": sembako,
        "pbi_jk": _insured(members, pbi_families, rng, settings),
    }


def _poorest(
    families: pd.DataFrame,
    rng: np.random.Generator,
    settings: dict,
    quota: int,
    allowed: np.ndarray,
    already: np.ndarray | None = None,
) -> np.ndarray:
    """The `quota` first by blurred score; families on an earlier list come forward."""
    blurred = families["old_score"].to_numpy() + settings["kedekatan"] * rng.normal(
        0, 1, len(families)
    )
    if already is not None:
        blurred = blurred - 0.5 * np.isin(np.arange(len(families)), already) * (
            rng.random(len(families)) < 0.9
        )
    order = np.argsort(np.where(allowed, blurred, np.inf), kind="stable")
    return order[: min(quota, int(allowed.sum()))]


def _insured(
    members: pd.DataFrame, order: np.ndarray, rng: np.random.Generator, settings: dict
) -> np.ndarray:
    """Whole families down the order until the quota of persons is full; some members were missed."""
    rank = np.empty(len(order), dtype=int)
    rank[order] = np.arange(len(order))
    listed = np.flatnonzero(rng.random(len(members)) < 0.95)
    by_family = listed[np.argsort(rank[members["family"].to_numpy()[listed]], kind="stable")]
    return np.sort(by_family[: round(settings["pbi_jk"] * len(members))])


def family_components(families: pd.DataFrame, members: pd.DataFrame) -> pd.Series:
    """Per family its PKH components joined by ', ' ('' = none)."""
    age = (np.datetime64("2025-12-01") - members["born"].to_numpy()).astype(int) / 365.25
    child = (members["role"] >= 2) & (members["role"] <= 3)
    held = {
        "BALITA": (age < 7) & child,
        "SD": (age >= 7) & (age < 13) & child,
        "SMP": (age >= 13) & (age < 16) & child,
        "SMA": (age >= 16) & (age < 19) & child,
        "LANSIA": age >= 60,
        "DISABILITAS": members["disabled"],
    }
    text = pd.Series("", index=families.index)
    for name, _ in COMPONENTS:
        having = members["family"][np.asarray(held[name], dtype=bool)].unique()
        text.loc[having] = text.loc[having] + name + ", "
    return text.str.removesuffix(", ")


def component_rupiah(components: pd.Series) -> pd.Series:
    """The quarter's amount: at most four components count (domain.md §2)."""
    total = pd.Series(0, index=components.index)
    taken = pd.Series(0, index=components.index)
    for name, amount in sorted(COMPONENTS, key=lambda item: -item[1]):
        here = components.str.contains(name, regex=False) & (taken < 4)
        total, taken = total + amount * here, taken + here
    return total


def visited_by_pas12(
    families: pd.DataFrame, members: pd.DataFrame, kelurahan: int, settings: dict, dice: Dice
) -> pd.DataFrame:
    """The 12 PAS log: date, kelurahan, person, group; chosen on need, not on desil."""
    rng = dice.part("pas12")
    weeks = pd.date_range("2025-09-14", "2026-01-04", freq="7D")
    visited = rng.permutation(kelurahan)[: settings["pas12_kelurahan"]]
    need = families["consumption_rp"].rank(pct=True).to_numpy()[members["family"]]
    age = (np.datetime64("2025-12-01") - members["born"].to_numpy()).astype(int) / 365.25
    weight = np.exp(-6 * need) * (1 + 3 * (age > 60) + 4 * members["disabled"].to_numpy())
    area = families["area"].to_numpy()[members["family"]]
    each = settings["pas12_per_kunjungan"]
    rows = []
    for turn, place in enumerate(visited):
        here = np.flatnonzero((area == place) & (age > 17))
        chosen = rng.choice(
            here, min(each, len(here)), replace=False, p=weight[here] / weight[here].sum()
        )
        rows.append(
            pd.DataFrame(
                {"member": chosen, "area": place, "date": weeks[turn * len(weeks) // len(visited)]}
            )
        )
    log = pd.concat(rows, ignore_index=True)
    again = log.iloc[rng.choice(len(log), 3, replace=False)].assign(date=weeks[-5])
    log = pd.concat([log, again], ignore_index=True)
    old, disabled = age[log["member"]] > 60, members["disabled"].to_numpy()[log["member"]]
    poor = np.array(
        [
            "Fakir miskin",
            "Perempuan rentan",
            "Berpendapatan rendah",
            "Korban NAPZA",
            "Korban bencana",
        ]
    )
    other = poor[rng.choice(5, len(log), p=[0.62, 0.2, 0.1, 0.04, 0.04])]
    log["group"] = np.where(
        disabled, "Penyandang disabilitas", np.where(old, "Lansia terlantar", other)
    )
    return log.sort_values(["date", "area", "member"], kind="stable", ignore_index=True)
