"""One person and one family across every roster, with how each link was found."""

from analysis.lazily import lazily

__getattr__ = lazily(
    __name__,
    clerical="reviewed_accuracy",
    link="link",
    resolve="resolve",
)

__all__ = ["link", "resolve", "reviewed_accuracy"]
