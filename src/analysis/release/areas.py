"""Kelurahan and kecamatan, held against the city by a funnel and never ranked."""

import math
from abc import ABC, abstractmethod

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy, Targeting
from analysis.release.disclosure import Guarded, Key, level_of
from analysis.release.link_bounds import ALL_LISTS, Doubt
from analysis.release.places import every_kelurahan, places, without_nobody
from analysis.release.systems import System
from analysis.release.topics import Release, Statuses, Step

ROW = "desil_prioritas"
ABOVE, LEVEL, BELOW = "di_atas", "setara", "di_bawah"
_CLASSES = ("tp", "fn", "fp", "lain")


def release_areas(engine: Engine, policy: Policy, release: Release) -> Step:
    """Release priority families and programmes by kelurahan and kecamatan.

    What the city's tables print of the same people is tied to them: a suppressed kelurahan cannot
    be found by subtraction.
    """
    counts = engine.frame("""
        SELECT programme, unit, kode_wilayah AS wilayah, tp, fn, fp,
            tanpa_desil_terima + luar_registri_terima AS lain
        FROM out_targeting ORDER BY programme, kode_wilayah""")
    # Areas without anybody, and people of unknown area, are unknowns to an outsider as well.
    everywhere = pd.DataFrame({"wilayah": every_kelurahan(release)})
    topics = []
    for code, held in counts.groupby("programme", sort=True):
        here = everywhere.merge(held, how="left").fillna(dict.fromkeys(_CLASSES, 0))
        atoms = without_nobody(here.melt("wilayah", _CLASSES, "kelas", "n"))
        kind, row = (_Priority, ROW) if code == "semua" else (_Programme, str(code))
        topics.append(
            kind(release, policy.rulebook.targeting, row, str(held["unit"].iloc[0]), atoms)
        )
    for topic in topics:
        topic.announce()
    status = yield
    for topic in topics:
        topic.print(status)


class _Topic(ABC):
    """Counts by area, and a share set against the city's."""

    city_topic = ""
    measures: tuple[str, ...] = ()
    share = ("", "", "")  # its name, its part, its whole

    def __init__(
        self, release: Release, rule: Targeting, row: str, unit: str, atoms: pd.DataFrame
    ) -> None:
        self.release, self.rule, self.row, self.unit = release, rule, row, unit
        self.system = System(atoms)

    def announce(self) -> None:
        """Every area's counts, and that the city's own are their sums."""
        system = self.system
        for code, here in places(self.release, system.atoms["wilayah"]):
            for measure, (where, whole) in self._counts(system.atoms["kelas"]).items():
                of = None if whole is None else here & whole
                system.count(area_key(code, self.row, measure), self.unit, here & where, of)
                if measure == "penerima":  # as many families as persons: their table tells of these
                    system.same((measure, code, self.row, "", "keluarga"), here & where)
        for measure, (where, _) in self._counts(system.atoms["kelas"]).items():
            system.same(self._city_key(measure), where)
        self.release.announce(system)

    def print(self, status: Statuses) -> None:
        """Every area's counts and its share."""
        name, part, whole = self.share
        city = [status.get(self._city_key(measure)) for measure in (part, whole)]
        for code, _ in places(self.release, self.system.atoms["wilayah"]):
            keys = {measure: area_key(code, self.row, measure) for measure in self.measures}
            for key in keys.values():
                self.release.count(key, self.unit, status[key])
            both = status[keys[part]], status[keys[whole]]
            doubt = self._doubt()
            self.release.share(
                area_key(code, self.row, name),
                *both,
                doubt=doubt,
                teks=_level(*both, *city, self.rule),
            )

    @abstractmethod
    def _doubt(self) -> Doubt | None:
        """How far missed and false links may move the share."""

    def _city_key(self, measure: str) -> Key:
        return (self.city_topic, self.release.city, self.row, "", measure)

    @abstractmethod
    def _counts(self, kind: pd.Series) -> dict[str, tuple[pd.Series, pd.Series | None]]:
        """Measure → classes it counts, and those it is a share of."""


class _Priority(_Topic):
    """Families of the priority desil, and those not recorded on any list."""

    city_topic = "utama"
    measures = ("keluarga", "tanpa_program")
    share = ("bagian_tanpa_program", "tanpa_program", "keluarga")

    def _counts(self, kind: pd.Series) -> dict[str, tuple[pd.Series, pd.Series | None]]:
        whole = kind.isin(["tp", "fn"])
        return {"keluarga": (whole, None), "tanpa_program": (kind == "fn", whole)}

    def _doubt(self) -> Doubt | None:
        links = self.release.links.get(ALL_LISTS)
        return links and links.missed


class _Programme(_Topic):
    """Recipients of one programme, its target, whom it reaches, and whom above its desil."""

    city_topic = "program"
    measures = ("penerima", "sasaran", "sasaran_terima", "di_atas_batas")
    share = ("cakupan", "sasaran_terima", "sasaran")

    def _counts(self, kind: pd.Series) -> dict[str, tuple[pd.Series, pd.Series | None]]:
        receives, target = kind != "fn", kind.isin(["tp", "fn"])
        return {
            "penerima": (receives, None),
            "sasaran": (target, None),
            "sasaran_terima": (kind == "tp", target),
            "di_atas_batas": (kind == "fp", receives),
        }

    def _doubt(self) -> Doubt | None:
        links = self.release.links.get(self.row)
        return links and links.reached


def area_key(code: str, row: str, measure: str) -> Key:
    """Cells of a kelurahan stand in rilis_kelurahan, those of a kecamatan in rilis_kecamatan."""
    return (level_of(code), code, row, "", measure)


def _level(
    part: Guarded, whole: Guarded, city_part: Guarded | None, city_whole: Guarded | None, rule: Targeting
) -> str | None:  # fmt: skip
    """Above, level with or below the city: outside the funnel and by more than a trifle."""
    known = (part, whole, city_part, city_whole)
    if not all(guarded and guarded.is_published for guarded in known):
        return None
    if whole.value < rule.n_minimum:
        return None
    city = min(city_part.value / city_whole.value, 1)
    reach = max(
        rule.setara_selisih_maks, rule.corong_simpangan * math.sqrt(city * (1 - city) / whole.value)
    )
    gap = part.value / whole.value - city
    return LEVEL if abs(gap) <= reach else ABOVE if gap > 0 else BELOW
