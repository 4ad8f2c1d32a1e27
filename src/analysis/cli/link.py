"""`selaras link`: files → persons and families, all at once or only what is new."""

from dataclasses import replace
from typing import Annotated

import typer

from analysis import launch
from analysis.cli.words import AsJson, Lang, Period, RulesDir, SetName, pipeline_for, say
from analysis.engine import Engine
from analysis.errors import message
from analysis.notation import number
from analysis.pipeline import Pipeline

Incremental = Annotated[
    bool,
    typer.Option(
        "--incremental",
        help="Hanya baris yang belum dikenal, terhadap registri; bila tidak mungkin, semuanya.",
    ),
]
Plan = Annotated[
    bool, typer.Option("--plan", help="Sebutkan yang akan dikerjakan; tidak memadankan.")
]

_COUNTS = """SELECT (SELECT count(*) FROM core_links), (SELECT count(*) FROM core_persons), (SELECT count(*) FROM core_families)"""
_MERGED = "SELECT count(*) FROM registry_lineage WHERE period = $period AND event = 'gabung'"


def link(
    incremental: Incremental = False, plan: Plan = False, set_name: SetName = None, period: Period = None,
    rules: RulesDir = None, lang: Lang = "id", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Padankan orang dan keluarga. Contoh: selaras link --set contoh --period 2025-12 --incremental"""
    pipeline = replace(
        pipeline_for(set_name, period, None, rules, lang, as_json), wants_increment=incremental
    )
    with launch.held(pipeline.workspace, pipeline.run.set_name):
        if plan:
            return _tell_plan(pipeline, lang, as_json)
        pipeline.resolve()
        facts = _facts(pipeline)
    shown = facts | {
        name: number(facts[name], 0, lang) for name in ("rows", "persons", "families", "merged")
    }
    say(as_json, facts, message("link_done", lang, **shown))


def _facts(pipeline: Pipeline) -> dict:
    run = pipeline.run
    with Engine() as engine:
        pipeline.store.attach(engine, "core_links", "core_persons", "core_families")
        pipeline.registry.attach(engine, "registry_lineage")
        rows, persons, families = engine.rows(_COUNTS)[0]
        merged = engine.one(_MERGED, period=run.period)
    return {
        "set": run.set_name,
        "period": run.period,
        "rows": rows,
        "persons": persons,
        "families": families,
        "merged": merged,
    }


def _tell_plan(pipeline: Pipeline, lang: str, as_json: bool) -> None:
    """Reads and cleans, so that what is new is known; links nothing."""
    pipeline.clean(pipeline.read())
    base = pipeline.increment.base() if pipeline.wants_increment else None
    way = "fresh" if pipeline.is_linked else "increment" if base else "whole"
    facts = {
        "set": pipeline.run.set_name,
        "period": pipeline.run.period,
        "way": way,
        "base": base.folder.name if base else "",
    }
    say(as_json, facts, message(f"plan_{way}", lang, **facts))
