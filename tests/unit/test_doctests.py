"""Every example in a docstring is true."""

import doctest
import importlib
import pkgutil

import pytest

import analysis

MODULES = sorted(
    name
    for _, name, _ in pkgutil.walk_packages(analysis.__path__, "analysis.")
    if "__main__" not in name
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    found = doctest.DocTestFinder()
    tried = sum(bool(t.examples) for n in MODULES for t in found.find(importlib.import_module(n)))
    assert tried >= 10
