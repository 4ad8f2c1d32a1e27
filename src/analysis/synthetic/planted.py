"""Facts about families and persons that the run should find: overlaps, missed, ineligible, moved, changed."""

import numpy as np
import pandas as pd

from analysis.policy import Rulebook
from analysis.synthetic.lists import ListRows
from analysis.synthetic.population import Population
from analysis.synthetic.quarters import NOW
from analysis.synthetic.receipt import MONTHS
from analysis.synthetic.truth import of_families, of_persons

_NOT_PAID = ("EXCLUDE", "PROSES BUREKOL ", "Layak", "Diusulkan")
EDITION = "2025-12-15"


def received(listed: ListRows) -> np.ndarray:
    """Rows that say that the unit receives, up to the edition's day."""
    rows = listed.rows
    state = (
        rows["tahap"] if "tahap" in rows else rows.get("status", pd.Series("", index=rows.index))
    )
    paid = ~state.astype(str).str.startswith(_NOT_PAID)
    if listed.source == "pas12":
        paid &= rows["tgl_peristiwa"] <= EDITION
    return paid.to_numpy()


def held_programmes(lists: list[ListRows], rulebook: Rulebook, city: Population) -> pd.DataFrame:
    """(programme, family) of December: who truly receives what."""
    parts = []
    for listed in lists:
        layout = rulebook.layouts[listed.source]
        if listed.period == MONTHS[1] and layout.program and layout.peran in {"penerima", "log", "tahapan"}:  # fmt: skip
            family = listed.rows["family"].to_numpy()[received(listed)]
            parts.append(pd.DataFrame({"programme": layout.program, "family": np.unique(family[family >= 0])}))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def planted_facts(city: Population, receipt: dict, held: pd.DataFrame, rulebook: Rulebook) -> pd.DataFrame:  # fmt: skip
    """All kinds below, one row a family or person."""
    parts = [*_combinations(city, held), *_above(city, held, rulebook), *_movement(city, receipt), *_people(city)]  # fmt: skip
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _combinations(city: Population, held: pd.DataFrame) -> list[pd.DataFrame]:
    """Sets of programmes in one family, and priority families with none."""
    sets = held.sort_values(["family", "programme"]).groupby("family")["programme"].agg("+".join)
    several = sets[sets.str.contains("+", regex=False)]
    parts = [of_families(f"gabungan:{name}", group.index.to_numpy(), NOW) for name, group in several.groupby(several)]  # fmt: skip
    families = city.now.families
    poor = families["here"] & families["desil"].between(1, 2)
    missed = np.setdiff1d(families["family"][poor], held["family"])
    return [*parts, of_families("terlewat", missed, NOW)]


def _above(city: Population, held: pd.DataFrame, rulebook: Rulebook) -> list[pd.DataFrame]:
    """Recipients above the programme's desil: today's, and that of the register the decision rested on."""
    parts = []
    for programme in {p.kode: p for p in rulebook.programmes if p.desil_maks}.values():
        who = held["family"][held["programme"] == programme.kode].to_numpy()
        for kind, quarter in (("di_atas_batas", city.now), ("di_atas_batas_saat_sk", city.before)):
            above = who[quarter.families["desil"].to_numpy()[who] > programme.desil_maks]
            parts.append(of_families(f"{kind}:{programme.kode}", above, quarter.label, programme.kode))  # fmt: skip
    return parts


def _movement(city: Population, receipt: dict) -> list[pd.DataFrame]:
    """New on and gone from each list between the months; insurance lost among desil 1–5; desil jumps."""
    parts, roll = [], city.now.roll
    for source in ("pkh", "sembako", "blts", "pbi_jk"):
        first, second = (receipt[source, month] for month in MONTHS)
        for kind, who in (("baru", np.setdiff1d(second, first)), ("keluar", np.setdiff1d(first, second))):  # fmt: skip
            about = of_persons(f"{kind}:{source}", who, roll, NOW, source) if source == "pbi_jk" else of_families(f"{kind}:{source}", who, NOW, source)  # fmt: skip
            parts.append(about)
    lost = np.setdiff1d(receipt["pbi_jk", MONTHS[0]], receipt["pbi_jk", MONTHS[1]])
    desil = city.now.families["desil"].to_numpy()[roll["family"].to_numpy()[lost]]
    alive = roll["here"].to_numpy()[lost]
    parts.append(of_persons("pbi_nonaktif_desil_1_5", lost[alive & (desil > 0) & (desil <= 5)], roll, NOW, "pbi_jk"))  # fmt: skip
    was, now = (quarter.families["desil"].to_numpy() for quarter in (city.before, city.now))
    both = (
        (city.before.families["here"] & city.now.families["here"]).to_numpy()
        & (was > 0)
        & (now > 0)
    )
    jumped = np.flatnonzero(both & (np.abs(was - now) >= 3))
    return [*parts, of_families("lompat_desil", jumped, NOW)]


def _people(city: Population) -> list[pd.DataFrame]:
    """Twins, sons of their father's name, two persons of one number, the dead and the gone."""
    roll, fates = city.now.roll, city.fates
    twice = roll["nik"].duplicated(keep=False).to_numpy()
    named = roll[roll["here"]].duplicated(["family", "nama"], keep=False)
    facts = {
        "kembar": np.flatnonzero(roll["twin"]), "senama_sekeluarga": named.index[named].to_numpy(),
        "nik_berdua": np.flatnonzero(twice), "wafat": fates.died, "keluar_kota": fates.left, "lahir": fates.born,
    }  # fmt: skip
    parts = [of_persons(kind, who, roll, NOW) for kind, who in facts.items()]
    return [*parts, of_families("kk_baru", fates.new_card, NOW), of_families("pindah_dalam_kota", fates.moved, NOW),
            of_families("datang", fates.arrived, NOW)]  # fmt: skip
