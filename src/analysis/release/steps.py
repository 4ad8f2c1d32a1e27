"""Topics in two halves, run together: all announce, all is decided at once, all print."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from analysis.release.topics import Statuses, Step


def decide(steps: Sequence[Step], settle: Callable[[], Statuses]) -> None:
    """Every topic announces its systems; then all are decided at once; then every topic prints."""
    for step in steps:
        next(step)
    finish(steps, settle())


def finish(steps: Sequence[Step], status: Statuses) -> None:
    """The second half of each step."""
    for step in steps:
        with suppress(StopIteration):
            step.send(status)


def together(steps: Sequence[Step]) -> Step:
    """Several steps as one."""
    for step in steps:
        next(step)
    finish(steps, (yield))
