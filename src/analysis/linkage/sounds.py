"""How a name sounds: spellings that clerks mix up are made one, and how near two sounds are."""

# Old and new spelling, and sounds that clerks mix up (domain.md §5), as ordered replacements.
_SOUNDS = (
    ("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY"), ("CH", "H"), ("KH", "H"),
    ("PH", "F"), ("V", "F"), ("SY", "S"), ("Y", "I"), ("Z", "J"), ("DH", "D"), ("TH", "T"),
)  # fmt: skip
_DOUBLED = tuple((letter * 2, letter) for letter in "ABDEFGIKLMNOPRSTU")
_ANY = "|".join(spelled for spelled, _ in (*_SOUNDS, *_DOUBLED))


def skeleton(column: str) -> str:
    """SQL for a name's sound: spellings made one, doubled letters single. Most names have neither, and are looked at once."""
    text = column
    for spelled, sound in (*_SOUNDS, *_DOUBLED):
        text = f"replace({text}, '{spelled}', '{sound}')"
    return f"CASE WHEN regexp_matches({column}, '{_ANY}') THEN {text} ELSE {column} END"


def alike(a: str, b: str, fifths: int) -> str:
    """SQL: the sounds of rows `a` and `b` differ in at most so many fifths of the longer one's letters.

    One is a similar name, two are a somewhat similar one; past that it is another name.
    """
    edits = f"levenshtein({a}.sound, {b}.sound)"
    return f"{edits} * 5 <= greatest(length({a}.sound), length({b}.sound)) * {fifths}"
