"""The readable text of a report's files, hidden parts too: attributes, comments, scripts, metadata."""

import base64
import binascii
import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from pypdf import PdfReader
from pypdf.errors import PyPdfError

# Numbers that draw: coordinates are no identifiers, and fonts are no text.
_GEOMETRY = {"d", "points", "transform", "viewbox", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width",
             "height", "dx", "dy", "rx", "ry", "style", "clip-path", "stroke-dasharray", "offset"}  # fmt: skip
_DATA_URI = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.+-]+)*),([^\"')\s>]*)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class Unreadable(Exception):
    """A file, or a part of one, that the gate cannot read; the text is the kind of leak."""


@dataclass(frozen=True)
class Passage:
    """A piece of text and where it stands, in words that hold nothing personal."""

    text: str
    place: str


def read_passages(path: Path) -> list[Passage]:
    """All text of a file. Raises Unreadable for a type or content that cannot be read."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable("jenis berkas yang tidak dapat diperiksa")
    try:
        return list(reader(path))
    except (
        UnicodeDecodeError,
        json.JSONDecodeError,
        csv.Error,
        PyPdfError,
        ValueError,
        KeyError,
    ) as error:
        raise Unreadable("berkas yang tidak dapat dibaca") from error


def _lines(path: Path) -> Iterator[Passage]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        yield Passage(line, f"baris {number}")


def _cells(path: Path) -> Iterator[Passage]:
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if text.count(";") > text.count(",") else ","
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        for cell in row:
            yield Passage(cell, f"baris {number}")


def _json(path: Path) -> Iterator[Passage]:
    for number, text in enumerate(_leaves(json.loads(path.read_text(encoding="utf-8"))), start=1):
        yield from (
            _markup(text, f"butir {number}") if "<" in text else [Passage(text, f"butir {number}")]
        )


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield str(value)


def _html(path: Path) -> Iterator[Passage]:
    yield from _markup(path.read_text(encoding="utf-8"))


def _markup(text: str, place: str = "") -> list[Passage]:
    collector = _Collector(place)
    collector.feed(_without_data(text, collector))
    collector.close()
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
            collector.passages += _markup(
                _decoded(payload, ";base64" in flags.lower()), "data tertanam"
            )
            return "data:"
        raise Unreadable("gambar yang tidak dapat diperiksa")

    return _DATA_URI.sub(replaced, text)


def _decoded(payload: str, is_base64: bool) -> str:
    if not is_base64:
        return unquote(payload)
    try:
        return base64.b64decode(unquote(payload), validate=True).decode("utf-8")
    except binascii.Error as error:
        raise Unreadable("data tertanam yang tidak dapat dibaca") from error


class _Collector(HTMLParser):
    """Text nodes, attributes, comments and scripts of HTML or SVG, each with its line."""

    def __init__(self, place: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self._place = place

    def _take(self, text: str) -> None:
        if text.strip():
            plain = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)
            self.passages.append(Passage(plain.strip(), self._place or f"baris {self.getpos()[0]}"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name not in _GEOMETRY:
                self._take(value)

    def handle_data(self, data: str) -> None:
        self._take(data)

    def handle_comment(self, data: str) -> None:
        self._take(data)

    def unknown_decl(self, data: str) -> None:
        self._take(data)

    def handle_pi(self, data: str) -> None:
        self._take(data)


def _pdf(path: Path) -> Iterator[Passage]:
    reader = PdfReader(path)
    if reader.is_encrypted:
        raise Unreadable("PDF terkunci")
    for value in (reader.metadata or {}).values():
        yield Passage(str(value), "metadata")
    if reader.attachments:
        raise Unreadable("lampiran dalam PDF")
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        if not text.strip() or _has_pixels(page):
            raise Unreadable("halaman PDF tanpa teks atau dengan gambar yang tidak dapat diperiksa")
        for line in text.splitlines():
            yield Passage(line.strip(), f"halaman {number}")
        for note in page.annotations or []:
            yield Passage(str(note.get_object().get("/Contents", "")), f"halaman {number}")


def _has_pixels(page: object) -> bool:
    objects = page.get("/Resources", {}).get_object().get("/XObject", {})
    return (
        any(item.get_object().get("/Subtype") == "/Image" for item in objects.get_object().values())
        if objects
        else False
    )


_READERS: dict[str, Callable[[Path], Iterator[Passage]]] = {
    ".html": _html, ".htm": _html, ".svg": _html, ".xml": _html, ".json": _json, ".csv": _cells,
    ".txt": _lines, ".md": _lines, ".pdf": _pdf,
}  # fmt: skip
