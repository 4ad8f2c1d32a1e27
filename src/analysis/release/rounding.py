"""Counts leave as multiples of a base, rounded up or down by an office secret.

Up or down depends on the area, the true count and the key alone: the same count of an area reads
the same in every table, month and edition, so nothing is won by comparing or averaging printed
figures, and on average nothing is added or lost (ONS, Eurostat: unbiased random rounding).
"""

import hashlib
import hmac

from analysis.field.keys import office_key
from analysis.settings import Run


def rounding_key(run: Run) -> bytes:
    """What rounding follows: drawn from the office's key; of the sample city a fixed one, for equal bytes.

    Raises UsageError where the office's key cannot be used, OSError where it cannot be written.
    """
    if run.synthetic:
        return hashlib.sha256(f"kota contoh {run.set_name}".encode()).digest()
    return hmac.digest(office_key().encode(), b"pembulatan", "sha256")


def fingerprint(key: bytes) -> str:
    """What may be noted of a key: enough to see that it changed, nothing to guess it by."""
    return hashlib.sha256(b"sidik" + key).hexdigest()


def rounded(value: int, area: str, base: int, key: bytes) -> int:
    """The multiple of `base` printed for a count of an area; up with probability rest ÷ base.

    >>> sorted({rounded(12, f"32.72.{n}", 5, b"kunci") for n in range(20)})
    [10, 15]
    >>> rounded(15, "32.72", 5, b"kunci")
    15
    """
    rest = value % base
    if not rest:
        return value
    drawn = hmac.digest(key, f"{area}|{value}".encode(), "sha256")
    up = int.from_bytes(drawn[:8], "big") < rest * 2**64 // base
    return value - rest + base * up
