"""Fonts from the fontpkg packages, cut once to the static weights that matplotlib, Typst and HTML want."""

import base64
import io
import os
import sys
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SANS, HEAD = "Source Sans 3", "Plus Jakarta Sans"
_CUTS = (
    (SANS, 400, "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    (SANS, 600, "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    (SANS, 700, "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    (HEAD, 700, "fontpkg_plus_jakarta_sans", "PlusJakartaSans[wght].ttf"),
)
_STYLES = {400: "Regular", 600: "SemiBold", 700: "Bold"}
# Latin with what Indonesian and English prose needs: dashes, quotes, minus, comparison signs, arrows.
_SIGNS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2040),
    0x2212,
    0x2264,
    0x2265,
    0x2192,
    0x2022,
]


@cache
def font_folder() -> Path:
    """A folder with the four static fonts, made on first use."""
    folder = _writable() / "selaras-huruf-2"
    folder.mkdir(parents=True, exist_ok=True)
    for cut in _CUTS:
        path = folder / _file_name(*cut[:2])
        if not path.exists():
            _put(path, _saved(_cut(*cut)))
    return folder


def _put(path: Path, content: bytes) -> None:
    """Write whole or not at all: two runs may cut the same font at once."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def _saved(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _writable() -> Path:
    """The environment's own share folder, or the temporary folder where that is read-only."""
    share = Path(sys.prefix) / "share"
    return (
        share
        if os.access(share if share.exists() else sys.prefix, os.W_OK)
        else Path(tempfile.gettempdir())
    )


def _file_name(family: str, weight: int) -> str:
    return f"{family.replace(' ', '')}-{weight}.ttf"


def _cut(family: str, weight: int, package: str, file: str) -> TTFont:
    source = resources.files(package).joinpath("files", file)
    font = TTFont(io.BytesIO(source.read_bytes()), recalcTimestamp=False)
    # First the few signs, then the weight: the other order takes half a minute.
    options = Options(layout_features=["kern", "liga", "tnum"], notdef_outline=True, name_IDs=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_SIGNS)
    subsetter.subset(font)
    static = instantiateVariableFont(font, {"wght": weight})
    style = _STYLES[weight]
    legacy = family if weight in (400, 700) else f"{family} {style}"
    names = {1: legacy, 2: style if weight in (400, 700) else "Regular", 4: f"{family} {style}",
             6: f"{family.replace(' ', '')}-{style}", 16: family, 17: style}  # fmt: skip
    for number, text in names.items():
        static["name"].setName(text, number, 3, 1, 0x409)
    static["OS/2"].usWeightClass = weight
    return static


@cache
def font_css() -> str:
    """@font-face rules with the fonts inside, so that a page refers to nothing outside itself."""
    path = font_folder() / "huruf.css"
    if not path.exists():
        _put(path, _font_rules().encode())
    return path.read_text(encoding="utf-8")


def _font_rules() -> str:
    rules = []
    for family, weight, *_ in _CUTS:
        data = base64.b64encode(_woff2(font_folder() / _file_name(family, weight))).decode()
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "\n".join(rules) + "\n"


def _woff2(path: Path) -> bytes:
    font = TTFont(path, recalcTimestamp=False)
    font.flavor = "woff2"
    return _saved(font)
