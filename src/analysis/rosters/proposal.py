"""What a sheet of an unknown file seems to hold, and the layout it makes once somebody says yes.

Statistics alone stand here (shares and counts); no cell of a row does.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ProposedColumn:
    """One column: its header, the field proposed (None: not placed), why, and how many cells bear it out.

    `share` is the share of the filled cells that look like the field; `filled` that of filled cells.
    """

    column: str
    header: str
    field: str | None
    basis: str
    share: float
    filled: float


@dataclass(frozen=True)
class Proposal:
    """What a sheet seems to hold; nothing is used before somebody says yes."""

    file: str
    sheet: str
    header_row: int
    rows: int
    columns: tuple[ProposedColumn, ...]

    @property
    def unplaced(self) -> list[str]:
        """Headers of columns that are no field; named, never guessed."""
        return [column.header for column in self.columns if column.field is None]

    @property
    def fields(self) -> set[str]:
        """Fields that were placed."""
        return {column.field for column in self.columns if column.field}


def as_toml(
    proposal: Proposal,
    code: str,
    programme: str | None,
    role: str,
    label: str,
    words: Sequence[str],
) -> str:
    """The layout file for a confirmed proposal."""
    needed = [name for name in ("nik", "nama") if name in proposal.fields] or sorted(
        proposal.fields
    )[:1]
    lines = [
        f"# Diusulkan oleh `selaras periksa` dari judul dan isi kolom {_quoted(proposal.file)}, lalu disetujui.",
        f"kode = {_quoted(code)}", f"peran = {_quoted(role)}", f"label = {_quoted(label)}",
        *([f"program = {_quoted(programme)}"] if programme else []),
        f"kenali_judul = [{', '.join(map(_quoted, words))}]",
        f"wajib = [{', '.join(map(_quoted, needed))}]", "[kolom]",
    ]  # fmt: skip
    lines += [f"{c.field} = [{_quoted(c.header)}]" for c in proposal.columns if c.field]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
