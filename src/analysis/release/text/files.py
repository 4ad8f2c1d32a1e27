"""The readable text of a report's files, hidden parts too: attributes, comments, scripts, metadata."""

import csv
import io
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from pypdf.errors import PyPdfError

from analysis.release.text.markup import read_markup
from analysis.release.text.packages import SUFFIXES, read_package
from analysis.release.text.passages import Passage, Unreadable
from analysis.release.text.pdf import read_pdf

_UNKNOWN = "jenis berkas yang tidak dapat diperiksa"
_BROKEN = (
    UnicodeDecodeError,
    json.JSONDecodeError,
    csv.Error,
    PyPdfError,
    ValueError,
    KeyError,
    zlib.error,
    struct.error,
)
# A picture's pixels cannot be read: it may stand only beside the text it was drawn from.
_SOURCES = (".svg", ".html", ".pdf", ".txt", ".md")


def read_passages(path: Path) -> list[Passage]:
    """All text of a file, its name first. Raises Unreadable for a type or content that cannot be read."""
    name = Passage(path.stem.replace("_", " "), "nama berkas", is_cell=False)
    if path.suffix.lower() == ".png" and not any(path.with_suffix(s).exists() for s in _SOURCES):
        raise Unreadable(_UNKNOWN)
    suffix = path.suffix.lower()
    pictures = (
        {one.read_bytes() for one in path.parent.glob("*.png")} if suffix in SUFFIXES else set()
    )
    return [name, *_passages(path.name, path.read_bytes(), pictures)]


def _passages(name: str, data: bytes, pictures: set[bytes]) -> list[Passage]:
    def read(part: str, inner: bytes, depth: int) -> Iterator[Passage]:
        path = PurePosixPath(part)
        suffix = (path.suffix or (path.name if path.name.startswith(".") else "")).lower()
        if suffix in SUFFIXES:
            yield from read_package(inner, read, depth)
        elif depth and inner in pictures:
            return
        elif suffix not in _READERS or (suffix == ".png" and depth) or not (suffix or depth):
            raise Unreadable(
                "gambar yang tidak dapat diperiksa" if suffix in _PICTURES else _UNKNOWN
            )
        else:
            yield from _READERS[suffix](inner)

    try:
        return list(read(name, data, 0))
    except _BROKEN as error:
        raise Unreadable("berkas yang tidak dapat dibaca") from error


def _lines(data: bytes) -> Iterator[Passage]:
    for number, line in enumerate(data.decode("utf-8-sig").splitlines(), start=1):
        yield Passage(line, f"baris {number}")


def _cells(data: bytes) -> Iterator[Passage]:
    text = data.decode("utf-8-sig")
    delimiter = ";" if text.count(";") > text.count(",") else ","
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        for cell in row:
            yield Passage(cell, f"baris {number}")


def _json(data: bytes) -> Iterator[Passage]:
    for number, text in enumerate(_leaves(json.loads(data.decode("utf-8"))), start=1):
        place = f"butir {number}"
        yield from read_markup(text, place) if "<" in text else [Passage(text, place)]


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _PIXELS:
                raise Unreadable("gambar yang tidak dapat diperiksa")
            yield str(key)
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield str(value)


def _markup(data: bytes) -> list[Passage]:
    return read_markup(data.decode("utf-8-sig"))


def _png(data: bytes) -> Iterator[Passage]:
    """The text a picture carries beside its pixels."""
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind == b"iTXt":
            body = _international(body)
        if kind in (b"tEXt", b"iTXt", b"eXIf"):
            yield Passage(body.replace(b"\0", b" ").decode("utf-8", "replace"), "metadata")
        if kind == b"eXIf":  # some of its texts have two bytes a letter
            yield Passage(body.replace(b"\0", b"").decode("latin-1"), "metadata")
        elif kind == b"zTXt":
            word, _, packed = body.partition(b"\0")
            yield Passage((word + b" " + zlib.decompress(packed[1:])).decode("latin-1"), "metadata")
        at += length + 12


def _international(body: bytes) -> bytes:
    """The text of an iTXt part, unpacked where it is packed."""
    word, _, rest = body.partition(b"\0")
    if rest[:1] != b"\1":
        return body
    *_, packed = rest[2:].split(b"\0", 2)
    return word + b"\0" + zlib.decompress(packed)


_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".emf", ".wmf"}
_PIXELS = {"image/png", "image/jpeg", "image/gif"}
_READERS: dict[str, Callable[[bytes], Iterator[Passage]]] = {
    ".html": _markup, ".htm": _markup, ".svg": _markup, ".xml": _markup, ".rels": _markup, ".vml": _markup,
    ".rdf": _markup, ".json": _json, ".ipynb": _json, ".csv": _cells, ".txt": _lines, ".md": _lines, ".toml": _lines,
    ".css": _lines, ".pdf": read_pdf, ".png": _png, "": _lines,
}  # fmt: skip
