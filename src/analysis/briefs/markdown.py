"""Analysts' markdown → blocks: mistune's tokens become data, never HTML or Typst markup.

`#`, `$`, `@` and `<b>` in a notebook are characters on the page. Cells tagged `catatan` are notes for
whoever opens the notebook and are not printed.
"""

from collections.abc import Iterator
from functools import cache

import mistune

from analysis.briefs.blocks import Block, Section, Table, Written

UNPRINTED = "catatan"
_STYLES = {"strong": "tebal", "emphasis": "miring", "codespan": "kode"}


def markdown_blocks(source: str) -> list[Block]:
    """Headings become sections, tables tables, everything else written lines in order."""
    blocks: list[Block] = []
    lines: list[dict] = []

    def close() -> None:
        if lines:
            blocks.append(Written(tuple(lines)))
            lines.clear()

    for token in _parser()(source):
        kind = token["type"]
        if kind == "heading":
            close()
            blocks.append(Section(_plain(token["children"])))
        elif kind == "table":
            close()
            blocks.append(_table(token))
        else:
            lines.extend(_lines(token))
    close()
    return blocks


@cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])


def _lines(token: dict, depth: int = 0) -> Iterator[dict]:
    kind = token["type"]
    if kind in ("paragraph", "block_text"):
        yield _line("paragraf", depth, list(_spans(token["children"])))
    elif kind == "list":
        yield from _items(token, depth)
    elif kind == "block_quote":
        for child in token["children"]:
            yield from (line | {"jenis": "kutipan"} for line in _lines(child, depth))
    elif kind == "block_code":
        yield _line("kode", depth, [["kode", token["raw"].rstrip("\n")]])
    elif kind == "block_html":  # characters, not markup
        yield _line("paragraf", depth, [["biasa", token["raw"].strip()]])


def _line(kind: str, depth: int, spans: list[list[str]]) -> dict:
    return {"jenis": kind, "tanda": "", "dalam": depth, "isi": spans}


def _items(token: dict, depth: int) -> Iterator[dict]:
    """The items of a list, each with its mark at its first line."""
    first = token["attrs"].get("start", 1)
    for place, item in enumerate(token["children"]):
        mark = f"{first + place}." if token["attrs"].get("ordered") else "•"
        inner = (line for child in item["children"] for line in _lines(child, depth + 1))
        for at, line in enumerate(inner):
            own = at == 0 and line["jenis"] == "paragraf"
            yield line | ({"jenis": "butir", "tanda": mark} if own else {})


def _spans(tokens: list[dict], style: str = "biasa") -> Iterator[list[str]]:
    for token in tokens:
        kind = token["type"]
        if kind in ("softbreak", "linebreak"):
            yield [style, " "]
        elif kind == "image":
            yield [style, f"[gambar: {_plain(token.get('children', [])) or 'tanpa keterangan'}]"]
        elif "children" in token:
            yield from _spans(token["children"], _STYLES.get(kind, style))
            if kind == "link" and (url := token["attrs"]["url"]) not in _plain(token["children"]):
                yield [style, f" ({url})"]
        else:
            yield [_STYLES.get(kind, style), token.get("raw", "")]


def _plain(tokens: list[dict]) -> str:
    return "".join(text for _, text in _spans(tokens))


def _table(token: dict) -> Table:
    head, *bodies = token["children"]
    columns = tuple(
        (_plain(cell["children"]), "r" if cell["attrs"].get("align") == "right" else "l")
        for cell in head["children"]
    )
    rows = tuple(
        tuple(_plain(cell["children"]) for cell in row["children"])
        for body in bodies
        for row in body["children"]
    )
    return Table("", "Tabel dari catatan analis", "", columns, rows)
