"""A household survey for the analyst: its errors by arm, and proxy means tests refitted on it. No household is shown."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.engine import Engine
from analysis.errors import message
from analysis.measures import pmt, pmt_errors
from analysis.measures.survey import WHOLE, build_survey
from analysis.measures.survey_table import SurveyTable, survey_table
from analysis.policy import Rulebook, load_rulebook
from analysis.rosters import read_survey


@dataclass(frozen=True)
class Survey:
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

    def scores(self, quota: float, models: tuple[str, ...] = pmt.MODELS) -> pd.DataFrame:
        """Scores of households whose area the model has not seen: a column a model."""
        table = self.table
        return pmt.out_of_fold(
            table.features, table.welfare, table.households["cluster"], weights=table.person_weights, quota=quota,
            rules=self.rulebook.targeting.pmt, models=models,
        )  # fmt: skip

    def model_errors(self, scores: pd.DataFrame, quota: float) -> pd.DataFrame:
        """Exclusion at the quota a model, and its paired difference to OLS over areas."""
        table, rules = self.table, self.rulebook.targeting.pmt
        return pmt_errors.errors_by_model(
            scores, table.welfare, quota, weights=table.person_weights, strata=table.households["stratum"],
            areas=table.households["cluster"], replicates=rules.ulangan,
        )  # fmt: skip

    def calibration(self, scores: pd.DataFrame, model: str = pmt.OLS) -> pd.DataFrame:
        """Predicted and true log welfare in each tenth of the model's score."""
        return pmt_errors.calibration(
            scores[model].to_numpy(), self.table.welfare, weights=self.table.person_weights
        )

    def ageing(self, errors: pd.DataFrame, years: int) -> pd.DataFrame:
        """What the literature lets expect of OLS (of `model_errors`) that is not renewed for so many years."""
        now = float(errors.set_index("model").loc[pmt.OLS, "eksklusi"])
        return pmt_errors.ageing(
            now, range(years + 1), self.rulebook.targeting.pmt.usang_poin_setahun
        )

    def aged(self, scores: pd.DataFrame, quota: float) -> pd.DataFrame:
        """Each model's score against what the same households consumed when asked again; empty where they were not.

        Columns model, saat, eksklusi, spearman; households asked twice alone, on both occasions.
        """
        later = self.table.households["consumption_later_rp"].to_numpy(dtype=float)
        twice = later > 0
        if not twice.any():
            return pd.DataFrame()
        told = {"saat survei": self.table.welfare[twice], "ditanya lagi": later[twice]}
        weights = self.table.person_weights[twice]
        return pd.concat(
            [
                pmt_errors.aged(
                    scores[model].to_numpy()[twice], told, quota, weights=weights
                ).assign(model=model)
                for model in scores
            ],
            ignore_index=True,
        )[["model", "saat", "eksklusi", "spearman"]]

    def at_desil(self, scores: pd.DataFrame, quota: float, model: str = pmt.OLS) -> str:
        """Exclusion if only the score's desil were known, with what ties leave open."""
        return str(
            pmt_errors.at_desil(
                scores[model].to_numpy(),
                self.table.welfare,
                quota,
                weights=self.table.person_weights,
            )
        )


def open_survey(file: str, layout: str, rules: tuple[str, ...] = ()) -> Survey:
    """A survey for a notebook or the command line: where the file lies, and the layout that reads it."""
    return Survey(Path(file), layout, load_rulebook([Path(folder) for folder in rules]))
