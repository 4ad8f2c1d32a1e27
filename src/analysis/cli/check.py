"""`selaras check` and `selaras except`: one screen a file, a layout proposed, a gate answered for."""

import glob
import re
from datetime import date
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from analysis import inspection, launch
from analysis.cli.words import (
    AsJson,
    Lang,
    Period,
    RulesDir,
    SetName,
    password_for,
    pipeline_for,
    say,
)
from analysis.errors import UsageError, message
from analysis.field import Quality
from analysis.notation import number, percent
from analysis.policy import load_rulebook
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
    file: File = None,
    set_name: SetName = None,
    period: Period = None,
    rules: RulesDir = None,
    yes: Yes = False,
    code: Code = None,
    programme: Programme = None,
    role: Role = "penerima",
    word: Word = None,
    lang: Lang = "id",
    as_json: AsJson = False,
) -> None:
    """Periksa berkas: isi, perbaikan, temuan; usulkan tata letak bila belum dikenal. Contoh: selaras check daftar.xlsx"""
    console = Console(width=110 if not Console().is_terminal else None, highlight=False)
    if file is None:
        pipeline = pipeline_for(set_name, period, None, rules, lang, as_json)
        with launch.held(pipeline.workspace, pipeline.run.set_name):
            quality, written = inspection.inspect_set(pipeline)
        root = pipeline.workspace.root
        _answer(
            console, quality, [path.relative_to(root).as_posix() for path in written], lang, as_json
        )
        return
    rulebook = load_rulebook(launch.rule_overlays(Workspace(Path.cwd()), rules, synthetic=False))
    with inspection.inspected_file(
        file, rulebook, _password_of(file, lang) if _locked(file) else None
    ) as view:
        if view.quality:
            _answer(console, view.quality, [], lang, as_json)
        elif view.series is not None:
            _answer_series(console, file.name, view.series, lang, as_json)
        else:
            accepted = yes or (not as_json and _is_asked(view.proposals, console, lang))
            _answer_proposal(console, view.proposals, lang, as_json, shown=not yes and not as_json)
            if accepted:
                _accept(view.proposals[0], rules, code, programme, role, word, rulebook, lang)


def except_gate(
    gate: Annotated[str, typer.Argument(help="nik, ganda, atau kelurahan.")],
    file: Annotated[str, typer.Argument(help="Nama berkas.")],
    reason: Annotated[str, typer.Option(help="Alasan, akan tersimpan.")],
    by: Annotated[str, typer.Option(help="Siapa yang memutuskan.")],
    set_name: SetName = None,
    lang: Lang = "id",
) -> None:
    """Catat pengecualian satu gerbang mutu. Contoh: selaras except ganda pkh.xlsx --reason "..." --by "Kabid Linjamsos" """
    if gate not in GATES:
        raise UsageError("gate_unknown", gate=gate, known=", ".join(GATES))
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


def _answer(
    console: Console, quality: Quality, written: list[str], lang: str, as_json: bool
) -> None:
    if as_json:
        facts = {
            "files": quality.files().to_dict("records"),
            "findings": quality.by_check().to_dict("records"),
            "unchecked": quality.unchecked()["check_code"].tolist(),
            "sheets": written,
        }
        return say(True, facts, "")
    for row in quality.files().itertuples():
        console.rule(row.berkas, align="left")
        console.print(message("rows_line", lang, read=number(row.baris_dibaca), kept=number(row.baris_disimpan),
                              aside=number(row.baris_dikeluarkan), sheets=row.lembar))  # fmt: skip
        columns = quality.columns(row.berkas)
        placed = columns[columns["medan"].notna()]
        console.print(
            message(
                "columns_line",
                lang,
                columns=", ".join(
                    f"{h} → {m}" for h, m in zip(placed["judul"], placed["medan"], strict=True)
                ),
            ),
            markup=False,
        )
        if len(loose := columns[columns["medan"].isna()]):
            console.print(
                message("loose_line", lang, columns=", ".join(loose["judul"])), markup=False
            )
        _print_table(
            console,
            quality.repairs(row.berkas)[["jenis", "n_baris"]],
            message("repairs_title", lang),
        )
        _print_table(
            console,
            quality.by_check(row.berkas)[["kode", "temuan", "tingkat", "baris"]],
            message("findings_title", lang),
        )
    if len(unchecked := quality.unchecked()):
        console.print(
            message("unchecked_line", lang, checks="; ".join(unchecked["pemeriksaan"])),
            markup=False,
        )
    for path in written:
        typer.echo(path)


def _print_table(console: Console, frame: pd.DataFrame, title: str) -> None:
    if frame.empty:
        return
    table = Table(title=title, title_justify="left", show_edge=False)
    for name in frame.columns:
        table.add_column(
            str(name), justify="right" if pd.api.types.is_integer_dtype(frame[name]) else "left"
        )
    for row in frame.itertuples(index=False):
        table.add_row(*(number(cell) if not isinstance(cell, str) else cell for cell in row))
    console.print(table)


def _answer_series(console: Console, file: str, findings: tuple, lang: str, as_json: bool) -> None:
    labels = load_rulebook().reading.label_deret
    rows = [
        {"tahun": f.tahun, "jenis": labels[f.jenis], "wilayah": f.wilayah, "bukti": f.bukti}
        for f in findings
    ]
    if as_json:
        return say(True, {"file": file, "series": rows}, "")
    typer.echo(message("series_line", lang, file=file, count=len(rows)))
    frame = pd.DataFrame(rows, columns=["tahun", "jenis", "wilayah", "bukti"]).astype(
        {"tahun": "str"}
    )
    _print_table(console, frame, "")


def _answer_proposal(
    console: Console, proposals: tuple[Proposal, ...], lang: str, as_json: bool, shown: bool
) -> None:
    if as_json:
        facts = [
            {"sheet": p.sheet, "header_row": p.header_row, "rows": p.rows, "unplaced": p.unplaced,
             "columns": {c.header or c.column: c.field for c in p.columns if c.field}} for p in proposals
        ]  # fmt: skip
        return say(True, {"proposals": facts}, "")
    if not shown:
        _show_proposal(console, proposals, lang)


def _show_proposal(console: Console, proposals: tuple[Proposal, ...], lang: str) -> None:
    for proposal in proposals:
        typer.echo(
            message(
                "proposal_line",
                lang,
                file=proposal.file,
                sheet=proposal.sheet,
                row=proposal.header_row,
                rows=number(proposal.rows),
            )
        )
        frame = pd.DataFrame(
            [
                (
                    c.header or c.column,
                    c.field or "–",
                    c.basis or "–",
                    percent(c.share, 0),
                    percent(c.filled, 0),
                )
                for c in proposal.columns
            ],
            columns=["judul", "medan", "dasar", "cocok", "terisi"],
        )
        _print_table(console, frame, "")
        if proposal.unplaced:
            typer.echo(
                message(
                    "unplaced_line", lang, columns=", ".join(filter(None, proposal.unplaced)) or "–"
                )
            )


def _is_asked(proposals: tuple[Proposal, ...], console: Console, lang: str) -> bool:
    _show_proposal(console, proposals, lang)
    if not console.is_terminal:
        typer.echo(message("proposal_hint", lang))
        return False
    return typer.confirm(message("proposal_question", lang))


def _accept(
    proposal: Proposal, rules: Path | None, code, programme, role, word, rulebook, lang: str
) -> None:
    name = code or re.sub(r"[^a-z0-9]+", "_", Path(proposal.file).stem.lower()).strip("_")
    words = list(word or []) or [Path(proposal.file).stem]
    target = inspection.accept(
        proposal, rules or Path("aturan"), name, programme, role, words, rulebook
    )
    typer.echo(message("layout_written", lang, file=target.as_posix()))
