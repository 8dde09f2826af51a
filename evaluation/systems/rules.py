"""Baseline ``rules``: quotes by cue words and quotation marks, events by a trigger lexicon.

The cue list is the schema's. Sources are clitics (``ujarnya``), pronouns and capitalised words beside the cue, without
words that stood in titles in the training articles. Triggers are words that were triggers in at least half of
their occurrences in the training articles, with their commonest type; realis and polarity follow from a few words
before the trigger. Nothing here was made with a test article in view.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import msgspec
from _clusters import cluster
from _quotes import QuoteFinder

from warta.document import Document, Event, form_of
from warta.schema import load_schema
from warta.text import token_spans

FUTURE = frozenset({"akan", "bakal", "rencananya", "hendak", "berencana", "besok", "mendatang"})
HYPOTHETICAL = frozenset(
    {
        "jika",
        "apabila",
        "bila",
        "kalau",
        "diduga",
        "dugaan",
        "tersangka",
        "terdakwa",
        "agar",
        "bisa",
        "dapat",
        "mungkin",
    }
)
NEGATION = frozenset({"tidak", "tak", "belum", "bukan", "batal", "tanpa"})
WINDOW = 4


def trigger_lexicon(training: Iterable[Document]) -> dict[str, str]:
    """Return ``{word: event type}`` of words that are triggers in at least half of their occurrences."""
    types: dict[str, Counter[str]] = defaultdict(Counter)
    seen: Counter[str] = Counter()
    for document in training:
        text = document.text or ""
        seen.update(text[a:b].lower() for a, b in token_spans(text))
        for event in document.events:
            types[text[event.start : event.end].lower()][event.type] += 1
    lexicon = {}
    for word, counts in types.items():
        if " " not in word and 2 * counts.total() >= seen[word]:
            lexicon[word] = min(counts, key=lambda kind: (-counts[kind], kind))
    for trigger in load_schema().events.multiword_triggers:
        lexicon[trigger.text] = trigger.type
    return lexicon


def title_words(training: Iterable[Document]) -> frozenset[str]:
    """Return the lower-cased words that stood in roles in the training articles."""
    words: set[str] = set()
    for document in training:
        text = document.text or ""
        for mention in document.mentions:
            if form_of(mention) == "role":
                words |= {text[a:b].lower() for a, b in token_spans(text, mention.start, mention.end)}
    return frozenset(words)


class Rules:
    """The rule system with what it read in the training articles."""

    def __init__(self, training: Iterable[Document]) -> None:
        """Read the lexicons off the training documents."""
        documents = list(training)
        self.lexicon = trigger_lexicon(documents)
        self.quotes = QuoteFinder(load_schema(), title_words(documents))

    def predict(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Yield each document with quotes, their sources, and events without arguments."""
        for document in documents:
            mentions, quotes = self.quotes.find(document.text or "")
            made = msgspec.structs.replace(
                document, mentions=mentions, quotes=quotes, events=self.events(document.text or "")
            )
            cluster(made)
            self.quotes.speakers(made)
            yield made

    def events(self, text: str) -> list[Event]:
        """Return an event for every word (or listed pair of words) of the lexicon."""
        tokens = token_spans(text)
        words = [text[a:b].lower() for a, b in tokens]
        found: list[Event] = []
        n = 0
        while n < len(tokens):
            size = 2 if " ".join(words[n : n + 2]) in self.lexicon else 1
            kind = self.lexicon.get(" ".join(words[n : n + size]))
            if kind is not None:
                before = set(words[max(0, n - WINDOW) : n])
                realis = "future" if before & FUTURE else "hypothetical" if before & HYPOTHETICAL else "actual"
                polarity = "negative" if before & NEGATION else "positive"
                start, end = tokens[n][0], tokens[n + size - 1][1]
                found.append(
                    Event(id=f"v{len(found) + 1}", start=start, end=end, type=kind, realis=realis, polarity=polarity)
                )
            n += size if kind is not None else 1
        return found


def load(training: Iterable[Document]) -> Rules:
    """Return the baseline with its lexicons read off documents."""
    return Rules(training)
