"""What run and brief are asked for: their options, and commands that take them as one."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, get_type_hints

import typer

from analysis.cli.refusals import LANGUAGE
from analysis.cli.words import (
    AsJson,
    EditionDate,
    Period,
    RulesDir,
    SetName,
)

Briefs = Annotated[str, typer.Option(help="Naskah, dipisah koma; 'all' = semua yang datanya ada.")]
Param = Annotated[list[str] | None, typer.Option(help="nama=nilai, misalnya wilayah=32.72.03.")]
Format = Annotated[str, typer.Option("--format", help="html, pdf, atau html,pdf.")]
Kernel = Annotated[
    str, typer.Option(help="lokal (satu proses, cepat) atau nbclient (kernel asli).")
]
Final = Annotated[
    bool, typer.Option("--final", help="Status FINAL; ditolak tanpa sumber.toml lengkap.")
]
Number = Annotated[int, typer.Option(min=1, help="Nomor edisi.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Sebutkan yang akan dibuat; tidak menulis apa pun.")
]
Notify = Annotated[Path | None, typer.Option(help="Berkas ringkasan JSON untuk penjadwal.")]
BriefLang = Annotated[
    str,
    typer.Option("--lang", envvar=LANGUAGE, help="Bahasa keluaran dan naskah: id, en, atau id,en."),
]


@dataclass(frozen=True)
class Asked:
    """What `run` and `brief` are asked for; each field is an option of theirs."""

    briefs: Briefs = "all"
    set_name: SetName = None
    period: Period = None
    edition: EditionDate = None
    format_: Format = "html,pdf"
    kernel: Kernel = "lokal"
    final: Final = False
    number: Number = 1
    dry_run: DryRun = False
    notify: Notify = None
    rules: RulesDir = None
    lang: BriefLang = "id"
    as_json: AsJson = False

    @property
    def langs(self) -> tuple[str, ...]:
        """Languages of the briefs; the first is the command's own."""
        return tuple(word.strip() for word in self.lang.split(","))


@dataclass(frozen=True)
class AskedBrief(Asked):
    """The same, the briefs as plain words, and areas."""

    briefs: Annotated[str, typer.Argument(help="Naskah, dipisah koma.")] = "all"
    param: Param = None


def command(kind: type[Asked]) -> Callable[[Callable[[Asked], None]], Callable]:
    """`act(asked)` as Typer sees commands: a function with an option a field."""

    def dressed(act: Callable[[Asked], None]) -> Callable:
        def command(**words: object) -> None:
            act(kind(**words))

        command.__doc__, command.__signature__ = act.__doc__, inspect.signature(kind)
        command.__annotations__ = get_type_hints(kind, include_extras=True)
        return command

    return dressed
