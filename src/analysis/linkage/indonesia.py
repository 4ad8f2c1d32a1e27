"""Profile "id": how persons of Indonesian rosters are compared and which rows meet.

KK and address are one comparison, because they move together; a NIK holds the birth date, so its
evidence is weighed apart from the rest (labelled.py).
"""

from analysis.linkage.comparisons import Comparison
from analysis.linkage.keys import given

_EDITS = "levenshtein(l.sound, r.sound)"
_LONGEST = "greatest(length(l.sound), length(r.sound))"
_PART = """(starts_with(l.sound, r.sound || ' ') OR starts_with(r.sound, l.sound || ' ')
    OR ends_with(l.sound, ' ' || r.sound) OR ends_with(r.sound, ' ' || l.sound))"""
_TURNED = "(l.first = r.last AND l.last = r.first)"
_INITIAL = """(l.first = r.first AND (length(l.last) = 1 OR length(r.last) = 1)
    AND left(l.last, 1) = left(r.last, 1))"""
_CARD = "(l.no_kk = r.no_kk OR l.kk2 = r.no_kk OR l.no_kk = r.kk2)"
_AREA = "(l.area = r.area OR l.area2 = r.area OR l.area = r.area2)"
_DOOR = f"({_AREA} AND l.rt = r.rt AND l.rw = r.rw)"
_SILENT = "(l.no_kk IS NULL OR r.no_kk IS NULL)"
_DAY_TURNED = "(l.day[1:4] = r.day[1:4] AND l.day[5:6] = r.day[7:8] AND l.day[7:8] = r.day[5:6])"
_DAY_EDITS = "levenshtein(l.day, r.day)"

NAMA = Comparison(
    "nama",
    "(l.sound IS NULL OR r.sound IS NULL)",
    (
        "l.sound = r.sound",
        f"({_PART} OR {_TURNED})",
        f"(length(l.sound) > 4 AND abs(length(l.sound) - length(r.sound)) <= 1 AND {_EDITS} <= 1)",
        f"({_INITIAL} OR {_EDITS} * 5 <= {_LONGEST})",
        "(l.first = r.first OR l.last = r.last OR l.first = r.last OR l.last = r.first)",
        f"{_EDITS} * 5 <= {_LONGEST} * 2",
    ),
    "sound_f",
)
LAHIR = Comparison(
    "lahir",
    "(l.year IS NULL OR r.year IS NULL)",
    (
        "l.born = r.born",
        f"({_DAY_TURNED} OR {_DAY_EDITS} <= 1)",
        f"{_DAY_EDITS} <= 2",
        "(l.year = r.year OR l.day[5:8] = r.day[5:8])",
    ),
    "born_f",
)
RUMAH = Comparison(
    "rumah",
    f"({_SILENT} AND (l.area IS NULL OR r.area IS NULL))",
    (
        f"({_CARD} AND {_AREA})",
        _CARD,
        f"({_SILENT} AND {_DOOR})",
        f"({_SILENT} AND {_AREA})",
        _SILENT,
        _DOOR,
        _AREA,
    ),
)
KELAMIN = Comparison("kelamin", "(l.sex IS NULL OR r.sex IS NULL)", ("l.sex = r.sex",))
DAFTAR = Comparison(
    "daftar", "false", ("l.lists & r.lists = 0", "NOT (l.in_register AND r.in_register)")
)
NIK = Comparison(
    "nik",
    "(l.nik15 IS NULL OR r.nik15 IS NULL)",
    (
        "l.nik = r.nik",
        "(l.nik15 = r.nik15 AND (l.nik IS NULL OR r.nik IS NULL))",
        "levenshtein(coalesce(l.nik, l.nik15), coalesce(r.nik, r.nik15)) <= 2",
    ),
)
EVIDENCE = (NAMA, LAHIR, RUMAH, KELAMIN, DAFTAR)
ALL = (*EVIDENCE, NIK)

# (rule, key): rows that share a whole key are compared. `kec` = first 8 characters of the area code.
_NUMBER_KEYS = (
    ("nik", "nik"),
    ("nik15", "nik15"),
    ("nik_awal", "nik15[1:12], left(first, 3)"),
    ("nik_akhir", "nik[9:16], left(first, 3)"),
    ("nik_tepi", "nik15[1:8] || nik15[13:15], sound"),
)
_OTHER_KEYS = (
    ("nama_lahir", "sound, born"),
    ("depan_lahir", "first, born, left(area, 8)"),
    ("akhir_lahir", "last, born, left(area, 8)"),
    ("awal_lahir", "left(sound, 3), born, left(area, 8)"),
    ("kk_depan", "no_kk, first"),
    ("kk_akhir", "no_kk, last"),
    ("kk_awal", "no_kk, left(sound, 3)"),
    ("kk_lahir", "no_kk, born"),
    ("nama_rt", "sound, area, rt, rw"),
    ("depan_rt", "first, area, rt, rw, coalesce(sex, '')"),
    ("nama_tahun", "sound, area, year"),
    ("nama_kelurahan", "sound, area"),
    ("depan_tahun", "left(sound, 5), area, year(born), month(born)"),
)


def key_sql(rows: str, node: str, numbers: bool) -> str:
    """The query (node, key) of all blocking keys of `rows`; `numbers` False leaves the NIK's out."""
    rules = (*_NUMBER_KEYS, *_OTHER_KEYS) if numbers else _OTHER_KEYS
    return " UNION ALL ".join(
        f"SELECT {node} AS node, hash('{rule}', {key}) AS key FROM {rows} WHERE {given(key)} AND NOT mute"
        for rule, key in rules
    )
