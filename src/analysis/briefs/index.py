"""index.html: find a brief, and see what changed since the edition before."""

import json
from collections.abc import Sequence
from pathlib import Path

from analysis.briefs.blocks import Block, Headline, Links
from analysis.briefs.cited import bare
from analysis.briefs.edition import Maker, day_of
from analysis.briefs.freshness import State
from analysis.briefs.screens import write_screen
from analysis.errors import message
from analysis.notation import month_year, plain_date


def write_index(
    maker: Maker, folder: Path, notes: dict, states: Sequence[State], old: Path | None
) -> None:
    """The city's briefs first, then a table a kecamatan, then the other forms."""
    before = _before(old)
    jobs = {state.job.stem: state.job for state in states}
    rows = {stem: _row(maker, jobs[stem], note, before, old) for stem, note in notes.items()}
    run = maker.run
    lead = message("indeks_isi", edition=plain_date(run.edition.on), month=month_year(run.period), status=run.edition.status,
                   count=len(notes))  # fmt: skip
    blocks: list[Block] = [Headline(message("indeks_judul"), lead)]
    blocks.append(Links(message("indeks_kota"), tuple(rows[s] for s in rows if not jobs[s].area)))
    for area in (a for a in maker.rulebook.areas if a.tingkat == "kecamatan"):
        inside = [
            s for s in rows if jobs[s].area == area.kode or jobs[s].area.startswith(area.kode + ".")
        ]
        if inside:
            blocks.append(Links(f"Kecamatan {area.nama}", tuple(rows[s] for s in inside)))
    others = sorted(
        p for p in folder.rglob("*") if p.is_file() and _is_form(p.relative_to(folder), notes)
    )
    found = tuple(
        (_form_name(p), ((p.suffix[1:].upper(), p.relative_to(folder).as_posix()),), "", "")
        for p in others
    )
    if found:
        blocks.append(Links(message("indeks_lain"), found))
    write_screen(maker, folder / "index.html", message("indeks_judul"), blocks)


def _is_form(path: Path, notes: dict) -> bool:
    kept = {name for note in notes.values() for name in note["berkas"]}
    return (
        path.as_posix() not in kept
        and path.suffix != ".txt"
        and path.name not in ("index.html", "manifest.json")
    )


def _form_name(path: Path) -> str:
    return (
        path.stem.replace("_", " ")
        .replace("DATA-SINTETIS", "(DATA SINTETIS)")
        .capitalize()
        .replace("(data sintetis)", "(DATA SINTETIS)")
    )


def _before(old: Path | None) -> dict:
    path = old / "manifest.json" if old else None
    return (
        json.loads(path.read_text(encoding="utf-8")).get("naskah", {})
        if path and path.exists()
        else {}
    )


def _row(maker: Maker, job, note: dict, before: dict, old: Path | None) -> tuple:
    entry = maker.rulebook.briefs["naskah"][job.name]
    area = next((a for a in maker.rulebook.areas if a.kode == job.area), None)
    name = f"{area.tingkat.capitalize()} {area.nama}" if area else entry["judul"]
    name += " (English)" if job.lang == "en" else ""
    files = tuple((ending.rsplit(".", 1)[1].upper(), ending) for ending in note["berkas"])
    return name, files, bare(note["judul"]), _state(note, before.get(job.stem), old)


def _state(note: dict, earlier: dict | None, old: Path | None) -> str:
    if old is None:
        return message("indeks_pertama")
    day = day_of(old)
    if earlier is None:
        return message("indeks_baru", day=day)
    same = earlier["bagian"].get("data") == note["bagian"]["data"]
    return message("indeks_sama" if same else "indeks_berubah", day=day)
