"""What may leave the office: protected cells, the leak gate, the manifest."""

from analysis.release import leak_gate, manifest
from analysis.release.cells import release_tables
from analysis.release.leak_gate import Leak

__all__ = ["Leak", "leak_gate", "manifest", "release_tables"]
