"""Cells of any list → comparable text by kind, and what else is compared or met by. No country assumed.

Kinds: name, date, sex, text (an address line, a place), code (postcode, house number), contact
(e-mail, telephone), household (a number a family shares), identifier (a number of one person).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.linkage.sounds import skeleton


@dataclass(frozen=True)
class Field:
    """One field of the layout: its name and kind. Its columns are prefixed, so that no name a layout chooses collides."""

    name: str
    kind: str
    whole: str = ""  # the column of full names whose first, last or middle word this is

    @property
    def value(self) -> str:
        """Column of the comparable text."""
        return f"x_{self.name}"

    @property
    def is_last(self) -> bool:
        """Whether this is the last word of a full name."""
        return bool(self.whole) and self.name.startswith("2_")

    @property
    def like(self) -> str:
        """Column by which spellings of one value agree: sound, letters in order, local part."""
        return f"s_{self.name}"

    @property
    def words(self) -> str:
        """Column of the list of words; a word's is that of its full name."""
        return f"w_{self.whole or self.name}"

    @property
    def turned(self) -> str:
        """Column of the full name with its last word first."""
        return f"o_{self.whole}"

    @property
    def initials(self) -> str:
        """Column of the first letters of a full name's words, in the order of the alphabet."""
        return f"i_{self.whole}"

    @property
    def share(self) -> str:
        """Column of the share of rows that hold the value."""
        return f"f_{self.name}"


# Sounds that spellings of many languages mix up; longest first (NYSIIS and Metaphone agree on these).
_SOUNDS = (
    ("sch", "s"), ("ph", "f"), ("ck", "k"), ("gh", "g"), ("kn", "n"), ("wr", "r"), ("th", "t"), ("dj", "j"),
    ("tj", "c"), ("oe", "u"), ("ie", "i"), ("ee", "i"), ("ey", "y"), ("kh", "k"), ("sh", "s"), ("ch", "c"),
    ("q", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("y", "i"), ("w", "u"), ("c", "k"), ("h", ""),
)  # fmt: skip

# What lists write for "nothing is known"; no name, number or place of anybody.
_NOTHING = (
    "na", "n a", "nan", "null", "none", "nil", "unknown", "unk", "missing", "not known", "not available",
    "tidak ada", "tidak diketahui", "kosong", "nihil", "unbekannt", "desconocido", "inconnu", "x", "xx", "xxx",
)  # fmt: skip


# Words and codes for one sex, by the letter they are compared by (English, Indonesian, German, Spanish, French).
_SEXES = {
    "m": ("m", "male", "man", "boy", "l", "lakilaki", "laki", "pria", "1", "mannlich", "maennlich", "masculino", "hombre", "homme", "masculin"),
    "f": ("f", "female", "woman", "girl", "p", "perempuan", "wanita", "2", "w", "weiblich", "femenino", "mujer", "femme", "feminin"),
}  # fmt: skip


def sound(column: str, profile: str = "generic") -> str:
    """SQL for a name's sound: spellings made one, doubled letters single, vowels after the first gone.

    Profile "id" keeps the vowels, which tell Indonesian names apart, and knows their old spelling.
    """
    if profile == "id":
        return f"nullif({skeleton(f'upper({column})')}, '')"
    text = column
    for spelled, heard in _SOUNDS:
        text = f"replace({text}, '{spelled}', '{heard}')"
    bare = f"({text})[1:1] || regexp_replace(({text})[2:], '[aeiou ]', '', 'g')"
    for letter in "bdfgklmnprst":
        bare = f"replace({bare}, '{letter}{letter}', '{letter}')"
    return f"nullif({bare}, '')"


def cleaned(field: Field, titles: Sequence[str] = ()) -> str:
    """SQL for a field's comparable text; null where it says nothing. `titles` are no part of a name.

    Dates are read by `field_dates`, which needs the whole column.
    """
    plain = f"lower(strip_accents(trim({field.value})))"
    words = f"trim(regexp_replace({plain}, '[^\\p{{L}}\\p{{M}}\\p{{N}}]+', ' ', 'g'))"
    if field.kind == "name" and titles:
        any_title = "|".join(title.lower() for title in titles)
        words = f"trim(regexp_replace({words}, '\\b({any_title})\\b ?', '', 'g'))"
    if field.kind == "contact":
        bare = f"regexp_replace({plain}, '[^\\p{{L}}\\p{{N}}@.]', '', 'g')"
    elif field.kind in ("code", "identifier", "household", "sex"):
        bare = f"regexp_replace({plain}, '[^\\p{{L}}\\p{{N}}]', '', 'g')"
    else:
        bare = words
    if field.kind == "sex":
        cases = " ".join(f"WHEN {bare} IN {said} THEN '{sex}'" for sex, said in _SEXES.items())
        bare = f"CASE {cases} ELSE {bare} END"
    nothing = ", ".join(f"'{word}'" for word in _NOTHING if field.kind != "code" or len(word) > 2)
    return f"CASE WHEN {words} NOT IN ({nothing}, '') THEN nullif({bare}, '') END"


def derived(field: Field, profile: str = "generic") -> dict[str, str]:
    """Further columns of a field, SQL over its cleaned column: sound, words, letters in order, local part."""
    value = field.value
    in_order = f"array_to_string(list_sort(string_split(replace({value}, ' ', ''), '')), '')"
    if field.kind == "name":
        long = f"list_filter(string_split({value}, ' '), lambda w: length(w) > 1)"
        told = {field.like: sound(value, profile)}
        if field.whole:
            long = f"string_split(x_{field.whole}, ' ')"
            initials = f"list_sort(list_transform({long}, lambda w: left(w, 1)))"
            told[field.initials] = f"array_to_string({initials}, '')"
            told[field.turned] = f"array_to_string(({long})[-1:] || ({long})[:-2], ' ')"
        return told | {field.words: long}
    if field.kind == "text":
        return {field.like: in_order, field.words: f"string_split({value}, ' ')"}
    if field.kind == "date":
        return {field.like: in_order}
    if field.kind == "contact":
        return {field.like: f"split_part({value}, '@', 1)"}
    return {}
