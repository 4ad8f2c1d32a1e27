"""The peer of targeting_speed.py: out_targeting_measure as an analyst makes it, by pandas merge and groupby-apply.

It knows nothing of Selaras but the rules (programmes, sets, conditions, classes), given as JSON: a second, independent
way to the same figures. The benchmark stops where the two differ.
"""

import math
from itertools import pairwise

import numpy as np
import pandas as pd

DIMENSIONS = ("kota", "kecamatan", "kelurahan", "kepala", "disabilitas", "umur", "ukuran")
KEYS = ["programme", "satuan", "dimensi", "kelompok", "ukuran"]
INCIDENCE = ("insidensi_penerima", "insidensi_manfaat")
COLUMNS = ["d", "terima", "rp", "luar", "layak"]


def measures(core, rules: dict) -> pd.DataFrame:
    """KEYS, nilai, bawah, atas from the Parquet files below `core`."""
    families, persons = units(core, rules)
    enrolments = pd.read_parquet(core / "core_enrolments.parquet", columns=[
        "programme", "unit", "unit_id", "family_id", "manfaat_rp"])  # fmt: skip
    bounds = linkage_bounds(core, set(enrolments["programme"]))
    found = []
    for programme, rule in rules["programmes"].items():
        held = enrolments[enrolments["programme"].isin(rule["members"])]
        limits = bounds.get(programme if rule["unit"] else None)
        for unit, table in (("keluarga", families), ("jiwa", persons)):
            told = with_receipt(table, held, unit, persons)
            told["layak"] = True
            if rule["conditions"] and rule["unit"] == unit:
                told["layak"] = meets(persons, table, unit, rule["conditions"])
            cut = city_cut(told) if rule["unit"] == unit else None
            for dimension in DIMENSIONS:
                among = told[told[dimension] != ""]
                if among.empty:
                    continue
                parts = among.groupby(dimension)[COLUMNS].apply(errors, rule["desil"], limits, cut)
                parts = parts.reset_index(names=["kelompok", "ukuran"])
                for name in INCIDENCE:
                    among = parts["ukuran"] == name
                    parts.loc[among, "nilai"] = share_of(
                        parts["nilai"][among], parts["nilai"][among].sum()
                    )
                found.append(parts.assign(programme=programme, satuan=unit, dimensi=dimension))
    table = pd.concat(found, ignore_index=True)
    return table[[*KEYS, "nilai", "bawah", "atas"]]


def errors(part: pd.DataFrame, last: int, limits, cut) -> pd.DataFrame:
    """Every measure of one group from its rows, a row each; of incidence the sums alone."""
    known = part["d"].notna()
    target = part["d"] <= last
    served, rp = part["terima"], part["rp"]
    hits, wrong = int((served & target).sum()), int((served & known & ~target).sum())
    missed, rest = int((~served & target).sum()), int((~served & known & ~target).sum())
    out = {}
    corners = [shares(hits, missed, wrong, rest)]
    if limits is not None:
        outside = int(part["luar"].sum())
        for recall in limits[:2]:
            for precision in limits[2:]:
                moved = moved_counts(hits, missed, wrong, rest, outside, recall, precision)
                corners.append(shares(*moved))
    for name, value in corners[0].items():
        around = [corner[name] for corner in corners]
        settled = limits is None or not all(math.isfinite(v) for v in around)
        out[name] = (value, math.nan, math.nan) if settled else (value, min(around), max(around))
    paid, to_target = rp[known].sum(), rp[target].sum()
    people = int(known.sum())
    for name, value in (
        ("bocor_rp", share_of(paid - to_target, paid)),
        ("cgh", share_of(share_of(to_target, paid), share_of(hits + missed, people))),
        ("konsentrasi", concentration(part["d"][known], rp[known])),
        *zip(INCIDENCE, (hits + wrong, paid), strict=True),
    ):
        out[name] = (value, math.nan, math.nan)
    if cut is not None:
        out |= terms(part, last, hits, hits + missed, cut)
    return pd.DataFrame.from_dict(out, orient="index", columns=["nilai", "bawah", "atas"])


def shares(hits: float, missed: float, wrong: float, rest: float) -> dict[str, float]:
    """The errors that are shares of counts."""
    found = {
        "cakupan_sasaran": share_of(hits, hits + missed), "salah_eksklusi": share_of(missed, hits + missed),
        "salah_inklusi": share_of(wrong, hits + wrong), "terima_nonsasaran": share_of(wrong, wrong + rest),
        "salah_total": share_of(missed + wrong, hits + missed + wrong + rest),
        "cakupan": share_of(hits + wrong, hits + missed + wrong + rest),
    }  # fmt: skip
    return found | {"selisih_sasaran": found["cakupan_sasaran"] - found["terima_nonsasaran"]}


def share_of(part, whole):
    """part ÷ whole, NaN of nothing."""
    return part / whole if whole > 0 else part * math.nan


def moved_counts(hits, missed, wrong, rest, outside, recall, precision):
    """Counts as far as links may be wrong."""
    found, target, others = hits + wrong, hits + missed, wrong + rest
    share = target / max(target + others, 1)
    kept = max(recall, found / max(found + outside, 1), 1e-9)
    true_hits = min(max((hits - (1 - precision) * found * share) / kept, 0), target)
    true_wrong = min(max((wrong - (1 - precision) * found * (1 - share)) / kept, 0), others)
    return true_hits, target - true_hits, true_wrong, others - true_wrong


def concentration(desil: pd.Series, rp: pd.Series) -> float:
    """2 Σ rupiah × mid-rank of the desil ÷ rupiah − 1."""
    total = rp.sum()
    if total <= 0:
        return math.nan
    middle = (desil.rank(method="average") - 0.5) / len(desil)
    return float(2 * (rp * middle).sum() / total - 1)


def city_cut(told: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Eligible units and places of each desil when the roster's places go down the desils of the whole city."""
    eligible = (
        told[told["layak"] & told["d"].notna()]["d"]
        .value_counts()
        .reindex(range(1, 11), fill_value=0)
    )
    ahead = eligible.cumsum() - eligible
    return eligible, (told["terima"].sum() - ahead).clip(0, eligible)


def terms(part: pd.DataFrame, last: int, hits: int, target: int, cut) -> dict:
    """Conditions, quota and implementation, with the least and the most that the order of the tied allows."""
    if target == 0:
        return {}
    everywhere, places = cut
    own = (
        part["d"][part["layak"] & (part["d"] <= last)]
        .value_counts()
        .reindex(range(1, last + 1), fill_value=0)
    )
    whole, at = everywhere.loc[1:last], places.loc[1:last]
    expected = float((own * (at / whole.where(whole > 0, 1))).sum())
    least = float((at - (whole - own)).clip(lower=0).sum())
    most = float(np.minimum(at, own).sum())
    out = {"suku_syarat": ((target - own.sum()) / target, math.nan, math.nan)}
    for name, ends in (
        ("suku_kuota", (own.sum() - expected, own.sum() - most, own.sum() - least)),
        ("suku_pelaksanaan", (expected - hits, least - hits, most - hits)),
    ):
        settled = np.isclose(ends[1], ends[2])
        out[name] = tuple(
            math.nan if settled and place else end / target for place, end in enumerate(ends)
        )
    return out


def with_receipt(
    table: pd.DataFrame, held: pd.DataFrame, unit: str, persons: pd.DataFrame
) -> pd.DataFrame:
    """The units with receipt and rupiah: a family's is shared by its members, a person's is the family's too."""
    if unit == "keluarga":
        rupiah = held.groupby("family_id")["manfaat_rp"].sum()
        got = table["family_id"].map(rupiah)
    else:
        of_family = held[held["unit"] == "keluarga"].groupby("family_id")["manfaat_rp"].sum()
        of_person = held[held["unit"] == "jiwa"].groupby("unit_id")["manfaat_rp"].sum()
        shared, own = (
            table["family_id"].map(of_family) / table["n_anggota"],
            table["person_id"].map(of_person),
        )
        got = shared.where(own.isna(), shared.fillna(0) + own)
    told = table.assign(terima=got.notna(), rp=got.fillna(0.0))
    return told.assign(luar=told["terima"] & ~told["is_registri"])


def meets(persons: pd.DataFrame, table: pd.DataFrame, unit: str, conditions: dict) -> pd.Series:
    """Who meets a programme's visible conditions."""
    able = pd.Series(False, index=persons.index)
    for first, last in conditions["umur"]:
        able |= persons["tahun"].between(first, last)
    if conditions["disabilitas"]:
        able |= persons["cacat"]
    return able if unit == "jiwa" else table["family_id"].isin(persons.loc[able, "family_id"])


def units(core, rules: dict) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Families and persons with their groups."""
    families = pd.read_parquet(core / "core_families.parquet", columns=[
        "family_id", "is_registri", "kode_wilayah", "desil", "n_anggota"])  # fmt: skip
    persons = pd.read_parquet(core / "core_persons.parquet", columns=[
        "person_id", "family_id", "is_registri", "jenis_kelamin", "tgl_lahir", "kode_wilayah"])  # fmt: skip
    marks = said_of_persons(core, rules)
    persons["kepala_keluarga"] = persons["person_id"].isin(marks[0])
    persons["cacat"] = persons["person_id"].isin(marks[1])
    persons["bukan"] = persons["person_id"].isin(marks[2]) & ~persons["cacat"]
    persons["tahun"] = age(persons["tgl_lahir"], pd.Timestamp(rules["tanggal"]))
    areas = rules["areas"]
    families["kelurahan"] = families["kode_wilayah"].where(families["kode_wilayah"].isin(areas))
    families["d"] = families["desil"].where(families["is_registri"])
    families["ukuran"] = classes(families["n_anggota"], rules["ukuran"])
    heads = persons[persons["kepala_keluarga"]].groupby("family_id")["jenis_kelamin"].min()
    families["kepala"] = (
        families["family_id"]
        .map(heads)
        .map({"L": "laki-laki", "P": "perempuan"})
        .fillna("tidak tercatat")
    )
    members = persons.groupby("family_id")[["cacat", "bukan"]].agg({"cacat": "any", "bukan": "all"})
    members = members.reindex(families["family_id"], fill_value=False)
    families["disabilitas"] = told_disability(
        members["cacat"].to_numpy(), members["bukan"].to_numpy()
    )
    families["umur"] = ""
    persons = persons.merge(
        families[["family_id", "desil", "n_anggota", "ukuran", "kepala", "kelurahan"]],
        on="family_id",
    )
    persons["kelurahan"] = persons["kode_wilayah"].where(
        persons["kode_wilayah"].isin(areas), persons["kelurahan"]
    )
    persons["d"] = persons["desil"].where(persons["is_registri"])
    persons["umur"] = classes(persons["tahun"], rules["umur"])
    persons["disabilitas"] = told_disability(persons["cacat"], persons["bukan"])
    for table in (families, persons):
        table["kecamatan"] = table["kelurahan"].str[:8].fillna("tanpa")
        table["kelurahan"] = table["kelurahan"].fillna("tanpa")
        table["kota"] = rules["kota"]
    return families, persons


def said_of_persons(core, rules: dict) -> tuple[set, ...]:
    """Persons some list calls head of a family, disabled, and not disabled."""
    records = pd.read_parquet(core / "core_records.parquet", columns=[
        "record_id", "peran", "hubungan_keluarga", "kelompok", "komponen", "disabilitas"])  # fmt: skip
    links = pd.read_parquet(core / "core_links.parquet", columns=["record_id", "person_id"])
    told = records[["kelompok", "komponen", "disabilitas"]].notna().any(axis=1)
    told = records[told | records["hubungan_keluarga"].eq("kepala")].merge(links, on="record_id")
    component = (
        told["komponen"].str.upper().str.contains(rules["komponen"], regex=False).fillna(False)
    )
    disabled = (
        told["kelompok"].isin(rules["kelompok"])
        | (component & told["peran"].ne("registri_keluarga"))
        | told["disabilitas"].eq("ya")
    )
    tests = (told["hubungan_keluarga"].eq("kepala"), disabled, told["disabilitas"].eq("tidak"))
    return tuple(set(told.loc[test, "person_id"]) for test in tests)


def told_disability(yes, no) -> np.ndarray:
    """'ya', 'tidak', or that no list says."""
    return np.select([yes, no], ["ya", "tidak"], "tidak tercatat")


def age(born: pd.Series, day: pd.Timestamp) -> pd.Series:
    """Whole years on the day."""
    dates = pd.to_datetime(born)
    later = (dates.dt.month > day.month) | (
        (dates.dt.month == day.month) & (dates.dt.day > day.day)
    )
    return day.year - dates.dt.year - later.astype(int)


def classes(values: pd.Series, starts: list[int]) -> pd.Series:
    """'0–5', '6–17', …, '60+'."""
    spans = [str(a) if a == b - 1 else f"{a}–{b - 1}" for a, b in pairwise(starts)]
    names = [*spans, f"{starts[-1]}+"]
    cut = pd.cut(values, [*starts, 10**6], right=False, labels=names)
    return cut.astype(object).fillna("tidak tercatat")


def linkage_bounds(core, programmes: set) -> dict:
    """programme → (least and greatest recall, least and greatest precision); None → of all lists together."""
    table = pd.read_parquet(core / "core_linkage_error.parquet")
    first, second = (table[name].str.startswith("dtsen") for name in ("source_a", "source_b"))
    table = table[(first != second) & table["recall"].notna() & table["precision"].notna()].copy()
    table["programme"] = table["source_b"].where(
        table["source_a"].str.startswith("dtsen"), table["source_a"]
    )
    for name in ("recall", "precision"):
        for end in ("low", "high"):
            table[f"{name}_{end}"] = table[f"{name}_{end}"].fillna(table[name])
    ends = {
        "recall_low": "min",
        "recall_high": "max",
        "precision_low": "min",
        "precision_high": "max",
    }
    found = {row.Index: tuple(row)[1:] for row in table.groupby("programme").agg(ends).itertuples()}
    lists = table[table["programme"].isin(programmes) & (table["n_common"] > 0)]
    if len(lists):
        found[None] = tuple(np.average(lists[name], weights=lists["n_common"]) for name in ends)
    return found
