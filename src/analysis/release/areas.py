"""Kelurahan and kecamatan, held against the city by a funnel and never ranked."""

import math

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy, Targeting
from analysis.release.disclosure import Guarded, Key, level_of
from analysis.release.places import every_kelurahan, places
from analysis.release.topics import Release, System

ROW = "desil_prioritas"
ABOVE, LEVEL, BELOW = "di_atas", "setara", "di_bawah"
_CLASSES = ("tp", "fn", "fp", "lain")
Totals = dict[Key, Guarded]


def release_areas(engine: Engine, policy: Policy, release: Release, totals: Totals) -> None:
    """Release priority families and programmes by kelurahan and kecamatan.

    City totals already decided are part of the system: a suppressed kelurahan cannot be found by
    subtraction.
    """
    counts = engine.frame("""
        SELECT programme, unit, kode_wilayah AS wilayah, tp, fn, fp,
            tanpa_desil_terima + luar_registri_terima AS lain
        FROM out_targeting ORDER BY programme, kode_wilayah""")
    # Areas without anybody, and people of unknown area, are unknowns to an outsider as well.
    everywhere = pd.DataFrame({"wilayah": every_kelurahan(release)})
    rule = policy.rulebook.targeting
    for code, held in counts.groupby("programme", sort=True):
        here = everywhere.merge(held, how="left").fillna(dict.fromkeys(_CLASSES, 0))
        unit = str(held["unit"].iloc[0])
        atoms = here.melt("wilayah", _CLASSES, "kelas", "n")
        if code == "semua":
            _Priority(release, totals, rule).publish(atoms, unit, ROW)
        else:
            _Programme(release, totals, rule).publish(atoms, unit, str(code))


class _Topic:
    """Counts by area with the city's own among them, and a share set against the city's."""

    city_topic = ""
    row = ""

    def __init__(self, release: Release, totals: Totals, rule: Targeting) -> None:
        self.release, self.totals, self.rule = release, totals, rule

    def publish(self, atoms: pd.DataFrame, unit: str, row: str) -> None:
        """Protect and print all areas of one row."""
        system, self.row = System(atoms), row
        everywhere = system.atoms["n"] == system.atoms["n"]
        for code, here in places(self.release, system.atoms["wilayah"]):
            self._announce(
                system, unit, here, lambda measure, code=code: area_key(code, row, measure)
            )
        self._announce(system, unit, everywhere, self._city_key)
        status = self.release.protect(system)
        for code, _ in places(self.release, system.atoms["wilayah"]):
            self._print(status, code, unit)

    def _city_key(self, measure: str) -> Key:
        return (self.city_topic, self.release.city, self.row, "", measure)

    def _city(self, measure: str) -> Guarded | None:
        return self.totals.get(self._city_key(measure))

    def _add(
        self, system: System, key: Key, unit: str, where: pd.Series, whole: pd.Series | None = None
    ) -> None:
        """An area's count is decided here; the city's was, and is known if it was printed."""
        if level_of(key[1]) != "kota":
            system.count(key, unit, where, whole)
        elif (given := self.totals.get(key)) and given.is_published:
            system.count(key, unit, where, given=given)

    def _share(self, key: Key, status: Totals, names: tuple[str, str]) -> None:
        part, whole = (status[(*key[:4], name)] for name in names)
        level = _level(part, whole, *(self._city(name) for name in names), self.rule)
        self.release.share(key, part, whole, teks=level)


class _Priority(_Topic):
    """Families of the priority desil, and those not recorded on any list."""

    city_topic = "utama"

    def _announce(self, system: System, unit: str, here: pd.Series, key) -> None:
        missed = here & (system.atoms["kelas"] == "fn")
        whole = here & system.atoms["kelas"].isin(["tp", "fn"])
        self._add(system, key("keluarga"), unit, whole)
        self._add(system, key("tanpa_program"), unit, missed, whole)

    def _print(self, status: Totals, code: str, unit: str) -> None:
        for measure in ("keluarga", "tanpa_program"):
            key = area_key(code, self.row, measure)
            self.release.count(key, unit, status[key])
        key = area_key(code, self.row, "bagian_tanpa_program")
        self._share(key, status, ("tanpa_program", "keluarga"))


class _Programme(_Topic):
    """Recipients of one programme, its target, whom it reaches, and whom above its desil."""

    city_topic = "program"
    measures = ("penerima", "sasaran", "sasaran_terima", "di_atas_batas")

    def _announce(self, system: System, unit: str, here: pd.Series, key) -> None:
        kind = system.atoms["kelas"]
        receives, target = here & (kind != "fn"), here & kind.isin(["tp", "fn"])
        self._add(system, key("penerima"), unit, receives)
        self._add(system, key("sasaran"), unit, target)
        self._add(system, key("sasaran_terima"), unit, here & (kind == "tp"), target)
        self._add(system, key("di_atas_batas"), unit, here & (kind == "fp"), receives)

    def _print(self, status: Totals, code: str, unit: str) -> None:
        for measure in self.measures:
            key = area_key(code, self.row, measure)
            self.release.count(key, unit, status[key])
        key = area_key(code, self.row, "cakupan")
        self._share(key, status, ("sasaran_terima", "sasaran"))


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
