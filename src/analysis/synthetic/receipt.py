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
    outreach = dice.part("outreach").normal(
        0, settings["jangkauan_kelurahan"], families["area"].max() + 1
    )
    families = families.assign(old_score=families["old_score"] + outreach[families["area"]])
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
    families: pd.DataFrame,
    members: pd.DataFrame,
    receipt: dict[str, np.ndarray],
    settings: dict,
    dice: Dice,
) -> pd.DataFrame:
    """The 12 PAS log: date, kelurahan, person, group; chosen on need, not on desil.

    Each visit takes its people one after another from families of another set of programmes, so
    that every verdict of the overlap rules is planted.
    """
    rng = dice.part("pas12")
    weeks = pd.date_range("2025-09-14", "2026-01-04", freq="7D")
    kelurahan = int(families["area"].max()) + 1
    visited = rng.permutation(kelurahan)[: settings["pas12_kelurahan"]]
    age = (np.datetime64("2025-12-01") - members["born"].to_numpy()).astype(int) / 365.25
    need = families["consumption_rp"].rank(pct=True).to_numpy()[members["family"]]
    weight = np.exp(-6 * need) * (1 + 3 * (age > 60) + 4 * members["disabled"].to_numpy())
    table = pd.DataFrame(
        {"area": families["area"].to_numpy()[members["family"]], "kind": _kinds(members, receipt)}
    )
    table["weight"] = np.where(age > 17, weight, 0)
    rows = []
    for turn, place in enumerate(visited):
        chosen = _visit(table[table["area"] == place], settings["pas12_per_kunjungan"], rng)
        rows.append(
            pd.DataFrame(
                {"member": chosen, "area": place, "date": weeks[turn * len(weeks) // len(visited)]}
            )
        )
    log = pd.concat(rows, ignore_index=True)
    again = log.iloc[rng.choice(len(log), 3, replace=False)].assign(date=weeks[-5])
    log = pd.concat([log, again], ignore_index=True)
    log["group"] = _groups(log, age, members["disabled"].to_numpy(), rng)
    return log.sort_values(["date", "area", "member"], kind="stable", ignore_index=True)


def _kinds(members: pd.DataFrame, receipt: dict[str, np.ndarray]) -> np.ndarray:
    """Per person the set of national programmes in the family, as a number 0–7."""
    family = members["family"].to_numpy()
    insured = family[receipt["pbi_jk"]]
    return (
        4 * np.isin(family, receipt["pkh"])
        + 2 * np.isin(family, receipt["sembako"])
        + np.isin(family, insured)
    ).astype(int)


def _visit(here: pd.DataFrame, each: int, rng: np.random.Generator) -> np.ndarray:
    """One person a set of programmes: none, PBI, Sembako, PKH without Sembako, all; from any where a set is empty."""
    chosen: list[int] = []
    for kinds in ((0,), (1,), (2, 3), (4, 5), (6, 7))[:each]:
        pool = here[here["kind"].isin(kinds) & (here["weight"] > 0) & ~here.index.isin(chosen)]
        pool = pool if len(pool) else here[(here["weight"] > 0) & ~here.index.isin(chosen)]
        if len(pool):
            share = pool["weight"].to_numpy()
            chosen.append(int(rng.choice(pool.index.to_numpy(), p=share / share.sum())))
    return np.array(chosen, dtype=int)


def _groups(
    log: pd.DataFrame, age: np.ndarray, disabled: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    names = np.array(
        [
            "Fakir miskin",
            "Perempuan rentan",
            "Berpendapatan rendah",
            "Korban NAPZA",
            "Korban bencana",
        ]
    )
    other = names[rng.choice(5, len(log), p=[0.62, 0.2, 0.1, 0.04, 0.04])]
    who = log["member"].to_numpy()
    return np.where(
        disabled[who], "Penyandang disabilitas", np.where(age[who] > 60, "Lansia terlantar", other)
    )
