"""HTML tables that web applications save under the name .xls."""

from collections.abc import Iterator

from lxml import etree, html

from analysis.errors import InputFileError
from analysis.rosters.cells import Sheet, as_text_table


def looks_like_html(content: bytes) -> bool:
    """A page, whatever its name says."""
    start = content[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style"))


def html_sheets(content: bytes, file: str) -> list[Sheet]:
    """Every table that is not inside another, as a sheet. Raises InputFileError where there is none."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        page = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputFileError("workbook_damaged", file=file) from error
    tables = page.xpath("//table[not(ancestor::table)]")
    if not tables:
        raise InputFileError("header_not_found", file=file, sheet="html")
    return [
        Sheet(f"tabel{n}", as_text_table(_rows(table), file))
        for n, table in enumerate(tables, start=1)
    ]


def _rows(table: html.HtmlElement) -> Iterator[list[str]]:
    """A cell spanning columns is followed by empty ones, as in a workbook."""
    for row in table.iterfind(".//tr"):
        cells: list[str] = []
        for cell in row.xpath("./td|./th"):
            span = cell.get("colspan", "1")
            cells.append(" ".join(cell.text_content().split()))
            cells += [""] * (min(int(span), 50) - 1 if span.isdigit() else 0)
        yield cells
