"""Duplicates, overlap, targeting, services and surveys: exact counts for the office alone."""

from analysis.measures.assess import assess

__all__ = ["assess"]
