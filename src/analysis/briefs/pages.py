"""Blocks and executed notebooks → self-contained HTML, through our own templates."""

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.briefs.cited import bare, traced

if TYPE_CHECKING:
    from nbformat import NotebookNode


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("analysis.briefs", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"svg": Markup, "traced": traced, "plain": bare, "anchor": anchor}
    return environment


def anchor(text: str) -> str:
    """
    >>> anchor("12 PAS: kebutuhan")
    'bagian-12-pas-kebutuhan'
    """
    return "bagian-" + re.sub(r"[^a-z0-9]+", "-", bare(text).lower()).strip("-")


def block_html(data: dict) -> str:
    """One block as HTML; text is escaped, only our own SVG is not."""
    return _environment().get_template("block.html.j2").render(b=data).strip() + "\n"


@cache
def _exporter():
    """nbconvert's exporter with our template: compiled once a process, no kernel, no network.

    Not its HTMLExporter: that parses every page again to fill in alt texts, which ours have.
    """
    from nbconvert.exporters import TemplateExporter

    folder = resources.files("analysis").joinpath("briefs/templates")
    return TemplateExporter(
        template_name="basic",
        template_file=str(folder.joinpath("page.html.j2")),
        default_preprocessors=[],
    )


@cache
def page_style() -> str:
    """The page's own CSS."""
    folder = resources.files("analysis").joinpath("briefs/templates")
    return folder.joinpath("page.css").read_text(encoding="utf-8")


def page_html(notebook: "NotebookNode", meta: dict, font_css: str) -> str:
    """The whole page from an executed notebook, by nbconvert with our template.

    Nothing outside the file is referred to: fonts and figures stand inside it.
    """
    style = Markup(font_css + page_style())
    resources_ = {"meta": meta | {"title": bare(meta["title"])}, "style": style}
    body, _ = _exporter().from_notebook_node(notebook, resources=resources_)
    return body
