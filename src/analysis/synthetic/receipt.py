"""Who stands on the large lists, month by month: conditions, quota, old ranking, favour, delivery."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.synthetic.components import component_rupiah, family_components
from analysis.synthetic.people import HEAD, SPOUSE, Dice
from analysis.synthetic.population import Population

MONTHS = ("2025-11", "2025-12")
SEMBAKO_RP, BLTS_RP, PBI_RP = 200_000, 300_000, 42_000


@dataclass(frozen=True)
class Receipt:
    """Entries of the large lists by (source, period), and who was chosen, by family or person number.

    An entry has `person` (whom the row names) and the fields the list states beside the person's own.
    """

    entries: dict[tuple[str, str], pd.DataFrame]
    chosen: dict[tuple[str, str], np.ndarray]


def draw_receipt(city: Population, settings: dict, dice: Dice) -> Receipt:
    """PKH, Sembako, BLTS Kesra (families) and PBI-JK (persons) of both months.

    Quotas go down an old score blurred by favour. Eligibility is that of September's register, on
    which the decisions rested.
    """
    rng, families = dice.part("receipt"), city.before.families
    here = families["here"].to_numpy()
    outreach = dice.part("outreach").normal(0, settings["jangkauan_kelurahan"], len(city.kelurahan))
    home = city.before.roll.groupby("family")["home"].first().reindex(families["family"], fill_value=0)  # fmt: skip
    old = families["old_score"].to_numpy() + outreach[home.to_numpy()]
    order = _Order(old, here, settings["kedekatan"], rng)
    components = family_components(city.before.roll, len(families))
    has = components.ne("").to_numpy() | (rng.random(len(families)) < settings["tanpa_komponen"])
    chosen: dict[tuple[str, str], np.ndarray] = {}
    pkh_order = order.by(has)
    sembako_order = order.by(here, bonus=_first(pkh_order, here.sum() * settings["pkh"]))
    for name, ranked in (("pkh", pkh_order), ("sembako", sembako_order)):
        now = _first(ranked, here.sum() * settings[name])
        for period in MONTHS:
            chosen[name, period] = now
            now = _a_month_later(now, ranked, city, settings, rng)
    chosen |= _blts(city, chosen, settings, rng)
    recent = (1 - settings["pbi_baru"]) * old + settings["pbi_baru"] * families["score"].to_numpy()
    insured = _Order(recent, here, settings["pbi_baru"] * settings["kedekatan"], rng)
    order_of_persons = insured.by(here, bonus=chosen["sembako", MONTHS[0]])
    chosen |= _insured(city, order_of_persons, settings, rng)
    return Receipt(_entries(city, chosen, components, dice), chosen)


class _Order:
    """Family numbers by old score blurred by favour, drawn once so that every list shares its errors."""

    def __init__(
        self, score: np.ndarray, here: np.ndarray, favour: float, rng: np.random.Generator
    ):
        self.score, self.here, self.favour, self.rng = score, here, favour, rng

    def by(self, allowed: np.ndarray, bonus: np.ndarray | None = None) -> np.ndarray:
        """Allowed families, the first first; those in `bonus` mostly come forward."""
        blurred = self.score + self.favour * self.rng.normal(0, 1, len(self.score))
        if bonus is not None:
            ahead = np.isin(np.arange(len(blurred)), bonus) & (self.rng.random(len(blurred)) < 0.9)
            blurred = blurred - 0.5 * ahead
        usable = allowed & self.here
        order = np.argsort(np.where(usable, blurred, np.inf), kind="stable")
        return order[: usable.sum()]


def _first(order: np.ndarray, quota: float) -> np.ndarray:
    return order[: round(quota)]


def _a_month_later(
    listed: np.ndarray,
    order: np.ndarray,
    city: Population,
    settings: dict,
    rng: np.random.Generator,
) -> np.ndarray:
    """Some leave the list, most who left the city stay on it a while, the next in the order come in."""
    desil, here = city.now.families["desil"].to_numpy(), city.now.families["here"].to_numpy()
    risk = np.where(desil[listed] > 5, 3, 1) * settings["keluar_daftar"]
    risk = np.where(here[listed], risk, 0.4)
    stay = listed[rng.random(len(listed)) >= risk]
    waiting = order[~np.isin(order, listed) & here[order]]
    return np.r_[stay, waiting[: len(listed) - len(stay)]]


def _blts(
    city: Population, chosen: dict, settings: dict, rng: np.random.Generator
) -> dict[tuple[str, str], np.ndarray]:
    """Regular recipients first, then new families of desil 1–4, one in eight of them wrongly so."""
    families = city.before.families
    here = families["here"].to_numpy()
    regular = np.union1d(chosen["pkh", MONTHS[0]], chosen["sembako", MONTHS[0]])
    quota = round(settings["blts"] * here.sum())
    wrong = round(settings["blts_salah"] * max(quota - len(regular), 0))
    desil = families["desil"].to_numpy()
    free = here & ~np.isin(np.arange(len(here)), regular)
    poor = rng.permutation(np.flatnonzero(free & (desil > 0) & (desil <= 4)))
    above = rng.permutation(np.flatnonzero(free & (desil > 4) & (desil <= 8)))
    new = np.r_[poor[: max(quota - len(regular) - wrong, 0)], above[:wrong]]
    first = np.sort(np.r_[regular, new])
    second = first[rng.random(len(first)) >= settings["keluar_daftar"]]
    return {("blts", MONTHS[0]): first, ("blts", MONTHS[1]): second}


def _insured(
    city: Population, order: np.ndarray, settings: dict, rng: np.random.Generator
) -> dict[tuple[str, str], np.ndarray]:
    """Whole families down the order until the quota of persons is full; some members were missed.

    In December a few lose the insurance, of them many of desil 1–5 (domain.md §8), and the newborn wait.
    """
    roll = city.before.roll
    here = roll["here"].to_numpy()
    rank = np.full(len(city.before.families), len(order))
    rank[order] = np.arange(len(order))
    listed = np.flatnonzero(here & (rng.random(len(roll)) < 0.95))
    by_family = listed[np.argsort(rank[roll["family"].to_numpy()[listed]], kind="stable")]
    quota = round(settings["pbi_jk"] * here.sum())
    first, waiting = by_family[:quota], by_family[quota:]
    still = city.now.roll["here"].to_numpy()[first]
    risk = np.where(still, settings["pbi_nonaktif"], 0.4)
    stay = first[rng.random(quota) >= risk]
    new = waiting[: round(0.6 * (quota - len(stay)))]
    return {("pbi_jk", MONTHS[0]): np.sort(first), ("pbi_jk", MONTHS[1]): np.sort(np.r_[stay, new])}


def _entries(
    city: Population, chosen: dict, components: pd.Series, dice: Dice
) -> dict[tuple[str, str], pd.DataFrame]:
    """The rows of the lists: whom they name and what they pay."""
    entries, rng = {}, dice.part("named")
    replaced = rng.random(len(city.now.roll)) < 0.5
    for (source, period), who in chosen.items():
        if source == "pbi_jk":
            entries[source, period] = pd.DataFrame({"person": who, "rupiah": PBI_RP})
            continue
        rows = named(city.before.roll, who, wife=source == "pkh")
        rows["rupiah"] = {"sembako": SEMBAKO_RP, "blts": BLTS_RP}.get(source, 0)
        if source == "pkh":
            rows["komponen"] = components.to_numpy()[rows["family"]]
            rows["rupiah"] = component_rupiah(components).to_numpy()[rows["family"]]
            rows.loc[rows["komponen"] == "", "rupiah"] = 225_000
        if period == MONTHS[1]:
            _replace_dead(rows, city, replaced)
        entries[source, period] = rows.drop(columns="family")
    return entries


def named(roll: pd.DataFrame, families: np.ndarray, wife: bool = False) -> pd.DataFrame:
    """(family, person): the head of each family, by family number; PKH names the wife where there is one."""
    wanted = roll[roll["here"] & roll["role"].isin([HEAD, SPOUSE]) & roll["family"].isin(families)]
    rank = np.where(wanted["role"] == (SPOUSE if wife else HEAD), 0, 1)
    wanted = wanted.assign(rank=rank).sort_values(["family", "rank", "person"], kind="stable")
    return wanted.drop_duplicates("family")[["family", "person"]].reset_index(drop=True)


def _replace_dead(rows: pd.DataFrame, city: Population, replaced: np.ndarray) -> None:
    """Half of the dead are replaced by whom their family has as head now; the others stay on the list."""
    dead = np.isin(rows["person"], city.fates.died) & replaced[rows["person"]]
    heads = named(city.now.roll, rows["family"].to_numpy()).set_index("family")["person"]
    heir = heads.reindex(rows["family"]).to_numpy()
    use = dead & ~np.isnan(heir)
    rows.loc[use, "person"] = heir[use].astype(int)
