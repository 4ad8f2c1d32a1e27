"""What a release follows from besides the exact results: the office's secret, and what earlier editions printed."""

from analysis.engine import Store, recalled, stage_key
from analysis.release.rounding import fingerprint, rounding_key
from analysis.settings import Run

RECORD = "registry_release"


def basis(registry: Store, run: Run) -> tuple[str, str]:
    """A mark of the secret and one of the record before this edition; the record is opened only where it changed."""

    def told() -> str:
        from analysis.release.record import told_before

        return told_before(registry, run)

    key = stage_key("basis", run.identity, run.period, registry.content(RECORD))
    return fingerprint(rounding_key(run)), recalled(key, told)
