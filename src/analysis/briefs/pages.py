"""Blocks and executed notebooks → self-contained HTML, through our own templates."""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

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
    environment.filters["svg"] = Markup
    return environment


def block_html(data: dict) -> str:
    """One block as HTML; text is escaped, only our own SVG is not."""
    return _environment().get_template("block.html.j2").render(b=data).strip() + "\n"


def page_html(notebook: "NotebookNode", meta: dict, font_css: str) -> str:
    """The whole page from an executed notebook, by nbconvert with our template.

    Nothing outside the file is referred to: fonts and figures stand inside it.
    """
    from nbconvert import HTMLExporter

    folder = resources.files("analysis").joinpath("briefs/templates")
    style = folder.joinpath("page.css").read_text(encoding="utf-8")
    exporter = HTMLExporter(template_file=str(folder.joinpath("page.html.j2")))
    body, _ = exporter.from_notebook_node(
        notebook, resources={"meta": meta, "style": Markup(font_css + style)}
    )
    return body
