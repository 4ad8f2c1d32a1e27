"""Read, clean and check the current folder's set in one process: what the peer is held against."""

from pathlib import Path

from analysis import launch
from analysis.settings import Workspace

pipeline = launch.prepare(Workspace(Path.cwd()), None, None, None, None, lambda *_: None)
pipeline.clean(pipeline.read())
