"""A number in prose carries the cell it came from, invisibly, until the page is made.

`cited('1.234', 'program/32.72/pkh//penerima')` is a string for every template and f-string; HTML turns it
into `<data value="…">1.234</data>`, so that any printed number can be traced and a test can read the prose
back; paper, slides and letters drop the reference.
"""

import re

from markupsafe import Markup, escape

_START, _MIDDLE, _END = "\ue000", "\ue001", "\ue002"  # private use: no text of an office holds them
_MARKED = re.compile(f"{_START}([^{_MIDDLE}]*){_MIDDLE}([^{_END}]*){_END}")


def cited(shown: str, source: str) -> str:
    """`shown` with its source: topic/area/row/column/measure, and '#how' where it was derived."""
    return f"{_START}{source}{_MIDDLE}{shown}{_END}"


def bare(text: str) -> str:
    """
    >>> bare(f"ada {cited('5', 'utama/32.72/a//b')} orang")
    'ada 5 orang'
    """
    return _MARKED.sub(r"\2", text)


def traced(text: str) -> Markup:
    """HTML, escaped, with each cited number in a <data> element.

    >>> str(traced(f"<{cited('5', 'a/b/c//d')}>"))
    '&lt;<data value="a/b/c//d">5</data>&gt;'
    """
    html = str(escape(text))
    return Markup(_MARKED.sub(r'<data value="\1">\2</data>', html))


def bare_all(value: object) -> object:
    """`bare` through lists, tuples and dicts."""
    if isinstance(value, str):
        return bare(value)
    if isinstance(value, dict):
        return {key: bare_all(inner) for key, inner in value.items()}
    return [bare_all(inner) for inner in value] if isinstance(value, list | tuple) else value
