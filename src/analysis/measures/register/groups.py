"""Errors by programme, set, area and group, in families and persons: set-based counts, then measures of all at once.

Desil is the register's own ranking: what is measured is agreement with it, not poverty. Programmes that do
not choose by desil (12 PAS, rumah singgah, Kampung Sosial) are not here.
"""

from analysis.engine import Engine
from analysis.measures.register.doubt import BOUNDS, link_bounds
from analysis.measures.register.measures import all_measures
from analysis.measures.register.units import ANY, build_cells
from analysis.policy import Policy
from analysis.settings import Run

_KEYS = "programme, satuan, dimensi, kelompok"


def build_groups(engine: Engine, policy: Policy, run: Run) -> list[str]:
    """Make out_targeting_group (counts), out_targeting_measure (errors, incidence, decomposition), out_link_bounds."""
    build_cells(engine, policy, run)
    _quota(engine)
    engine.table("out_targeting_group", _GROUP)
    bounds = link_bounds(engine)
    engine.register("out_targeting_measure", all_measures(engine.frame(_BY_DESIL), bounds))
    engine.register(
        "out_link_bounds",
        bounds[["programme", *BOUNDS]].fillna({"programme": ANY}).astype({"programme": "str"}),
    )
    engine.drop("_placed")
    return ["out_targeting_group", "out_targeting_measure", "out_link_bounds"]


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
# places are fractions: added in one order, whatever the threads, so that the same input gives the same bytes
_GROUP = f"""SELECT {_KEYS}, any_value(desil_maks) AS desil_maks, {_COUNTS},
    CAST(sum(memenuhi) FILTER (d <= desil_maks) AS BIGINT) AS sasaran_memenuhi,
    sum(tempat ORDER BY d) FILTER (d <= desil_maks) AS tempat_sasaran
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
