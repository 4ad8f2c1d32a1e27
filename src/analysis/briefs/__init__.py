"""Protected cells → briefs: HTML for screens, PDF for paper, from one notebook each."""

from analysis.briefs.cells import Cells
from analysis.briefs.edition import render_edition
from analysis.briefs.opened import open_brief

__all__ = ["Cells", "open_brief", "render_edition"]
