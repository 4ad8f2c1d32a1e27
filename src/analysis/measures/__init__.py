"""Duplicates, overlap, targeting, services and surveys: exact counts for the office alone."""

from analysis.lazily import lazily

__getattr__ = lazily(
    __name__,
    assess="assess",
)

__all__ = ["assess"]
