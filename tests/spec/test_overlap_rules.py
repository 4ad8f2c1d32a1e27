"""Every overlap rule as a readable file: given these five families, this verdict; rendered into docs/METHOD.md."""

from collections import Counter

import pytest
from method import METHOD, current_text
from rule_specs import FILES, RULES, all_verdicts, read_spec

from analysis.policy import load_rulebook

SPECS = [read_spec(path) for path in FILES]


@pytest.fixture(scope="module")
def verdicts():
    return all_verdicts(SPECS)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_given_these_families_this_verdict(spec, verdicts):
    assert len(spec.keluarga) == 5
    wanted = {given["siapa"]: given["putusan"] for given in spec.keluarga}
    found = dict(zip(wanted, verdicts[spec.name], strict=True))
    assert found == wanted
    assert spec.rule.putusan.value in found.values()


def test_every_version_of_every_rule_has_its_file():
    kit, sample = load_rulebook(), load_rulebook([RULES / "contoh"])
    rules = Counter((r.kode, r.berlaku_mulai) for r in kit.overlap)
    rules += Counter((r.kode, r.berlaku_mulai, "contoh") for r in sample.overlap if r.contoh)
    files = Counter(
        (s.aturan, s.rule.berlaku_mulai, s.overlay)
        if s.overlay
        else (s.aturan, s.rule.berlaku_mulai)
        for s in SPECS
    )
    assert files == rules


def test_method_is_current():
    """To renew: python tests/spec/method.py"""
    assert METHOD.read_text(encoding="utf-8") == current_text()
