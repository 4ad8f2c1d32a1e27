"""The command line: four verbs are enough for an analyst; each has an Indonesian and an English name."""

from analysis.cli.app import main

__all__ = ["main"]
