"""A piece of text with its place, and what cannot be read."""

import re
import unicodedata
from dataclasses import dataclass

# Soft hyphens and characters without width part a name for a machine and not for a reader.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


class Unreadable(Exception):
    """A file, or a part of one, that the gate cannot read; the text is the kind of leak."""


@dataclass(frozen=True)
class Passage:
    """A piece of text and where it stands, in words that hold nothing personal.

    `is_cell`: it stands alone, as in a table cell or a label.
    """

    text: str
    place: str
    is_cell: bool = True


def plain(text: str) -> str:
    """Text as a reader sees it: one form a letter, nothing unseen.

    >>> plain("Su\\u00adryana \\uff13\\uff12")
    'Suryana 32'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
