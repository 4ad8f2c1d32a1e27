"""HTML, SVG and XML as text: nodes, attributes, comments, scripts, data embedded in them."""

import base64
import binascii
import re
from html.parser import HTMLParser
from urllib.parse import unquote

from analysis.release.text.passages import Passage, Unreadable

# Numbers that draw: coordinates are no identifiers, and fonts are no text.
_GEOMETRY = {"d", "points", "transform", "viewbox", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width",
             "height", "dx", "dy", "rx", "ry", "style", "clip-path", "stroke-dasharray", "offset"}  # fmt: skip
# These do not part words: <b>As</b>ep, runs of an office file.
_INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s", "small", "span",
           "strong", "sub", "sup", "tspan", "u", "wbr", "w:t", "w:r", "a:t", "a:r", "t", "r", "w:rpr", "a:rpr", "rpr",
           "w:prooferr", "w:lang", "text:span", "w:b", "w:i", "w:color", "w:sz", "w:rfonts", "w:bookmarkstart",
           "w:bookmarkend", "a:solidfill", "a:latin", "a:srgbclr"}  # fmt: skip
_DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.+-]+)*),([^\"')\s>]*)", re.IGNORECASE)
# A cell's place or style in a sheet: too short for any name, date or number of a person.
_PLACE = re.compile(r"[A-Z]{0,2}\d{1,4}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")


def read_markup(text: str, place: str = "") -> list[Passage]:
    """All text of a document, hidden parts too. Raises Unreadable for pictures of pixels."""
    collector = _Collector(place)
    collector.feed(_without_data(text, collector))
    collector.close()
    collector.end_block()
    return collector.passages


def _without_data(text: str, collector: "_Collector") -> str:
    """Fonts go, embedded SVG and text are read, pictures made of pixels are refused."""

    def replaced(found: re.Match) -> str:
        kind, flags, payload = (
            (found.group(1) or "text/plain").lower(),
            found.group(2),
            found.group(3),
        )
        if "font" in kind or kind == "application/octet-stream":
            return "data:"
        if kind.startswith("text/") or kind in {"image/svg+xml", "application/json"}:
            inner = _decoded(payload, ";base64" in flags.lower())
            collector.passages += read_markup(inner, "data tertanam")
            return "data:"
        raise Unreadable("gambar yang tidak dapat diperiksa")

    return _DATA_URI.sub(replaced, text) if "data:" in text.lower() else text


def _decoded(payload: str, is_base64: bool) -> str:
    if not is_base64:
        return unquote(payload)
    try:
        return base64.b64decode(unquote(payload), validate=True).decode("utf-8")
    except binascii.Error as error:
        raise Unreadable("data tertanam yang tidak dapat dibaca") from error


class _Collector(HTMLParser):
    """Text nodes, attributes, comments and scripts of HTML or XML, each with its line.

    A block whose words are cut by inline tags is read once more as one.
    """

    def __init__(self, place: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self._place = place
        self._block: list[str] = []

    def _take(self, text: str) -> None:
        if text.strip():
            read = text
            if "\\" in text:
                read = _ESCAPE.sub(
                    lambda found: chr(int(found.group(1) or found.group(2), 16)), text
                )
            read = unquote(read) if "%" in read else read
            self.passages.append(Passage(read.strip(), self._place or f"baris {self.getpos()[0]}"))

    def end_block(self) -> None:
        """Read the nodes since the last block as one text."""
        if len(self._block) > 1:
            self._take("".join(self._block))
        self._block = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.end_block()
        for name, value in attrs:
            if value and name not in _GEOMETRY and not _PLACE.fullmatch(value):
                self._take(value)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.end_block()

    def handle_data(self, data: str) -> None:
        self._take(data)
        if data.strip():
            self._block.append(data)

    def handle_comment(self, data: str) -> None:
        self._take(data)

    def unknown_decl(self, data: str) -> None:
        self._take(data)

    def handle_pi(self, data: str) -> None:
        self._take(data)
