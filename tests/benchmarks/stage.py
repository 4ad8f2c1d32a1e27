"""One stage of the pipeline in the current folder, for measuring."""

import sys
from pathlib import Path

from analysis import launch
from analysis.briefs.edition import Wish
from analysis.engine import sha256_of
from analysis.rosters import input_files
from analysis.settings import Workspace

pipeline = launch.prepare(Workspace(Path.cwd()), None, None, None, None, lambda *_: None)
stage = sys.argv[1]
if stage == "clean":
    folder = pipeline.workspace.raw(pipeline.run.set_name, pipeline.run.period)
    pipeline.clean({path.name: sha256_of(path) for path in input_files(folder)})
elif stage == "brief":
    pipeline.brief(Wish(tuple(launch.wanted_briefs(pipeline.rulebook, "all"))))
else:
    getattr(pipeline, stage)()
