"""Other forms of an edition from the same cells: slides, a picture, talking points, letters, tables in a zip."""

from analysis.briefs.forms.all import write_forms

__all__ = ["write_forms"]
