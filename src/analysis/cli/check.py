"""`selaras check` and `selaras except`: a file looked at, a layout accepted, a gate answered for."""

import glob
import re
from datetime import date
from pathlib import Path
from typing import Annotated, get_args

import typer

from analysis import inspection, launch
from analysis.cli.check_screen import (
    Screen,
    proposal_facts,
    quality_facts,
    series_rows,
)
from analysis.cli.words import (
    AsJson,
    Lang,
    Period,
    RulesDir,
    SetName,
    held_pipeline,
    password_for,
    say,
)
from analysis.errors import UsageError, message
from analysis.policy import Rulebook, load_rulebook
from analysis.policy.file_models import Role as Roles
from analysis.rosters import GATES, GateException, Proposal, read_provenance, record_exception
from analysis.settings import Workspace

File = Annotated[Path | None, typer.Argument(help="Satu berkas; tanpa ini: semua berkas set.")]
Yes = Annotated[bool, typer.Option("--yes", help="Terima usulan tata letak dan tulis.")]
Code = Annotated[str | None, typer.Option("--code", help="Nama tata letak baru.")]
Programme = Annotated[str | None, typer.Option(help="Kode program daftar ini.")]
Role = Annotated[
    str, typer.Option(help="penerima, registri_keluarga, registri_individu, log, atau rujukan.")
]
Word = Annotated[
    list[str] | None, typer.Option("--word", help="Kata pada judul yang menandai daftar ini.")
]


def check(
    file: File = None, set_name: SetName = None, period: Period = None, rules: RulesDir = None, yes: Yes = False,
    code: Code = None, programme: Programme = None, role: Role = "penerima", word: Word = None, lang: Lang = "id",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Periksa berkas: isi, perbaikan, temuan; usulkan tata letak bila belum dikenal. Contoh: selaras check daftar.xlsx"""
    if file is None:
        return _check_set(set_name, period, rules, lang, as_json)
    rulebook = load_rulebook(launch.rule_overlays(Workspace(Path.cwd()), rules, synthetic=False))
    password = _password_of(file, lang) if _locked(file) else None
    with inspection.inspected_file(file, rulebook, password) as view:
        if view.proposals:
            accepted = _propose(view.proposals, lang, as_json, yes)
            if accepted:
                words = {"programme": programme, "role": role, "words": list(word or [])}
                _accept(view.proposals[0], rules, code, rulebook, lang, words)
        else:
            _show(file, view, rulebook, lang, as_json)


def _check_set(
    set_name: str | None, period: str | None, rules: Path | None, lang: str, as_json: bool
) -> None:
    with held_pipeline(set_name, period, rules, lang, as_json) as pipeline:
        quality, written = inspection.inspect_set(pipeline)
        shown = [path.relative_to(pipeline.workspace.root).as_posix() for path in written]
        if as_json:
            return say(True, quality_facts(quality, shown), "")
        Screen(lang).quality(quality, shown)


def _show(
    file: Path, view: inspection.FileView, rulebook: Rulebook, lang: str, as_json: bool
) -> None:
    """A known list, or a table of years."""
    if as_json and view.quality:
        say(True, quality_facts(view.quality), "")
    elif as_json:
        say(True, {"file": file.name, "series": series_rows(view.series, rulebook)}, "")
    elif view.quality:
        Screen(lang).quality(view.quality)
    else:
        Screen(lang).series(file.name, view.series, rulebook)


def _propose(proposals: tuple[Proposal, ...], lang: str, as_json: bool, yes: bool) -> bool:
    """Show what the columns seem to be; whether that is accepted."""
    if as_json:
        say(True, proposal_facts(proposals), "")
        return yes
    screen = Screen(lang)
    screen.proposals(proposals)
    if yes:
        return True
    if not screen.console.is_terminal:
        typer.echo(message("proposal_hint", lang))
        return False
    return typer.confirm(message("proposal_question", lang))


def _accept(
    proposal: Proposal, rules: Path | None, code: str | None, rulebook: Rulebook, lang: str, words: dict
) -> None:  # fmt: skip
    stem = Path(proposal.file).stem
    name = code or re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise UsageError("layout_code_malformed", code=name)
    if words["role"] not in (roles := get_args(Roles)):
        raise UsageError("option_unknown", option="--role", word=words["role"], known=", ".join(roles))  # fmt: skip
    words["words"] = words["words"] or [stem]
    target = inspection.accept(proposal, rules or Path("aturan"), name, rulebook=rulebook, **words)
    typer.echo(message("layout_written", lang, file=target.as_posix()))


def except_gate(
    gate: Annotated[str, typer.Argument(help=", ".join(GATES))],
    file: Annotated[str, typer.Argument(help="Nama berkas.")],
    reason: Annotated[str, typer.Option(help="Alasan, akan tersimpan.")],
    by: Annotated[str, typer.Option(help="Siapa yang memutuskan.")],
    set_name: SetName = None,
    lang: Lang = "id",
) -> None:
    """Catat pengecualian satu gerbang mutu atau pemadanan. Contoh: selaras except ganda pkh.xlsx --reason "..." --by "Kabid Linjamsos" """
    if gate not in GATES:
        raise UsageError("gate_unknown", gate=gate, known=", ".join(GATES))
    if not (reason.strip() and by.strip()):
        raise UsageError("exception_nameless")
    workspace = Workspace(Path.cwd())
    chosen = launch.chosen_set(workspace, set_name)
    if not any(workspace.raw(chosen).glob(f"*/{glob.escape(file)}")):
        raise UsageError("exception_without_file", file=file, set=chosen)
    decision = GateException(gate, file, reason, by, date.today().isoformat())
    record_exception(workspace.decisions(chosen), decision)
    typer.echo(message("exception_recorded", lang, gate=gate, file=file, set=chosen))


def _password_of(file: Path, lang: str) -> str | None:
    """The public one of made-up data beside the file, else the one the analyst gives."""
    return read_provenance(file.parent).public_password or password_for(lang)(file.name)


def _locked(file: Path) -> bool:
    return (
        file.is_file()
        and file.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
        and file.suffix.lower() == ".xlsx"
    )
