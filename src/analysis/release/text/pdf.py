"""The text of a PDF: what is printed, and every string beside it: titles, alt texts, bookmarks, notes.

Text of the usual kind (two-byte glyphs with a map to Unicode, as Typst writes) is read straight
from the content streams, twenty times faster than by pypdf, which reads all other pages.
"""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader

from analysis.release.text.glyphs import glyphs_of, spelled
from analysis.release.text.passages import Passage, Unreadable
from analysis.release.text.pdf_strings import PAIRED, STRING, bytes_of, strings, text_of
from analysis.release.text.print_runs import Beside, Lines

_TOKEN = re.compile(
    rb"/(?P<font>[\w.+-]+)\s+(?P<size>[\d.]+)\s+Tf\b|\((?P<literal>"
    + PAIRED
    + rb")\)|<(?P<hexed>[0-9A-Fa-f\s]*)>"
    rb"|(?P<marked><<(?:\("
    + PAIRED
    + rb"\)|(?!>>).)*>>)|\b(?P<ended>ET)\b|/(?P<form>[\w.+-]+)\s+Do\b"
    rb"|(?P<scale>[-\d.]+) [-\d.]+ [-\d.]+ [-\d.]+ (?P<x>[-\d.]+) (?P<y>[-\d.]+) cm\b",
    re.DOTALL,
)
_HYPHENS = "-\u2010"


def read_pdf(data: bytes) -> Iterator[Passage]:
    """All text of a PDF. Raises Unreadable where it is locked or holds files or pixels."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Unreadable("PDF terkunci")
    if reader.attachments:
        raise Unreadable("lampiran dalam PDF")
    for value in (reader.metadata or {}).values():
        yield Passage(str(value), "metadata")
    yield from strings(data)
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
        printed = (run.rstrip(_HYPHENS) for run in runs if not isinstance(run, Beside))
        yield Passage("".join(printed), place, is_cell=False)
        for note in page.annotations or []:
            yield Passage(str(note.get_object().get("/Contents", "")), place)


def _runs(contents: object, resources: object, fonts: dict) -> list[str] | None:
    """Text between ET and ET, in drawing order; None where a font is of another kind."""
    held = resources.get_object() if resources else {}
    own, forms = held.get("/Font", {}), held.get("/XObject", {})
    lines, glyphs = Lines(), {}
    data = contents.get_data() if contents is not None else b""
    for token in _TOKEN.finditer(data):
        kind = token.lastgroup
        if kind == "size":
            lines.size(token["size"])
            font = f"/{token['font'].decode()}"
            glyphs = glyphs_of(own.get_object().get(font), fonts) if own else None
            if glyphs is None:
                return None
        elif kind == "y":
            lines.place(token["scale"], token["x"], token["y"])
        elif kind == "marked":
            told = (text_of(bytes_of(*pair.groups())) for pair in STRING.finditer(token["marked"]))
            lines.apart([Beside(text) for text in told])
        elif kind == "ended":
            lines.end()
        elif kind == "form":
            found = _form(forms.get_object().get(f"/{token['form'].decode()}"), fonts)
            if found is None:
                return None
            lines.apart(found)
        else:
            lines.add(spelled(bytes_of(token["literal"], token["hexed"]), glyphs))
    return lines.done


def _form(form: object, fonts: dict) -> list[str] | None:
    inner = form.get_object()
    if inner.get("/Subtype") == "/Image":
        raise Unreadable("gambar yang tidak dapat diperiksa")
    return _runs(inner, inner.get("/Resources"), fonts)
