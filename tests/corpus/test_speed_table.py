"""The speed table, on figures that can be divided in the head."""

from __future__ import annotations

from warta.corpus.speed_table import speed_table


def ran(seconds, processor, megabytes=10.0):
    return {"seconds": seconds, "processor": processor, "megabytes": megabytes}


FIGURES = {
    "machine": {"cores": 2, "cpu": "C", "system": "Linux", "python": "3.11.7", "packages": {"warta": "0.5.0"}},
    "intervals": {"resamples": 10, "metrics": 2, "documents": 5, "seconds": 1.25},
    "sizes": [
        {
            "documents": 1_000, "warta all": ran(2.0, 4.0), "warta entities": ran(1.0, 2.0), "nervaluate": ran(8.0, 8.0),
            "seqeval": {"expected": 500.0},
        }
    ],
}  # fmt: skip


def test_ratios_are_of_wall_and_of_processor_time():
    table = speed_table(FIGURES)
    assert "| all layers: part of `nervaluate`'s time | 0.25 (0.50) |" in table
    assert "| entities: times as fast as `nervaluate` | 8.0 (4.0) |" in table


def test_what_did_not_run_is_compared_with_nothing():
    table = speed_table(FIGURES)
    assert "not run: about 500 s" in table and "| entities: times as fast as `seqeval` | - |" in table


def test_before_the_benchmark_the_document_says_so():
    assert speed_table(None) == "(not measured yet)"
