"""Token files in the manner of CoNLL: a token a line, a blank line after a sentence, the tag in the last column.

Columns are separated by tabs, or else by white space; the token is the first. Offsets into the text (code points,
0-based, end-exclusive) stand in the second and third column, or in the second as ``3:10``; without them the tokens are laid
over the texts of known documents (:mod:`warta.interchange.align`), and what does not fit is told. A document
begins with ``# newdoc id = ID`` or ``-DOCSTART- (ID)``; rows of the configuration ``ner`` with ``# id = ID#n`` (n: number of
the sentence) go together to document ID. Documents without id are taken in the order of the known ones.

Written are token, start, end and IOB2 tag. The form holds one label a token: names and values, the outermost and of these
the longest. Lossless, as far as mentions go, for those that begin and end with tokens within a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from warta.corpus.ner import flat_mentions, tags_of
from warta.document import Document, Mention
from warta.interchange.align import align, folded, readings
from warta.interchange.bio import chunks, split_tag
from warta.interchange.flat import Place, count_layers, place
from warta.interchange.json_items import read_text
from warta.interchange.ledger import Context
from warta.interchange.output import text_of, write_lines
from warta.text import sentence_spans, token_spans

NEW_DOCUMENT = re.compile(r"# (newdoc id|doc_id|document|id|sent_id) ?= ?(.+)")
DOCSTART = re.compile(r"-DOCSTART-(?:\s+\((.+)\))?(?:\s+\S+)*\s*$")
SENTENCE_ID = re.compile(r"(.+)#\d+")
PAIR = re.compile(r"(\d+)[:-](\d+)")
SENTENCE_KEYS = ("id", "sent_id")


class Token(NamedTuple):
    """A line: its number, the token, its offsets if the line has them, and the tag."""

    line: int
    word: str
    span: tuple[int, int] | None
    tag: str


@dataclass
class Block:
    """The lines of one document: sentences of tokens; ``name`` is null where the file does not say whose they are."""

    name: str | None
    line: int
    sentences: list[list[Token]] = field(default_factory=lambda: [[]])


def read(path: str, context: Context) -> list[Document]:
    """Return the documents of a token file with the mentions its tags mean."""
    text = read_text(path, context.ledger)
    if text is None:
        return []
    blocks = _Lines(path, context).blocks(text)
    _name(blocks, path, context)
    documents: dict[str, Document] = {}
    for block in blocks:
        where = f"{path}:{block.line}"
        if block.name is None:
            continue
        if block.name in documents:
            context.ledger.fault(where, f"document {block.name!r} again", "an id that stands once")
        elif (found := place(context, block.name, None, where)) is not None:
            documents[block.name] = _document(block, found, path, context)
    return list(documents.values())


class _Lines:
    """Cuts the lines of a file into documents and sentences and their columns."""

    def __init__(self, path: str, context: Context) -> None:
        self.path, self.context = path, context
        self.columns: int | None = None
        self.pair = self.two = False

    def blocks(self, text: str) -> list[Block]:
        blocks: list[Block] = []
        for number, raw in enumerate(text.split("\n"), 1):
            line = raw.removesuffix("\r")
            start = self._start(line)
            if start is not None:
                name, is_sentence = start
                if not (is_sentence and blocks and blocks[-1].name == name):
                    blocks.append(Block(name, number))
                blocks[-1].sentences.append([])
            elif not line.strip():
                if blocks:
                    blocks[-1].sentences.append([])
            elif not self._is_note(line) and (token := self._token(number, line)) is not None:
                if not blocks:
                    blocks.append(Block(None, number))
                blocks[-1].sentences[-1].append(token)
        return [block for block in blocks if block.name is not None or any(block.sentences)]

    def _start(self, line: str) -> tuple[str | None, bool] | None:
        """Return the document that a line begins, and whether it is a sentence of it; null for other lines."""
        if match := DOCSTART.match(line):
            return match.group(1), False
        match = NEW_DOCUMENT.fullmatch(line)
        if match is None:
            return None
        key, name = match.groups()
        sentence = SENTENCE_ID.fullmatch(name)
        if key in SENTENCE_KEYS and sentence is not None and name not in self.context.texts.known:
            return sentence.group(1), True
        return (name, False) if key != "sent_id" else None

    def _is_note(self, line: str) -> bool:
        if not line.startswith("#"):
            return False
        if "\t" in line:
            return line.startswith("# ")
        return self.columns is None or len(_cells(line)) != self.columns

    def _token(self, number: int, line: str) -> Token | None:
        cells = _cells(line)
        if self.columns is None:
            self.columns = len(cells)
            self.two = len(cells) >= 4 and cells[1].isdecimal() and cells[2].isdecimal()
            self.pair = not self.two and len(cells) >= 3 and PAIR.fullmatch(cells[1]) is not None
        where, ledger = f"{self.path}:{number}", self.context.ledger
        if len(cells) < 2 or len(cells) != self.columns:
            ledger.fault(
                where,
                f"{len(cells)} columns",
                f"{max(self.columns, 2)} columns, as in the first line, token first and tag last",
            )
            return None
        span = None
        if self.two or self.pair:
            match = PAIR.fullmatch(f"{cells[1]}:{cells[2]}" if self.two else cells[1])
            if match is None or not int(match.group(1)) < int(match.group(2)):
                shown = cells[1:3] if self.two else cells[1]
                ledger.fault(where, f"offsets {shown!r}", "start and end as whole numbers, start before end")
                return None
            span = int(match.group(1)), int(match.group(2))
        return Token(number, cells[0], span, cells[-1])


def _cells(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else line.split()


def _name(blocks: list[Block], path: str, context: Context) -> None:
    """Give documents without id those of the known documents, in order."""
    nameless = [block for block in blocks if block.name is None]
    if not nameless:
        return
    known = list(context.texts.known)
    if len(nameless) == len(blocks) == len(known):
        for block, name in zip(blocks, known, strict=True):
            block.name = name
        return
    allowed = f"«# newdoc id = ID» before each document, or as many documents as known ones ({len(known)})"
    context.ledger.fault(
        f"{path}:{nameless[0].line}", f"{len(nameless)} of {len(blocks)} documents without id", allowed
    )


def _document(block: Block, found: Place, path: str, context: Context) -> Document:
    tokens = [token for sentence in block.sentences for token in sentence]
    spans = _places(block, tokens, found, path, context)
    mentions = []
    for sentence in block.sentences:
        for chunk in chunks(token.tag for token in sentence):
            first, last = sentence[chunk.first], sentence[chunk.last]
            label = context.reading.get(chunk.label, f"{path}:{first.line}")
            start, end = spans.get(first.line), spans.get(last.line)
            if label is None:
                continue
            if start is None or end is None:
                context.ledger.left["mentions whose tokens are not in the text"] += 1
            else:
                mentions.append(Mention(start=start[0], end=end[1], type=label))
        if any(split_tag(token.tag) == ("I", token.tag) for token in sentence):
            context.ledger.notes_once("tags without prefix are read as I-: mentions of one label that touch become one")
    return msgspec.structs.replace(found.document, mentions=mentions)


def _places(block: Block, tokens: list[Token], found: Place, path: str, context: Context) -> dict[int, tuple[int, int]]:
    """Return ``{line: span}`` of the tokens that have a place in the text."""
    text, where = found.document.text, f"{path}:{block.line}"
    if tokens and tokens[0].span is None:
        if text is None:
            context.ledger.fault(
                where, f"document {block.name!r}: tokens without offsets", "offsets, or known documents with texts"
            )
            return {}
        return _aligned(block, tokens, text, path, context)
    wrong = [token for token in tokens if token.span and text is not None and not _fits(token, text)]
    if wrong:
        token = wrong[0]
        assert token.span is not None and text is not None
        more = f", and {len(wrong) - 1} more tokens of the document" if len(wrong) > 1 else ""
        there = text[slice(*token.span)]
        context.ledger.fault(f"{path}:{token.line}", f"token {token.word!r} at {token.span}, where the text has {there!r}{more}",
                             f"offsets that count code points of the text of {block.name!r}")  # fmt: skip
        return {}
    return {token.line: token.span for token in tokens if token.span is not None}


def _fits(token: Token, text: str) -> bool:
    assert token.span is not None
    return token.span[1] <= len(text) and folded(text[slice(*token.span)]) in readings(token.word)


def _aligned(block: Block, tokens: list[Token], text: str, path: str, context: Context) -> dict[int, tuple[int, int]]:
    """Lay the tokens over the text and tell what does not fit; it is a fault where more than half of them are not there."""
    spans = align(text, [token.word for token in tokens])
    lost = [token for token, span in zip(tokens, spans, strict=True) if span is None]
    covered = sum(len("".join(text[slice(*span)].split())) for span in spans if span is not None)
    rest = len("".join(text.split())) - covered
    if lost or rest:
        first = f", first {lost[0].word!r} ({path}:{lost[0].line})" if lost else ""
        told = f"document {block.name!r}: {len(tokens) - len(lost)} of {len(tokens)} tokens found in the text; not found: {len(lost)}{first}"
        context.ledger.notes.append(f"{told}; {rest} characters of the text have no token")
    if 2 * len(lost) > len(tokens):
        context.ledger.fault(f"{path}:{block.line}", f"{len(lost)} of {len(tokens)} tokens are not in the text of {block.name!r}",
                             "the tokens of that document")  # fmt: skip
    return {token.line: span for token, span in zip(tokens, spans, strict=True) if span is not None}


def write(documents: list[Document], target: str, context: Context) -> None:
    """Write documents with text as tokens, offsets and IOB2 tags (``-``: standard output)."""
    lines: list[str] = []
    for document in documents:
        text = text_of(document, "CoNLL", context)
        if text is None:
            continue
        if "\n" in document.id or "\r" in document.id:
            context.ledger.fault(
                f"document {document.id!r}", "an id with a line break", "an id of one line in this format"
            )
        count_layers(document, context.ledger, ("entities", "events", "quotes"))
        lines += [f"# newdoc id = {document.id}", *_rows(document, text, context)]
    write_lines(target, lines, context)


def _rows(document: Document, text: str, context: Context) -> list[str]:
    flat = flat_mentions(document)
    context.ledger.left["mentions that a flat view has no place for"] += len(document.mentions) - len(flat)
    rows: list[str] = []
    read_back = set()
    for start, end in sentence_spans(text):
        tokens = token_spans(text, start, end)
        tags = tags_of(tokens, [m for m in flat if m.start < end and start < m.end])
        rows += [f"{text[a:b]}\t{a}\t{b}\t{tag}" for (a, b), tag in zip(tokens, tags, strict=True)]
        rows.append("")
        read_back |= {(tokens[c.first][0], tokens[c.last][1], c.label) for c in chunks(tags)}
    changed = sum((m.start, m.end, m.type) not in read_back for m in flat)
    context.ledger.changed["mentions written as the tokens they touch within a sentence"] += changed
    return rows
