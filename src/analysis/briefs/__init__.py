"""Protected cells → briefs: HTML for screens, PDF for paper, from one notebook each."""

import sys
from importlib import import_module

# jsonschema's optional grammar compiles for over a second when nbformat is imported; nothing here needs it.
sys.modules.setdefault("rfc3987_syntax", None)

_HOME = {"Cells": "cells", "open_brief": "opened"}
__all__ = ["Cells", "open_brief"]


def __getattr__(name: str) -> object:
    """Load what is asked for and nothing else: a run that changes nothing needs no pandas."""
    if name in _HOME:
        return getattr(import_module(f"analysis.briefs.{_HOME[name]}"), name)
    raise AttributeError(name)
