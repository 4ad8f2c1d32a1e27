"""Profile "id": how persons of Indonesian rosters are compared.

KK and address are one comparison, because they move together; a NIK holds the birth date, so its
evidence is weighed apart from the rest (labelled.py).
"""

from math import prod

from analysis.linkage.comparisons import RARITIES, Comparison, cells_of
from analysis.linkage.sounds import alike

_EDITS = "levenshtein(l.sound, r.sound)"
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
# what is written for the NIK: whole, without its last digit, or with a digit lost, doubled or mistyped
_DIGITS_L, _DIGITS_R = (f"coalesce({s}.nik, {s}.nik15, {s}.digits)" for s in "lr")
_BROKEN = "(l.nik15 IS NULL OR r.nik15 IS NULL)"
_DIGIT_EDITS = f"levenshtein({_DIGITS_L}, {_DIGITS_R})"
# cases, because DuckDB reckons both sides of an AND: digits are compared one by one where no equality can tell
_PARTLY = f"""(CASE WHEN l.nik IS NOT NULL AND r.nik IS NOT NULL THEN false
    WHEN {_BROKEN} THEN {_DIGIT_EDITS} <= 1 ELSE l.nik15 = r.nik15 END)"""
_TWICE = "(bit_count(l.lists) > 1 AND bit_count(r.lists) > 1)"

# Serials of the registry office follow each other where twins are entered together; of slips of the hand one in
# seventy looks so (the last of 16 digits, by one).
_TWINS = """coalesce(l.nik[1:12] = r.nik[1:12] AND l.sound <> r.sound
    AND abs(try_cast(l.nik[13:16] AS INTEGER) - try_cast(r.nik[13:16] AS INTEGER)) <= 2, false)"""

NAMA = Comparison(
    "nama",
    "(l.sound IS NULL OR r.sound IS NULL)",
    (
        "l.sound = r.sound",
        f"({_PART} OR {_TURNED})",
        f"(length(l.sound) > 4 AND abs(length(l.sound) - length(r.sound)) <= 1 AND {_EDITS} <= 1)",
        f"({_INITIAL} OR {alike('l', 'r', 1)})",
        "(l.first = r.first OR l.last = r.last OR l.first = r.last OR l.last = r.first)",
        alike("l", "r", 2),
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
# A NIK that two lists tell has no slip in it: two of them that differ are two persons'. A broken one speaks for a person whose
# NIK it nearly is, never against another: clerks fill it up with zeros, or write what is no NIK at all.
NIK = Comparison(
    "nik",
    f"(l.digits IS NULL OR r.digits IS NULL OR ({_BROKEN} AND {_DIGIT_EDITS} > 2))",
    (
        "l.nik = r.nik",
        _PARTLY,
        f"(NOT {_TWICE} AND {_DIGIT_EDITS} <= 2 AND NOT {_TWINS})",
        f"(NOT {_TWICE} AND NOT {_TWINS})",
        f"NOT {_TWINS}",
    ),
)
# a pattern's first comparison says whether the names are equal: cells of exact agreement, a rarity each
SAME_NAME = f"pattern % {cells_of(NAMA)} BETWEEN 1 AND {RARITIES}"
EQUAL, PARTIAL, NEAR, OTHER, TWICE, TWINS = range(NIK.size)
EVIDENCE = (NAMA, LAHIR, RUMAH, KELAMIN, DAFTAR)
ALL = (*EVIDENCE, NIK)
# NIK is the last comparison of a pattern, silence its first cell
EVIDENCE_CELLS = prod(cells_of(c) for c in EVIDENCE)
