"""Names as clerks write them: titles, spelling waves, short forms, lost and changed words, typing errors."""

import numpy as np

_SPELLINGS = (
    ("U", "OE"), ("J", "DJ"), ("C", "TJ"), ("Y", "J"), ("F", "P"), ("V", "F"), ("I", "Y"), ("SY", "S"),
)  # fmt: skip
_TITLES = ("H. ", "HJ. ", "NY. ", "IBU ", "BAPAK ", "ALM. ", "NENG ", "USTADZ ")


def altered(names: np.ndarray, form: np.ndarray, letter: np.ndarray) -> np.ndarray:
    """Each name written otherwise: `form` and `letter` in [0, 1) choose how. No name stays as it was."""
    kind = (form * 6).astype(int)
    return np.array([_surely(name, k, d) for name, k, d in zip(names, kind, letter, strict=True)], dtype=object)  # fmt: skip


def _surely(name: str, kind: int, dice: float) -> str:
    new = _alter(name, kind, dice)
    return new if new != name else _alter(name, 5, dice)


def _alter(name: str, kind: int, dice: float) -> str:
    words = name.split(" ")
    if kind == 0:
        return _TITLES[int(dice * len(_TITLES))] + name
    if kind == 1:
        old, new = _SPELLINGS[int(dice * len(_SPELLINGS))]
        return name.replace(old, new, 1)
    if kind == 2 and len(words) > 1:
        return " ".join(words[:-1]) if dice < 0.5 else f"{words[0]} {words[-1][0]}."
    if kind == 3:
        return name + (", S.PD" if dice < 0.3 else " BIN SUKARNA" if dice < 0.5 else f" {words[-1]}")  # fmt: skip
    at = 1 + int(dice * max(len(name) - 2, 1))
    if kind == 4:
        return name[:at] + name[at + 1 :]
    return name[:at] + name[at : at + 1] + name[at:]
