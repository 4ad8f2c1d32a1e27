"""Header rows in the brief's language."""

from analysis.briefs.opened import Brief


def columns(brief: Brief, key: str, sides: str) -> tuple[tuple[str, str], ...]:
    """The headers of message naskah_kolom_<key>, parted by '|', with a side ('l' or 'r') each."""
    heads = brief.say(f"kolom_{key}").split("|")
    return tuple(zip(heads, sides, strict=True))


class Numbered:
    """Tables and figures numbered as they come."""

    def __init__(self, brief: Brief, tables: int = 0, figures: int = 0) -> None:
        self._brief, self._tables, self._figures = brief, tables, figures

    def table(self) -> str:
        """The label of the next table."""
        self._tables += 1
        return self._brief.say("tabel", number=self._tables)

    def figure(self) -> str:
        """The label of the next figure."""
        self._figures += 1
        return self._brief.say("gambar", number=self._figures)
