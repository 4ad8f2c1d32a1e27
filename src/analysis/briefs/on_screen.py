"""A picture and its words on a notebook's screen."""

from IPython.display import SVG, display

from analysis.briefs.fonts import SANS

# Pages carry their font within them; a notebook's browser may lack it, and what it draws instead is wider.
_FALLBACKS = "Arial, Helvetica, sans-serif"


def show_picture(made: tuple[str, str]) -> None:
    """Draw the svg and print its alternative text below, so that nobody depends on seeing it."""
    svg, told = made
    display(SVG(legible(svg)))
    print(told)


def legible(svg: str) -> str:
    """The picture for a screen that may lack our font: another without serifs, and no label cut at the edge."""
    named = svg.replace(f"'{SANS}'", f"'{SANS}', {_FALLBACKS}")
    named = named.replace(f'font-family="{SANS}"', f'font-family="{SANS}, {_FALLBACKS}"')
    return named.replace("<svg ", '<svg style="overflow: visible; margin: 0 2em" ', 1)
