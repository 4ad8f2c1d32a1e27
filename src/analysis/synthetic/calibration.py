"""The city held against official and published figures; what none was found for is listed as assumed."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.policy import Rulebook
from analysis.synthetic.city import read_settings

FULL_SIZE = 122_000
_NOW = "2025-12"


@dataclass(frozen=True)
class Line:
    """One figure of the city beside the one it is held against."""

    label: str
    reference: float
    city: float
    low: float
    high: float
    source: str

    @property
    def fits(self) -> bool:
        """The city lies in the range."""
        return self.low <= self.city <= self.high


class Truth:
    """The truth tables of a city, read once."""

    def __init__(self, folder: Path, rulebook: Rulebook) -> None:
        tables = {path.stem.removeprefix("truth_"): pd.read_parquet(path) for path in folder.glob("truth_*.parquet")}  # fmt: skip
        self.record, self.person, self.planted = tables["record"], tables["person"], tables["planted"]  # fmt: skip
        self.held, self.family, self.counts = tables["held"], tables["family"], tables["count"]
        self.now = self.family[self.family["here"]]
        self.living = self.person[self.person["family_id"] >= 0]
        self.rulebook, self.scale = rulebook, FULL_SIZE / len(self.now)

    def rows(self, source: str) -> pd.DataFrame:
        """The rows of a list in December."""
        return self.record[(self.record["source"] == source) & (self.record["period"] == _NOW)]

    def receivers(self, *programmes: str) -> np.ndarray:
        """Families that truly receive any of the programmes."""
        return self.held["family_id"][self.held["programme"].isin(programmes)].unique()


def calibration(folder: Path, rulebook: Rulebook) -> tuple[list[Line], list[str]]:
    """(figures beside their references, assumptions) of the city whose truth lies in `folder`."""
    text = resources.files("analysis").joinpath("rules/synthetic_targets.toml").read_text(encoding="utf-8")  # fmt: skip
    stated, truth = tomllib.loads(text), Truth(folder, rulebook)
    lines = [
        Line(t["label"], t["acuan"], float(MEASURES[t["ukuran"]](truth)), *t["rentang"], t["sumber"])
        for t in stated["sasaran"]
    ]  # fmt: skip
    return lines, [entry["label"] for entry in stated["asumsi"]]


def _districts(truth: Truth) -> float:
    """Largest gap between a kecamatan's share of persons and the real one, in points."""
    real = pd.Series(read_settings()["penduduk_ribu"])
    above = np.array([area.induk for area in truth.rulebook.kelurahan()])
    own = truth.now.groupby(above[truth.now["area"]])["size"].sum()
    return float((100 * (own / own.sum() - real / real.sum())).abs().max())


def _poor(truth: Truth) -> float:
    line = next(f.nilai for f in truth.rulebook.statistics if f.kode == "garis_kemiskinan_2024")
    return 100 * float(np.average(truth.now["consumption_rp"] < line, weights=truth.now["size"]))


def _gini(truth: Truth) -> float:
    order = truth.now.sort_values("consumption_rp")
    weight, total = order["size"].to_numpy(), (order["consumption_rp"] * order["size"]).to_numpy()
    people = np.cumsum(weight) / weight.sum()
    money = np.cumsum(total) / total.sum()
    return 1 - float(np.trapezoid(np.r_[0, money], np.r_[0, people])) * 2


def _errors(truth: Truth) -> tuple[float, float]:
    """PBI-JK among persons against September's desil: (inclusion, exclusion) in percent."""
    desil = truth.family.set_index("family_id")["desil_lama"]
    insured = truth.rows("pbi_jk").drop_duplicates("person_id")
    eligible = truth.living["family_lama"].map(desil).between(1, 5)
    listed = truth.living["person_id"].isin(insured["person_id"])
    return 100 * float((~eligible[listed]).mean()), 100 * float((~listed[eligible]).mean())


def _off_target(truth: Truth) -> float:
    """Recipient families of PKH or Sembako outside the poorest 40 % by true consumption."""
    rank = truth.now.set_index("family_id")["consumption_rp"].rank(pct=True)
    held = rank.reindex(truth.receivers("pkh", "sembako")).dropna()
    return 100 * float((held > 0.4).mean())


def _new_wrong(truth: Truth) -> float:
    regular = truth.receivers("pkh", "sembako")
    new = np.setdiff1d(truth.receivers("blts"), regular)
    desil = truth.family.set_index("family_id")["desil_lama"].reindex(new)
    return 100 * float((desil > 4).mean())


def _share(truth: Truth, kinds: tuple[str, ...], sources: tuple[str, ...]) -> float:
    """Planted rows of those kinds in percent of the lists' rows."""
    hit = truth.planted["kind"].isin(kinds) & truth.planted["source"].isin(sources) & (truth.planted["period"] == _NOW)  # fmt: skip
    return 100 * int(hit.sum()) / sum(len(truth.rows(source)) for source in sources)


def _covered(truth: Truth) -> float:
    known = pd.concat([truth.rows("pbi_jk"), truth.rows("jkn_peserta")])["person_id"]
    return 100 * float(truth.living["person_id"].isin(known).mean())


def _visited(truth: Truth) -> float:
    return truth.counts.set_index("kind")["n"].get("pas12_sampai_edisi", 0)


def _misused(truth: Truth) -> float:
    paid = pd.concat([truth.rows("pkh"), truth.rows("sembako")])["person_id"].nunique()
    return 100 * truth.counts.set_index("kind")["n"].get("rujukan_penyalahgunaan", 0) / paid


def _listed(source: str) -> Callable[[Truth], float]:
    return lambda truth: len(truth.rows(source)) * truth.scale


def _families(programme: str) -> Callable[[Truth], float]:
    return lambda truth: truth.rows(programme)["family_id"].nunique() * truth.scale


MEASURES: dict[str, Callable[[Truth], float]] = {
    "anggota_per_keluarga": lambda truth: truth.now["size"].mean(),
    "penduduk": lambda truth: len(truth.living) * truth.scale,
    "selisih_kecamatan": _districts,
    "miskin_persen": _poor,
    "gini": _gini,
    "spearman": lambda truth: truth.now["consumption_rp"].corr(truth.now["score"], method="spearman"),
    "non_desil_persen": lambda truth: 100 * (truth.now["desil"] < 0).mean(),
    "pkh_keluarga": _families("pkh"),
    "sembako_keluarga": _families("sembako"),
    "blts_keluarga": _families("blts"),
    "pbi_jiwa": lambda truth: truth.rows("pbi_jk")["person_id"].nunique() * truth.scale,
    "pbi_inklusi": lambda truth: _errors(truth)[0],
    "pbi_eksklusi": lambda truth: _errors(truth)[1],
    "pkh_sembako_meleset": _off_target,
    "blts_baru_salah": _new_wrong,
    "baris_ganda_persen": lambda truth: _share(truth, ("ganda_orang", "ganda_keluarga"), ("pkh", "sembako")),
    "meninggal_persen": lambda truth: _share(truth, ("meninggal",), ("pkh", "sembako", "blts", "pbi_jk")),
    "judol_persen": _misused,
    "nonaktif": lambda truth: truth.counts.set_index("kind")["n"].get("rujukan_nonaktif", 0) * truth.scale,
    "p3ke_jiwa": _listed("p3ke"),
    "ppks_baris": _listed("ppks"),
    "jkn_persen": _covered,
    "rutilahu_rumah": _families("rutilahu"),
    "pas12_orang": _visited,
}  # fmt: skip


def planted_counts(folder: Path) -> list[dict]:
    """How often each kind was planted, by list and period; sets of programmes as one line."""
    counts = pd.read_parquet(folder / "truth_count.parquet")
    counts["kind"] = counts["kind"].str.replace(r"^gabungan:.*", "gabungan program dalam satu keluarga", regex=True)  # fmt: skip
    whole = counts.groupby(["kind", "source", "period"], as_index=False)["n"].sum()
    return whole.sort_values(["kind", "source", "period"]).to_dict("records")
