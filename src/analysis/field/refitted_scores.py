"""Proxy means tests refitted on a survey, and how wrong each would be. No household is shown."""

from abc import ABC, abstractmethod

import pandas as pd

from analysis.measures import pmt, pmt_errors
from analysis.measures.survey_table import SurveyTable
from analysis.policy import Rulebook


class RefittedScores(ABC):
    """Scores of a survey's households by models that have not seen their area."""

    rulebook: Rulebook

    @property
    @abstractmethod
    def table(self) -> SurveyTable:
        """Households with consumption, their design and features."""

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
