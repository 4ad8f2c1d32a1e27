"""A ground check from plan to result: sample drawn, sheets out, answers in, estimates.

Sheets lie with the period's tables; they hold personal data and stay in the office.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.engine import Engine, Store
from analysis.errors import UsageError, message
from analysis.field.check_answers import read_check_sheets
from analysis.field.check_folder import CheckFolder
from analysis.field.check_sheets import build_faces, write_check_sheets
from analysis.field.opening import opened
from analysis.field.sheets import aside
from analysis.measures.ground_check import Findings, estimate
from analysis.measures.ground_sample import Plan, build_frame, draw, plan
from analysis.notation import percent
from analysis.policy import Programme, Rulebook, Statistic

TRUTHS = ("pengeluaran", "simpulan")
_CORE = ("core_families", "core_enrolments")
_FACES = ("core_records", "core_links", "core_persons")


@dataclass(frozen=True)
class GroundCheck(CheckFolder):
    """One check of one programme in one period."""

    store: Store
    rulebook: Rulebook
    programme: Programme
    mark: str = ""

    @property
    def sheets(self) -> Path:
        """Where the field sheets are written, and looked for when they come back."""
        return self.store.folder / "lembar" / "cek_lapangan" / self.folder.name

    def sample(
        self, seed: int, margin: float | None = None, password: str | None = None
    ) -> tuple[Plan, list[Path]]:
        """Plan, draw and write the sheets, locked where there is a password; older sheets are put aside.

        Raises UsageError where this check has answers already.
        """
        if self.is_answered:
            raise UsageError("check_has_answers", name=self.folder.name)
        rules = self.rulebook.targeting.cek_lapangan
        with self._engine(*_CORE, *_FACES) as engine:
            build_frame(engine, self.programme.kode, rules)
            made = plan(engine, rules, margin)
            cases = draw(engine, made.strata, seed)
            faces = build_faces(engine, cases)
        self.keep_sample(made.strata.assign(benih=seed), cases)
        for old in self.sheets.glob("cek_*.xlsx"):  # may hold answers not yet read
            kept = aside(old, old.read_bytes())
            kept.parent.mkdir(exist_ok=True)
            old.replace(kept)
        title = f"{self.mark}Cek lapangan {self.folder.name}"
        areas = {area.kode: area for area in self.rulebook.areas}
        return made, write_check_sheets(self.sheets, faces, rules, areas, title, password)

    def told(self, findings: Findings) -> str:
        """Interviews, joined strata, and how far those not interviewed could move the exclusion error."""
        low, high = (percent(bound) for bound in findings.bounds)
        answered = message(
            "check_answered",
            interviews=findings.interviews,
            visits=findings.visits,
            joined=findings.joined,
        )
        return answered + " " + message("check_bounds", low=low, high=high)

    def take_in(self, answers: Path | None = None, password: str | None = None) -> pd.DataFrame:
        """Read the sheets that came back (default: where they were written), keep what is new; all answers so far.

        Raises InputFileError for answers that cannot be, UsageError where there is none.
        """
        folder = answers or self.sheets
        files = sorted(path for path in folder.glob("*.xlsx") if not path.name.startswith("~$"))
        known = set(self.cases()["kasus"])
        read = read_check_sheets(files, self.rulebook.targeting.cek_lapangan, known, password)
        return self.add_answers(read)

    def line(self) -> Statistic:
        """The official poverty line spending is held against. Raises UsageError where statistics.csv lacks it."""
        wanted = self.rulebook.targeting.cek_lapangan.garis_kode
        found = next((s for s in self.rulebook.statistics if s.kode == wanted), None)
        if found is None:
            raise UsageError("check_line_missing", code=wanted)
        return found

    def verified(self, truth: str = TRUTHS[0]) -> pd.DataFrame:
        """Cases with miskin (1, 0; NaN = no interview or no answer to what `truth` needs) and pengeluaran."""
        if truth not in TRUTHS:
            raise UsageError("check_truth_unknown", truth=truth, known=", ".join(TRUTHS))
        rules = self.rulebook.targeting.cek_lapangan
        table = self.cases().merge(self.answers(), on="kasus", how="left")
        met = table["kunjungan"] == rules.terwawancara
        monthly = (
            table["makanan_seminggu"] * rules.hari_sebulan / 7 + table["bukan_makanan_sebulan"]
        )
        spent = (monthly / table["anggota"].where(table["anggota"] > 0)).where(met)
        told = table["simpulan"].map({"ya": 1.0, "tidak": 0.0}).where(met)
        poor = (spent < self.line().nilai).astype(float).where(spent.notna())
        return table.assign(pengeluaran=spent, miskin=poor if truth == TRUTHS[0] else told)

    def findings(self, truth: str = TRUTHS[0]) -> Findings:
        """Design-based errors, the register-only figures beside them, and the terms of exclusion."""
        cases = self.verified(truth)
        if truth != TRUTHS[0]:
            cases = cases.drop(columns="pengeluaran")
        with self._engine(*_CORE) as engine:
            build_frame(engine, self.programme.kode, self.rulebook.targeting.cek_lapangan)
            frame = engine.frame(
                "SELECT desil, terima, count(*) AS n FROM _check_frame GROUP BY ALL ORDER BY ALL"
            )
        return estimate(cases, frame, int(self.programme.desil_maks))

    def _engine(self, *tables: str) -> Engine:
        missing = [name for name in tables if not self.store.path(name).exists()]
        if missing:
            raise UsageError("field_not_assessed", tables=", ".join(missing))
        engine = Engine()
        self.store.attach(engine, *tables)
        return engine


def open_check(
    store: Store, rulebook: Rulebook, decisions: Path, programme: str, name: str, mark: str = ""
) -> GroundCheck:
    """The check `name` of a programme that chooses by desil. Raises UsageError for any other programme."""
    scored = {p.kode: p for p in rulebook.programmes if p.desil_maks is not None}
    if programme not in scored:
        raise UsageError("check_not_by_desil", programme=programme, known=", ".join(sorted(scored)))
    return GroundCheck(decisions / "cek_lapangan" / name, store, rulebook, scored[programme], mark)


def open_ground_check(
    store: str, decisions: str, programme: str, name: str, rules: tuple[str, ...] = ()
) -> GroundCheck:
    """A check for a notebook: the period's folder, the set's folder of decisions, programme and name in words."""
    return open_check(*opened(store, rules), Path(decisions), programme, name)
