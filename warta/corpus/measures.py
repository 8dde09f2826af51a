"""Measures of one Indonesian news article, and the bounds that real news sets to them.

Heuristics over words and marks: comparable with each other and with ``data/articles/news_bounds.json``, whose figures were
taken from real articles with these very definitions, but with no other count. A change here makes those figures void.
"""

from __future__ import annotations

import itertools
import json
import re
import statistics
from dataclasses import dataclass
from pathlib import Path

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(A-Z0-9])")
QUOTE = re.compile(r"[\"“”]([^\"“”\n]+)[\"“”]")
CUES = re.findall(
    r"\w+",
    "kata ujar ucap jelas ungkap tutur pungkas tambah imbuh sambung tegas lanjut terang papar sebut beber tandas tutup "
    "cetus tanya jawab",
)
CUE = re.compile(r"[\"”]\s*,?\s*(" + "|".join(CUES) + r")(nya)?\b")
MENURUT = re.compile(r"\b[Mm]enurut(?:nya)?\b")
LINKS = ["serta", "terkait", "agar", "merupakan", "yakni", "tersebut"]
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "yang dan di ke dari itu ini untuk dengan pada dalam tidak akan ada juga karena kami kita saya dia ia oleh atau sudah "
        "bisa agar hal para adalah telah serta jadi lebih",
    )
)
FIRST_WORDS = 140

Measures = dict[str, float | None]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return [word.lower() for word in WORD.findall(text)]


def tokens(text: str) -> list[str]:
    """Return words and single marks, in order."""
    return TOKEN.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences: every line is split after ``.``, ``!`` or ``?`` before a capital, digit or opening mark."""
    return [part for line in text.split("\n") if line.strip() for part in SENTENCE.split(line.strip())]


def quotes(text: str) -> list[re.Match[str]]:
    """Return matches of four and more words between double marks within one line."""
    return [match for match in QUOTE.finditer(text) if len(WORD.findall(match.group(1))) >= 4]


def overlap_before(text: str, quote: re.Match[str]) -> float | None:
    """Return the share of a quote's content words that the paragraph text before it has; None where that says nothing."""
    before = text[: quote.start()].rstrip().split("\n")[-1]
    content = set(words(quote.group(1))) - FUNCTION_WORDS
    if len(content) <= 3 or not before:
        return None
    return len(content & set(words(before))) / len(content)


def measure(text: str) -> Measures:
    """Return the measures of one article, ``None`` where the article is too short or has no quote to measure.

    ``tokens`` and ``quotes`` and ``menurut`` are counts, ``sentence_tokens_mean`` tokens, ``quote_words_median`` words,
    ``links_per_1000`` per thousand words; all else are shares from 0 to 1 (``first_quote_at``: of the code points).
    """
    plain = words(text)
    lengths = [len(tokens(sentence)) for sentence in sentences(text)] or [0]
    found = quotes(text)
    cues = CUE.findall(text)
    pairs = list(itertools.pairwise(plain))
    overlaps = [share for quote in found if (share := overlap_before(text, quote)) is not None]
    count = max(1, len(plain))
    return {
        "tokens": len(tokens(text)),
        "sentence_tokens_mean": statistics.mean(lengths),
        "sentences_under_8": sum(n < 8 for n in lengths) / len(lengths),
        "sentences_over_35": sum(n > 35 for n in lengths) / len(lengths),
        "quotes": len(found),
        "quote_words_median": statistics.median(len(WORD.findall(q.group(1))) for q in found) if found else None,
        "first_quote_at": found[0].start() / len(text) if found else None,
        "quote_overlap_before": statistics.mean(overlaps) if overlaps else None,
        "clitic_share_of_cues": sum(bool(clitic) for _, clitic in cues) / len(cues) if cues else None,
        "menurut": len(MENURUT.findall(text)),
        "links_per_1000": sum(plain.count(word) for word in LINKS) * (1000 / count),
        "distinct_140": len(set(plain[:FIRST_WORDS])) / FIRST_WORDS if len(plain) >= FIRST_WORDS else None,
        "repeated_bigrams": 1 - len(set(pairs)) / len(pairs) if len(pairs) > 50 else None,
        "capitalised": sum(word[0].isupper() for word in WORD.findall(text)) / count,
    }


@dataclass(frozen=True)
class Bound:
    """Quantiles of a measure over the articles of a reference set."""

    reference: str
    p5: float
    p25: float
    p50: float
    p75: float
    p95: float


def load_bounds(path: Path) -> dict[str, dict[str, Bound]]:
    """Return, for ``native`` and ``translated`` articles, the bound of each measure from its reference set.

    Sentence, paragraph and length measures of native articles are taken from one set whose paragraphs are intact, the others
    from a pool of four. OSError or ValueError when the file is missing or has no such set.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    try:
        return {
            kind: {name: Bound(reference=ref, **data["sets"][ref]["measures"][name]) for name, ref in chosen.items()}
            for kind, chosen in data["reference"].items()
        }
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path}: no figures for {error}") from error
