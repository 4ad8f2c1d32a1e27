"""What no single rule can show: unknown programmes, two versions at once, rules that disagree."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from analysis.policy.base import Dated
from analysis.policy.file_models import Layout
from analysis.policy.models import OverlapRule, Programme


def contradictions(programmes: Sequence[Programme], rules: Sequence[OverlapRule]) -> list[str]:
    """Every mistake between rules, in words; none where the files agree with each other."""
    return [
        *_unknown(programmes, rules),
        *_two_versions("programmes", programmes),
        *_two_versions("overlap", rules),
        *_same_matter_twice(rules),
    ]


def lists_of_no_programme(
    programmes: Sequence[Programme], layouts: Iterable[Layout]
) -> Iterator[str]:
    """A recipient list that names no programme, or one nobody knows: its people would count towards none."""
    known = {programme.kode for programme in programmes}
    for layout in layouts:
        if layout.program is None and layout.peran == "penerima":
            yield f"layouts/{layout.kode}: daftar penerima tanpa program"
        elif layout.program is not None and layout.program not in known:
            yield f"layouts/{layout.kode}: program {layout.program} tidak ada di programmes"


def _unknown(programmes: Sequence[Programme], rules: Sequence[OverlapRule]) -> Iterator[str]:
    """A rule names a programme that does not exist, or never existed while the rule held."""
    for rule in rules:
        for code in dict.fromkeys(rule.program):
            versions = [item for item in programmes if item.kode == code]
            if not versions:
                yield f"overlap {rule.kode}: program {code} tidak ada di programmes"
            elif not any(_at_once(rule, version) for version in versions):
                yield f"overlap {rule.kode}: program {code} tidak berlaku selama aturan ini berlaku"


def _two_versions(name: str, items: Sequence) -> Iterator[str]:
    """Two versions of one code in force on the same day: nobody could say which counts."""
    for left, right in combinations(items, 2):
        if left.kode == right.kode and _at_once(left, right):
            yield f"{name} {left.kode}: dua versi berlaku bersamaan"


def _same_matter_twice(rules: Sequence[OverlapRule]) -> Iterator[str]:
    """Two rules in force together on the same set, unit and window: one verdict, one rule."""
    for left, right in combinations(sorted(rules, key=lambda rule: rule.kode), 2):
        if left.kode == right.kode or _matter(left) != _matter(right) or not _at_once(left, right):
            continue
        if left.putusan is not right.putusan:
            yield f"overlap {left.kode} bertentangan dengan {right.kode}"
        else:
            yield f"overlap {left.kode} dan {right.kode}: dua aturan bagi hal yang sama"


def _matter(rule: OverlapRule) -> tuple:
    return (sorted(rule.program), rule.satuan, rule.jendela)


def _at_once(left: Dated, right: Dated) -> bool:
    return left.in_force(right.berlaku_mulai) or right.in_force(left.berlaku_mulai)
