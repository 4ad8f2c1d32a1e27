"""Eight made-up rosters of any size with truth, as cleaned records: linkage at a million rows and more.

After linkage.md §2, apart from the sample city's own generator: families, twins, heaped birth dates,
old spellings, lost and doubled letters, dropped words; NIK empty, mistyped, the head's, a made-up
serial, or rounded by Excel in whole lists of a kecamatan. Same size and seed, same rows.

`alike` is the share of twins that are like most real ones: of one sex, named alike (Hasan and Husen), and their NIK
with serials that follow each other.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

LISTS = {"dtsen_individu": 0.40, "pbi_jk": 0.21, "sembako": 0.10, "daerah": 0.09, "pkh": 0.075, "pip": 0.055,
         "bltdd": 0.04, "lansia": 0.02}  # fmt: skip
_SYLLABLES = ["A", "AN", "AR", "BU", "CE", "DA", "DE", "DI", "EN", "FA", "GU", "HA", "HER", "I", "IN", "JA", "KA", "KUR",
    "LA", "LI", "MA", "MI", "MU", "NA", "NI", "NUR", "PUR", "RA", "RI", "RO", "SA", "SE", "SI", "SU", "TA", "TI", "TU",
    "U", "WA", "WI", "YA", "YU"]  # fmt: skip


def rosters(rows: int, seed: int = 1, alike: float = 0.0) -> pd.DataFrame:
    """core_records' identifying columns, `truth` (person number) and `twin` (that of the twin, or -1) for about `rows` rows."""
    rng = np.random.default_rng(seed)
    people = _twinned(_people(int(rows * 0.52), rng), alike, np.random.default_rng(seed))
    parts = [
        _listed(people, source, share * rows, rng, place)
        for place, (source, share) in enumerate(LISTS.items())
    ]
    found = pd.concat(parts, ignore_index=True)
    found["record_id"] = found["source"] + ":" + found.index.astype(str).str.zfill(9)
    return found


def _words(count: int, rng: np.random.Generator) -> np.ndarray:
    lengths = rng.integers(2, 4, count)
    pieces = np.array(_SYLLABLES, dtype=object)[rng.integers(0, len(_SYLLABLES), (count, 3))]
    return np.unique(np.where(lengths == 2, pieces[:, 0] + pieces[:, 1], pieces.sum(axis=1)))


def _people(count: int, rng: np.random.Generator) -> pd.DataFrame:
    family = np.sort(rng.integers(0, int(count / 3.1), count))
    head = np.r_[True, family[1:] != family[:-1]]
    words = rng.permutation(_words(9000, rng))
    weights = 1 / np.arange(10, len(words) + 10)
    draw = lambda: words[rng.choice(len(words), count, p=weights / weights.sum())]  # noqa: E731
    first, last, third = draw(), draw(), draw()
    shared = rng.random(count) < 0.25
    last = np.where(shared, last[np.maximum.accumulate(np.where(head, np.arange(count), 0))], last)
    dice = rng.random(count)
    name = np.where(dice < 0.08, first, first + " " + last)
    name = np.where(dice > 0.8, name + " " + third, name)
    born = pd.Timestamp("1940-01-01") + pd.to_timedelta(rng.integers(0, 30_600, count), unit="D")
    born = pd.Series(born)
    heap = rng.random(count) < 0.05
    born = born.where(~heap, pd.to_datetime(born.dt.year.astype(str) + "-01-01"))
    twin = np.flatnonzero((rng.random(count) < 0.006) & ~head & np.r_[False, ~head[:-1]])
    born.iloc[twin] = born.iloc[twin - 1].to_numpy()
    female = rng.random(count) < 0.5
    kecamatan = rng.integers(1, 1 + max(count // 50_000, 3), family.max() + 1)
    kelurahan, rt, rw = (rng.integers(1, n, family.max() + 1) for n in (6, 12, 10))
    prefix = pd.Series(3272 * 100 + kecamatan % 90 + 1).astype(str).to_numpy()
    home = pd.DataFrame({"kec": kecamatan, "kel": kelurahan, "rt": rt, "rw": rw})
    home["kk"] = (
        pd.Series(prefix)
        + "010115"
        + pd.Series(rng.integers(0, 10_000, len(home))).astype(str).str.zfill(4)
    )
    people = home.iloc[family].reset_index(drop=True)
    day = (born.dt.day + 40 * female).astype(str).str.zfill(2) + born.dt.strftime("%m%y")
    serial = pd.Series(rng.integers(9000, 10_000, count)).astype(str)
    people["nik"] = pd.Series(prefix[family]) + day + serial
    people["nama"], people["born"], people["sex"] = name, born, np.where(female, "P", "L")
    people["head_nik"] = people["nik"].to_numpy()[
        np.maximum.accumulate(np.where(head, np.arange(count), 0))
    ]
    people["truth"] = np.arange(count)
    people["twin"] = -1
    people.loc[twin, "twin"] = twin - 1
    return people


def _twinned(people: pd.DataFrame, alike: float, rng: np.random.Generator) -> pd.DataFrame:
    """A share `alike` of twins named and numbered alike, where both live in one house."""
    home = people["kk"].to_numpy()
    twins = np.flatnonzero(people["twin"] >= 0)
    twins = twins[(home[twins] == home[twins - 1]) & (rng.random(len(twins)) < alike)]
    for second in twins:
        first, serial = people.loc[second - 1], int(people.at[second - 1, "nik"][12:])
        people.loc[second, ["sex", "nik", "nama"]] = (
            first["sex"], first["nik"][:12] + str(serial + (1 if serial < 9999 else -1)), _other_vowel(first["nama"], rng)
        )  # fmt: skip
    return people


def _other_vowel(name: str, rng: np.random.Generator) -> str:
    """The name with one or two vowels of its first word changed."""
    word, *rest = name.split(" ")
    letters = list(word)
    vowels = [at for at, letter in enumerate(letters) if letter in "AIUEO"]
    for at in rng.choice(vowels, min(int(rng.integers(1, 3)), len(vowels)), replace=False):
        letters[at] = rng.choice([v for v in "AIUEO" if v != letters[at]])
    return " ".join(["".join(letters), *rest])


def _listed(
    people: pd.DataFrame, source: str, rows: float, rng: np.random.Generator, place: int
) -> pd.DataFrame:
    size = int(min(rows, len(people)))
    # the lists pick the same people more often than chance: needs cluster
    need = rng.random(len(people)) * (1 + (people["truth"] % 97 < 30))
    chosen = people.iloc[np.sort(np.argsort(-need, kind="stable")[:size])]
    again = chosen.iloc[np.sort(rng.choice(size, size // 60, replace=False))]
    rows_ = pd.concat([chosen, again], ignore_index=True)
    return _soiled(rows_, source, rng, place, register=place == 0)


def _soiled(
    rows: pd.DataFrame, source: str, rng: np.random.Generator, place: int, register: bool
) -> pd.DataFrame:
    n, scale = len(rows), 0.1 if register else 1.0
    hit = lambda rate: rng.random(n) < rate * scale  # noqa: E731
    nik = rows["nik"].copy()
    nik = nik.where(~hit(0.008), rows["head_nik"])
    wrong = hit(0.018)
    at = rng.integers(6, 15, n)
    mistyped = [
        t[:k] + str((int(t[k]) + 3) % 10) + t[k + 1 :]
        for t, k in zip(nik[wrong], at[wrong], strict=True)
    ]
    nik[wrong] = mistyped
    excel = (rows["kec"] % 9 == place % 9) & (place in (1, 2, 4))
    nik15 = nik.str[:15]
    nik = nik.where(~excel, None)
    lost = hit(0.075)
    nik, nik15 = nik.where(~lost, None), nik15.where(~lost, None)
    name = rows["nama"].to_numpy(dtype=object).copy()
    changed = np.flatnonzero(hit(0.12))
    name[changed] = [
        _changed(t, k, d)
        for t, k, d in zip(
            name[changed], rng.integers(0, 5, len(changed)), rng.random(len(changed)), strict=True
        )
    ]
    born = rows["born"].where(~hit(0.066), pd.NaT)
    slip = hit(0.01)
    born = born.where(~slip, born + pd.to_timedelta(rng.integers(1, 9, n), unit="D"))
    moved = hit(0.08)
    kel = np.where(moved, rng.integers(1, 6, n), rows["kel"])
    kk = (
        rows["kk"]
        .where(~hit(0.16), None)
        .where(~hit(0.03), "3272019901019" + rows["truth"].astype(str).str[-3:].str.zfill(3))
    )
    area = (
        "32.72."
        + pd.Series(rows["kec"] % 90 + 1).astype(str).str.zfill(2)
        + ".1"
        + pd.Series(kel).astype(str).str.zfill(3)
    )
    return pd.DataFrame({
        "source": source, "peran": "registri_individu" if register else "penerima", "nik": nik, "nik15": nik15, "nik_sisa": None,
        "no_kk": kk, "nama": name, "tgl_lahir": born.dt.date, "tgl_lahir_presisi": np.where(born.isna(), None, "hari"),
        "jenis_kelamin": rows["sex"].where(~hit(0.1), None), "kode_wilayah": area,
        "rt": rows["rt"].astype(str).str.zfill(3), "rw": rows["rw"].astype(str).str.zfill(3), "truth": rows["truth"], "twin": rows["twin"],
        "berkas": source + ".csv", "lembar": "csv", "baris": np.arange(n),
    })  # fmt: skip


def _changed(name: str, kind: int, dice: float) -> str:
    words, at = name.split(" "), 1 + int(dice * max(len(name) - 2, 1))
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at - 1] + name[at:]
    if kind == 2 and len(words) > 1:
        return " ".join(words[:-1])
    if kind == 3 and len(words) > 1:
        return f"{words[0]} {words[-1][0]}"
    return name[: at - 1] + name[at : at + 1] + name[at - 1 : at] + name[at + 1 :]


def main(rows: int, target: str, seed: int = 1) -> None:
    table = rosters(rows, seed)
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    table.to_parquet(target, index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], *(int(seed) for seed in sys.argv[3:]))
