"""Exclusion corrected for a ranking that errs, receipt by receipt; refused where it would only look corrected.

The register calls a family poor with sensitivity Se and specificity Sp. One pair for all is valid only if the
ranking errs alike among recipients and others of the same truth. Where the same ranking chose the recipients it does
not: then Se and Sp must be known for each, from a ground check.
"""

import math
from dataclasses import dataclass

from analysis.estimates import Estimate
from analysis.measures.estimation import undefined
from analysis.measures.intervals import logit_interval
from analysis.measures.verification import TestAccuracy, rogan_gladen

CORRECTED = "koreksi salah peringkat per strata penerimaan; galat baku delta; selang 95% logit"
COMMON = "tidak sah: penerima dipilih oleh peringkat yang sama, satu Se dan Sp tidak berlaku bagi keduanya"
FEW = "tidak dapat dihitung: Se atau Sp dari kurang dari {least} keluarga terverifikasi"
LEAST_VERIFIED = 30
_LARGE = 10**6  # degrees of freedom of a normal interval


@dataclass(frozen=True)
class Receipt:
    """Families of one receipt: how many, how many the ranking calls poor, and how well it tells among them."""

    families: int
    called_poor: int
    accuracy: TestAccuracy


def corrected_exclusion(
    recipients: Receipt, others: Receipt, *, decided_by_ranking: bool = True, unit: str = "keluarga"
) -> Estimate:
    """Share of the truly poor among the others: N₀p₀ / (N₀p₀ + N₁p₁), p by Rogan–Gladen in each receipt.

    Counts are of a complete register, so that only Se and Sp are uncertain. NaN with its reason where one
    accuracy serves for both although the ranking decided, where it rests on fewer than 30, or where a corrected
    share leaves [0, 1].

    >>> good, poor = TestAccuracy(0.8, 100, 0.9, 100), TestAccuracy(0.6, 100, 0.9, 100)
    >>> round(float(corrected_exclusion(Receipt(100, 70, good), Receipt(900, 180, poor))), 4)
    0.6774
    """
    if decided_by_ranking and recipients.accuracy == others.accuracy:
        return undefined(unit, recipients.families + others.families, COMMON)
    shares = [_truly_poor(receipt, unit) for receipt in (others, recipients)]
    refused = next((share for share in shares if math.isnan(share.value)), None)
    if refused:
        return refused
    missed, served = (
        n.families * p.value for n, p in zip((others, recipients), shares, strict=True)
    )
    poor = missed + served
    if poor <= 0:
        return undefined(unit, recipients.families + others.families)
    spread = [n.families * (p.se or 0.0) for n, p in zip((others, recipients), shares, strict=True)]
    se = math.hypot(served * spread[0], missed * spread[1]) / poor**2
    low, high = logit_interval(missed / poor, se, _LARGE)
    return Estimate(missed / poor, missed, poor, unit, CORRECTED, low, high, se, None, None)


def _truly_poor(receipt: Receipt, unit: str) -> Estimate:
    accuracy = receipt.accuracy
    if min(accuracy.n_poor, accuracy.n_others) < LEAST_VERIFIED:
        return undefined(unit, receipt.families, FEW.format(least=LEAST_VERIFIED))
    if receipt.families == 0:
        return undefined(unit, 0)
    return rogan_gladen(receipt.called_poor / receipt.families, math.inf, accuracy, unit)
