"""The text of a PDF: what is printed, and every string beside it: titles, alt texts, bookmarks, notes.

Text of the usual kind (two-byte glyphs with a map to Unicode, as Typst writes) is read straight
from the content streams, twenty times faster than by pypdf, which reads all other pages.
"""

import io
import re
import zlib
from collections.abc import Iterator

from pypdf import PdfReader

from analysis.release.markup import read_markup
from analysis.release.passages import Passage, Unreadable

_STREAM = re.compile(rb"<<((?:(?!endobj|stream\r?\n).)*)>>\s*stream\r?\n", re.DOTALL)
_INNER = rb"(?:[^\\()]|\\.)*"  # brackets in pairs stand unescaped, here to a depth of two
_PAIRED = rb"(?:[^\\()]|\\.|\((?:[^\\()]|\\.|\(" + _INNER + rb"\))*\))*"
_LITERAL = rb"\((" + _PAIRED + rb")\)"
_STRING = re.compile(_LITERAL + rb"|<([0-9A-Fa-f\s]{4,})>", re.DOTALL)
_TOKEN = re.compile(
    rb"/(?P<font>[\w.+-]+)\s+(?P<size>[\d.]+)\s+Tf\b|\((?P<literal>"
    + _PAIRED
    + rb")\)|<(?P<hexed>[0-9A-Fa-f\s]*)>"
    rb"|(?P<marked><<(?:\("
    + _PAIRED
    + rb"\)|(?!>>).)*>>)|\b(?P<ended>ET)\b|/(?P<form>[\w.+-]+)\s+Do\b"
    rb"|(?P<scale>[-\d.]+) [-\d.]+ [-\d.]+ [-\d.]+ (?P<x>[-\d.]+) (?P<y>[-\d.]+) cm\b",
    re.DOTALL,
)
_OCTAL = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_ESCAPES |= {
    f"{code:0{width}o}".encode(): bytes([code & 255])
    for width in (1, 2, 3)
    for code in range(8**width)
}
_HYPHENS = "-\u2010"
_FIGURE = re.compile(r"[\d.,%\u2013\u2212]+")
_DIGIT, _POINT, _APART = 0.5, 0.25, 0.6  # widths of a figure's signs and a column's least gap, em


def read_pdf(data: bytes) -> Iterator[Passage]:
    """All text of a PDF. Raises Unreadable where it is locked or holds files or pixels."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Unreadable("PDF terkunci")
    if reader.attachments:
        raise Unreadable("lampiran dalam PDF")
    for value in (reader.metadata or {}).values():
        yield Passage(str(value), "metadata")
    yield from _strings(data)
    fonts: dict[int, dict[int, str] | None] = {}
    for number, page in enumerate(reader.pages, start=1):
        place = f"halaman {number}"
        runs = _runs(page.get_contents(), page.get("/Resources", {}), fonts)
        if runs is None:
            runs = page.extract_text().splitlines()
        if not any(run.strip() for run in runs):
            raise Unreadable("halaman PDF tanpa teks")
        yield from (Passage(run.strip(), place) for run in runs)
        # A word may be cut where the line, the style or the font changes.
        printed = (run.rstrip(_HYPHENS) for run in runs if not isinstance(run, _Beside))
        yield Passage("".join(printed), place, is_cell=False)
        for note in page.annotations or []:
            yield Passage(str(note.get_object().get("/Contents", "")), place)


def _strings(data: bytes) -> Iterator[Passage]:
    """Strings of all objects, packed ones too, and XML metadata; content, fonts and images aside."""
    bare, at = [], 0
    for found in _STREAM.finditer(data):
        if found.start() < at:
            continue
        bare.append(data[at : found.end()])
        at = data.find(b"endstream", found.end())
        head, body = found.group(1), data[found.end() : at]
        if b"/Image" in head and b"/Subtype" in head:
            raise Unreadable("gambar yang tidak dapat diperiksa")
        if b"/ObjStm" in head:
            bare.append(zlib.decompress(body))
        elif b"/Metadata" in head:
            text = zlib.decompress(body) if b"/FlateDecode" in head else body
            yield from read_markup(text.decode("utf-8", "replace"), "metadata")
    for found in _STRING.finditer(b" ".join([*bare, data[at:]])):
        text = _text(_bytes(found.group(1), found.group(2)))
        if len(text) > 1:
            yield Passage(text, "teks tersembunyi")


def _text(raw: bytes) -> str:
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    return raw.decode("latin-1")


def _bytes(literal: bytes | None, hexed: bytes | None) -> bytes:
    """The bytes of a string object in either of its spellings."""
    if hexed is not None:
        digits = b"".join(hexed.split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return (
        _OCTAL.sub(_unescaped, literal or b"") if literal and b"\\" in literal else literal or b""
    )


def _unescaped(found: re.Match) -> bytes:
    told = found[1]
    return _ESCAPES.get(told, told)


class _Beside(str):
    """Told but not printed, such as the language of a bold word: it parts no number."""


class _Lines:
    """Runs of glyphs, those of a drawing's label joined: a chart sets each letter by itself."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._run: list[str] = []
        self._size, self._here, self._before = 1.0, (1.0, 0.0, 0.0), None
        self._figure_ends: tuple[float, float] | None = None

    def place(self, scale: bytes, x: bytes, y: bytes) -> None:
        """Where the next run begins."""
        self._here = (abs(float(scale)), float(x), float(y))

    def size(self, points: bytes) -> None:
        """The size of its letters."""
        self._size = float(points)

    def add(self, text: str) -> None:
        """Text of the run."""
        self._run.append(text)

    def apart(self, texts: list[str]) -> None:
        """Text that belongs to no run."""
        self.done += texts
        self._before = self._before if not texts else None

    def end(self) -> None:
        """The run is whole."""
        text, self._run = "".join(self._run), []
        scale, x, y = self._here
        before, self._before = self._before, (x, y) if len(text) == 1 else None
        self._part_columns(text)
        if (
            before
            and len(text) == 1
            and y == before[1]
            and 0 < x - before[0] < 1.3 * scale * self._size
        ):
            self.done[-1] += text
        else:
            self.done.append(text)

    def _part_columns(self, text: str) -> None:
        """Between two figures a column's width apart stands a tab: the cells of a row are not one number."""
        scale, x, y = self._here
        em, ended = scale * self._size, self._figure_ends
        if ended and ended[1] == y and x - ended[0] > _APART * em and text[:1].isdigit():
            self.done.append("\t")
        wide = sum(_POINT if sign in ".," else _DIGIT for sign in text) * em
        self._figure_ends = (x + wide, y) if _FIGURE.fullmatch(text.strip()) else None


def _runs(contents: object, resources: object, fonts: dict) -> list[str] | None:
    """Text between ET and ET, in drawing order; None where a font is of another kind."""
    held = resources.get_object() if resources else {}
    own, forms = held.get("/Font", {}), held.get("/XObject", {})
    lines, glyphs = _Lines(), {}
    data = contents.get_data() if contents is not None else b""
    for token in _TOKEN.finditer(data):
        kind = token.lastgroup
        if kind == "size":
            lines.size(token["size"])
            glyphs = (
                _glyphs(own.get_object().get(f"/{token['font'].decode()}"), fonts) if own else None
            )
            if glyphs is None:
                return None
        elif kind == "y":
            lines.place(token["scale"], token["x"], token["y"])
        elif kind == "marked":
            told = (_text(_bytes(*pair.groups())) for pair in _STRING.finditer(token["marked"]))
            lines.apart([_Beside(text) for text in told])
        elif kind == "ended":
            lines.end()
        elif kind == "form":
            found = _form(forms.get_object().get(f"/{token['form'].decode()}"), fonts)
            if found is None:
                return None
            lines.apart(found)
        else:
            lines.add(_spelled(_bytes(token["literal"], token["hexed"]), glyphs))
    return lines.done


def _form(form: object, fonts: dict) -> list[str] | None:
    inner = form.get_object()
    if inner.get("/Subtype") == "/Image":
        raise Unreadable("gambar yang tidak dapat diperiksa")
    return _runs(inner, inner.get("/Resources"), fonts)


def _spelled(raw: bytes, glyphs: dict[int, str]) -> str:
    return "".join(
        glyphs.get(high << 8 | low, "\ufffd")
        for high, low in zip(raw[::2], raw[1::2], strict=False)
    )


def _glyphs(font: object, fonts: dict) -> dict[int, str] | None:
    """Glyph code → text of a font, kept by object number; None for fonts of another kind."""
    if font is None:
        return None
    number = getattr(font, "idnum", id(font))
    if number not in fonts:
        held = font.get_object()
        usual = held.get("/Encoding") == "/Identity-H" and "/ToUnicode" in held
        fonts[number] = _map(held["/ToUnicode"].get_object().get_data()) if usual else None
    return fonts[number]


def _map(cmap: bytes) -> dict[int, str]:
    glyphs: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in _PAIR.findall(block):
            glyphs[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            start = int(text, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                glyphs[int(first, 16) + step] = chr(start + step)
    return glyphs
