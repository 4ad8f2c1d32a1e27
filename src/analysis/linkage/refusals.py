"""What gates of linkage say: which file is broken, by how much, and who may answer for it; never who stands in it."""

from analysis.engine import Engine
from analysis.errors import LinkageGateError
from analysis.notation import number, percent
from analysis.policy import Linkage, Rulebook

# the gates, as `selaras except` names them
SIZES, ISLAND, JUMP, NUMBERS, SELDOM = "gugus", "terpisah", "lonjakan", "nomor", "jarang"


def refuse_numberless(engine: Engine, rulebook: Rulebook) -> None:
    """A file of which fewer rows bear a number than lists of its role do has lost a column; a layout without numbers has none to lose."""
    gate = rulebook.linkage.gerbang
    numbers = {"nik", "no_kk"}
    bare = {layout.kode for layout in rulebook.layouts.values() if not numbers & set(layout.kolom)}
    found = engine.rows(
        f"""SELECT source, peran, berkas, count(*), avg(CAST(coalesce(nik, nik15, no_kk) IS NOT NULL AS DOUBLE)) FROM core_records
        WHERE berkas NOT IN {_excused(engine, NUMBERS)} GROUP BY ALL HAVING count(*) >= {gate.baris_minimum} ORDER BY ALL"""
    )
    for source, role, file, count, share in found:
        least = gate.jenis[role].bernomor_minimum if role in gate.jenis else 0
        if source not in bare and share < least:
            raise LinkageGateError(
                "list_without_numbers", file=file, share=percent(share), count=number(count), limit=percent(least, 0)
            )  # fmt: skip


def refuse_sizes(engine: Engine, rules: Linkage, members: str, total: int) -> None:
    """Raises LinkageGateError for one giant cluster, or too large a share of `total` rows in implausible ones.

    Reads `_sizes` (cluster, n_rows, n_lists); `members`: query (record_id, cluster).
    """
    gate = rules.gerbang
    if giant := _blamed(engine, members, f"n_rows > {gate.gugus_besar}"):
        file, _, size = giant[0]
        raise LinkageGateError(
            "cluster_too_large", file=file, size=number(size), limit=number(gate.gugus_besar)
        )
    broken = _blamed(engine, members, f"n_rows > greatest({gate.kali_daftar} * n_lists, 9)")
    share = sum(n for _, n, _ in broken) / max(total, 1)
    if share > gate.bagian_gugus:
        raise LinkageGateError(
            "clusters_implausible", file=broken[0][0], share=percent(share), limit=percent(gate.bagian_gugus)
        )  # fmt: skip


def _blamed(engine: Engine, members: str, too_large: str) -> list[tuple[str, int, int]]:
    """Files with rows and largest size of the clusters that are too large, most rows first.

    Each cluster is laid at the file with most of it; files somebody answers for are left out.
    """
    if not engine.one(f"SELECT count(*) FROM _sizes WHERE {too_large}"):
        return []
    return engine.rows(
        f"""WITH parts AS (
            SELECT cluster, berkas, count(*) AS n, min(n_rows) AS n_rows FROM ({members}) JOIN _sizes USING (cluster)
            JOIN core_records USING (record_id) WHERE {too_large} GROUP BY cluster, berkas),
        laid AS (SELECT arg_max(berkas, (n, berkas)) AS berkas, min(n_rows) AS n_rows FROM parts GROUP BY cluster)
        SELECT berkas, CAST(sum(n_rows) AS BIGINT), CAST(max(n_rows) AS BIGINT) FROM laid
        GROUP BY berkas HAVING berkas NOT IN {_excused(engine, SIZES)} ORDER BY 2 DESC, 1"""
    )


def refuse_islands(engine: Engine, linked: dict[str, tuple[int, int]], rules: Linkage) -> None:
    """A list (rows, rows linked) of which nobody stands in any other list has lost its keys, where there are other lists."""
    large = [source for source, (n, _) in linked.items() if n >= rules.gerbang.baris_minimum]
    for source in sorted(source for source in large if not linked[source][1] and len(large) > 1):
        if file := _file_of(engine, source, ISLAND):
            raise LinkageGateError("list_links_to_nothing", file=file, count=number(linked[source][0]))  # fmt: skip


def refuse_seldom(engine: Engine, linked: dict[str, tuple[int, int]], rules: Linkage) -> None:
    """A list (rows, rows linked) that meets others far more seldom than lists of its role do, where the register lies beside it; one that meets nobody is an island."""
    role_of = dict(engine.rows("SELECT DISTINCT source, peran FROM core_records ORDER BY source"))
    if "registri_individu" not in role_of.values():
        return
    gate = rules.gerbang
    for source, (n, met) in sorted(linked.items()):
        shows = gate.jenis.get(role_of.get(source))
        if n < gate.baris_minimum or not shows or not 0 < met < n * shows.bertemu_minimum:
            continue
        if file := _file_of(engine, source, SELDOM):
            raise LinkageGateError(
                "list_links_too_seldom", file=file, share=percent(met / n), count=number(n), limit=percent(shows.bertemu_minimum, 0)
            )  # fmt: skip


def refuse_jumps(
    engine: Engine, now: dict[str, tuple[int, float]], before: dict[str, tuple[int, float]], rules: Linkage
) -> None:  # fmt: skip
    """A list whose match rate (rows, rate) jumped since the earlier period."""
    for source in sorted(now.keys() & before.keys()):
        (n, share), (m, old) = now[source], before[source]
        if min(n, m) < rules.gerbang.baris_minimum or abs(share - old) <= rules.gerbang.lonjakan:
            continue
        if file := _file_of(engine, source, JUMP):
            raise LinkageGateError("match_rate_jumped", file=file, now=percent(share, 0), before=percent(old, 0))  # fmt: skip


def _file_of(engine: Engine, source: str, gate: str) -> str | None:
    """The largest file of a list; None where somebody answers for one of its files."""
    files = engine.rows(
        f"""SELECT berkas, berkas IN {_excused(engine, gate)} FROM core_records WHERE source = $source
        GROUP BY berkas ORDER BY count(*) DESC, berkas""",
        source=source,
    )
    return None if any(excused for _, excused in files) else files[0][0]


def _excused(engine: Engine, gate: str) -> str:
    """Query: files for which somebody answers at a gate."""
    if "linkage_exceptions" not in engine.names():
        return "(SELECT '' WHERE false)"
    return f"(SELECT berkas FROM linkage_exceptions WHERE gerbang = '{gate}')"
