"""Who truly needs attention (12 PAS groups), and the lists that know of it: PPKS, P3KE, the 12 PAS log."""

import numpy as np
import pandas as pd

from analysis.synthetic.people import Dice
from analysis.synthetic.population import Population
from analysis.synthetic.quarters import Quarter
from analysis.synthetic.receipt import MONTHS, Receipt

PAS12_RP = 1_000_000
# PAS group → the words officials write for it.
WORDS = {
    "anak": ("Anak terlantar", "Anak jalanan", "Anak dengan kedisabilitasan"),
    "disabilitas": ("Penyandang disabilitas",),
    "lansia": ("Lanjut usia terlantar",),
    "pendapatan_rendah": ("Pemulung", "Pengemis", "Gelandangan"),
    "bencana": ("Korban bencana alam",),
    "warga_binaan": ("Bekas warga binaan lembaga pemasyarakatan",),
    "korban_kekerasan": ("Korban tindak kekerasan",),
    "napza_hiv": ("Korban penyalahgunaan NAPZA", "ODHIV"),
    "masalah_sosial": ("Keluarga bermasalah sosial psikologis",),
    "perempuan_rentan": ("Perempuan rawan sosial ekonomi",),
    "fakir_miskin": ("Fakir miskin",),
}


def true_needs(quarter: Quarter, settings: dict, dice: Dice) -> pd.DataFrame:
    """(person, kelompok): everybody of whom a group's definition is true; a person may be in several."""
    rng, roll = dice.part("needs"), quarter.roll
    spent = quarter.families["consumption_rp"].rank(pct=True).to_numpy()[roll["family"]]
    age, here = roll["age"].to_numpy(), roll["here"].to_numpy()
    alone = quarter.families["size"].to_numpy()[roll["family"]] == 1
    grown, female = age >= 18, roll["female"].to_numpy()
    chances = {
        "anak": (age < 18) * np.where(spent < 0.1, 0.06, 0.003),
        "disabilitas": roll["disabled"].to_numpy() * 1.0,
        "lansia": (age >= 60) * np.where(spent < 0.15, 0.5, 0.02) * np.where(alone, 1.6, 1),
        "pendapatan_rendah": grown * np.where(spent < 0.05, 0.02, 0.0002),
        "bencana": 0.0006 * np.ones(len(roll)),
        "warga_binaan": (grown & ~female) * 0.0012,
        "korban_kekerasan": (female | (age < 18)) * 0.0006,
        "napza_hiv": grown * 0.0009,
        "masalah_sosial": grown * 0.0005,
        "perempuan_rentan": (female & grown & (roll["role"] == 0))
        * np.where(spent < 0.25, 0.35, 0.02),
        "fakir_miskin": (roll["role"] == 0) * np.where(spent < 0.08, 1.0, 0.0),
    }
    held = {name: np.flatnonzero(here & (rng.random(len(roll)) < chance)) for name, chance in chances.items()}  # fmt: skip
    parts = [pd.DataFrame({"person": who, "kelompok": name}) for name, who in held.items()]
    return pd.concat(parts, ignore_index=True)


def need_lists(city: Population, needs: pd.DataFrame, settings: dict, dice: Dice) -> dict:
    """PPKS (most of those in need, and some who are not) and the P3KE list of 2022."""
    rng, roll = dice.part("ppks"), city.now.roll
    known = needs[rng.random(len(needs)) < settings["ppks_terdata"]]
    adults = np.flatnonzero(roll["here"] & (roll["age"] > 20))
    wrong = rng.choice(adults, round(settings["ppks_keliru"] * len(known)), replace=False)
    mistaken = pd.DataFrame({"person": wrong, "kelompok": rng.choice(["fakir_miskin", "perempuan_rentan", "lansia"], len(wrong))})  # fmt: skip
    rows = pd.concat([known, mistaken], ignore_index=True)
    rows["kelompok"] = _worded(rows["kelompok"].to_numpy(), rng)
    old = dice.part("p3ke")
    score = city.before.families["old_score"].to_numpy() + old.normal(0, 0.5, len(city.before.families))  # fmt: skip
    family = roll["family"].to_numpy()
    grown = np.flatnonzero(city.before.roll["here"] & (roll["age"] > 4))
    poorest = grown[np.argsort(score[family[grown]], kind="stable")]
    extreme = np.sort(poorest[: round(settings["p3ke"] * city.before.roll["here"].sum())])
    return {
        ("ppks", MONTHS[1]): rows.sort_values(
            ["person", "kelompok"], kind="stable", ignore_index=True
        ),
        ("p3ke", MONTHS[1]): pd.DataFrame({"person": extreme}),
    }


def _worded(groups: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    turn = rng.integers(0, 6, len(groups))
    return np.array([WORDS[g][t % len(WORDS[g])] for g, t in zip(groups, turn, strict=True)], dtype=object)  # fmt: skip


def visited_by_pas12(
    city: Population, receipt: Receipt, needs: pd.DataFrame, settings: dict, dice: Dice
) -> pd.DataFrame:
    """The 12 PAS log: person, kelurahan, date, group; chosen on need, not on desil.

    Each visit takes its people one after another from families of another set of programmes, so
    that every verdict of the overlap rules is planted. Twelve are visited again, and the log's last
    weeks lie after the edition's day. One week nobody wrote the log.
    """
    rng, roll = dice.part("pas12"), city.now.roll
    weeks = pd.date_range("2025-09-14", "2026-01-04", freq="7D")
    visited = rng.permutation(len(city.kelurahan))[: settings["pas12_kelurahan"]]
    spent = city.now.families["consumption_rp"].rank(pct=True).to_numpy()[roll["family"]]
    weight = np.exp(-6 * spent) * (1 + 3 * (roll["age"] > 60) + 4 * roll["disabled"])
    table = pd.DataFrame({"area": roll["home"], "kind": _kinds(roll, receipt)})
    table["weight"] = np.where(roll["here"] & (roll["age"] > 17), weight, 0)
    rows = []
    for turn, place in enumerate(visited):
        week = turn * len(weeks) // len(visited)
        chosen = _visit(table[table["area"] == place], settings["pas12_per_kunjungan"], rng)
        rows.append(pd.DataFrame({"person": chosen, "area": place, "date": weeks[week + (week == 8)]}))  # fmt: skip
    log = pd.concat(rows, ignore_index=True)
    again = log.iloc[rng.choice(len(log) // 2, settings["pas12_ulang"], replace=False)]
    log = pd.concat([log, again.assign(date=weeks[-6])], ignore_index=True)
    log["kelompok"] = _groups(log["person"].to_numpy(), needs, rng)
    log = log.sort_values(["date", "area", "person"], kind="stable", ignore_index=True)
    log["rupiah"], log["sumber_dana"] = PAS12_RP, np.where(np.arange(len(log)) % 5 == 4, "Bank bjb", "Baznas")  # fmt: skip
    unnumbered = rng.random(len(roll)) < settings["pas12_tanpa_nik"]
    log["tanpa_nik"] = unnumbered[log["person"]]
    return log.rename(columns={"date": "tgl_peristiwa"})


def _kinds(roll: pd.DataFrame, receipt: Receipt) -> np.ndarray:
    """Per person the set of national programmes in the family, as a number 0–7."""
    family, period = roll["family"].to_numpy(), MONTHS[1]
    insured = family[receipt.chosen["pbi_jk", period]]
    return (
        4 * np.isin(family, receipt.chosen["pkh", period])
        + 2 * np.isin(family, receipt.chosen["sembako", period])
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


def _groups(who: np.ndarray, needs: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """The group each is visited for: one that is true of the person, else poverty."""
    first = needs.drop_duplicates("person").set_index("person")["kelompok"]
    groups = first.reindex(who).fillna("fakir_miskin").to_numpy(dtype=object)
    return _worded(groups, rng)
