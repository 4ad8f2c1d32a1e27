"""A picture and its words on a notebook's screen."""

from IPython.display import SVG, display


def show_picture(made: tuple[str, str]) -> None:
    """Draw the svg and print its alternative text below, so that nobody depends on seeing it."""
    svg, told = made
    display(SVG(svg))
    print(told)
