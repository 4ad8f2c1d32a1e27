"""Kelurahan and kecamatan, held against the city by a funnel and never ranked."""

import math

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy, Targeting
from analysis.release.disclosure import Guarded, Key, level_of
from analysis.release.families import DESIL, HELD
from analysis.release.link_bounds import ALL_LISTS, Doubt
from analysis.release.places import every_kelurahan, places, without_nobody
from analysis.release.topics import Release, System

ROW = "desil_prioritas"
CITY = "_kota"  # atoms of the city's own tables
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
        atoms = without_nobody(here.melt("wilayah", _CLASSES, "kelas", "n"))
        if code == "semua":
            _Priority(release, totals, rule).publish(atoms, unit, ROW)
        else:
            topic = _Programme(release, totals, rule)
            topic.limit = policy.programme(str(code)).desil_maks or 0
            topic.publish(atoms, unit, str(code))


class _Topic:
    """Counts by area with the city's own among them, and a share set against the city's."""

    city_topic = ""
    row, limit = "", 0

    def __init__(self, release: Release, totals: Totals, rule: Targeting) -> None:
        self.release, self.totals, self.rule = release, totals, rule

    def publish(self, atoms: pd.DataFrame, unit: str, row: str) -> None:
        """Protect and print all areas of one row.

        What the city's tables print of the same people, class by class, is known as well: atoms of
        their own, tied to those of the areas.
        """
        self.row = row
        known = self._city_atoms()
        system = System(pd.concat([atoms.assign(kolom=""), known], ignore_index=True))
        self._by_city(system, unit)
        for code, here in places(self.release, system.atoms["wilayah"]):
            self._announce(
                system, unit, here, lambda measure, code=code: area_key(code, row, measure)
            )
        everywhere = system.atoms["wilayah"] != CITY
        self._announce(system, unit, everywhere, self._city_key)
        status = self.release.protect(system)
        for code, _ in places(self.release, system.atoms["wilayah"]):
            self._print(status, code, unit)

    def _true(self, topic: str, row: str, column: str, measure: str) -> tuple[Key, int]:
        key = (topic, self.release.city, row, column, measure)
        found = self.totals.get(key)
        return key, int(found.true or 0) if found else 0

    def _known(self, system: System, key: Key, unit: str, where: pd.Series) -> None:
        """A city count as its own table prints it; a hidden one is not to be found out here."""
        if key in self.totals:
            system.count(key, unit, where, given=self.totals[key])

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
        elif given := self.totals.get(key):
            system.count(key, unit, where, given=given)

    def _share(self, key: Key, status: Totals, names: tuple[str, str], doubt: Doubt | None) -> None:
        part, whole = (status[(*key[:4], name)] for name in names)
        level = _level(part, whole, *(self._city(name) for name in names), self.rule)
        self.release.share(key, part, whole, doubt=doubt, teks=level)


class _Priority(_Topic):
    """Families of the priority desil, and those not recorded on any list."""

    city_topic = "utama"

    def _city_atoms(self) -> pd.DataFrame:
        """Desil × number of programmes, of the priority desil."""
        cells = [(str(d), h) for d in self.rule.desil_prioritas for h in self._possible()]
        found = [self._true("desil_program", d, h, "keluarga")[1] for d, h in cells]
        frame = pd.DataFrame(
            {"kelas": [d for d, _ in cells], "kolom": [h for _, h in cells], "n": found}
        )
        return frame.assign(wilayah=CITY)

    def _possible(self) -> list[str]:
        """How many programmes a family can hold: with fewer lists than that it is nobody by rule, not by data."""
        lists = {key[2] for key in self.totals if key[0] == "program"}
        desil = [str(d) for d in self.rule.desil_prioritas]
        return [
            held for most, held in enumerate(HELD)
            if most <= len(lists) or any(self._true("desil_program", d, held, "keluarga")[1] for d in desil)
        ]  # fmt: skip

    def _by_city(self, system: System, unit: str) -> None:
        kind, held, city = (
            system.atoms["kelas"],
            system.atoms["kolom"],
            system.atoms["wilayah"] == CITY,
        )
        for desil in kind[city].unique():
            for column in (*HELD, "jumlah"):
                key, _ = self._true("desil_program", desil, column, "keluarga")
                where = city & (kind == desil) & ((held == column) | (column == "jumlah"))
                self._known(system, key, unit, where)
        system.tie(~city & (kind == "fn"), city & (held == HELD[0]))
        system.tie(~city & (kind == "tp"), city & (held != HELD[0]))

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
        links = self.release.links.get(ALL_LISTS)
        self._share(key, status, ("tanpa_program", "keluarga"), links and links.missed)


class _Programme(_Topic):
    """Recipients of one programme, its target, whom it reaches, and whom above its desil."""

    city_topic = "program"
    measures = ("penerima", "sasaran", "sasaran_terima", "di_atas_batas")

    def _city_atoms(self) -> pd.DataFrame:
        """Desil × receipt, and recipients outside the register."""
        rows = []
        for desil in DESIL:
            units = self._true("cakupan", self.row, desil, "unit")[1]
            got = self._true("cakupan", self.row, desil, "penerima")[1]
            rows += [(desil, "terima", got), (desil, "tidak", units - got)]
        rows.append(
            ("luar", "terima", self._true("program", self.row, "", "luar_registri_terima")[1])
        )
        return pd.DataFrame(rows, columns=["kelas", "kolom", "n"]).assign(wilayah=CITY)

    def _by_city(self, system: System, unit: str) -> None:
        kind, got, city = (
            system.atoms["kelas"],
            system.atoms["kolom"],
            system.atoms["wilayah"] == CITY,
        )
        for desil in DESIL:
            here = city & (kind == desil)
            self._known(system, self._true("cakupan", self.row, desil, "unit")[0], unit, here)
            key, _ = self._true("cakupan", self.row, desil, "penerima")
            self._known(system, key, unit, here & (got == "terima"))
        for measure, desil in (("tanpa_desil_terima", "tanpa"), ("luar_registri_terima", "luar")):
            key, _ = self._true("program", self.row, "", measure)
            self._known(system, key, unit, city & (kind == desil) & (got == "terima"))
        ranked = pd.to_numeric(kind.where(city), errors="coerce")
        low, high = ranked <= self.limit, ranked > self.limit
        system.tie(~city & (kind == "tp"), low & (got == "terima"))
        system.tie(~city & (kind == "fn"), low & (got == "tidak"))
        system.tie(~city & (kind == "fp"), high & (got == "terima"))
        system.tie(~city & (kind == "lain"), city & ~ranked.notna() & (got == "terima"))

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
        links = self.release.links.get(self.row)
        self._share(key, status, ("sasaran_terima", "sasaran"), links and links.reached)


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
