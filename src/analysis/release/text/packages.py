"""Files that hold files: zip, Word, PowerPoint, Excel, OpenDocument. Every part is read, names too."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources

import xlsxwriter

from analysis.release.text.passages import Passage, Unreadable

SUFFIXES = {".zip", ".docx", ".pptx", ".xlsx", ".odt", ".ods", ".odp"}
_LARGEST = 200_000_000  # unpacked; more is no report
_DEEPEST = 4
_MARKS = re.compile(r'&(?:"[^"]*"|\d+|[A-Za-z])')  # place and font in a sheet's header
_SCIENTIFIC = re.compile(r"\d\.\d{9,}[eE]\+?1[45]")
Reader = Callable[[str, bytes, int], Iterator[Passage]]


def read_package(data: bytes, read: Reader, depth: int) -> Iterator[Passage]:
    """Passages of every member, by `read`, and of the members' names and comments.

    Raises Unreadable for a locked, broken, too deep or too large package and for unreadable parts.
    """
    if depth > _DEEPEST:
        raise Unreadable("berkas dalam berkas, terlalu dalam")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if sum(member.file_size for member in members) > _LARGEST:
                raise Unreadable("berkas yang terlalu besar untuk diperiksa")
            yield Passage(package.comment.decode("utf-8", "replace"), "komentar zip")
            for number, member in enumerate(members, start=1):
                yield from _member(package, member, number, read, depth)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise Unreadable("berkas yang tidak dapat dibaca") from error


def _member(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, number: int, read: Reader, depth: int
) -> Iterator[Passage]:
    """A part's own name may be the leak, so that its place is told by number."""
    place = f"bagian {number}"
    yield Passage(
        member.filename.replace("/", " ").replace("_", " "), f"nama {place}", is_cell=False
    )
    yield Passage(member.comment.decode("utf-8", "replace"), place)
    if member.is_dir():
        return
    data = package.read(member)
    if _is_stock(data) or not data.strip():
        return
    for passage in read(member.filename, data, depth + 1):
        text = _SCIENTIFIC.sub(lambda found: f"{float(found.group()):.0f}", passage.text)
        where = f"{place}, {passage.place}" if passage.place else place
        yield Passage(text, where, passage.is_cell)
        if "&" in text:
            yield Passage(_MARKS.sub(" ", text), where, passage.is_cell)


def _is_stock(data: bytes) -> bool:
    """A part that the library itself puts into every new document; changed by one byte it is read."""
    return hashlib.sha256(data).hexdigest() in _stock_parts()


@cache
def _stock_parts() -> frozenset[str]:
    """Hashes of the libraries' own pictures and themes: font names such as Kartika are people's names too."""
    sources = [
        io.BytesIO(resources.files(library).joinpath("templates", template).read_bytes())
        for library, template in (("pptx", "default.pptx"), ("docx", "default.docx"))
    ]
    sources.append(_empty_workbook())
    found = set()
    for source in sources:
        with zipfile.ZipFile(source) as package:
            parts = [name for name in package.namelist() if _is_the_librarys(name)]
            found |= {hashlib.sha256(package.read(name)).hexdigest() for name in parts}
    return frozenset(found)


def _is_the_librarys(part: str) -> bool:
    return "/theme/" in part or not part.endswith((".xml", ".rels"))


def _empty_workbook() -> io.BytesIO:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet()
    return stream
