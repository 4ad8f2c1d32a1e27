"""What a brief is made of. Each block shows itself as HTML and hands Typst its data, never markup."""

from dataclasses import asdict, dataclass, field

from analysis.briefs.cited import bare_all
from analysis.briefs.pages import block_html

MIME = "application/vnd.selaras+json"


@dataclass(frozen=True)
class Block:
    """Base: a block becomes an output of a notebook cell with an HTML and a data form."""

    @property
    def kind(self) -> str:
        """The block's name in the templates."""
        return type(self).__name__.lower()

    def data(self) -> dict:
        """Plain data; cited numbers keep their source, which only HTML shows."""
        return {"kind": self.kind, **asdict(self)}

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/html": block_html(self.data()), MIME: bare_all(self.data())}


@dataclass(frozen=True)
class Headline(Block):
    """The finding in one sentence, and a lead of at most 60 words."""

    text: str
    lead: str


@dataclass(frozen=True)
class Figures(Block):
    """Key figures side by side: (value, label, note)."""

    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Section(Block):
    """A heading; `level` 2 for a chapter, 3 for a topic within it."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Contents(Block):
    """What stands where: (level, heading) of the sections that follow; paper adds their pages."""

    title: str
    entries: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Prose(Block):
    """Paragraphs."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Table(Block):
    """One header row; `columns` are (header, 'l' or 'r'); cells are text."""

    label: str
    title: str
    subtitle: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    widths: tuple[float, ...] = ()
    strong: tuple[int, ...] = ()  # rows set off, such as the brief's own area
    tall: bool = False  # rows high enough to write in
    long: bool = False  # may run over pages, its header repeated
    dense: bool = False  # small rows, `widths` in millimetres: tables to look things up in


@dataclass(frozen=True)
class Figure(Block):
    """An SVG with a title that states the finding and an alt text that states the values."""

    label: str
    title: str
    subtitle: str
    svg: str
    alt: str
    note: str = ""


@dataclass(frozen=True)
class Written(Block):
    """What an analyst wrote in markdown: lines of (jenis, tanda, dalam, spans of (style, text))."""

    lines: tuple[dict, ...]


@dataclass(frozen=True)
class Steps(Block):
    """A numbered list: (bold start, rest)."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Box(Block):
    """A set-off box; `tone` 'resmi' for official figures, 'metode' for how it was counted."""

    title: str
    paragraphs: tuple[str, ...]
    tone: str = "metode"
    rows: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Pair(Block):
    """Two blocks side by side on paper and wide screens."""

    left: Block
    right: Block
    widths: tuple[float, float] = (1, 1)

    def data(self) -> dict:
        """Both sides as data."""
        sides = {"left": self.left.data(), "right": self.right.data()}
        return {"kind": self.kind, "widths": list(self.widths), **sides}


@dataclass(frozen=True)
class Break(Block):
    """A new page on paper, a rule on screen."""


@dataclass(frozen=True)
class Signature(Block):
    """Status, edition and a blank for the approving official."""

    lines: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Links(Block):
    """A list of files, on screen only: rows of (name, ((word, place), …), headline, state)."""

    title: str
    rows: tuple[tuple, ...]
