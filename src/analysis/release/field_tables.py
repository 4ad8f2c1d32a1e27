"""What a kelurahan or kecamatan is to look into: leads by kind, and families by programme."""

from analysis.engine import Engine
from analysis.policy import Policy
from analysis.release.counts import release_counts
from analysis.release.links import Link
from analysis.release.steps import together
from analysis.release.topics import Release, Step

CASES, RECIPIENTS = "kasus", "penerima"
# A family may have several leads, so each kind is held against all families with one.
KINDS = ("is_ganda", "is_kombinasi", "is_di_atas_batas")


def release_field_tables(engine: Engine, policy: Policy, release: Release) -> Step:
    """Release rilis_kasus (kind of lead × area) and rilis_penerima (programme × area, families)."""
    present = engine.names()
    # Families of programmes held against a desil stand in rilis_kelurahan and rilis_kecamatan.
    scored = "SELECT programme FROM out_targeting WHERE unit = 'keluarga'"
    scored = scored if "out_targeting" in present else "''"
    steps = []
    if "out_review" in present:
        flags = [name for name in engine.columns("out_review") if name.startswith("is_")]
        flags.sort(key=lambda flag: (*KINDS, flag).index(flag))
        steps = _release_cases(engine, release, flags)
    # Persons of these stand exact by kelurahan: families beside them would be nearly as exact.
    public = [f"'{rule.topik}'" for rule in policy.rulebook.disclosure.pengecualian]
    held = f"""(SELECT * FROM (SELECT unnest(string_split(programmes, '+')) AS programme, kode_wilayah
        FROM out_family_programmes WHERE n_programmes > 0)
        WHERE programme NOT IN ({", ".join(["''", *public])}) AND programme NOT IN ({scored}))"""
    same = Link(("program", release.city, "{row}", "", "penerima"))
    steps.append(
        release_counts(
            engine,
            release,
            held,
            RECIPIENTS,
            "keluarga",
            row="programme",
            area="kode_wilayah",
            links=(same,),
        )
    )
    return together(steps)


def _release_cases(engine: Engine, release: Release, flags: list[str]) -> list[Step]:
    """`semua`: families with any lead; a row a kind. One system: kinds overlap, all are of `semua`."""
    engine.table(
        "_cases",
        f"""SELECT family_id, any_value(kode_wilayah) AS kode_wilayah,
            {", ".join(f"bool_or({flag}) AS {flag}" for flag in flags)}
        FROM out_review GROUP BY family_id""",
    )
    marks = " || ".join(f"CAST({flag}::INT AS VARCHAR)" for flag in flags)
    kinds = [flag.removeprefix("is_") for flag in flags]
    links = tuple(
        Link(
            (CASES, "{area}", kind, "", "keluarga"),
            lambda atoms, at=at: atoms["pisah"].str[at] == "1",
        )
        for at, kind in enumerate(kinds)
    )
    every = Link(("utama", release.city, "telaah", "", "keluarga"))
    common = {"row": "jenis", "area": "kode_wilayah"}
    steps = [
        release_counts(
            engine, release, "(SELECT *, 'semua' AS jenis FROM _cases)", CASES, "keluarga",
            split=marks, links=(every, *links), **common,
        )
    ]  # fmt: skip
    for flag, kind in zip(flags, kinds, strict=True):
        held = f"(SELECT *, '{kind}' AS jenis FROM _cases WHERE {flag})"
        steps.append(release_counts(engine, release, held, CASES, "keluarga", **common))
    return steps
