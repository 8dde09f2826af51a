"""The quotes of the rule baseline: patterns of cue, source and quotation marks in a paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from warta.anchors.resolve import paragraphs
from warta.document import Document, Entity, Mention, Quote, Span, form_of
from warta.schema import Schema
from warta.text import sentence_spans, token_spans

MARKED = re.compile(r"[\"“]([^\"“”\n]+)[\"”]?")
CLITIC = "nya"
PRONOUNS = frozenset({"dia", "ia", "mereka", "beliau"})
ACCORDING = frozenset({"menurut", "mengutip"})
SHORT = 4  # quoted words below this many are a title or scare quotes unless a cue follows


class Source(NamedTuple):
    """Where a source stands and what kind of mention it is."""

    start: int
    end: int
    form: str


class QuoteFinder:
    """Finds the quotes of a text; ids of mentions and quotes are numbered from 1."""

    def __init__(self, schema: Schema, titles: frozenset[str]) -> None:
        """Keep the cue list and the words that are titles."""
        self.cues = frozenset(cue for cue in schema.cues if " " not in cue)
        spoken = {cue.form for cue in schema.quotes.cues if cue.cls in ("saying", "asking", "writing", "ordering")}
        self.leading = frozenset(w for w in spoken if w.startswith(("me", "ber"))) | {
            "menilai",
            "berharap",
            "mengaku",
            "yakin",
            "percaya",
        }
        self.titles = titles

    def find(self, text: str) -> tuple[list[Mention], list[Quote]]:
        """Return the source mentions and the quotes of a text."""
        self.text = text
        self.mentions: list[Mention] = []
        self.quotes: list[Quote] = []
        for start, end in paragraphs(text)[1:]:  # the headline reports nothing
            taken = self._direct(start, end)
            for first, last in sentence_spans(text[start:end]):
                if not any(a < start + last and start + first < b for a, b in taken):
                    self._indirect(start + first, start + last)
        return self.mentions, self.quotes

    def _cue(self, start: int, end: int) -> tuple[Span, Source | None] | None:
        """Read a word as a cue, with its clitic as source."""
        word = self.text[start:end]
        if word.lower() in self.cues:
            return Span(start=start, end=end), None
        if word.lower().endswith(CLITIC) and word[: -len(CLITIC)].lower() in self.cues:
            cut = end - len(CLITIC)
            return Span(start=start, end=cut), Source(cut, end, "pronoun")
        return None

    def _name(self, tokens: list[tuple[int, int]]) -> Source | None:
        """Return the capitalised words at the beginning of a run of tokens, titles apart; or a pronoun."""
        if tokens and self.text[slice(*tokens[0])].lower() in PRONOUNS:
            return Source(*tokens[0], "pronoun")
        run: list[tuple[int, int]] = []
        for start, end in tokens:
            word = self.text[start:end]
            if word.lower() in self.titles and not run:
                continue
            if not (word[0].isupper() and word[0].isalpha()):
                break
            run.append((start, end))
        return Source(run[0][0], run[-1][1], "name") if run else None

    def _direct(self, start: int, end: int) -> list[tuple[int, int]]:
        """Add the quotes in quotation marks of a paragraph; return the ranges they and their clauses take."""
        taken: list[tuple[int, int]] = []
        for match in MARKED.finditer(self.text, start, end):
            tokens = token_spans(self.text, match.end(), end)[:9]
            found = self._cue(*tokens[0]) if tokens else None
            here = Span(start=match.start(), end=match.end())
            if (
                found is None
                and self.quotes
                and taken
                and match.start() - taken[-1][1] <= 2
                and len(match.group(1).split()) >= SHORT
            ):
                self.quotes[-1].content.append(here)  # `"A," ujarnya. "B"` goes on
                taken.append(match.span())
            elif found is not None:
                cue, clitic = found
                source = clitic or self._name(tokens[1:])
                self._add("direct", here, cue, source)
                clause = self.text.find(".", source.end if source else cue.end, end)
                taken.append((match.start(), end if clause < 0 else clause + 1))
        return taken

    def _indirect(self, start: int, end: int) -> None:
        """Add the quote of a sentence such as `X mengatakan ...` or `Menurut X, ...`."""
        tokens = token_spans(self.text, start, end)
        stop = end - 1 if self.text[end - 1] in ".!?" else end
        first = self._cue(*tokens[0]) if tokens else None
        if first is not None and self.text[first[0].start : first[0].end].lower() in ACCORDING:
            comma = self.text.find(",", start, end)
            source = first[1] or self._name(tokens[1:])
            if source is not None and comma >= source.end and comma + 2 < stop:
                self._add("", Span(start=comma + 2, end=stop), first[0], source)
            return
        for n, token in enumerate(tokens[1:12], 1):
            if self.text[slice(*token)].lower() in self.leading:
                source = next((s for k in range(n) if (s := self._name(tokens[k:n])) is not None), None)
                after = tokens[n + 1 :]
                if after and self.text[slice(*after[0])].lower() in ("bahwa", "agar", "untuk", ",", ":"):
                    after = after[1:]
                if source is not None and len(after) > SHORT:
                    marked = MARKED.match(self.text, after[0][0], end)
                    content = Span(start=after[0][0], end=marked.end() if marked else stop)
                    self._add("direct" if marked else "", content, Span(start=token[0], end=token[1]), source)
                return

    def _add(self, kind: str, content: Span, cue: Span, source: Source | None) -> None:
        words = self.text[content.start : content.end]
        mention = None
        if source is not None:
            mention = Mention(
                id=f"m{len(self.mentions) + 1}", start=source.start, end=source.end, type="PER", form=source.form
            )
            self.mentions.append(mention)
        label = kind or ("mixed" if MARKED.search(words) else "indirect")
        made = Quote(
            id=f"q{len(self.quotes) + 1}",
            type=label,
            content=[content],
            cue=[cue],
            source=mention.id if mention else None,
        )
        self.quotes.append(made)

    def speakers(self, document: Document) -> None:
        """Give each quote the entity of its source; pronouns and clitics mean the person named last before them."""
        mentions = {m.id: m for m in document.mentions}
        names = sorted((m for m in document.mentions if form_of(m) == "name"), key=lambda m: m.start)
        for mention in document.mentions:
            if form_of(mention) == "pronoun":
                before = [m for m in names if m.start < mention.start]
                mention.entity = before[-1].entity if before else None
                if mention.entity is None:
                    mention.entity = f"e{len(document.entities) + 1}"
                    document.entities.append(Entity(id=mention.entity, type="PER"))
        for quote in document.quotes:
            if quote.source is not None:
                quote.speaker = mentions[quote.source].entity
