"""Warta: Indonesian news annotated for entities, events and quote attribution, and the benchmark on it."""

__version__ = "0.1.0"
