"""A survey in an engine → the columns its measures need: welfare, receipt, design, features."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.engine import Engine
from analysis.measures.pmt import FORBIDDEN


@dataclass(frozen=True)
class SurveyTable:
    """Households with measured consumption, by household id; `features` has a column a feature of the layout."""

    households: pd.DataFrame
    features: pd.DataFrame

    @property
    def welfare(self) -> np.ndarray:
        """Rupiah per person a month."""
        return self.households["consumption_rp"].to_numpy(dtype=float)

    @property
    def person_weights(self) -> np.ndarray:
        """Survey weight × household size; the median size where none is stated."""
        size = self.households["household_size"].astype(float)
        return (
            self.households["weight"].astype(float) * size.fillna(size.median()).fillna(1)
        ).to_numpy()

    @property
    def design(self) -> dict[str, pd.Series]:
        """Strata and clusters as keyword arguments of the measures."""
        return {"strata": self.households["stratum"], "clusters": self.households["cluster"]}


def survey_table(engine: Engine) -> SurveyTable:
    """From core_survey and core_survey_features. Households without measured, positive consumption are left out."""
    households = engine.frame(
        "SELECT * FROM core_survey WHERE consumption_rp > 0 ORDER BY household_id"
    )
    long = engine.frame("SELECT * FROM core_survey_features ORDER BY household_id, fitur")
    wide = long.pivot(index="household_id", columns="fitur", values="nilai")
    wide = wide.drop(columns=[name for name in wide.columns if name in FORBIDDEN])
    return SurveyTable(households, wide.reindex(households["household_id"]).reset_index(drop=True))
