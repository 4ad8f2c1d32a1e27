"""Errors by programme, set, area and group, in families and persons: set-based counts, then measures of all at once.

Desil is the register's own ranking: what is measured is agreement with it, not poverty. Programmes that do
not choose by desil (12 PAS, rumah singgah, Kampung Sosial) are not here.
"""

import pandas as pd

from analysis.engine import Engine
from analysis.measures.register_doubt import link_bounds
from analysis.measures.register_measures import all_measures
from analysis.measures.register_units import ANY, build_cells, build_units
from analysis.policy import Policy
from analysis.settings import Run

DIMENSIONS = ("kota", "kecamatan", "kelurahan", "kepala", "disabilitas", "umur", "ukuran")
_KEYS = "programme, satuan, dimensi, kelompok"


def build_groups(engine: Engine, policy: Policy, run: Run) -> list[str]:
    """Make out_targeting_group (counts), out_targeting_measure (errors, incidence, decomposition), out_link_bounds."""
    _scored(engine, policy)
    build_units(engine, policy, run)
    build_cells(engine, policy)
    _explode(engine, policy.rulebook.city().kode)
    _quota(engine)
    engine.table("out_targeting_group", _GROUP)
    bounds = link_bounds(engine)
    engine.register("out_targeting_measure", all_measures(engine.frame(_BY_DESIL), bounds))
    engine.register(
        "out_link_bounds", bounds.fillna({"programme": ANY}).astype({"programme": "str"})
    )
    engine.drop(
        "_person",
        "_family",
        "_unit",
        "_receipt",
        "_eligible",
        "_unit_cell",
        "_receipt_cell",
        "_eligible_cell",
    )
    return ["out_targeting_group", "out_targeting_measure", "out_link_bounds"]


def _scored(engine: Engine, policy: Policy) -> None:
    """`_scored`: programmes that choose by desil, and sets, held against the priority desil."""
    priority = max(policy.rulebook.targeting.desil_prioritas)
    sets = [ANY, *policy.rulebook.targeting.himpunan]
    engine.register(
        "_sets_scored",
        pd.DataFrame({"programme": pd.Series(sets, dtype="str"), "desil_maks": priority}),
    )
    engine.table(
        "_scored",
        """SELECT programme, CAST(desil_maks AS INTEGER) AS desil_maks, unit FROM _programme WHERE desil_maks IS NOT NULL
        UNION ALL SELECT programme, CAST(desil_maks AS INTEGER), NULL FROM _sets_scored""",
    )


def _explode(engine: Engine, city: str) -> None:
    """`_cell`: every count by dimension, group and desil; a group of unknown area is 'tanpa'."""
    pairs = f"""[('kota', '{city}'), ('kecamatan', coalesce(kecamatan, 'tanpa')), ('kelurahan', coalesce(kelurahan, 'tanpa')),
        ('kepala', kepala), ('disabilitas', disabilitas), ('umur', umur), ('ukuran', ukuran)]"""
    told = f"SELECT * EXCLUDE (g), g[1] AS dimensi, g[2] AS kelompok FROM (SELECT c.*, unnest({pairs}) AS g FROM placed c)"
    for name, key, sums in (
        ("_unit_cell", "satuan", "sum(n) AS n"),
        ("_eligible_cell", "programme, satuan", "sum(n) AS n"),
        ("_receipt_cell", "programme, satuan", "sum(n) AS n, sum(rp) AS rp, sum(n_dulu) AS n_dulu"),
    ):
        engine.table(
            f"{name}_told",
            f"""WITH placed AS (
                SELECT c.*, a.kecamatan FROM {name} c LEFT JOIN _area a ON a.kode_wilayah = c.kelurahan)
            SELECT {key}, dimensi, kelompok, desil, {sums} FROM ({told}) WHERE kelompok <> ''
            GROUP BY {key}, dimensi, kelompok, desil""",
        )
    engine.table(
        "_cell",
        f"""
        SELECT s.programme, s.desil_maks, u.satuan, u.dimensi, u.kelompok, u.desil, try_cast(u.desil AS INTEGER) AS d,
            u.n, coalesce(r.n, 0) AS terima, coalesce(r.rp, 0) AS rp, coalesce(r.n_dulu, 0) AS n_dulu,
            CASE WHEN s.programme IN (SELECT programme FROM _conditioned) THEN
                CASE WHEN s.unit = u.satuan THEN coalesce(e.n, 0) END ELSE u.n END AS memenuhi,
            s.unit
        FROM _unit_cell_told u CROSS JOIN _scored s
        LEFT JOIN _receipt_cell_told r USING ({_KEYS}, desil) LEFT JOIN _eligible_cell_told e USING ({_KEYS}, desil)""",
    )
    engine.drop("_unit_cell_told", "_receipt_cell_told", "_eligible_cell_told")


def _quota(engine: Engine) -> None:
    """`_filled`: the part of each desil that the roster's own number of places would serve, poorest first, citywide.

    A kelurahan's quota is what of this one cut falls there. At the cut the tied share the places left.
    """
    engine.table(
        "_filled",
        """
        WITH city AS (
            SELECT programme, d, memenuhi AS n,
                (SELECT sum(c.terima) FROM _cell c WHERE c.programme = o.programme AND c.satuan = o.satuan
                    AND c.dimensi = 'kota') AS kuota
            FROM _cell o WHERE dimensi = 'kota' AND satuan = unit AND d IS NOT NULL),
        ahead AS (
            SELECT *, coalesce(sum(n) OVER (PARTITION BY programme ORDER BY d
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS depan FROM city)
        SELECT programme, d, n AS n_kota, kuota, greatest(0, least(n, kuota - depan)) AS tempat FROM ahead""",
    )
    engine.table(
        "_placed",
        """
        SELECT c.*, f.kuota,
            CASE WHEN f.n_kota > 0 THEN f.tempat * c.memenuhi / f.n_kota ELSE 0 END AS tempat,
            greatest(0, f.tempat - (f.n_kota - c.memenuhi)) AS tempat_min, least(f.tempat, c.memenuhi) AS tempat_maks
        FROM _cell c LEFT JOIN _filled f ON f.programme = c.programme AND f.d = c.d AND c.satuan = c.unit""",
    )
    engine.drop("_filled", "_cell")


_INT = "CAST(coalesce(sum({what}) FILTER ({where}), 0) AS BIGINT) AS {name}"
_COUNTS = ", ".join(
    _INT.format(what=what, where=where, name=name)
    for name, what, where in (
        ("tp", "terima", "d <= desil_maks"),
        ("fn", "n - terima", "d <= desil_maks"),
        ("fp", "terima", "d > desil_maks"),
        ("tn", "n - terima", "d > desil_maks"),
        ("fp_layak_versi_lalu", "n_dulu", "d > desil_maks"),
        ("tanpa_desil_terima", "terima", "desil = 'tanpa'"),
        ("luar_registri_terima", "terima", "desil = 'luar'"),
        ("manfaat_rp", "round(rp)", "true"),
        ("manfaat_fp_rp", "round(rp)", "d > desil_maks"),
    )
)
_GROUP = f"""SELECT {_KEYS}, any_value(desil_maks) AS desil_maks, {_COUNTS},
    CAST(sum(memenuhi) FILTER (d <= desil_maks) AS BIGINT) AS sasaran_memenuhi,
    sum(tempat) FILTER (d <= desil_maks) AS tempat_sasaran
    FROM _placed GROUP BY {_KEYS} ORDER BY {_KEYS}"""
_BY_DESIL = f"""SELECT {_KEYS}, any_value(desil_maks) AS desil_maks,
    {
    ", ".join(
        f"coalesce(sum({column}) FILTER (d = {d}), 0)::DOUBLE AS {column}_{d}"
        for column in ("n", "terima", "rp", "memenuhi", "tempat", "tempat_min", "tempat_maks")
        for d in range(1, 11)
    )
},
    coalesce(sum(terima) FILTER (desil = 'luar'), 0)::DOUBLE AS luar,
    bool_and(satuan = unit) AS dengan_kuota
    FROM _placed GROUP BY {_KEYS} ORDER BY {_KEYS}"""
