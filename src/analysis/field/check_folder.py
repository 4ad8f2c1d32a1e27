"""What is kept of a ground check: how it was drawn, which cases, every answer.

Below `data/keputusan/<set>/cek_lapangan/<name>/`: rancangan.csv (strata), sampel.csv (cases), jawaban.csv
(answers as read, appended). They hold personal data and stay in the office.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import UsageError, message


@dataclass(frozen=True)
class CheckFolder:
    """The folder of one check; its name is the check's."""

    folder: Path

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

    def cases(self) -> pd.DataFrame:
        """The sample as drawn. Raises UsageError where there is none."""
        path = self.folder / "sampel.csv"
        if not path.exists():
            raise UsageError("check_missing", name=self.folder.name)
        return pd.read_csv(path, dtype={"kasus": "str", "kelurahan": "str", "kelas": "str"})

    def answers(self) -> pd.DataFrame:
        """The last answer of each case. Raises UsageError where there is none."""
        path = self.folder / "jawaban.csv"
        if not path.exists():
            raise UsageError("check_no_answers", name=self.folder.name)
        return pd.read_csv(path, dtype={"kasus": "str"}).drop_duplicates("kasus", keep="last")

    def keep_sample(self, strata: pd.DataFrame, cases: pd.DataFrame) -> None:
        """Keep how the sample was drawn, and the cases drawn."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _keep(strata, self.folder / "rancangan.csv")
        _keep(cases, self.folder / "sampel.csv")

    def add_answers(self, read: pd.DataFrame) -> pd.DataFrame:
        """Keep what is new; all answers so far. Raises UsageError where there is none."""
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


def _keep(table: pd.DataFrame, path: Path) -> None:
    """Answers and drawn families are the office's alone to read."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    table.to_csv(path, index=False, lineterminator="\n")
