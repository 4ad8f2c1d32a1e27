"""Hand-made service lists: each row a record of one person, with family and link, before assess."""

from datetime import date

from citykit import EDITION, A, checked, put

from analysis.engine import Engine
from analysis.measures import assess
from analysis.policy import Rulebook
from analysis.settings import Run

ON = EDITION.edition.on


class Town:
    """Rows gathered by kind, then assessed. A person is its own family unless `family` says otherwise."""

    def __init__(self) -> None:
        self.families: dict[str, dict] = {}
        self.persons: dict[str, dict] = {}
        self.rows: list[dict] = []
        self.enrolments: dict[tuple[str, str], dict] = {}
        self.others: dict[str, list[dict]] = {}

    def person(self, name: str, desil: int | None = None, family: str = "", **more: object) -> str:
        """A person, in the register where `desil` is given or `is_registri` says so."""
        family = family or f"K-{name}"
        in_register = more.pop("is_registri", desil is not None)
        area = {"kode_wilayah": more.get("kode_wilayah", A)}
        self.families.setdefault(
            family, {"family_id": family, "desil": desil, "is_registri": in_register} | area
        )
        self.persons[name] = (
            {"person_id": name, "family_id": family, "is_registri": in_register} | area | more
        )
        return name

    def row(self, person: str, source: str, peran: str, **more: object) -> None:
        """A row of a list; `cara` is how linkage found its person."""
        if person not in self.persons:
            self.person(person)
        place = len(self.rows) + 1
        programme = more.pop("programme", source)
        self.rows.append(
            {"record_id": f"{source}:{place:04d}", "person_id": person, "source": source, "peran": peran,
             "programme": programme, "baris": place, "berkas": f"{source}.csv", "kode_wilayah": None,
             "is_penerima": peran in ("penerima", "log")} | more
        )  # fmt: skip
        if self.rows[-1]["is_penerima"]:
            self._enrol(person, programme, more.get("manfaat_rp"))

    def _enrol(self, person: str, programme: str, rupiah: object) -> None:
        jiwa = programme in {"pas12", "pbi_jk", "pip", "sekolah_rakyat"}
        family = self.persons[person]["family_id"]
        unit = person if jiwa else family
        found = self.enrolments.setdefault((programme, unit), {
            "programme": programme, "unit": "jiwa" if jiwa else "keluarga", "unit_id": unit, "family_id": family,
            "n_records": 0, "manfaat_rp": 0, "manfaat_lebih_rp": 0,
        })  # fmt: skip
        found["n_records"] += 1
        found["manfaat_rp"] += int(rupiah or 0)

    def stay(self, guest: str, came: date | None, left: date | None = None, **more: object) -> None:
        """A row of the shelter's log."""
        given = {"nik_status": "kosong"} | more
        self.row(guest, "rumah_singgah", "layanan", tgl_peristiwa=came, tgl_selesai=left, **given)

    def visit(self, person: str, on: date | None, **more: object) -> None:
        """A row of the 12 PAS log."""
        self.row(person, "pas12", "log", **({"tgl_peristiwa": on, "kode_wilayah": A} | more))

    def put(self, engine: Engine, prefix: str = "") -> None:
        """Write the core tables (`prefix` 'prev_': as those of the earlier period)."""
        tables = {
            "core_families": list(self.families.values()), "core_persons": list(self.persons.values()),
            "core_enrolments": list(self.enrolments.values()), "core_records": self.rows,
            "core_links": [{k: row[k] for k in ("record_id", "person_id", "cara") if k in row} for row in self.rows],
            **self.others,
        }  # fmt: skip
        for name, rows in tables.items():
            put(engine, name, rows)
            if prefix:
                engine.table(prefix + name, f'SELECT * FROM "{name}"')
        if prefix:
            engine.drop(*tables)

    def assess(self, engine: Engine, rulebook: Rulebook, run: Run = EDITION) -> Engine:
        """Every out_* table of the town, held to its schema."""
        self.put(engine)
        checked(engine, assess(engine, rulebook, run))
        return engine
