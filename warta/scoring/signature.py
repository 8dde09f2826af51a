"""The signature that stands with every number: what was scored, how, and with which version.

A string of ``key:value`` joined by ``|``, in a fixed order, that can be parsed back (after sacreBLEU, Post 2018).

>>> text = str(Signature(corpus="0.1.0", digest="9f2c", split="test", documents=12))
>>> text
'corpus:0.1.0|digest:9f2c|split:test|layer:all|mode:end-to-end|matching:one-to-one|documents:12|seed:none|version:unknown'
>>> Signature.parse(text).documents
12
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from warta.scoring.metrics import LAYERS

#: Stands for what is not known or does not apply.
NONE = "none"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a score depends on.

    ``corpus`` is the version of the gold data and ``digest`` their hash, ``split`` the split or file name, ``layer`` ``all`` or layer names
    joined by ``+``, ``mode`` ``end-to-end`` or ``given-mentions``, ``given-triggers``, ``given-quotes``, ``matching`` how items are matched,
    ``documents`` their number in gold, ``seed`` the one of the resampling or ``None``, ``version`` that of this package.
    """

    corpus: str = NONE
    digest: str = NONE
    split: str = NONE
    layer: str = "all"
    mode: str = "end-to-end"
    matching: str = "one-to-one"
    documents: int = 0
    seed: int | None = None
    version: str = "unknown"

    def __str__(self) -> str:
        """Return the string form; ``:`` ``|`` and ``%`` inside values are percent-encoded."""
        parts = ((field.name, getattr(self, field.name)) for field in fields(self))
        return "|".join(f"{name}:{_escaped(NONE if value is None else str(value))}" for name, value in parts)

    def of_run(self, layers: Sequence[str], given: str | None, documents: int) -> Signature:
        """Return the signature with what is known when a scoring is done: layers, mode, number of documents, version."""
        return replace(
            self,
            layer="all" if tuple(layers) == LAYERS else "+".join(layers),
            mode="end-to-end" if given is None else f"given-{given}",
            documents=documents,
            version=package_version(),
        )

    @classmethod
    def parse(cls, text: str) -> Signature:
        """Return the signature that a string stands for.

        :raises ValueError: a key is missing, unknown or repeated, or a number is none.
        """
        names = [field.name for field in fields(cls)]
        pairs = [part.partition(":") for part in text.strip().split("|")]
        found = [name for name, _, _ in pairs]
        if found != names:
            raise ValueError(f"signature has the keys {', '.join(found)}; allowed: {', '.join(names)}, in this order")
        values = {name: _unescaped(value) for name, _, value in pairs}
        try:
            documents = int(values.pop("documents"))
            seed = values.pop("seed")
            return cls(documents=documents, seed=None if seed == NONE else int(seed), **values)
        except ValueError:
            raise ValueError("signature: documents and seed must be whole numbers (seed may be none)") from None


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace("|", "%7C").replace(":", "%3A").replace("\n", "%0A")


def _unescaped(value: str) -> str:
    return value.replace("%0A", "\n").replace("%3A", ":").replace("%7C", "|").replace("%25", "%")


def package_version() -> str:
    """Return the version of the installed package, or ``unknown`` where it is not installed."""
    import sys

    version = getattr(sys.modules.get("warta"), "__version__", None)
    if version is None:
        from importlib import metadata

        try:
            version = metadata.version("warta")
        except metadata.PackageNotFoundError:
            version = "unknown"
    return str(version)
