"""A few hundred of the benchmark's mutated prediction files: never a traceback, a hang, or a score for a bad file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2] / "evaluation" / "benchmarks"


@pytest.fixture(scope="module")
def fuzz():
    sys.path.insert(0, str(HERE))
    try:
        import fuzz

        yield fuzz
    finally:
        sys.path.remove(str(HERE))


def test_mutated_predictions_are_scored_or_refused_in_lines(fuzz):
    outcomes = set()
    for outcome, wrong, data in fuzz.run(400, seed=7):
        assert not wrong, (wrong, data)
        outcomes.add(outcome)
    assert {"scored", "refused"} <= outcomes


FOUND = {
    "a wrong value before a line that is cut": (b'{"id": 7, "mentions": [', "invalid-json"),
    "a wrong value before bytes that are no UTF-8": (b'{"id": 7, "text": "\xff"}', "invalid-utf8"),
    "an unknown key before a lone surrogate": (b'{"label": "\\ud800", "id": "d"}', "invalid-json"),
    "a number beyond any range": (b'{"id": ' + b"9" * 5000 + b"}", "wrong-type"),
    "nesting without end": (b'{"id": ' + b"[" * 3000, "invalid-json"),
    "a line separator in an id": ('{"id": "\u2028"}'.encode(), "unknown-document"),
    "a control sequence in an id": (b'{"id": "\\u001b[2J"}', "unknown-document"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_mutations_have_found_is_told_in_a_line(fuzz, tmp_path, name):
    from random import Random

    from warta.files import write_objects
    from warta.schema import load_schema

    data, check = FOUND[name]
    path, gold = tmp_path / "p.jsonl", tmp_path / "gold.jsonl"
    path.write_bytes(data)
    write_objects(gold, [fuzz.small(Random(0))])
    scored, told = fuzz.tried(path, gold, load_schema())
    assert not scored and len(told) == 1 and f"[{check}]" in told[0] and told[0].isprintable()


def test_the_second_opinion_refuses_what_it_should(fuzz):
    from warta.schema import load_schema

    schema, known = load_schema(), {"d": 10}
    assert not fuzz.unusable(b'{"id": "d", "mentions": [{"start": 0, "end": 10, "type": "PER"}]}', known, schema)
    for bad in (
        b'{"id": "x"}',
        b'{"id": "d"}\n{"id": "d"}',
        b'{"id": "d", "mentions": [{"start": 0, "end": 11, "type": "PER"}]}',
        b"{",
    ):
        assert fuzz.unusable(bad, known, schema), bad
