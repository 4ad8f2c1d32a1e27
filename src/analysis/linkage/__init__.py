"""One person and one family across every roster, with how each link was found."""

from analysis.linkage.link import link
from analysis.linkage.resolve import resolve

__all__ = ["link", "resolve"]
