"""12 PAS: by week, group, source of funds, all from one system; sensitive groups merged."""

from datetime import date, timedelta

import pandas as pd

from analysis.engine import Engine
from analysis.policy import Policy
from analysis.release.counts import release_counts
from analysis.release.disclosure import Guarded, Key
from analysis.release.links import Link
from analysis.release.systems import System
from analysis.release.topics import Release, Step

TOPIC, UNIT, SENSITIVE = "pas12", "jiwa", "sensitif"


def release_pas12(engine: Engine, policy: Policy, release: Release) -> list[Step]:
    """Release the 12 PAS topic and its two headline figures."""
    counts = _counts(engine, policy)
    if counts.empty:
        return []
    areas = release_counts(
        engine, release, "out_pas12", TOPIC, UNIT, row="'wilayah'", area="kode_wilayah", n="orang",
        measure="orang", exact=True, links=(Link((TOPIC, release.city, "ringkas", "", "orang")),),
    )  # fmt: skip
    return [_release_visits(engine, policy, release, counts), areas]


def _release_visits(engine: Engine, policy: Policy, release: Release, counts: pd.DataFrame) -> Step:
    system, city = System(_atoms(counts)), release.city
    atoms = system.atoms
    weeks = pd.date_range(min(atoms["minggu"]), max(atoms["minggu"]), freq="7D").date
    groups = [*(g.kode for g in policy.rulebook.pas12 if not g.sensitif), SENSITIVE, "tanpa"]
    groups = [group for group in groups if (atoms["kelompok"] == group).any()]
    funds = sorted(atoms["sumber_dana"].unique())
    everyone = atoms["minggu"] == atoms["minggu"]
    system.count(_key(city, "ringkas", "", "orang"), UNIT, everyone, exact=True)
    system.count(_key(city, "ringkas", "", "orang_desil12"), UNIT, atoms["desil12"], whole=everyone)
    system.count(
        _key(city, "ringkas", "", "orang_registri"), UNIT, atoms["registri"], whole=everyone
    )
    for week in weeks:
        system.count(_key(city, "minggu", week, "orang"), UNIT, atoms["minggu"] == week)
        system.count(_key(city, "minggu", week, "orang_kumulatif"), UNIT, atoms["minggu"] <= week)
    for group in groups:
        system.count(_key(city, "kelompok", group, "orang"), UNIT, atoms["kelompok"] == group)
    for fund in funds:
        system.count(_key(city, "dana", fund, "orang"), UNIT, atoms["sumber_dana"] == fund)
    system.same(("program", city, TOPIC, "", "penerima"), everyone)
    release.announce(system)
    status = yield
    _release_weeks(release, status, counts, list(weeks))
    for group in groups:
        key = _key(city, "kelompok", group, "orang")
        release.count(key, UNIT, status[key])
    _release_funds(release, status, counts, funds)
    _release_summary(engine, release, status, counts, len(policy.rulebook.kelurahan()))


def _key(city: str, row: str, column: "str | date", measure: str) -> Key:
    return (TOPIC, city, row, str(column), measure)


def _counts(engine: Engine, policy: Policy) -> pd.DataFrame:
    counts = engine.frame("SELECT * FROM out_pas12 ORDER BY ALL")
    counts["tgl_peristiwa"] = pd.to_datetime(counts["tgl_peristiwa"]).dt.date
    counts["minggu"] = [day - timedelta(days=day.weekday()) for day in counts["tgl_peristiwa"]]
    guarded = {group.kode for group in policy.rulebook.pas12 if group.sensitif}
    known = {group.kode for group in policy.rulebook.pas12} | {"tanpa"}
    # A group the rules do not know may be anything: it goes with the sensitive ones.
    safe = known - guarded
    counts["kelompok"] = counts["kelompok"].where(counts["kelompok"].isin(safe), SENSITIVE)
    return counts


def _atoms(counts: pd.DataFrame) -> pd.DataFrame:
    """Every week × group × fund in three disjoint classes: priority desil, else register, else outside.

    Empty ones too: that nobody is there is not known outside.
    """
    axes = [pd.date_range(min(counts["minggu"]), max(counts["minggu"]), freq="7D").date]
    axes += [sorted(counts[name].unique()) for name in ("kelompok", "sumber_dana")]
    grid = pd.MultiIndex.from_product(axes, names=["minggu", "kelompok", "sumber_dana"])
    measures = ["orang", "orang_desil12", "orang_registri"]
    sums = counts.groupby(grid.names)[measures].sum().reindex(grid, fill_value=0).reset_index()
    classes = {
        (True, True): sums["orang_desil12"],
        (True, False): sums["orang_registri"] - sums["orang_desil12"],
        (False, False): sums["orang"] - sums["orang_registri"],
    }
    parts = [
        sums.assign(registri=register, desil12=priority, n=n)
        for (register, priority), n in classes.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _release_weeks(
    release: Release, status: dict[Key, Guarded], counts: pd.DataFrame, weeks: list[date]
) -> None:
    placed = counts[counts["kode_wilayah"] != "tanpa"]
    for week in weeks:
        for measure in ("orang", "orang_kumulatif"):
            key = _key(release.city, "minggu", week, measure)
            release.count(key, UNIT, status[key], tanggal=week)
        reached = placed.loc[placed["minggu"] <= week, "kode_wilayah"].nunique()
        key = _key(release.city, "minggu", week, "kelurahan_kumulatif")
        release.plain(key, "kelurahan", reached, tanggal=week)


def _release_funds(
    release: Release, status: dict[Key, Guarded], counts: pd.DataFrame, funds: list[str]
) -> None:
    for fund in funds:
        key = _key(release.city, "dana", fund, "orang")
        rupiah = float(counts.loc[counts["sumber_dana"] == fund, "manfaat_rp"].sum())
        release.count(key, UNIT, status[key])
        # An exact amount divided by the usual one would be the exact count.
        release.amount((*key[:4], "rupiah"), rupiah, status[key])


def _release_summary(
    engine: Engine,
    release: Release,
    status: dict[Key, Guarded],
    counts: pd.DataFrame,
    n_kelurahan: int,
) -> None:
    last = max(counts["tgl_peristiwa"])
    reached = counts.loc[counts["kode_wilayah"] != "tanpa", "kode_wilayah"].nunique()
    for measure in ("orang", "orang_desil12", "orang_registri"):
        key = _key(release.city, "ringkas", "", measure)
        release.count(key, UNIT, status[key], tanggal=last)
    release.plain(
        _key(release.city, "ringkas", "", "kelurahan"), "kelurahan", reached, tanggal=last
    )
    left = n_kelurahan - reached
    release.plain(
        _key(release.city, "ringkas", "", "kelurahan_belum"), "kelurahan", left, tanggal=last
    )
    twice = engine.one(
        "SELECT count(DISTINCT family_id) FROM out_duplicates WHERE programme = 'pas12'"
    )
    release.plain(_key(release.city, "ringkas", "", "dua_kali"), "keluarga", twice, tanggal=last)
    total = status[_key(release.city, "ringkas", "", "orang")]
    release.count(("utama", release.city, "pas12", "", "orang"), UNIT, total, tanggal=last)
    release.plain(
        ("utama", release.city, "pas12", "", "kelurahan"), "kelurahan", reached, tanggal=last
    )
