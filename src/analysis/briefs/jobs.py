"""Which briefs make an edition: one job a notebook × area × language, with its parameters checked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import UsageError
from analysis.policy import Area, Rulebook
from analysis.settings import Run

FORMATS = ("html", "pdf")


@dataclass(frozen=True)
class Job:
    """One brief to be rendered: `stem` is its place in the edition, without an ending."""

    name: str
    stem: str
    notebook: Path
    parameters: dict
    lang: str = "id"
    area: str = ""
    formats: tuple[str, ...] = FORMATS

    @property
    def files(self) -> list[str]:
        """What it writes, below the edition's folder."""
        return [f"{self.stem}.{ending}" for ending in self.formats]


def plan(
    run: Run,
    rulebook: Rulebook,
    store: Path,
    notebooks: Path,
    wanted: Sequence[str],
    formats: Sequence[str] = FORMATS,
    langs: Sequence[str] = ("id",),
) -> list[Job]:
    """Jobs of the briefs whose table was released, in the order of briefs.toml and areas.csv.

    Raises UsageError where none of them has data.
    """
    jobs = []
    for name in wanted:
        entry = rulebook.briefs["naskah"][name]
        if not (store / "rilis" / f"rilis_{entry['perlu']}.parquet").exists():
            continue
        for lang in langs if set(langs) <= set(entry.get("bahasa", ["id"])) else ["id"]:
            for area in _areas(rulebook, entry.get("wilayah", "")):
                jobs.append(_job(run, store, notebooks, name, entry, lang, area, tuple(formats)))
    if not jobs:
        raise UsageError("brief_without_data", briefs=", ".join(wanted))
    return jobs


def _areas(rulebook: Rulebook, level: str) -> Iterable[Area | None]:
    return [a for a in rulebook.areas if a.tingkat == level] if level else [None]


def _job(
    run: Run,
    store: Path,
    notebooks: Path,
    name: str,
    entry: dict,
    lang: str,
    area: Area | None,
    formats: tuple[str, ...],
) -> Job:
    parameters = {
        "store": str(store),
        "period": run.period,
        "edition": run.edition.on.isoformat(),
        "synthetic": run.synthetic,
        "status": run.edition.status,
        "number": run.edition.number,
        "lang": lang,
        "rules": [str(path) for path in run.overlays],
    }
    ending = "" if lang == "id" else f"_{lang}"
    stem = f"{name}{ending}"
    if area is not None:
        parameters["wilayah"] = area.kode
        stem = f"{name}/{area.kode}_{slug(area.nama)}{ending}"
    code = area.kode if area else ""
    return Job(name, stem, notebooks / entry["notebook"], parameters, lang, code, formats)


def slug(name: str) -> str:
    """
    >>> slug("Gunung Puyuh")
    'gunung-puyuh'
    """
    return name.lower().replace(" ", "-")


def selected(jobs: list[Job], params: Sequence[str], rulebook: Rulebook) -> list[Job]:
    """Jobs that `--param name=value` leaves. `wilayah` chooses by area; other names are set.

    Raises UsageError for a word without '=', an unknown name or an area that is not there.
    """
    for word in params:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError("param_malformed", word=word)
        if name != "wilayah":
            raise UsageError("param_fixed", name=name)
        if value not in {area.kode for area in rulebook.areas}:
            raise UsageError("area_unknown", area=value)
        city = value == rulebook.city().kode
        jobs = [job for job in jobs if job.area == ("" if city else value)]
    if not jobs:
        raise UsageError("brief_without_data", briefs=" ".join(params))
    return jobs
