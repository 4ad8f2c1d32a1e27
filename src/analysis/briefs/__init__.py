"""Protected cells → briefs: HTML for screens, PDF for paper, from one notebook each."""

import sys

from analysis.lazily import lazily

# jsonschema's optional grammar compiles for over a second when nbformat is imported; nothing here needs it.
sys.modules.setdefault("rfc3987_syntax", None)

__getattr__ = lazily(__name__, cells="Cells", opened="open_brief")

__all__ = ["Cells", "open_brief"]
