"""What was printed and what was held back, topic by topic: the public face of the release record."""

from collections import Counter

from analysis.release.disclosure import PUBLISHED, UNDEFINED
from analysis.release.topics import Release

TOPIC, ROUNDED = "catatan", "dibulatkan"


def release_summary(release: Release) -> None:
    """Release rilis_catatan: cells printed, held back, not computable and rounded, and recorded exceptions."""
    rounded = Counter(
        key[0] for key, guarded in release.notes.items()
        if guarded.is_published and guarded.low < guarded.high
    )  # fmt: skip
    for topic, cells in list(release.cells.items()):
        found = Counter(
            cell.status if cell.status in (PUBLISHED, UNDEFINED) else "ditahan" for cell in cells
        )
        for measure in (PUBLISHED, "ditahan", UNDEFINED):
            key = (TOPIC, release.city, topic, "", measure)
            release.plain(key, "sel", found[measure])
        release.plain((TOPIC, release.city, topic, "", ROUNDED), "sel", rounded[topic])
    for place, exception in enumerate(release.rule.pengecualian, start=1):
        key = (TOPIC, release.city, "pengecualian", str(place), exception.topik)
        reason = f"{exception.alasan}; {exception.oleh}"
        release.plain(key, "sel", 1, teks=reason, tanggal=exception.sejak)
