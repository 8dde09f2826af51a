"""The worked examples in the docstrings are right."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import warta.scoring

MODULES = sorted(module.name for module in pkgutil.iter_modules(warta.scoring.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(f"warta.scoring.{name}")
    failed, tried = doctest.testmod(module)
    assert not failed
    if name in ("entities", "coreference", "events", "pairing", "quotes", "standing", "claims"):
        assert tried, f"{name} has no worked example"
