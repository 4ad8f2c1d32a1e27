"""One person and one family across every roster, with how each link was found."""

from analysis.linkage.link import link

__all__ = ["link"]
