"""A ground check from plan to result: the sample kept, sheets out, answers in, estimates.

Kept below `data/keputusan/<set>/cek_lapangan/<name>/`: rancangan.csv (strata), sampel.csv (cases), jawaban.csv
(answers as read, appended). Sheets lie with the period's tables; both hold personal data and stay in the office.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.engine import Engine, Store
from analysis.errors import UsageError, message
from analysis.field.check_sheets import build_faces, read_check_sheets, write_check_sheets
from analysis.field.quality import opened
from analysis.field.sheets import aside
from analysis.measures.ground_check import Findings, estimate
from analysis.measures.ground_sample import Plan, build_frame, draw, plan
from analysis.notation import percent
from analysis.policy import Programme, Rulebook, Statistic

TRUTHS = ("pengeluaran", "simpulan")
_CORE = ("core_families", "core_enrolments")
_FACES = ("core_records", "core_links", "core_persons")


@dataclass(frozen=True)
class GroundCheck:
    """One check of one programme in one period; `folder` is where its sample and answers are kept."""

    store: Store
    rulebook: Rulebook
    folder: Path
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
        if (self.folder / "jawaban.csv").exists():
            raise UsageError("check_has_answers", name=self.folder.name)
        rules = self.rulebook.targeting.cek_lapangan
        with self._engine(*_CORE, *_FACES) as engine:
            build_frame(engine, self.programme.kode, rules)
            made = plan(engine, rules, margin)
            cases = draw(engine, made.strata, seed)
            faces = build_faces(engine, cases)
        self.folder.mkdir(parents=True, exist_ok=True)
        _keep(made.strata.assign(benih=seed), self.folder / "rancangan.csv")
        _keep(cases, self.folder / "sampel.csv")
        for old in self.sheets.glob("cek_*.xlsx"):  # may hold answers not yet read
            kept = aside(old, old.read_bytes())
            kept.parent.mkdir(exist_ok=True)
            old.replace(kept)
        title = f"{self.mark}Cek lapangan {self.folder.name}"
        areas = {area.kode: area for area in self.rulebook.areas}
        return made, write_check_sheets(self.sheets, faces, rules, areas, title, password)

    @property
    def is_planned(self) -> bool:
        """A sample was drawn."""
        return (self.folder / "sampel.csv").exists()

    @property
    def is_answered(self) -> bool:
        """Answers came back."""
        return (self.folder / "jawaban.csv").exists()

    @property
    def how_to_plan(self) -> str:
        """What to do where there is no sample."""
        return message("check_missing", name=self.folder.name)

    @property
    def how_to_answer(self) -> str:
        """What to do where there are no answers."""
        return message("check_no_answers", name=self.folder.name)

    def plan(self) -> pd.DataFrame:
        """Strata with families, interviews wanted and visits to make."""
        return pd.read_csv(self.folder / "rancangan.csv")

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

    def cases(self) -> pd.DataFrame:
        """The sample as drawn. Raises UsageError where there is none."""
        path = self.folder / "sampel.csv"
        if not path.exists():
            raise UsageError("check_missing", name=self.folder.name)
        return pd.read_csv(path, dtype={"kasus": "str", "kelurahan": "str", "kelas": "str"})

    def take_in(self, answers: Path | None = None, password: str | None = None) -> pd.DataFrame:
        """Read the sheets that came back (default: where they were written), keep what is new; all answers so far.

        Raises InputFileError for answers that cannot be, UsageError where there is none.
        """
        folder = answers or self.sheets
        files = sorted(path for path in folder.glob("*.xlsx") if not path.name.startswith("~$"))
        known = set(self.cases()["kasus"])
        read = read_check_sheets(files, self.rulebook.targeting.cek_lapangan, known, password)
        path = self.folder / "jawaban.csv"
        before = pd.read_csv(path, dtype={"kasus": "str"}) if path.exists() else read.iloc[:0]
        told = pd.concat([before, read], ignore_index=True).astype(object)
        told = told.drop_duplicates(
            subset=[c for c in told.columns if c != "berkas"], ignore_index=True
        )
        if told.empty:
            raise UsageError("check_no_answers", name=self.folder.name)
        _keep(told, path)
        return told

    def answers(self) -> pd.DataFrame:
        """The last answer of each case. Raises UsageError where there is none."""
        path = self.folder / "jawaban.csv"
        if not path.exists():
            raise UsageError("check_no_answers", name=self.folder.name)
        return pd.read_csv(path, dtype={"kasus": "str"}).drop_duplicates("kasus", keep="last")

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


def _keep(table: pd.DataFrame, path: Path) -> None:
    """Answers and drawn families are the office's alone to read."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    table.to_csv(path, index=False, lineterminator="\n")


def open_check(
    store: Store, rulebook: Rulebook, decisions: Path, programme: str, name: str, mark: str = ""
) -> GroundCheck:
    """The check `name` of a programme that chooses by desil. Raises UsageError for any other programme."""
    scored = {p.kode: p for p in rulebook.programmes if p.desil_maks is not None}
    if programme not in scored:
        raise UsageError("check_not_by_desil", programme=programme, known=", ".join(sorted(scored)))
    return GroundCheck(store, rulebook, decisions / "cek_lapangan" / name, scored[programme], mark)


def open_ground_check(
    store: str, decisions: str, programme: str, name: str, rules: tuple[str, ...] = ()
) -> GroundCheck:
    """A check for a notebook: the period's folder, the set's folder of decisions, programme and name in words."""
    return open_check(*opened(store, rules), Path(decisions), programme, name)


def findings_table(findings: Findings) -> pd.DataFrame:
    """ukuran, cek lapangan with interval, register alone, and its difference; of each error."""
    rows = []
    for name, found in findings.errors.items():
        bias = findings.bias.get(name)
        rows.append(
            {
                "ukuran": name, "cek_lapangan": found.value, "bawah": found.low, "atas": found.high, "galat_baku": found.se,
                "register_saja": findings.register.get(name, np.nan), "selisih": np.nan if bias is None else bias.value,
                "selisih_bawah": np.nan if bias is None else bias.low, "selisih_atas": np.nan if bias is None else bias.high,
            }
        )  # fmt: skip
    return pd.DataFrame(rows).astype(
        dict.fromkeys(("bawah", "atas", "galat_baku", "selisih_bawah", "selisih_atas"), float)
    )


def findings_in_words(findings: Findings) -> pd.DataFrame:
    """`findings_table` as people read it."""
    table = findings_table(findings)
    return table.assign(ukuran=[message(f"measure_{name}") for name in table["ukuran"]])


def terms_in_words(findings: Findings) -> pd.DataFrame:
    """suku, bagian, and what the order of equal scores leaves open (bawah, atas) of each term of exclusion."""
    terms = findings.terms
    low, high = terms["ranking_low"], terms["ranking_high"]
    rest = terms["ranking"] + terms["implementation"]
    open_ = {"ranking": (low, high), "implementation": (rest - high, rest - low)}
    if np.isclose(low, high):
        open_ = {}
    rows = [
        (message(f"term_{name}"), terms[name], *open_.get(name, (np.nan, np.nan)))
        for name in ("conditions", "quota", "ranking", "implementation")
    ]
    rows.append((message("measure_salah_eksklusi"), terms["exclusion"], np.nan, np.nan))
    return pd.DataFrame(rows, columns=["suku", "bagian", "bawah", "atas"])
