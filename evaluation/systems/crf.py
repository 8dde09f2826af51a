"""Baseline ``crf``: names, values and roles by a linear-chain conditional random field over the words.

Lafferty et al. (2001) through sklearn-crfsuite; features are the usual ones of shape, affix and neighbourhood, no
gazetteer, no outside data. Nested mentions are out of its reach: roles have a model of their own, so that a
name inside a role can be found, other nesting is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
import sklearn_crfsuite
from _clusters import cluster

from warta.corpus.ner import flat_mentions, tags_of
from warta.document import Document, Mention, form_of
from warta.text import sentence_spans, token_spans

Tokens = list[tuple[int, int]]


def shape(word: str) -> str:
    """Return the word with letters as ``X`` or ``x`` and digits as ``d``, runs shortened to one."""
    kinds = ["X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in word]
    return "".join(kind for n, kind in enumerate(kinds) if n == 0 or kinds[n - 1] != kind)


def word_features(words: list[str], n: int) -> dict[str, str | bool]:
    """Return the features of word n of a sentence: itself and two neighbours on either side."""
    word = words[n]
    features: dict[str, str | bool] = {
        "word": word.lower(), "shape": shape(word), "prefix": word[:3].lower(), "suffix": word[-3:].lower(),
        "suffix2": word[-2:].lower(), "capital": word[:1].isupper(), "upper": word.isupper(), "first": n == 0,
    }  # fmt: skip
    for offset in (-2, -1, 1, 2):
        if 0 <= n + offset < len(words):
            near = words[n + offset]
            features[f"word{offset:+d}"] = near.lower()
            features[f"shape{offset:+d}"] = shape(near)
        else:
            features[f"edge{offset:+d}"] = True
    return features


def sentences(document: Document) -> Iterator[tuple[Tokens, list[dict[str, str | bool]]]]:
    """Yield the tokens of each sentence with their features."""
    text = document.text or ""
    for start, end in sentence_spans(text):
        tokens = token_spans(text, start, end)
        words = [text[a:b] for a, b in tokens]
        yield tokens, [word_features(words, n) for n in range(len(words))]


def _roles(document: Document) -> list[Mention]:
    return sorted((m for m in document.mentions if form_of(m) == "role"), key=lambda m: m.start)


class Tagger:
    """One CRF that finds the mentions of one kind."""

    def __init__(self, documents: list[Document], roles: bool) -> None:
        """Train on documents: roles, or names and values as the flat view has them."""
        rows = []
        for document in documents:
            mentions = _roles(document) if roles else flat_mentions(document)
            rows += [(features, tags_of(tokens, mentions)) for tokens, features in sentences(document)]
        self.model = sklearn_crfsuite.CRF(algorithm="lbfgs", c1=0.05, c2=0.05, max_iterations=100)
        self.model.fit([features for features, _ in rows], [tags for _, tags in rows])

    def mentions(self, document: Document) -> Iterator[Mention]:
        """Yield the mentions found in a document, without ids."""
        for tokens, features in sentences(document):
            tags = self.model.predict_single(features)
            start = 0
            for n, tag in enumerate(tags):
                if tag.startswith("B-") or (tag.startswith("I-") and (n == 0 or tags[n - 1][2:] != tag[2:])):
                    start = n
                ends = n + 1 == len(tags) or tags[n + 1] != f"I-{tag[2:]}"
                if tag != "O" and ends:
                    yield Mention(start=tokens[start][0], end=tokens[n][1], type=tag[2:])


class Crf:
    """The two taggers together."""

    def __init__(self, training: Iterable[Document]) -> None:
        """Train on the training documents."""
        documents = list(training)
        self.taggers = [Tagger(documents, roles) for roles in (False, True)]

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield each document with mentions and entities."""
        for document in documents:
            found = [mention for tagger in self.taggers for mention in tagger.mentions(document)]
            made = msgspec.structs.replace(document, mentions=sorted(found, key=lambda m: (m.start, -m.end)))
            cluster(made)
            for n, mention in enumerate(made.mentions, 1):
                mention.id = f"m{n}"
            yield made


def load(training: Iterable[Document]) -> Crf:
    """Return the baseline trained on documents."""
    return Crf(training)
