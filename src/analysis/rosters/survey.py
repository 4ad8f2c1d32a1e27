"""A household survey with measured consumption → core_survey."""

from collections.abc import Sequence

from analysis.engine import Engine
from analysis.rosters.recognition import Placement
from analysis.rosters.rows import PlacedSheet

_CLUSTER = ("province", "district", "subdistrict", "village", "ea")


def build_survey(engine: Engine, sheets: Sequence[PlacedSheet]) -> None:
    """Make core_survey (one row a household; consumption in rupiah per person a month) and core_survey_features.

    The primary sampling unit is the finest area given; the stratum is the coarsest. Features are the layout's
    fields named `fitur_…`: what a proxy means test may see, never consumption, receipt or rank.
    """
    parts = [_household(sheet, sheet.placement) for sheet in sheets if sheet.placement]
    engine.table("_survey", " UNION ALL BY NAME ".join(parts))
    engine.table(
        "core_survey",
        """SELECT household_id, cluster, stratum, arm, weight, consumption_rp, consumption_later_rp,
        household_size, is_penerima FROM _survey""",
    )
    features = [
        part for sheet in sheets if sheet.placement for part in _features(sheet, sheet.placement)
    ]
    none = "SELECT NULL::VARCHAR AS household_id, NULL::VARCHAR AS fitur, NULL::DOUBLE AS nilai WHERE false"
    engine.table("core_survey_features", " UNION ALL ".join([none, *features]))


def _features(sheet: PlacedSheet, fit: Placement) -> list[str]:
    """A select a feature: household, feature, number; what is no number is missing."""
    found = {
        field: fit.column_of(field) for field in fit.layout.kolom if field.startswith("fitur_")
    }
    return [
        f"""SELECT {fit.column_of("household_id")}, '{field.removeprefix("fitur_")}', try_cast({column} AS DOUBLE)
        FROM {sheet.raw} s JOIN _fields f USING (berkas, lembar, baris) WHERE f.jenis = 'data'"""
        for field, column in found.items()
        if column
    ]


def _household(sheet: PlacedSheet, fit: Placement) -> str:
    def column(field: str, otherwise: str = "NULL") -> str:
        return fit.column_of(field) or otherwise

    places = [column(field) for field in _CLUSTER if fit.column_of(field)]
    arms = " ".join(
        f"WHEN {fit.column_of(field)} = '1' THEN '{field.removeprefix('arm_')}'"
        for field in fit.layout.kolom
        if field.startswith("arm_") and fit.column_of(field)
    )
    scale = fit.layout.nilai.get("consumption_rp", 1)
    return f"""SELECT s.berkas, s.lembar, s.baris, {column("household_id")} AS household_id,
        concat_ws('-', {", ".join(places)}) AS cluster, {places[0]} AS stratum,
        {f"CASE {arms} ELSE 'lainnya' END" if arms else "'semua'"} AS arm,
        coalesce(try_cast({column("weight")} AS DOUBLE), 1) AS weight,
        try_cast({column("consumption")} AS DOUBLE) * {scale} AS consumption_rp,
        try_cast({column("consumption_later")} AS DOUBLE) * {scale} AS consumption_later_rp,
        try_cast({column("household_size")} AS INTEGER) AS household_size,
        try_cast({column("received")} AS INTEGER) = 1 AS is_penerima
        FROM {sheet.raw} s JOIN _fields f USING (berkas, lembar, baris) WHERE f.jenis = 'data'"""
