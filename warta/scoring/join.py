"""Gold and predicted documents brought together by id, as a stream, whatever order each side comes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from warta.document import Document, without_nulls

#: What stands for a document: the record, or a mapping with the keys of the document form (a row of a dataset).
DocumentLike = Document | Mapping[str, Any]


class JoinError(ValueError):
    """Documents cannot be read or joined; ``problems`` has one line for each, all of them."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the lines; the message is all of them."""
        super().__init__("\n".join(problems))
        self.problems = problems


def as_document(item: DocumentLike, where: str = "document") -> Document:
    """Return the record of a document or of a mapping in the document form.

    ``where`` names the item in messages.

    :raises JoinError: a key is unknown or missing, or a value has the wrong type.

    >>> as_document({"id": "d", "mentions": [{"start": 0, "end": 4, "type": "PER"}], "events": None}).mentions[0].end
    4
    """
    if isinstance(item, Document):
        return item
    if not isinstance(item, Mapping):
        raise JoinError([f"{where}: a {type(item).__name__} is no document; allowed: Document, mapping"])
    try:
        return msgspec.convert(without_nulls(item), Document)
    except msgspec.ValidationError as error:
        raise JoinError([f"{where} (id {item.get('id')!r}): {error}"]) from None


class Join:
    """Iterate over ``(gold, prediction or None)``, one pair for every gold document.

    Both sides are read step by step, and a document waits only until its partner turns up, so memory stays flat where the
    orders are alike; predictions given as a mapping from id to document are looked up instead. After the last pair
    ``missing`` holds the ids of the gold documents without prediction.

    :raises JoinError: at the end of the iteration, with every repeated and every unknown id.
    """

    def __init__(
        self,
        gold: Iterable[DocumentLike],
        predictions: Iterable[DocumentLike] | Mapping[str, DocumentLike],
    ) -> None:
        """Keep both sides; nothing is read yet."""
        self._gold = gold
        self._predictions = predictions
        self.missing: list[str] = []
        self.problems: list[str] = []

    def __iter__(self) -> Iterator[tuple[Document, Document | None]]:
        """Yield the pairs."""
        if isinstance(self._predictions, Mapping):
            yield from self._looked_up(self._predictions)
        else:
            yield from self._side_by_side(self._predictions)
        if self.problems:
            raise JoinError(self.problems)

    def _looked_up(self, predictions: Mapping[str, DocumentLike]) -> Iterator[tuple[Document, Document | None]]:
        known: set[str] = set()
        for document in self._read(self._gold, "gold", known):
            if document.id in predictions:
                yield document, as_document(predictions[document.id], "predictions")
            else:
                self.missing.append(document.id)
                yield document, None
        self._unknown(identifier for identifier in predictions if identifier not in known)

    def _side_by_side(self, predictions: Iterable[DocumentLike]) -> Iterator[tuple[Document, Document | None]]:
        ours = self._read(self._gold, "gold", set())
        theirs = self._read(predictions, "predictions", set())
        gold_waits: dict[str, Document] = {}
        prediction_waits: dict[str, Document] = {}
        while True:
            gold, prediction = next(ours, None), next(theirs, None)
            if gold is None and prediction is None:
                break
            if gold is not None:
                gold_waits[gold.id] = gold
            if prediction is not None:
                prediction_waits[prediction.id] = prediction
            for identifier in dict.fromkeys(item.id for item in (gold, prediction) if item is not None):
                if identifier in gold_waits and identifier in prediction_waits:
                    yield gold_waits.pop(identifier), prediction_waits.pop(identifier)
        for identifier, document in gold_waits.items():
            self.missing.append(identifier)
            yield document, None
        self._unknown(prediction_waits)

    def _read(self, documents: Iterable[DocumentLike], side: str, known: set[str]) -> Iterator[Document]:
        """Yield the documents of a side without repeated and unreadable ones, which are noted."""
        for place, item in enumerate(documents, start=1):
            try:
                document = as_document(item, f"{side}: document {place}")
            except JoinError as error:
                self.problems += error.problems
                continue
            if document.id in known:
                self.problems.append(f"{side}: document id {document.id!r} is repeated; allowed: once")
                continue
            known.add(document.id)
            yield document

    def _unknown(self, identifiers: Iterable[str]) -> None:
        self.problems += [f"predictions: document id {identifier!r} is not in gold" for identifier in identifiers]
