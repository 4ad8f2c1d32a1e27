"""Rules of the edition's day as small tables, so that set-based SQL can join them."""

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy

NEAREST_FIRST = ("kota", "permohonan_provinsi", "usulan_pusat")


def register_rules(engine: Engine, policy: Policy) -> None:
    """Make `_programme` (of every programme received), `_area` (code → kecamatan) and `_priority`.

    Raises RulesError where a programme was not in force.
    """
    codes = [
        row[0] for row in engine.rows("SELECT DISTINCT programme FROM core_enrolments ORDER BY 1")
    ]
    held = [policy.programme(code) for code in codes]
    engine.register("_programme", pd.DataFrame(
        {
            "programme": pd.Series([p.kode for p in held], dtype="str"),
            "unit": pd.Series([p.satuan for p in held], dtype="str"),
            **{
                name: pd.Series([getattr(p, name) for p in held], dtype="str")
                for name in ("tingkat", "kewenangan", "sumber_dana")
            },
            "desil_maks": pd.Series([p.desil_maks for p in held], dtype="Int64"),
            "family_may_not_repeat": pd.Series(
                [p.satuan == "keluarga" or policy.has_rule((p.kode, p.kode), "keluarga") for p in held],
                dtype="bool",
            ),
        }
    ))  # fmt: skip
    kelurahan = policy.rulebook.kelurahan()
    engine.register("_area", pd.DataFrame(
        {
            "kode_wilayah": pd.Series([area.kode for area in kelurahan], dtype="str"),
            "kecamatan": pd.Series([area.induk for area in kelurahan], dtype="str"),
        }
    ))  # fmt: skip
    priority = list(policy.rulebook.targeting.desil_prioritas)
    engine.register("_priority", pd.DataFrame({"desil": pd.Series(priority, dtype="int64")}))


def nearest_authority(policy: Policy, programmes: tuple[str, ...]) -> str:
    """Who may act first on a combination: the city where one of its programmes is the city's own."""
    held = {policy.programme(code).kewenangan for code in programmes}
    return next(authority for authority in NEAREST_FIRST if authority in held)
