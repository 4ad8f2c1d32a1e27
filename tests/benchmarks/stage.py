"""One stage of the pipeline in the current folder, for measuring; what a month rests on is done for the month before it too."""

import sys
from pathlib import Path

from analysis import launch
from analysis.briefs.edition import Wish
from analysis.engine import sha256_of
from analysis.rosters import input_files
from analysis.settings import Workspace


def main(stage: str) -> None:
    pipeline = launch.prepare(Workspace(Path.cwd()), None, None, None, None, lambda *_: None)
    months = [pipeline.previous, pipeline] if pipeline.previous else [pipeline]
    for month in months if stage in ("read", "clean", "link") else months[-1:]:
        if stage == "clean":
            folder = month.workspace.raw(month.run.set_name, month.run.period)
            month.clean({path.name: sha256_of(path) for path in input_files(folder)})
        elif stage == "brief":
            month.brief(Wish(tuple(launch.wanted_briefs(month.rulebook, "all"))))
        else:
            getattr(month, stage)()


if __name__ == "__main__":  # rendering starts processes that import this file
    main(sys.argv[1])
