"""Specifications of overlap rules: one TOML file a rule, "given these five families, this verdict"."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from citykit import enrolment, family, person, put

from analysis.engine import Engine
from analysis.measures.duplicates import build_duplicates
from analysis.measures.overlap import build_family_programmes
from analysis.measures.overlaps import build_meeting_tables
from analysis.measures.rules_as_tables import register_rules
from analysis.policy import OverlapRule, Policy, Programme, Rulebook, load_rulebook
from analysis.settings import Edition, Run

HERE = Path(__file__).resolve().parent
RULES = HERE.parents[1] / "src" / "analysis" / "rules"
FILES = sorted((HERE / "aturan").glob("*.toml"))
MEMBERS = ("ibu", "ayah", "anak")
_TOKEN = re.compile(r"(?P<code>\w+)(: (?P<who>\w+))?( x(?P<rows>\d))?( @(?P<day>\S+))?")


@dataclass(frozen=True)
class Spec:
    """One file: the rule it is about, the day, and families with the verdict they must get."""

    name: str
    judul: str
    aturan: str
    tanggal: date
    keluarga: tuple[dict, ...]
    overlay: str = ""

    @property
    def rulebook(self) -> Rulebook:
        return load_rulebook([RULES / self.overlay] if self.overlay else [])

    @property
    def rule(self) -> OverlapRule:
        return next(
            r for r in self.rulebook.overlap if r.kode == self.aturan and r.in_force(self.tanggal)
        )


def read_spec(path: Path) -> Spec:
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    return Spec(path.stem, **given | {"keluarga": tuple(given["keluarga"])})


def all_verdicts(specs: list[Spec]) -> dict[str, list[str]]:
    """What the measures say of each family on the matter of its rule; '' = nothing meets.

    Specifications of one day and rulebook share a city; a family knows only its own lists.
    """
    found: dict[str, list[str]] = {}
    for day, overlay in sorted({(spec.tanggal, spec.overlay) for spec in specs}):
        own = [spec for spec in specs if (spec.tanggal, spec.overlay) == (day, overlay)]
        found |= _verdicts(own)
    return found


def _verdicts(specs: list[Spec]) -> dict[str, list[str]]:
    on, rulebook = specs[0].tanggal, specs[0].rulebook
    with Engine(threads=1) as engine:
        _city(engine, specs)
        policy = Policy(rulebook, on)
        register_rules(engine, policy)
        build_duplicates(engine, policy)
        build_family_programmes(engine)
        build_meeting_tables(engine, policy, Run("uji", f"{on:%Y-%m}", Edition(on)))
        return {spec.name: _of(engine, spec) for spec in specs}


def _of(engine: Engine, spec: Spec) -> list[str]:
    own = f"SELECT * FROM ({_question(spec.rule)}) WHERE family_id LIKE $home"
    rows = engine.rows(own, home=f"{spec.name}/%")
    for _, verdict, rules in rows:
        own_rule = spec.aturan in rules.split(",")
        assert verdict == "belum_diatur" or len(spec.rule.program) > 2 or own_rule
    said = {name: verdict for name, verdict, _ in rows}
    return [said.get(_home(spec, n), "") for n, _ in enumerate(spec.keluarga)]


def _home(spec: Spec, n: int) -> str:
    return f"{spec.name}/{n}"


def _question(rule: OverlapRule) -> str:
    a, b = min(rule.program), max(rule.program)
    if len(rule.program) > 2:
        return "SELECT family_id, verdict, rules FROM out_overlap"
    if a == b:
        own = "jenis = 'orang_sama'" if rule.satuan == "jiwa" else "true"
        family = "jenis = 'keluarga_sama'" if rule.kode.endswith(("satu_kk", "-keluarga")) else own
        return f"SELECT DISTINCT family_id, verdict, rules FROM out_duplicates WHERE programme = '{a}' AND {family}"
    return f"""SELECT DISTINCT family_id, verdict, rules FROM out_meetings
        WHERE unit = '{rule.satuan}' AND a = '{a}' AND b = '{b}'"""


def _city(engine: Engine, specs: list[Spec]) -> None:
    period = f"{specs[0].tanggal:%Y-%m}"
    homes = [_home(spec, n) for spec in specs for n, _ in enumerate(spec.keluarga)]
    people = [person(f"{home}-{who}", home) for home in homes for who in MEMBERS]
    now, earlier, members = [], [], []
    for spec in specs:
        for n, given in enumerate(spec.keluarga):
            for token in given["daftar"]:
                side = members if _programme(spec, token).segmen else now
                side.append((_home(spec, n), _programme(spec, token), token, period))
            earlier += [
                (_home(spec, n), _programme(spec, token), token, given["periode_lama"])
                for token in given.get("daftar_lama", [])
            ]
    put(engine, "core_families", [family(home, 1, period=period) for home in homes])
    put(engine, "core_persons", people)
    put(engine, "core_enrolments", _enrolled(now))
    put(engine, "prev_core_persons", people)
    put(engine, "prev_core_enrolments", _enrolled(earlier))
    put(engine, "core_records", [
        {"record_id": _who(home, token), "peran": "kepesertaan", "programme": None, "is_penerima": False,
         "segmen": programme.segmen} for home, programme, token, _ in members
    ])  # fmt: skip
    put(engine, "core_links", [
        {"record_id": _who(home, token), "person_id": _who(home, token)} for home, _, token, _ in members
    ])  # fmt: skip


def _enrolled(tokens: list[tuple]) -> list[dict]:
    """Enrolments as linkage makes them: a unit once, with its rows and persons."""
    units: dict[tuple, dict] = {}
    for home, programme, token, period in tokens:
        parts = _TOKEN.fullmatch(token)
        unit = home if programme.satuan == "keluarga" else _who(home, token)
        fresh = enrolment(
            programme.kode,
            unit,
            home,
            0,
            unit=programme.satuan,
            period=period,
            n_records=0,
            n_persons=0,
        )
        row = units.setdefault(
            (programme.kode, unit, period), fresh | {"tgl_pertama": parts["day"]}
        )
        row["n_records"] += int(parts["rows"] or 1)
        row["n_persons"] += 1
    return list(units.values())


def _programme(spec: Spec, token: str) -> Programme:
    return spec.rulebook.programme(_TOKEN.fullmatch(token)["code"], spec.tanggal)


def _who(home: str, token: str) -> str:
    return f"{home}-{_TOKEN.fullmatch(token)['who'] or 'ibu'}"
