"""The smaller programmes, each by its own logic; entries of their lists by (source, period)."""

import numpy as np
import pandas as pd

from analysis.synthetic.people import CHILD, GRANDCHILD, HEAD, Dice
from analysis.synthetic.population import Population
from analysis.synthetic.quarters import Quarter
from analysis.synthetic.receipt import MONTHS, Receipt, named

_NOW = MONTHS[1]
_PIP = (("SD", 7, 13, 450_000), ("SMP", 13, 16, 750_000), ("SMA", 16, 19, 1_800_000))
Entries = dict[tuple[str, str], pd.DataFrame]


def draw_programmes(city: Population, receipt: Receipt, settings: dict, dice: Dice) -> Entries:
    """PIP, YAPI, permakanan, Sekolah Rakyat, PENA, housing, BSU, DBHCHT."""
    makers = {
        "pip": _pip, "atensi_yapi": _yapi, "permakanan": _permakanan, "sekolah_rakyat": _boarding, "pena": _pena,
        "rutilahu": _housing, "bsu": _wage_subsidy, "dbhcht": _tobacco,
    }  # fmt: skip
    made: Entries = {}
    for source, make in makers.items():
        entries = make(city, receipt, settings, dice.part(source))
        for name, rows in entries.items() if isinstance(entries, dict) else ((source, entries),):
            made[name, _NOW] = rows.reset_index(drop=True)
    for source in ("atensi_yapi", "permakanan"):
        made[source, MONTHS[0]] = made[source, _NOW].iloc[: max(len(made[source, _NOW]) - 2, 1)]
    return made


def _spent(quarter: Quarter) -> np.ndarray:
    """Each person's place among families by true consumption, 0 (poorest) to 1."""
    rank = quarter.families["consumption_rp"].rank(pct=True).to_numpy()
    return rank[quarter.roll["family"]]


def _some(pool: np.ndarray, wanted: float, rng: np.random.Generator, weight: np.ndarray | None = None) -> np.ndarray:  # fmt: skip
    """So many of a pool, the weighty ones oftener; sorted."""
    count = min(round(wanted), len(pool))
    share = None if weight is None else weight / weight.sum()
    return np.sort(rng.choice(pool, count, replace=False, p=share))


def _pip(city: Population, receipt: Receipt, settings: dict, rng: np.random.Generator) -> pd.DataFrame:  # fmt: skip
    """Pupils of PKH and Sembako families, and those their school proposed."""
    roll = city.now.roll
    pupil = roll["here"] & roll["role"].isin([CHILD, GRANDCHILD]) & roll["age"].between(7, 19)
    aided = np.union1d(receipt.chosen["pkh", MONTHS[0]], receipt.chosen["sembako", MONTHS[0]])
    chance = np.where(roll["family"].isin(aided), 0.62, 0.28 * np.exp(-3 * _spent(city.now)))
    who = np.flatnonzero(pupil & (rng.random(len(roll)) < chance * settings["pip"]))
    rows = pd.DataFrame({"person": who, "komponen": "", "rupiah": 0})
    for level, low, high, rupiah in _PIP:
        here = roll["age"].to_numpy()[who]
        rows.loc[(here >= low) & (here < high + 0.1), ["komponen", "rupiah"]] = level, rupiah
    return rows[rows["rupiah"] > 0]


def _yapi(city: Population, receipt: Receipt, settings: dict, rng: np.random.Generator) -> pd.DataFrame:  # fmt: skip
    """Children whose family has no spouse of the head, poor ones first."""
    roll = city.now.roll
    couples = roll["family"][roll["here"] & (roll["role"] == 1)]
    orphan = roll["here"] & roll["role"].isin([CHILD, GRANDCHILD]) & (roll["age"] < 18)
    pool = np.flatnonzero(orphan & ~roll["family"].isin(couples))
    weight = np.exp(-4 * _spent(city.now)[pool])
    who = _some(pool, max(settings["atensi_yapi"] * len(city.now.families), 6), rng, weight)
    return pd.DataFrame({"person": who, "rupiah": np.where(roll["age"].to_numpy()[who] < 6, 300_000, 200_000)})  # fmt: skip


def _permakanan(city: Population, receipt: Receipt, settings: dict, rng: np.random.Generator) -> pd.DataFrame:  # fmt: skip
    """Aged 75 and over or severely disabled, living alone; Rp30.000 a day."""
    roll = city.now.roll
    alone = city.now.families["size"].to_numpy()[roll["family"]] == 1
    fits = roll["here"] & alone & ((roll["age"] >= 75) | roll["disabled"])
    pool = np.flatnonzero(fits)
    who = _some(
        pool, max(settings["permakanan"] * len(pool), 6), rng, np.exp(-3 * _spent(city.now)[pool])
    )
    kind = np.where(roll["disabled"].to_numpy()[who], "Disabilitas tunggal", "Lanjut usia tunggal")
    return pd.DataFrame({"person": who, "komponen": kind, "rupiah": 900_000})


def _boarding(city: Population, receipt: Receipt, settings: dict, rng: np.random.Generator) -> pd.DataFrame:  # fmt: skip
    """Sekolah Rakyat: one row a child with the furthest stage; a few eligible children were never listed."""
    roll, families = city.now.roll, city.now.families
    desil = families["desil"].to_numpy()[roll["family"]]
    fits = roll["here"] & roll["role"].isin([CHILD, GRANDCHILD]) & roll["age"].between(15, 18)
    eligible = np.flatnonzero(fits & (desil > 0) & (desil <= 2) & (rng.random(len(roll)) < 0.9))
    wrong = _some(np.flatnonzero(fits & (desil > 2) & (desil < 6)), 0.04 * len(eligible), rng)
    who = np.r_[eligible, wrong]
    stage = np.where(rng.random(len(who)) < settings["sekolah_rakyat_usul"], "Diusulkan", "Layak")
    proposed = np.flatnonzero(stage == "Diusulkan")
    stage[rng.permutation(proposed)[: round(settings["sekolah_rakyat_terima"] * len(proposed))]] = "Diterima"  # fmt: skip
    days = np.datetime64("2025-07-01", "us") + rng.integers(0, 120, len(who)) * np.timedelta64(1, "D")  # fmt: skip
    return pd.DataFrame({"person": who, "tahap": stage, "tgl_peristiwa": days})


def _pena(city: Population, receipt: Receipt, settings: dict, rng: np.random.Generator) -> pd.DataFrame:  # fmt: skip
    """Graduates of 20–45; most have left PKH and Sembako, `pena_masih` of them are still on a list."""
    roll, families = city.now.roll, city.now.families
    aided = np.union1d(receipt.chosen["pkh", _NOW], receipt.chosen["sembako", _NOW])
    heads = roll["here"] & (roll["role"] == HEAD) & roll["age"].between(20, 45)
    wanted = max(settings["pena"] * len(families), 8)
    still = np.flatnonzero(heads & roll["family"].isin(aided))
    away = np.flatnonzero(heads & ~roll["family"].isin(aided) & (_spent(city.now) < 0.6))
    who = np.r_[_some(still, settings["pena_masih"] * wanted, rng), _some(away, (1 - settings["pena_masih"]) * wanted, rng)]  # fmt: skip
    days = np.datetime64("2025-02-01", "us") + rng.integers(0, 200, len(who)) * np.timedelta64(1, "D")  # fmt: skip
    return pd.DataFrame({"person": who, "rupiah": rng.choice([2_400_000, 5_000_000, 6_000_000], len(who)), "tgl_peristiwa": days})  # fmt: skip


def _housing(city: Population, receipt: Receipt, settings: dict, rng: np.random.Generator) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Rutilahu and RST: unfit houses of owners; some houses stand on both lists, one twice on the city's."""
    families = city.now.families
    unfit = (
        families["here"]
        & families["own_house"]
        & ~(families["tiled_floor"] & families["brick_wall"])
    )
    pool = np.flatnonzero(unfit & (families["floor_m2"] < 60))
    weight = np.exp(-4 * families["consumption_rp"].rank(pct=True).to_numpy()[pool])
    wanted = max(settings["rutilahu"] * len(families), 8)
    own = _some(pool, wanted, rng, weight)
    both = _some(own, max(0.04 * len(own), 3), rng)
    other = _some(np.setdiff1d(pool, own), 0.2 * wanted, rng)
    lists = {}
    for name, chosen in (("rutilahu", np.r_[own, own[:2]]), ("rst", np.r_[both, other])):
        rows = named(city.now.roll, chosen).set_index("family")["person"]
        fund = rng.choice(["APBD Kota", "APBD Provinsi", "Baznas"], len(chosen), p=[0.6, 0.3, 0.1])
        days = np.datetime64("2025-03-01", "us") + rng.integers(0, 200, len(chosen)) * np.timedelta64(1, "D")  # fmt: skip
        lists[name] = pd.DataFrame(
            {"person": rows.reindex(chosen).to_numpy(), "rupiah": 20_000_000, "tgl_peristiwa": days,
             "sumber_dana": fund if name == "rutilahu" else "APBN", "berulang": np.arange(len(chosen)) >= (len(own) if name == "rutilahu" else len(chosen))}
        )  # fmt: skip
    return lists


def _wage_subsidy(city: Population, receipt: Receipt, settings: dict, rng: np.random.Generator) -> pd.DataFrame:  # fmt: skip
    """BSU of June–July 2025: workers of private employers earning at most Rp3.5 million."""
    roll, families = city.before.roll, city.before.families
    job = families["job"].to_numpy()[roll["family"]]
    worker = roll["here"] & roll["age"].between(18, 56) & (roll["role"] <= CHILD)
    chance = np.where(job == 3, 0.34, 0.05) * np.where(_spent(city.before) < 0.75, 1, 0.25)
    who = np.flatnonzero(worker & (rng.random(len(roll)) < chance * settings["bsu"]))
    days = np.datetime64("2025-06-23", "us") + rng.integers(0, 35, len(who)) * np.timedelta64(1, "D")  # fmt: skip
    return pd.DataFrame({"person": who, "rupiah": 600_000, "tgl_peristiwa": days})


def _tobacco(city: Population, receipt: Receipt, settings: dict, rng: np.random.Generator) -> pd.DataFrame:  # fmt: skip
    """BLT DBHCHT: workers of small tobacco and clove firms."""
    roll, families = city.now.roll, city.now.families
    job = families["job"].to_numpy()[roll["family"]]
    pool = np.flatnonzero(roll["here"] & roll["age"].between(20, 60) & np.isin(job, (1, 3)))
    who = _some(pool, max(settings["dbhcht"] * len(families), 6), rng)
    return pd.DataFrame({"person": who, "rupiah": 300_000})
