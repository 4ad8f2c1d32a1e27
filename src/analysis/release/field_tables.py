"""What a kelurahan or kecamatan is to look into: leads by kind, and families by programme."""

from analysis.engine import Engine
from analysis.policy import Policy
from analysis.release.counts import release_counts
from analysis.release.topics import Release

CASES, RECIPIENTS = "kasus", "penerima"
# A family may have several leads, so each kind is held against all families with one.
KINDS = ("is_ganda", "is_kombinasi", "is_di_atas_batas")


def release_field_tables(engine: Engine, policy: Policy, release: Release) -> None:
    """Release rilis_kasus (kind of lead × area) and rilis_penerima (programme × area, families)."""
    present = engine.names()
    # Families of programmes held against a desil stand in rilis_kelurahan and rilis_kecamatan.
    scored = "SELECT programme FROM out_targeting WHERE unit = 'keluarga'"
    scored = scored if "out_targeting" in present else "''"
    if "out_review" in present:
        flags = [name for name in engine.columns("out_review") if name.startswith("is_")]
        _release_cases(engine, release, sorted(flags, key=lambda flag: (*KINDS, flag).index(flag)))
    release_counts(
        engine,
        release,
        f"""(SELECT * FROM (SELECT unnest(string_split(programmes, '+')) AS programme, kode_wilayah
            FROM out_family_programmes WHERE n_programmes > 0) WHERE programme NOT IN ({scored}))""",
        RECIPIENTS,
        "keluarga",
        row="programme",
        area="kode_wilayah",
    )


def _release_cases(engine: Engine, release: Release, flags: list[str]) -> None:
    """`semua`: families with any lead; a row a kind. One system: kinds overlap, all are of `semua`."""
    engine.table(
        "_cases",
        f"""SELECT family_id, any_value(kode_wilayah) AS kode_wilayah,
            {", ".join(f"bool_or({flag}) AS {flag}" for flag in flags)}
        FROM out_review GROUP BY family_id""",
    )
    release_counts(
        engine,
        release,
        "(SELECT *, 'semua' AS jenis FROM _cases)",
        CASES,
        "keluarga",
        row="jenis",
        area="kode_wilayah",
    )
    for flag in flags:
        kind = flag.removeprefix("is_")
        release_counts(
            engine, release, f"(SELECT *, '{kind}' AS jenis FROM _cases WHERE {flag})", CASES, "keluarga",
            row="jenis", area="kode_wilayah",
        )  # fmt: skip
    engine.drop("_cases")
