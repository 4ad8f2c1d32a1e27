"""Strings of a PDF's objects, in both of their spellings: titles, alt texts, bookmarks, what is packed away."""

import re
import zlib
from collections.abc import Iterator

from analysis.release.text.markup import read_markup
from analysis.release.text.passages import Passage, Unreadable

_STREAM = re.compile(rb"<<((?:(?!endobj|stream\r?\n).)*)>>\s*stream\r?\n", re.DOTALL)
_INNER = rb"(?:[^\\()]|\\.)*"  # brackets in pairs stand unescaped, here to a depth of two
PAIRED = rb"(?:[^\\()]|\\.|\((?:[^\\()]|\\.|\(" + _INNER + rb"\))*\))*"
_LITERAL = rb"\((" + PAIRED + rb")\)"
STRING = re.compile(_LITERAL + rb"|<([0-9A-Fa-f\s]{4,})>", re.DOTALL)
_OCTAL = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_ESCAPES |= {
    f"{code:0{width}o}".encode(): bytes([code & 255])
    for width in (1, 2, 3)
    for code in range(8**width)
}


def strings(data: bytes) -> Iterator[Passage]:
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
    for found in STRING.finditer(b" ".join([*bare, data[at:]])):
        text = text_of(bytes_of(found.group(1), found.group(2)))
        if len(text) > 1:
            yield Passage(text, "teks tersembunyi")


def text_of(raw: bytes) -> str:
    """A string as people read it: UTF-16 and UTF-8 where marked, else Latin-1."""
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    return raw.decode("latin-1")


def bytes_of(literal: bytes | None, hexed: bytes | None) -> bytes:
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
