"""Fonts of a PDF: which text each glyph stands for."""

import re

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def spelled(raw: bytes, glyphs: dict[int, str]) -> str:
    """The text of two-byte glyphs; one the font does not name reads as the replacement sign."""
    return "".join(
        glyphs.get(high << 8 | low, "\ufffd")
        for high, low in zip(raw[::2], raw[1::2], strict=False)
    )


def glyphs_of(font: object, fonts: dict) -> dict[int, str] | None:
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
