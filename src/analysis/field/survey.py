"""A household survey for the analyst: its errors by arm, and proxy means tests refitted on it. No household is shown."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.engine import Engine
from analysis.errors import message
from analysis.field.refitted_scores import RefittedScores
from analysis.measures.survey import WHOLE, build_survey
from analysis.measures.survey_table import SurveyTable, survey_table
from analysis.policy import Rulebook, load_rulebook
from analysis.rosters import read_survey


@dataclass(frozen=True)
class Survey(RefittedScores):
    """One survey file read by its layout, with the rules it is judged by."""

    file: Path
    layout: str
    rulebook: Rulebook

    @property
    def is_there(self) -> bool:
        """The file exists on this machine."""
        return self.file.is_file()

    @property
    def where(self) -> str:
        """What to download and where to put it."""
        rules = self.rulebook.layouts[self.layout]
        source = self.rulebook.briefs.get("survei", {}).get("rujukan", "")
        how = rules.asal or f"{source} Unduh berkasnya, lalu sebut tempatnya pada sel parameter."
        return f"{rules.label} tidak ada di {self.file.name}. {how}"

    @cached_property
    def _made(self) -> tuple[pd.DataFrame, SurveyTable]:
        with Engine() as engine:
            read_survey(engine, self.rulebook, self.file, self.layout)
            build_survey(engine, self.rulebook, self.layout)
            return engine.frame("SELECT * FROM out_survey"), survey_table(engine)

    def errors(self) -> pd.DataFrame:
        """Every measure by arm with its clustered interval: arm, measure, value, low, high, se, n, method."""
        return self._made[0].drop(columns=["numerator", "denominator", "df"])

    def against_published(self) -> pd.DataFrame:
        """Errors of the whole sample beside the published ones: ukuran, dihitung, bawah, atas, terbitan, beda."""
        published = self.rulebook.briefs.get("survei", {}).get("terbitan", {})
        whole = (
            self.errors().query("arm == @WHOLE", local_dict={"WHOLE": WHOLE}).set_index("measure")
        )
        rows = [
            (
                name,
                whole.loc[name, "value"],
                whole.loc[name, "low"],
                whole.loc[name, "high"],
                value,
                whole.loc[name, "value"] - value,
            )
            for name, value in published.items()
        ]
        return pd.DataFrame(
            rows, columns=["ukuran", "dihitung", "bawah", "atas", "terbitan", "beda"]
        )

    def by_arm(self, measure: str) -> pd.DataFrame:
        """One measure of every arm: arm, value, low, high, n."""
        table = self.errors()
        return table[table["measure"] == measure][["arm", "value", "low", "high", "n"]].reset_index(
            drop=True
        )

    def in_words(self, table: pd.DataFrame) -> pd.DataFrame:
        """Any of these tables with measures, arms and models named as people read them."""
        arms = self.rulebook.briefs.get("survei", {}).get("lengan", {})
        words = {
            "arm": lambda code: arms.get(code, code),
            "measure": lambda code: message(f"survey_{code}"),
            "ukuran": lambda code: message(f"survey_{code}"),
            "model": lambda code: message(f"model_{code}"),
        }
        return table.assign(
            **{name: table[name].map(word) for name, word in words.items() if name in table}
        )

    @property
    def served_share(self) -> float:
        """Share of households that really received: the quota a refitted score is judged at."""
        whole = self.by_arm("coverage")
        return float(whole.loc[whole["arm"] == WHOLE, "value"].iloc[0])

    @property
    def table(self) -> SurveyTable:
        """Households with consumption, their design and features."""
        return self._made[1]


def open_survey(file: str, layout: str, rules: tuple[str, ...] = ()) -> Survey:
    """A survey for a notebook or the command line: where the file lies, and the layout that reads it."""
    return Survey(Path(file), layout, load_rulebook([Path(folder) for folder in rules]))
